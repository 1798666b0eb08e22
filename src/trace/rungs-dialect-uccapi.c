/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Client logs of Communicator, Lync and Skype for Business (uccapilog).
 *
 *   07/24/2009|12:00:00.123 1A4C:1B80 INFO  :: Sending Packet - R:P (From Local Address: L:P) 612 bytes:
 *   07/24/2009|12:00:00.123 1A4C:1B80 INFO  :: REGISTER sip:contoso.example SIP/2.0
 *   Via: …
 *   07/24/2009|12:00:00.123 1A4C:1B80 INFO  :: End of Sending Packet - …
 *
 * A block is one write or one read of the socket; only its first line has the prefix, and any other line that has it
 * ends the text.  Blocks of one direction of one connection go to rungs-uccapi-stream.h, which makes messages of
 * them.  The zone of the times is not stated. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"
#include "rungs-uccapi-stream.h"

#define SENDING  RUNGS_SLICE_LITERAL ("Sending Packet - ")
#define RECEIVED RUNGS_SLICE_LITERAL ("Data Received - ")
#define END_OF   RUNGS_SLICE_LITERAL ("End of ")

/* "07/24/2009|12:00:00.123" */
#define STAMP_LENGTH 23

/* What a block may say of its size and be believed while it is still being written. */
#define MAX_BLOCK ((guint64) 1 << 30)

/* A prefixed line. */
typedef struct
{
  RungsSlice thread; /* "1A4C:1B80" */
  RungsSlice text;   /* behind ":: " */
} LogLine;

typedef struct
{
  RungsUccapiStreams *streams;
} State;

/* Digits are left to those who read the time: this is asked for every line. */
static gboolean
is_log_line (RungsSlice line)
{
  const char *p = line.data;

  return line.length > STAMP_LENGTH && p[2] == '/' && p[5] == '/' && p[10] == '|' && p[13] == ':' &&
         p[16] == ':' && p[19] == '.' && g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[22]);
}

static gboolean
read_log_line (RungsSlice line, LogLine *result)
{
  gssize thread_end, colons;

  if (!is_log_line (line))
    return FALSE;
  thread_end = rungs_slice_find_char (rungs_slice_sub (line, 0, 80), STAMP_LENGTH + 1, ' ');
  colons = thread_end > 0 ? rungs_slice_find_char (rungs_slice_sub (line, 0, 100), thread_end, ':') : -1;
  if (colons > 0 && ((gsize) colons + 1 >= line.length || line.data[colons + 1] != ':'))
    colons = -1;
  result->thread = rungs_slice_sub (line, STAMP_LENGTH, colons > 0 ? thread_end - STAMP_LENGTH : 0);
  result->text = rungs_slice_skip (line, colons > 0 ? (gsize) colons + 2 : line.length);
  if (result->text.length > 0 && result->text.data[0] == ' ')
    result->text = rungs_slice_skip (result->text, 1);
  return TRUE;
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  return is_log_line (line);
}

static RungsUccapiStreams *
get_streams (RungsTextWalk *walk)
{
  State *state = rungs_text_walk_state (walk, &rungs_dialect_uccapi);

  if (state->streams == NULL)
    state->streams = rungs_uccapi_streams_new (walk);
  return state->streams;
}

static gboolean
is_block_header (RungsSlice text)
{
  return rungs_slice_starts_with (text, SENDING) || rungs_slice_starts_with (text, RECEIVED);
}

/* "R:P (From Local Address: L:P) 612 bytes:" → the stream of that connection and direction, and the size. */
static RungsUccapiStream *
read_block_header (RungsUccapiStreams *streams, RungsSlice text, guint64 *size)
{
  RungsDirection direction = text.data[0] == 'S' ? RUNGS_DIRECTION_OUT : RUNGS_DIRECTION_IN;
  RungsSlice rest =
    rungs_slice_skip (text, direction == RUNGS_DIRECTION_OUT ? SENDING.length : RECEIVED.length);
  gssize open = rungs_slice_find_char (rest, 0, '(');
  gssize close = open >= 0 ? rungs_slice_find_char (rest, open, ')') : -1;
  RungsSlice remote = rungs_slice_trim (rungs_slice_sub (rest, 0, MAX (open, 0)));
  RungsSlice inside = rungs_slice_sub (rest, open + 1, MAX (close - open - 1, 0));
  RungsSlice local = RUNGS_SLICE_EMPTY;

  *size = 0;
  if (close >= 0)
    {
      RungsSlice number = rungs_slice_skip (rest, close + 2);
      gssize space = rungs_slice_find_char (number, 0, ' ');

      if (space < 0 || !rungs_slice_to_uint64 (rungs_slice_sub (number, 0, space), size))
        *size = 0;
      if (rungs_slice_starts_with (inside, RUNGS_SLICE_LITERAL ("From Local Address: ")))
        local = rungs_slice_skip (inside, strlen ("From Local Address: "));
      else if (rungs_slice_starts_with (inside, RUNGS_SLICE_LITERAL ("To Local Address: ")))
        local = rungs_slice_skip (inside, strlen ("To Local Address: "));
    }
  return rungs_uccapi_streams_get (streams, local, remote, direction);
}

