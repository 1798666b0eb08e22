/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Bytes of a trace → text that is safe to show.  See rungs-text.h. */

#include "config.h"

#include "rungs-text.h"

#define DUMP_COLUMNS 8

static gboolean
is_invisible (gunichar c)
{
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
         c == 0x061c || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f) ||
         c == 0x2028 || c == 0x2029;
}

static void
append_character (GString *text, gunichar c)
{
  if (c < 0x20)
    g_string_append_unichar (text, 0x2400 + c);
  else if (c == 0x7f)
    g_string_append_unichar (text, 0x2421);
  else if ((c >= 0x80 && c < 0xa0) || is_invisible (c))
    g_string_append_printf (text, "<U+%04X>", c);
  else
    g_string_append_unichar (text, c);
}

/* Decodes one character at @p; an invalid byte is one replacement character, so that no byte vanishes. */
static gunichar
next_character (const char **p, const char *end)
{
  gunichar c = (guchar) * *p;

  if (c < 0x80)
    {
      (*p)++;
      return c;
    }
  c = g_utf8_get_char_validated (*p, end - *p);
  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      (*p)++;
      return 0xfffd;
    }
  *p = g_utf8_next_char (*p);
  return c;
}

char *
rungs_text_display_max (RungsSlice bytes, gsize max_characters)
{
  GString *text = g_string_sized_new (MIN (bytes.length, max_characters) + 1);
  const char *p = bytes.data;
  const char *end = rungs_slice_end (bytes);

  for (gsize n = 0; p < end; n++)
    {
      if (n == max_characters)
        {
          g_string_append (text, "…");
          break;
        }
      append_character (text, next_character (&p, end));
    }
  return g_string_free (text, FALSE);
}

char *
rungs_text_display (RungsSlice bytes)
{
  return rungs_text_display_max (bytes, G_MAXSIZE);
}

char *
rungs_text_display_lines (RungsSlice bytes, gsize max_line)
{
  GString *text = g_string_sized_new (bytes.length + 1);
  const char *p = bytes.data;
  const char *end = rungs_slice_end (bytes);
  gsize column = 0;

  while (p < end)
    {
      gunichar c = next_character (&p, end);

      if (c == '\r' && p < end && *p == '\n')
        continue;
      if (c == '\n' || c == '\r')
        {
          g_string_append_c (text, '\n');
          column = 0;
          continue;
        }
      if (max_line > 0 && column == max_line)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      if (c == '\t')
        g_string_append_c (text, '\t');
      else
        append_character (text, c);
      column++;
    }
  return g_string_free (text, FALSE);
}

char *
rungs_text_dump (RungsSlice bytes)
{
  GString *text = g_string_sized_new (bytes.length / DUMP_COLUMNS * 80 + 80);

  for (gsize start = 0; start < bytes.length; start += DUMP_COLUMNS)
    {
      RungsSlice line = rungs_slice_sub (bytes, start, DUMP_COLUMNS);

      g_string_append_printf (text, "%06" G_GSIZE_MODIFIER "x ", start);
      for (gsize i = 0; i < DUMP_COLUMNS; i++)
        if (i < line.length)
          g_string_append_printf (text, "%s%02x", i % 8 == 0 ? "  " : " ", (guchar) line.data[i]);
        else
          g_string_append (text, i % 8 == 0 ? "    " : "   ");
      g_string_append (text, "  ");
      for (gsize i = 0; i < line.length; i++)
        g_string_append_c (text, g_ascii_isprint (line.data[i]) ? line.data[i] : '.');
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
