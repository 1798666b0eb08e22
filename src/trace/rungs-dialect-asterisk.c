/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Asterisk, both of its SIP channels.
 *
 *   chan_sip:   <--- SIP read from UDP:192.0.2.1:5060 --->        received
 *               <--- Transmitting (NAT) to 192.0.2.1:5060 --->    answer sent
 *               Reliably Transmitting (no NAT) to 192.0.2.1:5060: request sent
 *               Retransmitting #2 (no NAT) to 192.0.2.1:5060:     either
 *   res_pjsip:  <--- Received SIP request (541 bytes) from UDP:192.0.2.1:5060 --->
 *
 * The local address is never said. A time stands only in the logger's prefix. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

/* "UDP:192.0.2.1:5060", or without transport. */
static void
set_peer (RungsTextFrame *frame, RungsDirection direction, RungsSlice peer)
{
  gssize colon = rungs_slice_find_char (peer, 0, ':');
  RungsSlice transport = rungs_slice_sub (peer, 0, MAX (colon, 0));

  if (rungs_transport_lookup (transport) != RUNGS_TRANSPORT_UNKNOWN)
    {
      rungs_text_frame_set_transport (frame, transport);
      peer = rungs_slice_skip (peer, (gsize) colon + 1);
    }
  rungs_text_frame_set_peer (frame, direction, peer);
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
}

/* "<--- … --->", "<------------>" */
static gboolean
read_arrow (RungsSlice text, RungsTextFrame *frame)
{
  RungsSlice inside;

  if (!rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("<---")))
    return FALSE;
  if (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("<-----------")))
    {
      frame->kind = RUNGS_TEXT_FRAME_END;
      return TRUE;
    }
  inside = rungs_text_frame_between (text, "<--- ", " --->");
  if (rungs_slice_starts_with (inside, RUNGS_SLICE_LITERAL ("SIP read from ")))
    set_peer (frame, RUNGS_DIRECTION_IN, rungs_slice_skip (inside, 14));
  else if (rungs_slice_starts_with (inside, RUNGS_SLICE_LITERAL ("Received SIP ")))
    set_peer (frame, RUNGS_DIRECTION_IN, rungs_text_frame_between (inside, ") from ", ""));
  else if (rungs_slice_find (inside, 0, RUNGS_SLICE_LITERAL ("ransmitting ")) >= 0)
    set_peer (frame, RUNGS_DIRECTION_OUT, rungs_text_frame_between (inside, ") to ", ""));
  else
    return FALSE;
  return TRUE;
}

/* "Reliably Transmitting (NAT) to 192.0.2.1:5060:" */
static gboolean
read_request (RungsSlice text, RungsTextFrame *frame)
{
  RungsSlice peer;

  if (!rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Reliably Transmitting (")) &&
      !rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Retransmitting #")) &&
      !rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Transmitting (")))
    return FALSE;
  peer = rungs_text_frame_between (text, "NAT) to ", "");
  if (peer.length == 0 || peer.data[peer.length - 1] != ':')
    return FALSE;
  peer.length--;
  set_peer (frame, RUNGS_DIRECTION_OUT, peer);
  return TRUE;
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  if (text.data[0] == '<')
    return read_arrow (text, frame);
  if (text.data[0] != '-')
    return read_request (text, frame);
  if (rungs_slice_equal_string (text, "---"))
    frame->kind = RUNGS_TEXT_FRAME_END;
  else if (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("--- (")) &&
           rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (" headers ")) > 0)
    frame->kind = RUNGS_TEXT_FRAME_LOG;
  else
    return FALSE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "<--- SIP read from ",    "<--- Received SIP ",
                                       "<--- Transmitting ",     "Transmitting (no NAT) to ",
                                       "Transmitting (NAT) to ", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_asterisk = {
  .reader = { "asterisk", N_ ("Asterisk log"), probe, rungs_dialect_read },
  .frame_bytes = "<-RT",
  .read_frame = read_frame,
};
