/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The pane on the right: Explained, Findings, Message, Token, Notes of what is selected in the ladder.
 *
 * In: a ladder and one of its rows. Out: the pages.  Only the page that is seen is filled; the others are filled when
 * somebody turns to them, so that walking with the arrow keys stays quick. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ladder.h"
#include "rungs-signature-checker.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_INSPECTOR (rungs_inspector_get_type ())
G_DECLARE_FINAL_TYPE (RungsInspector, rungs_inspector, RUNGS, INSPECTOR, GtkWidget)

/** rungs_inspector_set_checker: who checks the signatures; once. */
void rungs_inspector_set_checker (RungsInspector        *self,
                                  RungsSignatureChecker *checker);

/** rungs_inspector_show: what stands in @row of @ladder; the flow, or the whole selection, where @row is
 * GTK_INVALID_LIST_POSITION; nothing where @ladder is %NULL. */
void rungs_inspector_show      (RungsInspector *self,
                                RungsLadder    *ladder,
                                guint           row);

/** rungs_inspector_diagnosed: a flow was diagnosed in the background: what waits for it is filled in. */
void rungs_inspector_diagnosed (RungsInspector *self);

/** rungs_inspector_show_tab: "explained", "findings", "message", "token" or "notes". */
void rungs_inspector_show_tab  (RungsInspector *self,
                                const char     *name);

/** rungs_inspector_show_note: turns to the note @id. */
void rungs_inspector_show_note (RungsInspector *self,
                                const char     *id);

G_END_DECLS
