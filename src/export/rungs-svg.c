/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → SVG.  See rungs-svg.h.
 *
 * The body is written first; it notes which kinds of shapes it used, so that the style sheet before it holds the rules of
 * those and no others, always in the same order. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-page.h"
#include "rungs-palette.h"
#include "rungs-sign.h"
#include "rungs-svg-style.h"
#include "rungs-svg.h"

typedef struct
{
  GString *body;
  RungsSvgStyles *styles;
} Writer;

static void
append_attribute (GString *xml, const char *name, double value)
{
  g_string_append_printf (xml, " %s=\"", name);
  rungs_svg_append_number (xml, value);
  g_string_append_c (xml, '"');
}

static void
append_class (Writer *self, const RungsShape *shape)
{
  g_string_append (self->body, " class=\"");
  rungs_svg_styles_append_class (self->styles, shape, self->body);
  g_string_append_c (self->body, '"');
}

static void
write_text (Writer *self, const RungsShape *shape, RungsAlign align, double x, double y)
{
  static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };

  g_string_append (self->body, "<text");
  append_class (self, shape);
  append_attribute (self->body, "x", x);
  append_attribute (self->body, "y", y);
  g_string_append_printf (self->body, "%s>", anchors[align]);
  rungs_svg_append_escaped (self->body, shape->text);
  g_string_append (self->body, "</text>\n");
}

static void
write_box (Writer *self, const RungsShape *shape)
{
  double radius = shape->kind == RUNGS_SHAPE_PILL ? (shape->y2 - shape->y1) / 2 : RUNGS_PLATE_RADIUS;

  g_string_append (self->body, "<rect");
  append_class (self, shape);
  append_attribute (self->body, "x", shape->x1);
  append_attribute (self->body, "y", shape->y1);
  append_attribute (self->body, "width", shape->x2 - shape->x1);
  append_attribute (self->body, "height", shape->y2 - shape->y1);
  append_attribute (self->body, "rx", radius);
  g_string_append (self->body, "/>\n");
  if (shape->kind == RUNGS_SHAPE_PILL)
    write_text (self,
                shape,
                RUNGS_ALIGN_CENTER,
                (shape->x1 + shape->x2) / 2,
                (shape->y1 + shape->y2) / 2 + rungs_style_get_font_size (shape->style) * 0.36);
}

static void
append_point (GString *xml, const char *step, double x, double y)
{
  g_string_append (xml, step);
  rungs_svg_append_number (xml, x);
  g_string_append_c (xml, ' ');
  rungs_svg_append_number (xml, y);
}

/* The arrows of a ladder run along one axis. */
static void
write_line (Writer *self, const RungsShape *shape)
{
  double head = shape->kind == RUNGS_SHAPE_ARROW ? rungs_style_get_head_length (shape->style) : 0;
  double way_x = shape->x2 > shape->x1 ? 1 : shape->x2 < shape->x1 ? -1 : 0;
  double way_y = way_x != 0 ? 0 : shape->y2 > shape->y1 ? 1 : -1;
  double half = rungs_style_get_head_half (shape->style);

  g_string_append (self->body, "<line");
  append_class (self, shape);
  append_attribute (self->body, "x1", shape->x1);
  append_attribute (self->body, "y1", shape->y1);
  append_attribute (self->body, "x2", shape->x2 - way_x * head * 0.9);
  append_attribute (self->body, "y2", shape->y2 - way_y * head * 0.9);
  g_string_append (self->body, "/>\n");
  if (head <= 0)
    return;
  g_string_append (self->body, "<path");
  append_class (self, shape);
  append_point (self->body, " d=\"M", shape->x2, shape->y2);
  append_point (self->body,
                "L",
                shape->x2 - way_x * head - way_y * half,
                shape->y2 - way_y * head + way_x * half);
  append_point (self->body,
                "L",
                shape->x2 - way_x * head + way_y * half,
                shape->y2 - way_y * head - way_x * half);
  g_string_append (self->body, "Z\"/>\n");
}

