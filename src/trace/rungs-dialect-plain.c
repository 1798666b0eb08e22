/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Bare SIP: messages one after the other, as people paste them.
 *
 * A message begins at a start line that a known header follows soon: that keeps the "SIP/2.0 200 OK" of a
 * message/sipfrag body inside its message.  Where it ends is the matter of rungs-text-message.h, which also puts right
 * what pasting added: an indent or quote marks on all lines, a blank line behind each. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-text-message.h"

/* How far behind a start line the first known header may be. */
#define LOOK_AHEAD 6

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  gboolean quoted = FALSE;
  gsize next = offset;

  line = rungs_slice_skip (line, rungs_text_message_count_indent (line, &quoted));
  if (!rungs_text_message_is_start_line (line) || !rungs_text_walk_next (walk, &next, &line))
    return FALSE;
  for (guint i = 0; i < LOOK_AHEAD && rungs_text_walk_next (walk, &next, &line); i++)
    {
      line = rungs_slice_skip (line, rungs_text_message_count_indent (line, &quoted));
      if (rungs_sip_is_header_line (line))
        return TRUE;
      if (rungs_text_message_is_start_line (line) || rungs_text_prefix_find_start (line) > 0)
        return FALSE;
    }
  return FALSE;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  return rungs_text_message_read_bare (walk, offset);
}

static int
probe (RungsSlice head)
{
  RungsSlice rest = head;
  gboolean quoted;

  if (rungs_sip_looks_like_message (head))
    return 30;
  while (rest.length > 0)
    {
      gssize newline = rungs_slice_find_char (rest, 0, '\n');
      RungsSlice line = newline >= 0 ? rungs_slice_sub (rest, 0, newline) : rest;
      RungsSlice text = rungs_slice_skip (line, rungs_text_message_count_indent (line, &quoted));

      if (rungs_text_message_is_start_line (text))
        return 20;
      rest = rungs_slice_skip (rest, line.length + 1);
    }
  return 0;
}

const RungsDialect rungs_dialect_plain = {
  .reader = { "sip-text", N_ ("SIP text"), probe, rungs_dialect_read },
  .first_bytes = " \t>abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.!%*_+`'~0123456789",
  .claims = claims,
  .parse = parse,
};
