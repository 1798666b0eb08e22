/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How far an export is.  See rungs-export-progress.h. */

#include "config.h"

#include "rungs-export-progress.h"

gboolean
rungs_export_progress_step (RungsExportProgress *self, guint done, guint total, GError **error)
{
  if (self == NULL)
    return TRUE;
  g_atomic_int_set (&self->permille, (int) ((guint64) done * 1000 / MAX (total, 1)));
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

int
rungs_export_progress_get_percent (RungsExportProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return g_atomic_int_get (&self->permille) / 10;
}
