/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One trace in three panes: flow list, ladder, inspector.
 *
 * In: a trace. Out: nothing; the panes follow each other: flows → ladder → inspector.  Where the window is wide all three
 * stand side by side, as the user left them; where it is not, one side pane at a time; where it is narrow, one pane.
 * Properties: flows-visible, inspector-visible. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-flow-view.h"
#include "rungs-inspector.h"
#include "rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_TRACE_VIEW (rungs_trace_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsTraceView, rungs_trace_view, RUNGS, TRACE_VIEW, GtkWidget)

/** rungs_trace_view_set_trace: shows @trace; what was selected in the one before stays so where it is found again. */
void             rungs_trace_view_set_trace       (RungsTraceView *self,
                                                   RungsTrace     *trace);
RungsTrace      *rungs_trace_view_get_trace       (RungsTraceView *self);

/** rungs_trace_view_get_busy: whether a ladder is being built, or the trace is judged anew. */
gboolean         rungs_trace_view_get_busy        (RungsTraceView *self);
RungsFlowView   *rungs_trace_view_get_flow_view   (RungsTraceView *self);
RungsLadderView *rungs_trace_view_get_ladder_view (RungsTraceView *self);
RungsInspector  *rungs_trace_view_get_inspector   (RungsTraceView *self);

/** rungs_trace_view_get_checker: who keeps the passwords and keytabs of this trace; they are wiped with it. (transfer none) */
RungsSignatureChecker *rungs_trace_view_get_checker (RungsTraceView *self);

/** rungs_trace_view_focus_filter: shows the flow list and gives the keyboard to its filter. */
void             rungs_trace_view_focus_filter    (RungsTraceView *self);

/** rungs_trace_view_focus_pane: gives the keyboard to the next (@step 1) or previous (-1) of the panes that are seen. */
void             rungs_trace_view_focus_pane      (RungsTraceView *self,
                                                   int             step);

/** rungs_trace_view_show_tab / _show_note: shows the inspector with that page or note. */
void             rungs_trace_view_show_tab        (RungsTraceView *self,
                                                   const char     *name);
void             rungs_trace_view_show_note       (RungsTraceView *self,
                                                   const char     *id);

/** rungs_trace_view_go_to_message: selects @message in the ladder. Returns: whether it is there */
gboolean         rungs_trace_view_go_to_message   (RungsTraceView *self,
                                                   guint           message);

/** rungs_trace_view_go_to_problem: the next (@step 1) or previous (-1). @around (out): whether the search went over the end of the
 * ladder. Returns: whether there is one */
gboolean         rungs_trace_view_go_to_problem   (RungsTraceView *self,
                                                   int             step,
                                                   gboolean       *around);

G_END_DECLS
