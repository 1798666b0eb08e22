/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Hex dumps of packets or messages, as Wireshark, tshark -x, hexdump -C and xxd write them (rungs-text-hex.h).
 *
 * A dump begins at offset 0 and ends where the offsets do not go on.  It is read as a frame; one that is none is the payload.
 * What is shown a second time (tshark -V -x: first in words, then in bytes) is no second message.  The lines before a dump
 * may say when and from where to where it went. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-text-hex.h"
#include "rungs-text-hint.h"
#include "rungs-text-packets.h"

typedef struct
{
  RungsTextPackets *packets;
  gsize end; /* behind the last dump that was read */
} State;

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsTextHex hex;
  gsize at = line.data[0] == '\t';

  /* Most lines that begin with these bytes are something else. */
  if (line.length < at + 8 || line.data[at] != '0' || (line.data[at + 1] != 'x' && line.data[at + 1] != '0'))
    return FALSE;
  return rungs_text_hex_read (&hex, line) && hex.offset == 0 && hex.length > 1;
}

/* The bytes of the dump that begins at @offset, which moves behind it. */
static GByteArray *
read_dump (RungsTextWalk *walk, gsize *offset)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize next = *offset;
  RungsTextHex hex;
  RungsSlice line;

  while (rungs_text_walk_next (walk, &next, &line) && rungs_text_hex_read (&hex, line) &&
         hex.offset == bytes->len)
    {
      g_byte_array_append (bytes, hex.bytes, hex.length);
      *offset = next;
    }
  return bytes;
}

/* Whether only blank lines stand between the dump and a record that is no dump. */
static gboolean
repeats (const RungsTextWalk *walk, const State *state, gsize offset)
{
  return walk->read_end > 0 && walk->read_end != state->end &&
         rungs_slice_trim (rungs_text_walk_range (walk, walk->read_end, offset)).length == 0;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  State *state = rungs_text_walk_state (walk, &rungs_dialect_hex_dump);
  RungsRecord record = { .time = RUNGS_TIME_NONE, .offset = offset };
  gsize next = offset;
  g_autoptr (GByteArray) bytes = read_dump (walk, &next);

  if (next == offset)
    rungs_text_walk_next (walk, &next, &line);
  if (state->packets == NULL)
    state->packets = rungs_text_packets_new (walk);
  if (!repeats (walk, state, offset))
    {
      rungs_text_hint_read_before (walk, offset, &record);
      if (rungs_text_packets_add_frame (state->packets,
                                        &record,
                                        rungs_slice ((const char *) bytes->data, bytes->len)))
        {
          rungs_text_walk_read (walk, next);
          state->end = next;
          return next;
        }
    }
  rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
  return next;
}

static void
finish (RungsTextWalk *walk, gpointer data)
{
  State *state = data;

  if (state->packets != NULL)
    rungs_text_packets_free (state->packets);
}

/* The printed text beside the bytes shows that they are SIP: "SIP/2.0" is broken at an end of line seldom enough. */
static int
probe (RungsSlice head)
{
  RungsSlice rest = head;
  RungsTextHex hex;

  while (rest.length > 0)
    {
      gssize newline = rungs_slice_find_char (rest, 0, '\n');
      RungsSlice line = newline >= 0 ? rungs_slice_sub (rest, 0, (gsize) newline) : rest;

      rest = rungs_slice_skip (rest, line.length + 1);
      if (line.length > 8 && claims (NULL, 0, line) && rungs_text_hex_read (&hex, line))
        return 10;
    }
  return 0;
}

const RungsDialect rungs_dialect_hex_dump = {
  .reader = { "hex-dump", N_ ("Hex dump of packets"), probe, rungs_dialect_read },
  .first_bytes = "\t0",
  .state_size = sizeof (State),
  .claims = claims,
  .parse = parse,
  .finish = finish,
};
