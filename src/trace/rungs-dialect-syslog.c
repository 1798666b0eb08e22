/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages that a logger folded into one line: syslog with #012 for LF and #015 for CR (what Kamailio and OpenSIPS log of
 * a message, and AudioCodes), others with \\n and \\r, as JSON and C do.
 *
 *   Jan 31 12:00:00 proxy01 kamailio[123]: INFO: REGISTER sip:example.org SIP/2.0#015#012Via: …
 *   <133>[S=7] [SID=b9:24:1]  (N 6) ---- Incoming SIP Message from 192.0.2.1:5060 to SIPInterface #2 (A) TLS TO(#1) ----
 *   #012 [Time:31-01@12:00:00.123]
 *   {"time":"2026-01-31T12:00:00Z","msg":"REGISTER sip:example.org SIP/2.0\\r\\nVia: …"}
 *
 * AudioCodes says direction and peer in a line of their own (the second above is one line), or before the message in its
 * line; in the first case the next message, folded or not, is the one that is meant. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"
#include "rungs-text-head.h"
#include "rungs-text-hint.h"
#include "rungs-text-json.h"
#include "rungs-text-prefix.h"

#define FOLD     RUNGS_SLICE_LITERAL ("#012")
#define INCOMING "---- Incoming SIP Message from "
#define OUTGOING "---- Outgoing SIP Message to "

/* Where the peer of AudioCodes may stand behind its mark. */
#define MAX_MARK 300

/* How many folds may stand before the start line. */
#define MAX_FOLDS 16

typedef struct
{
  gboolean is_set;
  RungsTextFrame frame; /* what the last mark said */
} State;

/* What the last mark in @line says of the message that follows. */
static gboolean
read_mark (RungsSlice line, RungsTextFrame *frame)
{
  gboolean is_in = TRUE;
  gssize at = rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (INCOMING));
  RungsSlice rest, words, transport;

  if (at < 0)
    {
      is_in = FALSE;
      at = rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (OUTGOING));
    }
  if (at < 0)
    return FALSE;
  rest = rungs_slice_skip (line, (gsize) at + strlen (is_in ? INCOMING : OUTGOING));
  rest = rungs_slice_sub (rest, 0, MAX_MARK);
  rungs_text_frame_set_peer (frame,
                             is_in ? RUNGS_DIRECTION_IN : RUNGS_DIRECTION_OUT,
                             rungs_text_frame_between (rest, "", " "));
  words = rungs_text_frame_between (rest, "SIPInterface #", " TO(#");
  transport = rungs_text_frame_between (words, ") ", "");
  rungs_text_frame_set_transport (frame, transport);
  frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
  return TRUE;
}

/* How @line is folded, NULL where it is not. */
static const RungsSlice *
get_fold (RungsSlice line)
{
  static const RungsSlice folds[] = { { "#012", 4 }, { "\\n", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    if (rungs_slice_find (line, 0, folds[i]) >= 0)
      return &folds[i];
  return NULL;
}

/* Where in @line the start line begins that stands before a fold, or -1. */
static gssize
find_start_line (RungsSlice line, RungsSlice fold)
{
  RungsSlice carriage_return = fold.length == 4 ? RUNGS_SLICE_LITERAL ("#015") : RUNGS_SLICE_LITERAL ("\\r");
  gsize begin = 0;
  gssize end;

  for (guint i = 0; i < MAX_FOLDS && (end = rungs_slice_find (line, begin, fold)) >= 0; i++)
    {
      RungsSlice text = rungs_slice_sub (line, begin, (gsize) end - begin);
      gssize at;

      if (text.length > carriage_return.length &&
          rungs_slice_equal (rungs_slice_skip (text, text.length - carriage_return.length), carriage_return))
        text.length -= carriage_return.length;
      at = rungs_text_prefix_find_start (text);
      if (at >= 0)
        return (gssize) begin + at;
      begin = (gsize) end + fold.length;
    }
  return -1;
}

/* What a folded line can begin with: "<133>", "[S=1]", "{", "Jan 31", "2026-01-31", "time=", a string of CSV, or of JSON that is
 * indented. */
static gboolean
may_be_folded (RungsSlice line)
{
  gsize at = 0;

  switch (line.data[0])
    {
    case '<':
    case '[':
    case '{':
    case '"':
      return TRUE;
    case 't':
      return rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("time="));
    case ' ':
    case '\t':
      while (at < line.length && (line.data[at] == ' ' || line.data[at] == '\t'))
        at++;
      return at < line.length && line.data[at] == '"';
    default:
      return line.data[3] == ' ' || line.data[4] == '-';
    }
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  const RungsSlice *fold;

  if (line.length < 40 || !may_be_folded (line))
    return FALSE;
  fold = get_fold (line);
  if (fold == NULL)
    return FALSE;
  return find_start_line (line, *fold) >= 0 ||
         rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (INCOMING)) >= 0 ||
         rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (OUTGOING)) >= 0;
}

