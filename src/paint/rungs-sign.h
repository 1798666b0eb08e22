/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The small signs: verdicts (key: expected, check: good, cross: problem, triangle: warning, i: note) and roles (client, edge,
 * pool, KDC …) as paths in a unit square, drawn by the painter and written by the SVG writer: one source. */

#pragma once

#include <glib.h>

#include "rungs-severity.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SIGN_MOVE,  /* x, y */
  RUNGS_SIGN_LINE,  /* x, y */
  RUNGS_SIGN_CURVE, /* x1, y1, x2, y2, x, y */
  RUNGS_SIGN_CLOSE,
} RungsSignStep;

typedef struct
{
  RungsSignStep step;
  double values[6]; /* in 0 … 1 */
} RungsSignElement;

typedef struct
{
  const RungsSignElement *elements;
  guint n_elements;
  gboolean filled;      /* fill the path, otherwise stroke it */
  double line_width;    /* in the unit square, for strokes */
} RungsSign;

/** rungs_sign_for_severity / rungs_sign_for_role: static; %NULL for NONE. @role is a RungsRole. */
const RungsSign *rungs_sign_for_severity (RungsSeverity severity);
const RungsSign *rungs_sign_for_role     (int           role);

G_END_DECLS
