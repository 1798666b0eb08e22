/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The preferences: a page with all rules, each with its words and a switch, and a search over them. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_PREFERENCES (rungs_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RungsPreferences, rungs_preferences, RUNGS, PREFERENCES, AdwPreferencesWindow)

/** rungs_preferences_new: over @parent (nullable). */
GtkWindow *rungs_preferences_new (GtkWindow *parent);

G_END_DECLS
