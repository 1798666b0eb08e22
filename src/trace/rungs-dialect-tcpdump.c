/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What tcpdump prints: a line for each packet, and behind it its text (-v), its bytes as text (-A) or in hex (-x, -X, -xx, -XX).
 *
 *   12:00:00.123456 IP 192.0.2.1.5060 > 192.0.2.2.5060: SIP: OPTIONS sip:bob@example.net SIP/2.0
 *   E..X..@.@......OPTIONS sip:bob@example.net SIP/2.0
 *   Via: …
 *   12:00:00.123456 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto UDP (17), length 672)
 *       192.0.2.1.5060 > 192.0.2.2.5060: SIP, length: 644
 *   	OPTIONS sip:bob@example.net SIP/2.0
 *
 * With -e, -n, -q, -S, -t, -tt, -ttt, -tttt and "-i any" the line looks a little different.  The headers of IP, UDP and TCP stand
 * before the text of -A; how long they are tell their first byte and the line.  With -v and -A (or -X) a message is printed twice,
 * and read once.  Over TCP it may come in several packets (rungs-text-packets.h). */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"
#include "rungs-text-hex.h"
#include "rungs-text-packets.h"
#include "rungs-text-prefix.h"

#define MAX_LINE 300

/* How many places with " > " a line may have: the addresses of Ethernet stand there as well. */
#define MAX_ARROWS 3

#define IPV6_HEADER 40
#define UDP_HEADER  8
#define TCP_HEADER  20
#define TCP_STAMPS  12 /* "options [nop,nop,TS val 1 ecr 2]" */
#define ETHERNET    14
#define MAX_LEADING 3 /* lines that the headers may be broken into: a byte of them may be a line end */

typedef struct
{
  RungsTextPackets *packets;
} State;

/* What the line of a packet says. */
typedef struct
{
  RungsRecord record;
  gboolean has_stamps; /* among the options of TCP */
  gboolean is_empty;   /* TCP without a payload */
  gsize next;          /* the offset behind it */
} PacketLine;

/* "192.0.2.1.5060", "2001:db8::1.5060", "host.example.sip" */
static gboolean
parse_end (RungsAddress *address, RungsSlice text)
{
  const char *dot = text.length > 0 ? memrchr (text.data, '.', text.length) : NULL;
  RungsSlice host, port;
  guint64 number = 0;

  if (dot == NULL)
    return FALSE;
  host = rungs_slice_sub (text, 0, (gsize) (dot - text.data));
  port = rungs_slice_skip (text, host.length + 1);
  if (rungs_slice_equal_string (port, "sip"))
    number = 5060;
  else if (rungs_slice_equal_string (port, "sips") || rungs_slice_equal_string (port, "sip-tls"))
    number = 5061;
  else if (!rungs_slice_to_uint64 (port, &number) || number > G_MAXUINT16)
    return FALSE;
  if (!rungs_address_parse_host (address, host))
    return FALSE;
  address->port = (guint16) number;
  return TRUE;
}

static RungsSlice
get_last_word (RungsSlice text)
{
  const char *space = text.length > 0 ? memrchr (text.data, ' ', text.length) : NULL;

  return space != NULL ? rungs_slice_skip (text, (gsize) (space + 1 - text.data)) : text;
}

/* "192.0.2.1.5060 > 192.0.2.2.5060: SIP: …" somewhere in @text. */
static gboolean
read_ends (RungsSlice text, PacketLine *packet)
{
  const RungsSlice arrow = RUNGS_SLICE_LITERAL (" > ");
  gssize at;

  text = rungs_slice_sub (text, 0, MAX_LINE);
  at = rungs_slice_find (text, 0, arrow);
  for (guint i = 0; i < MAX_ARROWS && at > 0; i++)
    {
      RungsSlice rest = rungs_slice_skip (text, (gsize) at + arrow.length);
      gssize end = rungs_slice_find (rest, 0, RUNGS_SLICE_LITERAL (": "));

      if (end > 0 &&
          parse_end (&packet->record.source, get_last_word (rungs_slice_sub (text, 0, (gsize) at))) &&
          parse_end (&packet->record.destination, rungs_slice_sub (rest, 0, (gsize) end)))
        {
          gboolean is_tcp;

          rest = rungs_slice_skip (rest, (gsize) end + 2);
          is_tcp = rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("Flags [")) ||
                   rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("tcp "));
          packet->record.transport = is_tcp ? RUNGS_TRANSPORT_TCP : RUNGS_TRANSPORT_UDP;
          packet->has_stamps = rungs_slice_find (rest, 0, RUNGS_SLICE_LITERAL ("TS val ")) > 0;
          packet->is_empty = rungs_slice_find (rest, 0, RUNGS_SLICE_LITERAL (", length 0")) > 0 ||
                             rungs_slice_equal_string (rest, "tcp 0");
          return TRUE;
        }
      at = rungs_slice_find (text, (gsize) at + 1, arrow);
    }
  return FALSE;
}

