/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* PJSIP and pjsua.
 *
 *   12:00:00.123   pjsua_core.c  ....TX 523 bytes Request msg REGISTER/cseq=1 (tdta0x7f83) to UDP 192.0.2.1:5060:
 *   REGISTER …
 *   --end msg--
 *
 * Between the time, which has no date unless the log was told to, and "TX" stand the file, and dots for the depth of the
 * call.  STUN messages have the same line, and no "msg". */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

/* How long the columns before "TX" may be. */
#define MAX_COLUMNS 120

static gssize
find_mark (RungsSlice text)
{
  RungsSlice head = rungs_slice_sub (text, 0, MAX_COLUMNS);
  gssize at = rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("TX "));

  if (at < 0)
    at = rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("RX "));
  return at;
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  RungsDirection direction;
  RungsSlice peer;
  gssize at, space;

  if (text.data[0] == '-')
    {
      if (!rungs_slice_equal_string (text, "--end msg--"))
        return FALSE;
      frame->kind = RUNGS_TEXT_FRAME_END;
      return TRUE;
    }
  if (text.data[text.length - 1] != ':' || (at = find_mark (text)) < 0)
    return FALSE;
  text = rungs_slice_skip (text, (gsize) at);
  direction = text.data[0] == 'R' ? RUNGS_DIRECTION_IN : RUNGS_DIRECTION_OUT;
  if (rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (" bytes Re")) < 0 ||
      rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (" msg ")) < 0)
    return FALSE;
  peer = rungs_text_frame_between (text, direction == RUNGS_DIRECTION_IN ? ") from " : ") to ", "");
  space = rungs_slice_find_char (peer, 0, ' ');
  if (space < 0)
    return FALSE;
  rungs_text_frame_set_transport (frame, rungs_slice_sub (peer, 0, (gsize) space));
  peer = rungs_slice_skip (peer, (gsize) space + 1);
  rungs_text_frame_set_peer (frame, direction, rungs_slice_sub (peer, 0, peer.length - 1));
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { " bytes Request msg ", " bytes Response msg ", "--end msg--", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_pjsip = {
  .reader = { "pjsip", N_ ("PJSIP log"), probe, rungs_dialect_read },
  .frame_bytes = "-.!TRabcdefghijklmnopqrstuvwxyz",
  .read_frame = read_frame,
};
