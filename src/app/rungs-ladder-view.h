/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder on screen: lane heads above a list of rows, one of which may be selected.
 *
 * In: a RungsLadder. Out: the selected row ("selection-changed") and the activated one ("row-activated").  The view
 * lays the ladder out for its own width and scrolls sideways where the lanes need more.  Arrow keys, Home, End and Page
 * walk; n and p go to the next and the previous problem; Ctrl+C copies the message. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ladder-builder.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_VIEW (rungs_ladder_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsLadderView, rungs_ladder_view, RUNGS, LADDER_VIEW, GtkWidget)

/** rungs_ladder_view_set_ladder: @ladder (nullable): shows it from the top, with nothing selected. */
void         rungs_ladder_view_set_ladder     (RungsLadderView *self,
                                               RungsLadder     *ladder);

/** rungs_ladder_view_update: takes the place of the ladder that is shown with @ladder, which holds the same messages and perhaps
 * more, or shows other rows of them. The view stays where it is, or at the end where that was seen. @message: of @ladder, the one that is
 * selected now, or RUNGS_NO_MESSAGE. "selection-changed" is not emitted. */
void         rungs_ladder_view_update         (RungsLadderView *self,
                                               RungsLadder     *ladder,
                                               guint            message);

/** rungs_ladder_view_set_status: says below the ladder how much of @trace was read; %NULL: not here. */
void         rungs_ladder_view_set_status     (RungsLadderView *self,
                                               RungsTrace      *trace);

/** rungs_ladder_view_set_busy: what is being built meanwhile. Where that takes long it is said; what is shown stays until then, and the
 * rows that change longer. */
void         rungs_ladder_view_set_busy       (RungsLadderView *self,
                                               RungsLadderBusy  busy);

/** rungs_ladder_view_diagnosed: the diagnoser of the ladder has words for rows that had none. */
void         rungs_ladder_view_diagnosed      (RungsLadderView *self);
RungsLadder *rungs_ladder_view_get_ladder     (RungsLadderView *self);

/** rungs_ladder_view_get_selected: the selected row, or GTK_INVALID_LIST_POSITION. */
guint        rungs_ladder_view_get_selected   (RungsLadderView *self);

/** rungs_ladder_view_select_row: selects @row and brings it into view. */
void         rungs_ladder_view_select_row     (RungsLadderView *self,
                                               guint            row);

/** rungs_ladder_view_find_problem: the next (@step 1) or previous (-1) row with a warning or problem, seen from the
 * selected one, round the end; GTK_INVALID_LIST_POSITION where there is none. */
guint        rungs_ladder_view_find_problem   (RungsLadderView *self,
                                               int              step);

/** rungs_ladder_view_get_message_text: the selected message as it stands in the trace, as display text, or %NULL.
 * (transfer full) */
char        *rungs_ladder_view_get_message_text (RungsLadderView *self);

/** rungs_ladder_view_focus: the keyboard to the rows. */
void         rungs_ladder_view_focus          (RungsLadderView *self);

G_END_DECLS
