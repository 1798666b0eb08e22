/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → Unicode text.  See rungs-ladder-text.h.
 *
 * A message is one line where its label has room in the arrow, otherwise two.  Where there are too many lanes for the
 * width, they get numbers, and a message is "1 → 3". */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-ladder-text.h"
#include "rungs-row-shapes.h"
#include "rungs-text-canvas.h"

#define DEFAULT_WIDTH     100
#define LEAST_WIDTH       60
#define LEAST_DISTANCE    12 /* columns between two lanes; with less, lanes are numbers */
#define GREATEST_DISTANCE 46
#define NARROW_WIDTH      84 /* below it the verdict's word stands behind the label */
#define LANE_MARGIN       6
#define ARROW_MARGIN      6 /* columns that label and arrow need besides the label's own */

typedef struct
{
  RungsLadder *ladder;
  RungsLanes *lanes;
  RungsTextCanvas *canvas;
  GString *text;
  guint width;
  guint n_lanes;
  gboolean captions;
  gboolean narrow;
  gboolean drawn; /* lanes are columns; otherwise numbers */
  guint number_end;
  guint time_x;
  guint sign_x;
  guint lanes_x; /* where the left margin ends */
  guint first_lane;
  guint distance;
} Writer;

static const char *
get_sign (RungsSeverity severity)
{
  switch (severity)
    {
    case RUNGS_SEVERITY_GOOD:
      return "✓";
    case RUNGS_SEVERITY_EXPECTED:
      return "⚿";
    case RUNGS_SEVERITY_INFO:
      return "i";
    case RUNGS_SEVERITY_WARNING:
      return "⚠";
    case RUNGS_SEVERITY_ERROR:
      return "✗";
    case RUNGS_SEVERITY_NONE:
    default:
      return " ";
    }
}

static RungsInk
get_ink (RungsSeverity severity)
{
  switch (severity)
    {
    case RUNGS_SEVERITY_GOOD:
      return RUNGS_INK_GOOD;
    case RUNGS_SEVERITY_EXPECTED:
      return RUNGS_INK_EXPECTED;
    case RUNGS_SEVERITY_WARNING:
      return RUNGS_INK_WARNING;
    case RUNGS_SEVERITY_ERROR:
      return RUNGS_INK_PROBLEM;
    case RUNGS_SEVERITY_INFO:
    case RUNGS_SEVERITY_NONE:
    default:
      return RUNGS_INK_PLAIN;
    }
}

static guint
get_lane_column (const Writer *self, guint lane)
{
  return self->first_lane + lane * self->distance;
}

static void
set_columns (Writer *self)
{
  RungsSelection *selection = rungs_ladder_get_selection (self->ladder);
  guint length = rungs_selection_get_length (selection);
  g_autofree char *largest =
    g_strdup_printf ("%u", length > 0 ? rungs_selection_get (selection, length - 1) + 1 : 1);
  guint word = 0;
  guint room;

  for (guint i = RUNGS_SEVERITY_GOOD; i <= RUNGS_SEVERITY_ERROR; i++)
    word = MAX (word, rungs_text_columns (rungs_severity_get_name (i)));
  self->number_end = MAX (strlen (largest), 2);
  self->time_x = self->number_end + 1;
  self->sign_x = self->time_x + strlen ("00:00:00.000") + 1;
  self->narrow = self->width < NARROW_WIDTH;
  self->lanes_x = self->sign_x + 2 + (self->narrow ? 0 : word + 1);
  self->first_lane = self->lanes_x + LANE_MARGIN;
  room = self->width > self->first_lane + LANE_MARGIN ? self->width - self->first_lane - LANE_MARGIN : 0;
  self->distance =
    self->n_lanes > 1 ? MIN (room / (self->n_lanes - 1), GREATEST_DISTANCE) : GREATEST_DISTANCE;
  self->drawn = self->n_lanes > 0 && self->distance >= LEAST_DISTANCE;
}

static void
put_centered (Writer *self, guint middle, guint limit, RungsInk ink, const char *text)
{
  guint columns = MIN (rungs_text_columns (text), limit);
  guint start = middle > columns / 2 ? middle - columns / 2 : 0;

  if (start + columns > self->width)
    start = self->width > columns ? self->width - columns : 0;
  rungs_text_canvas_put (self->canvas, start, limit, ink, text);
}

static void
put_lifelines (Writer *self)
{
  for (guint i = 0; i < self->n_lanes; i++)
    rungs_text_canvas_put (self->canvas,
                           get_lane_column (self, i),
                           1,
                           RUNGS_INK_FAINT,
                           rungs_lanes_get_lane (self->lanes, i)->ghost ? "┊" : "│");
}

