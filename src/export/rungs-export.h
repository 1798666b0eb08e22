/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → a file: the one entry for window and commands; the format follows the name.
 *
 * What is exported is what is shown: lanes, order, captions and clock are those of the RungsLadder.  The same input and options
 * give byte-identical files. */

#pragma once

#include <gio/gio.h>

#include "rungs-export-progress.h"
#include "rungs-ladder.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_EXPORT_SVG,
  RUNGS_EXPORT_PNG,
  RUNGS_EXPORT_TEXT, /* Unicode text, as `rungs-cli ladder` prints it */
} RungsExportFormat;

/** rungs_export_format_from_name: by the file name's ending or a bare name ("svg"). Returns: %FALSE and RUNGS_ERROR_SYNTAX with
 * the names that are known */
gboolean rungs_export_format_from_name (const char         *name,
                                        RungsExportFormat  *format,
                                        GError            **error);

/**
 * rungs_export_ladder:
 * @ladder: what to draw; its width is that of the picture
 * @scale: pixels a px, for PNG; 1 otherwise
 * @title: (nullable): a heading of the picture
 * @progress: (nullable): is told how far it is, and stops it
 * @error: RUNGS_ERROR_LIMIT where a PNG would exceed 32,767 pixels, naming the limit and the ways out
 *
 * Returns: (transfer full): the file's bytes
 */
GBytes  *rungs_export_ladder           (RungsLadder        *ladder,
                                        RungsExportFormat   format,
                                        double              scale,
                                        const char         *title,
                                        RungsExportProgress *progress,
                                        GError            **error);

G_END_DECLS
