/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What repeats becomes one row, keeps its numbers, and opens again. */

#include "config.h"

#include "rungs-test-ladder.h"

/* The rows of a log with folds: "fold1-4 5 6 result". */
static char *
list_rows (RungsLadder *ladder)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < rungs_ladder_get_n_rows (ladder); i++)
    {
      g_auto (RungsRow) row = RUNGS_ROW_INIT;

      rungs_ladder_read_row (ladder, i, &row);
      if (row.kind == RUNGS_RUNG_SUMMARY)
        g_string_append (list, "result ");
      else if (row.kind == RUNGS_RUNG_FOLD)
        g_string_append_printf (list, "%s%u-%u ", row.open ? "open" : "fold", row.message + 1, row.last + 1);
      else
        g_string_append_printf (list, "%s%u ", row.kind == RUNGS_RUNG_GAP ? "wait" : "", row.message + 1);
    }
  return g_strchomp (g_string_free (list, FALSE));
}

static RungsLadder *
make_ladder (const char *log, gsize length)
{
  g_autoptr (RungsTrace) trace = rungs_test_trace (log, length);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (RungsSelection) selection = rungs_selection_new_all (trace);
  RungsLadderOptions options = RUNGS_LADDER_OPTIONS_DEFAULT;

  options.fold = TRUE;
  options.hidden = FALSE;
  rungs_diagnose_trace (trace, NULL);
  return rungs_ladder_new (diagnoser, selection, &options);
}

static RungsLadder *
make_login (void)
{
  g_autofree char *path = rungs_test_fixture ("..", "data", "examples", "remote-ntlm.uccapilog", NULL);
  gsize length;
  g_autofree char *log = rungs_test_load (path, &length);

  return make_ladder (log, length);
}

static void
expect_rows (RungsLadder *ladder, const char *expected)
{
  g_autofree char *rows = list_rows (ladder);

  g_assert_cmpstr (rows, ==, expected);
}

static void
the_rounds_of_a_login_are_one_row (void)
{
  g_autoptr (RungsLadder) ladder = make_login ();
  g_auto (RungsRow) row = RUNGS_ROW_INIT;

  expect_rows (ladder, "fold1-4 5 6 result");
  rungs_ladder_read_row (ladder, 0, &row);
  g_assert_cmpstr (row.label, ==, "authentication, 2 round trips");
  g_assert_cmpint (row.severity, ==, RUNGS_SEVERITY_EXPECTED);
  g_assert_cmpuint (row.source, ==, 0);
  g_assert_cmpuint (row.destination, ==, 1);
}

static void
a_fold_opens_and_closes_in_place (void)
{
  g_autoptr (RungsLadder) ladder = make_login ();

  g_assert_cmpuint (rungs_ladder_set_fold_open (ladder, 0, TRUE), ==, 0);
  expect_rows (ladder, "open1-4 1 2 3 4 5 6 result");
  g_assert_cmpuint (rungs_ladder_find_row (ladder, 2), ==, 3);
  g_assert_cmpuint (rungs_ladder_set_fold_open (ladder, 3, FALSE), ==, 0);
  expect_rows (ladder, "fold1-4 5 6 result");
  g_assert_cmpuint (rungs_ladder_set_fold_open (ladder, 1, TRUE), ==, G_MAXUINT);
  rungs_ladder_set_folds_open (ladder, TRUE);
  expect_rows (ladder, "open1-4 1 2 3 4 5 6 result");
}

static void
a_message_inside_is_found_in_the_fold_and_can_be_revealed (void)
{
  g_autoptr (RungsLadder) ladder = make_login ();

  g_assert_cmpuint (rungs_ladder_find_row (ladder, 3), ==, 0);
  g_assert_cmpuint (rungs_ladder_find_row (ladder, 5), ==, 2);
  g_assert_cmpuint (rungs_ladder_reveal (ladder, 3), ==, 4);
  g_assert_cmpuint (rungs_ladder_reveal (ladder, 5), ==, 6);
}

static void
a_picture_holds_what_is_open (void)
{
  g_autoptr (RungsLadder) shown = make_login ();
  g_autoptr (RungsLadder) drawn = make_login ();

  rungs_ladder_set_fold_open (shown, 0, TRUE);
  rungs_ladder_set_folds (drawn, rungs_ladder_get_folds (shown));
  expect_rows (drawn, "open1-4 1 2 3 4 5 6 result");
}

static void
a_challenge_that_nobody_takes_up_stays (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RungsLadder) ladder = NULL;

  rungs_test_log_append (log,
                         "12:00:00.000",
                         TRUE,
                         "REGISTER sip:contoso.example SIP/2.0",
                         "one",
                         "1 REGISTER");
  rungs_test_log_append (log, "12:00:00.100", FALSE, "SIP/2.0 401 Unauthorized", "one", "1 REGISTER");
  ladder = make_ladder (log->str, log->len);
  expect_rows (ladder, "1 2 result");
}

