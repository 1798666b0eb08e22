/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules that users write: a file of conditions in the grammar of the filter, and what to say where they hold.
 *
 *     [rule OLD-PHONES]
 *     severity=warning
 *     when=sip.Method == "REGISTER" && sip.User-Agent contains "Model 7"
 *     explanation=This telephone runs a software that loses its registration.
 *     check=Update it to version 3.
 *
 * In: files, read before the first trace is judged. Out: rules behind those of the data, judged, listed and ignored like them.
 * A file is taken whole or not at all; the error names file and line, and for a filter the character.
 * When a rule is judged there are no verdicts yet: "verdict:" matches nothing in it. */

#pragma once

#include "rungs-filter.h"
#include "rungs-judge.h"

G_BEGIN_DECLS

/** RungsUserRule: one rule of a file; kept for ever. */
typedef struct
{
  RungsRule *rule;
  RungsFilter *when;    /* the messages where it holds */
  RungsFilter *missing; /* or NULL: the rule holds only in a flow where no message matches this */
  gboolean once;        /* the first message of a flow is enough */
} RungsUserRule;

void       rungs_user_rule_free      (RungsUserRule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsUserRule, rungs_user_rule_free)

/**
 * rungs_user_rules_parse:
 * @text: what stands in the file
 * @name: the file's name, for the errors
 * @error: RUNGS_ERROR_SYNTAX
 *
 * Returns: (transfer full): an array of #RungsUserRule, or %NULL
 */
GPtrArray *rungs_user_rules_parse    (RungsSlice   text,
                                      const char  *name,
                                      GError     **error);

/** rungs_user_rules_load: reads the file @path and adds its rules. Before the first trace is judged only.
 * Returns: whether all went well */
gboolean   rungs_user_rules_load     (const char  *path,
                                      GError     **error);

/** rungs_user_rules_load_default: the same for the user's own file, rungs/rules.conf in the directory of settings; none is no error. */
gboolean   rungs_user_rules_load_default (GError **error);

/** rungs_user_rules_run: judges a flow by them. */
void       rungs_user_rules_run      (RungsJudge  *judge);

G_END_DECLS
