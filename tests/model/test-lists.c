/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Selections and the flow list show what was asked for, in its order. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-flow-list.h"
#include "rungs-selection.h"

#define A "10.0.0.1:5060"
#define B "10.0.0.2:5060"
#define MESSAGE(method, from, call)                                                                          \
  method " sip:b SIP/2.0\nFrom: <sip:" from "@x>;tag=1\nTo: <sip:b@x>\nCall-ID: " call "\nCSeq: 1 " method   \
         "\n\n"

static const FixtureMessage messages[] = {
  { 0, A, B, MESSAGE ("OPTIONS", "zoe", "1") }, { 1, A, B, MESSAGE ("INVITE", "adam", "2") },
  { 2, A, B, MESSAGE ("ACK", "adam", "2") },    { 3, A, B, MESSAGE ("MESSAGE", "Mia", "3") },
  { 9, A, B, MESSAGE ("BYE", "adam", "2") },
};

static void
a_selection_of_flows_is_in_time_order (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  const guint32 flows[] = { 2, 1, 1 };
  const guint32 expected[] = { 1, 2, 3, 4 };
  g_autoptr (RungsSelection) selection = rungs_selection_new_for_flows (trace, flows, 3);

  g_assert_cmpuint (rungs_selection_get_length (selection), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (rungs_selection_get (selection, i), ==, expected[i]);
      g_assert_cmpuint (rungs_selection_find (selection, expected[i]), ==, i);
    }
  g_assert_cmpuint (rungs_selection_find (selection, 0), ==, G_MAXUINT);
  g_assert_cmpuint (rungs_selection_get_single_flow (selection), ==, RUNGS_NO_FLOW);
}

static void
a_selection_knows_its_single_flow (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  const guint32 flow = 1;
  g_autoptr (RungsFilter) filter = rungs_filter_parse ("method:bye", NULL, NULL);
  g_autoptr (RungsSelection) one = rungs_selection_new_for_flows (trace, &flow, 1);
  g_autoptr (RungsSelection) some = rungs_selection_new_for_filter (trace, filter);
  g_autoptr (RungsSelection) all = rungs_selection_new_all (trace);
  g_autoptr (RungsSelection) none = rungs_selection_new_for_flows (trace, NULL, 0);

  g_assert_cmpuint (rungs_selection_get_single_flow (one), ==, 1);
  g_assert_cmpuint (rungs_selection_get_single_flow (some), ==, 1);
  g_assert_cmpuint (rungs_selection_get (some, 0), ==, 4);
  g_assert_cmpuint (rungs_selection_get_single_flow (all), ==, RUNGS_NO_FLOW);
  g_assert_cmpuint (rungs_selection_find (all, 3), ==, 3);
  g_assert_cmpuint (rungs_selection_get_length (none), ==, 0);
}

static void
wait_for (RungsFlowList *list)
{
  while (rungs_flow_list_get_busy (list))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_order (RungsFlowList *list, const char *order)
{
  g_autoptr (GString) is = g_string_new (NULL);

  wait_for (list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_string_append_printf (is, "%u", rungs_flow_list_get_flow (list, i));
  g_assert_cmpstr (is->str, ==, order);
}

static void
columns_sort_both_ways (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  g_autoptr (RungsFlowList) list = rungs_flow_list_new ();

  rungs_flow_list_set_trace (list, trace);
  assert_order (list, "012");
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_TIME, TRUE);
  assert_order (list, "210");
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_WHO, FALSE);
  assert_order (list, "120");
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_MESSAGES, TRUE);
  assert_order (list, "102");
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_DURATION, FALSE);
  assert_order (list, "021");
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_KIND, FALSE);
  assert_order (list, "120");
  g_assert_cmpuint (rungs_flow_list_find (list, 0), ==, 2);
  g_assert_cmpuint (rungs_flow_list_find (list, 7), ==, G_MAXUINT);
}

static void
a_filter_hides_flows_and_counts_their_messages (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  g_autoptr (RungsFlowList) list = rungs_flow_list_new ();
  g_autoptr (RungsFilter) filter = rungs_filter_parse ("method:bye", NULL, NULL);
  g_autoptr (RungsFlow) flow = NULL;

  rungs_flow_list_set_trace (list, trace);
  rungs_flow_list_set_filter (list, filter);
  assert_order (list, "1");
  g_assert_cmpuint (rungs_flow_list_get_n_hidden (list), ==, 2);
  flow = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpuint (rungs_flow_get_index (flow), ==, 1);
  g_assert_cmpuint (rungs_flow_get_info (flow)->n_messages, ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 1));
  rungs_flow_list_set_filter (list, NULL);
  assert_order (list, "012");
  g_assert_cmpuint (rungs_flow_list_get_n_hidden (list), ==, 0);
}

static void
count (GListModel *model, guint *n)
{
  (*n)++;
}

static void
only_the_last_of_many_changes_counts (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  g_autoptr (RungsFlowList) list = rungs_flow_list_new ();
  guint n_changes = 0;

  g_signal_connect (list, "arranged", G_CALLBACK (count), &n_changes);
  rungs_flow_list_set_trace (list, trace);
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_WHO, FALSE);
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_TIME, TRUE);
  assert_order (list, "210");
  g_assert_cmpuint (n_changes, ==, 1);
  rungs_flow_list_set_trace (list, NULL);
  assert_order (list, "");
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
note_change (GListModel *model, guint position, guint removed, guint added, GString *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, removed, added);
}

/* What shows a line is told that it says something else; only what comes or goes at the end is another line. */
static void
lines_stay_and_say_something_else (void)
{
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  g_autoptr (RungsFlowList) list = rungs_flow_list_new ();
  g_autoptr (RungsFilter) filter = rungs_filter_parse ("method:bye", NULL, NULL);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (RungsFlow) first = NULL;
  g_autoptr (RungsFlow) same = NULL;
  guint n_told = 0;

  rungs_flow_list_set_trace (list, trace);
  wait_for (list);
  g_signal_connect (list, "items-changed", G_CALLBACK (note_change), changes);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 1));
  g_signal_connect (first, "changed", G_CALLBACK (count), &n_told);
  rungs_flow_list_set_order (list, RUNGS_FLOW_COLUMN_TIME, TRUE);
  assert_order (list, "210");
  g_assert_cmpuint (rungs_flow_get_index (first), ==, 2);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpstr (changes->str, ==, "");
  rungs_flow_list_set_filter (list, filter);
  assert_order (list, "1");
  g_assert_cmpstr (changes->str, ==, "1-2+0 ");
  g_assert_cmpuint (rungs_flow_get_index (first), ==, 1);
  same = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (same == first);
  g_assert_cmpuint (n_told, ==, 2);
  rungs_flow_list_set_filter (list, NULL);
  assert_order (list, "210");
  g_assert_cmpstr (changes->str, ==, "1-2+0 1-0+2 ");
  rungs_flow_list_set_trace (list, trace);
  wait_for (list);
  g_assert_cmpuint (n_told, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/lists/" name, function)
  ADD ("a-selection-of-flows-is-in-time-order", a_selection_of_flows_is_in_time_order);
  ADD ("a-selection-knows-its-single-flow", a_selection_knows_its_single_flow);
  ADD ("columns-sort-both-ways", columns_sort_both_ways);
  ADD ("a-filter-hides-flows-and-counts-their-messages", a_filter_hides_flows_and_counts_their_messages);
  ADD ("only-the-last-of-many-changes-counts", only_the_last_of_many_changes_counts);
  ADD ("lines-stay-and-say-something-else", lines_stay_and_say_something_else);
  return g_test_run ();
}
