/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Files that grow → one trace after the other.  See rungs-follower.h.
 *
 * A worker does one run after the other (rungs-follow-run.h); this is where its news come into the caller's context. */

#include "config.h"

#include "rungs-deliver.h"
#include "rungs-follow-run.h"
#include "rungs-follower.h"

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

static void
emit_snapshot (gpointer object, gpointer trace)
{
  RungsFollower *self = object;

  g_signal_emit (self, signals[SNAPSHOT], 0, trace);
  g_atomic_int_set (&self->is_busy, FALSE);
  g_main_context_wakeup (self->worker_context);
}

static void
emit_notice (gpointer object, gpointer text)
{
  g_signal_emit (object, signals[NOTICE], 0, text);
}

static void
emit_restarted (gpointer object, gpointer news)
{
  g_signal_emit (object, signals[RESTARTED], 0);
}

static gboolean
is_busy (gpointer data)
{
  return g_atomic_int_get (&((RungsFollower *) data)->is_busy);
}

static void
on_snapshot (RungsTrace *trace, gpointer data)
{
  RungsFollower *self = data;

  g_atomic_int_set (&self->is_busy, TRUE);
  rungs_deliver (self->context, NULL, self, emit_snapshot, g_object_ref (trace), g_object_unref);
}

static void
on_notice (char *text, gboolean restarts, gpointer data)
{
  RungsFollower *self = data;

  rungs_deliver (self->context, NULL, self, emit_notice, text, g_free);
  if (restarts)
    rungs_deliver (self->context, NULL, self, emit_restarted, NULL, NULL);
}

static const RungsFollowListener listener = { is_busy, on_snapshot, on_notice };

/* In the caller's context, behind the last snapshot. */
static void
end (gpointer object, gpointer task)
{
  RungsFollower *self = object;
  GError *error = g_thread_join (g_steal_pointer (&self->worker));

  if (error != NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
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
    success = rungs_follow_run ((const char *const *) self->paths,
                                self->prepare,
                                context,
                                cancellable,
                                &listener,
                                self,
                                !restart,
                                &restart,
                                &error);
  while (success && restart && !g_cancellable_is_cancelled (cancellable));
  g_main_context_pop_thread_default (context);
  rungs_deliver (self->context, NULL, self, end, task, g_object_unref);
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
