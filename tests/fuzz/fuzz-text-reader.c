/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a text log: nothing is read that is not there, and each byte is accounted for exactly once. */

#include "config.h"

#include <stdint.h>

#include "account.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  const RungsReader *const *readers = rungs_readers_list ();
  const RungsReader *text = NULL;
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (GError) error = NULL;
  g_auto (Account) account;

  account_init (&account, bytes);
  rungs_readers_find (bytes, "fuzz", &error);
  for (gsize i = 0; readers[i] != NULL; i++)
    if (g_str_equal (readers[i]->id, "sip-text"))
      text = readers[i];
  g_assert (text->read (bytes, arena, &account.sink, NULL));
  account_check (&account);
  return 0;
}
