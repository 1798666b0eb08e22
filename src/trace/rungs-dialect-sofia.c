/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* FreeSWITCH, drachtio and whatever else stands on Sofia-SIP ("sofia … siptrace on").
 *
 *   recv 1141 bytes from udp/[192.0.2.1]:5060 at 12:00:00.123456:
 *   ------------------------------------------------------------------------
 *   INVITE …                    (old versions: indented, and closed by a second such line)
 *
 * The time has no date. Old versions say where they cut a message short. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"

/* "udp/[192.0.2.1]:5060/12;comp=sigcomp" */
static void
set_peer (RungsTextFrame *frame, RungsDirection direction, RungsSlice peer)
{
  gssize slash = rungs_slice_find_char (peer, 0, '/');
  gssize end;

  if (slash > 0)
    {
      rungs_text_frame_set_transport (frame, rungs_slice_sub (peer, 0, (gsize) slash));
      peer = rungs_slice_skip (peer, (gsize) slash + 1);
    }
  end = rungs_slice_find_char (peer, 0, '/');
  if (end < 0)
    end = rungs_slice_find_char (peer, 0, ';');
  if (end >= 0)
    peer = rungs_slice_sub (peer, 0, (gsize) end);
  /* Brackets stand around IPv4 as well. */
  if (peer.length > 1 && peer.data[0] == '[' && rungs_slice_find_char (peer, 0, '.') > 0)
    {
      RungsAddress address = { 0 };
      RungsSlice host = rungs_text_frame_between (peer, "[", "]");
      RungsSlice port = rungs_text_frame_between (peer, "]:", "");
      guint64 number;

      rungs_address_parse (&address, host);
      if (rungs_slice_to_uint64 (port, &number) && number <= G_MAXUINT16)
        address.port = (guint16) number;
      rungs_text_frame_set_peer (frame, direction, RUNGS_SLICE_EMPTY);
      *(direction == RUNGS_DIRECTION_IN ? &frame->record.source : &frame->record.destination) = address;
      return;
    }
  rungs_text_frame_set_peer (frame, direction, peer);
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  gboolean is_in;
  RungsSlice clock;
  gint64 time;
  guint32 flags;

  if (text.data[0] == '-')
    {
      if (text.length != 72 || memchr (text.data, ' ', 72) != NULL ||
          !rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("------------------------------------")))
        return FALSE;
      frame->kind = RUNGS_TEXT_FRAME_END;
      return TRUE;
    }
  is_in = rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("recv "));
  if (!is_in && !rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("send ")) &&
      !rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("sent ")))
    return FALSE;
  /* "12:00:00.123456:", or without the fraction */
  clock = rungs_slice_skip (text, text.length - MIN (text.length, 16));
  if (!g_ascii_isdigit (clock.data[0]) || clock.length < 16)
    clock = rungs_slice_skip (text, text.length - MIN (text.length, 9));
  if (rungs_stamp_parse_prefix (clock, &time, &flags) + 1 != clock.length)
    return FALSE;
  set_peer (frame,
            is_in ? RUNGS_DIRECTION_IN : RUNGS_DIRECTION_OUT,
            rungs_text_frame_between (text, is_in ? " bytes from " : " bytes to ", " at "));
  frame->record.time = time;
  frame->record.flags |= flags;
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { " bytes from udp/[", " bytes to udp/[",   " bytes from tcp/[",
                                       " bytes to tcp/[",   " bytes from tls/[", " bytes to tls/[",
                                       " bytes from ws",    " bytes to ws",      NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_sofia = {
  .reader = { "sofia", N_ ("FreeSWITCH or Sofia-SIP log"), probe, rungs_dialect_read },
  .frame_bytes = "rs-",
  .read_frame = read_frame,
};
