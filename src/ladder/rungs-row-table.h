/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which message, wait or fold stands in row n: one word a row, in order.
 *
 * In: the length of a selection, the rows between its messages, and its folds. Out: an array that answers "what is row n" at
 * once and "in which row is this position" by bisection.  A closed fold is one row; an open one is a row and its messages below it. */

#pragma once

#include "rungs-fold.h"
#include "rungs-rung.h"

G_BEGIN_DECLS

/** RungsExtraRow: a row that stands before the message at @position in the selection, unless a closed fold hides it. */
typedef struct
{
  guint position;
  RungsRungKind kind; /* GAP, NOTE, KERBEROS, HIDDEN */
} RungsExtraRow;

/**
 * rungs_row_table_new:
 * @length: of the selection
 * @extras: (nullable): RungsExtraRow, ascending; those at @length stand behind the last message
 * @folds: (nullable): RungsFold
 * @summary: whether a summary row stands at the end
 *
 * Returns: (transfer full): the rows; guint32
 */
GArray       *rungs_row_table_new          (guint         length,
                                            const GArray *extras,
                                            GArray       *folds,
                                            gboolean      summary);

/** rungs_row_table_get: the kind of @row; @position (out): in the selection, its length for the summary. */
RungsRungKind rungs_row_table_get          (const GArray *rows,
                                            guint         row,
                                            guint        *position);

/** rungs_row_table_find: the row of the message at @position, or of the closed fold that holds it. O(log n). */
guint         rungs_row_table_find         (const GArray *rows,
                                            guint         position);

G_END_DECLS
