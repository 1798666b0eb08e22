/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Shapes of a row or of the heads → ink on screen.  See rungs-ladder-ink.h. */

#include "config.h"

#include "rungs-ladder-ink.h"
#include "rungs-scheme.h"

/* px that a shape may reach beyond its ends: heads of arrows, ends of lines. */
#define OVERHANG 16

static gboolean
is_seen (const RungsShape *shape, double left, double right)
{
  double x1 = MIN (shape->x1, shape->x2);
  double x2 = MAX (shape->x1, shape->x2);

  if (shape->kind == RUNGS_SHAPE_TEXT)
    {
      double width = shape->text != NULL ? rungs_style_estimate_width (shape->style, shape->text) : 0;

      /* The estimate is not the font of the screen: twice as wide is wide enough. */
      x1 = shape->x1 - 2 * width;
      x2 = shape->x1 + 2 * width;
    }
  return x2 + OVERHANG >= left && x1 - OVERHANG <= right;
}

void
rungs_ladder_ink_append (
  GtkSnapshot *snapshot, RungsPainter *painter, GArray *shapes, double left, double width, double height)
{
  g_autoptr (GArray) seen = NULL;
  cairo_t *cr;

  g_return_if_fail (painter != NULL && shapes != NULL);
  /* Borrows the texts of @shapes. */
  seen = g_array_sized_new (FALSE, FALSE, sizeof (RungsShape), MIN (shapes->len, 256));
  for (guint i = 0; i < shapes->len; i++)
    if (is_seen (&g_array_index (shapes, RungsShape, i), left, left + width))
      g_array_append_val (seen, g_array_index (shapes, RungsShape, i));
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT ((float) left, 0, (float) width, (float) height));
  rungs_painter_set_scheme (painter, rungs_scheme_get_current ());
  rungs_painter_paint (painter, cr, seen);
  cairo_destroy (cr);
}
