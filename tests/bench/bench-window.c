/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How the window feels with a large trace: bench-window FILE, under an X server (tests/ui/run-under-xvfb.sh).
 *
 * Prints the time from opening to the first rung and to the whole trace; from selecting the longest flow, and all flows, to
 * their ladder and to its captions; the times that the main loop did not come round meanwhile; and what a frame takes while
 * all messages of the trace are scrolled through in one ladder. */

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "rungs-application.h"
#include "rungs-diagnoser.h"
#include "rungs-window.h"

#define N_FRAMES 300

/* Work of the main thread between two rounds of its loop that is worth a word, µs. */
#define WORK 20000

/* The main loop, watched: how long it did not come round, and how much of that the main thread worked, which does not depend on
 * what else the machine has to do. */
typedef struct
{
  guint source;
  gint64 start;   /* µs */
  gint64 last;    /* when the loop came round, µs */
  gint64 worked;  /* processor time of the main thread until then, µs */
  gint64 longest; /* between two rounds, µs */
  gint64 most;    /* worked between two rounds, µs */
  GString *works;
} Pulse;

/* One frame after the other, each at another place of the ladder. */
typedef struct
{
  GtkAdjustment *adjustment;
  guint n_frames;
  gint64 begin;
  gint64 sum;
  gint64 longest;
} Scrolling;

static gint64
get_worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
pulse_cb (gpointer data)
{
  Pulse *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 worked = get_worked ();

  self->longest = MAX (self->longest, now - self->last);
  self->most = MAX (self->most, worked - self->worked);
  if (worked - self->worked >= WORK)
    g_string_append_printf (self->works,
                            " %.0f ms at %.0f ms,",
                            (worked - self->worked) / 1e3,
                            (self->last - self->start) / 1e3);
  self->last = now;
  self->worked = worked;
  return G_SOURCE_CONTINUE;
}

static void
pulse_start (Pulse *self)
{
  gint64 now = g_get_monotonic_time ();

  *self = (Pulse){ .start = now, .last = now, .worked = get_worked (), .works = g_string_new (NULL) };
  self->source = g_timeout_add_full (G_PRIORITY_DEFAULT, 1, pulse_cb, self, NULL);
}

static double
pulse_get_ms (Pulse *self)
{
  return (g_get_monotonic_time () - self->start) / 1e3;
}

static void
pulse_stop (Pulse *self)
{
  pulse_cb (self);
  g_source_remove (self->source);
  g_print ("  longest pause of the main loop %.0f ms; most work in one round %.0f ms; %d ms or more:%s\n",
           self->longest / 1e3,
           self->most / 1e3,
           WORK / 1000,
           self->works->len > 0 ? self->works->str : " never");
  g_string_free (self->works, TRUE);
}

static void
wait_for_frame_cb (GdkFrameClock *clock, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Until what changed is on screen. */
static void
wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (wait_for_frame_cb), &painted);

  gtk_widget_queue_draw (widget);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static RungsLadder *
get_ladder (RungsWindow *window)
{
  RungsTracePage *page = rungs_window_get_page (window);
  RungsTraceView *view = page != NULL ? rungs_trace_page_get_view (page) : NULL;

  return view != NULL ? rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view)) : NULL;
}

