/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which messages a ladder shows: indexes into a trace, ascending, without copies where it is all of them. */

#pragma once

#include "rungs-filter.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsSelection RungsSelection;

/** rungs_selection_new_all: every message of @trace. (transfer full) */
RungsSelection *rungs_selection_new_all       (RungsTrace    *trace);

/** rungs_selection_new_for_flows: the messages of @flows (indexes), in time order. (transfer full) */
RungsSelection *rungs_selection_new_for_flows (RungsTrace    *trace,
                                               const guint32 *flows,
                                               guint          n_flows);

/** rungs_selection_new_for_filter: the messages that match. (transfer full) */
RungsSelection *rungs_selection_new_for_filter (RungsTrace        *trace,
                                                const RungsFilter *filter);

/** rungs_selection_new_for_messages: @messages: ascending indexes. (transfer full) */
RungsSelection *rungs_selection_new_for_messages (RungsTrace    *trace,
                                                  const guint32 *messages,
                                                  guint          n_messages);
RungsSelection *rungs_selection_ref           (RungsSelection *self);
void            rungs_selection_unref         (RungsSelection *self);
RungsTrace     *rungs_selection_get_trace     (RungsSelection *self);
guint           rungs_selection_get_length    (RungsSelection *self);

/** rungs_selection_get: the message index at @position. */
guint           rungs_selection_get           (RungsSelection *self,
                                               guint           position);

/** rungs_selection_find: the position of @message, or G_MAXUINT. O(log n). */
guint           rungs_selection_find          (RungsSelection *self,
                                               guint           message);

/** rungs_selection_get_single_flow: the flow that all messages belong to, or RUNGS_NO_FLOW. */
guint           rungs_selection_get_single_flow (RungsSelection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSelection, rungs_selection_unref)

G_END_DECLS
