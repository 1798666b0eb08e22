/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Logs: finds the frames of all dialects that have such, whatever a logger set before them, and cuts the messages.
 *
 *   Jan 31 12:00:00 host kamailio[123]: …         12:00:00.123  file.c  .TX 523 bytes …
 *   [2026-01-31 12:00:00] VERBOSE[9] chan_sip.c: …   2026-01-31 12:00:00.123 12-12/app I/Linphone: …
 *
 * The text of a line is looked for at its start, behind its time, behind each ": " that follows, and behind the prefix
 * that other lines of the text have.  Where the start line of a message has such a prefix, all its lines have it, and the
 * next one without it ends the message; or only the start line has it.  A line with a time and no frame is a line of the
 * log; where a message without frame follows, its words may tell where that came from (rungs-text-hint.h). */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"
#include "rungs-text-hint.h"
#include "rungs-text-prefix.h"

#define ESCAPE '\033'
#define DAY    (24 * 3600 * (gint64) G_USEC_PER_SEC)
#define MOMENT (300 * (gint64) G_USEC_PER_SEC)

/* How long a prefix may be, and how many lines may stand between a frame and its message. */
#define MAX_PREFIX   200
#define MAX_DISTANCE 4

/* From how many segments a message is joined. */
#define MAX_SEGMENTS 64

/* Where a message begins. */
typedef struct
{
  gsize offset; /* of the line, or behind what only its first line has in front */
  gsize words;  /* how much that is */
  RungsTextLayout layout;
} MessageStart;

/* The next place at or behind @from where the text of @line may begin. Returns: FALSE behind the last one */
static gboolean
next_candidate (RungsSlice line, gsize from, gsize *at)
{
  RungsSlice head = rungs_slice_sub (line, 0, MAX_PREFIX);
  gssize colon = rungs_slice_find (head, from, RUNGS_SLICE_LITERAL (": "));

  if (colon < 0)
    return FALSE;
  *at = (gsize) colon + 2;
  return TRUE;
}

/* "… send 612 bytes to … at 12:00:00.123456:", the one frame that is found from its end: any word may stand before it. */
static gboolean
read_behind_word (RungsTextWalk *walk, RungsSlice line, RungsTextFrame *frame)
{
  gsize n = line.length;
  gssize space;

  if (n < 40 || line.data[n - 1] != ':' || line.data[n - 8] != '.' || line.data[n - 11] != ':')
    return FALSE;
  space = rungs_slice_find_char (rungs_slice_sub (line, 0, MAX_PREFIX), 0, ' ');
  if (space < 0)
    return FALSE;
  frame->text_offset = (gsize) space + 1;
  return rungs_text_frame_read (walk, rungs_slice_skip (line, frame->text_offset), frame);
}

/* The first line behind @offset, which is in @line, that is not blank. */
static gboolean
get_next_line (RungsTextWalk *walk, gsize offset, RungsSlice *line)
{
  return rungs_text_walk_next (walk, &offset, line) && rungs_text_walk_next (walk, &offset, line);
}

/* Whether the message starts on the line at @offset, behind a prefix that its next line has as well. */
static gboolean
starts_behind_prefix (RungsTextWalk *walk, gsize offset, RungsSlice line, gsize at, RungsTextLayout *layout)
{
  RungsSlice text = rungs_slice_skip (line, at);
  gboolean quoted = FALSE;

  text = rungs_slice_skip (text, rungs_text_message_count_indent (text, &quoted));
  if (!rungs_text_message_is_start_line (text))
    return FALSE;
  layout->has_prefix = TRUE;
  layout->prefix = rungs_slice_sub (line, 0, at);
  if (!get_next_line (walk, offset, &line) || !rungs_text_message_skip_prefix (layout, &line))
    return FALSE;
  line = rungs_slice_skip (line, rungs_text_message_count_indent (line, &quoted));
  return rungs_sip_is_header_line (line);
}

