/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → the bytes of a picture, in a worker.
 *
 * The ladder on screen belongs to the main thread: the worker makes its own from the same trace, selection, options and
 * width, so that the picture shows what the screen shows. */

#pragma once

#include <gio/gio.h>

#include "rungs-export.h"

G_BEGIN_DECLS

/** rungs_export_job_run_async: @progress: (nullable): lives until the callback. */
void    rungs_export_job_run_async  (RungsLadder          *ladder,
                                     RungsExportFormat     format,
                                     double                scale,
                                     const char           *title,
                                     RungsExportProgress  *progress,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);

/** rungs_export_job_run_finish: Returns: (transfer full): the bytes, or %NULL and the error */
GBytes *rungs_export_job_run_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
