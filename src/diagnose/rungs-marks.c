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
  GAsyncQueue *benches;      /* Bench, that nobody works at; while judging */
  RungsMark *messages;       /* NULL: written into the trace at once */
  RungsMark *flows;
  GArray *changes; /* Change, of messages and then of flows */
  guint n_messages_changed;
  guint n_applied;
};

typedef struct
{
  guint32 index;
  RungsMark mark;
} Change;

static void
set_marks (RungsMarks *self, const RungsFlowFacts *facts, const RungsVerdicts *verdicts)
{
  RungsMark mark = rungs_mark (verdicts->severity, verdicts->rule != NULL ? verdicts->rule->number : 0);

  for (guint i = 0; i < facts->n_messages; i++)
    if (self->messages != NULL)
      self->messages[facts->messages[i].message] = rungs_verdicts_get_mark (verdicts, i);
    else
      rungs_trace_set_message_mark (self->trace,
                                    facts->messages[i].message,
                                    rungs_verdicts_get_mark (verdicts, i));
  if (self->messages != NULL)
    self->flows[facts->flow] = mark;
  else
    rungs_trace_set_flow_mark (self->trace, facts->flow, mark);
}

/* What a core judges flow after flow in. */
typedef struct
{
  RungsFlowFacts *facts;
  RungsVerdicts *verdicts;
} Bench;

static void
bench_free (gpointer data)
{
  Bench *self = data;

  rungs_verdicts_free (self->verdicts);
  rungs_flow_facts_free (self->facts);
  g_free (self);
}

static Bench *
take_bench (RungsMarks *self, guint flow)
{
  Bench *bench = g_async_queue_try_pop (self->benches);

  if (bench != NULL)
    {
      rungs_flow_facts_read (bench->facts, flow);
      rungs_verdicts_read (bench->verdicts, bench->facts);
      return bench;
    }
  bench = g_new (Bench, 1);
  bench->facts = rungs_flow_facts_new (self->trace, flow);
  bench->verdicts = rungs_verdicts_new (bench->facts);
  return bench;
}

/* Flows do not depend on each other, and each message is in one flow: no two threads write one mark. */
static void
judge_flows (guint first, guint end, gpointer data)
{
  RungsMarks *self = data;
  Bench *bench = take_bench (self, first);

  set_marks (self, bench->facts, bench->verdicts);
  for (guint i = first + 1; i < end && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      rungs_flow_facts_read (bench->facts, i);
      rungs_verdicts_read (bench->verdicts, bench->facts);
      set_marks (self, bench->facts, bench->verdicts);
    }
  g_async_queue_push (self->benches, bench);
}

static void
judge_all (RungsMarks *self)
{
  self->benches = g_async_queue_new_full (bench_free);
  rungs_parallel_run (rungs_trace_get_n_flows (self->trace), FLOWS_AT_ONCE, judge_flows, self);
  g_clear_pointer (&self->benches, g_async_queue_unref);
}

static void
note_change (RungsMarks *self, guint32 index, RungsMark before, RungsMark mark)
{
  Change change = { index, mark };

  if (mark != before)
    g_array_append_val (self->changes, change);
}

static void
find_changes (RungsMarks *self)
{
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  for (guint32 i = 0; i < rungs_trace_get_n_messages (self->trace); i++)
    note_change (self, i, rungs_trace_get_message (self->trace, i)->mark, self->messages[i]);
  self->n_messages_changed = self->changes->len;
  for (guint32 i = 0; i < rungs_trace_get_n_flows (self->trace); i++)
    note_change (self, i, rungs_trace_get_flow (self->trace, i)->mark, self->flows[i]);
  g_clear_pointer (&self->messages, g_free);
  g_clear_pointer (&self->flows, g_free);
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
  judge_all (self);
  self->cancellable = NULL;
  find_changes (self);
  return self;
}

void
rungs_marks_write (RungsTrace *trace, GCancellable *cancellable)
{
  RungsMarks self = { .trace = trace, .cancellable = cancellable };

  g_return_if_fail (RUNGS_IS_TRACE (trace));

  judge_all (&self);
}

void
rungs_marks_free (RungsMarks *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->trace);
  g_array_unref (self->changes);
  g_free (self);
}

gboolean
rungs_marks_apply (RungsMarks *self, guint max)
{
  guint end;

  g_return_val_if_fail (self != NULL, FALSE);

  end = self->n_applied + MIN (max, self->changes->len - self->n_applied);
  for (; self->n_applied < end; self->n_applied++)
    {
      const Change *change = &g_array_index (self->changes, Change, self->n_applied);

      if (self->n_applied < self->n_messages_changed)
        rungs_trace_set_message_mark (self->trace, change->index, change->mark);
      else
        rungs_trace_set_flow_mark (self->trace, change->index, change->mark);
    }
  return end < self->changes->len;
}
