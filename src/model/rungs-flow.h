/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A line of the flow list: which flow of which trace stands there.
 *
 * In another order, or with another filter, a line stays where it is and says something else ("changed"): so what shows it need not be
 * made anew. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FLOW (rungs_flow_get_type ())
G_DECLARE_FINAL_TYPE (RungsFlow, rungs_flow, RUNGS, FLOW, GObject)

/** RungsFlow::changed: another flow stands there, or there is something else to say of it. */
RungsFlow           *rungs_flow_new       (RungsTrace *trace,
                                           guint       index);

/** rungs_flow_set: @anew: whether everything may be different (other marks). */
void                 rungs_flow_set       (RungsFlow  *self,
                                           RungsTrace *trace,
                                           guint       index,
                                           gboolean    anew);

/** rungs_flow_is_watched: whether anybody wants to know of changes. */
gboolean             rungs_flow_is_watched (RungsFlow *self);

/** rungs_flow_tell: emits "changed": somebody has more to say of the flow. */
void                 rungs_flow_tell      (RungsFlow  *self);
RungsTrace          *rungs_flow_get_trace (RungsFlow  *self);
guint                rungs_flow_get_index (RungsFlow  *self);
const RungsFlowInfo *rungs_flow_get_info  (RungsFlow  *self);

G_END_DECLS