static GString *
make_keep_alives (guint n)
{
  GString *log = g_string_new (NULL);

  rungs_test_log_append (log,
                         "11:00:00.000",
                         TRUE,
                         "MESSAGE sip:contoso.example SIP/2.0",
                         "text",
                         "1 MESSAGE");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *time = g_strdup_printf ("12:00:0%u.000", i);
      g_autofree char *call_id = g_strdup_printf ("ping%u", i);

      rungs_test_log_append (log, time, TRUE, "OPTIONS sip:contoso.example SIP/2.0", call_id, "1 OPTIONS");
      rungs_test_log_append (log, time, FALSE, "SIP/2.0 200 OK", call_id, "1 OPTIONS");
    }
  return log;
}

static void
keep_alives_are_counted_in_one_row (void)
{
  g_autoptr (GString) log = make_keep_alives (4);
  g_autoptr (RungsLadder) ladder = make_ladder (log->str, log->len);
  g_auto (RungsRow) row = RUNGS_ROW_INIT;

  expect_rows (ladder, "1 wait2 fold2-9");
  rungs_ladder_read_row (ladder, 2, &row);
  g_assert_cmpstr (row.label, ==, "keep-alive ×4");
  g_assert_cmpstr (row.number, ==, "2");
}

static void
a_successor_is_ready_until_a_fold_opens (void)
{
  g_autoptr (RungsLadder) ladder = make_login ();
  g_autoptr (RungsLadder) fresh = rungs_ladder_new (rungs_ladder_get_diagnoser (ladder),
                                                    rungs_ladder_get_selection (ladder),
                                                    rungs_ladder_get_options (ladder));
  RungsLadderStand stand = rungs_ladder_get_stand (ladder);

  rungs_ladder_succeed (fresh, &stand);
  rungs_ladder_stand_clear (&stand);
  g_assert_true (rungs_ladder_can_take (ladder, fresh));
  rungs_ladder_set_fold_open (ladder, 0, TRUE);
  g_assert_false (rungs_ladder_can_take (ladder, fresh));
  rungs_ladder_take (ladder, fresh);
  expect_rows (ladder, "open1-4 1 2 3 4 5 6 result");
}

/* Keep-alives that nobody answers, before and behind a wait. */
static void
problems_are_found_in_both_directions_and_in_closed_folds (void)
{
  g_autoptr (GString) log = make_keep_alives (4);
  g_autoptr (RungsLadder) ladder = make_ladder (log->str, log->len);
  RungsTrace *trace = rungs_ladder_get_trace (ladder);
  g_autoptr (RungsLadder) marked = NULL;

  for (guint i = 0; i < rungs_trace_get_n_messages (trace); i++)
    rungs_trace_set_message_mark (trace,
                                  i,
                                  rungs_mark (i == 0 || i == 3 || i == 5 ? RUNGS_SEVERITY_WARNING
                                                                         : RUNGS_SEVERITY_NONE,
                                              0));
  marked = rungs_ladder_new (rungs_ladder_get_diagnoser (ladder),
                             rungs_ladder_get_selection (ladder),
                             rungs_ladder_get_options (ladder));
  expect_rows (marked, "1 wait2 fold2-9");
  g_assert_cmpuint (rungs_ladder_find_problem (marked, G_MAXUINT, 1), ==, 0);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, G_MAXUINT, -1), ==, 2);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 0, 1), ==, 2);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 1, 1), ==, 2);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 2, 1), ==, 0);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 0, -1), ==, 2);
  rungs_ladder_set_folds_open (marked, TRUE);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 2, 1), ==, 5);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 5, 1), ==, 7);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 7, 1), ==, 0);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 7, -1), ==, 5);
  g_assert_cmpuint (rungs_ladder_find_problem (marked, 5, -1), ==, 0);
}

static void
one_keep_alive_is_no_fold (void)
{
  g_autoptr (GString) log = make_keep_alives (1);
  g_autoptr (RungsLadder) ladder = make_ladder (log->str, log->len);

  expect_rows (ladder, "1 wait2 2 3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/the-rounds-of-a-login-are-one-row", the_rounds_of_a_login_are_one_row);
  g_test_add_func ("/fold/a-fold-opens-and-closes-in-place", a_fold_opens_and_closes_in_place);
  g_test_add_func ("/fold/a-message-inside-is-found-in-the-fold-and-can-be-revealed",
                   a_message_inside_is_found_in_the_fold_and_can_be_revealed);
  g_test_add_func ("/fold/a-picture-holds-what-is-open", a_picture_holds_what_is_open);
  g_test_add_func ("/fold/a-successor-is-ready-until-a-fold-opens", a_successor_is_ready_until_a_fold_opens);
  g_test_add_func ("/fold/problems-are-found-in-both-directions-and-in-closed-folds",
                   problems_are_found_in_both_directions_and_in_closed_folds);
  g_test_add_func ("/fold/a-challenge-that-nobody-takes-up-stays", a_challenge_that_nobody_takes_up_stays);
  g_test_add_func ("/fold/keep-alives-are-counted-in-one-row", keep_alives_are_counted_in_one_row);
  g_test_add_func ("/fold/one-keep-alive-is-no-fold", one_keep_alive_is_no_fold);
  return g_test_run ();
}
