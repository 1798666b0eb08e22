/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Recent traces: remembered by GtkRecentManager, shown in the menu beside Open. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** rungs_recent_add: remembers a file that could be opened. */
void        rungs_recent_add  (GFile *file);

/** rungs_recent_fill: fills @menu with the last files; each item calls "win.open-recent" with its URI. */
void        rungs_recent_fill (GMenu *menu);

G_END_DECLS
