/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages become flows, transactions, dialogs and copies. */

#include "config.h"

#include "model-fixture.h"

#define A     "10.0.0.1:5060"
#define PROXY "10.0.0.2:5060"
#define B     "10.0.0.3:5060"

#define HEAD(call, cseq)                                                                                     \
  "From: <sip:alice@example.org>;tag=a1\nTo: <sip:bob@example.net>\nCall-ID: " call "\nCSeq: " cseq "\n"
#define HEAD_BOTH(call, cseq)                                                                                \
  "From: <sip:alice@example.org>;tag=a1\nTo: <sip:bob@example.net>;tag=b2\nCall-ID: " call "\nCSeq: " cseq   \
  "\n"
#define VIA_A "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKa\n"
#define VIA_P "Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKp\n"
#define END   "Content-Length: 0\n\n"

static const FixtureMessage relayed_call[] = {
  { 0.000, A, PROXY, "INVITE sip:bob@example.net SIP/2.0\n" VIA_A HEAD ("c1", "1 INVITE") END },
  { 0.001, PROXY, B, "INVITE sip:bob@10.0.0.3 SIP/2.0\n" VIA_P VIA_A HEAD ("c1", "1 INVITE") END },
  { 0.010, B, PROXY, "SIP/2.0 180 Ringing\n" VIA_P VIA_A HEAD_BOTH ("c1", "1 INVITE") END },
  { 0.011, PROXY, A, "SIP/2.0 180 Ringing\n" VIA_A HEAD_BOTH ("c1", "1 INVITE") END },
  { 0.020, B, PROXY, "SIP/2.0 200 OK\n" VIA_P VIA_A HEAD_BOTH ("c1", "1 INVITE") END },
  { 0.021, PROXY, A, "SIP/2.0 200 OK\n" VIA_A HEAD_BOTH ("c1", "1 INVITE") END },
};

static guint32
get_flags (RungsTrace *trace, guint message, guint32 mask)
{
  return rungs_trace_get_message (trace, message)->flags & mask;
}

#define COPIES (RUNGS_MESSAGE_RELAYED | RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_DUPLICATE)

static void
a_hop_has_its_own_transaction (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (relayed_call, G_N_ELEMENTS (relayed_call));
  const guint requests[] = { 0, 1, 1, 0, 1, 0 };

  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (rungs_trace_get_message (trace, i)->request, ==, requests[i]);
}

static void
the_copy_on_the_next_hop_is_relayed (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (relayed_call, G_N_ELEMENTS (relayed_call));
  const guint32 flags[] = { 0, RUNGS_MESSAGE_RELAYED, 0, RUNGS_MESSAGE_RELAYED, 0, RUNGS_MESSAGE_RELAYED };

  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (get_flags (trace, i, COPIES), ==, flags[i]);
}

static void
a_100_is_never_relayed (void)
{
  static const FixtureMessage trying[] = {
    { 0, B, PROXY, "SIP/2.0 100 Trying\n" VIA_P VIA_A HEAD ("c1", "1 INVITE") END },
    { 1, PROXY, A, "SIP/2.0 100 Trying\n" VIA_A HEAD ("c1", "1 INVITE") END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (trying, 2);

  g_assert_cmpuint (get_flags (trace, 1, COPIES), ==, 0);
}

static void
two_clocks_do_not_make_the_original_a_copy (void)
{
  FixtureMessage skewed[2] = { relayed_call[1], relayed_call[0] };
  g_autoptr (RungsTrace) trace = NULL;

  skewed[0].time = 0;
  skewed[1].time = 1;
  trace = fixture_trace (skewed, 2);
  g_assert_cmpuint (get_flags (trace, 0, COPIES), ==, RUNGS_MESSAGE_RELAYED);
  g_assert_cmpuint (get_flags (trace, 1, COPIES), ==, 0);
}

static void
the_same_bytes_again_are_a_retransmission (void)
{
  FixtureMessage again[] = {
    relayed_call[0], relayed_call[0], relayed_call[0], relayed_call[3], relayed_call[3]
  };
  const guint32 flags[] = {
    0, RUNGS_MESSAGE_RETRANSMISSION, RUNGS_MESSAGE_RETRANSMISSION, 0, RUNGS_MESSAGE_RETRANSMISSION
  };
  g_autoptr (RungsTrace) trace = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (again); i++)
    again[i].time = i * 0.5;
  trace = fixture_trace (again, G_N_ELEMENTS (again));
  for (guint i = 0; i < G_N_ELEMENTS (again); i++)
    g_assert_cmpuint (get_flags (trace, i, COPIES), ==, flags[i]);
  g_assert_cmpuint (rungs_trace_get_message (trace, 2)->request, ==, 0);
}

static void
the_copy_in_a_second_file_is_a_duplicate (void)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (RungsTrace) trace = NULL;

  fixture_add (builder, fixture_capture (relayed_call, 2), "one.pcap");
  fixture_add (builder, fixture_capture (relayed_call, 2), "two.pcap");
  trace = rungs_trace_builder_finish (builder);
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 4);
  g_assert_cmpuint (get_flags (trace, 0, COPIES), ==, 0);
  g_assert_cmpuint (get_flags (trace, 1, COPIES), ==, RUNGS_MESSAGE_DUPLICATE);
  g_assert_cmpuint (get_flags (trace, 2, COPIES), ==, RUNGS_MESSAGE_RELAYED);
  g_assert_cmpuint (get_flags (trace, 3, COPIES), ==, RUNGS_MESSAGE_RELAYED | RUNGS_MESSAGE_DUPLICATE);
}

