/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Debug logs of pidgin-sipe.
 *
 *   MESSAGE START >>>>>>>>>> SIP(0x55…) - 2019-08-28T12:00:00.000000Z      (since 2018; without pointer since 2010)
 *   MESSAGE END >>>>>>>>>> SIP(0x55…) - …
 *
 *   sending - Sat Jun 19 12:00:00 2010                                     (before; "received - …" the other way)
 *   ######
 *   …
 *   ######
 *
 * The same framing with HTTP, or with asterisks for hashes, holds web requests.  The log knows no address; one pointer
 * is one connection.  Times are UTC, in the old form (and for five days of 2010 in the new one) local. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"
#include "rungs-text-head.h"

#define HASHES    RUNGS_SLICE_LITERAL ("######")
#define ASTERISKS RUNGS_SLICE_LITERAL ("******")

typedef struct
{
  guint8 direction; /* RungsDirection */
  gboolean is_start;
  gboolean is_sip;
  gboolean is_old; /* framed by lines of hashes */
  guint32 connection;
  gint64 time;
  gboolean zone_unknown;
} Mark;

/* "(12:00:23) sipe: text" → "text"; any other line stays as it is. */
static RungsSlice
skip_prefix (RungsSlice line)
{
  gssize mark;

  if (!rungs_stamp_matches (line, "(00:00:00)"))
    return line;
  mark = rungs_slice_find (rungs_slice_sub (line, 0, 32), 10, RUNGS_SLICE_LITERAL ("sipe: "));
  return mark >= 0 ? rungs_slice_skip (line, mark + 6) : line;
}

/* "(0x558a00164360)": a number that is the same for the same pointer, and not 0. */
static guint32
read_connection (RungsSlice text)
{
  gssize close = text.length > 0 && text.data[0] == '(' ? rungs_slice_find_char (text, 0, ')') : -1;
  guint64 hash;

  if (close < 0)
    return 0;
  hash = rungs_slice_hash (rungs_slice_sub (text, 1, close - 1), 0);
  return MAX ((guint32) (hash ^ hash >> 32), 1);
}

static gboolean
read_new_mark (RungsSlice line, Mark *mark)
{
  RungsSlice rest;
  gssize dash;

  if (!rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("MESSAGE ")))
    return FALSE;
  rest = rungs_slice_skip (line, strlen ("MESSAGE "));
  mark->is_start = rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("START "));
  if (!mark->is_start && !rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("END ")))
    return FALSE;
  rest = rungs_slice_skip (rest, mark->is_start ? 6 : 4);
  if (rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL (">>>>>>>>>> ")))
    mark->direction = RUNGS_DIRECTION_OUT;
  else if (rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("<<<<<<<<<< ")))
    mark->direction = RUNGS_DIRECTION_IN;
  else
    return FALSE;
  rest = rungs_slice_skip (rest, 11);
  mark->is_sip = rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("SIP"));
  if (!mark->is_sip && !rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("HTTP")))
    return FALSE;
  rest = rungs_slice_skip (rest, mark->is_sip ? 3 : 4);
  mark->connection = read_connection (rest);
  dash = rungs_slice_find (rungs_slice_sub (rest, 0, 64), 0, RUNGS_SLICE_LITERAL (" - "));
  rest = dash >= 0 ? rungs_slice_skip (rest, dash + 3) : RUNGS_SLICE_EMPTY;
  mark->time = rungs_stamp_parse_iso (rest);
  if (mark->time == RUNGS_TIME_NONE)
    {
      mark->time = rungs_stamp_parse_ctime (rest);
      mark->zone_unknown = TRUE;
    }
  return TRUE;
}

/* "sending - <ctime>", followed by a line of hashes or asterisks. */
static gboolean
read_old_mark (RungsTextWalk *walk, gsize offset, RungsSlice line, Mark *mark)
{
  RungsSlice fence;
  gssize dash = rungs_slice_find (rungs_slice_sub (line, 0, 12), 0, RUNGS_SLICE_LITERAL (" - "));
  RungsSlice word = rungs_slice_sub (line, 0, MAX (dash, 0));

  if (rungs_slice_equal_string (word, "sending"))
    mark->direction = RUNGS_DIRECTION_OUT;
  else if (rungs_slice_equal_string (word, "received"))
    mark->direction = RUNGS_DIRECTION_IN;
  else
    return FALSE;
  mark->time = rungs_stamp_parse_ctime (rungs_slice_skip (line, dash + 3));
  if (mark->time == RUNGS_TIME_NONE || !rungs_text_walk_next (walk, &offset, &fence) ||
      !rungs_text_walk_next (walk, &offset, &fence))
    return FALSE;
  mark->is_sip = rungs_slice_starts_with (fence, HASHES);
  mark->is_start = TRUE;
  mark->is_old = TRUE;
  mark->zone_unknown = TRUE;
  return mark->is_sip || rungs_slice_starts_with (fence, ASTERISKS);
}

