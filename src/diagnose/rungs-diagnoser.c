/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Diagnoses on demand, and the marks.  See rungs-diagnoser.h. */

#include "config.h"

#include "rungs-diagnoser.h"
#include "rungs-parallel.h"
#include "rungs-verdicts.h"

/* Diagnoses that are kept: more than a window shows at once. */
#define MAX_KEPT 256

/* Flows that a core takes at a time when a whole trace is judged. */
#define FLOWS_AT_ONCE 32

struct _RungsDiagnoser
{
  GObject parent_instance;

  RungsTrace *trace;
  GHashTable *kept; /* flow + 1 → RungsDiagnosis */
  GQueue order;     /* flow + 1, the one made first in front */
};

G_DEFINE_FINAL_TYPE (RungsDiagnoser, rungs_diagnoser, G_TYPE_OBJECT)

static void
rungs_diagnoser_finalize (GObject *object)
{
  RungsDiagnoser *self = RUNGS_DIAGNOSER (object);

  g_hash_table_unref (self->kept);
  g_queue_clear (&self->order);
  g_clear_object (&self->trace);
  G_OBJECT_CLASS (rungs_diagnoser_parent_class)->finalize (object);
}

static void
rungs_diagnoser_class_init (RungsDiagnoserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_diagnoser_finalize;
}

static void
rungs_diagnoser_init (RungsDiagnoser *self)
{
  self->kept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) rungs_diagnosis_unref);
  g_queue_init (&self->order);
}

RungsDiagnoser *
rungs_diagnoser_new (RungsTrace *trace)
{
  RungsDiagnoser *self;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);

  self = g_object_new (RUNGS_TYPE_DIAGNOSER, NULL);
  self->trace = g_object_ref (trace);
  return self;
}

RungsTrace *
rungs_diagnoser_get_trace (RungsDiagnoser *self)
{
  g_return_val_if_fail (RUNGS_IS_DIAGNOSER (self), NULL);

  return self->trace;
}

RungsDiagnosis *
rungs_diagnoser_get (RungsDiagnoser *self, guint flow)
{
  gpointer key = GUINT_TO_POINTER (flow + 1);
  RungsDiagnosis *diagnosis;

  g_return_val_if_fail (RUNGS_IS_DIAGNOSER (self), NULL);

  diagnosis = g_hash_table_lookup (self->kept, key);
  if (diagnosis == NULL)
    {
      diagnosis = rungs_diagnosis_new (self->trace, flow);
      g_hash_table_insert (self->kept, key, diagnosis);
      g_queue_push_tail (&self->order, key);
      if (g_queue_get_length (&self->order) > MAX_KEPT)
        g_hash_table_remove (self->kept, g_queue_pop_head (&self->order));
    }
  return rungs_diagnosis_ref (diagnosis);
}

typedef struct
{
  RungsTrace *trace;
  GCancellable *cancellable;
} Judging;

static void
write_marks (RungsTrace *trace, const RungsFlowFacts *facts)
{
  g_autoptr (RungsVerdicts) verdicts = rungs_verdicts_new (facts);

  for (guint i = 0; i < facts->n_messages; i++)
    rungs_trace_set_message_mark (trace, facts->messages[i].message, rungs_verdicts_get_mark (verdicts, i));
  rungs_trace_set_flow_mark (trace,
                             facts->flow,
                             rungs_mark (verdicts->severity,
                                         verdicts->rule != NULL ? verdicts->rule->number : 0));
}

/* Flows do not depend on each other, and each message is in one flow: no two threads write one mark. */
static void
judge_flows (guint first, guint end, gpointer data)
{
  Judging *self = data;
  g_autoptr (RungsFlowFacts) facts = rungs_flow_facts_new (self->trace, first);

  write_marks (self->trace, facts);
  for (guint i = first + 1; i < end && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      rungs_flow_facts_read (facts, i);
      write_marks (self->trace, facts);
    }
}

void
rungs_diagnose_trace (RungsTrace *trace, GCancellable *cancellable)
{
  Judging judging = { trace, cancellable };

  g_return_if_fail (RUNGS_IS_TRACE (trace));

  rungs_parallel_run (rungs_trace_get_n_flows (trace), FLOWS_AT_ONCE, judge_flows, &judging);
}