static void
two_captures_of_one_packet_are_duplicates (void)
{
  FixtureMessage twice[] = { relayed_call[0], relayed_call[0] };
  g_autoptr (RungsTrace) trace = NULL;

  twice[1].time = 0.002;
  trace = fixture_trace (twice, 2);
  g_assert_cmpuint (get_flags (trace, 1, COPIES), ==, RUNGS_MESSAGE_DUPLICATE);
}

static void
without_a_branch_the_from_tag_makes_the_transaction (void)
{
  static const FixtureMessage messages[] = {
    { 0,
      A,
      B,
      "REGISTER sip:example.org SIP/2.0\nVia: SIP/2.0/TLS 10.0.0.1:5060\n" HEAD ("r", "1 REGISTER") END },
    { 1,
      B,
      A,
      "SIP/2.0 401 Unauthorized\nVia: SIP/2.0/TLS 10.0.0.1:5060;received=10.9.9.9\n" HEAD_BOTH ("r",
                                                                                                "1 REGISTER")
        END },
    { 2,
      A,
      B,
      "REGISTER sip:example.org SIP/2.0\nVia: SIP/2.0/TLS 10.0.0.1:5060\n" HEAD ("r", "2 REGISTER") END },
    { 3,
      B,
      A,
      "SIP/2.0 200 OK\nVia: SIP/2.0/TLS 10.0.0.1:5060;received=10.9.9.9\n" HEAD_BOTH ("r", "2 REGISTER")
        END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  const guint requests[] = { 0, 0, 2, 2 };

  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (rungs_trace_get_message (trace, i)->request, ==, requests[i]);
  g_assert_cmpuint (rungs_trace_get_flow (trace, 0)->status, ==, 200);
}

static void
an_answer_without_vias_finds_its_request (void)
{
  static const FixtureMessage messages[] = {
    { 0, A, B, "OPTIONS sip:example.org SIP/2.0\n" VIA_A HEAD ("o", "1 OPTIONS") END },
    { 1, B, A, "SIP/2.0 200 OK\n" HEAD_BOTH ("o", "1 OPTIONS") END },
    { 2, B, A, "SIP/2.0 200 OK\n" HEAD_BOTH ("o", "7 OPTIONS") END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));

  g_assert_cmpuint (rungs_trace_get_message (trace, 1)->request, ==, 0);
  g_assert_cmpuint (rungs_trace_get_message (trace, 2)->request, ==, RUNGS_NO_MESSAGE);
}

static void
a_dialog_is_a_tag_pair_in_either_order (void)
{
  static const FixtureMessage messages[] = {
    { 0, A, B, "INVITE sip:b SIP/2.0\n" VIA_A HEAD ("d", "1 INVITE") END },
    { 1, B, A, "SIP/2.0 200 OK\n" VIA_A HEAD_BOTH ("d", "1 INVITE") END },
    { 2,
      B,
      A,
      "BYE sip:a SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.3:5060;branch=z9hG4bKz\nFrom: "
      "<sip:bob@example.net>;tag=b2\n"
      "To: <sip:alice@example.org>;tag=a1\nCall-ID: d\nCSeq: 1 BYE\n" END },
    { 3,
      B,
      A,
      "SIP/2.0 200 OK\n" VIA_A "From: <sip:alice@example.org>;tag=a1\nTo: <sip:bob@example.net>;tag=fork\n"
      "Call-ID: d\nCSeq: 1 INVITE\n" END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  guint32 dialog = rungs_trace_get_message (trace, 1)->dialog;

  g_assert_cmpuint (rungs_trace_get_message (trace, 0)->dialog, ==, 0);
  g_assert_cmpuint (dialog, !=, 0);
  g_assert_cmpuint (rungs_trace_get_message (trace, 2)->dialog, ==, dialog);
  g_assert_cmpuint (rungs_trace_get_message (trace, 3)->dialog, !=, dialog);
  g_assert_cmpuint (rungs_trace_get_totals (trace)->dialogs, ==, 1);
}

static void
flows_have_their_kinds_and_parties (void)
{
  static const FixtureMessage messages[] = {
    { 0, A, B, "REGISTER sip:example.org SIP/2.0\n" VIA_A HEAD ("1", "1 REGISTER") END },
    { 1, A, B, "INVITE sip:b SIP/2.0\n" VIA_A HEAD ("2", "1 INVITE") END },
    { 2, A, B, "SUBSCRIBE sip:b SIP/2.0\n" VIA_A HEAD ("3", "1 SUBSCRIBE") END },
    { 3, A, B, "MESSAGE sip:b SIP/2.0\n" VIA_A HEAD ("4", "1 MESSAGE") END },
    { 4, A, B, "OPTIONS sip:b SIP/2.0\n" VIA_A HEAD ("5", "1 OPTIONS") END },
    { 5,
      A,
      B,
      "INVITE sip:b SIP/2.0\n" VIA_A HEAD ("6", "1 INVITE") "Content-Type: application/sdp\nContent-Length: "
                                                            "32\n\nv=0\nm=message 5060 sip null\n\n" },
    { 6, B, A, "SIP/2.0 200 OK\n" VIA_A HEAD_BOTH ("7", "1 SUBSCRIBE") END },
  };
  const RungsFlowKind kinds[] = { RUNGS_FLOW_REGISTRATION,     RUNGS_FLOW_CALL,  RUNGS_FLOW_SUBSCRIPTION,
                                  RUNGS_FLOW_INSTANT_MESSAGES, RUNGS_FLOW_OTHER, RUNGS_FLOW_INSTANT_MESSAGES,
                                  RUNGS_FLOW_SUBSCRIPTION };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  const RungsTotals *totals = rungs_trace_get_totals (trace);

  g_assert_cmpuint (rungs_trace_get_n_flows (trace), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpuint (rungs_trace_get_flow (trace, i)->kind, ==, kinds[i]);
  g_assert_slice (rungs_trace_get_string (trace, rungs_trace_get_flow (trace, 0)->who), "bob@example.net");
  g_assert_slice (rungs_trace_get_string (trace, rungs_trace_get_flow (trace, 1)->who), "alice@example.org");
  g_assert_slice (rungs_trace_get_string (trace, rungs_trace_get_flow (trace, 1)->peer), "bob@example.net");
  g_assert_cmpuint (totals->registrations, ==, 1);
  g_assert_cmpuint (totals->calls, ==, 2);
  g_assert_cmpuint (totals->dialogs, ==, 7);
  g_assert_cmpuint (rungs_trace_find_flow (trace, RUNGS_SLICE_LITERAL ("3")), ==, 2);
  g_assert_cmpuint (rungs_trace_find_flow (trace, RUNGS_SLICE_LITERAL ("8")), ==, RUNGS_NO_FLOW);
}

static void
messages_without_a_call_id_are_flows_of_their_own (void)
{
  static const FixtureMessage messages[] = {
    { 0, A, B, "OPTIONS sip:b SIP/2.0\nTo: <sip:b>\nCSeq: 1 OPTIONS\n" END },
    { 1, A, B, "OPTIONS sip:b SIP/2.0\nTo: <sip:b>\nCSeq: 1 OPTIONS\n" END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, 2);

  g_assert_cmpuint (rungs_trace_get_n_flows (trace), ==, 2);
  g_assert_cmpuint (rungs_trace_get_totals (trace)->dialogs, ==, 0);
  g_assert_cmpuint (get_flags (trace, 1, COPIES), ==, 0);
}

static void
messages_stand_in_time_order_whatever_the_file (void)
{
  const FixtureMessage late[] = { { 5, A, B, "OPTIONS sip:5 SIP/2.0\n" VIA_A HEAD ("x", "5 OPTIONS") END },
                                  { 1, A, B, "OPTIONS sip:1 SIP/2.0\n" VIA_A HEAD ("x", "1 OPTIONS") END } };
  const FixtureMessage early[] = { { 0, A, B, "OPTIONS sip:0 SIP/2.0\n" VIA_A HEAD ("x", "0 OPTIONS") END },
                                   { 3, A, B, "OPTIONS sip:3 SIP/2.0\n" VIA_A HEAD ("x", "3 OPTIONS") END } };
  const guint order[] = { 0, 1, 3, 5 };
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (RungsTrace) trace = NULL;
  guint n;

  fixture_add (builder, fixture_capture (late, 2), "late.pcap");
  fixture_add (builder, fixture_capture (early, 2), "early.pcap");
  trace = rungs_trace_builder_finish (builder);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (rungs_trace_get_message (trace, i)->cseq, ==, order[i]);
  g_assert_cmpuint (rungs_trace_get_flow_messages (trace, 0, &n)[3], ==, 3);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (rungs_trace_get_flow (trace, 0)->who, !=, 0);
  g_assert_cmpuint (rungs_trace_get_file (trace, 1)->n_messages, ==, 2);
}

static void
only_flows_that_speak_it_are_microsofts (void)
{
  static const FixtureMessage messages[] = {
    { 0, A, B, "OPTIONS sip:b SIP/2.0\n" VIA_A HEAD ("1", "1 OPTIONS") END },
    { 1, A, B, "OPTIONS sip:b SIP/2.0\n" VIA_A HEAD ("2", "1 OPTIONS") "User-Agent: UCCAPI/3.5\n" END },
    { 2,
      A,
      B,
      "OPTIONS sip:b SIP/2.0\n" VIA_A HEAD ("3", "1 OPTIONS") "ms-keep-alive: UAC;hop-hop=yes\n" END },
    { 3,
      A,
      B,
      "SIP/2.0 401 Unauthorized\n" VIA_A HEAD ("4",
                                               "1 REGISTER") "WWW-Authenticate: NTLM realm=\"r\"\n" END },
    { 4,
      A,
      B,
      "SIP/2.0 401 Unauthorized\n" VIA_A HEAD ("5",
                                               "1 REGISTER") "WWW-Authenticate: Digest realm=\"r\"\n" END },
    { 5, A, B, "OPTIONS sip:b SIP/2.0\n" VIA_A HEAD ("1", "2 OPTIONS") "Server: RTC/3.5\n" END },
  };
  const gboolean microsoft[] = { TRUE, TRUE, TRUE, TRUE, FALSE };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));

  for (guint i = 0; i < G_N_ELEMENTS (microsoft); i++)
    g_assert_cmpint ((rungs_trace_get_flow (trace, i)->flags & RUNGS_FLOW_MICROSOFT) != 0, ==, microsoft[i]);
}

static void
every_byte_is_counted (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (relayed_call, G_N_ELEMENTS (relayed_call));
  const RungsTraceFile *file = rungs_trace_get_file (trace, 0);

  g_assert_cmpuint (file->ledger.read_bytes + file->ledger.unread_bytes, ==, file->size);
  g_assert_cmpuint (rungs_trace_get_totals (trace)->bytes, ==, file->size);
}

static void
bare_text_has_two_ends (void)
{
  g_autoptr (RungsTrace) trace = fixture_log (
    "REGISTER sip:example.org SIP/2.0\n" VIA_A HEAD ("1", "1 REGISTER") END
    "SIP/2.0 200 OK\n" VIA_A HEAD_BOTH ("1", "1 REGISTER") END
    "NOTIFY sip:alice@10.0.0.1:5060 SIP/2.0\nVia: SIP/2.0/UDP "
    "10.0.0.9:5060;branch=z9hG4bKn\n" HEAD_BOTH ("2", "1 NOTIFY") END
    "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKn\n" HEAD_BOTH ("2", "1 NOTIFY") END);
  const RungsMessageInfo *first = rungs_trace_get_message (trace, 0);

  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const RungsMessageInfo *info = rungs_trace_get_message (trace, i);
      gboolean out = i == 0 || i == 3;

      g_assert_true (info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED);
      g_assert_cmpuint (info->source, ==, out ? first->source : first->destination);
      g_assert_cmpuint (info->destination, ==, out ? first->destination : first->source);
    }
  g_assert_cmpuint (rungs_trace_get_endpoint (trace, first->destination)->address.bytes[3], ==, 9);
}

static void
relays_in_bare_text_name_the_next_hop (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (RungsTrace) trace = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (relayed_call); i++)
    g_string_append (text, relayed_call[i].message);
  trace = fixture_log (text->str);
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      const RungsMessageInfo *info = rungs_trace_get_message (trace, i);
      g_autofree char *source =
        rungs_address_host_to_string (&rungs_trace_get_endpoint (trace, info->source)->address);
      g_autofree char *destination =
        rungs_address_host_to_string (&rungs_trace_get_endpoint (trace, info->destination)->address);

      g_assert_true (g_str_has_prefix (relayed_call[i].source, source));
      g_assert_true (g_str_has_prefix (relayed_call[i].destination, destination));
    }
}

static void
a_limit_leaves_no_half_message (void)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (GBytes) bytes = fixture_capture (relayed_call, G_N_ELEMENTS (relayed_call));
  g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, "fixture.pcap");
  g_autoptr (RungsTrace) trace = NULL;

  rungs_trace_builder_add_input (builder, input, g_bytes_get_size (bytes) - 10, NULL, NULL, NULL);
  trace = rungs_trace_builder_finish (builder);
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), >=, 4);
  for (guint i = 0; i < rungs_trace_get_n_messages (trace); i++)
    g_assert_cmpuint (get_flags (trace, i, RUNGS_MESSAGE_MALFORMED | RUNGS_RECORD_TRUNCATED), ==, 0);
}

