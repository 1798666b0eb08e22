/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Endpoints become lanes with roles, in the order in which a login runs. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-lanes.h"

#define CLIENT   "192.0.2.7:50000"
#define EDGE     "203.0.113.10:443"
#define EDGE_IN  "10.1.0.5:60123"
#define POOL     "10.1.0.20:5061"
#define EPID     "From: <sip:iza@contoso.example>;tag=1;epid=ab\nTo: <sip:iza@contoso.example>\n"
#define EPID_TAG "From: <sip:iza@contoso.example>;tag=1;epid=ab\nTo: <sip:iza@contoso.example>;tag=2\n"
#define CALL     "Call-ID: r\nCSeq: 1 REGISTER\n"
#define VIA_C    "Via: SIP/2.0/TLS 192.0.2.7:50000\n"
#define VIA_E    "Via: SIP/2.0/TLS 10.1.0.5:60123;branch=z9hG4bKe\n"
#define NTLM                                                                                                 \
  "WWW-Authenticate: NTLM realm=\"r\", targetname=\"pool01.contoso.example\", "                              \
  "version=4\nms-user-logon-data: RemoteUser\nServer: RTC/3.5\n"
#define END "Content-Length: 0\n\n"

static const FixtureMessage both_hops[] = {
  { 0.0, CLIENT, EDGE, "REGISTER sip:contoso.example SIP/2.0\n" VIA_C EPID CALL END },
  { 0.1, EDGE_IN, POOL, "REGISTER sip:contoso.example SIP/2.0\n" VIA_E VIA_C EPID CALL END },
  { 0.2, POOL, EDGE_IN, "SIP/2.0 401 Unauthorized\n" VIA_E VIA_C EPID_TAG CALL NTLM END },
  { 0.3, EDGE, CLIENT, "SIP/2.0 401 Unauthorized\n" VIA_C EPID_TAG CALL NTLM END },
};

static RungsLanes *
get_lanes (RungsTrace *trace, gboolean ghosts)
{
  g_autoptr (RungsSelection) all = rungs_selection_new_all (trace);

  return rungs_lanes_new (all, ghosts);
}

static void
assert_lane (RungsLanes *lanes, guint index, RungsRole role, RungsRoleReason reason, const char *name)
{
  const RungsLane *lane = rungs_lanes_get_lane (lanes, index);

  g_assert_nonnull (lane);
  g_assert_cmpstr (rungs_role_get_id (lane->role), ==, rungs_role_get_id (role));
  g_assert_cmpstr (rungs_role_reason_get_id (lane->reason), ==, rungs_role_reason_get_id (reason));
  g_assert_cmpstr (lane->name, ==, name);
}

static void
a_remote_login_has_client_edge_and_ghosts_of_pool_and_domain_controller (void)
{
  g_autoptr (RungsTrace) trace = fixture_example ("remote-ntlm.uccapilog");
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 4);
  assert_lane (lanes, 0, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, "192.168.1.20");
  assert_lane (lanes, 1, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_REMOTE_USER, "203.0.113.10");
  assert_lane (lanes, 2, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_TARGETNAME, "pool01.contoso.example");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 0)->address, ==, "192.168.1.20");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 1)->address, ==, "203.0.113.10:443");
  assert_lane (lanes, 3, RUNGS_ROLE_KDC, RUNGS_ROLE_REASON_NTLM_PROOF, "contoso.example");
  g_assert_true (rungs_lanes_get_lane (lanes, 3)->ghost);
  g_assert_cmpint (rungs_lanes_get_ghost (lanes), ==, 2);
  g_assert_true (rungs_lanes_get_lane (lanes, 2)->ghost);
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 2)->reason_value, ==, "pool01.contoso.example");
}

static void
ghosts_can_be_left_out (void)
{
  g_autoptr (RungsTrace) trace = fixture_example ("remote-ntlm.uccapilog");
  g_autoptr (RungsLanes) lanes = get_lanes (trace, FALSE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 2);
  g_assert_cmpint (rungs_lanes_get_ghost (lanes), ==, -1);
}

static void
an_internal_login_is_at_the_pool_that_targetname_names (void)
{
  g_autoptr (RungsTrace) trace = fixture_example ("internal-kerberos.uccapilog");
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
  assert_lane (lanes, 2, RUNGS_ROLE_KDC, RUNGS_ROLE_REASON_TICKET, "CONTOSO.EXAMPLE");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 2)->reason_value, ==, "sip/pool01.contoso.example");
  assert_lane (lanes, 0, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, "10.1.0.31");
  assert_lane (lanes, 1, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_TARGETNAME, "pool01.contoso.example");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 1)->address, ==, "10.1.0.20:5061");
  g_assert_cmpint (rungs_lanes_get_ghost (lanes), ==, -1);
}

