/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is said about one step to or from a KDC: label, verdict, caption, explanation, what to check and where to read on.
 *
 * In: a step of a trail. Out: words, all of them display text.  Of a step that is not in the trace they say what proves it, and
 * which capture would show it. */

#pragma once

#include "rungs-rule.h"
#include "rungs-ticket-trail.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSeverity severity; /* NONE: nothing to say against it */
  gboolean granted;       /* a reply that hands out a ticket */
  const RungsRule *rule;  /* the rule that speaks about it, or NULL */
  char *label;            /* "TGS-REQ sip/pool01.contoso.example" */
  char *caption;          /* one sentence */
  char *explanation;
  char *background;       /* what a message of this kind is for; of a hidden step what proves it; or NULL */
  char *check;            /* or NULL */
  char *reference;        /* "RFC 4120 3.1" */
  const char *note;       /* id of a background note, static */
} RungsStepStatement;

/** rungs_step_statement_init: fills in @self for @step; cleared by the caller. */
void rungs_step_statement_init  (RungsStepStatement   *self,
                                 RungsTrace           *trace,
                                 const RungsTicketStep *step);

/** rungs_step_statement_init_kerberos: the same for a Kerberos message by its index, whoever sent it. */
void rungs_step_statement_init_kerberos (RungsStepStatement *self,
                                         RungsTrace         *trace,
                                         guint               kerberos);
void rungs_step_statement_clear (RungsStepStatement   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsStepStatement, rungs_step_statement_clear)

G_END_DECLS
