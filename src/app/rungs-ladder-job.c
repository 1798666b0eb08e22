/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder, built by a worker.  See rungs-ladder-job.h. */

#include "config.h"

#include "rungs-ladder-job.h"

typedef struct
{
  RungsSelection *selection; /* or NULL */
  GArray *flows;             /* guint32 */
  RungsLadderOptions options;
  RungsLadderStand stand; /* of the ladder that is succeeded; empty: none is */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->selection, rungs_selection_unref);
  g_clear_pointer (&self->flows, g_array_unref);
  rungs_ladder_stand_clear (&self->stand);
  g_free (self);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (RungsLadder) ladder = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->selection == NULL)
    job->selection = rungs_selection_new_for_flows (rungs_diagnoser_get_trace (source),
                                                    (const guint32 *) (gpointer) job->flows->data,
                                                    job->flows->len);
  if (g_task_return_error_if_cancelled (task))
    return;
  ladder = rungs_ladder_new (source, job->selection, &job->options);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->stand.selection != NULL)
    rungs_ladder_succeed (ladder, &job->stand);
  g_task_return_pointer (task, g_steal_pointer (&ladder), g_object_unref);
}

void
rungs_ladder_job_run_async (RungsDiagnoser *diagnoser,
                            RungsSelection *selection,
                            const GArray *flows,
                            const RungsLadderOptions *options,
                            RungsLadder *shown,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (selection != NULL || flows != NULL);

  job->selection = selection != NULL ? rungs_selection_ref (selection) : NULL;
  job->flows = flows != NULL ? g_array_copy ((GArray *) flows) : NULL;
  job->options = *options;
  if (shown != NULL)
    job->stand = rungs_ladder_get_stand (shown);
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
