/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The display list, and what each style means for pen and letters.  See rungs-shape.h. */

#include "config.h"

#include "rungs-shape.h"
#include "rungs-text-width.h"

typedef enum
{
  STYLE_DASHED = 1 << 0,
  STYLE_DOTTED = 1 << 1,
  STYLE_BOLD = 1 << 2,
  STYLE_ITALIC = 1 << 3,
  STYLE_MONOSPACE = 1 << 4,
} StyleFlags;

typedef struct
{
  const char *id;
  StyleFlags flags;
  double font_size;
  double line_width;
} StyleInfo;

/* clang-format off */
static const StyleInfo styles[RUNGS_N_STYLES] = {
  [RUNGS_STYLE_LIFELINE]       = { "lifeline",       0,                           0,    1.0 },
  [RUNGS_STYLE_LIFELINE_GHOST] = { "lifeline-ghost", STYLE_DOTTED,                0,    1.2 },
  [RUNGS_STYLE_REQUEST]        = { "request",        0,                           0,    1.8 },
  [RUNGS_STYLE_PROVISIONAL]    = { "provisional",    STYLE_DASHED,                0,    1.2 },
  [RUNGS_STYLE_SUCCESS]        = { "success",        STYLE_DASHED,                0,    1.8 },
  [RUNGS_STYLE_EXPECTED]       = { "expected",       STYLE_DASHED,                0,    1.8 },
  [RUNGS_STYLE_REDIRECT]       = { "redirect",       STYLE_DASHED,                0,    1.8 },
  [RUNGS_STYLE_FAILURE]        = { "failure",        STYLE_DASHED,                0,    1.8 },
  [RUNGS_STYLE_RESPONSE]       = { "response",       STYLE_DASHED,                0,    1.8 },
  [RUNGS_STYLE_RETRANSMISSION] = { "retransmission", 0,                           11,   1.2 },
  [RUNGS_STYLE_RETRANSMITTED_RESPONSE] = { "retransmitted-response", STYLE_DASHED, 0,   1.2 },
  [RUNGS_STYLE_INFERRED]       = { "inferred",       STYLE_DOTTED,                0,    1.2 },
  [RUNGS_STYLE_TIME]           = { "time",           STYLE_MONOSPACE,             11.5, 0 },
  [RUNGS_STYLE_NUMBER]         = { "number",         0,                           11,   0 },
  [RUNGS_STYLE_LABEL]          = { "label",          STYLE_BOLD,                  13,   0 },
  [RUNGS_STYLE_CAPTION]        = { "caption",        0,                           12.5, 0 },
  [RUNGS_STYLE_BADGE]          = { "badge",          STYLE_BOLD,                  11,   0 },
  [RUNGS_STYLE_VERDICT]        = { "verdict",        STYLE_BOLD,                  12.5, 1.6 },
  [RUNGS_STYLE_LANE_ROLE]      = { "lane-role",      STYLE_BOLD,                  14,   1.5 },
  [RUNGS_STYLE_LANE_NAME]      = { "lane-name",      0,                           12,   0 },
  [RUNGS_STYLE_LANE_ADDRESS]   = { "lane-address",   0,                           11,   0 },
  [RUNGS_STYLE_GAP]            = { "gap",            STYLE_ITALIC,                12,   0 },
  [RUNGS_STYLE_SUMMARY_TITLE]  = { "summary-title",  STYLE_BOLD,                  13,   0 },
  [RUNGS_STYLE_SUMMARY]        = { "summary",        0,                           12.5, 0 },
  [RUNGS_STYLE_ABSENT]         = { "absent",         STYLE_ITALIC,                11,   0 },
  [RUNGS_STYLE_CLOCK]          = { "clock",          0,                           11,   0 },
  [RUNGS_STYLE_RULE]           = { "rule",           0,                           0,    1.0 },
  [RUNGS_STYLE_TITLE]          = { "title",          STYLE_BOLD,                  16,   0 },
};
/* clang-format on */

static void
shape_clear (gpointer data)
{
  RungsShape *shape = data;

  g_clear_pointer (&shape->text, g_free);
}

GArray *
rungs_shapes_new (void)
{
  GArray *shapes = g_array_new (FALSE, TRUE, sizeof (RungsShape));

  g_array_set_clear_func (shapes, shape_clear);
  return shapes;
}

