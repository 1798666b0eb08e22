/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which rules are switched off, in all windows: the key ignored-rules of the settings.
 *
 * Signal "changed": rules were switched; what is shown is to be judged anew.  Where the schema is not installed the switches hold as long as
 * the process lives. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_SWITCHES (rungs_rule_switches_get_type ())
G_DECLARE_FINAL_TYPE (RungsRuleSwitches, rungs_rule_switches, RUNGS, RULE_SWITCHES, GObject)

/** rungs_rule_switches_get_default: those of this process; at first use the user's own rules are read. (transfer none) */
RungsRuleSwitches *rungs_rule_switches_get_default (void);

/** rungs_rule_switches_set: switches the rule @id on or off. */
void               rungs_rule_switches_set         (RungsRuleSwitches *self,
                                                    const char        *id,
                                                    gboolean           on);

/** rungs_rule_switches_get_fault: what is wrong with the user's file of rules, or %NULL. */
const char        *rungs_rule_switches_get_fault   (RungsRuleSwitches *self);

G_END_DECLS
