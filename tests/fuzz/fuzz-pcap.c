/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Hostile captures: the readers of pcap, pcapng, snoop, Network Monitor and HEP, and the account of every byte must come out even. */

#include "config.h"

#include <stdint.h>

#include "account.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_with (const RungsReader *reader, RungsSlice bytes)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (GError) error = NULL;
  g_auto (Account) account;

  account_init (&account, bytes);
  account.in_place = TRUE;
  reader->read (bytes, arena, &account.sink, &error);
  account_check (&account);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const ids[] = { "pcap", "pcapng", "snoop", "netmon", "hep", NULL };
  RungsSlice bytes = rungs_slice ((const char *) data, size);

  for (const RungsReader *const *reader = rungs_readers_list (); *reader != NULL; reader++)
    if (g_strv_contains (ids, (*reader)->id) && (*reader)->probe (bytes) > 0)
      read_with (*reader, bytes);
  return 0;
}