/* Whether the message starts at @at on the line at @offset, and its other lines have nothing in front. */
static gboolean
starts_behind_words (RungsTextWalk *walk, gsize offset)
{
  gboolean quoted = FALSE;
  RungsSlice line;

  if (!get_next_line (walk, offset, &line))
    return FALSE;
  line = rungs_slice_skip (line, rungs_text_message_count_indent (line, &quoted));
  return rungs_sip_is_header_line (line);
}

/* Whether the message starts inside the line at @offset, behind whatever that is. */
static gboolean
starts_inside (RungsTextWalk *walk, gsize offset, RungsSlice line, MessageStart *start)
{
  gssize at =
    rungs_text_walk_may_begin_inside (walk, offset, line) ? rungs_text_prefix_find_start (line) : -1;

  if (at <= 0)
    return FALSE;
  if (starts_behind_prefix (walk, offset, line, (gsize) at, &start->layout))
    return TRUE;
  start->layout.has_prefix = FALSE;
  if (!starts_behind_words (walk, offset))
    return FALSE;
  start->offset = offset + (gsize) at;
  start->words = (gsize) at;
  return TRUE;
}

/* The time of the logger stands in for one that the frame does not say, and its day where the frame only says the time of
 * day: they are written within a moment, but not always in the same zone. */
static void
use_time (RungsTextFrame *frame, gint64 time, guint32 flags)
{
  RungsRecord *record = &frame->record;
  gint64 close;

  if (time == RUNGS_TIME_NONE || (record->time != RUNGS_TIME_NONE && (record->time >= DAY || time < DAY)))
    return;
  close = record->time != RUNGS_TIME_NONE ? time - time % DAY + record->time : time;
  if (close - time > DAY / 2)
    close -= DAY;
  else if (time - close > DAY / 2)
    close += DAY;
  record->time = ABS (close - time) <= MOMENT ? close : time;
  record->flags = (record->flags & ~(guint32) RUNGS_RECORD_NO_DATE) | flags;
}

/* Reads the frame at @at, or behind a second time there, which counts where it has a date. */
static gboolean
read_at (RungsTextWalk *walk, RungsSlice line, gsize at, RungsTextFrame *frame)
{
  RungsSlice text = rungs_slice_skip (line, at);
  gint64 time;
  guint32 flags;
  gsize length;

  frame->text_offset = at;
  if (rungs_text_frame_read (walk, text, frame))
    return TRUE;
  if (at == 0 || text.length == 0 || !g_ascii_isdigit (text.data[0]))
    return FALSE;
  length = rungs_stamp_parse_prefix (text, &time, &flags);
  while (length > 0 && length < text.length && text.data[length] == ' ')
    length++;
  frame->text_offset = at + length;
  if (length == 0 || !rungs_text_frame_read (walk, rungs_slice_skip (text, length), frame))
    return FALSE;
  if ((flags & RUNGS_RECORD_NO_DATE) == 0)
    use_time (frame, time, flags);
  return TRUE;
}

/* Finds the frame in the line at @offset. A message without frame, behind a prefix, is one as well. */
static gboolean
find_frame (RungsTextWalk *walk, gsize offset, RungsSlice line, RungsTextFrame *frame)
{
  MessageStart start = { .offset = offset };
  gsize at = 0;
  gint64 time = RUNGS_TIME_NONE;
  guint32 flags = 0;
  gsize stamp_length;
  gboolean has_prefix;
  gboolean found;

  rungs_text_walk_next (walk, &frame->next, &(RungsSlice){ 0 });
  frame->record.time = RUNGS_TIME_NONE;
  if (line.length == 0)
    return FALSE;
  found = rungs_text_frame_read (walk, line, frame) || read_behind_word (walk, line, frame);
  stamp_length = rungs_stamp_parse_prefix (line, &time, &flags);
  if (found)
    use_time (frame, time, flags);
  if (found)
    return TRUE;
  has_prefix = walk->prefix.length > 0 && rungs_text_prefix_match (walk->prefix, line, &at);
  found = has_prefix && read_at (walk, line, at, frame);
  at = stamp_length;
  while (at > 0 && at < line.length && (line.data[at] == ' ' || line.data[at] == ':'))
    at++;
  while (!found && at > 0)
    {
      found = read_at (walk, line, at, frame);
      if (!found && starts_behind_prefix (walk, offset, line, at, &start.layout))
        {
          frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
          frame->next = offset;
          found = TRUE;
        }
      if (!found && !next_candidate (line, at, &at))
        break;
    }
  if (!found && starts_inside (walk, offset, line, &start))
    {
      frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
      frame->next = offset;
      found = TRUE;
    }
  if (!found && stamp_length == 0 && !has_prefix)
    return FALSE;
  if (!found)
    frame->kind = RUNGS_TEXT_FRAME_LOG;
  use_time (frame, time, flags);
  return TRUE;
}

