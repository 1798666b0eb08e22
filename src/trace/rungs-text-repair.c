/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Mails and web pages.  See rungs-text-repair.h.
 *
 * Each replacement takes at least as many bytes as it leaves, so that the repaired text fits where the text did, and
 * offsets in it grow as they do there. */

#include "config.h"

#include "rungs-text-json-lines.h"
#include "rungs-text-repair.h"

#define BEGINNING  (256 * 1024)
#define MAX_TAG    300
#define MAX_ENTITY 10
#define MAX_ESCAPE 20
#define MAX_HITS   64

/* A replacement: @taken bytes become @left bytes of @bytes. */
typedef struct
{
  gsize taken;
  gsize left;
  char bytes[6];
} Change;

static RungsSlice
get_line (RungsSlice text, gsize at)
{
  const char *start = memrchr (text.data, '\n', at);
  const char *end = memchr (text.data + at, '\n', text.length - at);
  const char *begin = start != NULL ? start + 1 : text.data;

  return rungs_slice (begin, (gsize) ((end != NULL ? end : rungs_slice_end (text)) - begin));
}

/* Whether one of the headers that every message has stands in @line before @end. */
static gboolean
names_header (RungsSlice line, gsize end)
{
  static const char *const names[] = { "From:",          "To:",  "Contact:", "Via:", "Authenticate:",
                                       "Authorization:", "from:" };

  line = rungs_slice_sub (line, 0, end);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (rungs_slice_find (line, 0, rungs_slice_from_string (names[i])) >= 0)
      return TRUE;
  return FALSE;
}

/* Whether @mark stands in a header line. */
static gboolean
is_in_header (RungsSlice text, const char *mark)
{
  RungsSlice sought = rungs_slice_from_string (mark);
  gssize at = rungs_slice_find (text, 0, sought);

  for (guint i = 0; i < MAX_HITS && at >= 0; i++)
    {
      RungsSlice line = get_line (text, (gsize) at);

      if (names_header (line, (gsize) (text.data + at - line.data) + 1))
        return TRUE;
      at = rungs_slice_find (text, (gsize) at + sought.length, sought);
    }
  return FALSE;
}

static gboolean
holds (RungsSlice text, char c)
{
  return rungs_slice_find_char (text, 0, c) >= 0;
}

RungsTextDamage
rungs_text_repair_find (RungsSlice text)
{
  text = rungs_slice_sub (text, 0, BEGINNING);
  if (is_in_header (text, "&lt;sip"))
    return RUNGS_TEXT_DAMAGE_HTML;
  if (is_in_header (text, "branch=3Dz9hG4bK") ||
      (is_in_header (text, "tag=3D") && is_in_header (text, "epid=3D")))
    return RUNGS_TEXT_DAMAGE_QUOTED_PRINTABLE;
  /* “ before what only straight quote marks may enclose, and a blank or hyphen that no header has */
  if (is_in_header (text, "=\xe2\x80\x9c") || is_in_header (text, ": \xe2\x80\x9c") ||
      is_in_header (text, ":\xc2\xa0") ||
      rungs_slice_find (text,
                        0,
                        RUNGS_SLICE_LITERAL ("WWW\xe2\x80\x91"
                                             "Authenticate:")) >= 0)
    return RUNGS_TEXT_DAMAGE_TYPOGRAPHY;
  /* These are rare enough to ask for their first byte before. */
  if (holds (text, '\033') && is_in_header (text, "\033["))
    return RUNGS_TEXT_DAMAGE_COLOURS;
  if ((holds (text, '#') && is_in_header (text, "#015\n")) ||
      (holds (text, '^') && is_in_header (text, "^M\n")))
    return RUNGS_TEXT_DAMAGE_CODES;
  if (holds (text, '{') && rungs_text_json_lines_find (text))
    return RUNGS_TEXT_DAMAGE_JSON_LINES;
  return RUNGS_TEXT_DAMAGE_NONE;
}

static gboolean
set_change (Change *change, gsize taken, gunichar character)
{
  change->taken = taken;
  change->left = (gsize) g_unichar_to_utf8 (character, change->bytes);
  return change->left <= taken;
}

