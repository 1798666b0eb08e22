/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How far an export is, and whether anybody still wants it.
 *
 * The one who writes tells it row by row; any thread may look. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GCancellable *cancellable; /* (nullable): stops between two rows */
  int permille;              /* atomic */
} RungsExportProgress;

/** rungs_export_progress_step: @self: (nullable): nobody looks; @done of @total rows are written. Returns: %FALSE and
 * G_IO_ERROR_CANCELLED where nobody wants the others */
gboolean rungs_export_progress_step (RungsExportProgress *self,
                                     guint                done,
                                     guint                total,
                                     GError             **error);

/** rungs_export_progress_get_percent: how much of it is written, 0 to 100. */
int      rungs_export_progress_get_percent (RungsExportProgress *self);

G_END_DECLS
