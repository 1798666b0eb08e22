/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Files that grow → one trace after the other.  See rungs-follower.h.
 *
 * One lock guards a run: whoever holds it may touch the builder.  A reader holds it while it reads and lets go of it
 * where its bytes end, and between where the worker asks for it.  The worker copies the builder under the lock and
 * finishes the copy without. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-follower.h"
#include "rungs-trace-builder.h"

#define LOOK_INTERVAL  (250 * 1000) /* µs */
#define NOTIFY_RATE    50           /* ms */
#define SHORTEST_WAIT  (50 * 1000)  /* µs between two snapshots */
#define COST_FACTOR    4            /* a snapshot is followed by a wait of so many times its cost */
#define FIRST_PATIENCE (300 * 1000) /* µs until the first one, where the readers are still busy */

struct _RungsFollower
{
  GObject parent_instance;
  char **paths;
  RungsPrepareFunc prepare;
  GMainContext *context; /* of the caller */
  GMainContext *worker_context;
  GThread *worker;
  int is_busy; /* atomic: a snapshot is on its way to the caller */
};

enum
{
  SNAPSHOT,
  NOTICE,
  RESTARTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsFollower, rungs_follower, G_TYPE_OBJECT)

typedef struct
{
  RungsFollower *follower;
  GCancellable *cancellable;
  GMainContext *context; /* of the worker */
  GSource *alarm;        /* rings when the next snapshot is due */
  gboolean is_alarm_set;
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
rungs_follower_finalize (GObject *object)
{
  RungsFollower *self = RUNGS_FOLLOWER (object);

  g_strfreev (self->paths);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->worker_context, g_main_context_unref);
  G_OBJECT_CLASS (rungs_follower_parent_class)->finalize (object);
}

static void
rungs_follower_class_init (RungsFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_follower_finalize;
  signals[SNAPSHOT] = g_signal_new ("snapshot",
                                    RUNGS_TYPE_FOLLOWER,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    RUNGS_TYPE_TRACE);
  signals[NOTICE] = g_signal_new ("notice",
                                  RUNGS_TYPE_FOLLOWER,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);
  signals[RESTARTED] =
    g_signal_new ("restarted", RUNGS_TYPE_FOLLOWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_follower_init (RungsFollower *self)
{
}

RungsFollower *
rungs_follower_new (const char *const *paths, RungsPrepareFunc prepare)
{
  RungsFollower *self;

  g_return_val_if_fail (paths != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_FOLLOWER, NULL);
  self->paths = g_strdupv ((char **) paths);
  self->prepare = prepare;
  return self;
}

/* Delivery, in the caller's context. */

static void
invoke (RungsFollower *self, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, self->context);
}

typedef struct
{
  RungsFollower *follower;
  RungsTrace *trace;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_object_unref (delivery->trace);
  g_object_unref (delivery->follower);
  g_free (delivery);
}

static gboolean
emit_snapshot (gpointer data)
{
  Delivery *delivery = data;
  RungsFollower *self = delivery->follower;

  g_signal_emit (self, signals[SNAPSHOT], 0, delivery->trace);
  g_atomic_int_set (&self->is_busy, FALSE);
  g_main_context_wakeup (self->worker_context);
  return G_SOURCE_REMOVE;
}

static void
deliver (RungsFollower *self, RungsTrace *trace)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->follower = g_object_ref (self);
  delivery->trace = g_object_ref (trace);
  g_atomic_int_set (&self->is_busy, TRUE);
  invoke (self, emit_snapshot, delivery, delivery_free);
}

typedef struct
{
  RungsFollower *follower;
  char *text;
  gboolean restarts;
} Notice;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_object_unref (notice->follower);
  g_free (notice->text);
  g_free (notice);
}

