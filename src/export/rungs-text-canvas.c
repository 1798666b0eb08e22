/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A line of a terminal, filled by column.  See rungs-text-canvas.h. */

#include "config.h"

#include "rungs-text-canvas.h"

#define MARKS_A_CELL 4 /* more combining marks on one character than any script has are left out */

typedef struct
{
  gunichar character;           /* 0: the right half of a wide character */
  gunichar marks[MARKS_A_CELL]; /* combining marks, ended by 0 where fewer */
  RungsInk ink;
} Cell;

struct _RungsTextCanvas
{
  Cell *cells;
  guint width;
  gboolean color;
};

static void
clear (RungsTextCanvas *self)
{
  for (guint i = 0; i < self->width; i++)
    self->cells[i] = (Cell){ .character = ' ' };
}

RungsTextCanvas *
rungs_text_canvas_new (guint width, gboolean color)
{
  RungsTextCanvas *self = g_new0 (RungsTextCanvas, 1);

  self->cells = g_new (Cell, MAX (width, 1));
  self->width = width;
  self->color = color;
  clear (self);
  return self;
}

void
rungs_text_canvas_free (RungsTextCanvas *self)
{
  if (self == NULL)
    return;
  g_free (self->cells);
  g_free (self);
}

static guint
get_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
rungs_text_columns (const char *text)
{
  guint columns = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    columns += get_columns (g_utf8_get_char (text));
  return columns;
}

static void
put_character (RungsTextCanvas *self, guint column, RungsInk ink, gunichar c)
{
  guint columns = get_columns (c);

  if (columns == 0)
    {
      if (column == 0 || column > self->width)
        return;
      for (guint i = 0; i < MARKS_A_CELL; i++)
        if (self->cells[column - 1].marks[i] == 0)
          {
            self->cells[column - 1].marks[i] = c;
            return;
          }
      return;
    }
  if (column + columns > self->width)
    return;
  self->cells[column] = (Cell){ .character = c, .ink = ink };
  if (columns == 2)
    self->cells[column + 1] = (Cell){ .character = 0, .ink = ink };
}

guint
rungs_text_canvas_put (RungsTextCanvas *self, guint column, guint limit, RungsInk ink, const char *text)
{
  guint needed;
  guint used = 0;

  g_return_val_if_fail (self != NULL && text != NULL, column);

  needed = rungs_text_columns (text);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      guint columns = get_columns (c);

      if (needed > limit && used + columns >= limit)
        {
          if (used < limit)
            put_character (self, column + used++, ink, 0x2026);
          break;
        }
      put_character (self, column + used, ink, c);
      used += columns;
    }
  return column + used;
}

void
rungs_text_canvas_fill (RungsTextCanvas *self, guint column, guint end, RungsInk ink, const char *character)
{
  g_return_if_fail (self != NULL && character != NULL);

  for (; column < end; column++)
    put_character (self, column, ink, g_utf8_get_char (character));
}

static const char *
get_sequence (RungsInk ink)
{
  switch (ink)
    {
    case RUNGS_INK_BOLD:
      return "\033[0;1m";
    case RUNGS_INK_FAINT:
      return "\033[0;2m";
    case RUNGS_INK_GOOD:
      return "\033[0;32m";
    case RUNGS_INK_EXPECTED:
      return "\033[0;34m";
    case RUNGS_INK_WARNING:
      return "\033[0;33m";
    case RUNGS_INK_PROBLEM:
      return "\033[0;1;31m";
    case RUNGS_INK_PLAIN:
    default:
      return "\033[0m";
    }
}

void
rungs_text_canvas_flush (RungsTextCanvas *self, GString *text)
{
  RungsInk ink = RUNGS_INK_PLAIN;
  guint length;

  g_return_if_fail (self != NULL && text != NULL);

  for (length = self->width; length > 0 && self->cells[length - 1].character == ' '; length--)
    continue;
  for (guint i = 0; i < length; i++)
    {
      const Cell *cell = &self->cells[i];

      if (cell->character == 0)
        continue;
      if (self->color && cell->character != ' ' && cell->ink != ink)
        {
          ink = cell->ink;
          g_string_append (text, get_sequence (ink));
        }
      g_string_append_unichar (text, cell->character);
      for (guint k = 0; k < MARKS_A_CELL && cell->marks[k] != 0; k++)
        g_string_append_unichar (text, cell->marks[k]);
    }
  if (ink != RUNGS_INK_PLAIN)
    g_string_append (text, "\033[0m");
  g_string_append_c (text, '\n');
  clear (self);
}
