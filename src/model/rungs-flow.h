/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A light handle on one flow of a trace: the item of RungsFlowList. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FLOW (rungs_flow_get_type ())
G_DECLARE_FINAL_TYPE (RungsFlow, rungs_flow, RUNGS, FLOW, GObject)

RungsFlow           *rungs_flow_new       (RungsTrace *trace,
                                           guint       index);
RungsTrace          *rungs_flow_get_trace (RungsFlow  *self);
guint                rungs_flow_get_index (RungsFlow  *self);
const RungsFlowInfo *rungs_flow_get_info  (RungsFlow  *self);

G_END_DECLS
