/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* belle-sip, the SIP of Linphone.
 *
 *   … channel [0x76bb1d1980]: message sent to [UDP://sip.example:5060], size: [617] bytes
 *   … channel [0x76bb1d1980]: received [501] new bytes from [TCP://sip.example:5060]:
 *
 * What stands before "channel" changed with each version; on Android, logcat writes it before every line of the
 * message.  The channel is the connection.  A host is what was asked for, mostly a name. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

/* How much of a line is searched for the channel. */
#define MAX_HEAD 200

/* "[TCP://sip.example:5060]" */
static void
set_peer (RungsTextFrame *frame, RungsDirection direction, RungsSlice text)
{
  gssize colon = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("://"));

  if (colon < 0)
    return;
  rungs_text_frame_set_transport (frame, rungs_slice_sub (text, 0, (gsize) colon));
  rungs_text_frame_set_peer (frame, direction, rungs_slice_skip (text, (gsize) colon + 3));
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  char last = text.data[text.length - 1];
  gssize at;

  /* "bytes", "bytes:", "]:" */
  if (last != 's' && last != ':')
    return FALSE;
  at = rungs_slice_find (rungs_slice_sub (text, 0, MAX_HEAD), 0, RUNGS_SLICE_LITERAL ("channel ["));
  if (at < 0)
    return FALSE;
  text = rungs_slice_skip (text, (gsize) at);
  if (rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("]: message sent to [")) > 0)
    set_peer (frame, RUNGS_DIRECTION_OUT, rungs_text_frame_between (text, "sent to [", "], size"));
  else if (rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("]: received [")) > 0 &&
           rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("] new bytes from [")) > 0)
    set_peer (frame, RUNGS_DIRECTION_IN, rungs_text_frame_between (text, "bytes from [", "]:"));
  else
    return FALSE;
  rungs_text_frame_set_connection (frame, rungs_text_frame_between (text, "channel [", "]"));
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "]: message sent to [", "] new bytes from [", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_belle_sip = {
  .reader = { "belle-sip", N_ ("Linphone log"), probe, rungs_dialect_read },
  .frame_bytes = "cbmM[",
  .read_frame = read_frame,
};
