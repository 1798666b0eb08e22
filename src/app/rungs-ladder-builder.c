/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder of what is selected.  See rungs-ladder-builder.h. */

#include "config.h"

#include <string.h>

#include "rungs-ladder-builder.h"
#include "rungs-ladder-job.h"
#include "rungs-settings.h"

/* A ladder of so many messages is built within a frame; that of more by a worker. */
#define BUILT_AT_ONCE 20000

struct _RungsLadderBuilder
{
  GObject parent_instance;
  RungsDiagnoser *diagnoser; /* of the trace as it is */
  GArray *flows;             /* guint32, selected; NULL: none */
  RungsLadder *shown;        /* or NULL */
  GCancellable *building;    /* a ladder, in a worker; or NULL */
  RungsDiagnoser *building_for;
  RungsSelection *building_of; /* or NULL: of the flows */
  RungsDiagnoser *awaited;     /* it diagnoses the one flow that the ladder is to show; or NULL */
  gboolean outdated;           /* the trace has grown while a ladder was built or awaited */
  RungsLadderBusy busy;
};

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS
};

enum
{
  BUILT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsLadderBuilder, rungs_ladder_builder, G_TYPE_OBJECT)

static void run (RungsLadderBuilder *self, RungsDiagnoser *diagnoser, RungsSelection *selection);
static void update (RungsLadderBuilder *self);

static void
set_busy (RungsLadderBuilder *self, RungsLadderBusy busy)
{
  if (busy == self->busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
cancel (RungsLadderBuilder *self)
{
  g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
  g_clear_object (&self->building_for);
  g_clear_pointer (&self->building_of, rungs_selection_unref);
}

/* Whether @ladder is that of the same things as the one that is shown, of another time or with other options. */
static gboolean
succeeds (RungsLadderBuilder *self, RungsDiagnoser *diagnoser, RungsSelection *selection)
{
  return self->shown != NULL && (rungs_ladder_get_diagnoser (self->shown) != diagnoser ||
                                 rungs_ladder_get_selection (self->shown) == selection);
}

static void
hand_over (RungsLadderBuilder *self, RungsLadder *ladder)
{
  gboolean successor =
    ladder != NULL &&
    succeeds (self, rungs_ladder_get_diagnoser (ladder), rungs_ladder_get_selection (ladder));

  g_signal_emit (self, signals[BUILT], 0, ladder, successor);
}

/* What was built for a trace that meanwhile is known to hold more is shown all the same: it may grow faster than ladders can be
 * built. */
static void
built_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RungsLadder) ladder = rungs_ladder_job_run_finish (result, NULL);
  RungsLadderBuilder *self = data; /* gone, where it was cancelled */
  gboolean outdated;

  if (ladder == NULL)
    return;
  /* A fold was opened while the worker looked at the rows. */
  if (succeeds (self, rungs_ladder_get_diagnoser (ladder), rungs_ladder_get_selection (ladder)) &&
      !rungs_ladder_can_take (self->shown, ladder))
    {
      run (self, rungs_ladder_get_diagnoser (ladder), rungs_ladder_get_selection (ladder));
      return;
    }
  outdated = self->outdated;
  self->outdated = FALSE;
  cancel (self);
  hand_over (self, ladder);
  set_busy (self, RUNGS_LADDER_IDLE);
  if (outdated)
    update (self);
}

/* @selection: (nullable): that of the flows otherwise */
static void
run (RungsLadderBuilder *self, RungsDiagnoser *diagnoser, RungsSelection *selection)
{
  RungsLadderOptions options = rungs_settings_get_ladder_options (rungs_settings_get_default ());
  g_autoptr (RungsDiagnoser) building_for = g_object_ref (diagnoser);
  g_autoptr (RungsSelection) building_of = selection != NULL ? rungs_selection_ref (selection) : NULL;
  gboolean successor = succeeds (self, diagnoser, selection);

  cancel (self);
  self->building = g_cancellable_new ();
  rungs_ladder_job_run_async (diagnoser,
                              selection,
                              self->flows,
                              &options,
                              successor ? self->shown : NULL,
                              self->building,
                              built_cb,
                              self);
  self->building_for = g_steal_pointer (&building_for);
  self->building_of = g_steal_pointer (&building_of);
  set_busy (self,
            !successor                                                       ? RUNGS_LADDER_REPLACED
            : rungs_ladder_get_diagnoser (self->shown) == self->building_for ? RUNGS_LADDER_CHANGED
                                                                             : RUNGS_LADDER_IDLE);
}

