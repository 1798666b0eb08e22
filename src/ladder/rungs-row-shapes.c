/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One row's content + the columns → its shapes.  See rungs-row-shapes.h. */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-row-shapes.h"
#include "rungs-text-width.h"

#define PILL_PADDING   9.0
#define PILL_GAP       8.0
#define TEXT_CLEARANCE 4.0 /* between text and a lifeline that is cut for it */
#define ARROW_MARGIN   12.0
#define LABEL_ROOM     380.0 /* that a label may take above an arrow that is shorter */
#define LOOP_WIDTH     34.0
#define LOOP_HEIGHT    14.0
#define HIDDEN_DROP    7.0 /* a hidden hop stands a little lower than the message that proves it */
#define GAP_SPAN       700.0
#define GAP_HEIGHT     20.0
#define FOLD_HEIGHT    24.0
/* Translators: a badge: somebody wrote a comment beside the packet in the capture file */
#define COMMENT    N_ ("comment")
#define MAX_PLATES 8

typedef struct
{
  double x1, y1, x2, y2;
} Plate;

/* A row while it is being laid out: the places that lifelines must not cross. */
typedef struct
{
  const RungsRow *row;
  const RungsLayout *layout;
  const RungsLane *const *lanes;
  GArray *shapes;
  Plate plates[MAX_PLATES];
  guint n_plates;
} Rowing;

static void
add_plate (Rowing *self, double x1, double y1, double x2, double y2)
{
  g_assert (self->n_plates < MAX_PLATES);

  self->plates[self->n_plates++] = (Plate){ x1 - TEXT_CLEARANCE, y1, x2 + TEXT_CLEARANCE, y2 };
}

/* The text of a badge and how wide its pill is; nothing where there is no text. */
static double
get_pill_width (const char *text)
{
  return text != NULL ? ceil (rungs_style_estimate_width (RUNGS_STYLE_BADGE, text)) + 2 * PILL_PADDING : 0;
}

static void
add_pill (Rowing *self, RungsStyle style, RungsSeverity severity, double x, double width, const char *text)
{
  double y = self->layout->pill_y;
  RungsShape *pill =
    rungs_shapes_add (self->shapes, RUNGS_SHAPE_PILL, style, x, y, x + width, y + RUNGS_LAYOUT_PILL_HEIGHT);

  pill->severity = severity;
  pill->text = rungs_text_ellipsize (text,
                                     rungs_style_get_font_size (style),
                                     rungs_style_is_bold (style),
                                     width - 2 * PILL_PADDING + 1);
}

/* A label and the label of it and of what stands behind it, cut where there is no room for all of it. */
typedef struct
{
  char *text;
  double label, badge, signature, repeats, comment;
  double badges; /* all but the label, with the gaps before them */
} Label;

static void
label_clear (Label *self)
{
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Label, label_clear)

/* The method alone, without what it is for. */
static void
shorten_request (Label *self)
{
  char *space = strchr (self->text, ' ');

  if (space != NULL)
    *space = '\0';
  self->label = ceil (rungs_style_estimate_width (RUNGS_STYLE_LABEL, self->text)) + 1;
}

/* What a pill of @width takes with the gap before it. */
static double
get_advance (double width)
{
  return width > 0 ? PILL_GAP + width : 0;
}

/* @arrow: px between the lanes; @room: px that there are at most. */
static void
label_init (Label *self, const RungsRow *row, double arrow, double room)
{
  self->text = g_strdup (row->label);
  self->label = ceil (rungs_style_estimate_width (RUNGS_STYLE_LABEL, row->label)) + 1;
  self->badge = get_pill_width (row->badge);
  self->signature = get_pill_width (row->signature);
  self->repeats = get_pill_width (row->repeats);
  self->comment = row->comment != NULL ? get_pill_width (_ (COMMENT)) : 0;
  self->badges = get_advance (self->badge) + get_advance (self->signature) + get_advance (self->repeats) +
                 get_advance (self->comment);
  if (!row->response && self->badges > 0 && self->label + self->badges > arrow)
    shorten_request (self);
  if (self->label + self->badges > room && self->badge > room / 2)
    {
      double cut = MIN (self->badge - room / 2, self->label + self->badges - room);

      self->badge -= cut;
      self->badges -= cut;
    }
  self->label = MIN (self->label, MAX (room - self->badges, 0));
}

