/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder, built by a worker.  See rungs-ladder-job.h. */

#include "config.h"

#include "rungs-ladder-job.h"

typedef struct
{
  GArray *flows; /* guint32 */
  RungsLadderOptions options;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_array_unref (self->flows);
  g_free (self);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (RungsSelection) selection = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  selection = rungs_selection_new_for_flows (rungs_diagnoser_get_trace (source),
                                             (const guint32 *) (gpointer) job->flows->data,
                                             job->flows->len);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, rungs_ladder_new (source, selection, &job->options), g_object_unref);
}

void
rungs_ladder_job_run_async (RungsDiagnoser *diagnoser,
                            const GArray *flows,
                            const RungsLadderOptions *options,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new (Job, 1);

  *job = (Job){ g_array_copy ((GArray *) flows), *options };
  task = g_task_new (diagnoser, cancellable, callback, data);
  g_task_set_source_tag (task, rungs_ladder_job_run_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

RungsLadder *
rungs_ladder_job_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
