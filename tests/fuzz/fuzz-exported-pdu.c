/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Units as Wireshark exports them: before each stands how long it is (two bytes).  Tags lie in the unit, and each byte is accounted
 * for once, however the units repeat each other. */

#include "config.h"

#include <stdint.h>

#include "packets.h"
#include "rungs-reassembly-pdu.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_inside (RungsSlice part, RungsSlice whole)
{
  g_assert (part.length == 0 ||
            (part.data >= whole.data && rungs_slice_end (part) <= rungs_slice_end (whole)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  g_autoptr (RungsReassemblyPdu) stream = NULL;
  g_auto (Packets) packets;
  PacketsItem item;

  packets_init (&packets, bytes);
  stream = rungs_reassembly_pdu_new (bytes, packets.arena, &packets.ledger, &packets.payload);
  for (guint i = 0; packets_next (&packets, 0, 2, &item); i++)
    {
      RungsExportedPdu pdu;

      if (!rungs_exported_pdu_parse (&pdu, item.bytes))
        {
          rungs_pcap_ledger_settle (&packets.ledger, item.range, RUNGS_UNREAD_BROKEN);
          continue;
        }
      check_inside (pdu.dissector, item.bytes);
      check_inside (pdu.packet.payload, item.bytes);
      rungs_exported_pdu_get_link (&pdu);
      rungs_reassembly_pdu_push (stream, &pdu, item.range, (gint64) i);
    }
  rungs_reassembly_pdu_finish (stream);
  packets_check (&packets);
  return 0;
}
