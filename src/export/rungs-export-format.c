/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* File names → export formats.  See rungs-export.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-export.h"

gboolean
rungs_export_format_from_name (const char *name, RungsExportFormat *format, GError **error)
{
  static const char *const endings[] = { "svg", "png", "txt" };
  const char *dot;
  const char *ending;

  g_return_val_if_fail (name != NULL && format != NULL, FALSE);

  dot = strrchr (name, '.');
  ending = dot != NULL ? dot + 1 : name;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_ascii_strcasecmp (ending, endings[i]) != 0)
        continue;
      *format = (RungsExportFormat) i;
      return TRUE;
    }
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_SYNTAX,
               _ ("“%s” names no format that Rungs can write: use .svg, .png or .txt"),
               name);
  return FALSE;
}
