/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The style sheet and signs of an SVG.  See rungs-svg-style.h. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "rungs-sign.h"
#include "rungs-svg-style.h"

#define N_KINDS      (RUNGS_SHAPE_ICON + 1)
#define N_SEVERITIES (RUNGS_SEVERITY_ERROR + 1)

#define SANS_FAMILY      "Cantarell,'Noto Sans','DejaVu Sans',sans-serif"
#define MONOSPACE_FAMILY "'Source Code Pro','JetBrains Mono','DejaVu Sans Mono',monospace"

struct _RungsSvgStyles
{
  RungsScheme scheme;
  gboolean used[N_KINDS][RUNGS_N_STYLES][N_SEVERITIES][2];
  GPtrArray *signs; /* const RungsSign, in order of first use */
};

RungsSvgStyles *
rungs_svg_styles_new (RungsScheme scheme)
{
  RungsSvgStyles *self = g_new0 (RungsSvgStyles, 1);

  self->scheme = scheme;
  self->signs = g_ptr_array_new ();
  return self;
}

void
rungs_svg_styles_free (RungsSvgStyles *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->signs);
  g_free (self);
}

/* In integers: printf's floating point would cost half of the whole file. */
void
rungs_svg_append_number (GString *xml, double value)
{
  char digits[32];
  char *p = digits + sizeof digits;
  gint64 hundredths = llround (value * 100);
  guint64 rest = hundredths < 0 ? (guint64) -hundredths : (guint64) hundredths;
  guint fraction = rest % 100;

  g_return_if_fail (xml != NULL);

  rest /= 100;
  if (fraction % 10 != 0)
    *--p = '0' + fraction % 10;
  if (fraction != 0)
    {
      *--p = '0' + fraction / 10;
      *--p = '.';
    }
  do
    {
      *--p = '0' + rest % 10;
      rest /= 10;
    }
  while (rest > 0);
  if (hundredths < 0)
    *--p = '-';
  g_string_append_len (xml, p, digits + sizeof digits - p);
}

static gboolean
is_xml_character (gunichar c)
{
  return (c >= 0x20 && c < 0xfffe && !(c >= 0xd800 && c <= 0xdfff)) || (c >= 0x10000 && c <= 0x10ffff);
}

static void
append_character (GString *xml, gunichar c)
{
  if (c == '&')
    g_string_append (xml, "&amp;");
  else if (c == '<')
    g_string_append (xml, "&lt;");
  else if (c == '>')
    g_string_append (xml, "&gt;");
  else if (c == '"')
    g_string_append (xml, "&quot;");
  else
    g_string_append_unichar (xml, is_xml_character (c) ? c : 0xfffd);
}

void
rungs_svg_append_escaped (GString *xml, const char *text)
{
  g_return_if_fail (xml != NULL && text != NULL);

  while (*text != '\0')
    {
      gsize plain = 0;
      gunichar c;

      while (text[plain] >= 0x20 && text[plain] < 0x7f && strchr ("&<>\"", text[plain]) == NULL)
        plain++;
      g_string_append_len (xml, text, (gssize) plain);
      text += plain;
      if (*text == '\0')
        break;
      c = g_utf8_get_char_validated (text, -1);
      text = c == (gunichar) -1 || c == (gunichar) -2 ? text + 1 : g_utf8_next_char (text);
      append_character (xml, c);
    }
}

static void
append_class (const RungsShape *shape, GString *xml)
{
  const char *severity = rungs_severity_get_id (shape->severity);

  g_string_append (xml, rungs_style_get_id (shape->style));
  if (severity != NULL)
    g_string_append_printf (xml, "-%s", severity);
  if (shape->quiet)
    g_string_append (xml, "-quiet");
}

void
rungs_svg_styles_append_class (RungsSvgStyles *self, const RungsShape *shape, GString *xml)
{
  g_return_if_fail (self != NULL && shape != NULL && xml != NULL);

  self->used[shape->kind][shape->style][shape->severity][shape->quiet ? 1 : 0] = TRUE;
  append_class (shape, xml);
}

void
rungs_svg_styles_append_sign (RungsSvgStyles *self, const RungsShape *shape, GString *xml)
{
  const RungsSign *sign;
  guint index;

  g_return_if_fail (self != NULL && shape != NULL && xml != NULL);

  sign = rungs_sign_for_shape (shape);
  g_return_if_fail (sign != NULL);
  if (!g_ptr_array_find (self->signs, sign, &index))
    {
      index = self->signs->len;
      g_ptr_array_add (self->signs, (gpointer) sign);
    }
  g_string_append_printf (xml, "sign-%u", index + 1);
}

static void
append_property (GString *css, const char *name, RungsColor color)
{
  g_autofree char *hex = rungs_color_to_hex (color);

  g_string_append_printf (css, "%s:%s;", name, hex);
}

