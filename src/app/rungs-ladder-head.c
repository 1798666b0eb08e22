/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The lane heads.  See rungs-ladder-head.h. */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-ladder-head.h"
#include "rungs-ladder-ink.h"
#include "rungs-scheme.h"

struct _RungsLadderHead
{
  GtkWidget parent_instance;
  RungsLadder *ladder;
  RungsPainter *painter;
  GtkAdjustment *adjustment;
};

G_DEFINE_FINAL_TYPE (RungsLadderHead, rungs_ladder_head, GTK_TYPE_WIDGET)

static void
rungs_ladder_head_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  RungsLadderHead *self = RUNGS_LADDER_HEAD (widget);

  if (self->ladder == NULL || orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 1;
  else
    *minimum = *natural = (int) ceil (rungs_ladder_get_head_height (self->ladder));
}

static double
get_scroll (RungsLadderHead *self)
{
  return self->adjustment != NULL ? gtk_adjustment_get_value (self->adjustment) : 0;
}

static void
rungs_ladder_head_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RungsLadderHead *self = RUNGS_LADDER_HEAD (widget);
  g_autoptr (GArray) shapes = NULL;

  if (self->ladder == NULL)
    return;
  shapes = rungs_shapes_new ();
  rungs_ladder_get_head_shapes (self->ladder, shapes);
  /* The words over the time column are a button on screen, which stays where it is. */
  for (guint i = shapes->len; i > 0; i--)
    if (g_array_index (shapes, RungsShape, i - 1).style == RUNGS_STYLE_CLOCK)
      g_array_remove_index (shapes, i - 1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) -get_scroll (self), 0));
  rungs_ladder_ink_append (snapshot,
                           self->painter,
                           shapes,
                           get_scroll (self),
                           gtk_widget_get_width (widget),
                           gtk_widget_get_height (widget));
  gtk_snapshot_restore (snapshot);
}

/* Why the lane has its role, in a sentence of data/knowledge/roles.xml; NULL where nothing is known. */
static char *
describe_reason (const RungsLane *lane)
{
  const char *id = rungs_role_reason_get_id (lane->reason);
  const RungsFact *fact = id != NULL ? rungs_knowledge_lookup (RUNGS_TOPIC_ROLE_REASON, id) : NULL;
  const char *names[] = { "value", lane->reason_value != NULL ? lane->reason_value : "", NULL };

  if (fact == NULL || fact->explanation == NULL)
    return NULL;
  return rungs_template_fill (fact->explanation, names);
}

static char *
describe_lane (const RungsLane *lane)
{
  g_autofree char *reason = describe_reason (lane);
  const char *address =
    lane->address != NULL && g_strcmp0 (lane->name, lane->address) != 0 ? lane->address : "";
  g_autoptr (GString) text = g_string_new (rungs_lane_get_role_name (lane));

  if (lane->name != NULL && *lane->name != '\0')
    g_string_append_printf (text, "\n%s", lane->name);
  if (*address != '\0')
    g_string_append_printf (text, "\n%s", address);
  if (reason != NULL)
    g_string_append_printf (text, "\n%s", reason);
  return g_strdup (text->str);
}

static gboolean
query_tooltip_cb (RungsLadderHead *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  double nearest = 70;
  int lane = -1;
  RungsLanes *lanes;
  g_autofree char *text = NULL;

  if (self->ladder == NULL || keyboard)
    return FALSE;
  lanes = rungs_ladder_get_lanes (self->ladder);
  for (guint i = 0; i < rungs_lanes_get_n_lanes (lanes); i++)
    {
      double distance = fabs (rungs_ladder_get_lane_x (self->ladder, i) - get_scroll (self) - x);

      if (distance < nearest)
        {
          nearest = distance;
          lane = (int) i;
        }
    }
  if (lane < 0)
    return FALSE;
  text = describe_lane (rungs_lanes_get_lane (lanes, (guint) lane));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rungs_ladder_head_dispose (GObject *object)
{
  RungsLadderHead *self = RUNGS_LADDER_HEAD (object);

  g_clear_object (&self->ladder);
  g_clear_object (&self->adjustment);
  G_OBJECT_CLASS (rungs_ladder_head_parent_class)->dispose (object);
}

static void
rungs_ladder_head_class_init (RungsLadderHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_ladder_head_dispose;
  widget_class->measure = rungs_ladder_head_measure;
  widget_class->snapshot = rungs_ladder_head_snapshot;
  gtk_widget_class_set_css_name (widget_class, "lanes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rungs_ladder_head_init (RungsLadderHead *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  rungs_scheme_watch (GTK_WIDGET (self));
}

static void
update_label (RungsLadderHead *self)
{
  RungsLanes *lanes = rungs_ladder_get_lanes (self->ladder);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rungs_lanes_get_n_lanes (lanes); i++)
    {
      g_autofree char *lane = describe_lane (rungs_lanes_get_lane (lanes, i));

      g_strdelimit (lane, "\n", ' ');
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", lane);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lanes of the ladder"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str,
                                  -1);
}

void
rungs_ladder_head_set_ladder (RungsLadderHead *self, RungsLadder *ladder, RungsPainter *painter)
{
  g_return_if_fail (RUNGS_IS_LADDER_HEAD (self));
  if (self->ladder != NULL)
    g_signal_handlers_disconnect_by_data (self->ladder, self);
  g_set_object (&self->ladder, ladder);
  self->painter = painter;
  if (ladder != NULL)
    {
      g_signal_connect_object (ladder,
                               "layout-changed",
                               G_CALLBACK (gtk_widget_queue_draw),
                               self,
                               G_CONNECT_SWAPPED);
      update_label (self);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rungs_ladder_head_set_adjustment (RungsLadderHead *self, GtkAdjustment *adjustment)
{
  g_return_if_fail (RUNGS_IS_LADDER_HEAD (self));
  if (!g_set_object (&self->adjustment, adjustment) || adjustment == NULL)
    return;
  g_signal_connect_object (adjustment,
                           "value-changed",
                           G_CALLBACK (gtk_widget_queue_draw),
                           self,
                           G_CONNECT_SWAPPED);
}
