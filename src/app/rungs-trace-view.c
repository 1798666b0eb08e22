/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One trace in three panes.  See rungs-trace-view.h. */

#include "config.h"

#include "rungs-judge-job.h"
#include "rungs-ladder-builder.h"
#include "rungs-pane-widths.h"
#include "rungs-rule-switches.h"
#include "rungs-same-message.h"
#include "rungs-settings.h"
#include "rungs-trace-view.h"

#define WIDE   1000 /* px for three panes */
#define MEDIUM 620  /* px for two */
#define LADDER 420  /* px below which a ladder is hard to read beside a table */
#define NARROW 320  /* px that are always enough */
#define LOW    260

typedef enum
{
  ROOM_UNKNOWN,
  ROOM_NARROW,
  ROOM_MEDIUM,
  ROOM_WIDE,
} Room;

typedef enum
{
  PANE_LADDER,
  PANE_FLOWS,
  PANE_INSPECTOR,
} Pane;

enum
{
  PROP_0,
  PROP_FLOWS_VISIBLE,
  PROP_INSPECTOR_VISIBLE,
  N_PROPS
};

struct _RungsTraceView
{
  GtkWidget parent_instance;
  GCancellable *judging; /* anew, after rules were switched or signatures checked; or NULL */
  gboolean switched;     /* it is for rules: all of the inspector is another one */
  RungsLadderBuilder *builder;
  GtkPaned *outer;
  GtkPaned *inner;
  RungsFlowView *flows;
  RungsLadderView *ladder;
  RungsInspector *inspector;
  RungsDiagnoser *diagnoser;
  RungsSignatureChecker *checker;
  RungsSignatureCheck check; /* that the inspector shows */
  Room room;
  Pane front; /* the side pane that stands beside or before the ladder where there is no room for all */
  RungsPaneWidths widths;
  gboolean placing; /* the panes are being allocated: a handle that moves was not moved by hand */
  guint idle;
};

G_DEFINE_FINAL_TYPE (RungsTraceView, rungs_trace_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* Whether all three panes have room: as long as nothing is known, yes. */
static gboolean
has_room (RungsTraceView *self)
{
  return self->room == ROOM_WIDE || self->room == ROOM_UNKNOWN;
}

static gboolean
get_flows_visible (RungsTraceView *self)
{
  if (has_room (self))
    return rungs_settings_get_boolean (rungs_settings_get_default (), "show-flows");
  return self->front == PANE_FLOWS;
}

static gboolean
get_inspector_visible (RungsTraceView *self)
{
  if (has_room (self))
    return rungs_settings_get_boolean (rungs_settings_get_default (), "show-inspector");
  return self->front == PANE_INSPECTOR;
}

static void
update_panes (RungsTraceView *self)
{
  gboolean flows = get_flows_visible (self);
  gboolean inspector = get_inspector_visible (self);

  gtk_widget_set_visible (GTK_WIDGET (self->flows), flows);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), inspector);
  gtk_widget_set_visible (GTK_WIDGET (self->ladder), self->room != ROOM_NARROW || !(flows || inspector));
  gtk_widget_set_visible (GTK_WIDGET (self->inner),
                          gtk_widget_get_visible (GTK_WIDGET (self->ladder)) || inspector);
  /* The line of what was read stands under the flow list, and is seen without that, too. */
  rungs_ladder_view_set_status (self->ladder, flows ? NULL : rungs_trace_view_get_trace (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLOWS_VISIBLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSPECTOR_VISIBLE]);
}

static gboolean
room_changed_cb (gpointer data)
{
  RungsTraceView *self = data;

  self->idle = 0;
  update_panes (self);
  return G_SOURCE_REMOVE;
}

static void
moved_cb (RungsTraceView *self, GParamSpec *pspec, GtkPaned *paned)
{
  if (self->placing || self->room == ROOM_NARROW || self->room == ROOM_UNKNOWN)
    return;
  rungs_pane_widths_take (&self->widths, paned, paned == self->outer);
}

static void
rungs_trace_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? NARROW : LOW;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDE : LOW;
}

