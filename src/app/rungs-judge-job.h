/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A trace that is shown, judged anew: after rules were switched, or signatures checked.
 *
 * In: a trace. Out: the same, with other marks: a worker finds which of them change, and the thread that shows the trace writes
 * those, some at a time, so that a frame does not wait for a million of them. Who reads marks meanwhile reads old ones and new ones;
 * the trace is to be shown anew when the job is done. */

#pragma once

#include <gio/gio.h>

#include "rungs-trace.h"

G_BEGIN_DECLS

/** rungs_judge_job_run_async: the callback comes when all marks are written, or the job was cancelled. */
void     rungs_judge_job_run_async  (RungsTrace          *trace,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             data);

/** rungs_judge_job_run_finish: %FALSE where it was cancelled. */
gboolean rungs_judge_job_run_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
