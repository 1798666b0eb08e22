/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* JSON of logs.  See rungs-text-json.h. */

#include "config.h"

#include "rungs-text-json.h"

static RungsSlice
skip_blanks (RungsSlice text)
{
  gsize i = 0;

  while (i < text.length && strchr (" \t\r\n", text.data[i]) != NULL && text.data[i] != '\0')
    i++;
  return rungs_slice_skip (text, i);
}

RungsSlice
rungs_text_json_cut_string (RungsSlice text)
{
  for (gsize i = 0; i < text.length; i++)
    {
      if (text.data[i] == '\\')
        i++;
      else if (text.data[i] == '"')
        return rungs_slice_sub (text, 0, i);
    }
  return text;
}

/* How long the string at the start of @text is, with its quote marks; 0 where it does not end. */
static gsize
measure_string (RungsSlice text)
{
  RungsSlice inside = rungs_text_json_cut_string (rungs_slice_skip (text, 1));

  return inside.length + 1 < text.length ? inside.length + 2 : 0;
}

/* How long the value at the start of @text is; 0 where it does not end. */
static gsize
measure_value (RungsSlice text)
{
  guint depth = 0;
  gsize i = 0;

  if (text.length > 0 && text.data[0] == '"')
    return measure_string (text);
  while (i < text.length)
    {
      char c = text.data[i];

      if (c == '"')
        {
          gsize length = measure_string (rungs_slice_skip (text, i));

          if (length == 0)
            return 0;
          i += length;
          continue;
        }
      if (depth == 0 && (c == ',' || c == '}' || c == ']'))
        return i;
      depth += c == '{' || c == '[';
      depth -= c == '}' || c == ']';
      i++;
      if (depth == 0 && (c == '}' || c == ']'))
        return i;
    }
  return 0;
}

gboolean
rungs_text_json_next (RungsSlice *rest, RungsSlice *key, RungsSlice *value)
{
  RungsSlice text = skip_blanks (*rest);
  gsize length;

  if (text.length > 0 && text.data[0] == ',')
    text = skip_blanks (rungs_slice_skip (text, 1));
  if (text.length == 0 || text.data[0] != '"' || (length = measure_string (text)) == 0)
    return FALSE;
  *key = rungs_slice_sub (text, 1, length - 2);
  text = skip_blanks (rungs_slice_skip (text, length));
  if (text.length == 0 || text.data[0] != ':')
    return FALSE;
  text = skip_blanks (rungs_slice_skip (text, 1));
  length = measure_value (text);
  if (length == 0)
    return FALSE;
  *value = rungs_slice_trim (rungs_slice_sub (text, 0, length));
  *rest = rungs_slice_skip (text, length);
  return TRUE;
}

RungsSlice
rungs_text_json_get_string (RungsSlice value)
{
  return value.length >= 2 && value.data[0] == '"' ? rungs_slice_sub (value, 1, value.length - 2)
                                                   : RUNGS_SLICE_EMPTY;
}

/* The number of "\u003c" at the start of @text; -1 where it is none. */
static int
read_unit (RungsSlice text)
{
  int unit = 0;

  if (text.length < 6 || text.data[0] != '\\' || text.data[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text.data[i]))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (text.data[i]);
    }
  return unit;
}

/* "\u003c", "\ud83d\ude00". Returns: its length, 0 where it is none */
static gsize
unescape_unicode (RungsSlice text, GString *result)
{
  int first = read_unit (text);
  int second = first >= 0xd800 && first < 0xdc00 ? read_unit (rungs_slice_skip (text, 6)) : -1;

  if (first <= 0)
    return 0;
  if (second >= 0xdc00 && second < 0xe000)
    {
      g_string_append_unichar (result, 0x10000 + (gunichar) ((first & 0x3ff) << 10 | (second & 0x3ff)));
      return 12;
    }
  if (!g_unichar_validate ((gunichar) first))
    return 0;
  g_string_append_unichar (result, (gunichar) first);
  return 6;
}

void
rungs_text_json_unescape (RungsSlice text, GString *result)
{
  static const char names[] = "rntbf\"\\/'";
  static const char bytes[] = "\r\n\t\b\f\"\\/'";
  gsize i = 0;

  while (i < text.length)
    {
      const char *name;
      gsize length;

      if (text.data[i] != '\\' || i + 1 == text.length)
        {
          g_string_append_c (result, text.data[i++]);
          continue;
        }
      name = strchr (names, text.data[i + 1]);
      length = unescape_unicode (rungs_slice_skip (text, i), result);
      if (length == 0)
        g_string_append_c (result, name != NULL && *name != '\0' ? bytes[name - names] : text.data[i]);
      i += length > 0 ? length : name != NULL && *name != '\0' ? 2 : 1;
    }
}

gboolean
rungs_text_json_read_bytes (RungsSlice value, GString *result)
{
  gsize before = result->len;
  guint number = 0;
  gboolean has_digit = FALSE;

  if (value.length < 3 || value.data[0] != '[')
    return FALSE;
  for (gsize i = 1; i < value.length; i++)
    {
      char c = value.data[i];

      if (g_ascii_isdigit (c))
        {
          number = MIN (number * 10 + (guint) (c - '0'), 256);
          has_digit = TRUE;
        }
      else if (c == ',' || c == ']')
        {
          if (!has_digit || number > 255)
            break;
          g_string_append_c (result, (char) number);
          number = 0;
          has_digit = FALSE;
          if (c == ']')
            return TRUE;
        }
      else if (c != ' ')
        break;
    }
  g_string_truncate (result, before);
  return FALSE;
}