static void
flush (Writer *self)
{
  rungs_text_canvas_flush (self->canvas, self->text);
}

static void
write_wrapped (Writer *self, guint indent, RungsInk ink, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  guint column = indent;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint columns = rungs_text_columns (parts[i]);

      if (column > indent && column + 1 + columns > self->width)
        {
          flush (self);
          column = indent;
        }
      if (column > indent)
        column++;
      column = rungs_text_canvas_put (self->canvas, column, self->width - column, ink, parts[i]);
    }
  flush (self);
}

static void
write_drawn_heads (Writer *self)
{
  for (guint line = 0; line < 3; line++)
    {
      gboolean empty = TRUE;

      for (guint i = 0; i < self->n_lanes; i++)
        {
          const RungsLane *lane = rungs_lanes_get_lane (self->lanes, i);
          guint limit = i == 0 ? MIN (self->distance - 2, 2 * self->first_lane) : self->distance - 2;
          const char *words[3];

          rungs_lane_get_words (lane, words);
          if (lane->ghost)
            words[2] = _ ("not in this trace");
          empty = empty && words[line][0] == '\0';
          put_centered (self,
                        get_lane_column (self, i),
                        limit,
                        line == 0 ? RUNGS_INK_BOLD : RUNGS_INK_PLAIN,
                        words[line]);
        }
      if (!empty)
        flush (self);
    }
  put_lifelines (self);
  flush (self);
}

static void
write_numbered_heads (Writer *self)
{
  for (guint i = 0; i < self->n_lanes; i++)
    {
      const RungsLane *lane = rungs_lanes_get_lane (self->lanes, i);
      const char *words[3];
      g_autofree char *line = NULL;

      rungs_lane_get_words (lane, words);
      line = g_strdup_printf ("%2u  %s  %s  %s",
                              i + 1,
                              words[0],
                              words[1],
                              lane->ghost ? _ ("not in this trace") : words[2]);
      rungs_text_canvas_put (self->canvas, 0, self->width, RUNGS_INK_PLAIN, line);
      flush (self);
    }
  flush (self);
}

static void
write_heads (Writer *self)
{
  g_autofree char *clock = rungs_ladder_describe_clock (self->ladder);
  /* Translators: %s is what the time column means: "local time (CET)", "since start". */
  g_autofree char *times = g_strdup_printf (_ ("Times: %s."), clock);

  write_wrapped (self, 0, RUNGS_INK_FAINT, times);
  if (self->drawn)
    write_drawn_heads (self);
  else
    write_numbered_heads (self);
}

/* Number, time, and the verdict as sign and word. */
static void
put_margin (Writer *self, const RungsRow *row)
{
  guint columns = rungs_text_columns (row->number);
  RungsInk ink = get_ink (row->severity);

  rungs_text_canvas_put (self->canvas,
                         self->number_end > columns ? self->number_end - columns : 0,
                         columns,
                         RUNGS_INK_FAINT,
                         row->number);
  columns = rungs_text_columns (row->time);
  rungs_text_canvas_put (self->canvas,
                         self->sign_x - 1 - MIN (columns, self->sign_x - 1),
                         columns,
                         RUNGS_INK_FAINT,
                         row->time);
  rungs_text_canvas_put (self->canvas, self->sign_x, 1, ink, get_sign (row->severity));
  if (!self->narrow)
    rungs_text_canvas_put (self->canvas,
                           self->sign_x + 2,
                           self->lanes_x - self->sign_x - 3,
                           ink,
                           rungs_severity_get_name (row->severity));
}

static void
put_arrow (Writer *self, guint source, guint destination, RungsInk ink, const char *stroke)
{
  guint from = get_lane_column (self, source);
  guint to = get_lane_column (self, destination);

  rungs_text_canvas_fill (self->canvas, MIN (from, to) + 1, MAX (from, to), ink, stroke);
  if (to > from)
    rungs_text_canvas_put (self->canvas, to - 1, 1, ink, "▶");
  else
    rungs_text_canvas_put (self->canvas, to + 1, 1, ink, "◀");
}

/* @brief: of a request, the method alone. */
static char *
make_label (const Writer *self, const RungsRow *row, gboolean brief)
{
  GString *label = g_string_new (row->label);
  const char *space = strchr (row->label, ' ');

  if (brief && !row->response && space != NULL)
    g_string_truncate (label, space - row->label);
  if (row->badge != NULL)
    g_string_append_printf (label, " · %s", row->badge);
  if (row->signature != NULL)
    g_string_append_printf (label, " · %s", row->signature);
  if (row->repeats != NULL)
    g_string_append_printf (label, " %s", row->repeats);
  if (row->comment != NULL)
    g_string_append_printf (label, " · “%s”", row->comment);
  if (self->narrow && row->severity != RUNGS_SEVERITY_NONE)
    g_string_append_printf (label, " · %s", rungs_severity_get_name (row->severity));
  return g_string_free (label, FALSE);
}

