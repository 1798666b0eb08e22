/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Diagnoses on demand, and the marks.  See rungs-diagnoser.h. */

#include "config.h"

#include "rungs-diagnoser.h"
#include "rungs-marks.h"

/* Diagnoses that are kept: more than a window shows at once. */
#define MAX_KEPT 256

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

void
rungs_diagnose_trace (RungsTrace *trace, GCancellable *cancellable)
{
  g_autoptr (RungsMarks) marks = NULL;

  g_return_if_fail (RUNGS_IS_TRACE (trace));

  marks = rungs_marks_new (trace, cancellable);
  rungs_marks_apply (marks);
}