static gboolean
is_message_start (RungsSlice text)
{
  return rungs_sip_is_start_line (text);
}

/* Whether the log goes on at @offset. */
static gboolean
is_log_line_at (RungsTextWalk *walk, gsize offset)
{
  RungsSlice line = rungs_slice_sub (walk->bytes, offset, STAMP_LENGTH + 1);

  return offset < walk->bytes.length && is_log_line (line);
}

/* The text that begins at @begin goes on up to the next prefixed line. Returns: where that is. Where the next line of
 * the log stands behind the @size bytes of the block, they are as they were sent, and need not be looked at. */
static gsize
skip_text (RungsTextWalk *walk, gsize begin, guint64 size)
{
  gsize next = begin;
  gsize end = begin;
  RungsSlice line;

  if (size > 0 && size < MAX_BLOCK)
    rungs_text_walk_reach (walk, begin + size + strlen ("\r\n") + STAMP_LENGTH + 1);
  if (size > 0 && size < walk->bytes.length - begin)
    {
      RungsSlice behind = rungs_slice_sub (walk->bytes, begin + size, 2);
      gsize line_end = rungs_slice_starts_with (behind, RUNGS_SLICE_LITERAL ("\r\n")) ? 2
                       : behind.data[0] == '\n'                                       ? 1
                                                                                      : 0;

      if ((line_end > 0 || walk->bytes.data[begin + size - 1] == '\n') &&
          is_log_line_at (walk, begin + size + line_end))
        {
          rungs_text_walk_skip (walk, begin, begin + size);
          return begin + size + line_end;
        }
    }
  while (rungs_text_walk_next (walk, &next, &line))
    {
      if (end > begin && is_log_line (line))
        break;
      end = next;
    }
  return end;
}

/* The lines behind a block's header: what another thread wrote in between, the text, the end line. */
static gsize
parse_block (RungsTextWalk *walk, gsize next, RungsSlice first, const LogLine *header)
{
  guint64 size;
  RungsUccapiStreams *streams = get_streams (walk);
  RungsUccapiStream *stream = read_block_header (streams, header->text, &size);
  gint64 time = rungs_stamp_parse_american (first, '|');
  gboolean found = FALSE;
  gboolean took = FALSE;
  gsize offset = next;
  RungsSlice line;
  LogLine log_line;

  while (rungs_text_walk_next (walk, &next, &line))
    {
      gsize begin = offset;

      if (read_log_line (line, &log_line))
        {
          if (rungs_slice_starts_with (log_line.text, END_OF) &&
              is_block_header (rungs_slice_skip (log_line.text, END_OF.length)))
            {
              offset = next;
              break;
            }
          if (is_block_header (log_line.text) || (found && !is_message_start (log_line.text)))
            break;
          if (!found && !rungs_slice_equal (log_line.thread, header->thread))
            {
              /* Another thread's line; it counts as part of the block. */
              offset = next;
              continue;
            }
          begin = (gsize) (log_line.text.data - walk->bytes.data);
        }
      offset = next = skip_text (walk, begin, found ? 0 : size);
      took |= rungs_uccapi_streams_add (streams,
                                        stream,
                                        rungs_text_walk_range (walk, begin, next),
                                        found ? 0 : size,
                                        time);
      found = TRUE;
    }
  if (took)
    rungs_text_walk_read (walk, offset);
  else
    rungs_text_walk_unread (walk,
                            offset,
                            found ? rungs_uccapi_streams_get_reason (streams) : RUNGS_UNREAD_CUT_SHORT);
  return offset;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  LogLine log_line = { 0 };
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  read_log_line (line, &log_line);
  if (is_block_header (log_line.text))
    return parse_block (walk, next, line, &log_line);
  if (is_message_start (log_line.text))
    {
      /* The line with the addresses was cut off. */
      RungsUccapiStreams *streams = get_streams (walk);
      RungsUccapiStream *stream;
      gsize begin = (gsize) (log_line.text.data - walk->bytes.data);

      stream =
        rungs_uccapi_streams_get (streams, RUNGS_SLICE_EMPTY, RUNGS_SLICE_EMPTY, RUNGS_DIRECTION_UNKNOWN);
      next = skip_text (walk, begin, 0);
      rungs_uccapi_streams_add (streams,
                                stream,
                                rungs_text_walk_range (walk, begin, next),
                                0,
                                rungs_stamp_parse_american (line, '|'));
      rungs_text_walk_read (walk, next);
      return next;
    }
  rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
  return next;
}

static void
finish (RungsTextWalk *walk, gpointer state)
{
  g_clear_pointer (&((State *) state)->streams, rungs_uccapi_streams_free);
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { ":: Sending Packet - ", ":: Data Received - ", ":: End of ", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_uccapi = {
  .reader = { "uccapi", N_ ("Communicator or Lync client log"), probe, rungs_dialect_read },
  .first_bytes = "0123456789",
  .state_size = sizeof (State),
  .claims = claims,
  .parse = parse,
  .finish = finish,
};
