/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Cisco Expressway and VCS (network log at level DEBUG).
 *
 *   2026-01-31T12:00:00.123+01:00 vcse tvcs: UTCTime="2026-01-31 11:00:00,123" Module="network.sip" …
 *       Action="Received" Local-ip="192.0.2.1" Local-port="25002" Src-ip="192.0.2.2" Src-port="5061" Msg-Hash="1370"
 *    SIPMSG:
 *    |SIP/2.0 200 OK
 *    Via: …
 *    |
 *
 * The first is one line. Each line of the message begins with a space; a bar stands before the first and behind the
 * last.  Both ends are said. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"
#include "rungs-text-head.h"

/* Within it the words of the first line stand. */
#define MAX_HEAD 1000

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  return line.length > 60 && (line.data[4] == '-' || line.data[0] == 't') &&
         rungs_slice_find (rungs_slice_sub (line, 0, 160), 0, RUNGS_SLICE_LITERAL ("UTCTime=\"")) >= 0;
}

/* The value of @key in quotes. */
static RungsSlice
get_value (RungsSlice line, const char *key)
{
  RungsSlice rest = rungs_text_frame_between (line, key, "");

  return rungs_text_frame_between (rest, "=\"", "\"");
}

static void
set_end (RungsAddress *address, RungsSlice ip, RungsSlice port)
{
  guint64 number;

  rungs_address_parse (address, ip);
  if (rungs_slice_to_uint64 (port, &number) && number <= G_MAXUINT16)
    address->port = (guint16) number;
}

/* Returns: FALSE where the line tells of no message */
static gboolean
read_line (RungsSlice line, RungsRecord *record)
{
  RungsSlice head = rungs_slice_sub (line, 0, MAX_HEAD);
  RungsSlice action = get_value (head, "Action");
  gboolean is_in = rungs_slice_equal_string (action, "Received");

  if (!is_in && !rungs_slice_equal_string (action, "Sent"))
    return FALSE;
  record->time = rungs_stamp_parse_iso (get_value (head, "UTCTime"));
  record->direction = is_in ? RUNGS_DIRECTION_IN : RUNGS_DIRECTION_OUT;
  set_end (is_in ? &record->destination : &record->source,
           get_value (head, "Local-ip"),
           get_value (head, "Local-port"));
  set_end (is_in ? &record->source : &record->destination,
           get_value (head, is_in ? "Src-ip" : "Dst-ip"),
           get_value (head, is_in ? "Src-port" : "Dst-port"));
  return TRUE;
}

/* The lines of the message, without their space and the bars. Returns: the offset behind them */
static gsize
read_text (RungsTextWalk *walk, gsize offset, GByteArray *joined, gsize *start)
{
  gsize next = offset;
  RungsSlice line;

  while (rungs_text_walk_next (walk, &next, &line))
    {
      if (line.length > 0 && line.data[0] != ' ' && line.data[0] != '|')
        break;
      line = rungs_slice_skip (line, line.length > 0 && line.data[0] == ' ' ? 1 : 0);
      offset = next;
      if (*start == 0)
        {
          if (line.length == 0 || line.data[0] != '|')
            continue;
          line = rungs_slice_skip (line, 1);
          *start = (gsize) (line.data - walk->bytes.data);
        }
      else if (rungs_slice_equal_string (line, "|"))
        break;
      g_byte_array_append (joined, (const guint8 *) line.data, line.length);
      g_byte_array_append (joined, (const guint8 *) "\r\n", 2);
    }
  return offset;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsRecord record = { .time = RUNGS_TIME_NONE, .flags = RUNGS_RECORD_LOG | RUNGS_RECORD_JOINED };
  g_autoptr (GByteArray) joined = g_byte_array_new ();
  RungsTextHead head;
  RungsSlice text;
  gsize start = 0;
  gsize next = offset;
  gsize behind;

  rungs_text_walk_next (walk, &next, &line);
  behind = next;
  if (read_line (line, &record))
    {
      text = RUNGS_SLICE_EMPTY;
      if (rungs_text_walk_next (walk, &behind, &text) &&
          rungs_slice_equal_string (rungs_slice_trim (text), "SIPMSG:"))
        next = read_text (walk, behind, joined, &start);
    }
  text = rungs_slice ((const char *) joined->data, joined->len);
  if (start == 0 || !rungs_sip_looks_like_message (text))
    {
      rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
      return next;
    }
  rungs_text_head_scan (&head, text);
  record.bytes = rungs_arena_copy (walk->arena, text);
  record.offset = start;
  record.transport = head.transport;
  rungs_text_walk_record (walk, &record);
  rungs_text_walk_read (walk, next);
  return next;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "Module=\"network.sip\"", "\n SIPMSG:", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_expressway = {
  .reader = { "expressway", N_ ("Cisco Expressway or VCS log"), probe, rungs_dialect_read },
  .first_bytes = "012t",
  .claims = claims,
  .parse = parse,
};
