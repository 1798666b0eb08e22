/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rules as data: data/rules/rules.xml → id, severity, whom it speaks to, explanation, check, reference.
 *
 * A rule's *condition* is a small C function named after its id in one of the rungs-rules-*.c files; its words are data.
 * A test holds that each rule of the data has its function and each function its rule.  The order of the file is the order
 * of importance: of two findings of one severity at a message, the rule that stands first leads. */

#pragma once

#include "rungs-mark.h"

G_BEGIN_DECLS

typedef struct
{
  guint number;            /* from 1, for marks */
  const char *id;          /* "RED-401-FIRST" */
  RungsSeverity severity;  /* the usual one; a condition may lower it */
  gboolean microsoft;      /* speaks only to flows with Microsoft's extensions */
  const char *explanation; /* translated template with {placeholders} */
  const char *made_good;   /* the same where a later success of the flow made it good; NULL: @explanation serves */
  const char *open;        /* the same where the trace ends too early to know; NULL: @explanation serves */
  const char *untimed;     /* the same where the trace has no times; NULL: @explanation serves */
  const char *check;       /* translated; NULL: nothing to check */
  const char *reference;   /* "RFC 3261 21.4.2; [MS-SIPAE] 3.3.5.1" */
  const char *note;        /* id of a background note, or NULL */
  gboolean own;            /* of the user's, not of the data */

  /*< private >*/
  int ignored;             /* atomic */
} RungsRule;

/** rungs_rule_lookup: by id, or %NULL. */
const RungsRule *rungs_rule_lookup     (const char *id);

/** rungs_rule_get: by number (of a mark), or %NULL for 0. */
const RungsRule *rungs_rule_get        (guint       number);
guint            rungs_rule_get_count  (void);

/** rungs_rule_add: adds a rule of the user's behind those of the data, and gives it its number; its strings stay alive for ever. Before
 * the first trace is judged only. (transfer full) */
void             rungs_rule_add        (RungsRule  *rule);

/** rungs_rule_set_ignored: switches the rules @ids off, and all others on; ids that no rule has count for nothing.  What is
 * judged later is judged without them. @ids: (nullable) */
void             rungs_rule_set_ignored (const char *const *ids);

static inline gboolean
rungs_rule_is_ignored (const RungsRule *self)
{
  return g_atomic_int_get (&self->ignored);
}

/** rungs_rule_suggest: the ids of rules that are close to @id, for "did you mean". (transfer container) */
GPtrArray       *rungs_rule_suggest    (const char *id);

G_END_DECLS
