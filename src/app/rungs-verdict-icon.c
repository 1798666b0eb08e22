/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The verdict's sign as a small widget.  See rungs-verdict-icon.h. */

#include "config.h"

#include "rungs-painter.h"
#include "rungs-scheme.h"
#include "rungs-verdict-icon.h"

#define SIZE 18

struct _RungsVerdictIcon
{
  GtkWidget parent_instance;
  RungsSeverity severity;
  RungsPainter *painter;
};

G_DEFINE_FINAL_TYPE (RungsVerdictIcon, rungs_verdict_icon, GTK_TYPE_WIDGET)

static void
rungs_verdict_icon_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
rungs_verdict_icon_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RungsVerdictIcon *self = RUNGS_VERDICT_ICON (widget);
  double x = (gtk_widget_get_width (widget) - SIZE) / 2.0;
  double y = (gtk_widget_get_height (widget) - SIZE) / 2.0;
  g_autoptr (GArray) shapes = NULL;
  RungsShape *shape;
  cairo_t *cr;

  if (self->severity == RUNGS_SEVERITY_NONE)
    return;
  /* Lists make icons for two hundred rows and show twenty. */
  if (self->painter == NULL)
    self->painter = rungs_painter_new (gtk_widget_get_pango_context (widget), RUNGS_SCHEME_LIGHT);
  shapes = rungs_shapes_new ();
  shape = rungs_shapes_add (shapes, RUNGS_SHAPE_ICON, RUNGS_STYLE_VERDICT, x, y, x + SIZE, y + SIZE);
  shape->severity = self->severity;
  rungs_painter_set_scheme (self->painter, rungs_scheme_get_current ());
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0,
                                                       0,
                                                       gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  rungs_painter_paint (self->painter, cr, shapes);
  cairo_destroy (cr);
}

/* Asked for when the pointer rests, because setting a tooltip for each row that is bound costs more than the row. */
static gboolean
rungs_verdict_icon_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RungsVerdictIcon *self = RUNGS_VERDICT_ICON (widget);

  gtk_tooltip_set_text (tooltip, rungs_severity_get_name (self->severity));
  return self->severity != RUNGS_SEVERITY_NONE;
}

static void
rungs_verdict_icon_finalize (GObject *object)
{
  RungsVerdictIcon *self = RUNGS_VERDICT_ICON (object);

  g_clear_pointer (&self->painter, rungs_painter_free);
  G_OBJECT_CLASS (rungs_verdict_icon_parent_class)->finalize (object);
}

static void
rungs_verdict_icon_class_init (RungsVerdictIconClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_verdict_icon_finalize;
  widget_class->measure = rungs_verdict_icon_measure;
  widget_class->snapshot = rungs_verdict_icon_snapshot;
  widget_class->query_tooltip = rungs_verdict_icon_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rungs_verdict_icon_init (RungsVerdictIcon *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  rungs_scheme_watch (GTK_WIDGET (self));
}

GtkWidget *
rungs_verdict_icon_new (void)
{
  return g_object_new (RUNGS_TYPE_VERDICT_ICON, NULL);
}

void
rungs_verdict_icon_set_severity (RungsVerdictIcon *self, RungsSeverity severity)
{
  const char *name = rungs_severity_get_name (severity);

  g_return_if_fail (RUNGS_IS_VERDICT_ICON (self));
  if (self->severity == severity)
    return;
  self->severity = severity;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
