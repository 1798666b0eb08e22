/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Shapes → ink.  See rungs-painter.h.
 *
 * One Pango layout is used for all texts; font descriptions are made once a style. */

#include "config.h"

#include <math.h>

#include "rungs-painter.h"
#include "rungs-sign.h"

#define SANS_FAMILY      "Cantarell, Noto Sans, DejaVu Sans, sans-serif"
#define MONOSPACE_FAMILY "Source Code Pro, JetBrains Mono, DejaVu Sans Mono, monospace"
#define SMALLEST_FIT     0.8 /* of a font's size, where it runs wide */

struct _RungsPainter
{
  PangoLayout *layout;
  PangoFontDescription *fonts[RUNGS_N_STYLES];
  char *family; /* of the widget's context, or NULL */
  RungsScheme scheme;
};

/* Without hinting, so that the same picture comes out whatever the settings of the desktop. */
static PangoContext *
create_context (void)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  cairo_font_options_destroy (options);
  return context;
}

RungsPainter *
rungs_painter_new (PangoContext *context, RungsScheme scheme)
{
  RungsPainter *self = g_new0 (RungsPainter, 1);
  PangoContext *own = context != NULL ? g_object_ref (context) : create_context ();

  if (context != NULL)
    self->family =
      g_strdup (pango_font_description_get_family (pango_context_get_font_description (context)));
  self->layout = pango_layout_new (own);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  self->scheme = scheme;
  g_object_unref (own);
  return self;
}

void
rungs_painter_free (RungsPainter *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->layout);
  for (guint i = 0; i < RUNGS_N_STYLES; i++)
    g_clear_pointer (&self->fonts[i], pango_font_description_free);
  g_free (self->family);
  g_free (self);
}

void
rungs_painter_set_scheme (RungsPainter *self, RungsScheme scheme)
{
  g_return_if_fail (self != NULL);
  self->scheme = scheme;
}

/* The layout was made for texts as wide as rungs_style_estimate_width() says: a font that runs wider is set a little smaller, so
 * that no label is cut which has its place. */
static void
fit_to_estimate (RungsPainter *self, PangoFontDescription *font, RungsStyle style)
{
  static const char sample[] = "REGISTER 401 Unauthorized: the client proves that it knows the password.";
  double size = rungs_style_get_font_size (style);
  double expected = rungs_style_estimate_width (style, sample);
  int width;

  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, sample, -1);
  pango_layout_get_size (self->layout, &width, NULL);
  if (width > expected * PANGO_SCALE)
    pango_font_description_set_absolute_size (font,
                                              size * PANGO_SCALE *
                                                MAX (SMALLEST_FIT, expected * PANGO_SCALE / width));
}

static PangoFontDescription *
get_font (RungsPainter *self, RungsStyle style)
{
  PangoFontDescription *font = self->fonts[style];

  if (font != NULL)
    return font;
  font = pango_font_description_new ();
  if (rungs_style_is_monospace (style))
    pango_font_description_set_family (font, MONOSPACE_FAMILY);
  else
    pango_font_description_set_family (font, self->family != NULL ? self->family : SANS_FAMILY);
  pango_font_description_set_absolute_size (font, rungs_style_get_font_size (style) * PANGO_SCALE);
  if (rungs_style_is_bold (style))
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (rungs_style_is_italic (style))
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  if (!rungs_style_is_monospace (style))
    fit_to_estimate (self, font, style);
  self->fonts[style] = font;
  return font;
}

static void
set_color (cairo_t *cr, RungsColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

/* One line of text at @x, @y (baseline), at most @limit wide (0: any). */
static void
paint_text (RungsPainter *self,
            cairo_t *cr,
            const RungsShape *shape,
            RungsAlign align,
            double x,
            double y,
            double limit)
{
  int width;

  pango_layout_set_font_description (self->layout, get_font (self, shape->style));
  pango_layout_set_ellipsize (self->layout, limit > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  pango_layout_set_width (self->layout, limit > 0 ? (int) (limit * PANGO_SCALE) : -1);
  pango_layout_set_text (self->layout, shape->text, -1);
  if (align != RUNGS_ALIGN_START)
    {
      PangoRectangle logical;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (self->layout, 0), NULL, &logical);
      width = logical.width;
      x -= (double) width / PANGO_SCALE / (align == RUNGS_ALIGN_CENTER ? 2 : 1);
    }
  cairo_move_to (cr, x, y);
  set_color (cr, rungs_palette_get_ink (self->scheme, shape));
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (self->layout, 0));
}

