/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The values that tie messages together lead to where they were born and where they are used again. */

#include "config.h"

#include "diagnose-fixture.h"

#define LOGIN                                                                                                \
  "0.0 c>s REGISTER 1\n0.1 s>c 401 1 $ntlm\n0.2 c>s REGISTER 2 $empty\n"                                     \
  "0.3 s>c 401 2 $challenge\n0.4 c>s REGISTER 3 $proof\n0.5 s>c 200 3 $info | $stored\n"

/* The trail of the value @name in a header of message @message (from 1), in words. */
static char *
describe (RungsTrace *trace, guint message, const char *header, const char *name)
{
  guint flow = rungs_trace_get_message (trace, message - 1)->flow;
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, flow);
  g_autoptr (GPtrArray) trails = rungs_diagnosis_get_trails (diagnosis, message - 1, header, 0);

  for (guint i = 0; i < trails->len; i++)
    {
      const RungsTrail *trail = g_ptr_array_index (trails, i);

      if (g_str_equal (trail->name, name))
        return rungs_trail_describe (trail);
    }
  return NULL;
}

static void
expect (RungsTrace *trace, guint message, const char *header, const char *name, const char *expected)
{
  g_autofree char *words = describe (trace, message, header, name);

  g_assert_cmpstr (words, ==, expected);
}

static void
opaque_leads_from_the_challenge_to_the_proof (void)
{
  g_autoptr (RungsTrace) trace = script_trace (LOGIN);

  expect (trace, 4, "WWW-Authenticate", "opaque", "opaque AB12: born here, used again in messages 5, 6.");
  expect (trace, 5, "Authorization", "opaque", "opaque AB12: from message 4, also in message 6.");
  expect (trace, 3, "Authorization", "opaque", NULL);
}

static void
a_value_that_nobody_uses_again_has_no_trail (void)
{
  g_autoptr (RungsTrace) trace = script_trace ("0.0 c>s REGISTER 1\n");

  expect (trace, 1, "Call-ID", "Call-ID", NULL);
  expect (trace, 1, "From", "tag", NULL);
}

static void
a_row_of_numbers_is_told_as_a_range (void)
{
  g_autoptr (RungsTrace) trace = script_trace (LOGIN);
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);
  g_autoptr (GPtrArray) trails = rungs_diagnosis_get_trails (diagnosis, 3, "Call-ID", 0);
  g_autofree char *numbers = NULL;

  g_assert_cmpuint (trails->len, ==, 1);
  numbers = rungs_trail_list_numbers (g_ptr_array_index (trails, 0));
  g_assert_cmpstr (numbers, ==, "2, 3, 5, 6");
}

static void
replaces_leads_to_the_call_that_is_replaced (void)
{
  g_autoptr (RungsTrace) trace =
    script_trace ("0.0 c>s INVITE 1 Call-ID: first\n0.1 s>c 200 1/INVITE Call-ID: first\n"
                  "1.0 c>s INVITE 1 Call-ID: second | Replaces: first;to-tag=a;from-tag=b\n");

  expect (trace, 3, "Replaces", "Call-ID", "Call-ID first: from message 1.");
}

static void
what_a_login_gave_away_is_found_in_later_flows (void)
{
  g_autoptr (RungsTrace) trace = script_trace (LOGIN "1.0 c>s SUBSCRIBE 1 $signed | Call-ID: later\n");

  expect (trace, 7, "Authorization", "opaque", "opaque AB12: from message 4.");
}

static void
a_header_is_compared_with_the_message_of_its_kind_before (void)
{
  g_autoptr (RungsTrace) trace = script_trace (LOGIN);
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);
  guint since;

  g_assert_cmpint (rungs_diagnosis_compare_header (diagnosis, 0, "Call-ID", 0, &since),
                   ==,
                   RUNGS_HEADER_FIRST);
  g_assert_cmpint (rungs_diagnosis_compare_header (diagnosis, 2, "Call-ID", 0, &since),
                   ==,
                   RUNGS_HEADER_SAME);
  g_assert_cmpuint (since, ==, 0);
  g_assert_cmpint (rungs_diagnosis_compare_header (diagnosis, 2, "Authorization", 0, &since),
                   ==,
                   RUNGS_HEADER_NEW);
  g_assert_cmpint (rungs_diagnosis_compare_header (diagnosis, 4, "Authorization", 0, &since),
                   ==,
                   RUNGS_HEADER_CHANGED);
  g_assert_cmpuint (since, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trail/opaque-leads-from-the-challenge-to-the-proof",
                   opaque_leads_from_the_challenge_to_the_proof);
  g_test_add_func ("/trail/a-value-that-nobody-uses-again-has-no-trail",
                   a_value_that_nobody_uses_again_has_no_trail);
  g_test_add_func ("/trail/a-row-of-numbers-is-told-as-a-range", a_row_of_numbers_is_told_as_a_range);
  g_test_add_func ("/trail/replaces-leads-to-the-call-that-is-replaced",
                   replaces_leads_to_the_call_that_is_replaced);
  g_test_add_func ("/trail/what-a-login-gave-away-is-found-in-later-flows",
                   what_a_login_gave_away_is_found_in_later_flows);
  g_test_add_func ("/trail/a-header-is-compared-with-the-message-of-its-kind-before",
                   a_header_is_compared_with_the_message_of_its_kind_before);
  return g_test_run ();
}
