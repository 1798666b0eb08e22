/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → SVG, written from the shapes: text stays text, each message is a group with a title, light background. */

#pragma once

#include "rungs-export-progress.h"
#include "rungs-ladder.h"

G_BEGIN_DECLS

/** rungs_svg_write: Returns: (transfer full): valid XML, or %NULL where cancelled */
GBytes *rungs_svg_write (RungsLadder          *ladder,
                         const char           *title,
                         RungsExportProgress  *progress,
                         GError              **error);

G_END_DECLS