static gboolean
emit_notice (gpointer data)
{
  Notice *notice = data;

  g_signal_emit (notice->follower, signals[NOTICE], 0, notice->text);
  if (notice->restarts)
    g_signal_emit (notice->follower, signals[RESTARTED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell (const Followed *input, RungsGrowth growth)
{
  g_autofree char *name = g_filename_display_basename (input->path);
  Notice *notice = g_new0 (Notice, 1);

  notice->follower = g_object_ref (input->run->follower);
  notice->restarts = growth == RUNGS_GROWTH_SHORTENED || growth == RUNGS_GROWTH_REPLACED;
  switch (growth)
    {
    case RUNGS_GROWTH_SHORTENED:
      notice->text = g_strdup_printf (_ ("“%s” was written anew, and is read from its beginning."), name);
      break;
    case RUNGS_GROWTH_REPLACED:
      notice->text = g_strdup_printf (_ ("Another file has the name “%s”: reading starts anew."), name);
      break;
    case RUNGS_GROWTH_LIMIT:
      notice->text =
        g_strdup_printf (_ ("“%s” has grown longer than Rungs can follow: what comes now is not shown."),
                         name);
      break;
    case RUNGS_GROWTH_REMOVED:
    default:
      notice->text = g_strdup_printf (_ ("“%s” is no longer there. Rungs waits for it to come back."), name);
      break;
    }
  invoke (notice->follower, emit_notice, notice, notice_free);
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
                                      g_strv_length (run->follower->paths),
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

  for (guint i = 0; run->follower->paths[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_basename (run->follower->paths[i]);
      g_autoptr (GError) local_error = NULL;
      Followed *input = g_new0 (Followed, 1);

      input->run = run;
      input->waits_at = G_MAXSIZE;
      input->path = g_strdup (run->follower->paths[i]);
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
  RungsFollower *follower = run->follower;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (RungsTraceBuilder) copy = NULL;
  g_autoptr (RungsTrace) trace = NULL;
  gint64 now;

  lock (run);
  copy = rungs_trace_builder_copy (run->builder);
  run->changed = FALSE;
  unlock (run);
  trace = rungs_trace_builder_finish (copy);
  if (follower->prepare != NULL && rungs_trace_get_n_messages (trace) > 0)
    follower->prepare (trace, run->cancellable);
  now = g_get_monotonic_time ();
  run->next_snapshot = now + MAX (SHORTEST_WAIT, COST_FACTOR * (now - start));
  run->was_published = TRUE;
  if (!g_cancellable_is_cancelled (run->cancellable))
    deliver (follower, trace);
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
  if (changed && g_atomic_int_get (&run->follower->is_busy))
    is_over = FALSE; /* emit_snapshot() wakes the worker up */
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

/* Follows until something has to start anew (@restart), or it is over. */
static gboolean
follow (RungsFollower *self,
        GMainContext *context,
        GCancellable *cancellable,
        gboolean is_first,
        gboolean *restart,
        GError **error)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (followed_free);
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (GSource) alarm = g_source_new (&alarm_functions, sizeof (GSource));
  g_autoptr (GSource) ticker = g_timeout_source_new (LOOK_INTERVAL / 1000);
  Run run = { .follower = self, .cancellable = cancellable, .context = context, .inputs = inputs };
  gulong stopper;
  gboolean success;

  run.builder = builder;
  run.alarm = alarm;
  run.begun = g_get_monotonic_time ();
  g_mutex_init (&run.mutex);
  g_cond_init (&run.grown);
  g_cond_init (&run.resumed);
  g_source_set_callback (ticker, tick_cb, NULL, NULL);
  g_source_attach (ticker, context);
  g_source_set_callback (alarm, alarm_cb, &run, NULL);
  g_source_attach (alarm, context);
  g_cond_init (&run.begun_reading);
  stopper =
    cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), context, NULL) : 0;
  success = begin (&run, is_first ? error : NULL) || !is_first;
  while (success && !run.restart && !g_cancellable_is_cancelled (cancellable))
    {
      for (guint i = 0; i < inputs->len; i++)
        look (g_ptr_array_index (inputs, i));
      if (!run.restart && publish_when_due (&run))
        break;
      if (!run.restart)
        g_main_context_iteration (context, TRUE);
    }
  end (&run);
  g_source_destroy (alarm);
  g_source_destroy (ticker);
  g_cancellable_disconnect (cancellable, stopper);
  g_mutex_clear (&run.mutex);
  g_cond_clear (&run.grown);
  g_cond_clear (&run.resumed);
  g_cond_clear (&run.begun_reading);
  *restart = run.restart;
  return success;
}

/* In the caller's context, behind the last snapshot. */
static gboolean
end_cb (gpointer data)
{
  GTask *task = data;
  RungsFollower *self = g_task_get_source_object (task);
  GError *error = g_thread_join (g_steal_pointer (&self->worker));

  if (error != NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static gpointer
work (gpointer data)
{
  GTask *task = data;
  RungsFollower *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GMainContext *context = self->worker_context;
  GError *error = NULL;
  gboolean restart = FALSE;
  gboolean success;

  g_main_context_push_thread_default (context);
  do
    success = follow (self, context, cancellable, !restart, &restart, &error);
  while (success && restart && !g_cancellable_is_cancelled (cancellable));
  g_main_context_pop_thread_default (context);
  invoke (self, end_cb, task, g_object_unref);
  return error;
}

/* Not in a thread of GTask's pool, which is for what comes to an end. */
void
rungs_follower_run_async (RungsFollower *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RUNGS_IS_FOLLOWER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rungs_follower_run_async);
  g_clear_pointer (&self->context, g_main_context_unref);
  self->context = g_main_context_ref (g_task_get_context (task));
  self->worker_context = g_main_context_new ();
  self->worker = g_thread_new ("rungs-follow", work, task);
}

gboolean
rungs_follower_run_finish (RungsFollower *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RUNGS_IS_FOLLOWER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