RungsShape *
rungs_shapes_add (
  GArray *shapes, RungsShapeKind kind, RungsStyle style, double x1, double y1, double x2, double y2)
{
  RungsShape shape = { .kind = kind, .style = style, .x1 = x1, .y1 = y1, .x2 = x2, .y2 = y2 };

  g_return_val_if_fail (shapes != NULL, NULL);

  g_array_append_val (shapes, shape);
  return &g_array_index (shapes, RungsShape, shapes->len - 1);
}

RungsShape *
rungs_shapes_add_text (
  GArray *shapes, RungsStyle style, RungsAlign align, double x, double y, double width, const char *text)
{
  RungsShape *shape = rungs_shapes_add (shapes, RUNGS_SHAPE_TEXT, style, x, y, x, y);

  g_return_val_if_fail (shape != NULL && text != NULL, NULL);

  shape->align = align;
  shape->width = width;
  shape->text = g_strdup (text);
  return shape;
}

RungsShape *
rungs_shapes_add_fitting_text (
  GArray *shapes, RungsStyle style, RungsAlign align, double x, double y, double width, const char *text)
{
  g_autofree char *fitting = NULL;

  g_return_val_if_fail (shapes != NULL && text != NULL, NULL);

  fitting =
    rungs_text_ellipsize (text, rungs_style_get_font_size (style), rungs_style_is_bold (style), width);
  return rungs_shapes_add_text (shapes, style, align, x, y, width, fitting);
}

static void
append_number (GString *string, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (string, ' ');
  g_string_append (string, g_ascii_formatd (buffer, sizeof buffer, "%.1f", value));
}

char *
rungs_shapes_to_string (const GArray *shapes)
{
  static const char *const kinds[] = { "line", "arrow", "text", "pill", "plate", "icon" };
  static const char *const aligns[] = { "start", "center", "end" };
  GString *string = g_string_new (NULL);

  g_return_val_if_fail (shapes != NULL, NULL);

  for (guint i = 0; i < shapes->len; i++)
    {
      const RungsShape *shape = &g_array_index (shapes, RungsShape, i);

      g_string_append_printf (string, "%s %s", kinds[shape->kind], styles[shape->style].id);
      if (shape->severity != RUNGS_SEVERITY_NONE)
        g_string_append_printf (string, " %s", rungs_severity_get_id (shape->severity));
      append_number (string, shape->x1);
      append_number (string, shape->y1);
      if (shape->kind != RUNGS_SHAPE_TEXT)
        {
          append_number (string, shape->x2);
          append_number (string, shape->y2);
        }
      else
        g_string_append_printf (string, " %s", aligns[shape->align]);
      if (shape->text != NULL)
        g_string_append_printf (string, " “%s”", shape->text);
      g_string_append_c (string, '\n');
    }
  return g_string_free (string, FALSE);
}

const char *
rungs_style_get_id (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, "");
  return styles[style].id;
}

gboolean
rungs_style_is_dashed (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, FALSE);
  return (styles[style].flags & STYLE_DASHED) != 0;
}

gboolean
rungs_style_is_dotted (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, FALSE);
  return (styles[style].flags & STYLE_DOTTED) != 0;
}

double
rungs_style_get_font_size (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, 0);
  return styles[style].font_size;
}

gboolean
rungs_style_is_bold (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, FALSE);
  return (styles[style].flags & STYLE_BOLD) != 0;
}

gboolean
rungs_style_is_italic (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, FALSE);
  return (styles[style].flags & STYLE_ITALIC) != 0;
}

gboolean
rungs_style_is_monospace (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, FALSE);
  return (styles[style].flags & STYLE_MONOSPACE) != 0;
}

double
rungs_style_estimate_width (RungsStyle style, const char *text)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES && text != NULL, 0);
  return rungs_text_estimate_width (text, rungs_style_get_font_size (style), rungs_style_is_bold (style));
}

double
rungs_style_get_line_width (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, 0);
  return styles[style].line_width;
}

double
rungs_style_get_head_length (RungsStyle style)
{
  g_return_val_if_fail (style < RUNGS_N_STYLES, 0);
  return styles[style].line_width > 1.5 ? 10 : 8;
}

double
rungs_style_get_head_half (RungsStyle style)
{
  return rungs_style_get_head_length (style) * 0.45;
}

gboolean
rungs_style_get_dashes (RungsStyle style, double dashes[2])
{
  gboolean dotted = rungs_style_is_dotted (style);

  g_return_val_if_fail (dashes != NULL, FALSE);

  dashes[0] = dotted ? 1.5 : 7;
  dashes[1] = dotted ? 4 : 5;
  return dotted || rungs_style_is_dashed (style);
}
