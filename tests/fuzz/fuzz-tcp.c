/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Segments of one TCP connection: before each stand what is special about it (one byte) and how long it is (one byte).
 *
 * A segment follows the one before it of its direction, comes again, overlaps it, or leaves a gap before it. */

#include "config.h"

#include <stdint.h>

#include "account.h"
#include "rungs-reassembly-tcp.h"

#define HEAD 2

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
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (RungsReassemblyTcp) tcp = NULL;
  g_auto (Account) account;
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  gsize offset = 0;

  account_init (&account, bytes);
  account.in_place = TRUE;
  rungs_pcap_ledger_init (&ledger, &account.sink);
  rungs_pcap_payload_init (&payload, arena, &account.sink);
  tcp = rungs_reassembly_tcp_new (bytes, arena, &ledger, &payload);
  for (guint i = 0; offset + HEAD <= size; i++)
    {
      RungsPacket packet = { .version = 4, .protocol = 6, .source_port = 5060, .destination_port = 5060 };

      packet.payload = rungs_slice_sub (bytes, offset + HEAD, data[offset + 1]);
      set_special (&packet, data[offset], next);
      rungs_reassembly_tcp_push (tcp,
                                 &packet,
                                 (RungsPcapRange){ offset, HEAD + packet.payload.length },
                                 (gint64) i);
      offset += HEAD + packet.payload.length;
    }
  if (offset < size)
    rungs_pcap_ledger_settle (&ledger, (RungsPcapRange){ offset, size - offset }, RUNGS_UNREAD_CUT_SHORT);
  rungs_reassembly_tcp_finish (tcp);
  rungs_pcap_ledger_flush (&ledger);
  rungs_pcap_payload_clear (&payload);
  account_check (&account);
  return 0;
}