/* "&lt;", "&#60;", "&#x3c;" */
static gboolean
read_entity (RungsSlice text, Change *change)
{
  static const struct
  {
    const char *name;
    gunichar character;
  } entities[] = { { "lt", '<' },   { "gt", '>' },    { "amp", '&' },
                   { "quot", '"' }, { "apos", '\'' }, { "nbsp", ' ' } };
  gssize semicolon = rungs_slice_find_char (rungs_slice_sub (text, 0, MAX_ENTITY), 0, ';');
  RungsSlice name = rungs_slice_sub (text, 1, (gsize) MAX (semicolon, 1) - 1);
  char digits[MAX_ENTITY + 1] = { 0 };
  gboolean hexadecimal;
  char *end;
  guint64 number;

  if (name.length == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (rungs_slice_equal_string (name, entities[i].name))
      return set_change (change, (gsize) semicolon + 1, entities[i].character);
  if (name.data[0] != '#' || name.length < 2)
    return FALSE;
  hexadecimal = g_ascii_tolower (name.data[1]) == 'x';
  name = rungs_slice_skip (name, hexadecimal ? 2 : 1);
  memcpy (digits, name.data, name.length);
  number = g_ascii_strtoull (digits, &end, hexadecimal ? 16 : 10);
  if (end == digits || *end != '\0' || number == 0 || number > 0x10ffff ||
      !g_unichar_validate ((gunichar) number))
    return FALSE;
  return set_change (change, (gsize) semicolon + 1, (gunichar) number);
}

/* "<br>", "</p>", "<span class=…>": those that end a line become its end. */
static gboolean
read_tag (RungsSlice text, Change *change)
{
  static const char *const breaks[] = { "br", "/p", "/div", "/li", "/tr", "/pre" };
  RungsSlice head = rungs_slice_sub (text, 0, MAX_TAG);
  gssize close = rungs_slice_find_char (head, 0, '>');
  gsize end;
  RungsSlice name;

  if (close < 2 || (!g_ascii_isalpha (text.data[1]) && text.data[1] != '/' && text.data[1] != '!'))
    return FALSE;
  for (end = 2; end < (gsize) close && g_ascii_isalnum (text.data[end]); end++)
    ;
  name = rungs_slice_sub (text, 1, end - 1);
  /* "<sip:alice@example.org>" is none. */
  if (end < (gsize) close && strchr (" \t\r\n/-", text.data[end]) == NULL)
    return FALSE;
  change->taken = (gsize) close + 1;
  change->left = 0;
  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    if (rungs_slice_case_equal_string (name, breaks[i]) &&
        !(change->taken < text.length && strchr ("\r\n", text.data[change->taken]) != NULL))
      {
        change->bytes[0] = '\n';
        change->left = 1;
      }
  return TRUE;
}

/* "=3D", "=" at the end of a line that goes on */
static gboolean
read_quoted (RungsSlice text, Change *change)
{
  gsize end = 1;

  while (end < text.length && (text.data[end] == ' ' || text.data[end] == '\t' || text.data[end] == '\r'))
    end++;
  if (end < text.length && text.data[end] == '\n')
    {
      change->taken = end + 1;
      change->left = 0;
      return TRUE;
    }
  if (text.length < 3 || !g_ascii_isxdigit (text.data[1]) || !g_ascii_isxdigit (text.data[2]))
    return FALSE;
  change->taken = 3;
  change->left = 1;
  change->bytes[0] = (char) (g_ascii_xdigit_value (text.data[1]) * 16 + g_ascii_xdigit_value (text.data[2]));
  return TRUE;
}

static gboolean
read_typography (RungsSlice text, Change *change)
{
  static const struct
  {
    const char *bytes;
    char character;
  } signs[] = { { "\xe2\x80\x9c", '"' },  { "\xe2\x80\x9d", '"' },  { "\xe2\x80\x9e", '"' },
                { "\xe2\x80\x98", '\'' }, { "\xe2\x80\x99", '\'' }, { "\xe2\x80\x90", '-' },
                { "\xe2\x80\x91", '-' },  { "\xc2\xa0", ' ' } };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (rungs_slice_starts_with (text, rungs_slice_from_string (signs[i].bytes)))
      return set_change (change, strlen (signs[i].bytes), (gunichar) signs[i].character);
  return FALSE;
}

/* "␛[1;32m", "␛[K" */
static gboolean
read_escape (RungsSlice text, Change *change)
{
  gsize end = 2;

  if (text.length < 3 || text.data[1] != '[')
    return FALSE;
  while (end < text.length && end < MAX_ESCAPE && (g_ascii_isdigit (text.data[end]) || text.data[end] == ';'))
    end++;
  if (end == text.length || !g_ascii_isalpha (text.data[end]))
    return FALSE;
  change->taken = end + 1;
  change->left = 0;
  return TRUE;
}

/* "#015" and "^M" at the end of a line */
static gboolean
read_code (RungsSlice text, Change *change)
{
  if (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("#015\n")))
    return set_change (change, 4, '\r');
  return rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("^M\n")) && set_change (change, 2, '\r');
}

static gboolean
read_change (RungsTextDamage damage, RungsSlice text, Change *change)
{
  char c = text.data[0];

  switch (damage)
    {
    case RUNGS_TEXT_DAMAGE_HTML:
      return (c == '&' && read_entity (text, change)) || (c == '<' && read_tag (text, change));
    case RUNGS_TEXT_DAMAGE_QUOTED_PRINTABLE:
      return c == '=' && read_quoted (text, change);
    case RUNGS_TEXT_DAMAGE_TYPOGRAPHY:
      return (c == '\xe2' || c == '\xc2') && read_typography (text, change);
    case RUNGS_TEXT_DAMAGE_COLOURS:
      return c == '\033' && read_escape (text, change);
    case RUNGS_TEXT_DAMAGE_CODES:
      return (c == '#' || c == '^') && read_code (text, change);
    case RUNGS_TEXT_DAMAGE_JSON_LINES:
    case RUNGS_TEXT_DAMAGE_NONE:
    case RUNGS_TEXT_N_DAMAGES:
    default:
      return FALSE;
    }
}

gsize
rungs_text_repair (
  RungsTextDamage damage, RungsSlice text, gboolean begins_line, char *out, GArray *checkpoints)
{
  gsize length = 0;
  gsize i = 0;

  if (damage == RUNGS_TEXT_DAMAGE_JSON_LINES)
    return rungs_text_json_lines_repair (text, begins_line, out, checkpoints);
  while (i < text.length)
    {
      Change change = { 0 };
      RungsTextCheckpoint checkpoint;

      if (!read_change (damage, rungs_slice_skip (text, i), &change))
        {
          out[length++] = text.data[i++];
          continue;
        }
      memcpy (out + length, change.bytes, change.left);
      length += change.left;
      i += change.taken;
      checkpoint = (RungsTextCheckpoint){ length, i };
      g_array_append_val (checkpoints, checkpoint);
    }
  return length;
}
