/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's last page: the background notes, the same pages that the help shows.
 *
 * A list of all notes, and one note as blocks of text.  Links between notes stay here; links to RFC sections open in the
 * browser. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_NOTES_VIEW (rungs_notes_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsNotesView, rungs_notes_view, RUNGS, NOTES_VIEW, GtkWidget)

/** rungs_notes_view_show_note: @id (nullable): the note to show, "glossary", or "term:NAME" for the glossary with one term first;
 * the list for %NULL or one that there is not. */
void rungs_notes_view_show_note (RungsNotesView *self,
                                 const char     *id);

/** rungs_notes_view_set_fitting: the notes that fit what is selected stand first in the list; ended by %NULL. */
void rungs_notes_view_set_fitting (RungsNotesView    *self,
                                   const char *const *ids);

G_END_DECLS
