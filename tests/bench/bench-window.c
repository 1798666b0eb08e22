/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How the window feels with a large trace: bench-window FILE, under an X server (tests/ui/run-under-xvfb.sh).
 *
 * Does what a user does, one thing after the other: opens the file; sorts, filters and scrolls the flows; selects the longest one, and
 * then all of them; in both ladders scrolls, walks from row to row with the inspector beside, jumps to the end and from problem to
 * problem, folds, changes what is shown; exports; switches a rule off; closes the tab.  Prints a line for each: after how many
 * milliseconds it was on screen, the longest time that the main loop did not come round meanwhile, and the most that the main thread
 * worked between two rounds. */

#include "config.h"

#include <stdlib.h>

#include "pulse.h"
#include "rungs-application.h"
#include "rungs-export-job.h"
#include "rungs-rule-switches.h"
#include "rungs-settings.h"
#include "rungs-window.h"

#define N_FRAMES 300
#define N_STEPS  60

/* One frame after the other, each at another place of a list. */
typedef struct
{
  GtkAdjustment *adjustment;
  guint n_frames;
  gint64 begin;
  gint64 sum;
  gint64 longest;
} Scrolling;

/* What the lines of one ladder begin with. */
typedef struct
{
  RungsWindow *window;
  const char *name;
} Bench;

