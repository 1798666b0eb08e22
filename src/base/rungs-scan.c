/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Scanning: bytes → lines, quoted strings, comma lists and ;parameters.  See rungs-scan.h. */

#include "config.h"

#include "rungs-scan.h"

/* How many bytes a quote character takes at the start of @self, 0 where there is none. */
static gsize
quote_length (RungsSlice self)
{
  guchar c;

  if (self.length == 0)
    return 0;
  c = (guchar) self.data[0];
  if (c == '"' || c == 0x93 || c == 0x94)
    return 1;
  if (c == 0xe2 && self.length >= 3 && (guchar) self.data[1] == 0x80 &&
      ((guchar) self.data[2] == 0x9c || (guchar) self.data[2] == 0x9d))
    return 3;
  return 0;
}

/* How many bytes the character at the start of @self takes: the bytes of a UTF-8 character stay together, so that none
 * of them is taken for a quote of Windows-1252. */
static gsize
character_length (RungsSlice self)
{
  guchar c = (guchar) self.data[0];
  gsize wanted = c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
  gsize n = 1;

  while (n < wanted && n < self.length && ((guchar) self.data[n] & 0xc0) == 0x80)
    n++;
  return n == wanted ? n : 1;
}

/* The offset of the first '"' at or behind @from that no backslash escapes, or -1. */
static gssize
find_straight_quote (RungsSlice self, gsize from)
{
  gssize quote = rungs_slice_find_char (self, from, '"');

  while (quote >= 0)
    {
      gssize backslash = rungs_slice_find_char (rungs_slice_sub (self, 0, quote), from, '\\');

      if (backslash < 0)
        return quote;
      from = backslash + 2;
      if ((gsize) quote < from)
        quote = rungs_slice_find_char (self, from, '"');
    }
  return -1;
}

gsize
rungs_scan_quoted (RungsSlice text, RungsSlice *content, gboolean *closed)
{
  gsize open = quote_length (text);
  gsize i = open;
  gssize straight;

  *closed = TRUE;
  *content = rungs_slice_sub (text, 0, 0);
  if (open == 0)
    return 0;
  /* Straight quotes may enclose typographic ones: only in default of another straight one does a typographic one close
   * what was opened straight. */
  if (text.data[0] == '"' && (straight = find_straight_quote (text, open)) >= 0)
    {
      *content = rungs_slice_sub (text, open, straight - open);
      return straight + 1;
    }
  while (i < text.length)
    {
      RungsSlice rest = rungs_slice_skip (text, i);
      gsize quote = quote_length (rest);

      if (quote > 0)
        {
          *content = rungs_slice_sub (text, open, i - open);
          return i + quote;
        }
      i += text.data[i] == '\\' && i + 1 < text.length ? 2 : character_length (rest);
    }
  *content = rungs_slice_skip (text, open);
  *closed = FALSE;
  return text.length;
}

/* Bytes that may open a quoted string, or an angle bracket. */
static inline gboolean
is_special (guchar c)
{
  return c == '"' || c == '<' || c == '>' || c >= 0x80;
}

/* Sixteen bytes that are compared at once. */
typedef guint8 Block __attribute__ ((vector_size (16)));

static inline Block
fill_block (guint8 c)
{
  Block block;

  memset (&block, c, sizeof block);
  return block;
}

/* How many bytes from @i on are neither special nor @separator. */
static inline gsize
count_plain (RungsSlice text, gsize i, char separator)
{
  gsize begin = i;

  for (; i + sizeof (Block) <= text.length; i += sizeof (Block))
    {
      Block block, hits;
      guint64 halves[2];

      memcpy (&block, text.data + i, sizeof block);
      hits = (Block) (block == fill_block (separator)) | (Block) (block == fill_block ('"')) |
             (Block) (block == fill_block ('<')) | (Block) (block == fill_block ('>')) |
             (Block) (block >= fill_block (0x80));
      memcpy (halves, &hits, sizeof halves);
      if (halves[0] != 0)
        return i - begin + __builtin_ctzll (GUINT64_FROM_LE (halves[0])) / 8;
      if (halves[1] != 0)
        return i - begin + 8 + __builtin_ctzll (GUINT64_FROM_LE (halves[1])) / 8;
    }
  while (i < text.length && text.data[i] != separator && !is_special (text.data[i]))
    i++;
  return i - begin;
}

gboolean
rungs_scan_item (RungsSlice *rest, char separator, RungsSlice *item)
{
  gsize i = 0;
  gboolean in_angle = FALSE;

  if (rest->length == 0)
    return FALSE;
  while ((i += count_plain (*rest, i, separator)) < rest->length)
    {
      char c = rest->data[i];

      if (G_LIKELY (!is_special (c)))
        {
          if (c == separator && !in_angle)
            break;
          i++;
        }
      else if (c == '<' || c == '>')
        {
          in_angle = c == '<';
          i++;
        }
      else
        {
          RungsSlice here = rungs_slice_skip (*rest, i);
          RungsSlice content;
          gboolean closed;
          gsize quoted = rungs_scan_quoted (here, &content, &closed);

          /* An open quote swallows the rest: to look for a better end would take quadratic time. */
          i += quoted > 0 ? quoted : character_length (here);
        }
    }
  *item = rungs_slice_trim (rungs_slice_sub (*rest, 0, i));
  *rest = rungs_slice_skip (*rest, i + 1);
  return TRUE;
}

gboolean
rungs_scan_parameter (RungsSlice item, RungsSlice *name, RungsSlice *value)
{
  gssize equals = rungs_slice_find_char (item, 0, '=');
  RungsSlice content;
  gboolean closed = TRUE;

  if (equals < 0)
    {
      *name = rungs_slice_trim (item);
      *value = RUNGS_SLICE_EMPTY;
      return TRUE;
    }
  *name = rungs_slice_trim (rungs_slice_sub (item, 0, equals));
  *value = rungs_slice_trim (rungs_slice_skip (item, equals + 1));
  if (rungs_scan_quoted (*value, &content, &closed) > 0)
    *value = content;
  return closed;
}

gboolean
rungs_scan_find_parameter (RungsSlice parameters, char separator, const char *name, RungsSlice *value)
{
  RungsSlice item, item_name, item_value;
  RungsSlice wanted = rungs_slice_from_string (name);

  while (rungs_scan_item (&parameters, separator, &item))
    {
      /* Most are others, and need not be taken apart to see it. */
      if (!rungs_slice_case_starts_with (item, wanted))
        continue;
      rungs_scan_parameter (item, &item_name, &item_value);
      if (rungs_slice_case_equal (item_name, wanted))
        {
          if (value != NULL)
            *value = item_value;
          return TRUE;
        }
    }
  return FALSE;
}

char *
rungs_scan_unescape (RungsSlice quoted)
{
  char *result = g_malloc (quoted.length + 1);
  gsize n = 0;

  for (gsize i = 0; i < quoted.length; i++)
    {
      if (quoted.data[i] == '\\' && i + 1 < quoted.length)
        i++;
      result[n++] = quoted.data[i];
    }
  result[n] = '\0';
  return result;
}
