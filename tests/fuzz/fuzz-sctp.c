/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets of SCTP: before each stand whose it is (one byte) and how long it is (two bytes). */

#include "config.h"

#include <stdint.h>

#include "account.h"
#include "rungs-reassembly-sctp.h"

#define HEAD 3

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (RungsReassemblySctp) sctp = NULL;
  g_auto (Account) account;
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  gsize offset = 0;

  account_init (&account, bytes);
  account.in_place = TRUE;
  rungs_pcap_ledger_init (&ledger, &account.sink);
  rungs_pcap_payload_init (&payload, arena, &account.sink);
  sctp = rungs_reassembly_sctp_new (bytes, &ledger, &payload);
  for (guint i = 0; offset + HEAD <= size; i++)
    {
      RungsPacket packet = { .version = 4,
                             .protocol = 132,
                             .source = { 192, 0, 2, data[offset] & 1 },
                             .destination = { 192, 0, 2, !(data[offset] & 1) },
                             .source_port = 5060,
                             .destination_port = 5060 };

      packet.payload =
        rungs_slice_sub (bytes, offset + HEAD, (gsize) data[offset + 1] << 8 | data[offset + 2]);
      packet.missing = data[offset] >> 1;
      rungs_reassembly_sctp_push (sctp,
                                  &packet,
                                  (RungsPcapRange){ offset, HEAD + packet.payload.length },
                                  (gint64) i);
      offset += HEAD + packet.payload.length;
    }
  if (offset < size)
    rungs_pcap_ledger_settle (&ledger, (RungsPcapRange){ offset, size - offset }, RUNGS_UNREAD_CUT_SHORT);
  rungs_reassembly_sctp_finish (sctp);
  rungs_pcap_ledger_flush (&ledger);
  rungs_pcap_payload_clear (&payload);
  account_check (&account);
  return 0;
}
