/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets of a fuzzed reassembly.  See packets.h. */

#include "config.h"

#include "packets.h"

void
packets_init (Packets *self, RungsSlice input)
{
  account_init (&self->account, input);
  self->account.in_place = TRUE;
  self->arena = rungs_arena_new ();
  self->offset = 0;
  rungs_pcap_ledger_init (&self->ledger, &self->account.sink);
  rungs_pcap_payload_init (&self->payload, self->arena, &self->account.sink);
}

gboolean
packets_next (Packets *self, gsize n_special, gsize n_length, PacketsItem *item)
{
  RungsSlice rest = rungs_slice_skip (self->account.input, self->offset);

  if (rest.length < n_special + n_length)
    {
      rungs_pcap_ledger_settle (&self->ledger,
                                (RungsPcapRange){ self->offset, rest.length },
                                RUNGS_UNREAD_CUT_SHORT);
      return FALSE;
    }
  item->special = rungs_slice_get_number (rest, 0, n_special);
  item->bytes =
    rungs_slice_sub (rest, n_special + n_length, rungs_slice_get_number (rest, n_special, n_length));
  item->range = (RungsPcapRange){ self->offset, n_special + n_length + item->bytes.length };
  self->offset += item->range.length;
  return TRUE;
}

void
packets_check (Packets *self)
{
  rungs_pcap_ledger_flush (&self->ledger);
  account_check (&self->account);
}

void
packets_clear (Packets *self)
{
  rungs_pcap_payload_clear (&self->payload);
  rungs_arena_unref (self->arena);
  account_clear (&self->account);
}
