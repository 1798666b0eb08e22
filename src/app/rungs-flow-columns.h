/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The columns of the wide flow list: a factory for each, and which of them the user sorts by.
 *
 * The list model sorts by itself, in a worker; the sorters here only make the heads clickable and remember the order. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-flow-text.h"

G_BEGIN_DECLS

/** RungsFlowCellFunc: the words of a cell. (transfer full) */
typedef char *(*RungsFlowCellFunc) (RungsFlow *flow, RungsFlowColumn column, gpointer data);

/** rungs_flow_columns_add: adds all columns to @view. @cell gives their words. */
void     rungs_flow_columns_add       (GtkColumnView     *view,
                                       RungsFlowCellFunc  cell,
                                       gpointer           data);

/** rungs_flow_columns_get_order: which column the user made the first in order. Returns: %FALSE where none is */
gboolean rungs_flow_columns_get_order (GtkColumnView     *view,
                                       RungsFlowColumn   *column,
                                       gboolean          *descending);

/** rungs_flow_columns_set_order: shows the arrow of that order in the heads. */
void     rungs_flow_columns_set_order (GtkColumnView     *view,
                                       RungsFlowColumn    column,
                                       gboolean           descending);

G_END_DECLS