static void
rungs_trace_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RungsTraceView *self = RUNGS_TRACE_VIEW (widget);
  gboolean table = rungs_settings_get_boolean (rungs_settings_get_default (), "flow-columns");
  int wide = table ? RUNGS_TABLE_WIDTH + LADDER + MIN (self->widths.inspector, LADDER) : WIDE;
  Room room = width >= wide ? ROOM_WIDE : width >= MEDIUM ? ROOM_MEDIUM : ROOM_NARROW;
  int minimum;

  if (room != self->room)
    {
      self->room = room;
      self->front = room == ROOM_MEDIUM ? PANE_FLOWS : PANE_LADDER;
      if (self->idle == 0)
        self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, room_changed_cb, self, NULL);
    }
  if (room != ROOM_NARROW)
    {
      self->placing = TRUE;
      rungs_pane_widths_place (&self->widths, self->outer, self->inner, width);
      self->placing = FALSE;
    }
  gtk_widget_measure (GTK_WIDGET (self->outer), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  self->placing = TRUE;
  gtk_widget_allocate (GTK_WIDGET (self->outer), MAX (width, minimum), height, baseline, NULL);
  self->placing = FALSE;
}

static void
rungs_trace_view_unmap (GtkWidget *widget)
{
  rungs_pane_widths_remember (&RUNGS_TRACE_VIEW (widget)->widths);
  GTK_WIDGET_CLASS (rungs_trace_view_parent_class)->unmap (widget);
}

static void
set_pane_visible (RungsTraceView *self, Pane pane, gboolean visible)
{
  if (has_room (self))
    g_object_set (rungs_settings_get_default (),
                  pane == PANE_FLOWS ? "show-flows" : "show-inspector",
                  visible,
                  NULL);
  else if (visible)
    self->front = pane;
  else if (self->front == pane)
    self->front = PANE_LADDER;
  update_panes (self);
}

static void
rungs_trace_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RungsTraceView *self = RUNGS_TRACE_VIEW (object);

  if (id == PROP_FLOWS_VISIBLE)
    g_value_set_boolean (value, get_flows_visible (self));
  else
    g_value_set_boolean (value, get_inspector_visible (self));
}

static void
rungs_trace_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_pane_visible (RUNGS_TRACE_VIEW (object),
                    id == PROP_FLOWS_VISIBLE ? PANE_FLOWS : PANE_INSPECTOR,
                    g_value_get_boolean (value));
}

static guint
get_selected_message (RungsTraceView *self)
{
  RungsLadder *ladder = rungs_ladder_view_get_ladder (self->ladder);
  guint row = rungs_ladder_view_get_selected (self->ladder);
  guint message = RUNGS_NO_MESSAGE;
  RungsRungKind kind;

  if (ladder != NULL && row != GTK_INVALID_LIST_POSITION)
    rungs_ladder_get_row (ladder, row, &kind, &message);
  return message;
}

static RungsSignatureCheck
get_check (RungsTrace *trace, guint message)
{
  const RungsSignatureCheck *check =
    message != RUNGS_NO_MESSAGE ? rungs_trace_get_signature_check (trace, message) : NULL;

  return check != NULL ? *check : (RungsSignatureCheck){ 0 };
}

static void
row_changed_cb (RungsTraceView *self)
{
  self->check = get_check (rungs_trace_view_get_trace (self), get_selected_message (self));
  rungs_inspector_show (self->inspector,
                        rungs_ladder_view_get_ladder (self->ladder),
                        rungs_ladder_view_get_selected (self->ladder));
}

static RungsMark
get_mark (RungsTrace *trace, guint message)
{
  return message != RUNGS_NO_MESSAGE ? rungs_trace_get_message (trace, message)->mark : 0;
}