static void
append_font (GString *css, RungsStyle style)
{
  g_string_append (css, "font-size:");
  rungs_svg_append_number (css, rungs_style_get_font_size (style));
  g_string_append (css, "px;");
  if (rungs_style_is_bold (style))
    g_string_append (css, "font-weight:700;");
  if (rungs_style_is_italic (style))
    g_string_append (css, "font-style:italic;");
  if (rungs_style_is_monospace (style))
    g_string_append (css, "font-family:" MONOSPACE_FAMILY ";");
}

static void
append_selector (GString *css, const char *element, const RungsShape *shape)
{
  g_string_append_printf (css, "%s.", element);
  append_class (shape, css);
  g_string_append_c (css, '{');
}

static void
append_line_rules (GString *css, const RungsShape *shape, RungsColor ink)
{
  double dashes[2];

  append_selector (css, "line", shape);
  append_property (css, "stroke", ink);
  g_string_append (css, "stroke-width:");
  rungs_svg_append_number (css, rungs_style_get_line_width (shape->style));
  if (rungs_style_get_dashes (shape->style, dashes))
    {
      g_string_append (css, ";stroke-dasharray:");
      rungs_svg_append_number (css, dashes[0]);
      g_string_append_c (css, ' ');
      rungs_svg_append_number (css, dashes[1]);
    }
  g_string_append (css, "}\n");
  if (shape->kind != RUNGS_SHAPE_ARROW)
    return;
  append_selector (css, "path", shape);
  append_property (css, "fill", ink);
  g_string_append (css, "}\n");
}

static void
append_rules (GString *css, RungsScheme scheme, const RungsShape *shape)
{
  RungsColor ink = rungs_palette_get_ink (scheme, shape);
  RungsColor fill = rungs_palette_get_fill (scheme, shape);

  switch (shape->kind)
    {
    case RUNGS_SHAPE_LINE:
    case RUNGS_SHAPE_ARROW:
      append_line_rules (css, shape, ink);
      break;
    case RUNGS_SHAPE_PILL:
    case RUNGS_SHAPE_PLATE:
      append_selector (css, "rect", shape);
      append_property (css, "fill", fill);
      g_string_append (css, "}\n");
      if (shape->kind == RUNGS_SHAPE_PLATE)
        break;
      G_GNUC_FALLTHROUGH;
    case RUNGS_SHAPE_TEXT:
      append_selector (css, "text", shape);
      append_font (css, shape->style);
      append_property (css, "fill", ink);
      g_string_append (css, "}\n");
      break;
    case RUNGS_SHAPE_ICON:
    default:
      /* The sign strokes with the ink and takes its fill from the current colour. */
      append_selector (css, "use", shape);
      append_property (css, "stroke", ink);
      append_property (css, "color", fill);
      g_string_append (css, "}\n");
      break;
    }
}

static void
append_sign (GString *xml, const RungsSign *sign, guint number)
{
  static const char steps[] = { 'M', 'L', 'C', 'Z' };
  static const guint n_values[] = { 2, 2, 6, 0 };

  g_string_append_printf (xml,
                          "<g id=\"sign-%u\" fill=\"none\" stroke-linecap=\"round\" "
                          "stroke-linejoin=\"round\">",
                          number);
  if (sign->on_disc)
    g_string_append (xml, "<circle cx=\".5\" cy=\".5\" r=\".5\" fill=\"currentColor\" stroke=\"none\"/>");
  g_string_append (xml, "<path stroke-width=\"");
  rungs_svg_append_number (xml, sign->line_width);
  g_string_append (xml, sign->filled ? "\" fill=\"currentColor\" d=\"" : "\" d=\"");
  for (guint i = 0; i < sign->n_elements; i++)
    {
      const RungsSignElement *element = &sign->elements[i];

      g_string_append_c (xml, steps[element->step]);
      for (guint k = 0; k < n_values[element->step]; k++)
        {
          char buffer[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append (xml, k > 0 ? " " : "");
          g_string_append (xml, g_ascii_formatd (buffer, sizeof buffer, "%.3f", element->values[k]));
        }
    }
  g_string_append (xml, "\"/></g>\n");
}

void
rungs_svg_styles_write (RungsSvgStyles *self, GString *xml)
{
  g_return_if_fail (self != NULL && xml != NULL);

  g_string_append (xml,
                   "<style>\ntext{font-family:" SANS_FAMILY "}\na{text-decoration:none}\n"
                   "a:hover text{text-decoration:underline}\n");
  for (guint kind = 0; kind < N_KINDS; kind++)
    for (guint style = 0; style < RUNGS_N_STYLES; style++)
      for (guint severity = 0; severity < N_SEVERITIES; severity++)
        for (guint quiet = 0; quiet < 2; quiet++)
          {
            RungsShape shape = { .kind = kind, .style = style, .severity = severity, .quiet = quiet };

            if (self->used[kind][style][severity][quiet])
              append_rules (xml, self->scheme, &shape);
          }
  g_string_append (xml, "</style>\n<defs>\n");
  for (guint i = 0; i < self->signs->len; i++)
    append_sign (xml, g_ptr_array_index (self->signs, i), i + 1);
  g_string_append (xml, "</defs>\n");
}