static const char *
get_stroke (RungsStyle style)
{
  return rungs_style_is_dotted (style) ? "┈" : rungs_style_is_dashed (style) ? "╌" : "─";
}

static void
write_loop (Writer *self, const RungsRow *row)
{
  g_autofree char *label = make_label (self, row, FALSE);
  guint column = get_lane_column (self, row->source);
  guint columns = rungs_text_columns (label);

  put_margin (self, row);
  put_lifelines (self);
  if (column + 4 + columns <= self->width || column < self->width / 2)
    {
      rungs_text_canvas_put (self->canvas, column + 1, 2, get_ink (row->accent), "◀╮");
      rungs_text_canvas_put (self->canvas,
                             column + 4,
                             self->width - MIN (column + 4, self->width),
                             get_ink (row->accent),
                             label);
    }
  else
    {
      guint limit = column - 3 - self->lanes_x;

      rungs_text_canvas_put (self->canvas, column - 2, 2, get_ink (row->accent), "╭▶");
      rungs_text_canvas_put (self->canvas,
                             column - 3 - MIN (columns, limit),
                             limit,
                             get_ink (row->accent),
                             label);
    }
  flush (self);
}

static gboolean
fits_arrow (const char *label, guint from, guint to)
{
  return rungs_text_columns (label) + ARROW_MARGIN <= (from > to ? from - to : to - from);
}

/* Above an arrow that is too short for it, the label may take the whole line. */
static void
write_label_line (Writer *self, guint middle, RungsInk ink, const char *label)
{
  guint left = self->number_end + 1;
  guint room = self->width - left;
  guint half = (MIN (rungs_text_columns (label), room) + 1) / 2;

  put_lifelines (self);
  put_centered (self, MAX (middle, left + half), room, ink, label);
  flush (self);
}

static void
write_drawn_message (Writer *self, const RungsRow *row)
{
  guint from = get_lane_column (self, row->source);
  guint to = get_lane_column (self, row->destination);
  RungsInk ink = get_ink (row->accent);
  RungsInk label_ink = ink == RUNGS_INK_PLAIN ? RUNGS_INK_BOLD : ink;
  g_autofree char *whole = make_label (self, row, FALSE);
  g_autofree char *brief = make_label (self, row, TRUE);
  const char *inside = fits_arrow (whole, from, to) ? whole : fits_arrow (brief, from, to) ? brief : NULL;

  if (inside == NULL)
    write_label_line (self, (from + to) / 2, label_ink, whole);
  put_margin (self, row);
  put_lifelines (self);
  put_arrow (self, row->source, row->destination, ink, get_stroke (row->style));
  if (inside != NULL)
    {
      g_autofree char *padded = g_strdup_printf (" %s ", inside);

      put_centered (self, (from + to) / 2, self->width, label_ink, padded);
    }
  if (row->hidden_source != RUNGS_NO_LANE)
    put_arrow (self, row->hidden_source, row->hidden_destination, RUNGS_INK_FAINT, "┈");
  flush (self);
}

static void
write_message (Writer *self, const RungsRow *row)
{
  if (!self->drawn)
    {
      g_autofree char *label = make_label (self, row, FALSE);
      g_autofree char *words = g_strdup_printf ("%u → %u  %s", row->source + 1, row->destination + 1, label);

      put_margin (self, row);
      rungs_text_canvas_put (self->canvas,
                             self->lanes_x,
                             self->width - self->lanes_x,
                             get_ink (row->accent),
                             words);
      flush (self);
    }
  else if (row->source == row->destination)
    write_loop (self, row);
  else
    write_drawn_message (self, row);
  if (!self->captions)
    return;
  if (row->caption[0] != '\0')
    write_wrapped (self, self->sign_x, RUNGS_INK_PLAIN, row->caption);
  if (self->drawn)
    put_lifelines (self);
  flush (self);
}

static void
write_fold (Writer *self, const RungsRow *row)
{
  g_autofree char *label = g_strdup_printf (" %s %s ", row->open ? "▾" : "▸", row->label);

  put_margin (self, row);
  if (self->drawn)
    {
      guint from = get_lane_column (self, row->source);
      guint to = get_lane_column (self, row->destination);

      put_lifelines (self);
      rungs_text_canvas_fill (self->canvas, from, to + 1, RUNGS_INK_FAINT, "═");
      put_centered (self, (from + to) / 2, self->width, RUNGS_INK_BOLD, label);
    }
  else
    rungs_text_canvas_put (self->canvas, self->lanes_x, self->width - self->lanes_x, RUNGS_INK_BOLD, label);
  flush (self);
  if (!self->captions)
    return;
  write_wrapped (self, self->sign_x, RUNGS_INK_PLAIN, row->caption);
  if (self->drawn)
    put_lifelines (self);
  flush (self);
}

