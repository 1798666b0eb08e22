/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → a file.  See rungs-export.h. */

#include "config.h"

#include "rungs-export.h"
#include "rungs-ladder-text.h"
#include "rungs-png.h"
#include "rungs-svg.h"

static GBytes *
write_text (RungsLadder *ladder, RungsExportProgress *progress, GError **error)
{
  gboolean captions = rungs_ladder_get_options (ladder)->captions;
  guint n_rows = rungs_ladder_get_n_rows (ladder);
  g_autofree char *heads = rungs_ladder_text_write_heads (ladder, 0, FALSE);
  GString *text = g_string_new (heads);

  for (guint row = 0; row < n_rows; row++)
    {
      g_autofree char *line = NULL;

      if (!rungs_export_progress_step (progress, row, n_rows, error))
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      line = rungs_ladder_text_write_row (ladder, 0, FALSE, captions, row);
      g_string_append (text, line);
    }
  return g_string_free_to_bytes (text);
}

GBytes *
rungs_export_ladder (RungsLadder *ladder,
                     RungsExportFormat format,
                     double scale,
                     const char *title,
                     RungsExportProgress *progress,
                     GError **error)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (ladder), NULL);
  g_return_val_if_fail (scale > 0, NULL);

  switch (format)
    {
    case RUNGS_EXPORT_SVG:
      return rungs_svg_write (ladder, title, progress, error);
    case RUNGS_EXPORT_PNG:
      return rungs_png_write (ladder, scale, title, progress, error);
    case RUNGS_EXPORT_TEXT:
    default:
      return write_text (ladder, progress, error);
    }
}