/* A pill behind a gap, at @x. Returns: its end */
static double
add_pill_behind (Rowing *self, RungsSeverity severity, double x, double width, const char *text)
{
  if (width > 0)
    add_pill (self, RUNGS_STYLE_BADGE, severity, x + PILL_GAP, width, text);
  return x + get_advance (width);
}

/* Label, badge, signature, ↻n and the mark of a comment, from @x on. */
static void
add_label_at (Rowing *self, double x, const Label *label)
{
  const RungsRow *row = self->row;
  double y = self->layout->pill_y;
  double start = x;
  RungsShape *text;

  text = rungs_shapes_add_fitting_text (self->shapes,
                                        RUNGS_STYLE_LABEL,
                                        RUNGS_ALIGN_END,
                                        x + label->label,
                                        self->layout->label_y,
                                        label->label,
                                        label->text);
  text->severity = row->accent;
  text->quiet = row->style == RUNGS_STYLE_RETRANSMISSION ||
                row->style == RUNGS_STYLE_RETRANSMITTED_RESPONSE || row->kind == RUNGS_RUNG_HIDDEN;
  x += label->label;
  x = add_pill_behind (self, row->severity, x, label->badge, row->badge);
  x = add_pill_behind (self, row->proof, x, label->signature, row->signature);
  x = add_pill_behind (self, RUNGS_SEVERITY_NONE, x, label->repeats, row->repeats);
  x = add_pill_behind (self, RUNGS_SEVERITY_NONE, x, label->comment, _ (COMMENT));
  add_plate (self, start, y - 1, x, y + RUNGS_LAYOUT_PILL_HEIGHT + 1);
}

/* Above the arrow from @left to @right: the label ends and the badge begins at the middle, so that they stand under each
 * other in all rows; where one of them is too long for its half, both are centred; where both are too long for the arrow,
 * they may stand over neighbouring lanes, and at last the longer one is cut. */
static void
add_label (Rowing *self, double left, double right)
{
  const RungsLayout *layout = self->layout;
  double room = layout->text_end - layout->text_x;
  g_auto (Label) label = { 0 };
  double arrow = right - left - ARROW_MARGIN;
  double half = (right - left) / 2 - ARROW_MARGIN;
  double middle = (left + right) / 2;
  double x;

  label_init (&label, self->row, arrow, MIN (room, MAX (arrow, LABEL_ROOM)));
  x = middle - (label.label + label.badges) / 2;
  if (label.badges > 0 && label.label + PILL_GAP / 2 <= half && label.badges - PILL_GAP / 2 <= half)
    x = middle - PILL_GAP / 2 - label.label;
  x = CLAMP (x, layout->text_x, MAX (layout->text_end - label.label - label.badges, layout->text_x));
  add_label_at (self, floor (x), &label);
}

static void
add_arrow (Rowing *self, RungsStyle style, double from, double to, double y)
{
  double way = to > from ? 1 : -1;
  RungsShape *arrow = rungs_shapes_add (self->shapes, RUNGS_SHAPE_ARROW, style, from + way, y, to - way, y);

  arrow->severity = style == self->row->style ? self->row->accent : RUNGS_SEVERITY_NONE;
}

/* A message from a lane to itself: a small loop on the side that has more room, its label beyond it. */
static void
add_loop (Rowing *self, double x)
{
  const RungsLayout *layout = self->layout;
  RungsStyle style = self->row->style;
  double right_room = layout->text_end - x;
  double left_room = x - layout->text_x;
  double way = right_room >= left_room ? 1 : -1;
  double edge = x + way * LOOP_WIDTH;
  double top = layout->arrow_y - LOOP_HEIGHT;
  double room = MAX (right_room, left_room) - LOOP_WIDTH - PILL_GAP;
  g_auto (Label) label = { 0 };
  guint first = self->shapes->len;

  label_init (&label, self->row, room, room);
  rungs_shapes_add (self->shapes, RUNGS_SHAPE_LINE, style, x + way, top, edge, top);
  rungs_shapes_add (self->shapes, RUNGS_SHAPE_LINE, style, edge, top, edge, layout->arrow_y);
  rungs_shapes_add (self->shapes, RUNGS_SHAPE_ARROW, style, edge, layout->arrow_y, x + way, layout->arrow_y);
  for (guint i = first; i < self->shapes->len; i++)
    g_array_index (self->shapes, RungsShape, i).severity = self->row->accent;
  add_label_at (self, way > 0 ? edge + PILL_GAP : edge - PILL_GAP - label.label - label.badges, &label);
}

