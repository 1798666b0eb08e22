/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A selection becomes rows: messages in order, the waits between them, and the result. */

#include "config.h"

#include "rungs-test-ladder.h"

static RungsLadder *
make_login (const RungsLadderOptions *options)
{
  GString *log = rungs_test_login ();
  RungsLadder *ladder = rungs_test_ladder (log->str, log->len, options);

  g_string_free (log, TRUE);
  return ladder;
}

static char *
list_rows (RungsLadder *ladder)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < rungs_ladder_get_n_rows (ladder); i++)
    {
      RungsRungKind kind;
      guint message;

      rungs_ladder_get_row (ladder, i, &kind, &message);
      if (kind == RUNGS_RUNG_SUMMARY)
        g_string_append (list, "result ");
      else
        g_string_append_printf (list,
                                "%s%u ",
                                kind == RUNGS_RUNG_GAP    ? "wait"
                                : kind == RUNGS_RUNG_NOTE ? "log"
                                                          : "",
                                message + 1);
    }
  return g_strchomp (g_string_free (list, FALSE));
}

static void
a_long_wait_is_a_row_before_its_message (void)
{
  g_autoptr (RungsLadder) ladder = make_login (NULL);
  g_autofree char *rows = list_rows (ladder);

  g_assert_cmpstr (rows, ==, "1 2 wait3 3 4 result");
}

static void
each_message_is_found_in_its_row (void)
{
  g_autoptr (RungsLadder) ladder = make_login (NULL);

  g_assert_cmpuint (rungs_ladder_find_row (ladder, 1), ==, 1);
  g_assert_cmpuint (rungs_ladder_find_row (ladder, 2), ==, 3);
  g_assert_cmpuint (rungs_ladder_find_row (ladder, 3), ==, 4);
  g_assert_cmpuint (rungs_ladder_find_row (ladder, 99), ==, G_MAXUINT);
}

static void
rows_can_be_switched_off_in_place (void)
{
  g_autoptr (RungsLadder) ladder = make_login (NULL);
  RungsLadderOptions options = *rungs_ladder_get_options (ladder);
  g_autofree char *rows = NULL;

  options.gaps = options.summary = FALSE;
  rungs_ladder_set_options (ladder, &options);
  rows = list_rows (ladder);
  g_assert_cmpstr (rows, ==, "1 2 3 4");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ladder)), ==, 4);
}

