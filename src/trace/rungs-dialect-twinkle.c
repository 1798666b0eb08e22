/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Twinkle's log, and the trace lines of SIPSorcery.
 *
 *   +++ 31-1-2026 12:00:00.123456 INFO SIP ::send_sip_tcp
 *   Send to: tcp:192.0.2.1:5060                 or   Received from: tcp:192.0.2.1:5060
 *   REGISTER …
 *   ---
 *
 *   Request sent: tls:192.0.2.1:5061->tls:192.0.2.2:5061       both ends, no time; <- for what came */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"

/* "tcp:192.0.2.1:5060": takes the transport from @text. */
static RungsSlice
take_transport (RungsTextFrame *frame, RungsSlice text)
{
  RungsSlice transport = rungs_text_frame_between (text, "", ":");

  if (rungs_transport_lookup (transport) == RUNGS_TRANSPORT_UNKNOWN)
    return text;
  rungs_text_frame_set_transport (frame, transport);
  return rungs_slice_skip (text, transport.length + 1);
}

/* "+++ 31-1-2026 12:00:00.123456 INFO …" */
static gint64
read_time (RungsSlice text)
{
  guint parts[3] = { 0 };
  gsize i = 4;
  gint64 clock;
  gint64 date;
  guint32 flags;

  for (guint part = 0; part < 3; part++)
    {
      for (guint n = 0; n < 4 && i < text.length && g_ascii_isdigit (text.data[i]); n++, i++)
        parts[part] = parts[part] * 10 + (guint) (text.data[i] - '0');
      i++;
    }
  date = rungs_stamp_make (parts[2], parts[1], parts[0], 0, 0, 0, 0);
  if (date == RUNGS_TIME_NONE || rungs_stamp_parse_prefix (rungs_slice_skip (text, i), &clock, &flags) == 0)
    return RUNGS_TIME_NONE;
  return date + clock;
}

static gboolean
read_twinkle (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  static const RungsSlice words[] = { { "Send to: ", 9 }, { "Received from: ", 15 } };
  gsize next = frame->next;
  RungsSlice line;

  if (!rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("+++ ")))
    return FALSE;
  frame->kind = RUNGS_TEXT_FRAME_LOG;
  frame->record.time = read_time (text);
  if (frame->record.time == RUNGS_TIME_NONE || !rungs_text_walk_next (walk, &next, &line))
    return TRUE;
  frame->record.flags |= RUNGS_RECORD_ZONE_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (rungs_slice_starts_with (line, words[i]))
      {
        line = take_transport (frame, rungs_slice_skip (line, words[i].length));
        rungs_text_frame_set_peer (frame, i == 0 ? RUNGS_DIRECTION_OUT : RUNGS_DIRECTION_IN, line);
        frame->next = next;
        frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
      }
  return TRUE;
}

static gboolean
read_sorcery (RungsSlice text, RungsTextFrame *frame)
{
  gboolean is_in = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (" received: ")) > 0;
  RungsSlice rest;
  gssize arrow;

  if (!is_in && rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (" sent: ")) < 0)
    return FALSE;
  rest = rungs_text_frame_between (text, is_in ? " received: " : " sent: ", "");
  arrow = rungs_slice_find (rest, 0, is_in ? RUNGS_SLICE_LITERAL ("<-") : RUNGS_SLICE_LITERAL ("->"));
  if (arrow <= 0)
    return FALSE;
  if (is_in)
    rungs_text_frame_set_ends (frame,
                               RUNGS_DIRECTION_IN,
                               take_transport (frame, rungs_slice_skip (rest, (gsize) arrow + 2)),
                               take_transport (frame, rungs_slice_sub (rest, 0, (gsize) arrow)));
  else
    rungs_text_frame_set_ends (frame,
                               RUNGS_DIRECTION_OUT,
                               take_transport (frame, rungs_slice_sub (rest, 0, (gsize) arrow)),
                               take_transport (frame, rungs_slice_skip (rest, (gsize) arrow + 2)));
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  if (text.data[0] == '+')
    return read_twinkle (walk, text, frame);
  return (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Request ")) ||
          rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Response "))) &&
         read_sorcery (text, frame);
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "+++ ",
                                       "Send to: ",
                                       "Received from: ",
                                       "Request sent: ",
                                       "Response received: ",
                                       "Request received: ",
                                       "Response sent: ",
                                       NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_twinkle = {
  .reader = { "twinkle", N_ ("Twinkle or SIPSorcery log"), probe, rungs_dialect_read },
  .frame_bytes = "+R",
  .read_frame = read_frame,
};
