/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A stream as tshark -z follow,udp,ascii prints it: who spoke is told by an indent.
 *
 *   Follow: udp,ascii
 *   Filter: udp.stream eq 0
 *   Node 0: 192.0.2.1:5060
 *   Node 1: 192.0.2.2:5060
 *   303
 *   OPTIONS sip:bob@example.net SIP/2.0
 *   …
 *   	225
 *   SIP/2.0 200 OK
 *
 * The number before each message is its length; behind a tab, Node 1 said it. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"

#define NODE       RUNGS_SLICE_LITERAL ("Node ")
#define FOLLOW     RUNGS_SLICE_LITERAL ("Follow: ")
#define MAX_DIGITS 9

typedef struct
{
  RungsAddress nodes[2];
  guint8 transport;
} State;

static gboolean
is_length (RungsSlice line)
{
  gsize start = line.data[0] == '\t';

  if (line.length <= start || line.length > start + MAX_DIGITS)
    return FALSE;
  for (gsize i = start; i < line.length; i++)
    if (!g_ascii_isdigit (line.data[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_head (RungsSlice line)
{
  return rungs_slice_starts_with (line, FOLLOW) ||
         (rungs_slice_starts_with (line, NODE) && line.length > 8 && line.data[6] == ':' &&
          (line.data[5] == '0' || line.data[5] == '1'));
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  gsize next = offset;

  if (is_head (line))
    return TRUE;
  return is_length (line) && rungs_text_walk_next (walk, &next, &line) &&
         rungs_text_walk_next (walk, &next, &line) && rungs_text_message_is_start_line (line);
}

static void
read_head (State *state, RungsSlice line)
{
  if (rungs_slice_starts_with (line, FOLLOW))
    {
      memset (state, 0, sizeof *state);
      state->transport = rungs_transport_lookup (rungs_text_frame_between (line, "Follow: ", ","));
    }
  else
    rungs_address_parse (&state->nodes[line.data[5] - '0'], rungs_slice_trim (rungs_slice_skip (line, 7)));
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  State *state = rungs_text_walk_state (walk, &rungs_dialect_follow);
  RungsRecord record = { .time = RUNGS_TIME_NONE, .transport = state->transport };
  RungsTextLayout layout = { 0 };
  gboolean is_second = line.data[0] == '\t';
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  if (is_head (line))
    {
      read_head (state, line);
      rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
      return next;
    }
  record.source = state->nodes[is_second];
  record.destination = state->nodes[!is_second];
  next = rungs_text_message_read (walk, next, &layout, &record);
  rungs_text_walk_record (walk, &record);
  rungs_text_walk_read (walk, next);
  return next;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "\nNode 0: ", "\nNode 1: ", NULL };

  return rungs_slice_find (head, 0, FOLLOW) >= 0 ? rungs_dialect_probe_marks (head, marks) : 0;
}

const RungsDialect rungs_dialect_follow = {
  .reader = { "follow", N_ ("Stream printed by tshark"), probe, rungs_dialect_read },
  .first_bytes = "FN\t0123456789",
  .state_size = sizeof (State),
  .claims = claims,
  .parse = parse,
};
