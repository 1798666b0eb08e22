/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How serious: the one scale of verdicts, from data to ink. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SEVERITY_NONE, /* not judged; null in JSON */
  RUNGS_SEVERITY_GOOD, /* a flow that succeeded; messages never have it */
  RUNGS_SEVERITY_EXPECTED,
  RUNGS_SEVERITY_INFO,
  RUNGS_SEVERITY_WARNING,
  RUNGS_SEVERITY_ERROR,
} RungsSeverity;

/** rungs_severity_get_id: "expected", "info", "warning", "error", "good"; %NULL for NONE. Static, for data and JSON. */
const char   *rungs_severity_get_id   (RungsSeverity severity);

/** rungs_severity_from_id: NONE where @id is none of them. */
RungsSeverity rungs_severity_from_id  (const char   *id);

/** rungs_severity_get_name: Expected, Note, Warning, Problem, Good, translated; "" for NONE. */
const char   *rungs_severity_get_name (RungsSeverity severity);

G_END_DECLS