static gboolean
read_mark (RungsTextWalk *walk, gsize offset, RungsSlice line, Mark *mark)
{
  RungsSlice text = skip_prefix (line);

  memset (mark, 0, sizeof *mark);
  if (text.length == 0)
    return FALSE;
  if (text.data[0] == 'M')
    return read_new_mark (text, mark);
  return (text.data[0] == 's' || text.data[0] == 'r') && read_old_mark (walk, offset, text, mark);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  Mark mark;

  return line.data[0] == '(' ? rungs_stamp_matches (line, "(00:00:00)")
                             : read_mark (walk, offset, line, &mark);
}

static gboolean
is_fence (RungsSlice line)
{
  return rungs_slice_starts_with (line, HASHES) || rungs_slice_starts_with (line, ASTERISKS);
}

/* What @content holds becomes a record or is accounted for; @next is the offset behind the block. */
static void
take_content (RungsTextWalk *walk, RungsSlice content, const Mark *mark, gboolean closed, gsize next)
{
  RungsRecord record = { .direction = mark->direction, .time = mark->time, .connection = mark->connection };
  RungsTextHead head;

  if (content.length > 0 && content.data[content.length - 1] == walk->newline)
    content.length--;
  while (content.length > 0 && (content.data[0] == '\r' || content.data[0] == '\n'))
    content = rungs_slice_skip (content, 1);
  if (!mark->is_sip)
    rungs_text_walk_unread (walk, next, RUNGS_UNREAD_OTHER_PROTOCOL);
  else if (rungs_slice_trim (content).length == 0)
    rungs_text_walk_unread (walk, next, closed ? RUNGS_UNREAD_KEEPALIVE : RUNGS_UNREAD_CUT_SHORT);
  else if (!rungs_sip_looks_like_message (content))
    rungs_text_walk_unread (walk, next, RUNGS_UNREAD_NOT_SIP);
  else
    {
      rungs_text_head_scan (&head, content);
      record.bytes = content;
      record.offset = (gsize) (content.data - walk->bytes.data);
      record.transport = head.transport;
      record.flags = RUNGS_RECORD_LOG | (mark->zone_unknown ? RUNGS_RECORD_ZONE_UNKNOWN : 0) |
                     (closed ? 0 : RUNGS_RECORD_TRUNCATED);
      rungs_text_walk_record (walk, &record);
      rungs_text_walk_read (walk, next);
    }
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  Mark mark, other;
  gsize next = offset;
  gsize begin, end;
  gboolean closed = FALSE;

  rungs_text_walk_next (walk, &next, &line);
  if (!read_mark (walk, offset, line, &mark) || !mark.is_start)
    {
      rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
      return next;
    }
  if (mark.is_old)
    rungs_text_walk_next (walk, &next, &line);
  begin = end = next;
  while (!closed && rungs_text_walk_next (walk, &next, &line))
    {
      if (line.length > 0 && strchr (mark.is_old ? "#*(sr" : "M(", line.data[0]) != NULL &&
          line.data[0] != '\0')
        {
          closed = mark.is_old ? is_fence (line) : read_mark (walk, end, line, &other) && !other.is_start;
          if (closed)
            break;
          if (read_mark (walk, end, line, &other))
            break;
        }
      end = next;
    }
  if (!closed)
    next = end;
  take_content (walk, rungs_text_walk_range (walk, begin, end), &mark, closed, next);
  return next;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "MESSAGE START ", "MESSAGE END ", "\n######", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_sipe = {
  .reader = { "sipe", N_ ("Pidgin SIPE debug log"), probe, rungs_dialect_read },
  .first_bytes = "(Msr",
  .claims = claims,
  .parse = parse,
};
