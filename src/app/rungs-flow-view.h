/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The flow list with its filter entry: which flows there are, and which of them the ladder shows.
 *
 * In: a trace's diagnoser. Out: the selected flows as a RungsSelection ("selection-changed").  Narrow it is a list of
 * three-line rows with a menu for the order; wide it is a table whose heads sort.  Filter and order run in the workers of
 * RungsFlowList; while the filter cannot be read the entry marks the character and the list stays as it was. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-diagnoser.h"
#include "rungs-flow-list.h"
#include "rungs-selection.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FLOW_VIEW (rungs_flow_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsFlowView, rungs_flow_view, RUNGS, FLOW_VIEW, GtkWidget)

/** rungs_flow_view_set_diagnoser: shows the flows of its trace. The selected flows stay selected where the new trace has
 * their Call-IDs; otherwise the first is selected. */
void            rungs_flow_view_set_diagnoser  (RungsFlowView  *self,
                                                RungsDiagnoser *diagnoser);

/** rungs_flow_view_dup_selected: the selected flows, guint32; %NULL where none is, or none is listed. (transfer full) */
GArray         *rungs_flow_view_dup_selected   (RungsFlowView  *self);

/** rungs_flow_view_focus_filter: the keyboard to the filter entry. */
void            rungs_flow_view_focus_filter   (RungsFlowView  *self);
void            rungs_flow_view_set_filter     (RungsFlowView  *self,
                                                const char     *text);
RungsFlowList  *rungs_flow_view_get_list       (RungsFlowView  *self);

G_END_DECLS
