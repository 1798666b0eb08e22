/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Flows that are too long to be diagnosed within a frame: a worker does it, and what it says in the end is what would have been
 * said at once; the last selection wins; a tab can be closed meanwhile. */

#include "config.h"

#include "rungs-settings.h"
#include "rungs-test.h"
#include "rungs-ui-test.h"

#define N_FLOWS 3
#define LENGTH  9000 /* messages of each: all three together are more than a ladder that is built at once */

/* Conversations in dialogs, and a flow of two messages at the end. */
static char *
write_log (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_FLOWS * LENGTH + 2; i++)
    {
      guint flow = MIN (i / LENGTH, N_FLOWS);

      g_string_append_printf (text,
                              "%s\r\nVia: SIP/2.0/UDP b.example;branch=z9hG4bK%u\r\n"
                              "From: <sip:b@b.example>;tag=1\r\nTo: <sip:a@a.example>;tag=2\r\n"
                              "Call-ID: long%u@b.example\r\nCSeq: %u MESSAGE\r\nMax-Forwards: 70\r\n"
                              "Content-Length: 0\r\n\r\n",
                              i % 2 == 0 ? "MESSAGE sip:a.example SIP/2.0" : "SIP/2.0 404 Not Found",
                              i / 2,
                              flow,
                              i / 2 + 1);
    }
  return rungs_ui_test_write ("long.sip", text->str, (gssize) text->len);
}

static RungsTraceView *
open_log (RungsWindow *window)
{
  g_autofree char *path = write_log ();
  RungsTraceView *view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));

  rungs_ui_test_wait_for_ladder (view);
  rungs_ui_test_wait (
    !rungs_flow_list_get_busy (rungs_flow_view_get_list (rungs_trace_view_get_flow_view (view))));
  /* The ladder of the preview stands until that of the whole trace is built. */
  rungs_ui_test_wait (rungs_ladder_get_trace (rungs_ladder_view_get_ladder (
                        rungs_trace_view_get_ladder_view (view))) == rungs_trace_view_get_trace (view));
  return view;
}

static RungsLadder *
get_ladder (RungsTraceView *view)
{
  return rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view));
}

static GtkSelectionModel *
get_flows (RungsTraceView *view)
{
  GtkListView *list = rungs_ui_test_find (rungs_trace_view_get_flow_view (view), GTK_TYPE_LIST_VIEW);

  rungs_ui_test_wait (gtk_list_view_get_model (list) != NULL);
  return gtk_list_view_get_model (list);
}

static guint
get_shown_flow (RungsTraceView *view)
{
  return rungs_selection_get_single_flow (rungs_ladder_get_selection (get_ladder (view)));
}

static void
note_flow (RungsDiagnoser *diagnoser, guint flow, gpointer data)
{
  *(guint *) data = flow;
}

static void
a_long_flow_is_left_to_a_worker (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (rungs_trace_view_get_trace (view));
  g_autoptr (RungsDiagnosis) at_once = NULL;
  g_autoptr (RungsDiagnosis) later = NULL;
  guint told = RUNGS_NO_FLOW;

  at_once = rungs_diagnoser_find (diagnoser, 1);
  g_assert_nonnull (at_once);
  g_clear_pointer (&at_once, rungs_diagnosis_unref);
  rungs_diagnoser_set_background (diagnoser, TRUE);
  g_signal_connect (diagnoser, "diagnosed", G_CALLBACK (note_flow), &told);
  at_once = rungs_diagnoser_find (diagnoser, N_FLOWS);
  g_assert_nonnull (at_once);
  g_assert_null (rungs_diagnoser_find (diagnoser, 0));
  g_assert_null (rungs_diagnoser_find (diagnoser, 2));
  rungs_diagnoser_cancel (diagnoser, 2);
  rungs_ui_test_wait (told != RUNGS_NO_FLOW);
  g_assert_cmpuint (told, ==, 2);
  later = rungs_diagnoser_find (diagnoser, 2);
  g_assert_nonnull (later);
  g_assert_null (rungs_diagnoser_find (diagnoser, 0));
  rungs_diagnoser_cancel (diagnoser, RUNGS_NO_FLOW);
  rungs_ui_test_close (window);
}

