/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The system's appearance → the painter's scheme.
 *
 * Light, dark and high contrast follow the system through AdwStyleManager; a widget that paints connects to its
 * "notify::dark" and "notify::high-contrast" through rungs_scheme_watch() and redraws. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-palette.h"

G_BEGIN_DECLS

/** rungs_scheme_get_current: the scheme to paint with now. */
RungsScheme rungs_scheme_get_current (void);

/** rungs_scheme_watch: redraws @widget when the scheme changes, as long as it lives. */
void        rungs_scheme_watch       (GtkWidget *widget);

G_END_DECLS
