/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules whose cases do not fit into a line of the tables of test-rules.c: large messages, two files, RTP. */

#include "config.h"

#include "call-cases.h"
#include "login-cases.h"

/* A token of 13,000 bytes does not fit into a line of the table, nor into a datagram's script. */
static void
a_big_ticket_is_named_with_its_size (void)
{
  g_autofree char *filler = g_strnfill (17336, 'A');
  g_autofree char *script =
    g_strconcat ("log\n" ASK OFFER_BOTH
                 "0.2 c>s REGISTER 2 Authorization: Kerberos gssapi-data=\"YBsGCSqGSIb3EgECAgEA",
                 filler,
                 "\"\n",
                 NULL);
  g_autoptr (RungsTrace) big = script_trace (script);
  g_autoptr (RungsTrace) small = script_trace (ASK OFFER_BOTH TICKET);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (big, "KRB-BIG-TOKEN", &diagnosis);

  g_assert_nonnull (finding);
  g_assert_nonnull (strstr (finding->explanation, "13017"));
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (small, "KRB-BIG-TOKEN", &diagnosis));
}

/* Nobody splits a datagram of 1400 bytes into lines of the table. */
static void
a_request_too_large_for_udp_is_named_with_its_size (void)
{
  g_autofree char *filler = g_strnfill (1400, 'A');
  g_autofree char *script = g_strconcat ("0.0 c>s INVITE 1 Subject: ", filler, "\n", NULL);
  g_autoptr (RungsTrace) big = script_trace (script);
  g_autoptr (RungsTrace) small = script_trace (INVITE);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  g_assert_nonnull (find_finding (big, "UDP-TOO-LARGE", &diagnosis));
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (small, "UDP-TOO-LARGE", &diagnosis));
}

/* The second file's clock is @late s behind. */
static RungsTrace *
trace_of_two_files (double late)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autofree char *text = script_message ("OPTIONS", "1", "");
  FixtureMessage message = { 0, script_address ('c'), script_address ('s'), text };

  fixture_add (builder, fixture_capture (&message, 1), "a.pcap");
  message.time = late;
  fixture_add (builder, fixture_capture (&message, 1), "b.pcap");
  return rungs_trace_builder_finish (builder);
}

static void
clocks_of_two_files_that_differ_are_named (void)
{
  g_autoptr (RungsTrace) apart = trace_of_two_files (1.275);
  g_autoptr (RungsTrace) together = trace_of_two_files (0.001);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (apart, "CLOCKS-DIFFER", &diagnosis);

  g_assert_nonnull (finding);
  g_assert_cmpuint (finding->n_evidence, ==, 1);
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (together, "CLOCKS-DIFFER", &diagnosis));
}

/* UDP in a capture, and TCP in a client's log of the same client. */
static RungsTrace *
trace_of_two_transports (const char *second)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autofree char *text = script_message ("OPTIONS", "1", "");
  g_autofree char *other = script_message ("OPTIONS", second, "");
  FixtureMessage message = { 0, script_address ('c'), script_address ('s'), text };

  fixture_add (builder, fixture_capture (&message, 1), "udp.pcap");
  message.time = 33;
  message.message = other;
  fixture_add (builder, fixture_tcp_capture (&message), "tcp.pcap");
  return rungs_trace_builder_finish (builder);
}

static void
the_change_from_udp_to_tcp_is_told (void)
{
  g_autoptr (RungsTrace) same = trace_of_two_transports ("1");
  g_autoptr (RungsTrace) new = trace_of_two_transports ("2");
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  g_assert_nonnull (find_finding (same, "TRANSPORT-CHANGED", &diagnosis));
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (new, "TRANSPORT-CHANGED", &diagnosis));
}

/* Ten packets of RTP, 20 ms apart, in the middle of CALL BYE. */
static void
append_media (GByteArray *file, const char *source, const char *destination)
{
  for (guint i = 0; i < 10; i++)
    {
      const guint32 packet[] = { FIXTURE_EPOCH + 4, i * 20000, 28 + 12 + 160, 28 + 12 + 160 };
      guint8 rtp[12 + 160] = { 0x80, 0, 0, (guint8) i, 0, 0, (guint8) (i * 160 >> 8), (guint8) (i * 160),
                               1,    2, 3, 4 };

      g_byte_array_append (file, (const guint8 *) packet, sizeof packet);
      fixture_append_16 (file, 0x4500);
      fixture_append_16 (file, packet[2]);
      fixture_append_16 (file, i);
      fixture_append_16 (file, 0x4000);
      fixture_append_16 (file, 64 << 8 | 17);
      fixture_append_16 (file, 0);
      fixture_append_address (file, source);
      fixture_append_address (file, destination);
      fixture_append_16 (file, (guint) atoi (strchr (source, ':') + 1));
      fixture_append_16 (file, (guint) atoi (strchr (destination, ':') + 1));
      fixture_append_16 (file, 8 + sizeof rtp);
      fixture_append_16 (file, 0);
      g_byte_array_append (file, rtp, sizeof rtp);
    }
}

