/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ledger of bytes not read.  See rungs-ledger.h. */

#include "config.h"

#include "rungs-ledger.h"

#define MAX_ENTRIES 10000

void
rungs_ledger_init (RungsLedger *self)
{
  *self = (RungsLedger){ 0 };
  self->entries = g_array_new (FALSE, FALSE, sizeof (RungsLedgerEntry));
}

void
rungs_ledger_clear (RungsLedger *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

void
rungs_ledger_add_read (RungsLedger *self, guint64 length)
{
  self->read_bytes += length;
}

void
rungs_ledger_add_unread (RungsLedger *self, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  RungsLedgerEntry entry = { offset, length, reason };

  g_return_if_fail (reason < RUNGS_N_UNREAD_REASONS);

  if (length == 0)
    return;
  self->unread_bytes += length;
  self->by_reason[reason] += length;
  if (self->entries->len > 0)
    {
      RungsLedgerEntry *last = &g_array_index (self->entries, RungsLedgerEntry, self->entries->len - 1);

      if (last->reason == reason && last->offset + last->length == offset)
        {
          last->length += length;
          return;
        }
    }
  if (self->entries->len < MAX_ENTRIES)
    g_array_append_val (self->entries, entry);
}

guint64
rungs_ledger_get_unlisted (const RungsLedger *self)
{
  guint64 unlisted = self->unread_bytes;

  for (guint i = 0; i < self->entries->len; i++)
    unlisted -= g_array_index (self->entries, RungsLedgerEntry, i).length;
  return unlisted;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const RungsLedgerEntry *left = a;
  const RungsLedgerEntry *right = b;

  return left->offset < right->offset ? -1 : left->offset > right->offset;
}

void
rungs_ledger_finish (RungsLedger *self, guint64 present)
{
  g_autoptr (GArray) entries = g_steal_pointer (&self->entries);

  self->entries = g_array_new (FALSE, FALSE, sizeof (RungsLedgerEntry));
  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const RungsLedgerEntry *entry = &g_array_index (entries, RungsLedgerEntry, i);
      guint64 kept = entry->offset < present ? MIN (entry->length, present - entry->offset) : 0;

      self->unread_bytes -= entry->length;
      self->by_reason[entry->reason] -= entry->length;
      rungs_ledger_add_unread (self, entry->offset, kept, entry->reason);
      rungs_ledger_add_unread (self, entry->offset + kept, entry->length - kept, RUNGS_UNREAD_CUT_SHORT);
    }
}
