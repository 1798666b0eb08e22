/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Diagnoses on demand, and the marks.  See rungs-diagnoser.h. */

#include "config.h"

#include "rungs-diagnoser.h"
#include "rungs-marks.h"

/* Diagnoses that are kept: more than a window shows at once. */
#define MAX_KEPT 256

/* A flow of so many messages is diagnosed within a frame. */
#define SHORT_FLOW 1000

struct _RungsDiagnoser
{
  GObject parent_instance;

  RungsTrace *trace;
  GHashTable *kept; /* flow + 1 → RungsDiagnosis */
  GQueue order;     /* flow + 1, the one made first in front */
  GHashTable *made; /* flow + 1 → GCancellable of the worker that is on it */
  gboolean background;
};

enum
{
  DIAGNOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsDiagnoser, rungs_diagnoser, G_TYPE_OBJECT)

static void
rungs_diagnoser_finalize (GObject *object)
{
  RungsDiagnoser *self = RUNGS_DIAGNOSER (object);

  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->made);
  g_queue_clear (&self->order);
  g_clear_object (&self->trace);
  G_OBJECT_CLASS (rungs_diagnoser_parent_class)->finalize (object);
}

static void
rungs_diagnoser_class_init (RungsDiagnoserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_diagnoser_finalize;
  signals[DIAGNOSED] = g_signal_new ("diagnosed",
                                     G_TYPE_FROM_CLASS (klass),
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     1,
                                     G_TYPE_UINT);
}

static void
rungs_diagnoser_init (RungsDiagnoser *self)
{
  self->kept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) rungs_diagnosis_unref);
  self->made = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
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

void
rungs_diagnoser_set_background (RungsDiagnoser *self, gboolean background)
{
  g_return_if_fail (RUNGS_IS_DIAGNOSER (self));

  self->background = background;
}

/* Takes @diagnosis. */
static void
keep (RungsDiagnoser *self, gpointer key, RungsDiagnosis *diagnosis)
{
  g_hash_table_insert (self->kept, key, diagnosis);
  g_queue_push_tail (&self->order, key);
  if (g_queue_get_length (&self->order) > MAX_KEPT)
    g_hash_table_remove (self->kept, g_queue_pop_head (&self->order));
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
      keep (self, key, diagnosis);
    }
  return rungs_diagnosis_ref (diagnosis);
}

RungsDiagnosis *
rungs_diagnoser_peek (RungsDiagnoser *self, guint flow)
{
  RungsDiagnosis *diagnosis;

  g_return_val_if_fail (RUNGS_IS_DIAGNOSER (self), NULL);

  diagnosis = g_hash_table_lookup (self->kept, GUINT_TO_POINTER (flow + 1));
  return diagnosis != NULL ? rungs_diagnosis_ref (diagnosis) : NULL;
}

/* What a diagnosis makes when it is asked for is made here: a long flow can have as many findings as messages. */
static void
diagnose (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RungsDiagnoser *self = source;
  guint flow = GPOINTER_TO_UINT (data) - 1;
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  diagnosis = rungs_diagnosis_new (self->trace, flow);
  if (g_task_return_error_if_cancelled (task))
    return;
  rungs_diagnosis_prepare (diagnosis);
  g_task_return_pointer (task, g_steal_pointer (&diagnosis), (GDestroyNotify) rungs_diagnosis_unref);
}

static void
diagnosed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RungsDiagnoser *self = RUNGS_DIAGNOSER (source);
  gpointer key = g_task_get_task_data (G_TASK (result));
  g_autoptr (RungsDiagnosis) diagnosis = g_task_propagate_pointer (G_TASK (result), NULL);

  if (diagnosis == NULL)
    return;
  g_hash_table_remove (self->made, key);
  if (!g_hash_table_contains (self->kept, key))
    keep (self, key, g_steal_pointer (&diagnosis));
  g_signal_emit (self, signals[DIAGNOSED], 0, GPOINTER_TO_UINT (key) - 1);
}

RungsDiagnosis *
rungs_diagnoser_find (RungsDiagnoser *self, guint flow)
{
  gpointer key = GUINT_TO_POINTER (flow + 1);
  g_autoptr (GTask) task = NULL;
  GCancellable *cancellable;

  g_return_val_if_fail (RUNGS_IS_DIAGNOSER (self), NULL);

  if (!self->background || rungs_trace_get_flow (self->trace, flow)->n_messages <= SHORT_FLOW ||
      g_hash_table_contains (self->kept, key))
    return rungs_diagnoser_get (self, flow);
  if (g_hash_table_contains (self->made, key))
    return NULL;
  cancellable = g_cancellable_new ();
  g_hash_table_insert (self->made, key, cancellable);
  task = g_task_new (self, cancellable, diagnosed_cb, NULL);
  g_task_set_task_data (task, key, NULL);
  g_task_run_in_thread (task, diagnose);
  return NULL;
}

void
rungs_diagnoser_cancel (RungsDiagnoser *self, guint flow)
{
  GHashTableIter iter;
  gpointer key, cancellable;

  g_return_if_fail (RUNGS_IS_DIAGNOSER (self));

  g_hash_table_iter_init (&iter, self->made);
  while (g_hash_table_iter_next (&iter, &key, &cancellable))
    if (GPOINTER_TO_UINT (key) != flow + 1)
      {
        g_cancellable_cancel (cancellable);
        g_hash_table_iter_remove (&iter);
      }
}

void
rungs_diagnose_trace (RungsTrace *trace, GCancellable *cancellable)
{
  g_return_if_fail (RUNGS_IS_TRACE (trace));

  rungs_marks_write (trace, cancellable);
}
