/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder of many messages, built by a worker.
 *
 * In: a diagnoser, flows of its trace or a selection, options, and the ladder that it will succeed. Out: the ladder, made in another
 * thread and handed over whole: nobody else knows it while it is built. */

#pragma once

#include <gio/gio.h>

#include "rungs-ladder.h"

G_BEGIN_DECLS

/** rungs_ladder_job_run_async: @selection: (nullable): what the ladder holds; otherwise the messages of @flows: guint32, copied;
 * @shown: (nullable): it is made ready to be taken by this one (rungs_ladder_succeed()); @callback is called with a cancelled result
 * as soon as the worker sees that nobody wants its ladder. */
void         rungs_ladder_job_run_async  (RungsDiagnoser           *diagnoser,
                                          RungsSelection           *selection,
                                          const GArray             *flows,
                                          const RungsLadderOptions *options,
                                          RungsLadder              *shown,
                                          GCancellable             *cancellable,
                                          GAsyncReadyCallback       callback,
                                          gpointer                  data);

/** rungs_ladder_job_run_finish: the ladder, or %NULL where it was cancelled. (transfer full) (nullable) */
RungsLadder *rungs_ladder_job_run_finish (GAsyncResult             *result,
                                          GError                  **error);

G_END_DECLS
