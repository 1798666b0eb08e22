/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What ngrep -W byline, sipgrep, sngrep and HOMER save as text: both addresses on a line, and the message.
 *
 *   U 2026/01/31 12:00:00.123456 192.0.2.1:5060 -> 192.0.2.2:5060 #3      ngrep; the time only with -t
 *   2026/01/31 12:00:00.123456 192.0.2.1:5060 -> 192.0.2.2:5060           sngrep
 *   proto:UDP 2026-01-31T12:00:00.123456Z  192.0.2.1:5060 ---> 192.0.2.2:5060  HOMER
 *
 * ngrep prints a dot for each CR, and IPv6 addresses without brackets: the last colon stands before the port.  Its "#"
 * for each packet that did not match are lines of the log. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"

/* "2001:db8::1:5060" has no brackets. */
static void
parse_end (RungsAddress *address, RungsSlice text)
{
  gsize colon = text.length;
  guint n_colons = 0;
  guint64 port;

  for (gsize i = 0; i < text.length; i++)
    if (text.data[i] == ':')
      {
        colon = i;
        n_colons++;
      }
  rungs_address_parse (address,
                       n_colons > 1 && text.data[0] != '[' ? rungs_slice_sub (text, 0, colon) : text);
  if (n_colons > 1 && rungs_slice_to_uint64 (rungs_slice_skip (text, colon + 1), &port) &&
      port <= G_MAXUINT16)
    address->port = (guint16) port;
}

static gboolean
is_end (RungsSlice text)
{
  gssize colon = rungs_slice_find_char (text, 0, ':');

  return colon > 0 && text.length < 80 && text.length > (gsize) colon + 1 &&
         rungs_slice_find_char (text, 0, ' ') < 0 && g_ascii_isdigit (text.data[text.length - 1]);
}

/* "192.0.2.1:5060 -> 192.0.2.2:5060 [AP] #3" */
static gboolean
read_ends (RungsSlice text, const char *arrow, RungsTextFrame *frame)
{
  RungsSlice source = rungs_text_frame_between (rungs_slice_sub (text, 0, 200), "", arrow);
  RungsSlice rest, destination;
  gssize space;

  if (source.length == 0)
    return FALSE;
  rest = rungs_slice_skip (text, source.length + strlen (arrow));
  space = rungs_slice_find_char (rest, 0, ' ');
  destination = space >= 0 ? rungs_slice_sub (rest, 0, (gsize) space) : rest;
  if (!is_end (source) || !is_end (destination))
    return FALSE;
  parse_end (&frame->record.source, source);
  parse_end (&frame->record.destination, destination);
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

/* The time at the start of @text, which it loses; it may have none. */
static void
take_time (RungsSlice *text, RungsTextFrame *frame)
{
  gint64 time;
  guint32 flags;
  gsize length = rungs_stamp_parse_prefix (*text, &time, &flags);

  if (length == 0)
    return;
  frame->record.time = time;
  frame->record.flags |= flags;
  *text = rungs_slice_skip (*text, length);
  while (text->length > 0 && text->data[0] == ' ')
    *text = rungs_slice_skip (*text, 1);
}

static gboolean
read_ngrep (RungsSlice text, RungsTextFrame *frame)
{
  guint8 transport = text.data[0] == 'U' ? RUNGS_TRANSPORT_UDP : RUNGS_TRANSPORT_TCP;

  text = rungs_slice_skip (text, 1);
  /* "U(17)", where the number of the protocol is asked for */
  if (text.data[0] == '(')
    text =
      rungs_slice_skip (text,
                        (gsize) MAX (rungs_slice_find_char (rungs_slice_sub (text, 0, 6), 0, ')'), 0) + 1);
  if (text.length == 0 || text.data[0] != ' ')
    return FALSE;
  text = rungs_slice_skip (text, 1);
  take_time (&text, frame);
  if (text.length > 0 && text.data[0] == '+')
    text = rungs_slice_skip (text, (gsize) MAX (rungs_slice_find_char (text, 0, ' '), 0) + 1);
  if (!read_ends (text, " -> ", frame))
    return FALSE;
  frame->record.transport = transport;
  frame->dotted = TRUE;
  return TRUE;
}

static gboolean
read_homer (RungsSlice text, RungsTextFrame *frame)
{
  RungsSlice transport = rungs_text_frame_between (text, "proto:", " ");

  text = rungs_slice_skip (text, strlen ("proto:") + transport.length + 1);
  take_time (&text, frame);
  if (!read_ends (text, " ---> ", frame))
    return FALSE;
  rungs_text_frame_set_transport (frame, transport);
  return TRUE;
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  if (text.length < 10)
    return FALSE;
  if ((text.data[0] == 'U' || text.data[0] == 'T') && (text.data[1] == ' ' || text.data[1] == '('))
    return read_ngrep (text, frame);
  if (text.data[0] == '#')
    {
      frame->kind = RUNGS_TEXT_FRAME_LOG;
      return text.data[1] == '#';
    }
  if (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("proto:")))
    return read_homer (text, frame);
  if (!g_ascii_isxdigit (text.data[0]) && text.data[0] != '[')
    return FALSE;
  return read_ends (text, " -> ", frame);
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "\nU ", "\nT ", "proto:", NULL };

  if (rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL (" -> ")) < 0 &&
      rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL (" ---> ")) < 0)
    return 0;
  return MAX (rungs_dialect_probe_marks (head, marks), 28);
}

const RungsDialect rungs_dialect_ngrep = {
  .reader = { "ngrep", N_ ("Text saved by ngrep, sngrep or HOMER"), probe, rungs_dialect_read },
  .frame_bytes = "UTp[0123456789abcdef",
  .read_frame = read_frame,
};
