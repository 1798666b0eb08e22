/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Segments of one TCP connection: before each stand what is special about it (one byte) and how long it is (one byte).
 *
 * A segment follows the one before it of its direction, comes again, overlaps it, or leaves a gap before it. */

#include "config.h"

#include <stdint.h>

#include "packets.h"
#include "rungs-reassembly-tcp.h"

enum
{
  FROM_SERVER = 1 << 0,
  AGAIN = 1 << 1,
  GAP = 1 << 2, /* with AGAIN: half of it was there before */
  SYN = 1 << 3,
  FIN = 1 << 4,
  RST = 1 << 5,
  ACK = 1 << 6,
  CUT = 1 << 7,
};

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
set_special (RungsPacket *packet, guint special, guint32 next[2])
{
  guint sender = special & FROM_SERVER;

  packet->tcp_flags =
    ((special & SYN) != 0 ? RUNGS_PACKET_SYN : 0) | ((special & FIN) != 0 ? RUNGS_PACKET_FIN : 0) |
    ((special & RST) != 0 ? RUNGS_PACKET_RST : 0) | ((special & ACK) != 0 ? RUNGS_PACKET_ACK : 0);
  packet->missing = (special & CUT) != 0 ? 5 : 0;
  packet->source[3] = sender;
  packet->destination[3] = !sender;
  packet->sequence = next[sender];
  packet->acknowledgment = next[!sender];
  if ((special & (AGAIN | GAP)) == AGAIN)
    packet->sequence -= packet->payload.length;
  else if ((special & (AGAIN | GAP)) == GAP)
    packet->sequence += packet->payload.length;
  else if ((special & (AGAIN | GAP)) == (AGAIN | GAP))
    packet->sequence -= packet->payload.length / 2;
  next[sender] = packet->sequence + packet->payload.length + packet->missing + ((special & SYN) != 0 ? 1 : 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  guint32 next[2] = { 1000, 0xffffff00 };
  g_autoptr (RungsReassemblyTcp) tcp = NULL;
  g_auto (Packets) packets;
  PacketsItem item;

  packets_init (&packets, bytes);
  tcp = rungs_reassembly_tcp_new (bytes, packets.arena, &packets.ledger, &packets.payload);
  for (guint i = 0; packets_next (&packets, 1, 1, &item); i++)
    {
      RungsPacket packet = {
        .version = 4, .protocol = 6, .source_port = 5060, .destination_port = 5060, .payload = item.bytes
      };

      set_special (&packet, item.special, next);
      rungs_reassembly_tcp_push (tcp, &packet, item.range, (gint64) i);
    }
  rungs_reassembly_tcp_finish (tcp);
  packets_check (&packets);
  return 0;
}
