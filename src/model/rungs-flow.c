/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A line of the flow list.  See rungs-flow.h. */

#include "config.h"

#include "rungs-flow.h"

struct _RungsFlow
{
  GObject parent_instance;
  RungsTrace *trace;
  guint index;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsFlow, rungs_flow, G_TYPE_OBJECT)

static void
rungs_flow_finalize (GObject *object)
{
  RungsFlow *self = RUNGS_FLOW (object);

  g_clear_object (&self->trace);
  G_OBJECT_CLASS (rungs_flow_parent_class)->finalize (object);
}

static void
rungs_flow_class_init (RungsFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_flow_finalize;
  signals[CHANGED] =
    g_signal_new ("changed", RUNGS_TYPE_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_flow_init (RungsFlow *self)
{
}

RungsFlow *
rungs_flow_new (RungsTrace *trace, guint index)
{
  RungsFlow *self = g_object_new (RUNGS_TYPE_FLOW, NULL);

  self->trace = g_object_ref (trace);
  self->index = index;
  return self;
}

/* Whether there is something else to say. */
static gboolean
differ (const RungsFlowInfo *a, const RungsFlowInfo *b)
{
  return a->n_messages != b->n_messages || a->mark != b->mark || a->status != b->status ||
         a->start != b->start || a->end != b->end || a->kind != b->kind;
}

void
rungs_flow_set (RungsFlow *self, RungsTrace *trace, guint index, gboolean anew)
{
  g_autoptr (RungsTrace) before = NULL;
  gboolean changed;

  g_return_if_fail (RUNGS_IS_FLOW (self) && RUNGS_IS_TRACE (trace));

  before = g_object_ref (self->trace);
  changed =
    anew || index != self->index ||
    (trace != before && differ (rungs_trace_get_flow (before, index), rungs_trace_get_flow (trace, index)));
  g_set_object (&self->trace, trace);
  self->index = index;
  if (changed)
    rungs_flow_tell (self);
}

gboolean
rungs_flow_is_watched (RungsFlow *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW (self), FALSE);
  return g_signal_has_handler_pending (self, signals[CHANGED], 0, FALSE);
}

void
rungs_flow_tell (RungsFlow *self)
{
  g_return_if_fail (RUNGS_IS_FLOW (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

RungsTrace *
rungs_flow_get_trace (RungsFlow *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW (self), NULL);
  return self->trace;
}

guint
rungs_flow_get_index (RungsFlow *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW (self), RUNGS_NO_FLOW);
  return self->index;
}

const RungsFlowInfo *
rungs_flow_get_info (RungsFlow *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW (self), NULL);
  return rungs_trace_get_flow (self->trace, self->index);
}