/* Reads the line of a packet at @offset: with -v it is two. */
static gboolean
read_packet_line (RungsTextWalk *walk, gsize offset, RungsSlice line, PacketLine *packet)
{
  RungsSlice rest = line;
  gint64 time;
  guint32 flags = 0;
  gsize length;

  *packet = (PacketLine){ .record = { .time = RUNGS_TIME_NONE }, .next = offset };
  if (line.length < 20)
    return FALSE;
  while (rest.length > 0 && rest.data[0] == ' ')
    rest = rungs_slice_skip (rest, 1);
  length = rungs_stamp_parse_prefix (rest, &time, &flags);
  rest = rungs_slice_skip (rest, length);
  if (rest.length < 20 || (length == 0 && !rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("IP"))))
    return FALSE;
  /* Behind a blank it is the time since the packet before (-ttt). */
  if (length > 0 && line.data[0] != ' ')
    {
      packet->record.time = time;
      packet->record.flags = flags;
    }
  if (rungs_slice_find (rungs_slice_sub (rest, 0, MAX_LINE), 0, RUNGS_SLICE_LITERAL ("IP")) < 0)
    return FALSE;
  rungs_text_walk_next (walk, &packet->next, &line);
  if (rungs_slice_find (rungs_slice_sub (rest, 0, MAX_LINE), 0, RUNGS_SLICE_LITERAL ("proto UDP (17)")) > 0 ||
      rungs_slice_find (rungs_slice_sub (rest, 0, MAX_LINE), 0, RUNGS_SLICE_LITERAL ("proto TCP (6)")) > 0 ||
      rungs_slice_find (rungs_slice_sub (rest, 0, MAX_LINE), 0, RUNGS_SLICE_LITERAL ("next-header ")) > 0)
    {
      if (!read_ends (rest, packet))
        return rungs_text_walk_next (walk, &packet->next, &line) &&
               rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("    ")) && read_ends (line, packet);
      return TRUE;
    }
  return read_ends (rest, packet);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  PacketLine packet;

  /* A continued header, or another word with these letters. */
  if (line.length < 30 || (line.data[0] == ' ' && !g_ascii_isdigit (line.data[1])) ||
      (line.data[0] == 'I' && line.data[1] != 'P'))
    return FALSE;
  if (memmem (line.data, MIN (line.length, MAX_LINE), "IP", 2) == NULL)
    return FALSE;
  return read_packet_line (walk, offset, line, &packet);
}

/* Where the next packet begins, or what else a log says, behind @offset. */
static gsize
find_next_packet (RungsTextWalk *walk, gsize offset)
{
  gsize next = offset;
  RungsSlice line;

  while (rungs_text_walk_next (walk, &next, &line))
    {
      const RungsDialect *border = rungs_text_walk_border (walk, offset, line);
      gint64 time;
      guint32 flags;

      /* The headers of the packet are no beginning of a message. */
      if (border != NULL && border != &rungs_dialect_plain &&
          (border != &rungs_dialect_log || rungs_stamp_parse_prefix (line, &time, &flags) > 0))
        return offset;
      offset = next;
    }
  return offset;
}

/* The version and the length of the header of IP: 0x45, or 0x60 */
static gboolean
begins_with_headers (RungsSlice text)
{
  return text.length > 0 && ((text.data[0] >= 'E' && text.data[0] <= 'O') || text.data[0] == '`');
}

/* How long the headers are before the payload in @text; 0 where it begins with none. */
static gsize
count_headers (const PacketLine *packet, RungsSlice text)
{
  gsize length;

  if (!begins_with_headers (text))
    return 0;
  length = text.data[0] == '`' ? IPV6_HEADER : (gsize) (text.data[0] & 15) * 4;
  if (packet->record.transport == RUNGS_TRANSPORT_UDP)
    return length + UDP_HEADER;
  return length + TCP_HEADER + (packet->has_stamps ? TCP_STAMPS : 0);
}

/* Where a start line begins in the first lines of @text, behind headers that were not understood; its length where there is
 * none. */
static gsize
find_start (RungsSlice text)
{
  gsize at = 0;

  for (guint i = 0; i < MAX_LEADING && at < text.length; i++)
    {
      gssize newline = rungs_slice_find_char (text, at, '\n');
      RungsSlice line = rungs_slice_sub (text, at, (newline >= 0 ? (gsize) newline : text.length) - at);
      gssize start = rungs_text_prefix_find_start (line);

      if (start >= 0)
        return at + (gsize) start;
      at += line.length + 1;
    }
  return text.length;
}

static gboolean
begins_message (RungsSlice text)
{
  gssize newline = rungs_slice_find_char (text, 0, '\n');

  return newline > 0 &&
         rungs_text_message_is_start_line (rungs_slice_trim (rungs_slice_sub (text, 0, (gsize) newline)));
}