/* The same selection in a trace that holds more, judged anew or with other options: everything stays where it is. */
static void
update_ladder (RungsTraceView *self, RungsLadder *ladder)
{
  g_autoptr (RungsTrace) old =
    g_object_ref (rungs_ladder_get_trace (rungs_ladder_view_get_ladder (self->ladder)));
  RungsTrace *trace = rungs_ladder_get_trace (ladder);
  guint row = rungs_ladder_view_get_selected (self->ladder);
  guint message = get_selected_message (self);
  guint same = message != RUNGS_NO_MESSAGE ? rungs_same_message_find (trace, old, message) : RUNGS_NO_MESSAGE;
  RungsMark mark = get_mark (old, message);
  RungsSignatureCheck check = get_check (trace, same);

  rungs_ladder_view_update (self->ladder, ladder, same);
  if (row == GTK_INVALID_LIST_POSITION || same == RUNGS_NO_MESSAGE || get_mark (trace, same) != mark ||
      rungs_ladder_view_get_selected (self->ladder) != row || check.state != self->check.state ||
      check.reason != self->check.reason || self->switched)
    row_changed_cb (self);
  if (trace == old)
    self->switched = FALSE;
}

static void
built_cb (RungsTraceView *self, RungsLadder *ladder, gboolean succeeds)
{
  if (succeeds)
    update_ladder (self, ladder);
  else
    rungs_ladder_view_set_ladder (self->ladder, ladder);
  rungs_ladder_builder_set_shown (self->builder, rungs_ladder_view_get_ladder (self->ladder));
}

static void
busy_changed_cb (RungsTraceView *self)
{
  rungs_ladder_view_set_busy (self->ladder, rungs_ladder_builder_get_busy (self->builder));
}

static void
flows_changed_cb (RungsTraceView *self)
{
  g_autoptr (GArray) flows = rungs_flow_view_dup_selected (self->flows);

  rungs_ladder_builder_show (self->builder, flows);
}

static void
diagnosed_cb (RungsTraceView *self, guint flow, RungsDiagnoser *diagnoser)
{
  RungsLadder *shown = rungs_ladder_view_get_ladder (self->ladder);

  if (shown == NULL || rungs_ladder_get_diagnoser (shown) != diagnoser)
    return;
  rungs_ladder_view_diagnosed (self->ladder);
  rungs_inspector_diagnosed (self->inspector);
}

static void
flow_activated_cb (RungsTraceView *self)
{
  if (self->room == ROOM_NARROW)
    set_pane_visible (self, PANE_FLOWS, FALSE);
  rungs_ladder_view_focus (self->ladder);
}

static void
row_activated_cb (RungsTraceView *self)
{
  set_pane_visible (self, PANE_INSPECTOR, TRUE);
}

/* The way out of a side pane, where it stands before the ladder too. In the ladder the key is left to who is further out. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RungsTraceView *self = RUNGS_TRACE_VIEW (widget);
  gboolean covered = self->room == ROOM_NARROW && self->front != PANE_LADDER;

  if (!covered && gtk_widget_get_focus_child (GTK_WIDGET (self->inner)) == GTK_WIDGET (self->ladder))
    return GDK_EVENT_PROPAGATE;
  if (covered)
    set_pane_visible (self, self->front, FALSE);
  rungs_ladder_view_focus (self->ladder);
  return GDK_EVENT_STOP;
}

static void
columns_changed_cb (RungsTraceView *self)
{
  rungs_pane_widths_recall (&self->widths);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RungsTraceView) self = data;

  if (!rungs_judge_job_run_finish (result, NULL) || RUNGS_TRACE (source) != rungs_trace_view_get_trace (self))
    return;
  g_clear_object (&self->judging);
  rungs_trace_view_set_trace (self, RUNGS_TRACE (source));
}

/* A trace that comes while another is judged has been judged by the loader, by what was switched on then or is now. */
static void
judge_again (RungsTraceView *self)
{
  RungsTrace *trace = rungs_trace_view_get_trace (self);

  g_cancellable_cancel (self->judging);
  g_clear_object (&self->judging);
  if (trace == NULL)
    return;
  self->judging = g_cancellable_new ();
  rungs_judge_job_run_async (trace, self->judging, judged_cb, g_object_ref (self));
}

static void
rules_switched_cb (RungsTraceView *self)
{
  self->switched = TRUE;
  judge_again (self);
}

