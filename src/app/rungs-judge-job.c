/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A trace that is shown, judged anew.  See rungs-judge-job.h. */

#include "config.h"

#include "rungs-judge-job.h"
#include "rungs-marks.h"

/* Marks that are written within a millisecond or two. */
#define AT_ONCE 50000

static void
judge (GTask *task, gpointer trace, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, rungs_marks_new (trace, cancellable), (GDestroyNotify) rungs_marks_free);
}

static gboolean
apply_cb (gpointer data)
{
  GTask *task = data;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (rungs_marks_apply (g_task_get_task_data (task), AT_ONCE))
    return G_SOURCE_CONTINUE;
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (RungsMarks) marks = g_task_propagate_pointer (G_TASK (result), NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_set_task_data (task, g_steal_pointer (&marks), (GDestroyNotify) rungs_marks_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, apply_cb, g_steal_pointer (&task), g_object_unref);
}

void
rungs_judge_job_run_async (RungsTrace *trace,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) judging = NULL;
  GTask *task;

  g_return_if_fail (RUNGS_IS_TRACE (trace));

  task = g_task_new (trace, cancellable, callback, data);
  g_task_set_source_tag (task, rungs_judge_job_run_async);
  judging = g_task_new (trace, cancellable, judged_cb, task);
  g_task_run_in_thread (judging, judge);
}

gboolean
rungs_judge_job_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
