/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inputs that grow → snapshots.  See rungs-follow-run.h.
 *
 * One lock guards a run: whoever holds it may touch the builder.  A reader holds it while it reads and lets go of it
 * where its bytes end, and between where the worker asks for it.  The worker copies the builder under the lock and
 * finishes the copy without. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "rungs-follow-run.h"
#include "rungs-trace-builder.h"

#define LOOK_INTERVAL  (250 * 1000) /* µs */
#define NOTIFY_RATE    50           /* ms */
#define SHORTEST_WAIT  (50 * 1000)  /* µs between two snapshots */
#define COST_FACTOR    4            /* a snapshot is followed by a wait of so many times its cost */
#define FIRST_PATIENCE (300 * 1000) /* µs until the first one, where the readers are still busy */

typedef struct
{
  const char *const *paths;
  RungsPrepareFunc prepare;
  const RungsFollowListener *listener;
  gpointer data; /* of the listener */
  GCancellable *cancellable;
  GMainContext *context; /* of the worker */
  GSource *alarm;        /* rings when the next snapshot is due */
  gboolean is_alarm_set;
  GSource *ticker;   /* for file systems that do not tell */
  GPtrArray *inputs; /* Followed */
  guint n_open;
  gboolean restart;
  gint64 next_snapshot;
  gint64 begun;
  gboolean was_published;

  GMutex mutex;
  GCond grown;   /* the readers wait for it */
  GCond resumed; /* the worker has let go of the lock */
  GCond begun_reading;
  int wanted; /* atomic: the worker wants the lock */
  /* guarded by the lock: */
  RungsTraceBuilder *builder;
  gboolean changed; /* since the last snapshot */
  gboolean stop;
} Run;

/* One input. */
typedef struct
{
  Run *run;
  char *path;
  RungsInput *input; /* NULL where it could not be opened */
  GFileMonitor *monitor;
  GSource *source; /* of a pipe */
  GThread *thread;
  gboolean is_gone;   /* and that was told */
  gboolean has_begun; /* guarded by the lock, as the next: */
  gboolean has_ended;
  gsize waits_at;   /* the length that it waits to be exceeded; G_MAXSIZE: it does not wait */
  gboolean is_over; /* nothing will come */
} Followed;

static void
tell (const Followed *input, RungsGrowth growth)
{
  g_autofree char *name = g_filename_display_basename (input->path);
  Run *run = input->run;
  char *text;

  switch (growth)
    {
    case RUNGS_GROWTH_SHORTENED:
      text = g_strdup_printf (_ ("“%s” was written anew, and is read from its beginning."), name);
      break;
    case RUNGS_GROWTH_REPLACED:
      text = g_strdup_printf (_ ("Another file has the name “%s”: reading starts anew."), name);
      break;
    case RUNGS_GROWTH_LIMIT:
      text = g_strdup_printf (_ ("“%s” has grown longer than Rungs can follow: what comes now is not shown."),
                              name);
      break;
    case RUNGS_GROWTH_REMOVED:
    default:
      text = g_strdup_printf (_ ("“%s” is no longer there. Rungs waits for it to come back."), name);
      break;
    }
  run->listener->on_notice (text,
                            growth == RUNGS_GROWTH_SHORTENED || growth == RUNGS_GROWTH_REPLACED,
                            run->data);
}

/* The readers' side. */

static gsize
grow (gsize length, gpointer data)
{
  Followed *self = data;
  Run *run = self->run;
  gsize known = length;

  run->changed = TRUE;
  self->waits_at = length;
  g_main_context_wakeup (run->context);
  while (!run->stop && (known = rungs_input_get_bytes (self->input).length) <= length && !self->is_over)
    g_cond_wait (&run->grown, &run->mutex);
  self->waits_at = G_MAXSIZE;
  return run->stop ? length : known;
}

static gboolean
on_progress (guint64 done, guint64 total, gpointer data)
{
  Run *run = ((Followed *) data)->run;

  run->changed = TRUE;
  while (g_atomic_int_get (&run->wanted))
    g_cond_wait (&run->resumed, &run->mutex);
  return !run->stop;
}

static gpointer
read_in_thread (gpointer data)
{
  Followed *self = data;
  Run *run = self->run;

  g_mutex_lock (&run->mutex);
  self->has_begun = TRUE;
  g_cond_signal (&run->begun_reading);
  if (!run->stop)
    rungs_trace_builder_follow_input (run->builder,
                                      self->input,
                                      g_strv_length ((char **) run->paths),
                                      on_progress,
                                      grow,
                                      self,
                                      NULL);
  self->has_ended = TRUE;
  run->changed = TRUE;
  g_mutex_unlock (&run->mutex);
  g_main_context_wakeup (run->context);
  return NULL;
}

/* The worker's side. */

static void
lock (Run *run)
{
  g_atomic_int_set (&run->wanted, TRUE);
  g_mutex_lock (&run->mutex);
  g_atomic_int_set (&run->wanted, FALSE);
}

