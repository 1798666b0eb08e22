/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → the bytes of a picture, in a worker.  See rungs-export-job.h. */

#include "config.h"

#include "rungs-export-job.h"

typedef struct
{
  RungsSelection *selection;
  RungsLadderOptions options;
  GArray *folds; /* which of them are open */
  RungsExportFormat format;
  double width;
  double scale;
  char *title;
  RungsExportProgress *progress;
} Job;

static void
job_free (Job *self)
{
  rungs_selection_unref (self->selection);
  g_array_unref (self->folds);
  g_free (self->title);
  g_free (self);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (rungs_selection_get_trace (job->selection));
  g_autoptr (RungsLadder) ladder = rungs_ladder_new (diagnoser, job->selection, &job->options);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  rungs_ladder_set_folds (ladder, job->folds);
  rungs_ladder_set_width (ladder, job->width);
  bytes = rungs_export_ladder (ladder, job->format, job->scale, job->title, job->progress, &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
}

void
rungs_export_job_run_async (RungsLadder *ladder,
                            RungsExportFormat format,
                            double scale,
                            const char *title,
                            RungsExportProgress *progress,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task =
    g_task_new (NULL, progress != NULL ? progress->cancellable : NULL, callback, user_data);
  Job *job;

  g_return_if_fail (RUNGS_IS_LADDER (ladder));
  job = g_new0 (Job, 1);
  job->selection = rungs_selection_ref (rungs_ladder_get_selection (ladder));
  job->options = *rungs_ladder_get_options (ladder);
  job->folds = g_array_copy (rungs_ladder_get_folds (ladder));
  job->format = format;
  job->width = rungs_ladder_get_width (ladder);
  job->scale = scale;
  job->title = g_strdup (title);
  job->progress = progress;
  g_task_set_source_tag (task, rungs_export_job_run_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run);
}

GBytes *
rungs_export_job_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
