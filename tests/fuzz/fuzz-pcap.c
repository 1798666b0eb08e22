/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Hostile captures: both readers, and the account of every byte must come out even. */

#include "config.h"

#include <stdint.h>

#include "rungs-reader.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  RungsSink sink;
  RungsSlice input;
  guint8 *covered;
} Account;

static volatile guint8 last_byte;

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  Account *self = (Account *) sink;

  g_assert (record->bytes.length > 0);
  g_assert (record->offset < self->input.length);
  g_assert ((record->flags & RUNGS_RECORD_DECODED) != 0 ||
            self->input.data[record->offset] == record->bytes.data[0]);
  last_byte = record->bytes.data[record->bytes.length - 1];
}

static void
cover (Account *self, guint64 offset, guint64 length)
{
  g_assert (length > 0);
  g_assert (offset <= self->input.length);
  g_assert (length <= self->input.length - offset);
  for (guint64 i = offset; i < offset + length; i++)
    {
      g_assert (self->covered[i] == 0);
      self->covered[i] = 1;
    }
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  cover ((Account *) sink, offset, length);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  g_assert (reason < RUNGS_N_UNREAD_REASONS);
  cover ((Account *) sink, offset, length);
}

static gboolean
take_progress (RungsSink *sink, guint64 offset)
{
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);

  for (const RungsReader *const *reader = rungs_readers_list (); *reader != NULL; reader++)
    {
      g_autofree guint8 *covered = g_malloc0 (size + 1);
      g_autoptr (RungsArena) arena = NULL;
      g_autoptr (GError) error = NULL;
      Account account = { { take_record, take_read, take_unread, take_progress }, bytes, covered };

      if ((!g_str_has_prefix ((*reader)->id, "pcap") && !g_str_equal ((*reader)->id, "hep")) ||
          (*reader)->probe (bytes) == 0)
        continue;
      arena = rungs_arena_new ();
      (*reader)->read (bytes, arena, &account.sink, &error);
      for (size_t i = 0; i < size; i++)
        g_assert (covered[i] == 1);
    }
  return 0;
}