static void
write_icon (Writer *self, const RungsShape *shape)
{
  g_string_append (self->body, "<use");
  append_class (self, shape);
  g_string_append (self->body, " href=\"#");
  rungs_svg_styles_append_sign (self->styles, shape, self->body);
  append_point (self->body, "\" transform=\"translate(", shape->x1, shape->y1);
  g_string_append (self->body, ") scale(");
  rungs_svg_append_number (self->body, shape->x2 - shape->x1);
  g_string_append (self->body, ")\"/>\n");
}

/* @uri: (nullable): where the label links to. */
static void
write_shapes (Writer *self, const GArray *shapes, const char *uri)
{
  for (guint i = 0; i < shapes->len; i++)
    {
      const RungsShape *shape = &g_array_index (shapes, RungsShape, i);
      gboolean link = uri != NULL && shape->style == RUNGS_STYLE_LABEL;

      switch (shape->kind)
        {
        case RUNGS_SHAPE_LINE:
        case RUNGS_SHAPE_ARROW:
          write_line (self, shape);
          break;
        case RUNGS_SHAPE_TEXT:
          if (link)
            {
              g_string_append (self->body, "<a href=\"");
              rungs_svg_append_escaped (self->body, uri);
              g_string_append (self->body, "\">");
            }
          write_text (self, shape, shape->align, shape->x1, shape->y1);
          if (link)
            g_string_append (self->body, "</a>\n");
          break;
        case RUNGS_SHAPE_PILL:
        case RUNGS_SHAPE_PLATE:
          write_box (self, shape);
          break;
        case RUNGS_SHAPE_ICON:
        default:
          write_icon (self, shape);
          break;
        }
    }
}

static char *
find_first_uri (const char *reference)
{
  g_autoptr (GPtrArray) references = reference != NULL ? rungs_reference_list (reference) : NULL;

  for (guint i = 0; references != NULL && i < references->len; i++)
    {
      const RungsReference *candidate = g_ptr_array_index (references, i);

      if (candidate->uri != NULL)
        return g_strdup (candidate->uri);
    }
  return NULL;
}

/* Where the verdict's rule is written down, or else where the method or status code is. */
static char *
find_link (RungsLadder *ladder, guint message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (rungs_ladder_get_trace (ladder), message);
  g_autoptr (RungsDiagnosis) diagnosis =
    rungs_diagnoser_get (rungs_ladder_get_diagnoser (ladder), info->flow);
  const RungsStatement *statement = rungs_diagnosis_get_statement (diagnosis, message);
  const RungsFact *fact;
  char status[8];
  char *uri = NULL;

  if (statement != NULL && statement->finding != NULL)
    uri = find_first_uri (statement->finding->rule->reference);
  if (uri != NULL)
    return uri;
  g_snprintf (status, sizeof status, "%u", info->status);
  fact = info->status > 0
           ? rungs_knowledge_lookup (RUNGS_TOPIC_STATUS, status)
           : rungs_knowledge_lookup (RUNGS_TOPIC_METHOD, rungs_sip_method_get_name (info->method));
  return fact != NULL && fact->reference != NULL ? rungs_reference_to_uri (fact->reference, fact->section)
                                                 : NULL;
}

static void
write_row (Writer *self, const RungsPage *page, guint row, GArray *shapes)
{
  g_autofree char *words = rungs_ladder_describe_row (page->ladder, row);
  g_autofree char *uri = NULL;
  RungsRungKind kind;
  guint message;

  rungs_ladder_get_row (page->ladder, row, &kind, &message);
  switch (kind)
    {
    case RUNGS_RUNG_MESSAGE:
      uri = find_link (page->ladder, message);
      g_string_append_printf (self->body, "<g id=\"message-%u\" class=\"message\"", message + 1);
      break;
    case RUNGS_RUNG_KERBEROS:
      g_string_append (self->body, "<g class=\"kerberos\"");
      break;
    case RUNGS_RUNG_HIDDEN:
      g_string_append (self->body, "<g class=\"hidden\"");
      break;
    case RUNGS_RUNG_GAP:
      g_string_append (self->body, "<g class=\"wait\"");
      break;
    case RUNGS_RUNG_NOTE:
      g_string_append (self->body, "<g class=\"log-lines\"");
      break;
    case RUNGS_RUNG_FOLD:
      g_string_append_printf (self->body, "<g id=\"fold-%u\" class=\"fold\"", message + 1);
      break;
    case RUNGS_RUNG_SUMMARY:
    default:
      g_string_append (self->body, "<g id=\"result\" class=\"result\"");
      break;
    }
  append_point (self->body, " transform=\"translate(", 0, rungs_page_get_row_y (page, row));
  g_string_append (self->body, ")\">\n<title>");
  rungs_svg_append_escaped (self->body, words);
  g_string_append (self->body, "</title>\n");
  rungs_ladder_get_row_shapes (page->ladder, row, shapes);
  write_shapes (self, shapes, uri);
  g_array_set_size (shapes, 0);
  g_string_append (self->body, "</g>\n");
}

