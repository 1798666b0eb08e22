/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A light handle on one flow of a trace.  See rungs-flow.h. */

#include "config.h"

#include "rungs-flow.h"

struct _RungsFlow
{
  GObject parent_instance;
  RungsTrace *trace;
  guint index;
};

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
