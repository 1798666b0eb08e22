/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How serious: the one scale of verdicts.  See rungs-severity.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-severity.h"

static const char *const ids[] = { NULL, "good", "expected", "info", "warning", "error" };

static const char *const names[] = { "",          N_ ("Good"),    N_ ("Expected"),
                                     N_ ("Note"), N_ ("Warning"), N_ ("Problem") };

const char *
rungs_severity_get_id (RungsSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (ids), NULL);
  return ids[severity];
}

RungsSeverity
rungs_severity_from_id (const char *id)
{
  for (guint i = 1; i < G_N_ELEMENTS (ids); i++)
    if (g_strcmp0 (ids[i], id) == 0)
      return (RungsSeverity) i;
  return RUNGS_SEVERITY_NONE;
}

const char *
rungs_severity_get_name (RungsSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (names), "");
  return severity == RUNGS_SEVERITY_NONE ? "" : _ (names[severity]);
}
