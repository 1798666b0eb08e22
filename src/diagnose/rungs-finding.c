/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A finding.  See rungs-finding.h. */

#include "config.h"

#include "rungs-fill.h"
#include "rungs-finding.h"

#define MAX_COPIES 8

/* Whether a pause is unknown: a message has no time, or the clock ran backwards. */
static gboolean
lacks_time (const RungsHit *hit)
{
  for (guint i = 0; i < RUNGS_HIT_MAX_VALUES; i++)
    if (hit->values[i].name != NULL && hit->values[i].kind == RUNGS_VALUE_DURATION &&
        hit->values[i].number < 0)
      return TRUE;
  return FALSE;
}

static const char *
choose_text (const RungsHit *hit)
{
  if (hit->variant == RUNGS_HIT_MADE_GOOD && hit->rule->made_good != NULL)
    return hit->rule->made_good;
  if (hit->variant == RUNGS_HIT_OPEN && hit->rule->open != NULL)
    return hit->rule->open;
  if (hit->rule->untimed != NULL && lacks_time (hit))
    return hit->rule->untimed;
  return hit->rule->explanation;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

static void
collect_evidence (RungsFinding *self, const RungsFlowFacts *facts, const RungsHit *hit)
{
  GArray *evidence = g_array_new (FALSE, FALSE, sizeof (guint));
  guint copies = 0;

  for (guint i = 0; i < hit->n_evidence; i++)
    g_array_append_val (evidence, facts->messages[hit->evidence[i]].message);
  for (guint next = facts->messages[hit->position].copies; next != 0 && copies < MAX_COPIES;
       next = facts->messages[next - 1].copies, copies++)
    g_array_append_val (evidence, facts->messages[next - 1].message);
  g_array_sort (evidence, compare_messages);
  for (guint i = 1; i < evidence->len; i++)
    if (g_array_index (evidence, guint, i) == g_array_index (evidence, guint, i - 1))
      g_array_remove_index (evidence, i--);
  self->n_evidence = evidence->len;
  self->evidence = (guint *) (gpointer) g_array_free (evidence, FALSE);
}

RungsFinding *
rungs_finding_new (const RungsFlowFacts *facts, const RungsHit *hit)
{
  RungsFinding *self;

  g_return_val_if_fail (facts != NULL && hit != NULL, NULL);

  self = g_new0 (RungsFinding, 1);
  self->rule = hit->rule;
  self->severity = hit->severity;
  self->message = facts->messages[hit->position].message;
  self->offset = (guint32) rungs_slice_offset_in (hit->proof, facts->messages[hit->position].bytes);
  self->length = (guint32) hit->proof.length;
  self->explanation = rungs_fill (facts, hit->position, hit->values, RUNGS_HIT_MAX_VALUES, choose_text (hit));
  if (hit->rule->check != NULL && !hit->nothing_to_check)
    self->check = rungs_fill (facts, hit->position, hit->values, RUNGS_HIT_MAX_VALUES, hit->rule->check);
  collect_evidence (self, facts, hit);
  return self;
}

void
rungs_finding_free (RungsFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->evidence);
  g_free (self->explanation);
  g_free (self->check);
  g_free (self);
}
