/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which neighbouring messages can stand as one rung.  See rungs-fold.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-fold.h"

#define LEAST_KEEP_ALIVES     2
#define LEAST_RETRANSMISSIONS 2

typedef struct
{
  RungsTrace *trace;
  RungsSelection *selection;
  guint length;
  guint barren; /* no challenge begins before this position: so that no run is walked twice */
  GArray *folds;
} Finder;

static const RungsMessageInfo *
get_info (const Finder *self, guint position)
{
  return rungs_trace_get_message (self->trace, rungs_selection_get (self->selection, position));
}

/* An expected message says more than a note that stands beside it. */
static RungsSeverity
worse (RungsSeverity a, RungsSeverity b)
{
  if (a == RUNGS_SEVERITY_EXPECTED && b == RUNGS_SEVERITY_INFO)
    return a;
  if (b == RUNGS_SEVERITY_EXPECTED && a == RUNGS_SEVERITY_INFO)
    return b;
  return MAX (a, b);
}

static void
add_fold (Finder *self, RungsFoldKind kind, guint first, guint end, guint count)
{
  RungsFold fold = { kind, FALSE, first, end - first, count, RUNGS_SEVERITY_NONE };

  for (guint i = first; i < end; i++)
    fold.severity = worse (fold.severity, rungs_mark_get_severity (get_info (self, i)->mark));
  g_array_append_val (self->folds, fold);
}

static gboolean
is_again (const RungsMessageInfo *info)
{
  return (info->flags & (RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_DUPLICATE)) != 0;
}

/* The messages from @first on that belong to one CSeq of one flow: a transaction with all its copies, and the ACK of a refusal.
 * Returns: where it ends, or @first where it is no challenge that is as expected */
static guint
skip_challenge (Finder *self, guint first)
{
  const RungsMessageInfo *opening = get_info (self, first);
  gboolean challenged = FALSE;
  gboolean other = FALSE;
  guint end = first;

  if (first < self->barren || opening->status != 0 || opening->flow == RUNGS_NO_FLOW ||
      (opening->flags & RUNGS_MESSAGE_MALFORMED) != 0)
    return first;
  for (; end < self->length; end++)
    {
      const RungsMessageInfo *info = get_info (self, end);

      if (info->flow != opening->flow || info->cseq != opening->cseq ||
          (info->method != opening->method && info->method != RUNGS_SIP_METHOD_ACK))
        break;
      if (info->status == 401 || info->status == 407)
        challenged = TRUE;
      else if (info->status >= 200)
        other = TRUE;
      if (rungs_mark_get_severity (info->mark) >= RUNGS_SEVERITY_WARNING)
        other = TRUE;
    }
  if (challenged && !other)
    return end;
  self->barren = end;
  return first;
}

/* Rounds of challenges, as far as the next request takes them up. Returns: where they end, or @first */
static guint
fold_authentication (Finder *self, guint first)
{
  const RungsMessageInfo *opening = get_info (self, first);
  guint count = 0;
  guint end = first;

  for (guint next = skip_challenge (self, end); next > end && next < self->length;
       next = skip_challenge (self, end))
    {
      const RungsMessageInfo *follower = get_info (self, next);

      if (follower->status != 0 || follower->flow != opening->flow || follower->method != opening->method ||
          (follower->flags & RUNGS_MESSAGE_CREDENTIALS) == 0)
        break;
      end = next;
      count++;
    }
  if (count > 0)
    add_fold (self, RUNGS_FOLD_AUTHENTICATION, first, end, count);
  return end;
}

static gboolean
is_same_hop (const RungsMessageInfo *a, const RungsMessageInfo *b)
{
  return (a->source == b->source && a->destination == b->destination) ||
         (a->source == b->destination && a->destination == b->source);
}

static guint
fold_keep_alives (Finder *self, guint first)
{
  const RungsMessageInfo *opening = get_info (self, first);
  guint count = 0;
  guint end = first;

  if (opening->method != RUNGS_SIP_METHOD_OPTIONS || opening->status != 0)
    return first;
  for (; end < self->length; end++)
    {
      const RungsMessageInfo *info = get_info (self, end);

      if (info->method != RUNGS_SIP_METHOD_OPTIONS || !is_same_hop (opening, info))
        break;
      count += info->status == 0 && !is_again (info);
    }
  if (count < LEAST_KEEP_ALIVES)
    return first;
  add_fold (self, RUNGS_FOLD_KEEP_ALIVE, first, end, count);
  return end;
}

static guint
fold_retransmissions (Finder *self, guint first)
{
  guint end = first;

  while (end < self->length && (get_info (self, end)->flags & RUNGS_MESSAGE_RETRANSMISSION) != 0)
    end++;
  if (end - first < LEAST_RETRANSMISSIONS)
    return first;
  add_fold (self, RUNGS_FOLD_RETRANSMISSIONS, first, end, end - first);
  return end;
}

GArray *
rungs_folds_find (RungsSelection *selection)
{
  Finder self = { .selection = selection };
  guint position = 0;

  g_return_val_if_fail (selection != NULL, NULL);

  self.trace = rungs_selection_get_trace (selection);
  self.length = rungs_selection_get_length (selection);
  self.folds = g_array_new (FALSE, FALSE, sizeof (RungsFold));
  while (position < self.length)
    {
      guint end = fold_retransmissions (&self, position);

      if (end == position)
        end = fold_keep_alives (&self, position);
      if (end == position)
        end = fold_authentication (&self, position);
      position = MAX (end, position + 1);
    }
  return self.folds;
}

RungsFold *
rungs_folds_find_at (GArray *folds, guint position)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (folds != NULL, NULL);

  high = folds->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      RungsFold *fold = &g_array_index (folds, RungsFold, middle);

      if (position < fold->first)
        high = middle;
      else if (position >= fold->first + fold->length)
        low = middle + 1;
      else
        return fold;
    }
  return NULL;
}

char *
rungs_fold_describe (const RungsFold *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case RUNGS_FOLD_AUTHENTICATION:
      /* Translators: the name of messages that are folded into one row of the ladder. */
      return g_strdup_printf (ngettext ("authentication, %u round trip",
                                        "authentication, %u round trips",
                                        self->count),
                              self->count);
    case RUNGS_FOLD_KEEP_ALIVE:
      /* Translators: %u is how many of them are folded into one row of the ladder. */
      return g_strdup_printf (_ ("keep-alive ×%u"), self->count);
    case RUNGS_FOLD_RETRANSMISSIONS:
    default:
      /* Translators: %u is how many of them are folded into one row of the ladder. */
      return g_strdup_printf (_ ("retransmissions ×%u"), self->count);
    }
}
