/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets taken apart in words, as Wireshark exports them ("Export Packet Dissections, As Plain Text") and tshark -V prints.
 *
 *   Frame 1: 686 bytes on wire (5488 bits), …
 *       Arrival Time: Jan 31, 2026 12:00:00.123456000 UTC
 *   Internet Protocol Version 4, Src: 192.0.2.1, Dst: 192.0.2.2
 *   User Datagram Protocol, Src Port: 5060, Dst Port: 5060
 *   Session Initiation Protocol (OPTIONS)
 *       Request-Line: OPTIONS sip:bob@example.net SIP/2.0
 *       Message Header
 *           Via: SIP/2.0/UDP 192.0.2.1
 *               Transport: UDP
 *       Message Body
 *           Session Description Protocol
 *               Session Description Protocol Version (v): 0
 *
 * A header stands one step deeper than "Message Header"; what is deeper still are its parts, and what is in brackets are
 * remarks.  Lines of a session description have their letter in brackets, or in their own name ("a=…" is "Media Attribute (a):").
 * Other bodies stand as they are, as far as they are shown. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"

#define STEP 4

typedef enum
{
  PLACE_HEAD,
  PLACE_HEADERS,
  PLACE_BODY,
} Place;

typedef struct
{
  RungsRecord record; /* what the lines of the packet said so far */
} State;

static gsize
count_indent (RungsSlice line)
{
  gsize n = 0;

  while (n < line.length && line.data[n] == ' ')
    n++;
  return n;
}

static guint16
read_port (RungsSlice line, const char *name)
{
  RungsSlice text = rungs_text_frame_between (line, name, "");
  guint port = 0;

  for (gsize i = 0; i < text.length && i < 5 && g_ascii_isdigit (text.data[i]); i++)
    port = port * 10 + (guint) (text.data[i] - '0');
  return (guint16) MIN (port, G_MAXUINT16);
}

/* "…, Src: 192.0.2.1, Dst: 192.0.2.2", also "Src: host.example (192.0.2.1)" */
static void
read_host (RungsAddress *address, RungsSlice text)
{
  RungsSlice inside = rungs_text_frame_between (text, "(", ")");

  rungs_address_parse_host (address, inside.length > 0 ? inside : rungs_slice_trim (text));
}

/* What a line of the packet says of the message in it. Returns: FALSE where it is of no interest */
static gboolean
read_layer (RungsSlice line, RungsRecord *record)
{
  gint64 time;
  guint32 flags;

  if (rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("Frame ")))
    {
      memset (record, 0, sizeof *record);
      record->time = RUNGS_TIME_NONE;
      return TRUE;
    }
  if (rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("Internet Protocol")))
    {
      read_host (&record->source, rungs_text_frame_between (line, "Src: ", ", Dst: "));
      read_host (&record->destination, rungs_text_frame_between (line, "Dst: ", ""));
      return TRUE;
    }
  if (rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("User Datagram Protocol, ")) ||
      rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("Transmission Control Protocol, ")))
    {
      record->source.port = read_port (line, "Src Port: ");
      record->destination.port = read_port (line, "Dst Port: ");
      record->transport = line.data[0] == 'U' ? RUNGS_TRANSPORT_UDP : RUNGS_TRANSPORT_TCP;
      return TRUE;
    }
  if (rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("    Arrival Time: ")) &&
      rungs_stamp_parse_prefix (rungs_slice_skip (line, strlen ("    Arrival Time: ")), &time, &flags) > 0)
    {
      record->time = time;
      record->flags = flags;
      return TRUE;
    }
  return rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("Session Initiation Protocol"));
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsRecord record = { 0 };

  if (line.length < 20)
    return FALSE;
  /* Headers of messages begin with these letters, too. */
  switch (line.data[0])
    {
    case 'F':
      return line.data[3] == 'm' && read_layer (line, &record);
    case 'U':
      return line.data[4] == ' ' && read_layer (line, &record);
    case 'S':
      return line.data[2] == 's' && read_layer (line, &record);
    case ' ':
      return line.data[4] == 'A' && read_layer (line, &record);
    default:
      return read_layer (line, &record);
    }
}

static void
append_line (GString *message, RungsSlice text)
{
  g_string_append_len (message, text.data, (gssize) text.length);
  g_string_append (message, "\r\n");
}

/* "Connection Information (c): IN IP4 192.0.2.1" */
static void
append_description (GString *message, RungsSlice text)
{
  gssize at = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("): "));

  if (at < 2 || text.data[at - 2] != '(')
    return;
  g_string_append_c (message, text.data[at - 1]);
  g_string_append_c (message, '=');
  append_line (message, rungs_slice_skip (text, (gsize) at + 3));
}

/* The lines of the message behind @offset, which moves behind them. */
static GString *
read_message (RungsTextWalk *walk, gsize *offset)
{
  GString *message = g_string_new (NULL);
  gsize next = *offset;
  Place place = PLACE_HEAD;
  gboolean is_description = FALSE;
  RungsSlice line;

  while (rungs_text_walk_next (walk, &next, &line))
    {
      gsize indent = count_indent (line);
      RungsSlice text = rungs_slice_skip (line, indent);

      if (indent == 0)
        break;
      *offset = next;
      if (text.length == 0 || text.data[0] == '[')
        continue;
      if (indent == STEP && (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Request-Line: ")) ||
                             rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("Status-Line: "))))
        append_line (message, rungs_slice_skip (text, (gsize) rungs_slice_find_char (text, 0, ' ') + 1));
      else if (indent == STEP && rungs_slice_equal_string (text, "Message Header"))
        place = PLACE_HEADERS;
      else if (indent == STEP && rungs_slice_equal_string (text, "Message Body"))
        {
          place = PLACE_BODY;
          g_string_append (message, "\r\n");
        }
      else if (place == PLACE_HEADERS && indent == 2 * STEP)
        append_line (message, text);
      else if (place == PLACE_BODY && indent == 2 * STEP &&
               rungs_slice_equal_string (text, "Session Description Protocol"))
        is_description = TRUE;
      else if (place == PLACE_BODY && is_description && indent == 3 * STEP)
        append_description (message, text);
      else if (place == PLACE_BODY && !is_description && indent == 2 * STEP)
        append_line (message, text);
    }
  if (place != PLACE_BODY)
    g_string_append (message, "\r\n");
  return message;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  State *state = rungs_text_walk_state (walk, &rungs_dialect_dissection);
  RungsRecord record;
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  read_layer (line, &state->record);
  if (line.data[0] == 'S')
    {
      g_autoptr (GString) message = read_message (walk, &next);

      if (message->len > 2)
        {
          record = state->record;
          if (record.time == 0)
            record.time = RUNGS_TIME_NONE;
          record.bytes = rungs_arena_copy (walk->arena, rungs_slice (message->str, message->len));
          record.offset = offset;
          record.flags |= RUNGS_RECORD_JOINED | RUNGS_RECORD_LOG | RUNGS_RECORD_DECODED;
          rungs_text_walk_record (walk, &record);
          rungs_text_walk_read (walk, next);
          return next;
        }
    }
  rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
  return next;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "\nSession Initiation Protocol (", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_dissection = {
  .reader = { "dissection", N_ ("Packets in words, exported by Wireshark"), probe, rungs_dialect_read },
  .first_bytes = "FIUTS ",
  .state_size = sizeof (State),
  .claims = claims,
  .parse = parse,
};
