/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The flow list: a GListModel of RungsFlow over an array of indexes, filtered and sorted.
 *
 * The array is made by a worker each time trace, filter or order change (a GtkFilterListModel over a million
 * objects is forbidden: it costs a million objects); until it is ready the old one stays, and "busy" is %TRUE.
 * Items are made on demand, and are lines: those that somebody holds stay at their place and say what stands there now, and
 * items-changed tells only of lines that come or go at the end. */

#pragma once

#include <gio/gio.h>

#include "rungs-filter.h"
#include "rungs-flow.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_FLOW_COLUMN_TIME,
  RUNGS_FLOW_COLUMN_KIND,
  RUNGS_FLOW_COLUMN_WHO,
  RUNGS_FLOW_COLUMN_PEER,
  RUNGS_FLOW_COLUMN_MESSAGES,
  RUNGS_FLOW_COLUMN_DURATION,
  RUNGS_FLOW_COLUMN_RESULT,
} RungsFlowColumn;

#define RUNGS_TYPE_FLOW_LIST (rungs_flow_list_get_type ())
G_DECLARE_FINAL_TYPE (RungsFlowList, rungs_flow_list, RUNGS, FLOW_LIST, GObject)

/** Properties: busy (boolean), n-hidden (uint: messages that the filter hides).
 * RungsFlowList::arranged: another array has taken the place of the one before. */
RungsFlowList *rungs_flow_list_new        (void);
void           rungs_flow_list_set_trace  (RungsFlowList   *self,
                                           RungsTrace      *trace);

/** rungs_flow_list_set_filter: @filter (nullable): a flow is shown when one of its messages matches. */
void           rungs_flow_list_set_filter (RungsFlowList   *self,
                                           RungsFilter     *filter);
void           rungs_flow_list_set_order  (RungsFlowList   *self,
                                           RungsFlowColumn  column,
                                           gboolean         descending);
RungsTrace    *rungs_flow_list_get_trace  (RungsFlowList   *self);
gboolean       rungs_flow_list_get_busy   (RungsFlowList   *self);

/** rungs_flow_list_get_n_hidden: how many messages stand in flows that are filtered out. */
guint          rungs_flow_list_get_n_hidden (RungsFlowList *self);

/** rungs_flow_list_get_flow: the flow's index in the trace at @position of the list. */
guint          rungs_flow_list_get_flow   (RungsFlowList   *self,
                                           guint            position);

/** rungs_flow_list_find: the position of a flow of the trace, or GTK_INVALID_LIST_POSITION (G_MAXUINT). */
guint          rungs_flow_list_find       (RungsFlowList   *self,
                                           guint            flow);

G_END_DECLS
