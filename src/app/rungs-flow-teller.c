/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Better words for lines of the flow list.  See rungs-flow-teller.h. */

#include "config.h"

#include "rungs-flow-teller.h"
#include "rungs-flow-text.h"

/* Between two frames, µs. */
#define TELLING_TIME 4000

/* Of the two hundred lines that a list makes at once the first are seen: so many of them have their words at once, where their flows
 * have no more messages than this. */
#define TOLD_AT_ONCE 20
#define SHORT        30

void
rungs_flow_teller_clear (RungsFlowTeller *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear_full (&self->lines, g_object_unref);
  g_clear_object (&self->diagnoser);
}

void
rungs_flow_teller_set_diagnoser (RungsFlowTeller *self, RungsDiagnoser *diagnoser)
{
  g_return_if_fail (self != NULL);

  g_set_object (&self->diagnoser, diagnoser);
}

static gboolean
tell_cb (gpointer data)
{
  RungsFlowTeller *self = data;
  gint64 end = g_get_monotonic_time () + TELLING_TIME;

  while (!g_queue_is_empty (&self->lines) && g_get_monotonic_time () < end)
    {
      g_autoptr (RungsFlow) line = g_queue_pop_head (&self->lines);
      guint flow = rungs_flow_get_index (line);

      if (!rungs_flow_is_watched (line) ||
          rungs_flow_get_trace (line) != rungs_diagnoser_get_trace (self->diagnoser) ||
          !rungs_flow_text_may_say_more (self->diagnoser, flow))
        continue;
      rungs_diagnosis_unref (rungs_diagnoser_get (self->diagnoser, flow));
      rungs_flow_tell (line);
    }
  if (!g_queue_is_empty (&self->lines))
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  self->n_told = 0;
  return G_SOURCE_REMOVE;
}

void
rungs_flow_teller_add (RungsFlowTeller *self, RungsFlow *line)
{
  guint flow;

  g_return_if_fail (self != NULL && RUNGS_IS_FLOW (line));

  flow = rungs_flow_get_index (line);
  if (!rungs_flow_text_may_say_more (self->diagnoser, flow))
    return;
  if (self->n_told < TOLD_AT_ONCE && rungs_flow_get_info (line)->n_messages <= SHORT)
    {
      self->n_told++;
      rungs_diagnosis_unref (rungs_diagnoser_get (self->diagnoser, flow));
      return;
    }
  g_queue_push_tail (&self->lines, g_object_ref (line));
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, tell_cb, self, NULL);
}
