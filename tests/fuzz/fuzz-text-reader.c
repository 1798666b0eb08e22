/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a text log: nothing is read that is not there, and each byte is accounted for exactly once. */

#include "config.h"

#include <stdint.h>

#include "rungs-reader.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  RungsSink sink;
  guint8 *cover;
  gsize length;
  guint64 sum;
} Counter;

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  Counter *self = (Counter *) sink;
  g_autofree char *source = rungs_address_to_string (&record->source);

  g_assert (record->bytes.length > 0 && record->offset < self->length);
  for (gsize i = 0; i < record->bytes.length; i++)
    self->sum += (guchar) record->bytes.data[i];
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  Counter *self = (Counter *) sink;

  g_assert (offset <= self->length && length <= self->length - offset && length > 0);
  for (guint64 i = offset; i < offset + length; i++)
    g_assert (self->cover[i]++ == 0);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  g_assert (reason < RUNGS_N_UNREAD_REASONS);
  take_read (sink, offset, length);
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
  const RungsReader *const *readers = rungs_readers_list ();
  const RungsReader *text = NULL;
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autofree guint8 *cover = g_malloc0 (size + 1);
  g_autoptr (GError) error = NULL;
  Counter counter = { { take_record, take_read, take_unread, take_progress }, cover, size, 0 };

  rungs_readers_find (bytes, "fuzz", &error);
  for (gsize i = 0; readers[i] != NULL; i++)
    if (g_str_equal (readers[i]->id, "sip-text"))
      text = readers[i];
  g_assert (text->read (bytes, arena, &counter.sink, NULL));
  for (gsize i = 0; i < size; i++)
    g_assert (cover[i] == 1);
  return 0;
}