static void
rungs_trace_view_dispose (GObject *object)
{
  RungsTraceView *self = RUNGS_TRACE_VIEW (object);

  if (self->checker != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->checker, self);
      rungs_signature_checker_forget (self->checker);
    }
  g_clear_object (&self->checker);

  g_cancellable_cancel (self->judging);
  g_clear_object (&self->judging);
  if (self->builder != NULL)
    rungs_ladder_builder_stop (self->builder);
  g_clear_object (&self->builder);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->outer, gtk_widget_unparent);
  g_clear_object (&self->diagnoser);
  G_OBJECT_CLASS (rungs_trace_view_parent_class)->dispose (object);
}

static void
rungs_trace_view_class_init (RungsTraceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rungs_trace_view_dispose;
  object_class->get_property = rungs_trace_view_get_property;
  object_class->set_property = rungs_trace_view_set_property;
  widget_class->measure = rungs_trace_view_measure;
  widget_class->size_allocate = rungs_trace_view_size_allocate;
  widget_class->unmap = rungs_trace_view_unmap;
  properties[PROP_FLOWS_VISIBLE] = g_param_spec_boolean ("flows-visible", NULL, NULL, TRUE, flags);
  properties[PROP_INSPECTOR_VISIBLE] = g_param_spec_boolean ("inspector-visible", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RUNGS_TYPE_FLOW_VIEW);
  g_type_ensure (RUNGS_TYPE_LADDER_VIEW);
  g_type_ensure (RUNGS_TYPE_INSPECTOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-trace-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsTraceView, outer);
  gtk_widget_class_bind_template_child (widget_class, RungsTraceView, inner);
  gtk_widget_class_bind_template_child (widget_class, RungsTraceView, flows);
  gtk_widget_class_bind_template_child (widget_class, RungsTraceView, ladder);
  gtk_widget_class_bind_template_child (widget_class, RungsTraceView, inspector);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, flows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, flow_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
rungs_trace_view_init (RungsTraceView *self)
{
  static const char *const options[] = { "notify::captions", "notify::inferred",   "notify::log-lines",
                                         "notify::fold",     "notify::time-style", "notify::clock" };

  self->front = PANE_LADDER;
  self->room = ROOM_UNKNOWN;
  rungs_pane_widths_recall (&self->widths);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (rungs_settings_get_default (),
                           "notify::flow-columns",
                           G_CALLBACK (columns_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  /* Which panes are shown is one for all tabs and windows. */
  g_signal_connect_object (rungs_settings_get_default (),
                           "notify::show-flows",
                           G_CALLBACK (update_panes),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rungs_settings_get_default (),
                           "notify::show-inspector",
                           G_CALLBACK (update_panes),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rungs_rule_switches_get_default (),
                           "changed",
                           G_CALLBACK (rules_switched_cb),
                           self,
                           G_CONNECT_SWAPPED);
  self->builder = rungs_ladder_builder_new ();
  g_signal_connect_object (self->builder, "built", G_CALLBACK (built_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->builder,
                           "notify::busy",
                           G_CALLBACK (busy_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_signal_connect_object (rungs_settings_get_default (),
                             options[i],
                             G_CALLBACK (rungs_ladder_builder_update_options),
                             self->builder,
                             G_CONNECT_SWAPPED);
  self->checker = rungs_signature_checker_new ();
  g_signal_connect_object (self->checker, "checked", G_CALLBACK (judge_again), self, G_CONNECT_SWAPPED);
  rungs_inspector_set_checker (self->inspector, self->checker);
  rungs_inspector_show (self->inspector, NULL, GTK_INVALID_LIST_POSITION);
  update_panes (self);
}

void
rungs_trace_view_set_trace (RungsTraceView *self, RungsTrace *trace)
{
  g_return_if_fail (RUNGS_IS_TRACE_VIEW (self));
  g_return_if_fail (RUNGS_IS_TRACE (trace));
  g_clear_object (&self->diagnoser);
  rungs_signature_checker_set_trace (self->checker, trace);
  self->diagnoser = rungs_diagnoser_new (trace);
  rungs_diagnoser_set_background (self->diagnoser, TRUE);
  g_signal_connect_object (self->diagnoser, "diagnosed", G_CALLBACK (diagnosed_cb), self, G_CONNECT_SWAPPED);
  rungs_ladder_builder_set_diagnoser (self->builder, self->diagnoser);
  rungs_flow_view_set_diagnoser (self->flows, self->diagnoser);
  rungs_ladder_view_set_status (self->ladder, get_flows_visible (self) ? NULL : trace);
}

RungsTrace *
rungs_trace_view_get_trace (RungsTraceView *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), NULL);
  return self->diagnoser != NULL ? rungs_diagnoser_get_trace (self->diagnoser) : NULL;
}

gboolean
rungs_trace_view_get_busy (RungsTraceView *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), FALSE);
  return self->judging != NULL || rungs_ladder_builder_is_working (self->builder);
}

RungsSignatureChecker *
rungs_trace_view_get_checker (RungsTraceView *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), NULL);
  return self->checker;
}

