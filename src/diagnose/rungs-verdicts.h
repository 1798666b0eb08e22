/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The outcome of judging a flow, still without words: its hits, which of them leads at each message, and how the flow stands.
 *
 * A relayed pair is one finding: the copy of a message has the verdict of the first one. */

#pragma once

#include "rungs-judge.h"

G_BEGIN_DECLS

typedef struct
{
  GArray *hits;           /* RungsHit */
  guint32 *leading;       /* by position: index into @hits, RUNGS_NO_POSITION */
  RungsSeverity severity; /* of the flow */
  const RungsRule *rule;  /* that decides it, or NULL */

  /*< private >*/
  guint allocated;
} RungsVerdicts;

/** rungs_verdicts_new: judges. (transfer full) */
RungsVerdicts *rungs_verdicts_new        (const RungsFlowFacts *facts);

/** rungs_verdicts_read: judges another flow, in the memory of the one before. */
void           rungs_verdicts_read       (RungsVerdicts        *self,
                                          const RungsFlowFacts *facts);
void           rungs_verdicts_free       (RungsVerdicts        *self);

/** rungs_verdicts_get_mark: the mark of the message at @position. */
RungsMark      rungs_verdicts_get_mark   (const RungsVerdicts  *self,
                                          guint                 position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsVerdicts, rungs_verdicts_free)

G_END_DECLS
