/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* baresip's SIP trace, in colours on its terminal:
 *
 *   12:00:00.123#
 *   UDP 192.0.2.1:5060 -> 192.0.2.2:5060
 *   REGISTER …
 *
 * The time has no date. Which of the two is this host is not said. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  gsize next = frame->next;
  RungsSlice line, transport, source, destination;

  if (text.length != 1 || !rungs_text_walk_next (walk, &next, &line))
    return FALSE;
  line = rungs_slice_sub (line, 0, 200);
  transport = rungs_text_frame_between (line, "", " ");
  if (rungs_transport_lookup (transport) == RUNGS_TRANSPORT_UNKNOWN)
    return FALSE;
  source = rungs_text_frame_between (line, " ", " -> ");
  destination = rungs_text_frame_between (line, " -> ", "");
  if (source.length == 0 || destination.length == 0)
    return FALSE;
  rungs_text_frame_set_transport (frame, transport);
  rungs_text_frame_set_ends (frame, RUNGS_DIRECTION_UNKNOWN, source, destination);
  frame->next = next;
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "#\nUDP ", "#\nTCP ", "#\nTLS ", "#\nWS ", "#\nWSS ", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_baresip = {
  .reader = { "baresip", N_ ("baresip trace"), probe, rungs_dialect_read },
  .frame_bytes = "#",
  .read_frame = read_frame,
};