/* The lines of a log are looked for in the whole trace, once. */
static gboolean
must_find_log_lines (RungsTrace *trace, const RungsLadderOptions *options)
{
  return options->log_lines && rungs_trace_get_n_messages (trace) > BUILT_AT_ONCE &&
         !rungs_log_lines_are_known (trace);
}

static void
build_of (RungsLadderBuilder *self,
          RungsDiagnoser *diagnoser,
          RungsSelection *selection,
          const RungsLadderOptions *options)
{
  if (rungs_selection_get_length (selection) > BUILT_AT_ONCE ||
      must_find_log_lines (rungs_diagnoser_get_trace (diagnoser), options))
    {
      run (self, diagnoser, selection);
    }
  else
    {
      g_autoptr (RungsLadder) ladder = rungs_ladder_new (diagnoser, selection, options);

      hand_over (self, ladder);
    }
}

static void
build (RungsLadderBuilder *self, RungsDiagnoser *diagnoser)
{
  RungsLadderOptions options = rungs_settings_get_ladder_options (rungs_settings_get_default ());
  RungsTrace *trace = rungs_diagnoser_get_trace (diagnoser);
  g_autoptr (RungsSelection) selection = NULL;
  guint n_messages = 0;

  for (guint i = 0; i < self->flows->len && n_messages <= BUILT_AT_ONCE; i++)
    n_messages += rungs_trace_get_flow (trace, g_array_index (self->flows, guint32, i))->n_messages;
  if (n_messages > BUILT_AT_ONCE)
    {
      run (self, diagnoser, NULL);
      return;
    }
  selection =
    rungs_selection_new_for_flows (trace, (const guint32 *) (gpointer) self->flows->data, self->flows->len);
  build_of (self, diagnoser, selection, &options);
}

/* A ladder that grows keeps its captions: it is taken over when the longer flow has its own. */
static gboolean
must_await_diagnosis (RungsLadderBuilder *self)
{
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  if (self->flows->len != 1 || self->shown == NULL ||
      rungs_ladder_get_trace (self->shown) == rungs_diagnoser_get_trace (self->diagnoser))
    return FALSE;
  diagnosis = rungs_diagnoser_find (self->diagnoser, g_array_index (self->flows, guint32, 0));
  return diagnosis == NULL;
}

static void
update (RungsLadderBuilder *self)
{
  cancel (self);
  self->outdated = FALSE;
  g_clear_object (&self->awaited);
  rungs_diagnoser_cancel (self->diagnoser,
                          self->flows != NULL && self->flows->len == 1
                            ? g_array_index (self->flows, guint32, 0)
                            : RUNGS_NO_FLOW);
  if (self->flows == NULL)
    hand_over (self, NULL);
  else if (must_await_diagnosis (self))
    self->awaited = g_object_ref (self->diagnoser);
  else
    build (self, self->diagnoser);
  if (self->building == NULL)
    set_busy (self, RUNGS_LADDER_IDLE);
}

static void
diagnosed_cb (RungsLadderBuilder *self, guint flow, RungsDiagnoser *diagnoser)
{
  g_autoptr (RungsDiagnoser) awaited = NULL;

  if (diagnoser != self->awaited)
    return;
  awaited = g_steal_pointer (&self->awaited);
  if (awaited != self->diagnoser)
    build (self, awaited);
  self->outdated = self->building != NULL;
  if (!self->outdated)
    update (self);
}

static void
rungs_ladder_builder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, rungs_ladder_builder_get_busy (RUNGS_LADDER_BUILDER (object)));
}

static void
rungs_ladder_builder_dispose (GObject *object)
{
  RungsLadderBuilder *self = RUNGS_LADDER_BUILDER (object);

  rungs_ladder_builder_stop (self);
  g_clear_object (&self->diagnoser);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->flows, g_array_unref);
  G_OBJECT_CLASS (rungs_ladder_builder_parent_class)->dispose (object);
}

