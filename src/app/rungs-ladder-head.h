/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The lane heads: a sibling above the rows that stays while they scroll.
 *
 * It shares the ladder (lanes and width) and the horizontal adjustment with the rows, so that heads stand over their
 * lifelines.  A tooltip says why a lane has its role. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ladder.h"
#include "rungs-painter.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_HEAD (rungs_ladder_head_get_type ())
G_DECLARE_FINAL_TYPE (RungsLadderHead, rungs_ladder_head, RUNGS, LADDER_HEAD, GtkWidget)

/** rungs_ladder_head_set_ladder: @painter belongs to the view and must outlive the binding. */
void rungs_ladder_head_set_ladder     (RungsLadderHead *self,
                                       RungsLadder     *ladder,
                                       RungsPainter    *painter);
void rungs_ladder_head_set_adjustment (RungsLadderHead *self,
                                       GtkAdjustment   *adjustment);

G_END_DECLS
