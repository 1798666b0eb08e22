/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets of HEP, one behind the other or in a file of their own: what they show lies in the packet. */

#include "config.h"

#include <stdint.h>

#include "account.h"
#include "rungs-hep.h"
#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_inside (RungsSlice part, RungsSlice whole)
{
  g_assert (part.length == 0 ||
            (part.data >= whole.data && rungs_slice_end (part) <= rungs_slice_end (whole)));
}

static void
read_payload (RungsSlice bytes)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_auto (Account) account;
  RungsPcapPayload payload;
  RungsRecord record = { .bytes = bytes, .time = 0 };

  account_init (&account, bytes);
  rungs_pcap_payload_init (&payload, arena, &account.sink);
  g_assert (rungs_pcap_payload_read (&payload, &record, bytes.length) <= RUNGS_PCAP_READ);
  rungs_pcap_payload_clear (&payload);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice rest = rungs_slice ((const char *) data, size);
  RungsHep hep;

  while (rungs_hep_parse (&hep, rest))
    {
      gsize length = rungs_hep_get_length (rest);

      check_inside (hep.payload, rest);
      check_inside (hep.node, rest);
      read_payload (rungs_slice_sub (rest, 0, hep.length));
      if (hep.length == 0 || length == 0)
        break;
      g_assert (length == hep.length);
      rest = rungs_slice_skip (rest, length);
    }
  return 0;
}