static void
an_edge_with_two_addresses_is_one_lane (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (both_hops, G_N_ELEMENTS (both_hops));
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);
  const guint ends[][2] = { { 0, 1 }, { 1, 2 }, { 2, 1 }, { 1, 0 } };

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
  assert_lane (lanes, 0, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, "192.0.2.7");
  assert_lane (lanes, 1, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_REMOTE_USER, "203.0.113.10");
  assert_lane (lanes, 2, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_TARGETNAME, "pool01.contoso.example");
  g_assert_cmpint (rungs_lanes_get_ghost (lanes), ==, -1);
  for (guint i = 0; i < 4; i++)
    {
      guint source, destination;

      rungs_lanes_get_ends (lanes, i, &source, &destination);
      g_assert_cmpuint (source, ==, ends[i][0]);
      g_assert_cmpuint (destination, ==, ends[i][1]);
    }
}

static void
a_host_that_talks_to_itself_is_told_apart_by_port (void)
{
  static const FixtureMessage messages[] = {
    { 0,
      "127.0.0.1:5070",
      "127.0.0.1:5060",
      "OPTIONS sip:b SIP/2.0\n" VIA_C EPID "Call-ID: s\nCSeq: 1 OPTIONS\n" END },
    { 1,
      "127.0.0.1:5060",
      "127.0.0.1:5070",
      "SIP/2.0 200 OK\n" VIA_C EPID_TAG "Call-ID: s\nCSeq: 1 OPTIONS\n" END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, 2);
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 2);
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 0)->address, ==, "127.0.0.1:5070");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 1)->address, ==, "127.0.0.1:5060");
}

static void
a_client_with_many_connections_is_one_lane (void)
{
  static const FixtureMessage messages[] = {
    { 0,
      "127.0.0.1:50001",
      "127.0.0.1:5060",
      "OPTIONS sip:b SIP/2.0\n" VIA_C EPID "Call-ID: s\nCSeq: 1 OPTIONS\n" END },
    { 1,
      "127.0.0.1:50002",
      "127.0.0.1:5060",
      "OPTIONS sip:b SIP/2.0\n" VIA_C EPID "Call-ID: t\nCSeq: 1 OPTIONS\n" END },
    { 2,
      "192.0.2.7:50003",
      "127.0.0.1:5060",
      "OPTIONS sip:b SIP/2.0\n" VIA_C EPID "Call-ID: u\nCSeq: 1 OPTIONS\n" END },
    { 3,
      "192.0.2.7:50004",
      "127.0.0.1:5060",
      "OPTIONS sip:b SIP/2.0\n" VIA_C EPID "Call-ID: v\nCSeq: 1 OPTIONS\n" END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
}

static void
a_call_stands_between_its_two_parties (void)
{
  static const FixtureMessage messages[] = {
    { 0,
      "10.0.0.1:5060",
      "10.0.0.2:5060",
      "INVITE sip:b SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa\n" EPID
      "Call-ID: c\nCSeq: 1 INVITE\nUser-Agent: Phone\n" END },
    { 1,
      "10.0.0.2:5060",
      "10.0.0.3:5060",
      "INVITE sip:b SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb, SIP/2.0/UDP "
      "10.0.0.1;branch=z9hG4bKa\n" EPID "Call-ID: c\nCSeq: 1 INVITE\nUser-Agent: Phone\n" END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, 2);
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
  assert_lane (lanes, 0, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_USER_AGENT, "10.0.0.1");
  assert_lane (lanes, 1, RUNGS_ROLE_PROXY, RUNGS_ROLE_REASON_RELAYS, "10.0.0.2");
  assert_lane (lanes, 2, RUNGS_ROLE_HOST, RUNGS_ROLE_REASON_NONE, "10.0.0.3");
}

static void
a_plain_registrar_answers_register (void)
{
  static const FixtureMessage messages[] = {
    { 0,
      "10.0.0.1:5060",
      "10.0.0.2:5060",
      "REGISTER sip:b SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa\nTo: <sip:a@b>\nFrom: "
      "<sip:a@b>;tag=1\nCall-ID: c\nCSeq: 1 REGISTER\n" END },
    { 1,
      "10.0.0.2:5060",
      "10.0.0.1:5060",
      "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa\nTo: <sip:a@b>;tag=2\nFrom: "
      "<sip:a@b>;tag=1\nCall-ID: c\nCSeq: 1 REGISTER\n" END },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, 2);
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  assert_lane (lanes, 1, RUNGS_ROLE_REGISTRAR, RUNGS_ROLE_REASON_ANSWERS_REGISTER, "10.0.0.2");
}

static void
who_puts_a_via_above_another_relays (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (both_hops + 1, 2);
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 2);
  assert_lane (lanes, 0, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_RELAYS, "10.1.0.5");
  assert_lane (lanes, 1, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_TARGETNAME, "pool01.contoso.example");
}

static void
an_answer_alone_shows_who_asked (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (both_hops + 3, 1);
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
  assert_lane (lanes, 0, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, "192.0.2.7");
  assert_lane (lanes, 1, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_REMOTE_USER, "203.0.113.10");
}

static void
a_question_alone_is_placed_by_its_port (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (both_hops, 1);
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  assert_lane (lanes, 0, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, "192.0.2.7");
  assert_lane (lanes, 1, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_PORT, "203.0.113.10");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 1)->reason_value, ==, "443");
}