static gboolean
is_free (const Rowing *self, double x1, double y1, double x2, double y2)
{
  for (guint i = 0; i < self->n_plates; i++)
    if (self->plates[i].x1 < x2 && self->plates[i].x2 > x1 && self->plates[i].y1 < y2 &&
        self->plates[i].y2 > y1)
      return FALSE;
  return TRUE;
}

/* The hop that is not in this trace, dotted; its words once a transaction, and only where they have room. */
static void
add_hidden_hop (Rowing *self)
{
  const RungsRow *row = self->row;
  const char *words = _ ("not in this trace");
  double width = rungs_style_estimate_width (RUNGS_STYLE_ABSENT, words);
  double y = self->layout->arrow_y + HIDDEN_DROP;
  double from, to, middle;

  if (row->hidden_source == RUNGS_NO_LANE)
    return;
  from = rungs_layout_get_lane_x (self->layout, row->hidden_source);
  to = rungs_layout_get_lane_x (self->layout, row->hidden_destination);
  middle = floor ((from + to) / 2);
  add_arrow (self, RUNGS_STYLE_INFERRED, from + (to > from ? 4 : -4), to, y);
  if (row->response || width + 2 * ARROW_MARGIN > fabs (to - from) ||
      !is_free (self, middle - width / 2, y - 17, middle + width / 2, y))
    return;
  rungs_shapes_add_text (self->shapes, RUNGS_STYLE_ABSENT, RUNGS_ALIGN_CENTER, middle, y - 6, 0, words);
  add_plate (self, middle - width / 2, y - 17, middle + width / 2, y - 2);
}

/* A caption of one line begins a little left of its arrow, as far as it fits there; a longer one takes the whole width. */
static void
add_caption (Rowing *self, double left)
{
  const RungsLayout *layout = self->layout;
  double size = rungs_style_get_font_size (RUNGS_STYLE_CAPTION);
  double width = layout->text_end - layout->text_x;
  double x = layout->text_x;
  g_auto (GStrv) lines = NULL;

  if (!layout->captions || self->row->caption[0] == '\0')
    return;
  lines = rungs_text_wrap (self->row->caption, size, FALSE, width, RUNGS_LAYOUT_CAPTION_LINES);
  if (g_strv_length (lines) == 1)
    {
      double needed = ceil (rungs_text_estimate_width (lines[0], size, FALSE));

      x = MAX (x, floor (MIN (left - (layout->first_lane - layout->text_x), layout->text_end - needed)));
      width = layout->text_end - x;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      double y = layout->caption_y + i * RUNGS_LAYOUT_CAPTION_LINE;

      rungs_shapes_add_text (self->shapes, RUNGS_STYLE_CAPTION, RUNGS_ALIGN_START, x, y, width, lines[i]);
      add_plate (self, x, y - 13, x + rungs_text_estimate_width (lines[i], size, FALSE), y + 5);
    }
}

static void
add_sign (Rowing *self, double x, double y)
{
  double half = RUNGS_LAYOUT_SIGN_SIZE / 2;

  if (self->row->severity == RUNGS_SEVERITY_NONE)
    return;
  rungs_shapes_add (self->shapes,
                    RUNGS_SHAPE_ICON,
                    RUNGS_STYLE_VERDICT,
                    x - half,
                    y - half,
                    x + half,
                    y + half)
    ->severity = self->row->severity;
}

static void
add_number_and_time (Rowing *self)
{
  const RungsLayout *layout = self->layout;
  const RungsRow *row = self->row;

  if (row->number[0] != '\0')
    rungs_shapes_add_text (self->shapes,
                           RUNGS_STYLE_NUMBER,
                           RUNGS_ALIGN_END,
                           layout->number_x,
                           layout->arrow_y + 4,
                           0,
                           row->number);
  if (row->time[0] != '\0')
    rungs_shapes_add_text (self->shapes,
                           RUNGS_STYLE_TIME,
                           RUNGS_ALIGN_END,
                           layout->time_x,
                           layout->arrow_y + 4,
                           0,
                           row->time);
}