static void
lines_of_the_log_are_rows_where_they_are_wanted (void)
{
  GString *log = rungs_test_login ();
  RungsLadderOptions options = RUNGS_LADDER_OPTIONS_DEFAULT;
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *words = NULL;

  g_string_prepend (log, "07/24/2009|11:59:59.000 0C84:0F10 TRACE :: starting\r\n");
  rungs_test_log_append (log,
                         "12:00:14.000",
                         TRUE,
                         "REGISTER sip:contoso.example SIP/2.0",
                         "one",
                         "3 REGISTER");
  options.log_lines = TRUE;
  ladder = rungs_test_ladder (log->str, log->len, &options);
  g_string_free (log, TRUE);
  rows = list_rows (ladder);
  g_assert_cmpstr (rows, ==, "log1 1 2 wait3 3 4 5 result");
  g_assert_cmpuint (rungs_ladder_find_row (ladder, 0), ==, 1);
  words = rungs_ladder_describe_row (ladder, 0);
  g_assert_cmpstr (words, ==, "1 log line: 07/24/2009|11:59:59.000 0C84:0F10 TRACE :: starting");
  options.log_lines = FALSE;
  rungs_ladder_set_options (ladder, &options);
  g_assert_cmpuint (rungs_ladder_get_n_rows (ladder), ==, 7);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
captions_change_the_layout_and_no_row (void)
{
  g_autoptr (RungsLadder) ladder = make_login (NULL);
  RungsLadderOptions options = *rungs_ladder_get_options (ladder);
  double height = rungs_ladder_get_row_height (ladder);
  guint n_layouts = 0;
  guint n_items = 0;

  g_signal_connect_swapped (ladder, "layout-changed", G_CALLBACK (count_cb), &n_layouts);
  g_signal_connect_swapped (ladder, "items-changed", G_CALLBACK (count_cb), &n_items);
  options.captions = FALSE;
  rungs_ladder_set_options (ladder, &options);
  g_assert_cmpuint (n_layouts, ==, 1);
  g_assert_cmpuint (n_items, ==, 0);
  g_assert_cmpfloat (rungs_ladder_get_row_height (ladder), <, height);
}

static void
two_flows_have_no_result (void)
{
  GString *log = rungs_test_login ();
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *rows = NULL;

  rungs_test_log_append (log,
                         "12:00:14.000",
                         TRUE,
                         "OPTIONS sip:contoso.example SIP/2.0",
                         "two",
                         "1 OPTIONS");
  ladder = rungs_test_ladder (log->str, log->len, NULL);
  g_string_free (log, TRUE);
  rows = list_rows (ladder);
  g_assert_cmpstr (rows, ==, "1 2 wait3 3 4 5");
}

static void
items_are_made_on_demand (void)
{
  g_autoptr (RungsLadder) ladder = make_login (NULL);
  g_autoptr (RungsRung) wait = g_list_model_get_item (G_LIST_MODEL (ladder), 2);
  g_autoptr (RungsRung) beyond = g_list_model_get_item (G_LIST_MODEL (ladder), 6);

  g_assert_cmpint (rungs_rung_get_kind (wait), ==, RUNGS_RUNG_GAP);
  g_assert_cmpuint (rungs_rung_get_message (wait), ==, 2);
  g_assert_null (beyond);
}

static void
a_row_in_words_names_ends_and_start_line (void)
{
  g_autoptr (RungsLadder) ladder = make_login (NULL);
  g_autofree char *words = rungs_ladder_describe_row (ladder, 1);

  g_assert_true (g_str_has_prefix (words, "Message 2, 12:00:00.061, "));
  g_assert_nonnull (strstr (words, "401 Unauthorized"));
}

static void
times_count_from_start_or_from_the_one_before (void)
{
  RungsLadderOptions options = RUNGS_LADDER_OPTIONS_DEFAULT;
  g_autoptr (RungsLadder) ladder = NULL;
  g_auto (RungsRow) since_start = RUNGS_ROW_INIT;
  g_auto (RungsRow) since_previous = RUNGS_ROW_INIT;

  options.time_style = RUNGS_TIME_SINCE_START;
  ladder = make_login (&options);
  rungs_ladder_read_row (ladder, 4, &since_start);
  g_assert_cmpstr (since_start.time, ==, "+13.561");
  options.time_style = RUNGS_TIME_SINCE_PREVIOUS;
  rungs_ladder_set_options (ladder, &options);
  rungs_ladder_read_row (ladder, 4, &since_previous);
  g_assert_cmpstr (since_previous.time, ==, "+0.061");
}

static void
a_remote_login_shows_the_pool_that_it_proves (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  RungsLadderOptions options = *rungs_ladder_get_options (ladder);
  RungsLanes *lanes = rungs_ladder_get_lanes (ladder);
  g_auto (RungsRow) request = RUNGS_ROW_INIT;
  g_auto (RungsRow) response = RUNGS_ROW_INIT;
  g_auto (RungsRow) plain = RUNGS_ROW_INIT;
  guint ghost;

  g_assert_cmpint (rungs_lanes_get_ghost (lanes), ==, 2);
  ghost = (guint) rungs_lanes_get_ghost (lanes);
  rungs_ladder_read_row (ladder, 0, &request);
  rungs_ladder_read_row (ladder, 1, &response);
  g_assert_cmpuint (request.hidden_source, ==, request.destination);
  g_assert_cmpuint (request.hidden_destination, ==, ghost);
  g_assert_cmpuint (response.hidden_source, ==, ghost);
  g_assert_cmpuint (response.hidden_destination, ==, response.source);

  options.hidden = FALSE;
  rungs_ladder_set_options (ladder, &options);
  g_assert_cmpuint (rungs_lanes_get_n_lanes (rungs_ladder_get_lanes (ladder)), ==, 2);
  rungs_ladder_read_row (ladder, 0, &plain);
  g_assert_cmpuint (plain.hidden_source, ==, RUNGS_NO_LANE);
}

static void
a_problem_says_first_what_is_wrong (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RungsLadder) ladder = NULL;
  g_auto (RungsRow) row = RUNGS_ROW_INIT;

  rungs_test_log_append (log,
                         "12:00:00.000",
                         TRUE,
                         "REGISTER sip:contoso.example SIP/2.0",
                         "one",
                         "1 REGISTER");
  rungs_test_log_append (log, "12:00:00.100", FALSE, "SIP/2.0 403 Forbidden", "one", "1 REGISTER");
  ladder = rungs_test_ladder (log->str, log->len, NULL);
  rungs_ladder_read_row (ladder, 1, &row);
  g_assert_cmpint (row.severity, ==, RUNGS_SEVERITY_ERROR);
  g_assert_cmpint (row.style, ==, RUNGS_STYLE_FAILURE);
  g_assert_true (g_str_has_prefix (row.caption, "Problem. "));
}