static void
wait_for_frame_cb (GdkFrameClock *clock, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Until what changed is on screen. */
static void
wait_for_frame (RungsWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (wait_for_frame_cb), &painted);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static RungsTraceView *
get_view (RungsWindow *window)
{
  RungsTracePage *page = rungs_window_get_page (window);

  return page != NULL ? rungs_trace_page_get_view (page) : NULL;
}

static RungsLadderView *
get_ladder_view (RungsWindow *window)
{
  return rungs_trace_view_get_ladder_view (get_view (window));
}

static RungsLadder *
get_ladder (RungsWindow *window)
{
  return get_view (window) != NULL ? rungs_ladder_view_get_ladder (get_ladder_view (window)) : NULL;
}

static RungsFlowList *
get_list (RungsWindow *window)
{
  return rungs_flow_view_get_list (rungs_trace_view_get_flow_view (get_view (window)));
}

static gpointer
find_widget (gpointer widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_busy (RungsWindow *window)
{
  return rungs_flow_list_get_busy (get_list (window)) || rungs_trace_view_get_busy (get_view (window));
}

/* Until nothing is under way, and that is on screen; then the line is printed. */
static void
finish (RungsWindow *window, Pulse *pulse, const char *what)
{
  while (is_busy (window))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  pulse_stop (pulse, pulse_get_ms (pulse), "%s", what);
}

static void
measure_opening (RungsWindow *window, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Pulse pulse;

  pulse_start (&pulse);
  rungs_window_open_files (window, &file, 1);
  while (get_ladder (window) == NULL && rungs_trace_page_get_loading (rungs_window_get_page (window)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  pulse_stop (&pulse, pulse_get_ms (&pulse), "open: the first rung");
  pulse_start (&pulse);
  while (rungs_trace_page_get_loading (rungs_window_get_page (window)))
    g_main_context_iteration (NULL, TRUE);
  if (get_view (window) == NULL)
    g_error ("%s holds no trace", path);
  finish (window, &pulse, "open: the whole trace");
}

/* A page at a time for the first half, then in leaps through the whole list. */
static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Scrolling *self = data;
  double page = gtk_adjustment_get_page_size (self->adjustment);
  double leap = (gtk_adjustment_get_upper (self->adjustment) - page) / (N_FRAMES / 2);
  guint leaps = self->n_frames > N_FRAMES / 2 ? self->n_frames - N_FRAMES / 2 : 0;

  self->begin = g_get_monotonic_time ();
  gtk_adjustment_set_value (self->adjustment, leaps > 0 ? leaps * leap : self->n_frames * page / 2);
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Scrolling *self = data;
  gint64 taken = g_get_monotonic_time () - self->begin;

  self->n_frames++;
  self->sum += taken;
  self->longest = MAX (self->longest, taken);
}

static void
measure_scrolling (RungsWindow *window, gpointer widget, const char *what)
{
  GtkScrollable *list = find_widget (widget, GTK_TYPE_LIST_VIEW);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Scrolling scrolling = { .adjustment = gtk_scrollable_get_vadjustment (list) };
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &scrolling);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &scrolling);
  Pulse pulse;

  pulse_start (&pulse);
  gdk_frame_clock_begin_updating (clock);
  while (scrolling.n_frames < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  pulse_stop (&pulse,
              pulse_get_ms (&pulse),
              "%s: scrolled, a frame takes %.1f ms, the longest %.0f ms",
              what,
              scrolling.sum / 1e3 / scrolling.n_frames,
              scrolling.longest / 1e3);
  gtk_adjustment_set_value (scrolling.adjustment, 0);
}

static void
measure_order (RungsWindow *window, RungsFlowColumn column, const char *what)
{
  Pulse pulse;

  pulse_start (&pulse);
  rungs_flow_list_set_order (get_list (window), column, FALSE);
  finish (window, &pulse, what);
}

/* A letter after the other, as fast as the list can follow or faster. */
static void
measure_filter (RungsWindow *window)
{
  static const char filter[] = "status:401 from:user1";
  RungsFlowView *flows = rungs_trace_view_get_flow_view (get_view (window));
  Pulse pulse;

  pulse_start (&pulse);
  for (guint length = 1; length <= strlen (filter); length++)
    {
      g_autofree char *text = g_strndup (filter, length);

      rungs_flow_view_set_filter (flows, text);
      wait_for_frame (window);
    }
  g_signal_emit_by_name (find_widget (flows, GTK_TYPE_SEARCH_ENTRY), "search-changed");
  finish (window, &pulse, "flows: a filter is typed");
  pulse_start (&pulse);
  rungs_flow_view_set_filter (flows, "");
  g_signal_emit_by_name (find_widget (flows, GTK_TYPE_SEARCH_ENTRY), "search-changed");
  finish (window, &pulse, "flows: the filter is cleared");
}

static void
measure_flows (RungsWindow *window)
{
  measure_order (window, RUNGS_FLOW_COLUMN_WHO, "flows: sorted by who");
  measure_order (window, RUNGS_FLOW_COLUMN_RESULT, "flows: sorted by result");
  measure_order (window, RUNGS_FLOW_COLUMN_TIME, "flows: sorted by time again");
  measure_filter (window);
  measure_scrolling (window, rungs_trace_view_get_flow_view (get_view (window)), "flows");
}

static guint
find_longest_flow (RungsTrace *trace)
{
  guint longest = 0;

  for (guint i = 1; i < rungs_trace_get_n_flows (trace); i++)
    if (rungs_trace_get_flow (trace, i)->n_messages > rungs_trace_get_flow (trace, longest)->n_messages)
      longest = i;
  return longest;
}

static gboolean
is_diagnosed (RungsLadder *ladder, guint flow)
{
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnoser_find (rungs_ladder_get_diagnoser (ladder), flow);

  return diagnosis != NULL;
}

/* As a hand selects them in the list. @flow: one, or RUNGS_NO_FLOW for all */
static void
measure_selecting (Bench *bench, guint flow)
{
  RungsWindow *window = bench->window;
  GtkListView *rows = find_widget (rungs_trace_view_get_flow_view (get_view (window)), GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *model = gtk_list_view_get_model (rows);
  RungsSelection *before = rungs_ladder_get_selection (get_ladder (window));
  Pulse pulse;

  pulse_start (&pulse);
  if (flow != RUNGS_NO_FLOW)
    gtk_selection_model_select_item (model, rungs_flow_list_find (get_list (window), flow), TRUE);
  else
    gtk_selection_model_select_all (model);
  while (rungs_ladder_get_selection (get_ladder (window)) == before)
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  pulse_stop (&pulse,
              pulse_get_ms (&pulse),
              "%s: selected, %u rows",
              bench->name,
              rungs_ladder_get_n_rows (get_ladder (window)));
  if (flow == RUNGS_NO_FLOW)
    return;
  pulse_start (&pulse);
  while (!is_diagnosed (get_ladder (window), flow))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  pulse_stop (&pulse, pulse_get_ms (&pulse), "%s: with captions", bench->name);
}

/* One row after the other, and what the inspector says of each. */
static void
measure_walking (Bench *bench, const char *tab)
{
  Pulse pulse;

  pulse_start (&pulse);
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-tab", "s", tab);
  wait_for_frame (bench->window);
  pulse_stop (&pulse, pulse_get_ms (&pulse), "%s: page “%s”", bench->name, tab);
  pulse_start (&pulse);
  for (guint i = 0; i < N_STEPS; i++)
    {
      rungs_ladder_view_select_row (get_ladder_view (bench->window), i);
      wait_for_frame (bench->window);
    }
  pulse_stop (&pulse,
              pulse_get_ms (&pulse) / N_STEPS,
              "%s: a step from row to row, page “%s”",
              bench->name,
              tab);
}

static void
measure_jumps (Bench *bench)
{
  RungsLadder *ladder = get_ladder (bench->window);
  Pulse pulse;
  guint n;

  pulse_start (&pulse);
  rungs_ladder_view_select_row (get_ladder_view (bench->window), rungs_ladder_get_n_rows (ladder) - 1);
  wait_for_frame (bench->window);
  pulse_stop (&pulse, pulse_get_ms (&pulse), "%s: to the end", bench->name);
  pulse_start (&pulse);
  for (n = 0; n < N_STEPS; n++)
    {
      gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.next-problem", NULL);
      wait_for_frame (bench->window);
    }
  pulse_stop (&pulse, pulse_get_ms (&pulse) / n, "%s: a step from problem to problem", bench->name);
}

/* Twice: as it was is how it is left. */
static void
measure_option (Bench *bench, const char *name)
{
  gboolean value;
  Pulse pulse;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *what = NULL;

      value = rungs_settings_get_boolean (rungs_settings_get_default (), name);
      what = g_strdup_printf ("%s: option “%s” %s", bench->name, name, value ? "off" : "on");
      pulse_start (&pulse);
      g_object_set (rungs_settings_get_default (), name, !value, NULL);
      finish (bench->window, &pulse, what);
    }
}

static void
measure_folds (Bench *bench)
{
  static const char *const actions[] = { "ladder.open-folds", "ladder.close-folds" };
  Pulse pulse;

  g_object_set (rungs_settings_get_default (), "fold", TRUE, NULL);
  while (is_busy (bench->window))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *what = g_strdup_printf ("%s: %s", bench->name, actions[i]);

      pulse_start (&pulse);
      gtk_widget_activate_action (GTK_WIDGET (get_ladder_view (bench->window)), actions[i], NULL);
      finish (bench->window, &pulse, what);
    }
  g_object_set (rungs_settings_get_default (), "fold", FALSE, NULL);
  while (is_busy (bench->window))
    g_main_context_iteration (NULL, TRUE);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes = rungs_export_job_run_finish (result, NULL);

  *(gssize *) data = bytes != NULL ? (gssize) g_bytes_get_size (bytes) : 0;
}

/* @cancel: after so many ms; 0: not */
static void
measure_export (Bench *bench, RungsExportFormat format, guint cancel, const char *name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RungsExportProgress progress = { .cancellable = cancellable };
  gssize size = -1;
  Pulse pulse;

  pulse_start (&pulse);
  rungs_export_job_run_async (get_ladder (bench->window), format, 1, "bench", &progress, exported_cb, &size);
  while (cancel > 0 && pulse_get_ms (&pulse) < cancel)
    g_main_context_iteration (NULL, TRUE);
  if (cancel > 0)
    g_cancellable_cancel (cancellable);
  while (size < 0)
    g_main_context_iteration (NULL, TRUE);
  if (cancel > 0)
    pulse_stop (&pulse, pulse_get_ms (&pulse), "%s: %s cancelled after %u ms", bench->name, name, cancel);
  else
    pulse_stop (&pulse, pulse_get_ms (&pulse), "%s: %s, %.1f MB", bench->name, name, (double) size / 1e6);
}

static void
measure_ladder (Bench *bench, guint flow)
{
  static const char *const pages[] = { "explained", "message", "token", "notes", "findings" };
  static const char *const options[] = { "captions", "inferred", "fold", "log-lines" };

  measure_selecting (bench, flow);
  measure_scrolling (bench->window, get_ladder_view (bench->window), bench->name);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    measure_walking (bench, pages[i]);
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-tab", "s", "explained");
  measure_jumps (bench);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    measure_option (bench, options[i]);
  measure_folds (bench);
}

static void
measure_rules (RungsWindow *window)
{
  RungsRuleSwitches *switches = rungs_rule_switches_get_default ();
  Pulse pulse;

  for (guint i = 0; i < 2; i++)
    {
      pulse_start (&pulse);
      rungs_rule_switches_set (switches, "REG-CHALLENGE", i == 1);
      finish (window, &pulse, i == 0 ? "all: a rule is switched off" : "all: a rule is switched on");
    }
}

static void
measure_closing (RungsWindow *window)
{
  gpointer gone = get_view (window);
  Pulse pulse;

  g_object_add_weak_pointer (gone, &gone);
  pulse_start (&pulse);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL);
  while (gone != NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  pulse_stop (&pulse, pulse_get_ms (&pulse), "the tab is closed");
}

int
main (int argc, char **argv)
{
  g_autoptr (RungsApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  RungsWindow *window;
  Bench longest, all;

  if (argc != 2)
    {
      g_printerr ("bench-window: which trace? bench-window FILE\n");
      return EXIT_FAILURE;
    }
  g_set_application_name ("Rungs");
  gtk_init ();
  application = rungs_application_new (G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  window = RUNGS_WINDOW (rungs_window_new (GTK_APPLICATION (application)));
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_frame (window);
  longest = (Bench){ window, "longest flow" };
  all = (Bench){ window, "all flows" };
  g_print ("%-58s %7s %7s %7s\n", "ms:", "done", "pause", "work");
  measure_opening (window, argv[1]);
  measure_flows (window);
  measure_ladder (&longest, find_longest_flow (rungs_trace_view_get_trace (get_view (window))));
  measure_export (&longest, RUNGS_EXPORT_SVG, 0, "SVG");
  measure_export (&longest, RUNGS_EXPORT_TEXT, 0, "text");
  measure_ladder (&all, RUNGS_NO_FLOW);
  measure_export (&all, RUNGS_EXPORT_SVG, 300, "SVG");
  measure_rules (window);
  measure_closing (window);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
