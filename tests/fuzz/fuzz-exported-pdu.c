/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Units as Wireshark exports them: before each stands how long it is (two bytes).  Tags lie in the unit, and each byte is accounted
 * for once, however the units repeat each other. */

#include "config.h"

#include <stdint.h>

#include "account.h"
#include "rungs-reassembly-pdu.h"

#define HEAD 2

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
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (RungsReassemblyPdu) stream = NULL;
  g_auto (Account) account;
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  gsize offset = 0;

  account_init (&account, bytes);
  account.in_place = TRUE;
  rungs_pcap_ledger_init (&ledger, &account.sink);
  rungs_pcap_payload_init (&payload, arena, &account.sink);
  stream = rungs_reassembly_pdu_new (bytes, arena, &ledger, &payload);
  for (guint i = 0; offset + HEAD <= size; i++)
    {
      RungsSlice unit = rungs_slice_sub (bytes, offset + HEAD, (gsize) data[offset] << 8 | data[offset + 1]);
      RungsPcapRange range = { offset, HEAD + unit.length };
      RungsExportedPdu pdu;

      if (rungs_exported_pdu_parse (&pdu, unit))
        {
          check_inside (pdu.dissector, unit);
          check_inside (pdu.packet.payload, unit);
          rungs_exported_pdu_get_link (&pdu);
          rungs_reassembly_pdu_push (stream, &pdu, range, (gint64) i);
        }
      else
        {
          rungs_pcap_ledger_settle (&ledger, range, RUNGS_UNREAD_BROKEN);
        }
      offset += range.length;
    }
  if (offset < size)
    rungs_pcap_ledger_settle (&ledger, (RungsPcapRange){ offset, size - offset }, RUNGS_UNREAD_CUT_SHORT);
  rungs_reassembly_pdu_finish (stream);
  rungs_pcap_ledger_flush (&ledger);
  rungs_pcap_payload_clear (&payload);
  account_check (&account);
  return 0;
}
