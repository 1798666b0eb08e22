/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* sipmsg.log of session border controllers by Acme Packet and Oracle.
 *
 *   Jan 31 12:00:00.123 On [6:0]192.0.2.1:5060 received from 192.0.2.2:5060      or   sent to
 *   REGISTER …
 *   ----------------------------------------
 *
 * Both addresses are said; in brackets stand slot and port of the interface.  The year is not.  Messages of other
 * protocols stand there as dumps of their bytes. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

#define DASHES "----------------------------------------"

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  RungsSlice local, peer;
  gboolean is_in;

  if (text.data[0] == '-')
    {
      frame->kind = RUNGS_TEXT_FRAME_END;
      return rungs_slice_equal_string (text, DASHES);
    }
  if (!rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("On ")))
    return FALSE;
  text = rungs_slice_skip (text, 3);
  is_in = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (" received from ")) > 0;
  local = rungs_text_frame_between (text, "", is_in ? " received from " : " sent to ");
  peer = rungs_text_frame_between (text, is_in ? " received from " : " sent to ", "");
  if (local.length == 0 || peer.length == 0)
    return FALSE;
  if (local.data[0] == '[' && rungs_slice_find_char (local, 0, ']') + 1 < (gssize) local.length &&
      local.data[rungs_slice_find_char (local, 0, ']') + 1] != ':')
    local = rungs_text_frame_between (local, "]", "");
  rungs_text_frame_set_ends (frame,
                             is_in ? RUNGS_DIRECTION_IN : RUNGS_DIRECTION_OUT,
                             is_in ? peer : local,
                             is_in ? local : peer);
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { " received from ", " sent to ", NULL };

  if (rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("\n" DASHES "\n")) < 0 &&
      rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("\n" DASHES "\r\n")) < 0)
    return 0;
  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_acme = {
  .reader = { "acme", N_ ("Acme Packet or Oracle sipmsg.log"), probe, rungs_dialect_read },
  .frame_bytes = "O-",
  .read_frame = read_frame,
};
