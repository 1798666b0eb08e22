/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Lines in objects.  See rungs-text-json-lines.h. */

#include "config.h"

#include "rungs-stamp.h"
#include "rungs-text-json-lines.h"
#include "rungs-text-json.h"
#include "rungs-text-repair.h"

#define MAX_HITS 64

typedef struct
{
  RungsSlice time; /* as it is written */
  RungsSlice text; /* the value */
} Member;

static gboolean
is_one_of (RungsSlice key, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (rungs_slice_case_equal_string (key, names[i]))
      return TRUE;
  return FALSE;
}

/* What the object in @line says. Returns: FALSE where it has no text */
static gboolean
read_object (RungsSlice line, Member *member)
{
  static const char *const texts[] = { "log", "message", "msg", "text", "line", NULL };
  static const char *const times[] = {
    "time", "timestamp", "@timestamp", "ts", "__REALTIME_TIMESTAMP", "_SOURCE_REALTIME_TIMESTAMP", NULL
  };
  RungsSlice rest = rungs_slice_trim (line);
  RungsSlice key, value;

  *member = (Member){ RUNGS_SLICE_EMPTY, RUNGS_SLICE_EMPTY };
  if (rest.length < 2 || rest.data[0] != '{')
    return FALSE;
  rest = rungs_slice_skip (rest, 1);
  while (rungs_text_json_next (&rest, &key, &value))
    {
      if (member->text.length == 0 && is_one_of (key, texts))
        member->text = value;
      if (member->time.length == 0 && is_one_of (key, times))
        member->time = value.data[0] == '"' ? rungs_text_json_get_string (value) : value;
    }
  return member->text.length > 0;
}

gboolean
rungs_text_json_lines_find (RungsSlice text)
{
  static const char *const starts[] = { "\"Via: SIP/2.0/",
                                        "\"v: SIP/2.0/",
                                        "\"Call-ID: ", /* "Via:" in bytes */
                                        "[86,105,97,58,",
                                        "[86, 105, 97, 58," };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      RungsSlice sought = rungs_slice_from_string (starts[i]);
      gssize at = rungs_slice_find (text, 0, sought);

      for (guint n = 0; n < MAX_HITS && at > 0; n++)
        {
          const char *start = memrchr (text.data, '\n', (gsize) at);
          const char *end = memchr (text.data + at, '\n', text.length - (gsize) at);
          RungsSlice line;
          Member member;

          start = start != NULL ? start + 1 : text.data;
          line = rungs_slice (start, (gsize) ((end != NULL ? end : rungs_slice_end (text)) - start));
          if (read_object (line, &member) && member.text.data == text.data + at)
            return TRUE;
          at = rungs_slice_find (text, (gsize) at + sought.length, sought);
        }
    }
  return FALSE;
}

/* The text of @line, with its time before it where @with_time is; what is no object comes as it is. Returns: how much of @line
 * stands before the text */
static gsize
write_line (RungsSlice line, gboolean with_time, GString *result)
{
  Member member;
  gint64 time;
  guint32 flags;

  g_string_truncate (result, 0);
  if (!read_object (line, &member))
    {
      g_string_append_len (result, line.data, (gssize) line.length);
      return 0;
    }
  if (with_time && rungs_stamp_parse_prefix (member.time, &time, &flags) > 0)
    {
      g_string_append_len (result, member.time.data, (gssize) member.time.length);
      g_string_append_c (result, ' ');
    }
  if (member.text.data[0] == '"')
    rungs_text_json_unescape (rungs_text_json_get_string (member.text), result);
  else if (!rungs_text_json_read_bytes (member.text, result))
    g_string_append_len (result, member.text.data, (gssize) member.text.length);
  /* What is put right is never longer than what stood there. */
  g_assert (result->len <= line.length);
  return (gsize) (member.text.data - line.data);
}

static void
add_checkpoint (GArray *checkpoints, gsize text, gsize input)
{
  RungsTextCheckpoint checkpoint = { text, input };
  guint64 last =
    checkpoints->len > 0 ? g_array_index (checkpoints, RungsTextCheckpoint, checkpoints->len - 1).input : 0;

  if (input > last)
    g_array_append_val (checkpoints, checkpoint);
}

gsize
rungs_text_json_lines_repair (RungsSlice text, gboolean begins_line, char *out, GArray *checkpoints)
{
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean at_start = begins_line;
  gsize length = 0;
  gsize at = 0;

  while (at < text.length)
    {
      const char *newline = memchr (text.data + at, '\n', text.length - at);
      gsize end = newline != NULL ? (gsize) (newline - text.data) : text.length;
      RungsSlice line = rungs_slice_sub (text, at, end - at);
      gsize before = write_line (line, at_start, result);

      /* "\n" at the end of the text stands for the end of this line; without it a program's long line goes on in the next. */
      at_start = before == 0 || g_str_has_suffix (result->str, "\n") ||
                 rungs_slice_find (rungs_slice_sub (line, 0, before), 0, RUNGS_SLICE_LITERAL ("\"log\"")) < 0;
      if (before > 0 && result->len > 0 && result->str[result->len - 1] == '\n')
        g_string_truncate (result, result->len - 1);
      memcpy (out + length, result->str, result->len);
      if (before > 0)
        {
          add_checkpoint (checkpoints, length, at);
          add_checkpoint (checkpoints, length, at + before);
        }
      length += result->len;
      if (before > 0)
        add_checkpoint (checkpoints, length, end);
      if (newline != NULL && at_start)
        out[length++] = '\n';
      at = end + (newline != NULL);
      if (newline != NULL && !at_start)
        add_checkpoint (checkpoints, length, at);
    }
  return length;
}
