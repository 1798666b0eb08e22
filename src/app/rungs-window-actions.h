/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the window can be told to do: one function an action, and the keys that only a window may have. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** rungs_window_install_actions: for the window's class function. */
void rungs_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
