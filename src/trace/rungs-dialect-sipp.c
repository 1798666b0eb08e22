/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* SIPp's file of messages (-trace_msg).
 *
 *   ----------------------------------------------- 2026-01-31 12:00:00.123456
 *   UDP message sent (514 bytes):              or   UDP message received [514] bytes :
 *
 *   INVITE …
 *
 * No address is said.  "Unexpected UDP message received:" behind a line of dashes without time shows a message
 * again. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"

#define DASHES RUNGS_SLICE_LITERAL ("-----------------------------------------------")

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  RungsAddress local = { .kind = RUNGS_ADDRESS_LOCAL };
  RungsSlice line;
  gint64 time = RUNGS_TIME_NONE;
  guint32 flags = 0;
  gsize next = frame->next;
  gssize space;

  if (text.length < DASHES.length || text.data[1] != '-' || !rungs_slice_starts_with (text, DASHES))
    return FALSE;
  text = rungs_slice_skip (text, DASHES.length);
  if (text.length > 0 &&
      (text.data[0] != ' ' || rungs_stamp_parse_prefix (rungs_slice_skip (text, 1), &time, &flags) == 0))
    return FALSE;
  frame->kind = RUNGS_TEXT_FRAME_LOG;
  if (!rungs_text_walk_next (walk, &next, &line))
    return TRUE;
  if (time == RUNGS_TIME_NONE)
    {
      /* "Unexpected UDP message received:", "Dead call 1@192.0.2.1 received a UDP message:" */
      if (line.length > 0 && line.data[line.length - 1] == ':' &&
          rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (" message")) > 0)
        {
          frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
          frame->repeats = TRUE;
        }
      return TRUE;
    }
  if (rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("message sent ")) > 0)
    {
      frame->record.direction = RUNGS_DIRECTION_OUT;
      frame->record.source = local;
    }
  else if (rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("message received ")) > 0)
    {
      frame->record.direction = RUNGS_DIRECTION_IN;
      frame->record.destination = local;
    }
  else
    return TRUE;
  space = rungs_slice_find_char (line, 0, ' ');
  rungs_text_frame_set_transport (frame, rungs_slice_sub (line, 0, (gsize) MAX (space, 0)));
  frame->record.time = time;
  frame->record.flags |= flags;
  frame->next = next;
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { " message sent (", " message sent [", " message received [", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_sipp = {
  .reader = { "sipp", N_ ("SIPp message log"), probe, rungs_dialect_read },
  .frame_bytes = "-",
  .read_frame = read_frame,
};
