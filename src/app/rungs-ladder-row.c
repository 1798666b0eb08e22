/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One row of the ladder on screen.  See rungs-ladder-row.h. */

#include "config.h"

#include <math.h>

#include "rungs-ladder-ink.h"
#include "rungs-ladder-row.h"
#include "rungs-scheme.h"

struct _RungsLadderRow
{
  GtkWidget parent_instance;
  RungsLadder *ladder;
  RungsPainter *painter;
  GtkAdjustment *adjustment; /* of scrolling sideways */
  guint row;
  gboolean selected;
  gboolean described;
};

G_DEFINE_FINAL_TYPE (RungsLadderRow, rungs_ladder_row, GTK_TYPE_WIDGET)

static void
rungs_ladder_row_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  RungsLadderRow *self = RUNGS_LADDER_ROW (widget);

  if (self->ladder == NULL)
    *minimum = *natural = 1;
  else if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) ceil (rungs_ladder_get_row_height (self->ladder));
  else
    *minimum = *natural = (int) ceil (rungs_ladder_get_minimum_width (self->ladder));
}

static void
tint_selected (GtkWidget *widget, GtkSnapshot *snapshot, float left, float width)
{
  const float inset = 6;
  GskRoundedRect outline;
  GdkRGBA color;

  /* Everything here is drawn by the painter; only the accent is the theme's. */
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", &color))
    gdk_rgba_parse (&color, "#3584e4");
  color.alpha = 0.11f;
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (left + inset,
                                                        1,
                                                        MAX (width - 2 * inset, 1),
                                                        gtk_widget_get_height (widget) - 2),
                                   9);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  if (rungs_scheme_get_current () >= RUNGS_SCHEME_HIGH_CONTRAST)
    {
      color.alpha = 1;
      gtk_snapshot_append_border (snapshot,
                                  &outline,
                                  (float[4]){ 2, 2, 2, 2 },
                                  (GdkRGBA[4]){ color, color, color, color });
    }
}

static void
rungs_ladder_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RungsLadderRow *self = RUNGS_LADDER_ROW (widget);
  g_autoptr (GArray) shapes = NULL;
  double left;
  double width;

  if (self->ladder == NULL || self->row >= rungs_ladder_get_n_rows (self->ladder))
    return;
  left = gtk_adjustment_get_value (self->adjustment);
  width = MIN (gtk_adjustment_get_page_size (self->adjustment), gtk_widget_get_width (widget));
  shapes = rungs_shapes_new ();
  rungs_ladder_get_row_shapes (self->ladder, self->row, shapes);
  rungs_ladder_ink_append (snapshot, self->painter, shapes, left, width, gtk_widget_get_height (widget));
  if (self->selected)
    tint_selected (widget, snapshot, (float) left, (float) width);
}

static void
rungs_ladder_row_dispose (GObject *object)
{
  rungs_ladder_row_unbind (RUNGS_LADDER_ROW (object));
  G_OBJECT_CLASS (rungs_ladder_row_parent_class)->dispose (object);
}

static void
rungs_ladder_row_class_init (RungsLadderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_ladder_row_dispose;
  widget_class->measure = rungs_ladder_row_measure;
  widget_class->snapshot = rungs_ladder_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "rung");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rungs_ladder_row_init (RungsLadderRow *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  rungs_scheme_watch (GTK_WIDGET (self));
}

GtkWidget *
rungs_ladder_row_new (void)
{
  return g_object_new (RUNGS_TYPE_LADDER_ROW, NULL);
}

void
rungs_ladder_row_bind (
  RungsLadderRow *self, RungsLadder *ladder, RungsPainter *painter, GtkAdjustment *adjustment, guint row)
{
  g_return_if_fail (RUNGS_IS_LADDER_ROW (self));
  g_return_if_fail (RUNGS_IS_LADDER (ladder));
  rungs_ladder_row_unbind (self);
  self->ladder = g_object_ref (ladder);
  self->painter = painter;
  self->adjustment = g_object_ref (adjustment);
  self->row = row;
  self->described = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rungs_ladder_row_unbind (RungsLadderRow *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_ROW (self));
  if (self->ladder == NULL)
    return;
  g_clear_object (&self->ladder);
  g_clear_object (&self->adjustment);
  self->painter = NULL;
}

void
rungs_ladder_row_set_selected (RungsLadderRow *self, gboolean selected)
{
  g_return_if_fail (RUNGS_IS_LADDER_ROW (self));
  if (self->selected == selected)
    return;
  self->selected = selected;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
rungs_ladder_row_get_row (RungsLadderRow *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_ROW (self), 0);
  return self->row;
}

gboolean
rungs_ladder_row_describe (RungsLadderRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *words = NULL;

  g_return_val_if_fail (RUNGS_IS_LADDER_ROW (self), FALSE);
  if (self->ladder == NULL || item == NULL || self->described ||
      self->row >= rungs_ladder_get_n_rows (self->ladder))
    return FALSE;
  words = rungs_ladder_describe_row (self->ladder, self->row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  self->described = TRUE;
  return TRUE;
}

void
rungs_ladder_row_update (RungsLadderRow *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_ROW (self));
  if (self->ladder == NULL)
    return;
  self->described = FALSE;
  /* A new width comes while the view is being allocated, when only drawing may be asked for. */
  if (gtk_widget_get_height (GTK_WIDGET (self)) != (int) ceil (rungs_ladder_get_row_height (self->ladder)))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