static void
a_success_is_good_and_a_challenge_expected (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_auto (RungsRow) challenge = RUNGS_ROW_INIT;
  g_auto (RungsRow) success = RUNGS_ROW_INIT;

  rungs_ladder_read_row (ladder, 1, &challenge);
  rungs_ladder_read_row (ladder, rungs_ladder_find_row (ladder, 5), &success);
  g_assert_cmpint (challenge.style, ==, RUNGS_STYLE_EXPECTED);
  g_assert_cmpint (challenge.accent, ==, RUNGS_SEVERITY_EXPECTED);
  g_assert_cmpint (success.style, ==, RUNGS_STYLE_SUCCESS);
  g_assert_cmpint (success.severity, ==, RUNGS_SEVERITY_GOOD);
}

static void
an_empty_selection_has_heads_and_no_row (void)
{
  GString *log = rungs_test_login ();
  g_autoptr (RungsTrace) trace = rungs_test_trace (log->str, log->len);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (RungsSelection) selection = rungs_selection_new_for_messages (trace, NULL, 0);
  g_autoptr (RungsLadder) ladder = rungs_ladder_new (diagnoser, selection, NULL);
  g_autoptr (GArray) shapes = rungs_shapes_new ();

  g_string_free (log, TRUE);
  g_assert_cmpuint (rungs_ladder_get_n_rows (ladder), ==, 0);
  rungs_ladder_get_head_shapes (ladder, shapes);
  g_assert_cmpfloat (rungs_ladder_get_width (ladder), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder/a-long-wait-is-a-row-before-its-message",
                   a_long_wait_is_a_row_before_its_message);
  g_test_add_func ("/ladder/each-message-is-found-in-its-row", each_message_is_found_in_its_row);
  g_test_add_func ("/ladder/rows-can-be-switched-off-in-place", rows_can_be_switched_off_in_place);
  g_test_add_func ("/ladder/lines-of-the-log-are-rows-where-they-are-wanted",
                   lines_of_the_log_are_rows_where_they_are_wanted);
  g_test_add_func ("/ladder/captions-change-the-layout-and-no-row", captions_change_the_layout_and_no_row);
  g_test_add_func ("/ladder/two-flows-have-no-result", two_flows_have_no_result);
  g_test_add_func ("/ladder/items-are-made-on-demand", items_are_made_on_demand);
  g_test_add_func ("/ladder/a-row-in-words-names-ends-and-start-line",
                   a_row_in_words_names_ends_and_start_line);
  g_test_add_func ("/ladder/times-count-from-start-or-from-the-one-before",
                   times_count_from_start_or_from_the_one_before);
  g_test_add_func ("/ladder/a-remote-login-shows-the-pool-that-it-proves",
                   a_remote_login_shows_the_pool_that_it_proves);
  g_test_add_func ("/ladder/a-problem-says-first-what-is-wrong", a_problem_says_first_what_is_wrong);
  g_test_add_func ("/ladder/a-success-is-good-and-a-challenge-expected",
                   a_success_is_good_and_a_challenge_expected);
  g_test_add_func ("/ladder/an-empty-selection-has-heads-and-no-row",
                   an_empty_selection_has_heads_and_no_row);
  return g_test_run ();
}
