/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the windows remember: sizes, panes, and how the ladder is shown.
 *
 * In: the schema io.github.rungs.Rungs. Out: one object whose properties are the keys, so that widgets bind to them and
 * actions are made from them (GPropertyAction).  Where the schema is not installed the properties keep their
 * defaults and live as long as the process: a program that was only built, not installed, runs all the same. */

#pragma once

#include <gio/gio.h>

#include "rungs-ladder.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SETTINGS (rungs_settings_get_type ())
G_DECLARE_FINAL_TYPE (RungsSettings, rungs_settings, RUNGS, SETTINGS, GObject)

/** rungs_settings_get_default: the settings of this process. (transfer none) */
RungsSettings *rungs_settings_get_default (void);

/** rungs_settings_get_ladder_options: captions, inferred rungs, log lines, clock and time style as the user wants them. */
RungsLadderOptions rungs_settings_get_ladder_options (RungsSettings *self);

/** rungs_settings_add_actions: adds the toggles "captions", "inferred", "log-lines", "flow-columns" and the choices "time-style" and "clock". */
void rungs_settings_add_actions (RungsSettings *self, GActionMap *map);

/** rungs_settings_get_int / _boolean: the value of the property @name (of a choice: its number). */
int rungs_settings_get_int (RungsSettings *self, const char *name);
gboolean rungs_settings_get_boolean (RungsSettings *self, const char *name);

G_END_DECLS