static void
measure_opening (RungsWindow *window, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Pulse pulse;
  double first;

  pulse_start (&pulse);
  rungs_window_open_files (window, &file, 1);
  while (get_ladder (window) == NULL && rungs_trace_page_get_loading (rungs_window_get_page (window)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (GTK_WIDGET (window));
  first = pulse_get_ms (&pulse);
  while (rungs_trace_page_get_loading (rungs_window_get_page (window)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (GTK_WIDGET (window));
  g_print ("first rung after %.0f ms, the whole trace after %.0f ms\n", first, pulse_get_ms (&pulse));
  pulse_stop (&pulse);
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
measure_selecting (RungsWindow *window, GtkSelectionModel *model, guint flow)
{
  RungsTraceView *view = rungs_trace_page_get_view (rungs_window_get_page (window));
  RungsFlowList *list = rungs_flow_view_get_list (rungs_trace_view_get_flow_view (view));
  RungsSelection *before = rungs_ladder_get_selection (get_ladder (window));
  Pulse pulse;
  double shown;

  pulse_start (&pulse);
  if (flow != RUNGS_NO_FLOW)
    gtk_selection_model_select_item (model, rungs_flow_list_find (list, flow), TRUE);
  else
    gtk_selection_model_select_all (model);
  while (rungs_ladder_get_selection (get_ladder (window)) == before)
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (GTK_WIDGET (window));
  shown = pulse_get_ms (&pulse);
  while (flow != RUNGS_NO_FLOW && !is_diagnosed (get_ladder (window), flow))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (GTK_WIDGET (window));
  g_print ("%s selected, %u rows: on screen after %.0f ms, with captions after %.0f ms\n",
           flow != RUNGS_NO_FLOW ? "the longest flow" : "all flows",
           rungs_ladder_get_n_rows (get_ladder (window)),
           shown,
           pulse_get_ms (&pulse));
  pulse_stop (&pulse);
}

static GtkListView *
find_list (GtkWidget *widget)
{
  if (GTK_IS_LIST_VIEW (widget))
    return GTK_LIST_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkListView *found = find_list (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A page at a time for the first half, then in leaps through the whole ladder. */
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
measure_scrolling (RungsLadderView *view)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (view));
  Scrolling scrolling = { .adjustment =
                            gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find_list (GTK_WIDGET (view)))) };
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &scrolling);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &scrolling);

  gdk_frame_clock_begin_updating (clock);
  while (scrolling.n_frames < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  g_print ("a frame while scrolling takes %.1f ms, the longest %.1f ms\n",
           scrolling.sum / 1e3 / scrolling.n_frames,
           scrolling.longest / 1e3);
}

static void
measure_flows (RungsWindow *window)
{
  RungsTraceView *view = rungs_trace_page_get_view (rungs_window_get_page (window));
  GtkListView *list = find_list (GTK_WIDGET (rungs_trace_view_get_flow_view (view)));
  guint longest = find_longest_flow (rungs_trace_view_get_trace (view));

  while (gtk_list_view_get_model (list) == NULL ||
         rungs_ladder_get_trace (get_ladder (window)) != rungs_trace_view_get_trace (view))
    g_main_context_iteration (NULL, TRUE);
  if (longest != 0)
    measure_selecting (window, gtk_list_view_get_model (list), longest);
  measure_selecting (window, gtk_list_view_get_model (list), RUNGS_NO_FLOW);
}

/* Every message of the trace in one ladder. */
static void
measure_ladder (RungsWindow *window)
{
  RungsTraceView *view = rungs_trace_page_get_view (rungs_window_get_page (window));
  RungsTrace *trace = rungs_trace_view_get_trace (view);
  RungsLadderView *ladder_view = rungs_trace_view_get_ladder_view (view);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (RungsSelection) all = rungs_selection_new_all (trace);
  g_autoptr (RungsLadder) ladder = NULL;
  gint64 start = g_get_monotonic_time ();
  gint64 made;

  ladder = rungs_ladder_new (diagnoser, all, NULL);
  made = g_get_monotonic_time ();
  rungs_ladder_view_set_ladder (ladder_view, ladder);
  wait_for_frame (GTK_WIDGET (ladder_view));
  g_print ("all %u rows in one ladder: made in %.0f ms, on screen %.0f ms later\n",
           rungs_ladder_get_n_rows (ladder),
           (made - start) / 1e3,
           (g_get_monotonic_time () - made) / 1e3);
  measure_scrolling (ladder_view);
}

int
main (int argc, char **argv)
{
  g_autoptr (RungsApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  RungsWindow *window;

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
  wait_for_frame (GTK_WIDGET (window));
  measure_opening (window, argv[1]);
  if (rungs_trace_page_get_view (rungs_window_get_page (window)) == NULL)
    g_error ("%s holds no trace", argv[1]);
  measure_flows (window);
  measure_ladder (window);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
