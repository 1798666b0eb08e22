/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A flow in words: what its line in the flow list says, one function a column.
 *
 * All texts are display text: safe for labels, never markup.  The result of a flow is told by its mark alone until it is
 * diagnosed, which very long ones are not for this, so that scrolling the list never waits for a diagnosis. */

#pragma once

#include "rungs-diagnoser.h"
#include "rungs-flow-list.h"
#include "rungs-time.h"

G_BEGIN_DECLS

/** rungs_flow_text: the words of @column for @flow. (transfer full) */
char         *rungs_flow_text              (RungsDiagnoser  *diagnoser,
                                            guint            flow,
                                            RungsFlowColumn  column,
                                            RungsClock       clock);

/** rungs_flow_text_may_say_more: whether the result of @flow has better words once it is diagnosed (rungs_diagnoser_get()). */
gboolean      rungs_flow_text_may_say_more (RungsDiagnoser  *diagnoser,
                                            guint            flow);

/** rungs_flow_text_parties: "alice@example.org → bob@example.org", or the one that there is. (transfer full) */
char         *rungs_flow_text_parties      (RungsTrace      *trace,
                                            guint            flow);

/** rungs_flow_get_severity: the verdict that the loader left on @flow. */
RungsSeverity rungs_flow_get_severity      (RungsTrace      *trace,
                                            guint            flow);

/** rungs_flow_column_get_title: the head of @column, translated. */
const char   *rungs_flow_column_get_title  (RungsFlowColumn  column);

/** rungs_flow_column_get_id: "time", "kind" …; static. */
const char   *rungs_flow_column_get_id     (RungsFlowColumn  column);

#define RUNGS_N_FLOW_COLUMNS (RUNGS_FLOW_COLUMN_RESULT + 1)

G_END_DECLS
