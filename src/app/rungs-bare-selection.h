/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which positions of a list are selected, and nothing about what stands there.
 *
 * GTK's own selections keep the items that are selected, and look for them among all that come when the list changes: of a list whose
 * items are made on demand they make a million to find one.  Here what is replaced is no longer selected; who knows what became of it
 * selects it again. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_BARE_SELECTION (rungs_bare_selection_get_type ())
G_DECLARE_FINAL_TYPE (RungsBareSelection, rungs_bare_selection, RUNGS, BARE_SELECTION, GObject)

/** rungs_bare_selection_new: @single: one item at most is selected. */
RungsBareSelection *rungs_bare_selection_new          (GListModel         *model,
                                                       gboolean            single);

/** rungs_bare_selection_get_selected: the first that is selected, or GTK_INVALID_LIST_POSITION. */
guint               rungs_bare_selection_get_selected (RungsBareSelection *self);

G_END_DECLS