static void
rungs_ladder_builder_class_init (RungsLadderBuilderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_ladder_builder_dispose;
  object_class->get_property = rungs_ladder_builder_get_property;
  properties[PROP_BUSY] =
    g_param_spec_uint ("busy",
                       NULL,
                       NULL,
                       RUNGS_LADDER_IDLE,
                       RUNGS_LADDER_CHANGED,
                       RUNGS_LADDER_IDLE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BUILT] = g_signal_new ("built",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 2,
                                 RUNGS_TYPE_LADDER,
                                 G_TYPE_BOOLEAN);
}

static void
rungs_ladder_builder_init (RungsLadderBuilder *self)
{
}

RungsLadderBuilder *
rungs_ladder_builder_new (void)
{
  return g_object_new (RUNGS_TYPE_LADDER_BUILDER, NULL);
}

void
rungs_ladder_builder_set_diagnoser (RungsLadderBuilder *self, RungsDiagnoser *diagnoser)
{
  g_return_if_fail (RUNGS_IS_LADDER_BUILDER (self) && RUNGS_IS_DIAGNOSER (diagnoser));

  if (self->diagnoser != NULL && self->diagnoser != self->awaited)
    rungs_diagnoser_cancel (self->diagnoser, RUNGS_NO_FLOW);
  g_set_object (&self->diagnoser, diagnoser);
  g_signal_connect_object (diagnoser, "diagnosed", G_CALLBACK (diagnosed_cb), self, G_CONNECT_SWAPPED);
}

void
rungs_ladder_builder_set_shown (RungsLadderBuilder *self, RungsLadder *ladder)
{
  g_return_if_fail (RUNGS_IS_LADDER_BUILDER (self));
  g_set_object (&self->shown, ladder);
}

/* Whether these are the flows that are being built: numbers stay while a trace grows. */
static gboolean
are_same (const GArray *a, const GArray *b)
{
  return a != NULL && b != NULL && a->len == b->len &&
         memcmp (a->data, b->data, a->len * sizeof (guint32)) == 0;
}

void
rungs_ladder_builder_show (RungsLadderBuilder *self, const GArray *flows)
{
  gboolean same;

  g_return_if_fail (RUNGS_IS_LADDER_BUILDER (self) && self->diagnoser != NULL);

  same = are_same (self->flows, flows);
  g_clear_pointer (&self->flows, g_array_unref);
  self->flows = flows != NULL ? g_array_copy ((GArray *) flows) : NULL;
  self->outdated = same && ((self->building != NULL && self->building_for != self->diagnoser) ||
                            (self->awaited != NULL && self->awaited != self->diagnoser));
  if (!self->outdated)
    update (self);
}

void
rungs_ladder_builder_update_options (RungsLadderBuilder *self)
{
  RungsLadderOptions options = rungs_settings_get_ladder_options (rungs_settings_get_default ());
  RungsLadderOptions looks = options;

  g_return_if_fail (RUNGS_IS_LADDER_BUILDER (self));

  if (self->shown != NULL)
    {
      looks = *rungs_ladder_get_options (self->shown);
      looks.captions = options.captions;
      looks.clock = options.clock;
      looks.time_style = options.time_style;
      rungs_ladder_set_options (self->shown, &looks);
    }
  if (self->building != NULL)
    run (self, self->building_for, self->building_of);
  else if (self->shown != NULL && !rungs_ladder_options_have_same_rows (&looks, &options))
    build_of (self,
              rungs_ladder_get_diagnoser (self->shown),
              rungs_ladder_get_selection (self->shown),
              &options);
}

RungsLadderBusy
rungs_ladder_builder_get_busy (RungsLadderBuilder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_BUILDER (self), RUNGS_LADDER_IDLE);
  return self->busy;
}

gboolean
rungs_ladder_builder_is_working (RungsLadderBuilder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_BUILDER (self), FALSE);
  return self->building != NULL || self->awaited != NULL;
}

void
rungs_ladder_builder_stop (RungsLadderBuilder *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_BUILDER (self));

  cancel (self);
  self->outdated = FALSE;
  if (self->awaited != NULL)
    rungs_diagnoser_cancel (self->awaited, RUNGS_NO_FLOW);
  g_clear_object (&self->awaited);
  if (self->diagnoser != NULL)
    rungs_diagnoser_cancel (self->diagnoser, RUNGS_NO_FLOW);
}