static void
count_sample (const char *folder, guint n_messages)
{
  g_autofree char *relative = g_build_filename ("samples", "clients", folder, "capture.pcap", NULL);
  g_autofree char *path = rungs_test_sample (relative);
  g_autoptr (RungsTrace) trace = NULL;

  if (path == NULL)
    return;
  trace = fixture_file (path);
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, n_messages);
  g_assert_cmpuint (rungs_trace_get_totals (trace)->registrations, ==, 1);
}

static void
a_kerberos_login_has_27_messages (void)
{
  count_sample ("2n-internal-kerberos-netns", 27);
}

static void
an_ntlm_login_has_29_messages (void)
{
  count_sample ("3-internal-ntlm", 29);
}

static void
a_wrong_password_has_6_messages (void)
{
  count_sample ("4-wrong-password-ntlm", 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/trace/" name, function)
  ADD ("a-hop-has-its-own-transaction", a_hop_has_its_own_transaction);
  ADD ("the-copy-on-the-next-hop-is-relayed", the_copy_on_the_next_hop_is_relayed);
  ADD ("a-100-is-never-relayed", a_100_is_never_relayed);
  ADD ("two-clocks-do-not-make-the-original-a-copy", two_clocks_do_not_make_the_original_a_copy);
  ADD ("the-same-bytes-again-are-a-retransmission", the_same_bytes_again_are_a_retransmission);
  ADD ("the-copy-in-a-second-file-is-a-duplicate", the_copy_in_a_second_file_is_a_duplicate);
  ADD ("two-captures-of-one-packet-are-duplicates", two_captures_of_one_packet_are_duplicates);
  ADD ("without-a-branch-the-from-tag-makes-the-transaction",
       without_a_branch_the_from_tag_makes_the_transaction);
  ADD ("an-answer-without-vias-finds-its-request", an_answer_without_vias_finds_its_request);
  ADD ("a-dialog-is-a-tag-pair-in-either-order", a_dialog_is_a_tag_pair_in_either_order);
  ADD ("flows-have-their-kinds-and-parties", flows_have_their_kinds_and_parties);
  ADD ("messages-without-a-call-id-are-flows-of-their-own",
       messages_without_a_call_id_are_flows_of_their_own);
  ADD ("messages-stand-in-time-order-whatever-the-file", messages_stand_in_time_order_whatever_the_file);
  ADD ("only-flows-that-speak-it-are-microsofts", only_flows_that_speak_it_are_microsofts);
  ADD ("every-byte-is-counted", every_byte_is_counted);
  ADD ("bare-text-has-two-ends", bare_text_has_two_ends);
  ADD ("relays-in-bare-text-name-the-next-hop", relays_in_bare_text_name_the_next_hop);
  ADD ("a-limit-leaves-no-half-message", a_limit_leaves_no_half_message);
  ADD ("a-kerberos-login-has-27-messages", a_kerberos_login_has_27_messages);
  ADD ("an-ntlm-login-has-29-messages", an_ntlm_login_has_29_messages);
  ADD ("a-wrong-password-has-6-messages", a_wrong_password_has_6_messages);
  return g_test_run ();
}
