/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rows of a ladder that are on screen, or near it: GTK makes two hundred of them where twenty are seen.
 *
 * In: the list view whose items are RungsLadderRow. What is done with all of them costs the same for every ladder. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** rungs_ladder_list_draw: rows draw what is seen of them, and that is another part now. */
void     rungs_ladder_list_draw     (GtkListView *list);

/** rungs_ladder_list_update: what rows say has changed, or how they are laid out. */
void     rungs_ladder_list_update   (GtkListView *list);

/** rungs_ladder_list_describe: gives the next few rows their words for screen readers. Returns: whether there may be more */
gboolean rungs_ladder_list_describe (GtkListView *list);

/** rungs_ladder_list_focus: the keyboard to @row: the list's keys go on from there. */
void     rungs_ladder_list_focus    (GtkListView *list,
                                     guint        row);

G_END_DECLS
