/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → a file.  See rungs-export.h. */

#include "config.h"

#include <string.h>

#include "rungs-export.h"
#include "rungs-ladder-text.h"
#include "rungs-png.h"
#include "rungs-svg.h"

GBytes *
rungs_export_ladder (RungsLadder *ladder,
                     RungsExportFormat format,
                     double scale,
                     const char *title,
                     GCancellable *cancellable,
                     GError **error)
{
  char *text;

  g_return_val_if_fail (RUNGS_IS_LADDER (ladder), NULL);
  g_return_val_if_fail (scale > 0, NULL);

  switch (format)
    {
    case RUNGS_EXPORT_SVG:
      return rungs_svg_write (ladder, title, cancellable, error);
    case RUNGS_EXPORT_PNG:
      return rungs_png_write (ladder, scale, title, cancellable, error);
    case RUNGS_EXPORT_TEXT:
    default:
      text = rungs_ladder_text_write (ladder, 0, FALSE, rungs_ladder_get_options (ladder)->captions);
      return g_bytes_new_take (text, strlen (text));
    }
}
