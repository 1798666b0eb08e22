/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The marks of a whole trace.  See rungs-marks.h. */

#include "config.h"

#include "rungs-marks.h"
#include "rungs-parallel.h"
#include "rungs-verdicts.h"

/* Flows that a core takes at a time when a whole trace is judged. */
#define FLOWS_AT_ONCE 32

struct _RungsMarks
{
  RungsTrace *trace;
  GCancellable *cancellable; /* borrowed, while judging */
  RungsMark *messages;
  RungsMark *flows;
};

static void
set_marks (RungsMarks *self, const RungsFlowFacts *facts)
{
  g_autoptr (RungsVerdicts) verdicts = rungs_verdicts_new (facts);

  for (guint i = 0; i < facts->n_messages; i++)
    self->messages[facts->messages[i].message] = rungs_verdicts_get_mark (verdicts, i);
  self->flows[facts->flow] =
    rungs_mark (verdicts->severity, verdicts->rule != NULL ? verdicts->rule->number : 0);
}

/* Flows do not depend on each other, and each message is in one flow: no two threads write one mark. */
static void
judge_flows (guint first, guint end, gpointer data)
{
  RungsMarks *self = data;
  g_autoptr (RungsFlowFacts) facts = rungs_flow_facts_new (self->trace, first);

  set_marks (self, facts);
  for (guint i = first + 1; i < end && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      rungs_flow_facts_read (facts, i);
      set_marks (self, facts);
    }
}

RungsMarks *
rungs_marks_new (RungsTrace *trace, GCancellable *cancellable)
{
  RungsMarks *self;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);

  self = g_new0 (RungsMarks, 1);
  self->trace = g_object_ref (trace);
  self->cancellable = cancellable;
  self->messages = g_new0 (RungsMark, (gsize) rungs_trace_get_n_messages (trace) + 1);
  self->flows = g_new0 (RungsMark, (gsize) rungs_trace_get_n_flows (trace) + 1);
  rungs_parallel_run (rungs_trace_get_n_flows (trace), FLOWS_AT_ONCE, judge_flows, self);
  self->cancellable = NULL;
  return self;
}

void
rungs_marks_free (RungsMarks *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->trace);
  g_free (self->messages);
  g_free (self->flows);
  g_free (self);
}

void
rungs_marks_apply (RungsMarks *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < rungs_trace_get_n_messages (self->trace); i++)
    rungs_trace_set_message_mark (self->trace, i, self->messages[i]);
  for (guint i = 0; i < rungs_trace_get_n_flows (self->trace); i++)
    rungs_trace_set_flow_mark (self->trace, i, self->flows[i]);
}
