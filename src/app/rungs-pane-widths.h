/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How wide the side panes of a trace are: as wide as the user's hand left them, whatever becomes of the window.
 *
 * In: the settings, and handles that are moved. Out: the places of the handles in a window of some width, in which a side pane never
 * takes more than its share. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** RUNGS_TABLE_WIDTH: px for the flow list as a table. */
#define RUNGS_TABLE_WIDTH 760

/** RungsPaneWidths: px. */
typedef struct
{
  int flows;
  int inspector;
} RungsPaneWidths;

/** rungs_pane_widths_recall / rungs_pane_widths_remember: from and to the settings. */
void rungs_pane_widths_recall   (RungsPaneWidths       *self);
void rungs_pane_widths_remember (const RungsPaneWidths *self);

/** rungs_pane_widths_take: the handle of @paned was moved by hand; @flows: it is that of the flow list. */
void rungs_pane_widths_take     (RungsPaneWidths       *self,
                                 GtkPaned              *paned,
                                 gboolean               flows);

/** rungs_pane_widths_place: the handles in a window of @width px. @outer: flow list and the rest; @inner: ladder and inspector */
void rungs_pane_widths_place    (const RungsPaneWidths *self,
                                 GtkPaned              *outer,
                                 GtkPaned              *inner,
                                 int                    width);

G_END_DECLS
