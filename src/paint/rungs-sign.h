/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The small signs: verdicts (key: expected, check: good, cross: problem, triangle: warning, i: note) and roles (client, edge,
 * pool, KDC …), told apart by form and not by colour alone.
 *
 * Paths in a unit square, drawn by the painter and written by the SVG writer: one source. */

#pragma once

#include <glib.h>

#include "rungs-shape.h"

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
  gboolean on_disc;     /* stands on a disc of the fill colour */
  gboolean filled;      /* the path itself is filled with it */
  double line_width;    /* of the stroke, in the unit square; ends and joins are round */
} RungsSign;

/** rungs_sign_for_severity: static; %NULL for NONE. */
const RungsSign *rungs_sign_for_severity (RungsSeverity  severity);

/** rungs_sign_for_role: @role: the id of a role, "client"; static; that of a host for any that it does not know. */
const RungsSign *rungs_sign_for_role     (const char    *role);

/** rungs_sign_for_shape: the sign of an ICON shape, or %NULL. */
const RungsSign *rungs_sign_for_shape    (const RungsShape *shape);

G_END_DECLS