RungsFlowView *
rungs_trace_view_get_flow_view (RungsTraceView *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), NULL);
  return self->flows;
}

RungsLadderView *
rungs_trace_view_get_ladder_view (RungsTraceView *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), NULL);
  return self->ladder;
}

RungsInspector *
rungs_trace_view_get_inspector (RungsTraceView *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), NULL);
  return self->inspector;
}

void
rungs_trace_view_focus_filter (RungsTraceView *self)
{
  g_return_if_fail (RUNGS_IS_TRACE_VIEW (self));
  set_pane_visible (self, PANE_FLOWS, TRUE);
  rungs_flow_view_focus_filter (self->flows);
}

void
rungs_trace_view_focus_pane (RungsTraceView *self, int step)
{
  GtkWidget *panes[] = { GTK_WIDGET (self->flows), GTK_WIDGET (self->ladder), GTK_WIDGET (self->inspector) };
  const int n_panes = G_N_ELEMENTS (panes);
  GtkWidget *focus;
  int position = 0;

  g_return_if_fail (RUNGS_IS_TRACE_VIEW (self));
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  while (position < n_panes && (focus == NULL || !gtk_widget_is_ancestor (focus, panes[position])))
    position++;
  if (position == n_panes) /* the focus is outside: the first pane, or the last */
    position = step > 0 ? -1 : n_panes;
  for (int i = 1; i <= n_panes; i++)
    {
      GtkWidget *pane = panes[(position + step * i + n_panes) % n_panes];

      if (!gtk_widget_get_mapped (pane))
        continue;
      if (pane == GTK_WIDGET (self->ladder))
        rungs_ladder_view_focus (self->ladder);
      else
        gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
      return;
    }
}

void
rungs_trace_view_show_tab (RungsTraceView *self, const char *name)
{
  g_return_if_fail (RUNGS_IS_TRACE_VIEW (self));
  set_pane_visible (self, PANE_INSPECTOR, TRUE);
  rungs_inspector_show_tab (self->inspector, name);
}

void
rungs_trace_view_show_note (RungsTraceView *self, const char *id)
{
  g_return_if_fail (RUNGS_IS_TRACE_VIEW (self));
  set_pane_visible (self, PANE_INSPECTOR, TRUE);
  rungs_inspector_show_note (self->inspector, id);
}

gboolean
rungs_trace_view_go_to_message (RungsTraceView *self, guint message)
{
  RungsLadder *ladder;
  guint row;

  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), FALSE);
  ladder = rungs_ladder_view_get_ladder (self->ladder);
  row = ladder != NULL ? rungs_ladder_reveal (ladder, message) : G_MAXUINT;
  if (row == G_MAXUINT)
    return FALSE;
  rungs_ladder_view_select_row (self->ladder, row);
  return TRUE;
}

gboolean
rungs_trace_view_go_to_problem (RungsTraceView *self, int step, gboolean *around)
{
  guint before;
  guint row;

  g_return_val_if_fail (RUNGS_IS_TRACE_VIEW (self), FALSE);
  before = rungs_ladder_view_get_selected (self->ladder);
  row = rungs_ladder_view_find_problem (self->ladder, step);
  *around = before != GTK_INVALID_LIST_POSITION && (step > 0 ? row <= before : row >= before);
  if (row == GTK_INVALID_LIST_POSITION)
    return FALSE;
  rungs_ladder_view_select_row (self->ladder, row);
  return TRUE;
}
