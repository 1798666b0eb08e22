/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Cisco: routers and CUBE (debug ccsip messages), and the traces of CUCM.
 *
 *   *Jan 31 12:00:00.123: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:
 *   Received:                                    or   Sent:
 *   OPTIONS …
 *
 *   12:00:00.123 |AppInfo  |SIPTcp - wait_SdlReadRsp: Incoming SIP TCP message from 192.0.2.1 on port 5060 index 7 …
 *   [1234,NET]
 *   OPTIONS …
 *
 * A router says neither address nor transport: Via does.  What is typed at its terminal stands between the lines. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

/* How much of a line is searched for its words. */
#define MAX_HEAD 300

static gboolean
read_router (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  RungsAddress local = { .kind = RUNGS_ADDRESS_LOCAL };
  gsize next = frame->next;
  RungsSlice line;

  if (rungs_slice_find (rungs_slice_sub (text, 0, MAX_HEAD), 0, RUNGS_SLICE_LITERAL ("/SIP/")) < 0)
    return FALSE;
  frame->kind = RUNGS_TEXT_FRAME_LOG;
  if (rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("ccsipDisplayMsg:")) < 0 ||
      !rungs_text_walk_next (walk, &next, &line))
    return TRUE;
  line = rungs_slice_trim (line);
  if (rungs_slice_equal_string (line, "Received:"))
    {
      frame->record.direction = RUNGS_DIRECTION_IN;
      frame->record.destination = local;
    }
  else if (rungs_slice_equal_string (line, "Sent:"))
    {
      frame->record.direction = RUNGS_DIRECTION_OUT;
      frame->record.source = local;
    }
  else
    return TRUE;
  frame->next = next;
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

/* "192.0.2.1 on port 5060 index 7", "192.0.2.1:[5060]:" */
static void
set_manager_peer (RungsTextFrame *frame, RungsDirection direction, RungsSlice text)
{
  RungsAddress *address;
  RungsSlice host = rungs_slice_trim (rungs_text_frame_between (text, "", " on port "));
  RungsSlice port = rungs_text_frame_between (text, " on port ", " ");
  RungsSlice index = rungs_text_frame_between (text, " index ", " ");
  guint64 number;

  if (host.length == 0)
    {
      host = rungs_slice_trim (rungs_text_frame_between (text, "", ":["));
      port = rungs_text_frame_between (text, ":[", "]");
    }
  rungs_text_frame_set_peer (frame, direction, host);
  address = direction == RUNGS_DIRECTION_IN ? &frame->record.source : &frame->record.destination;
  if (rungs_slice_to_uint64 (port, &number) && number <= G_MAXUINT16)
    address->port = (guint16) number;
  if (index.length > 0)
    rungs_text_frame_set_connection (frame, index);
}

static gboolean
read_manager (RungsSlice text, RungsTextFrame *frame)
{
  RungsSlice head = rungs_slice_sub (text, 0, MAX_HEAD);
  gssize at = rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("Incoming SIP "));
  RungsDirection direction = at >= 0 ? RUNGS_DIRECTION_IN : RUNGS_DIRECTION_OUT;

  if (at < 0)
    at = rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("Outgoing SIP "));
  if (at < 0)
    return FALSE;
  text = rungs_slice_skip (text, (gsize) at + 13);
  if (rungs_slice_find (rungs_slice_sub (text, 0, 20), 0, RUNGS_SLICE_LITERAL (" message ")) < 0)
    return FALSE;
  rungs_text_frame_set_transport (frame, rungs_text_frame_between (text, "", " "));
  set_manager_peer (frame,
                    direction,
                    rungs_text_frame_between (text, direction == RUNGS_DIRECTION_IN ? " from " : " to ", ""));
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  if (text.length < 20)
    return FALSE;
  if (text.data[0] == '/')
    return text.data[1] == '/' && read_router (walk, text, frame);
  return (text.data[0] == '|' || text.data[1] == (text.data[0] == 'S' ? 'I' : 'C')) &&
         read_manager (text, frame);
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = {
    "/SIP/Msg/ccsipDisplayMsg:", "SIPTcp - wait_", "SIPUdp - wait_", NULL
  };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_cisco = {
  .reader = { "cisco", N_ ("Cisco log"), probe, rungs_dialect_read },
  .frame_bytes = "/|SC",
  .read_frame = read_frame,
};
