/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One row of the ladder on screen: asks RungsLadder for the shapes of its row and paints them.
 *
 * The row is as high as RungsLadder says and as wide as its view; it holds nothing that scrolling would have to undo.
 * Of a ladder that is wider than its view it draws what is seen between the edges.  The selection lies over the painted row
 * as a tint, because plates and lifelines would cover a background. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ladder.h"
#include "rungs-painter.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_ROW (rungs_ladder_row_get_type ())
G_DECLARE_FINAL_TYPE (RungsLadderRow, rungs_ladder_row, RUNGS, LADDER_ROW, GtkWidget)

GtkWidget *rungs_ladder_row_new          (void);

/** rungs_ladder_row_bind: shows @row of @ladder; @painter belongs to the view and must outlive the binding; @adjustment is that
 * of scrolling sideways. */
void       rungs_ladder_row_bind         (RungsLadderRow *self,
                                          RungsLadder    *ladder,
                                          RungsPainter   *painter,
                                          GtkAdjustment  *adjustment,
                                          guint           row);
void       rungs_ladder_row_unbind       (RungsLadderRow *self);
void       rungs_ladder_row_set_selected (RungsLadderRow *self,
                                          gboolean        selected);

/** rungs_ladder_row_describe: gives the row its words for screen readers, once. Returns: whether there was something to do */
gboolean   rungs_ladder_row_describe     (RungsLadderRow *self);

/** rungs_ladder_row_update: what the row says, or how it is laid out, has changed: it is drawn anew, and is to be described again. */
void       rungs_ladder_row_update       (RungsLadderRow *self);
guint      rungs_ladder_row_get_row      (RungsLadderRow *self);

G_END_DECLS