/* Rows have their message's own words meanwhile, and no caption. */
static void
rows_have_labels_before_captions (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  RungsTrace *trace = rungs_trace_view_get_trace (view);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (RungsSelection) selection = rungs_selection_new_for_flows (trace, &(guint32){ 1 }, 1);
  g_autoptr (RungsLadder) ladder = rungs_ladder_new (diagnoser, selection, NULL);
  guint last = rungs_ladder_get_n_rows (ladder) - 1;
  g_auto (RungsRow) row = RUNGS_ROW_INIT;
  g_auto (RungsRow) summary = RUNGS_ROW_INIT;

  rungs_diagnoser_set_background (diagnoser, TRUE);
  rungs_ladder_read_row (ladder, 1, &row);
  g_assert_cmpstr (row.label, ==, "404 Not Found");
  g_assert_cmpstr (row.caption, ==, "");
  rungs_ladder_read_row (ladder, last, &summary);
  g_assert_cmpint (summary.kind, ==, RUNGS_RUNG_SUMMARY);
  g_assert_cmpint (summary.severity, ==, rungs_mark_get_severity (rungs_trace_get_flow (trace, 1)->mark));
  rungs_diagnoser_cancel (diagnoser, RUNGS_NO_FLOW);
  rungs_ui_test_close (window);
}

static gboolean
is_diagnosed (RungsTraceView *view, guint flow)
{
  g_autoptr (RungsDiagnosis) diagnosis =
    rungs_diagnoser_find (rungs_ladder_get_diagnoser (get_ladder (view)), flow);

  return diagnosis != NULL;
}

static void
in_the_end_rows_say_what_they_would_have_said_at_once (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  RungsLadder *ladder = get_ladder (view);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (rungs_trace_view_get_trace (view));
  g_autoptr (RungsLadder) other =
    rungs_ladder_new (diagnoser, rungs_ladder_get_selection (ladder), rungs_ladder_get_options (ladder));

  rungs_ui_test_wait (is_diagnosed (view, 0));
  g_assert_cmpuint (rungs_ladder_get_n_rows (ladder), ==, rungs_ladder_get_n_rows (other));
  for (guint i = 0; i < rungs_ladder_get_n_rows (ladder); i += i < 100 ? 1 : 97)
    {
      g_autofree char *words = rungs_ladder_describe_row (ladder, i);
      g_autofree char *expected = rungs_ladder_describe_row (other, i);

      g_assert_cmpstr (words, ==, expected);
    }
  rungs_ui_test_wait (!rungs_ui_test_has_text (rungs_trace_view_get_inspector (view), "A long flow"));
  rungs_ui_test_close (window);
}

static void
the_last_selection_is_shown (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  GtkSelectionModel *flows = get_flows (view);

  gtk_selection_model_select_all (flows);
  rungs_ui_test_wait (rungs_ladder_get_n_rows (get_ladder (view)) >= N_FLOWS * LENGTH);
  for (guint i = 0; i < N_FLOWS; i++)
    {
      gtk_selection_model_select_item (flows, i, TRUE);
      g_main_context_iteration (NULL, FALSE);
      gtk_selection_model_select_all (flows);
      g_main_context_iteration (NULL, FALSE);
    }
  gtk_selection_model_select_item (flows, 1, TRUE);
  rungs_ui_test_wait (get_shown_flow (view) == 1);
  rungs_ui_test_wait (is_diagnosed (view, 1));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (get_shown_flow (view), ==, 1);
  rungs_ui_test_close (window);
}

static void
other_rows_come_from_a_worker_and_the_selected_message_stays (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  RungsLadderView *ladder_view = rungs_trace_view_get_ladder_view (view);
  guint n_rows;

  gtk_selection_model_select_all (get_flows (view));
  rungs_ui_test_wait (rungs_ladder_get_n_rows (get_ladder (view)) >= N_FLOWS * LENGTH);
  rungs_ui_test_wait (!rungs_trace_view_get_busy (view));
  n_rows = rungs_ladder_get_n_rows (get_ladder (view));
  rungs_ladder_view_select_row (ladder_view, 12345);
  for (guint i = 0; i < 2; i++)
    {
      g_object_set (rungs_settings_get_default (), "fold", i == 0, NULL);
      g_assert_true (rungs_trace_view_get_busy (view));
      g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), ==, n_rows);
      rungs_ui_test_wait (!rungs_trace_view_get_busy (view));
      g_assert_cmpint (rungs_ladder_get_options (get_ladder (view))->fold, ==, i == 0);
      g_assert_cmpuint (rungs_ladder_view_get_selected (ladder_view), ==, 12345);
    }
  rungs_ui_test_close (window);
}

