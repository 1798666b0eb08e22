/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's first page: what the selected rung, or the flow, means.
 *
 * In: a diagnosis and a message of it. Out: cards: the verdict, what is wrong with the message, the headers that matter
 * here, then the rest folded.  The folded headers are made when somebody opens them, so that walking through the ladder
 * costs the same for every message. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ladder.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_EXPLAINED_VIEW (rungs_explained_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsExplainedView, rungs_explained_view, RUNGS, EXPLAINED_VIEW, GtkWidget)

/** rungs_explained_view_show_message: explains @message of the trace. Returns: whether it could; otherwise the diagnosis of its
 * flow is being made, and the page says so */
gboolean rungs_explained_view_show_message (RungsExplainedView *self,
                                            RungsDiagnoser     *diagnoser,
                                            guint               message);

/** rungs_explained_view_show_step: explains a step to or from a KDC, and its parts where it is in the trace. */
void rungs_explained_view_show_step    (RungsExplainedView   *self,
                                        RungsDiagnoser       *diagnoser,
                                        const RungsTicketStep *step);

/** rungs_explained_view_show_flow: the flow's result and its findings. Returns: as rungs_explained_view_show_message() */
gboolean rungs_explained_view_show_flow (RungsExplainedView *self,
                                         RungsDiagnoser     *diagnoser,
                                         guint               flow);

/** rungs_explained_view_show_text: one card with a heading and a sentence. */
void rungs_explained_view_show_text    (RungsExplainedView *self,
                                        const char         *heading,
                                        const char         *text);

G_END_DECLS
