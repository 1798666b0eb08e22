/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One flow in the narrow list: verdict sign, who, time; below it kind and result, then messages and duration. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-flow-text.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FLOW_ROW (rungs_flow_row_get_type ())
G_DECLARE_FINAL_TYPE (RungsFlowRow, rungs_flow_row, RUNGS, FLOW_ROW, GtkWidget)

GtkWidget *rungs_flow_row_new  (void);

/** rungs_flow_row_bind: shows @flow. Returns: the row in words, for screen readers. (transfer full) */
char      *rungs_flow_row_bind (RungsFlowRow   *self,
                                RungsDiagnoser *diagnoser,
                                guint           flow,
                                RungsClock      clock);

G_END_DECLS