/* The last of several changes counts, and one that is taken back leaves what was. */
static void
settings_that_change_meanwhile_count (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);

  gtk_selection_model_select_all (get_flows (view));
  rungs_ui_test_wait (rungs_ladder_get_n_rows (get_ladder (view)) >= N_FLOWS * LENGTH);
  rungs_ui_test_wait (!rungs_trace_view_get_busy (view));
  g_object_set (rungs_settings_get_default (), "fold", TRUE, NULL);
  g_object_set (rungs_settings_get_default (), "inferred", FALSE, NULL);
  g_object_set (rungs_settings_get_default (), "captions", FALSE, NULL);
  g_object_set (rungs_settings_get_default (), "fold", FALSE, NULL);
  g_assert_false (rungs_ladder_get_options (get_ladder (view))->captions);
  rungs_ui_test_wait (!rungs_trace_view_get_busy (view));
  g_assert_false (rungs_ladder_get_options (get_ladder (view))->fold);
  g_assert_false (rungs_ladder_get_options (get_ladder (view))->hidden);
  g_assert_false (rungs_ladder_get_options (get_ladder (view))->captions);
  g_object_set (rungs_settings_get_default (), "inferred", TRUE, "captions", TRUE, NULL);
  gtk_selection_model_select_item (get_flows (view), N_FLOWS, TRUE);
  rungs_ui_test_wait (get_shown_flow (view) == N_FLOWS);
  rungs_ui_test_wait (!rungs_trace_view_get_busy (view));
  g_assert_cmpuint (get_shown_flow (view), ==, N_FLOWS);
  rungs_ui_test_close (window);
}

static GtkButton *
find_button (GtkWidget *widget, const char *label)
{
  GtkButton *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return GTK_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
an_export_that_takes_long_says_so_and_can_be_stopped (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  g_autofree char *path = rungs_ui_test_write ("long.svg", "", 0);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  gtk_selection_model_select_all (get_flows (view));
  rungs_ui_test_wait (rungs_ladder_get_n_rows (get_ladder (view)) >= N_FLOWS * LENGTH);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-to", "s", uri);
  rungs_ui_test_wait (rungs_ui_test_has_text (window, "Drawing the ladder") ||
                      rungs_ui_test_has_text (window, "Saved"));
  if (!rungs_ui_test_has_text (window, "Saved")) /* it was not faster than that */
    {
      g_signal_emit_by_name (find_button (GTK_WIDGET (window), "_Cancel"), "clicked");
      rungs_ui_test_wait (rungs_ui_test_has_text (window, "The export was stopped.") ||
                          rungs_ui_test_has_text (window, "Saved"));
      rungs_ui_test_wait (!rungs_ui_test_has_text (window, "Drawing the ladder"));
    }
  rungs_ui_test_close (window);
}

/* Both the building of a ladder and a diagnosis are under way. */
static void
a_tab_can_be_closed_meanwhile (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = open_log (window);
  gpointer gone = view;

  g_object_add_weak_pointer (G_OBJECT (view), &gone);
  gtk_selection_model_select_item (get_flows (view), 2, TRUE);
  rungs_ui_test_wait (get_shown_flow (view) == 2);
  gtk_selection_model_select_all (get_flows (view));
  g_main_context_iteration (NULL, FALSE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL));
  rungs_ui_test_wait (gone == NULL);
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (2000);
      g_main_context_iteration (NULL, FALSE);
    }
  rungs_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  rungs_ui_test_init (&argc, &argv);
  g_test_add_func ("/long-flow/is-left-to-a-worker-that-can-be-cancelled", a_long_flow_is_left_to_a_worker);
  g_test_add_func ("/long-flow/rows-have-labels-before-they-have-captions", rows_have_labels_before_captions);
  g_test_add_func ("/long-flow/in-the-end-rows-say-what-they-would-have-said-at-once",
                   in_the_end_rows_say_what_they_would_have_said_at_once);
  g_test_add_func ("/long-flow/the-last-selection-is-shown", the_last_selection_is_shown);
  g_test_add_func ("/long-flow/other-rows-come-from-a-worker-and-the-selected-message-stays",
                   other_rows_come_from_a_worker_and_the_selected_message_stays);
  g_test_add_func ("/long-flow/settings-that-change-meanwhile-count", settings_that_change_meanwhile_count);
  g_test_add_func ("/long-flow/an-export-that-takes-long-says-so-and-can-be-stopped",
                   an_export_that_takes_long_says_so_and_can_be_stopped);
  g_test_add_func ("/long-flow/a-tab-can-be-closed-meanwhile", a_tab_can_be_closed_meanwhile);
  return g_test_run ();
}