static void
add_message (Rowing *self)
{
  const RungsRow *row = self->row;
  const RungsLayout *layout = self->layout;
  double source = rungs_layout_get_lane_x (layout, row->source);
  double destination = rungs_layout_get_lane_x (layout, row->destination);

  add_number_and_time (self);
  add_sign (self, layout->sign_x, layout->arrow_y);
  if (row->source == row->destination)
    add_loop (self, source);
  else
    {
      add_label (self, MIN (source, destination), MAX (source, destination));
      add_arrow (self, row->style, source, destination, layout->arrow_y);
    }
  add_hidden_hop (self);
  add_caption (self, MIN (source, destination));
}

/* In the middle of the lanes, but not so far to the right that a narrow window would have to scroll for it. */
static void
add_gap (Rowing *self)
{
  const RungsLayout *layout = self->layout;
  double last = rungs_layout_get_lane_x (layout, MAX (layout->n_lanes, 1) - 1);
  double middle = layout->row_height / 2;
  double x = floor ((layout->first_lane + MIN (last, layout->first_lane + GAP_SPAN)) / 2);

  rungs_shapes_add_text (self->shapes,
                         RUNGS_STYLE_GAP,
                         RUNGS_ALIGN_CENTER,
                         x,
                         middle + 4,
                         0,
                         self->row->label);
  add_plate (self, 0, middle - GAP_HEIGHT / 2, layout->width, middle + GAP_HEIGHT / 2);
}

/* A bar over the lanes that the folded messages run between, with what they are; the triangle says whether they stand below. */
static void
add_fold (Rowing *self)
{
  const RungsLayout *layout = self->layout;
  const RungsRow *row = self->row;
  double x1 = rungs_layout_get_lane_x (layout, row->source);
  double x2 = rungs_layout_get_lane_x (layout, row->destination);
  double y = layout->arrow_y;
  g_autofree char *label = g_strdup_printf ("%s %s", row->open ? "▾" : "▸", row->label);
  double needed = rungs_style_estimate_width (RUNGS_STYLE_LABEL, label) + 2 * ARROW_MARGIN;
  double spread = MAX (needed - (x2 - x1), 2 * ARROW_MARGIN) / 2;

  x1 = MAX (floor (x1 - spread), layout->text_x);
  x2 = MIN (MAX (ceil (x2 + spread), x1 + needed), layout->text_end);
  add_number_and_time (self);
  add_sign (self, layout->sign_x, y);
  rungs_shapes_add (self->shapes,
                    RUNGS_SHAPE_PLATE,
                    RUNGS_STYLE_SUMMARY,
                    x1,
                    y - FOLD_HEIGHT / 2,
                    x2,
                    y + FOLD_HEIGHT / 2)
    ->severity = row->severity;
  rungs_shapes_add_fitting_text (self->shapes,
                                 RUNGS_STYLE_LABEL,
                                 RUNGS_ALIGN_CENTER,
                                 floor ((x1 + x2) / 2),
                                 y + 4,
                                 x2 - x1 - ARROW_MARGIN,
                                 label);
  add_plate (self, x1, y - FOLD_HEIGHT / 2, x2, y + FOLD_HEIGHT / 2);
  add_caption (self, x1);
}

static void
add_note_line (Rowing *self, RungsStyle style, double y, const char *line)
{
  const RungsLayout *layout = self->layout;
  double width = layout->text_end - layout->text_x;
  const RungsShape *text =
    rungs_shapes_add_fitting_text (self->shapes, style, RUNGS_ALIGN_START, layout->text_x, y, width, line);

  add_plate (self,
             layout->text_x,
             y - 13,
             layout->text_x + rungs_style_estimate_width (style, text->text),
             y + 4);
}

/* The lines nearest to the message stand last; without captions there is room for two. */
static void
add_note (Rowing *self)
{
  const RungsLayout *layout = self->layout;
  guint n_lines = g_strv_length (self->row->lines);
  guint n_shown = layout->captions ? n_lines : MIN (n_lines, 2);
  guint n_rows = n_shown + (layout->captions ? 1 : 0);
  double y = floor ((layout->row_height - n_rows * RUNGS_LAYOUT_CAPTION_LINE) / 2) + 12;

  if (layout->captions)
    {
      add_note_line (self, RUNGS_STYLE_GAP, y, self->row->label);
      y += RUNGS_LAYOUT_CAPTION_LINE;
    }
  for (guint i = n_lines - n_shown; i < n_lines; i++, y += RUNGS_LAYOUT_CAPTION_LINE)
    add_note_line (self, RUNGS_STYLE_CAPTION, y, self->row->lines[i]);
}