static void
unlock (Run *run)
{
  g_cond_broadcast (&run->resumed);
  g_mutex_unlock (&run->mutex);
}

static void
followed_free (gpointer data)
{
  Followed *self = data;

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->input, rungs_input_unref);
  g_free (self->path);
  g_free (self);
}

static gboolean
pipe_cb (int fd, GIOCondition condition, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* What wakes the worker up; the looking is done after each waking, whatever it was. */
static void
watch (Followed *self)
{
  int fd = self->input != NULL ? rungs_growing_get_fd (rungs_input_get_growing (self->input)) : -1;

  if (fd >= 0)
    {
      self->source = g_unix_fd_source_new (fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
      g_source_set_callback (self->source, G_SOURCE_FUNC (pipe_cb), NULL, NULL);
      g_source_attach (self->source, self->run->context);
    }
  else if (!g_str_equal (self->path, "-"))
    {
      g_autoptr (GFile) file = g_file_new_for_path (self->path);

      self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
      if (self->monitor != NULL)
        g_file_monitor_set_rate_limit (self->monitor, NOTIFY_RATE);
    }
}

/* Starts the reader, and waits until the trace knows its file: files stand in the order of their paths. */
static void
start_reader (Followed *self)
{
  Run *run = self->run;

  self->thread = g_thread_new ("rungs-follower", read_in_thread, self);
  lock (run);
  while (!self->has_begun)
    g_cond_wait (&run->begun_reading, &run->mutex);
  unlock (run);
}

/* Opens everything and starts the readers. Returns: FALSE and the first error where there is nothing to follow */
static gboolean
begin (Run *run, GError **error)
{
  g_autoptr (GError) first_error = NULL;

  for (guint i = 0; run->paths[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_basename (run->paths[i]);
      g_autoptr (GError) local_error = NULL;
      Followed *input = g_new0 (Followed, 1);

      input->run = run;
      input->waits_at = G_MAXSIZE;
      input->path = g_strdup (run->paths[i]);
      input->input = rungs_input_open_growing (input->path, &local_error);
      g_ptr_array_add (run->inputs, input);
      watch (input);
      if (input->input != NULL)
        {
          run->n_open++;
          start_reader (input);
          continue;
        }
      input->is_gone = !g_file_test (input->path, G_FILE_TEST_EXISTS);
      lock (run);
      rungs_trace_builder_add_failure (run->builder, name, input->path, local_error);
      unlock (run);
      if (first_error == NULL)
        first_error = g_steal_pointer (&local_error);
    }
  if (run->n_open > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first_error));
  return FALSE;
}

static void
end_input (Followed *input)
{
  Run *run = input->run;

  if (input->source != NULL)
    g_source_destroy (input->source);
  g_clear_pointer (&input->source, g_source_unref);
  lock (run);
  input->is_over = TRUE;
  g_cond_broadcast (&run->grown);
  unlock (run);
}

static void
look (Followed *input)
{
  Run *run = input->run;
  RungsGrowth growth;

  if (input->input == NULL)
    {
      run->restart |= input->is_gone && g_file_test (input->path, G_FILE_TEST_EXISTS);
      return;
    }
  growth = rungs_growing_look (rungs_input_get_growing (input->input));
  switch (growth)
    {
    case RUNGS_GROWTH_MORE:
      input->is_gone = FALSE;
      lock (run);
      g_cond_broadcast (&run->grown);
      unlock (run);
      break;
    case RUNGS_GROWTH_ENDED:
      end_input (input);
      break;
    case RUNGS_GROWTH_LIMIT:
      if (!input->is_gone)
        tell (input, growth);
      input->is_gone = TRUE;
      end_input (input);
      break;
    case RUNGS_GROWTH_SHORTENED:
    case RUNGS_GROWTH_REPLACED:
      tell (input, growth);
      run->restart = TRUE;
      break;
    case RUNGS_GROWTH_REMOVED:
      if (!input->is_gone)
        tell (input, growth);
      input->is_gone = TRUE;
      break;
    case RUNGS_GROWTH_NONE:
    default:
      input->is_gone = FALSE;
      break;
    }
}

/* The trace so far; the next one is due when this one has cost a fifth of the time. */
static void
publish (Run *run)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (RungsTraceBuilder) copy = NULL;
  g_autoptr (RungsTrace) trace = NULL;
  gint64 now;

  lock (run);
  copy = rungs_trace_builder_copy (run->builder);
  run->changed = FALSE;
  unlock (run);
  trace = rungs_trace_builder_finish (copy);
  if (run->prepare != NULL && rungs_trace_get_n_messages (trace) > 0)
    run->prepare (trace, run->cancellable);
  now = g_get_monotonic_time ();
  run->next_snapshot = now + MAX (SHORTEST_WAIT, COST_FACTOR * (now - start));
  run->was_published = TRUE;
  if (!g_cancellable_is_cancelled (run->cancellable))
    run->listener->on_snapshot (trace, run->data);
}

/* Whether the reader has come to the end of what is there; with the lock held. */
static gboolean
is_caught_up (const Followed *input)
{
  return input->input == NULL || input->has_ended ||
         (input->waits_at != G_MAXSIZE && !input->is_over &&
          rungs_input_get_bytes (input->input).length <= input->waits_at);
}

/* Publishes what is due. Returns: whether every input has ended, and all of it was published */
static gboolean
publish_when_due (Run *run)
{
  gint64 now = g_get_monotonic_time ();
  gboolean caught_up = TRUE;
  gboolean is_over = run->n_open > 0;
  gboolean changed;

  lock (run);
  changed = run->changed;
  for (guint i = 0; i < run->inputs->len; i++)
    {
      const Followed *input = g_ptr_array_index (run->inputs, i);

      is_over &= input->input == NULL || input->has_ended;
      caught_up &= is_caught_up (input);
    }
  unlock (run);
  if (changed && run->listener->is_busy (run->data))
    is_over = FALSE; /* who takes the snapshot wakes the worker up */
  else if (changed && (is_over || (now >= run->next_snapshot &&
                                   (run->was_published || caught_up || now >= run->begun + FIRST_PATIENCE))))
    {
      publish (run);
      changed = FALSE;
    }
  if (changed && !run->is_alarm_set)
    {
      run->is_alarm_set = TRUE;
      g_source_set_ready_time (run->alarm, MAX (run->next_snapshot, now + SHORTEST_WAIT));
    }
  return is_over;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
stop_cb (GCancellable *cancellable, GMainContext *context)
{
  g_main_context_wakeup (context);
}

static gboolean
alarm_cb (gpointer data)
{
  Run *run = data;

  run->is_alarm_set = FALSE;
  g_source_set_ready_time (run->alarm, -1);
  return G_SOURCE_CONTINUE;
}

/* To be called by a source that has nothing but its ready time. */
static gboolean
dispatch_alarm (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs alarm_functions = { .dispatch = dispatch_alarm };

static void
end (Run *run)
{
  lock (run);
  run->stop = TRUE;
  g_cond_broadcast (&run->grown);
  unlock (run);
  for (guint i = 0; i < run->inputs->len; i++)
    {
      Followed *input = g_ptr_array_index (run->inputs, i);

      if (input->thread != NULL)
        g_thread_join (g_steal_pointer (&input->thread));
    }
}

static void
run_init (Run *run)
{
  run->inputs = g_ptr_array_new_with_free_func (followed_free);
  run->builder = rungs_trace_builder_new ();
  run->begun = g_get_monotonic_time ();
  g_mutex_init (&run->mutex);
  g_cond_init (&run->grown);
  g_cond_init (&run->resumed);
  g_cond_init (&run->begun_reading);
  run->alarm = g_source_new (&alarm_functions, sizeof (GSource));
  g_source_set_callback (run->alarm, alarm_cb, run, NULL);
  g_source_attach (run->alarm, run->context);
  run->ticker = g_timeout_source_new (LOOK_INTERVAL / 1000);
  g_source_set_callback (run->ticker, tick_cb, NULL, NULL);
  g_source_attach (run->ticker, run->context);
}

static void
run_clear (Run *run)
{
  g_source_destroy (run->alarm);
  g_source_unref (run->alarm);
  g_source_destroy (run->ticker);
  g_source_unref (run->ticker);
  g_ptr_array_unref (run->inputs);
  rungs_trace_builder_free (run->builder);
  g_mutex_clear (&run->mutex);
  g_cond_clear (&run->grown);
  g_cond_clear (&run->resumed);
  g_cond_clear (&run->begun_reading);
}

gboolean
rungs_follow_run (const char *const *paths,
                  RungsPrepareFunc prepare,
                  GMainContext *context,
                  GCancellable *cancellable,
                  const RungsFollowListener *listener,
                  gpointer data,
                  gboolean is_first,
                  gboolean *restart,
                  GError **error)
{
  Run run = { .paths = paths,
              .prepare = prepare,
              .context = context,
              .cancellable = cancellable,
              .listener = listener,
              .data = data };
  gulong stopper;
  gboolean success;

  g_return_val_if_fail (paths != NULL && context != NULL && listener != NULL && restart != NULL, FALSE);

  run_init (&run);
  stopper =
    cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), context, NULL) : 0;
  success = begin (&run, is_first ? error : NULL) || !is_first;
  while (success && !run.restart && !g_cancellable_is_cancelled (cancellable))
    {
      for (guint i = 0; i < run.inputs->len; i++)
        look (g_ptr_array_index (run.inputs, i));
      if (!run.restart && publish_when_due (&run))
        break;
      if (!run.restart)
        g_main_context_iteration (context, TRUE);
    }
  end (&run);
  g_cancellable_disconnect (cancellable, stopper);
  *restart = run.restart;
  run_clear (&run);
  return success;
}