static gboolean
has_escapes (RungsSlice line)
{
  return rungs_slice_find_char (rungs_slice_sub (line, 0, MAX_PREFIX), 0, ESCAPE) >= 0;
}

/* Most lines that are asked for are headers of messages: one or two bytes tell that they frame nothing. */
static gboolean
may_be_frame (RungsSlice line)
{
  const char *p = line.data;
  gsize n = line.length;

  /* See read_behind_word(). */
  if (p[n - 1] == ':' && n > 40 && p[n - 8] == '.')
    return TRUE;
  if (n < 6)
    return p[0] == '-' || p[0] == '#';
  switch (p[0])
    {
    case 'J':
    case 'F':
    case 'M':
    case 'A':
    case 'S':
    case 'O':
    case 'N':
    case 'D':
      return p[3] == ' ';
    case 'R':
      return p[2] == 'l' || p[2] == 't' || p[2] == 's' || (p[2] == 'q' && p[4] == 'e');
    case 'T':
      return p[1] == ' ' || p[1] == 'r' || p[1] == '(';
    case 'U':
      return p[1] == ' ' || p[1] == '(';
    case 'c':
      return p[1] == 'h';
    case 'p':
    case 's':
    case 'r':
    case 'm':
      return p[1] != '=';
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
    case '[':
    case ESCAPE:
    case '<':
    case '-':
    case '+':
    case '#':
    case '*':
    case '.':
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
rungs_dialect_log_claims_inside (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  g_autoptr (GString) clean = NULL;
  RungsTextFrame frame;

  if ((line.data[0] == ESCAPE || line.data[0] == '[') && has_escapes (line))
    {
      clean = g_string_new (NULL);
      rungs_text_remove_escapes (line, clean);
      line = rungs_slice (clean->str, clean->len);
    }
  memset (&frame, 0, sizeof frame);
  frame.next = offset;
  return find_frame (walk, offset, line, &frame);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  return may_be_frame (line) && rungs_dialect_log_claims_inside (walk, offset, line);
}

/* Whether @line is a start line with colours in it, as sipgrep paints them. */
static gboolean
is_coloured_start (RungsSlice line, gboolean dotted)
{
  g_autoptr (GString) clean = NULL;
  RungsSlice text;

  if (!has_escapes (line))
    return FALSE;
  clean = g_string_new (NULL);
  rungs_text_remove_escapes (line, clean);
  text = rungs_slice_trim (rungs_slice (clean->str, clean->len));
  if (dotted && text.length > 0 && text.data[text.length - 1] == '.')
    text.length--;
  return rungs_text_message_is_start_line (text);
}

/* Whether the message starts on the line at @offset, as it is or behind a prefix. */
static gboolean
is_message_start (
  RungsTextWalk *walk, gsize offset, RungsSlice line, const RungsTextFrame *frame, MessageStart *start)
{
  RungsTextLayout *layout = &start->layout;
  gint64 time;
  guint32 flags;
  gboolean quoted = FALSE;
  gsize at;
  RungsSlice text = rungs_slice_skip (line, rungs_text_message_count_indent (line, &quoted));

  if (layout->dotted && text.length > 0 && text.data[text.length - 1] == '.')
    text.length--;
  if (rungs_text_message_is_start_line (text) || is_coloured_start (line, layout->dotted))
    return TRUE;
  if (frame->text_offset > 0 && starts_behind_prefix (walk, offset, line, frame->text_offset, layout))
    return TRUE;
  at = rungs_stamp_parse_prefix (line, &time, &flags);
  while (at > 0 && at < line.length && (line.data[at] == ' ' || line.data[at] == ':'))
    at++;
  while (at > 0)
    {
      if (starts_behind_prefix (walk, offset, line, at, layout))
        return TRUE;
      if (!next_candidate (line, at, &at))
        break;
    }
  layout->has_prefix = FALSE;
  return starts_inside (walk, offset, line, start);
}

/* Whether the line at @offset closes a message. */
static gboolean
is_end (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsTextFrame frame = { .next = offset };

  line = rungs_slice_trim (line);
  return line.length > 0 && find_frame (walk, offset, line, &frame) && frame.kind == RUNGS_TEXT_FRAME_END;
}

/* Finds the message soon behind @frame, which some logs underline as they close messages. */
static gboolean
find_message (RungsTextWalk *walk, const RungsTextFrame *frame, MessageStart *start)
{
  gsize next = frame->next;
  RungsSlice line;

  start->offset = next;
  for (guint i = 0; i < MAX_DISTANCE && rungs_text_walk_next (walk, &next, &line); i++)
    {
      if (is_message_start (walk, start->offset, line, frame, start))
        return TRUE;
      if (rungs_text_walk_border (walk, start->offset, line) != NULL && !is_end (walk, start->offset, line))
        break;
      start->offset = next;
    }
  start->offset = frame->next;
  return FALSE;
}

/* The lines that close the message belong to it: blank ones are skipped for that. Returns: the offset behind */
static gsize
skip_end (RungsTextWalk *walk, gsize offset)
{
  gsize next = offset;
  gsize begin = offset;
  RungsSlice line;

  for (guint i = 0; i < MAX_DISTANCE && rungs_text_walk_next (walk, &next, &line); i++)
    {
      if (line.length > 0)
        return is_end (walk, begin, line) ? next : offset;
      begin = next;
    }
  return offset;
}

/* Whether the message goes on behind the next frame. */
static gboolean
is_complete (RungsSlice message)
{
  RungsTextHead head;

  rungs_text_head_scan (&head, message);
  return head.ended && message.length - head.length >= head.content_length;
}

/* Finds the next segment from the same to the same end, if no message starts in it. Returns: where its text begins, 0
 * where there is none */
static gsize
find_segment (RungsTextWalk *walk, gsize offset, const RungsTextFrame *first)
{
  RungsTextFrame frame;
  MessageStart start = { .layout = { .dotted = TRUE } };
  gsize next = offset;
  RungsSlice line;

  for (guint i = 0; i < MAX_DISTANCE && rungs_text_walk_next (walk, &next, &line); i++)
    {
      memset (&frame, 0, sizeof frame);
      frame.next = offset;
      if (line.length > 0 && line.data[0] != '#')
        {
          if (!find_frame (walk, offset, line, &frame) || !frame.dotted ||
              !rungs_address_equal (&frame.record.source, &first->record.source) ||
              !rungs_address_equal (&frame.record.destination, &first->record.destination) ||
              !rungs_text_walk_next (walk, &next, &line) ||
              is_message_start (walk, frame.next, line, &frame, &start))
            return 0;
          return frame.next;
        }
      offset = next;
    }
  return 0;
}

/* Appends to the message of @frame what stands in further segments. Returns: the offset behind them */
static gsize
read_segments (RungsTextWalk *walk, gsize offset, RungsTextFrame *frame)
{
  g_autoptr (GByteArray) joined = g_byte_array_new ();
  gsize next;
  RungsSlice line;

  g_byte_array_append (joined, (const guint8 *) frame->record.bytes.data, frame->record.bytes.length);
  for (guint n = 0;
       n < MAX_SEGMENTS && !is_complete (rungs_slice ((const char *) joined->data, joined->len)) &&
       (next = find_segment (walk, offset, frame)) > 0;
       n++)
    {
      offset = next;
      while (rungs_text_walk_next (walk, &next, &line) && line.length > 0 &&
             rungs_text_walk_border (walk, offset, line) == NULL)
        {
          gboolean dotted = line.data[line.length - 1] == '.';

          g_byte_array_append (joined, (const guint8 *) line.data, line.length - dotted);
          g_byte_array_append (joined, (const guint8 *) "\r\n", 2);
          offset = next;
        }
    }
  if (joined->len > frame->record.bytes.length)
    frame->record.bytes =
      rungs_arena_copy (walk->arena, rungs_slice ((const char *) joined->data, joined->len));
  return offset;
}

/* What the message was found behind tells more of it, and of the lines that follow. */
static void
learn (RungsTextWalk *walk, gsize offset, const MessageStart *start, RungsTextFrame *frame)
{
  RungsSlice prefix = start->layout.has_prefix ? start->layout.prefix : RUNGS_SLICE_EMPTY;
  gint64 time;
  guint32 flags;

  if (frame->record.source.kind == RUNGS_ADDRESS_NONE && frame->record.destination.kind == RUNGS_ADDRESS_NONE)
    {
      if (start->words > 0)
        rungs_text_hint_read (rungs_text_walk_range (walk, start->offset - start->words, start->offset),
                              &frame->record);
      rungs_text_hint_read_before (walk, offset, &frame->record);
    }
  walk->finds_inside |= start->words > 0 || prefix.length > 0;
  /* One that begins with a time is found by that. */
  if (prefix.length > 0 && rungs_stamp_parse_prefix (prefix, &time, &flags) == 0)
    walk->prefix = prefix;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsTextFrame frame;
  MessageStart start = { 0 };
  gsize next = offset;

  if (has_escapes (line))
    {
      g_autoptr (GString) clean = g_string_new (NULL);

      rungs_text_remove_escapes (line, clean);
      line = rungs_arena_copy (walk->arena, rungs_slice (clean->str, clean->len));
    }
  rungs_text_walk_next (walk, &next, &(RungsSlice){ 0 });
  memset (&frame, 0, sizeof frame);
  frame.next = offset;
  find_frame (walk, offset, line, &frame);
  start.layout.dotted = frame.dotted;
  if (frame.kind != RUNGS_TEXT_FRAME_MESSAGE || !find_message (walk, &frame, &start))
    {
      next = MAX (next, frame.next);
      rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
      return next;
    }
  learn (walk, offset, &start, &frame);
  next = rungs_text_message_read (walk, start.offset, &start.layout, &frame.record);
  if (frame.dotted && frame.record.transport == RUNGS_TRANSPORT_TCP)
    next = read_segments (walk, next, &frame);
  if (!frame.repeats)
    rungs_text_walk_record (walk, &frame.record);
  next = skip_end (walk, next);
  if (frame.repeats)
    rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
  else
    rungs_text_walk_read (walk, next);
  return next;
}

/* A time alone is no sign of SIP: a start line is. */
static int
probe (RungsSlice head)
{
  RungsSlice rest = head;
  gint64 time;
  guint32 flags;

  while (rest.length > 0)
    {
      gssize newline = rungs_slice_find_char (rest, 0, '\n');
      RungsSlice line = newline >= 0 ? rungs_slice_sub (rest, 0, (gsize) newline) : rest;

      rest = rungs_slice_skip (rest, line.length + 1);
      line = rungs_slice_trim (line);
      if (rungs_text_prefix_find_start (line) > 0 && !rungs_sip_is_header_line (line))
        return rungs_stamp_parse_prefix (line, &time, &flags) > 0 ? 25 : 15;
      if (is_coloured_start (line, FALSE))
        return 15;
    }
  return 0;
}

const RungsDialect rungs_dialect_log = {
  .reader = { "log", N_ ("Log with SIP messages"), probe, rungs_dialect_read },
  .first_bytes = "\033[<-+*.#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
  .claims = claims,
  .parse = parse,
};