static void
add_summary (Rowing *self)
{
  const RungsLayout *layout = self->layout;
  const RungsRow *row = self->row;
  double size = rungs_style_get_font_size (RUNGS_STYLE_SUMMARY);
  double text_x = RUNGS_LAYOUT_MARGIN + 42;
  double width = layout->text_end - 14 - text_x;
  double top = layout->captions ? 6 : 3;
  guint n_lines = layout->captions ? 2 : 1;
  g_auto (GStrv) lines = rungs_text_wrap (row->caption, size, FALSE, width, n_lines);
  guint n = g_strv_length (lines);
  /* Title and lines together stand in the middle of the plate. */
  double y = (layout->row_height - (n > 0 ? 2 + n * RUNGS_LAYOUT_CAPTION_LINE : 0)) / 2 + 3;

  rungs_shapes_add (self->shapes,
                    RUNGS_SHAPE_PLATE,
                    RUNGS_STYLE_SUMMARY,
                    RUNGS_LAYOUT_MARGIN,
                    top,
                    layout->text_end,
                    layout->row_height - top)
    ->severity = row->severity;
  add_sign (self, RUNGS_LAYOUT_MARGIN + 22, layout->row_height / 2);
  rungs_shapes_add_fitting_text (self->shapes,
                                 RUNGS_STYLE_SUMMARY_TITLE,
                                 RUNGS_ALIGN_START,
                                 text_x,
                                 floor (y),
                                 width,
                                 row->label);
  for (guint i = 0; i < n; i++)
    rungs_shapes_add_text (self->shapes,
                           RUNGS_STYLE_SUMMARY,
                           RUNGS_ALIGN_START,
                           text_x,
                           floor (y + 2 + (i + 1) * RUNGS_LAYOUT_CAPTION_LINE),
                           width,
                           lines[i]);
  /* The lifelines end here. */
  add_plate (self, 0, 0, layout->width + layout->n_lanes * layout->lane_distance, layout->row_height);
}

static void
add_lifeline (const Rowing *self, GArray *lines, guint lane)
{
  RungsStyle style = self->lanes[lane]->ghost ? RUNGS_STYLE_LIFELINE_GHOST : RUNGS_STYLE_LIFELINE;
  double x = rungs_layout_get_lane_x (self->layout, lane);
  double y = 0;

  /* Plates are few; each round goes on below the next one that covers this lane. */
  while (y < self->layout->row_height)
    {
      double end = self->layout->row_height;
      double next = end;

      for (guint i = 0; i < self->n_plates; i++)
        {
          const Plate *plate = &self->plates[i];

          if (plate->x1 <= x && x <= plate->x2 && plate->y2 > y && plate->y1 < end)
            {
              end = MAX (plate->y1, y);
              next = plate->y2;
            }
        }
      if (end > y)
        rungs_shapes_add (lines, RUNGS_SHAPE_LINE, style, x, y, x, end);
      y = next;
    }
}

void
rungs_row_append_shapes (const RungsRow *row,
                         const RungsLayout *layout,
                         const RungsLane *const *lanes,
                         GArray *shapes)
{
  Rowing self = { .row = row, .layout = layout, .lanes = lanes, .shapes = shapes };
  g_autoptr (GArray) lines = NULL;
  guint first;

  g_return_if_fail (row != NULL && layout != NULL && shapes != NULL);

  first = shapes->len;
  switch (row->kind)
    {
    case RUNGS_RUNG_MESSAGE:
    case RUNGS_RUNG_KERBEROS:
    case RUNGS_RUNG_HIDDEN:
      add_message (&self);
      break;
    case RUNGS_RUNG_GAP:
      add_gap (&self);
      break;
    case RUNGS_RUNG_NOTE:
      add_note (&self);
      break;
    case RUNGS_RUNG_FOLD:
      add_fold (&self);
      break;
    case RUNGS_RUNG_SUMMARY:
    default:
      add_summary (&self);
      break;
    }
  lines = g_array_new (FALSE, FALSE, sizeof (RungsShape));
  for (guint i = 0; i < layout->n_lanes; i++)
    add_lifeline (&self, lines, i);
  if (lines->len > 0)
    g_array_insert_vals (shapes, first, lines->data, lines->len);
}