static void
write_gap (Writer *self, const RungsRow *row)
{
  if (self->drawn)
    {
      for (guint i = 0; i < self->n_lanes; i++)
        rungs_text_canvas_put (self->canvas, get_lane_column (self, i), 1, RUNGS_INK_FAINT, "⋮");
      put_centered (self,
                    (self->first_lane + get_lane_column (self, self->n_lanes - 1)) / 2,
                    self->distance,
                    RUNGS_INK_FAINT,
                    row->label);
    }
  else
    rungs_text_canvas_put (self->canvas,
                           self->lanes_x,
                           self->width - self->lanes_x,
                           RUNGS_INK_FAINT,
                           row->label);
  flush (self);
}

static void
write_note (Writer *self, const RungsRow *row)
{
  for (guint i = 0; row->lines[i] != NULL; i++)
    {
      rungs_text_canvas_put (self->canvas,
                             self->lanes_x,
                             self->width - self->lanes_x,
                             RUNGS_INK_FAINT,
                             row->lines[i]);
      flush (self);
    }
}

static void
write_summary (Writer *self, const RungsRow *row)
{
  RungsInk ink = get_ink (row->severity);
  guint column = 0;

  flush (self);
  if (row->severity != RUNGS_SEVERITY_NONE)
    {
      column = rungs_text_canvas_put (self->canvas, 0, 1, ink, get_sign (row->severity)) + 1;
      column = rungs_text_canvas_put (self->canvas,
                                      column,
                                      self->width,
                                      ink,
                                      rungs_severity_get_name (row->severity)) +
               2;
    }
  rungs_text_canvas_put (self->canvas, column, self->width - column, RUNGS_INK_BOLD, row->label);
  flush (self);
  if (row->caption[0] != '\0')
    write_wrapped (self, 2, RUNGS_INK_PLAIN, row->caption);
}

static void
write_row (Writer *self, guint number)
{
  g_auto (RungsRow) row = RUNGS_ROW_INIT;

  rungs_ladder_read_row (self->ladder, number, &row);
  if (row.kind == RUNGS_RUNG_MESSAGE || rungs_rung_kind_is_step (row.kind))
    write_message (self, &row);
  else if (row.kind == RUNGS_RUNG_GAP)
    write_gap (self, &row);
  else if (row.kind == RUNGS_RUNG_NOTE)
    write_note (self, &row);
  else if (row.kind == RUNGS_RUNG_FOLD)
    write_fold (self, &row);
  else
    write_summary (self, &row);
}

/* @self and @canvas go together; the caller frees the canvas. */
static void
begin (Writer *self, RungsLadder *ladder, guint width, gboolean color, gboolean captions)
{
  *self = (Writer){ .ladder = ladder, .captions = captions };
  self->width = width > 0 ? MAX (width, LEAST_WIDTH) : DEFAULT_WIDTH;
  self->lanes = rungs_ladder_get_lanes (ladder);
  self->n_lanes = rungs_lanes_get_n_lanes (self->lanes);
  self->canvas = rungs_text_canvas_new (self->width, color);
  self->text = g_string_new (NULL);
  set_columns (self);
}

static char *
end (Writer *self)
{
  rungs_text_canvas_free (self->canvas);
  return g_string_free (self->text, FALSE);
}

char *
rungs_ladder_text_write (RungsLadder *ladder, guint width, gboolean color, gboolean captions)
{
  Writer self;

  g_return_val_if_fail (RUNGS_IS_LADDER (ladder), NULL);

  begin (&self, ladder, width, color, captions);
  write_heads (&self);
  for (guint i = 0; i < rungs_ladder_get_n_rows (ladder); i++)
    write_row (&self, i);
  return end (&self);
}

char *
rungs_ladder_text_write_heads (RungsLadder *ladder, guint width, gboolean color)
{
  Writer self;

  g_return_val_if_fail (RUNGS_IS_LADDER (ladder), NULL);

  begin (&self, ladder, width, color, FALSE);
  write_heads (&self);
  return end (&self);
}

char *
rungs_ladder_text_write_row (RungsLadder *ladder, guint width, gboolean color, gboolean captions, guint row)
{
  Writer self;

  g_return_val_if_fail (RUNGS_IS_LADDER (ladder) && row < rungs_ladder_get_n_rows (ladder), NULL);

  begin (&self, ladder, width, color, captions);
  write_row (&self, row);
  return end (&self);
}
