/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The outcome of judging a flow.  See rungs-verdicts.h. */

#include "config.h"

#include "rungs-verdicts.h"

RungsVerdicts *
rungs_verdicts_new (const RungsFlowFacts *facts)
{
  RungsVerdicts *self = g_new0 (RungsVerdicts, 1);

  self->hits = g_array_new (FALSE, FALSE, sizeof (RungsHit));
  rungs_verdicts_read (self, facts);
  return self;
}

void
rungs_verdicts_read (RungsVerdicts *self, const RungsFlowFacts *facts)
{
  rungs_judge_flow (facts, self->hits);
  if (facts->n_messages >= self->allocated)
    {
      g_free (self->leading);
      self->allocated = facts->n_messages + 1;
      self->leading = g_new (guint32, self->allocated);
    }
  for (guint i = 0; i < facts->n_messages; i++)
    self->leading[i] = RUNGS_NO_POSITION;
  for (guint i = 0; i < self->hits->len; i++)
    {
      const RungsHit *hit = &g_array_index (self->hits, RungsHit, i);
      guint32 *leading = &self->leading[hit->position];

      if (*leading == RUNGS_NO_POSITION ||
          rungs_hit_is_stronger (hit, &g_array_index (self->hits, RungsHit, *leading)))
        *leading = i;
    }
  for (guint i = 0; i < facts->n_messages; i++)
    if (self->leading[i] == RUNGS_NO_POSITION)
      self->leading[i] = self->leading[facts->messages[i].principal];
  self->severity = rungs_judge_get_flow_severity (facts, self->hits, &self->rule);
}

void
rungs_verdicts_free (RungsVerdicts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->hits);
  g_free (self->leading);
  g_free (self);
}

RungsMark
rungs_verdicts_get_mark (const RungsVerdicts *self, guint position)
{
  const RungsHit *hit;

  if (self->leading[position] == RUNGS_NO_POSITION)
    return rungs_mark (RUNGS_SEVERITY_NONE, 0);
  hit = &g_array_index (self->hits, RungsHit, self->leading[position]);
  return rungs_mark (hit->severity, hit->rule->number);
}
