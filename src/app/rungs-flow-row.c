/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One flow in the narrow list.  See rungs-flow-row.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-flow-row.h"
#include "rungs-verdict-icon.h"

struct _RungsFlowRow
{
  GtkWidget parent_instance;
  RungsVerdictIcon *icon;
  GtkWidget *box;
  GtkInscription *title; /* texts that do not ask for room: two hundred rows are measured at once */
  GtkLabel *time;
  GtkInscription *result;
  GtkInscription *detail;
};

G_DEFINE_FINAL_TYPE (RungsFlowRow, rungs_flow_row, GTK_TYPE_WIDGET)

/* Each line may be ellipsised. */
static gboolean
rungs_flow_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RungsFlowRow *self = RUNGS_FLOW_ROW (widget);
  g_autofree char *text = g_strjoin ("\n",
                                     gtk_inscription_get_text (self->title),
                                     gtk_inscription_get_text (self->result),
                                     gtk_inscription_get_text (self->detail),
                                     NULL);

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rungs_flow_row_dispose (GObject *object)
{
  RungsFlowRow *self = RUNGS_FLOW_ROW (object);

  g_clear_pointer ((GtkWidget **) &self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_flow_row_parent_class)->dispose (object);
}

static void
rungs_flow_row_class_init (RungsFlowRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_flow_row_dispose;
  widget_class->query_tooltip = rungs_flow_row_query_tooltip;
  g_type_ensure (RUNGS_TYPE_VERDICT_ICON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-flow-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFlowRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowRow, box);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowRow, title);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowRow, time);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowRow, result);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowRow, detail);
}

static void
rungs_flow_row_init (RungsFlowRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
rungs_flow_row_new (void)
{
  return g_object_new (RUNGS_TYPE_FLOW_ROW, NULL);
}

static char *
describe_amount (guint n_messages, const char *duration)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%u message", "%u messages", n_messages), n_messages);

  if (*duration == '\0')
    return g_steal_pointer (&count);
  /* Translators: "6 messages, 0.41 s" */
  return g_strdup_printf (_ ("%s, %s"), count, duration);
}

char *
rungs_flow_row_bind (RungsFlowRow *self, RungsDiagnoser *diagnoser, guint flow, RungsClock clock)
{
  RungsTrace *trace = rungs_diagnoser_get_trace (diagnoser);
  RungsSeverity severity = rungs_flow_get_severity (trace, flow);
  g_autofree char *title = rungs_flow_text_parties (trace, flow);
  g_autofree char *time = rungs_flow_text (diagnoser, flow, RUNGS_FLOW_COLUMN_TIME, clock);
  g_autofree char *kind = rungs_flow_text (diagnoser, flow, RUNGS_FLOW_COLUMN_KIND, clock);
  g_autofree char *result = rungs_flow_text (diagnoser, flow, RUNGS_FLOW_COLUMN_RESULT, clock);
  g_autofree char *duration = rungs_flow_text (diagnoser, flow, RUNGS_FLOW_COLUMN_DURATION, clock);
  g_autofree char *amount = describe_amount (rungs_trace_get_flow (trace, flow)->n_messages, duration);
  /* Translators: a flow's kind, its number of messages and its duration: "Registration · 6 messages, 0.41 s" */
  g_autofree char *detail = g_strdup_printf (_ ("%s · %s"), kind, amount);
  char *dot = strrchr (time, '.');

  g_return_val_if_fail (RUNGS_IS_FLOW_ROW (self), NULL);
  if (dot != NULL)
    *dot = '\0';
  rungs_verdict_icon_set_severity (self->icon, severity);
  gtk_inscription_set_text (self->title, title);
  gtk_label_set_text (self->time, time);
  gtk_inscription_set_text (self->result, *result != '\0' ? result : kind);
  gtk_inscription_set_text (self->detail, detail);
  /* Translators: verdict; who; time; result; detail.  Read out by screen readers. */
  return g_strdup_printf (_ ("%s. %s, %s. %s. %s"),
                          rungs_severity_get_name (severity),
                          title,
                          time,
                          result,
                          detail);
}