/* The trace of CALL BYE with media from and to what @ends says, pair after pair, ended by NULL. */
static RungsTrace *
trace_with_media (const char *const *ends)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_auto (GStrv) lines = g_strsplit (CALL BYE, "\n", -1);
  g_autoptr (GBytes) capture = script_file (lines, FALSE);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, g_bytes_get_data (capture, NULL), (guint) g_bytes_get_size (capture));
  for (guint i = 0; ends[i] != NULL; i += 2)
    append_media (file, ends[i], ends[i + 1]);
  fixture_add (builder, g_byte_array_free_to_bytes (file), "media.pcap");
  return rungs_trace_builder_finish (builder);
}

static void
media_of_a_call_are_counted_in_both_directions (void)
{
  static const struct
  {
    const char *rule; /* NULL: none of them */
    const char *ends[5];
  } tests[] = {
    { NULL, { NULL } },
    { "MEDIA-NONE", { "10.9.9.9:4000", "10.9.9.8:4000" } },
    { "MEDIA-ONE-WAY", { "10.0.0.2:5000", "10.0.0.1:4000" } },
    { "MEDIA-ONE-WAY", { "10.0.0.77:9000", "10.0.0.2:5000" } },
    { "MEDIA-BOTH-WAYS", { "10.0.0.2:5000", "10.0.0.1:4000", "10.0.0.1:4000", "10.0.0.2:5000" } },
  };
  static const char *const rules[] = { "MEDIA-NONE", "MEDIA-ONE-WAY", "MEDIA-BOTH-WAYS" };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (RungsTrace) trace = trace_with_media (tests[i].ends);

      for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
        {
          g_autoptr (RungsDiagnosis) diagnosis = NULL;
          const RungsFinding *finding = find_finding (trace, rules[j], &diagnosis);

          if ((finding != NULL) != (g_strcmp0 (rules[j], tests[i].rule) == 0))
            g_error ("%s in test %u: %s", rules[j], i, finding != NULL ? finding->explanation : "silent");
        }
    }
}

/* OPTIONS that each have a Call-ID of their own, to a server that answers @status, 0: not at all; then one that is answered. */
static RungsTrace *
trace_of_pings (const char *statuses)
{
  g_auto (GStrv) list = g_strsplit (statuses, " ", -1);
  g_autoptr (GString) script = g_string_new (NULL);
  guint n = 0;

  for (; list[n] != NULL; n++)
    {
      g_string_append_printf (script, "%u.0 c>s OPTIONS 1 $plain | Call-ID: ping-%u\n", n * 20, n);
      if (!g_str_equal (list[n], "0"))
        g_string_append_printf (script,
                                "%u.1 s>c %s 1/OPTIONS $plain | Call-ID: ping-%u\n",
                                n * 20,
                                list[n],
                                n);
    }
  g_string_append_printf (script,
                          "%u.0 c>s INFO 9 Call-ID: other\n%u.1 s>c 200 9/INFO Call-ID: other\n",
                          n * 20 + 40,
                          n * 20 + 40);
  return script_trace (script->str);
}

static void
keepalives_that_fail_are_told_once_at_the_last_of_them (void)
{
  static const struct
  {
    const char *statuses;
    guint n_findings;
    guint last; /* the flow with the last of them, from 1 */
  } tests[] = {
    { "200 0 0 0", 1, 4 },   { "0 503 408 0 0 200", 1, 5 },   { "0 0 200 0 0", 0, 0 },
    { "404 404 404", 0, 0 }, { "200 0 0 0 200 0 0 0", 2, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (RungsTrace) trace = trace_of_pings (tests[i].statuses);
      guint n = 0;
      guint last = 0;

      for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
        {
          g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, flow);
          GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

          for (guint j = 0; j < findings->len; j++)
            {
              const RungsFinding *finding = g_ptr_array_index (findings, j);

              if (!g_str_equal (finding->rule->id, "KEEPALIVE-DEAD"))
                continue;
              n++;
              last = flow + 1;
            }
        }
      g_assert_cmpuint (n, ==, tests[i].n_findings);
      g_assert_cmpuint (last, ==, tests[i].last);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/a-big-ticket-is-named-with-its-size", a_big_ticket_is_named_with_its_size);
  g_test_add_func ("/rules/a-request-too-large-for-udp-is-named-with-its-size",
                   a_request_too_large_for_udp_is_named_with_its_size);
  g_test_add_func ("/rules/clocks-of-two-files-that-differ-are-named",
                   clocks_of_two_files_that_differ_are_named);
  g_test_add_func ("/rules/the-change-from-udp-to-tcp-is-told", the_change_from_udp_to_tcp_is_told);
  g_test_add_func ("/rules/media-of-a-call-are-counted-in-both-directions",
                   media_of_a_call_are_counted_in_both_directions);
  g_test_add_func ("/rules/keepalives-that-fail-are-told-once-at-the-last-of-them",
                   keepalives_that_fail_are_told_once_at_the_last_of_them);
  return g_test_run ();
}