static void
add_rounded_box (cairo_t *cr, const RungsShape *shape, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, shape->x2 - radius, shape->y1 + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, shape->x2 - radius, shape->y2 - radius, radius, 0, G_PI_2);
  cairo_arc (cr, shape->x1 + radius, shape->y2 - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, shape->x1 + radius, shape->y1 + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
paint_box (RungsPainter *self, cairo_t *cr, const RungsShape *shape)
{
  double radius = shape->kind == RUNGS_SHAPE_PILL ? (shape->y2 - shape->y1) / 2 : RUNGS_PLATE_RADIUS;

  add_rounded_box (cr, shape, radius);
  set_color (cr, rungs_palette_get_fill (self->scheme, shape));
  cairo_fill (cr);
  if (shape->kind == RUNGS_SHAPE_PILL)
    paint_text (self,
                cr,
                shape,
                RUNGS_ALIGN_CENTER,
                (shape->x1 + shape->x2) / 2,
                (shape->y1 + shape->y2) / 2 + rungs_style_get_font_size (shape->style) * 0.36,
                shape->x2 - shape->x1 - 4);
}

static void
paint_line (RungsPainter *self, cairo_t *cr, const RungsShape *shape)
{
  double dashes[2];
  double head = shape->kind == RUNGS_SHAPE_ARROW ? rungs_style_get_head_length (shape->style) : 0;
  double length = hypot (shape->x2 - shape->x1, shape->y2 - shape->y1);
  double way_x = length > 0 ? (shape->x2 - shape->x1) / length : 0;
  double way_y = length > 0 ? (shape->y2 - shape->y1) / length : 0;
  double half = rungs_style_get_head_half (shape->style);

  set_color (cr, rungs_palette_get_ink (self->scheme, shape));
  cairo_set_line_width (cr, rungs_style_get_line_width (shape->style));
  if (rungs_style_get_dashes (shape->style, dashes))
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, shape->x1, shape->y1);
  cairo_line_to (cr, shape->x2 - way_x * head * 0.9, shape->y2 - way_y * head * 0.9);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (head <= 0)
    return;
  cairo_move_to (cr, shape->x2, shape->y2);
  cairo_line_to (cr, shape->x2 - way_x * head - way_y * half, shape->y2 - way_y * head + way_x * half);
  cairo_line_to (cr, shape->x2 - way_x * head + way_y * half, shape->y2 - way_y * head - way_x * half);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
add_sign_path (cairo_t *cr, const RungsSign *sign)
{
  for (guint i = 0; i < sign->n_elements; i++)
    {
      const double *v = sign->elements[i].values;

      switch (sign->elements[i].step)
        {
        case RUNGS_SIGN_MOVE:
          cairo_move_to (cr, v[0], v[1]);
          break;
        case RUNGS_SIGN_LINE:
          cairo_line_to (cr, v[0], v[1]);
          break;
        case RUNGS_SIGN_CURVE:
          cairo_curve_to (cr, v[0], v[1], v[2], v[3], v[4], v[5]);
          break;
        case RUNGS_SIGN_CLOSE:
        default:
          cairo_close_path (cr);
          break;
        }
    }
}

static void
paint_icon (RungsPainter *self, cairo_t *cr, const RungsShape *shape)
{
  const RungsSign *sign = rungs_sign_for_shape (shape);

  if (sign == NULL)
    return;
  cairo_save (cr);
  cairo_translate (cr, shape->x1, shape->y1);
  cairo_scale (cr, shape->x2 - shape->x1, shape->y2 - shape->y1);
  cairo_set_line_width (cr, sign->line_width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_color (cr, rungs_palette_get_fill (self->scheme, shape));
  if (sign->on_disc)
    {
      cairo_arc (cr, 0.5, 0.5, 0.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  add_sign_path (cr, sign);
  if (sign->filled)
    cairo_fill_preserve (cr);
  set_color (cr, rungs_palette_get_ink (self->scheme, shape));
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
rungs_painter_paint (RungsPainter *self, cairo_t *cr, const GArray *shapes)
{
  g_return_if_fail (self != NULL && cr != NULL && shapes != NULL);

  pango_cairo_update_layout (cr, self->layout);
  cairo_new_path (cr);
  for (guint i = 0; i < shapes->len; i++)
    {
      const RungsShape *shape = &g_array_index (shapes, RungsShape, i);

      switch (shape->kind)
        {
        case RUNGS_SHAPE_LINE:
        case RUNGS_SHAPE_ARROW:
          paint_line (self, cr, shape);
          break;
        case RUNGS_SHAPE_TEXT:
          paint_text (self, cr, shape, shape->align, shape->x1, shape->y1, shape->width);
          break;
        case RUNGS_SHAPE_PILL:
        case RUNGS_SHAPE_PLATE:
          paint_box (self, cr, shape);
          break;
        case RUNGS_SHAPE_ICON:
        default:
          paint_icon (self, cr, shape);
          break;
        }
    }
}
