/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → PNG through the painter. */

#pragma once

#include "rungs-export-progress.h"
#include "rungs-ladder.h"

G_BEGIN_DECLS

/** rungs_png_write: see rungs_export_ladder() for the limit. (transfer full) */
GBytes *rungs_png_write (RungsLadder          *ladder,
                         double                scale,
                         const char           *title,
                         RungsExportProgress  *progress,
                         GError              **error);

G_END_DECLS