static gboolean
write_body (Writer *self, const RungsPage *page, RungsExportProgress *progress, GError **error)
{
  g_autoptr (GArray) shapes = rungs_shapes_new ();
  guint n_rows = rungs_ladder_get_n_rows (page->ladder);

  rungs_page_get_title_shapes (page, shapes);
  write_shapes (self, shapes, NULL);
  g_array_set_size (shapes, 0);
  append_point (self->body, "<g id=\"lanes\" transform=\"translate(", 0, page->head_y);
  g_string_append (self->body, ")\">\n");
  rungs_ladder_get_head_shapes (page->ladder, shapes);
  write_shapes (self, shapes, NULL);
  g_array_set_size (shapes, 0);
  g_string_append (self->body, "</g>\n");
  for (guint row = 0; row < n_rows; row++)
    {
      if (!rungs_export_progress_step (progress, row, n_rows, error))
        return FALSE;
      write_row (self, page, row, shapes);
    }
  return TRUE;
}

static void
append_description (GString *xml, RungsLadder *ladder, const char *title)
{
  guint n = rungs_selection_get_length (rungs_ladder_get_selection (ladder));
  g_autofree char *trace_title = rungs_trace_dup_title (rungs_ladder_get_trace (ladder));
  g_autofree char *clock = rungs_ladder_describe_clock (ladder);
  g_autofree char *count =
    g_strdup_printf (ngettext ("Ladder diagram of %u SIP message.", "Ladder diagram of %u SIP messages.", n),
                     n);
  /* Translators: %s is what the time column means: "local time (CET)", "since start". */
  g_autofree char *times = g_strdup_printf (_ ("Times: %s."), clock);

  g_string_append (xml, "<title id=\"title\">");
  rungs_svg_append_escaped (xml, title != NULL ? title : trace_title);
  g_string_append (xml, "</title>\n<desc id=\"description\">");
  rungs_svg_append_escaped (xml, count);
  g_string_append_c (xml, ' ');
  rungs_svg_append_escaped (xml, times);
  g_string_append (xml, "</desc>\n");
}

GBytes *
rungs_svg_write (RungsLadder *ladder, const char *title, RungsExportProgress *progress, GError **error)
{
  g_autoptr (RungsSvgStyles) styles = rungs_svg_styles_new (RUNGS_SCHEME_LIGHT);
  g_autofree char *background = rungs_color_to_hex (rungs_palette_get_background (RUNGS_SCHEME_LIGHT));
  GString *xml;
  RungsPage page;
  Writer self;

  g_return_val_if_fail (RUNGS_IS_LADDER (ladder), NULL);

  rungs_page_init (&page, ladder, title);
  self.styles = styles;
  self.body = g_string_new (NULL);
  if (!write_body (&self, &page, progress, error))
    {
      g_string_free (self.body, TRUE);
      return NULL;
    }
  xml = g_string_sized_new (self.body->len + 8192);
  g_string_append (xml,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
  append_attribute (xml, "width", page.width);
  append_attribute (xml, "height", page.height);
  append_point (xml, " viewBox=\"0 0 ", page.width, page.height);
  g_string_append (xml, "\" role=\"img\" aria-labelledby=\"title description\">\n");
  append_description (xml, ladder, title);
  rungs_svg_styles_write (styles, xml);
  g_string_append_printf (xml, "<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n", background);
  g_string_append_len (xml, self.body->str, self.body->len);
  g_string_append (xml, "</svg>\n");
  g_string_free (self.body, TRUE);
  return g_string_free_to_bytes (xml);
}