static void
a_server_log_names_its_own_host (void)
{
  g_autoptr (RungsTrace) trace = fixture_log (
    "TL_INFO(TF_PROTOCOL) [0]06E4.0EB4::01/18/2012-05:00:43.101.00005386 "
    "(SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(125))$$begin_record\r\n"
    "Instance-Id: 0000C23F\r\nDirection: outgoing\r\nPeer: next.contoso.example:5061\r\nMessage-Type: "
    "request\r\n"
    "Start-Line: OPTIONS sip:user@fabrikam.example SIP/2.0\r\n"
    "From: <sip:a@contoso.example>;tag=1\r\nTo: <sip:user@fabrikam.example>\r\nCall-ID: x\r\nCSeq: 1 "
    "OPTIONS\r\n"
    "Via: SIP/2.0/TLS edge.contoso.example:5061;branch=z9hG4bKx\r\nMessage-Body: -\r\n$$end_record\r\n");
  g_autoptr (RungsLanes) lanes = get_lanes (trace, TRUE);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 2);
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 0)->name, ==, "edge.contoso.example");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 1)->name, ==, "next.contoso.example");
  g_assert_cmpstr (rungs_lanes_get_lane (lanes, 1)->address, ==, "next.contoso.example:5061");
}

static void
the_sample_of_a_client_has_two_lanes_and_a_domain_controller (void)
{
  g_autofree char *path = rungs_test_sample ("samples/clients/3-internal-ntlm/client-debug.log");
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsLanes) lanes = NULL;

  if (path == NULL)
    return;
  trace = fixture_file (path);
  lanes = get_lanes (trace, TRUE);
  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
  g_assert_cmpint (rungs_lanes_get_lane (lanes, 0)->role, ==, RUNGS_ROLE_CLIENT);
  g_assert_cmpint (rungs_lanes_get_lane (lanes, 1)->role, ==, RUNGS_ROLE_POOL);
  g_assert_cmpint (rungs_lanes_get_lane (lanes, 2)->role, ==, RUNGS_ROLE_KDC);
  g_assert_true (rungs_lanes_get_lane (lanes, 2)->ghost);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/lanes/" name, function)
  ADD ("a-remote-login-has-client-edge-and-ghosts-of-pool-and-domain-controller",
       a_remote_login_has_client_edge_and_ghosts_of_pool_and_domain_controller);
  ADD ("ghosts-can-be-left-out", ghosts_can_be_left_out);
  ADD ("an-internal-login-is-at-the-pool-that-targetname-names",
       an_internal_login_is_at_the_pool_that_targetname_names);
  ADD ("an-edge-with-two-addresses-is-one-lane", an_edge_with_two_addresses_is_one_lane);
  ADD ("a-host-that-talks-to-itself-is-told-apart-by-port",
       a_host_that_talks_to_itself_is_told_apart_by_port);
  ADD ("a-client-with-many-connections-is-one-lane", a_client_with_many_connections_is_one_lane);
  ADD ("a-call-stands-between-its-two-parties", a_call_stands_between_its_two_parties);
  ADD ("a-plain-registrar-answers-register", a_plain_registrar_answers_register);
  ADD ("who-puts-a-via-above-another-relays", who_puts_a_via_above_another_relays);
  ADD ("an-answer-alone-shows-who-asked", an_answer_alone_shows_who_asked);
  ADD ("a-question-alone-is-placed-by-its-port", a_question_alone_is_placed_by_its_port);
  ADD ("a-server-log-names-its-own-host", a_server_log_names_its_own_host);
  ADD ("the-sample-of-a-client-has-two-lanes-and-a-domain-controller",
       the_sample_of_a_client_has_two_lanes_and_a_domain_controller);
  return g_test_run ();
}