/* The bytes that @text had before syslog folded them. */
static GString *
unfold (RungsSlice text)
{
  GString *result = g_string_sized_new (text.length);

  for (gsize i = 0; i < text.length; i++)
    {
      RungsSlice rest = rungs_slice_skip (text, i);

      if (rungs_stamp_matches (rest, "#000") && rungs_stamp_number (rest, 1, 3) < 40)
        {
          g_string_append_c (result,
                             (char) (rungs_stamp_number (rest, 2, 1) * 8 + rungs_stamp_number (rest, 3, 1)));
          i += 3;
        }
      else
        g_string_append_c (result, text.data[i]);
    }
  return result;
}

/* "[Time:31-01@12:00:00.123]" at the end of a line of AudioCodes: what stands behind the date, which has no year. */
static RungsSlice
find_clock (RungsSlice line)
{
  RungsSlice tail = rungs_slice_skip (line, line.length - MIN (line.length, 26));

  return rungs_text_frame_between (rungs_text_frame_between (tail, "[Time:", "]"), "@", "");
}

/* What the line says of its message, or the mark before it. */
static void
begin_record (State *state, RungsSlice before, RungsRecord *record)
{
  RungsTextFrame frame = { .kind = RUNGS_TEXT_FRAME_LOG };

  if (read_mark (before, &frame))
    *record = frame.record;
  else if (state->is_set)
    *record = state->frame.record;
  state->is_set = FALSE;
  record->time = RUNGS_TIME_NONE;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  State *state = rungs_text_walk_state (walk, &rungs_dialect_syslog);
  RungsRecord record = { 0 };
  g_autoptr (GString) unfolded = NULL;
  RungsSlice fold = *get_fold (line);
  RungsSlice text;
  RungsTextHead head;
  gint64 time;
  guint32 flags = 0;
  gssize at;
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  at = find_start_line (line, fold);
  if (at < 0)
    {
      memset (&state->frame, 0, sizeof state->frame);
      state->is_set = read_mark (line, &state->frame);
      rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
      return next;
    }
  begin_record (state, rungs_slice_sub (line, 0, (gsize) at), &record);
  if (rungs_stamp_parse_prefix (line, &time, &flags) > 0 ||
      rungs_stamp_parse_prefix (find_clock (line), &time, &flags) > 0)
    record.time = time;
  record.flags = record.time != RUNGS_TIME_NONE ? flags : 0;
  rungs_text_hint_read (rungs_slice_sub (line, 0, (gsize) at), &record);
  text = rungs_slice_skip (line, (gsize) at);
  if (fold.length == 2 && at > 0 && line.data[at - 1] == '"')
    text = rungs_text_json_cut_string (text);
  unfolded = fold.length == 2 ? g_string_sized_new (text.length) : unfold (text);
  if (fold.length == 2)
    rungs_text_json_unescape (text, unfolded);
  record.bytes =
    rungs_arena_copy (walk->arena, rungs_text_head_cut (rungs_slice (unfolded->str, unfolded->len), &head));
  record.offset = (gsize) (line.data - walk->bytes.data) + (gsize) at;
  record.flags |= RUNGS_RECORD_LOG | RUNGS_RECORD_JOINED;
  if (record.transport == RUNGS_TRANSPORT_UNKNOWN)
    record.transport = head.transport;
  rungs_text_walk_record (walk, &record);
  rungs_text_walk_read (walk, next);
  return next;
}

/* The mark of AudioCodes on a line of its own, the message on the lines behind it. */
static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  if (text.data[0] == '[' ? !rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("[S="))
                          : text.data[0] != '<')
    return FALSE;
  if (text.length < 40 || rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("[S=")) < 0)
    return FALSE;
  return read_mark (text, frame);
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { INCOMING,         OUTGOING,      " SIP/2.0#01",
                                       " SIP/2.0\\r\\n", " SIP/2.0\\n", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_syslog = {
  .reader = { "syslog",
              N_ ("Log with messages folded into lines (AudioCodes, Kamailio)"),
              probe,
              rungs_dialect_read },
  .first_bytes = "<[{\"t \t012JFMASOND",
  .state_size = sizeof (State),
  .claims = claims,
  .parse = parse,
  .frame_bytes = "[<",
  .read_frame = read_frame,
};
