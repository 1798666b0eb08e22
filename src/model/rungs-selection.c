/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which messages a ladder shows.  See rungs-selection.h. */

#include "config.h"

#include "rungs-selection.h"

struct _RungsSelection
{
  gatomicrefcount ref_count;
  RungsTrace *trace;
  guint32 *messages; /* NULL: all of them */
  guint length;
};

/* Takes @messages. */
static RungsSelection *
new_selection (RungsTrace *trace, guint32 *messages, guint length)
{
  RungsSelection *self = g_new0 (RungsSelection, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->trace = g_object_ref (trace);
  self->messages = messages;
  self->length = length;
  return self;
}

RungsSelection *
rungs_selection_new_all (RungsTrace *trace)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);
  return new_selection (trace, NULL, rungs_trace_get_n_messages (trace));
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

RungsSelection *
rungs_selection_new_for_flows (RungsTrace *trace, const guint32 *flows, guint n_flows)
{
  g_autoptr (GArray) messages = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint length = 0;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);
  g_return_val_if_fail (flows != NULL || n_flows == 0, NULL);

  for (guint i = 0; i < n_flows; i++)
    {
      guint n;
      const guint32 *indexes = rungs_trace_get_flow_messages (trace, flows[i], &n);

      g_array_append_vals (messages, indexes, n);
    }
  if (n_flows > 1)
    g_array_sort (messages, compare_messages);
  /* A flow that was named twice counts once. */
  for (guint i = 0; i < messages->len; i++)
    {
      guint32 message = g_array_index (messages, guint32, i);

      if (length == 0 || g_array_index (messages, guint32, length - 1) != message)
        g_array_index (messages, guint32, length++) = message;
    }
  if (messages->len == 0)
    g_array_set_size (messages, 1);
  return new_selection (trace, (guint32 *) g_array_free (g_steal_pointer (&messages), FALSE), length);
}

RungsSelection *
rungs_selection_new_for_filter (RungsTrace *trace, const RungsFilter *filter)
{
  g_autoptr (GArray) messages = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (RungsSipMessage) scratch = { 0 };

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  for (guint32 i = 0; i < rungs_trace_get_n_messages (trace); i++)
    if (rungs_filter_matches (filter, trace, i, &scratch))
      g_array_append_val (messages, i);
  return rungs_selection_new_for_messages (trace, (const guint32 *) messages->data, messages->len);
}

RungsSelection *
rungs_selection_new_for_messages (RungsTrace *trace, const guint32 *messages, guint n_messages)
{
  guint32 *copy;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);
  g_return_val_if_fail (messages != NULL || n_messages == 0, NULL);

  copy = g_new (guint32, MAX (n_messages, 1));
  if (n_messages > 0)
    memcpy (copy, messages, n_messages * sizeof (guint32));
  return new_selection (trace, copy, n_messages);
}

RungsSelection *
rungs_selection_ref (RungsSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rungs_selection_unref (RungsSelection *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->trace);
  g_free (self->messages);
  g_free (self);
}

RungsTrace *
rungs_selection_get_trace (RungsSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->trace;
}

guint
rungs_selection_get_length (RungsSelection *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->length;
}

guint
rungs_selection_get (RungsSelection *self, guint position)
{
  g_return_val_if_fail (self != NULL && position < self->length, RUNGS_NO_MESSAGE);
  return self->messages != NULL ? self->messages[position] : position;
}

guint
rungs_selection_find (RungsSelection *self, guint message)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, G_MAXUINT);

  if (self->messages == NULL)
    return message < self->length ? message : G_MAXUINT;
  high = self->length;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->messages[middle] < message)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->length && self->messages[low] == message ? low : G_MAXUINT;
}

guint
rungs_selection_get_single_flow (RungsSelection *self)
{
  guint flow;

  g_return_val_if_fail (self != NULL, RUNGS_NO_FLOW);

  if (self->length == 0)
    return RUNGS_NO_FLOW;
  flow = rungs_trace_get_message (self->trace, rungs_selection_get (self, 0))->flow;
  /* More messages than the flow has cannot all be its own. */
  if (rungs_trace_get_flow (self->trace, flow)->n_messages < self->length)
    return RUNGS_NO_FLOW;
  for (guint i = 1; i < self->length; i++)
    if (rungs_trace_get_message (self->trace, rungs_selection_get (self, i))->flow != flow)
      return RUNGS_NO_FLOW;
  return flow;
}
