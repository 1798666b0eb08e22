/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets of SCTP: before each stand whose it is (one byte) and how long it is (two bytes). */

#include "config.h"

#include <stdint.h>

#include "packets.h"
#include "rungs-reassembly-sctp.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  g_autoptr (RungsReassemblySctp) sctp = NULL;
  g_auto (Packets) packets;
  PacketsItem item;

  packets_init (&packets, bytes);
  sctp = rungs_reassembly_sctp_new (bytes, &packets.ledger, &packets.payload);
  for (guint i = 0; packets_next (&packets, 1, 2, &item); i++)
    {
      RungsPacket packet = { .version = 4,
                             .protocol = 132,
                             .source = { 192, 0, 2, item.special & 1 },
                             .destination = { 192, 0, 2, !(item.special & 1) },
                             .source_port = 5060,
                             .destination_port = 5060,
                             .payload = item.bytes,
                             .missing = item.special >> 1 };

      rungs_reassembly_sctp_push (sctp, &packet, item.range, (gint64) i);
    }
  rungs_reassembly_sctp_finish (sctp);
  packets_check (&packets);
  return 0;
}
