/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A finding: which rule, how severe, which messages and bytes prove it, and the words for this trace. */

#pragma once

#include "rungs-judge.h"
#include "rungs-rule.h"

G_BEGIN_DECLS

typedef struct
{
  const RungsRule *rule;
  RungsSeverity severity;
  guint message;      /* the message it stands at (index into the trace) */
  guint *evidence;    /* other messages that prove it */
  guint n_evidence;
  guint32 offset;     /* bytes in the message that prove it */
  guint32 length;     /* 0: the message as a whole */
  char *explanation;  /* filled in, translated, display text */
  char *check;        /* or NULL */
} RungsFinding;

/** rungs_finding_new: the words for @hit; its evidence holds the copies of the message on other hops, too. (transfer full) */
RungsFinding *rungs_finding_new  (const RungsFlowFacts *facts,
                                  const RungsHit       *hit);
void          rungs_finding_free (RungsFinding         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFinding, rungs_finding_free)

G_END_DECLS