/* The text of @packet that -A prints at @offset: without the CR of each line. Returns: whether it is SIP */
static gboolean
add_text (RungsTextWalk *walk, State *state, PacketLine *packet, gsize offset, gsize end)
{
  RungsSlice text = rungs_text_walk_range (walk, offset, end);
  gsize headers = count_headers (packet, text);
  g_autoptr (GString) payload = NULL;

  /* With -AA, Ethernet comes first. */
  if (headers == 0 && text.length > ETHERNET && count_headers (packet, rungs_slice_skip (text, ETHERNET)) > 0)
    headers = ETHERNET + count_headers (packet, rungs_slice_skip (text, ETHERNET));
  if (packet->record.transport == RUNGS_TRANSPORT_UDP && !begins_message (rungs_slice_skip (text, headers)))
    headers = find_start (text);
  if (headers >= text.length)
    return FALSE;
  packet->record.offset = offset + headers;
  text = rungs_slice_skip (text, headers);
  /* The line end behind each packet */
  if (text.length > 0 && text.data[text.length - 1] == '\n')
    text.length--;
  payload = g_string_sized_new (text.length + text.length / 16);
  for (gsize i = 0; i < text.length; i++)
    {
      if (text.data[i] == '\n' && (i == 0 || text.data[i - 1] != '\r'))
        g_string_append_c (payload, '\r');
      g_string_append_c (payload, text.data[i]);
    }
  packet->record.flags |= RUNGS_RECORD_LOG;
  return rungs_text_packets_add (state->packets, &packet->record, rungs_slice (payload->str, payload->len));
}

/* The bytes of @packet in hex from @offset on, which moves behind them. Returns: whether they are SIP */
static gboolean
add_hex (RungsTextWalk *walk, State *state, PacketLine *packet, gsize *offset)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize next = *offset;
  RungsTextHex hex;
  RungsSlice line;

  packet->record.offset = *offset;
  while (rungs_text_walk_next (walk, &next, &line) && rungs_text_hex_read (&hex, line) &&
         hex.offset == bytes->len)
    {
      g_byte_array_append (bytes, hex.bytes, hex.length);
      *offset = next;
    }
  return rungs_text_packets_add_frame (state->packets,
                                       &packet->record,
                                       rungs_slice ((const char *) bytes->data, bytes->len));
}

/* Behind the text of -v at @offset the same packet may stand once more. Returns: the offset behind that */
static gsize
skip_repetition (RungsTextWalk *walk, gsize offset)
{
  gsize next = offset;
  RungsTextHex hex;
  RungsSlice line;

  if (!rungs_text_walk_next (walk, &next, &line) || line.length == 0)
    return offset;
  if (rungs_text_hex_read (&hex, line) && hex.offset == 0)
    {
      while (rungs_text_walk_next (walk, &next, &line) && rungs_text_hex_read (&hex, line))
        offset = next;
      return offset;
    }
  return begins_with_headers (line) ? find_next_packet (walk, next) : offset;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  State *state = rungs_text_walk_state (walk, &rungs_dialect_tcpdump);
  PacketLine packet;
  RungsTextHex hex;
  gboolean is_read = FALSE;
  gsize next;

  if (state->packets == NULL)
    state->packets = rungs_text_packets_new (walk);
  read_packet_line (walk, offset, line, &packet);
  offset = next = packet.next;
  if (!rungs_text_walk_next (walk, &next, &line) || claims (walk, offset, line))
    next = offset;
  else if (line.length > 1 && line.data[0] == '\t' &&
           rungs_text_message_is_start_line (rungs_slice_skip (line, 1)))
    {
      RungsTextLayout layout = { 0 };

      next = rungs_text_message_read (walk, offset, &layout, &packet.record);
      rungs_text_walk_record (walk, &packet.record);
      rungs_text_walk_read (walk, next);
      next = skip_repetition (walk, next);
    }
  else if (rungs_text_hex_read (&hex, line) && hex.offset == 0)
    {
      next = offset;
      is_read = add_hex (walk, state, &packet, &next);
    }
  else
    {
      next = find_next_packet (walk, next);
      is_read = !packet.is_empty && add_text (walk, state, &packet, offset, next);
      /* Without -A, what follows is no part of the packet. */
      if (!is_read && !begins_with_headers (line))
        next = offset;
    }
  if (is_read)
    rungs_text_walk_read (walk, next);
  else
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

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { ": SIP: ", ": SIP, length", ": UDP, length", ": Flags [", NULL };

  if (rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL (" > ")) < 0 ||
      rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("IP")) < 0)
    return 0;
  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_tcpdump = {
  .reader = { "tcpdump", N_ ("Text printed by tcpdump"), probe, rungs_dialect_read },
  .first_bytes = "I 0123456789",
  .state_size = sizeof (State),
  .claims = claims,
  .parse = parse,
  .finish = finish,
};
