/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What led to the ticket of a login, from a capture that holds port 88 (kdc.pcap, made by make-kdc-capture.py) and from logs
 * that only prove it. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-kerberos.h"
#include "rungs-lanes.h"
#include "rungs-test.h"

static RungsTrace *
load (const char *folder, const char *name)
{
  g_autofree char *path = rungs_test_fixture (folder, name, NULL);

  return fixture_file (path);
}

static RungsTicketTrail *
follow (RungsTrace *trace, gboolean hidden)
{
  g_autoptr (RungsSelection) all = rungs_selection_new_all (trace);

  return rungs_ticket_trail_new (all, hidden);
}

/* "AS-REQ@2 KRB-ERROR@2 …": each step and the position of the message that it stands before. */
static char *
list_steps (RungsTrace *trace, const RungsTicketTrail *trail)
{
  static const char *const hidden[] = {
    [RUNGS_TICKET_AS_REQ] = "as-req",           [RUNGS_TICKET_AS_REP] = "as-rep",
    [RUNGS_TICKET_TGS_REQ] = "tgs-req",         [RUNGS_TICKET_TGS_REP] = "tgs-rep",
    [RUNGS_TICKET_LOGON_QUESTION] = "question",
  };
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < rungs_ticket_trail_get_length (trail); i++)
    {
      const RungsTicketStep *step = rungs_ticket_trail_get (trail, i);
      const RungsKerberosInfo *info =
        step->kind == RUNGS_TICKET_KERBEROS ? rungs_trace_get_kerberos (trace, step->kerberos) : NULL;

      g_string_append_printf (list,
                              "%s%s%s@%u",
                              i > 0 ? " " : "",
                              info != NULL ? rungs_kerberos_get_type_name (info->type) : hidden[step->kind],
                              info != NULL && info->repeated ? "*" : "",
                              step->position);
    }
  return g_string_free (list, FALSE);
}

static void
expect_steps (RungsTrace *trace, gboolean hidden, const char *expected)
{
  g_autoptr (RungsTicketTrail) trail = follow (trace, hidden);
  g_autofree char *steps = list_steps (trace, trail);

  g_assert_cmpstr (steps, ==, expected);
}

static void
a_ticket_is_followed_back_to_the_logon (void)
{
  g_autoptr (RungsTrace) trace = load ("model", "kdc.pcap");

  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 4);
  g_assert_cmpuint (rungs_trace_get_n_kerberos (trace), ==, 9);
  expect_steps (trace, TRUE, "AS-REQ@2 KRB-ERROR@2 AS-REQ@2 AS-REP@2 TGS-REQ@2 TGS-REQ*@2 TGS-REP@2");
  expect_steps (trace, FALSE, "AS-REQ@2 KRB-ERROR@2 AS-REQ@2 AS-REP@2 TGS-REQ@2 TGS-REQ*@2 TGS-REP@2");
}

static void
replies_know_their_requests (void)
{
  g_autoptr (RungsTrace) trace = load ("model", "kdc.pcap");

  for (guint i = 0; i < rungs_trace_get_n_kerberos (trace); i++)
    {
      const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, i);

      g_assert_cmpint (info->repeated, ==, i == 7);
      if (info->repeated)
        continue;
      g_assert_cmpuint (info->other, !=, RUNGS_NO_KERBEROS);
      g_assert_cmpuint (rungs_trace_get_kerberos (trace, info->other)->other, ==, i);
    }
  g_assert_cmpint (rungs_trace_get_kerberos (trace, 1)->error, ==, 25);
  g_assert_cmpint (rungs_trace_get_kerberos (trace, 5)->error, ==, -1);
}

static void
the_kdc_is_the_last_lane (void)
{
  g_autoptr (RungsTrace) trace = load ("model", "kdc.pcap");
  g_autoptr (RungsSelection) all = rungs_selection_new_all (trace);
  g_autoptr (RungsLanes) lanes = rungs_lanes_new (all, FALSE);
  const RungsTicketTrail *trail = rungs_lanes_get_trail (lanes);
  const RungsLane *kdc = rungs_lanes_get_lane (lanes, 2);

  g_assert_cmpuint (rungs_lanes_get_n_lanes (lanes), ==, 3);
  g_assert_cmpint (kdc->role, ==, RUNGS_ROLE_KDC);
  g_assert_cmpstr (kdc->address, ==, "10.1.0.10:88");
  g_assert_false (kdc->ghost);
  for (guint i = 0; i < rungs_ticket_trail_get_length (trail); i++)
    {
      const RungsTicketStep *step = rungs_ticket_trail_get (trail, i);
      gboolean request = rungs_ticket_step_is_request (step, trace);
      guint source, destination;

      rungs_lanes_get_step_ends (lanes, step, &source, &destination);
      g_assert_cmpuint (source, ==, request ? 0 : 2);
      g_assert_cmpuint (destination, ==, request ? 2 : 0);
    }
}

static void
a_log_proves_what_it_does_not_hold (void)
{
  g_autoptr (RungsTrace) kerberos = load ("../data/examples", "internal-kerberos.uccapilog");
  g_autoptr (RungsTrace) ntlm = load ("../data/examples", "remote-ntlm.uccapilog");
  g_autoptr (RungsTicketTrail) trail = follow (kerberos, TRUE);

  expect_steps (kerberos, TRUE, "as-req@2 as-rep@2 tgs-req@2 tgs-rep@2");
  expect_steps (kerberos, FALSE, "");
  expect_steps (ntlm, TRUE, "question@5");
  g_assert_cmpstr (rungs_ticket_trail_get_domain (trail), ==, "CONTOSO.EXAMPLE");
  g_assert_cmpstr (rungs_ticket_trail_get_service (trail), ==, "sip/pool01.contoso.example");
}

static void
steps_are_found_by_position (void)
{
  g_autoptr (RungsTrace) trace = load ("model", "kdc.pcap");
  g_autoptr (RungsTicketTrail) trail = follow (trace, TRUE);

  g_assert_cmpuint (rungs_ticket_trail_find (trail, 0), ==, 0);
  g_assert_cmpuint (rungs_ticket_trail_find (trail, 2), ==, 0);
  g_assert_cmpuint (rungs_ticket_trail_find (trail, 3), ==, 7);
}

/* The same through the sample, where clients and KDC are programs of others. */
static void
the_sample_is_followed_back (void)
{
  g_autofree char *path = rungs_test_sample ("samples/clients/2n-internal-kerberos-netns/capture.pcap");
  g_autoptr (RungsTrace) trace = NULL;

  if (path == NULL)
    return;
  trace = fixture_file (path);
  expect_steps (trace, TRUE, "AS-REQ@2 KRB-ERROR@2 AS-REQ@2 AS-REP@2 TGS-REQ@2 TGS-REP@2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/ticket-trail", a_ticket_is_followed_back_to_the_logon);
  rungs_test_add ("/ticket-trail", replies_know_their_requests);
  rungs_test_add ("/ticket-trail", the_kdc_is_the_last_lane);
  rungs_test_add ("/ticket-trail", a_log_proves_what_it_does_not_hold);
  rungs_test_add ("/ticket-trail", steps_are_found_by_position);
  rungs_test_add ("/ticket-trail", the_sample_is_followed_back);
  return g_test_run ();
}
