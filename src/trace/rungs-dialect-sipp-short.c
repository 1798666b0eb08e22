/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* SIPp's short file of messages (-trace_shortmsg): a line each, in columns that tabs part.
 *
 *   2026-01-31  12:00:00.123456  1769860800.123456  S  1-9@192.0.2.1  CSeq:1 INVITE  INVITE sip:service@192.0.2.2 SIP/2.0
 *
 * The record is what is left of the message: start line, Call-ID and CSeq, marked as cut short.  "S" was sent, "R"
 * received; the third column is the time in UTC. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"

enum
{
  COLUMN_DATE,
  COLUMN_CLOCK,
  COLUMN_EPOCH,
  COLUMN_DIRECTION,
  COLUMN_CALL_ID,
  COLUMN_CSEQ,
  COLUMN_START_LINE,
  N_COLUMNS
};

static gboolean
split (RungsSlice line, RungsSlice *columns)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gssize tab = rungs_slice_find_char (line, 0, '\t');

      if (tab < 0 && i < N_COLUMNS - 1)
        return FALSE;
      columns[i] = i < N_COLUMNS - 1 ? rungs_slice_sub (line, 0, (gsize) tab) : line;
      line = rungs_slice_skip (line, columns[i].length + 1);
    }
  return columns[COLUMN_DIRECTION].length == 1 && rungs_sip_is_start_line (columns[COLUMN_START_LINE]);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsSlice columns[N_COLUMNS];

  return line.length > 60 && line.data[10] == '\t' && rungs_stamp_matches (line, "0000-00-00") &&
         split (line, columns);
}

/* "1769860800.123456" */
static gint64
parse_epoch (RungsSlice text)
{
  gssize point = rungs_slice_find_char (text, 0, '.');
  guint64 seconds, microseconds;

  if (point < 0 || text.length - (gsize) point != 7 ||
      !rungs_slice_to_uint64 (rungs_slice_sub (text, 0, (gsize) point), &seconds) ||
      !rungs_slice_to_uint64 (rungs_slice_skip (text, (gsize) point + 1), &microseconds) ||
      seconds > G_MAXUINT32)
    return RUNGS_TIME_NONE;
  return (gint64) (seconds * G_USEC_PER_SEC + microseconds);
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsAddress local = { .kind = RUNGS_ADDRESS_LOCAL };
  RungsRecord record = { .flags = RUNGS_RECORD_LOG | RUNGS_RECORD_JOINED | RUNGS_RECORD_TRUNCATED };
  RungsSlice columns[N_COLUMNS];
  g_autoptr (GString) text = g_string_new (NULL);
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  split (line, columns);
  g_string_append_len (text, columns[COLUMN_START_LINE].data, (gssize) columns[COLUMN_START_LINE].length);
  g_string_append (text, "\r\nCall-ID: ");
  g_string_append_len (text, columns[COLUMN_CALL_ID].data, (gssize) columns[COLUMN_CALL_ID].length);
  g_string_append (text, "\r\n");
  g_string_append_len (text, columns[COLUMN_CSEQ].data, (gssize) columns[COLUMN_CSEQ].length);
  g_string_append (text, "\r\n");
  record.bytes = rungs_arena_copy (walk->arena, rungs_slice (text->str, text->len));
  record.offset = (gsize) (columns[COLUMN_START_LINE].data - walk->bytes.data);
  record.time = parse_epoch (columns[COLUMN_EPOCH]);
  if (columns[COLUMN_DIRECTION].data[0] == 'S')
    {
      record.direction = RUNGS_DIRECTION_OUT;
      record.source = local;
    }
  else if (columns[COLUMN_DIRECTION].data[0] == 'R')
    {
      record.direction = RUNGS_DIRECTION_IN;
      record.destination = local;
    }
  rungs_text_walk_record (walk, &record);
  rungs_text_walk_read (walk, next);
  return next;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "\tCSeq:", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_sipp_short = {
  .reader = { "sipp-short", N_ ("SIPp short message log"), probe, rungs_dialect_read },
  .first_bytes = "12",
  .claims = claims,
  .parse = parse,
};
