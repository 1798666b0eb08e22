/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Entries by their ends.  See rungs-packet-ends-table.h.
 *
 * A server talks to a hundred thousand clients, and most entries are looked at rarely: slots are eight bytes, so that the
 * table stays in the cache, and entries stand one behind the other in chunks. */

#include "config.h"

#include "rungs-arena.h"
#include "rungs-packet-ends-table.h"

#define FIRST_SIZE   256
#define CHUNK_LENGTH 64
#define CACHE_LINE   64

typedef struct
{
  guint32 hash;
  guint32 entry; /* index + 1, 0: free */
} Slot;

struct _RungsPacketEndsTable
{
  RungsArena *arena;
  GPtrArray *chunks; /* of CHUNK_LENGTH entries, from the border of a cache line on */
  gsize entry_size;
  guint n_entries;
  Slot *slots;
  guint32 mask;
  guint64 seed;
};

RungsPacketEndsTable *
rungs_packet_ends_table_new (gsize entry_size)
{
  RungsPacketEndsTable *self;

  g_return_val_if_fail (entry_size >= sizeof (RungsPacketEnds), NULL);

  self = g_new0 (RungsPacketEndsTable, 1);
  self->arena = rungs_arena_new ();
  self->chunks = g_ptr_array_new ();
  self->entry_size = entry_size;
  self->mask = FIRST_SIZE - 1;
  self->slots = g_new0 (Slot, FIRST_SIZE);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  return self;
}

void
rungs_packet_ends_table_free (RungsPacketEndsTable *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->chunks);
  rungs_arena_unref (self->arena);
  g_free (self->slots);
  g_free (self);
}

static inline gpointer
get_entry (const RungsPacketEndsTable *self, guint index)
{
  char *chunk = g_ptr_array_index (self->chunks, index / CHUNK_LENGTH);

  return chunk + index % CHUNK_LENGTH * self->entry_size;
}

/* The slot of @ends, or the free one where it belongs. */
static Slot *
find_slot (const RungsPacketEndsTable *self, const RungsPacketEnds *ends, guint32 hash)
{
  guint32 place = hash & self->mask;

  while (self->slots[place].entry != 0 &&
         (self->slots[place].hash != hash ||
          !rungs_packet_ends_equal (get_entry (self, self->slots[place].entry - 1), ends)))
    place = (place + 1) & self->mask;
  return &self->slots[place];
}

static void
grow (RungsPacketEndsTable *self)
{
  guint32 mask = self->mask * 2 + 1;
  Slot *slots = g_new0 (Slot, (gsize) mask + 1);

  for (guint32 i = 0; i <= self->mask; i++)
    {
      guint32 place = self->slots[i].hash & mask;

      if (self->slots[i].entry == 0)
        continue;
      while (slots[place].entry != 0)
        place = (place + 1) & mask;
      slots[place] = self->slots[i];
    }
  g_free (self->slots);
  self->slots = slots;
  self->mask = mask;
}

static void
add_chunk (RungsPacketEndsTable *self)
{
  gsize size = CHUNK_LENGTH * self->entry_size + CACHE_LINE - 1;
  char *chunk = rungs_arena_allocate (self->arena, size);

  memset (chunk, 0, size);
  g_ptr_array_add (self->chunks, chunk + (-(guintptr) chunk & (CACHE_LINE - 1)));
}

gpointer
rungs_packet_ends_table_find (const RungsPacketEndsTable *self, const RungsPacketEnds *ends)
{
  const Slot *slot;

  g_return_val_if_fail (self != NULL && ends != NULL, NULL);

  slot = find_slot (self, ends, (guint32) rungs_packet_ends_hash (ends, self->seed));
  return slot->entry != 0 ? get_entry (self, slot->entry - 1) : NULL;
}

gpointer
rungs_packet_ends_table_obtain (RungsPacketEndsTable *self, const RungsPacketEnds *ends)
{
  guint32 hash;
  gpointer entry;
  Slot *slot;

  g_return_val_if_fail (self != NULL && ends != NULL, NULL);

  hash = (guint32) rungs_packet_ends_hash (ends, self->seed);
  slot = find_slot (self, ends, hash);
  if (slot->entry != 0)
    return get_entry (self, slot->entry - 1);
  if (self->n_entries % CHUNK_LENGTH == 0)
    add_chunk (self);
  *slot = (Slot){ hash, ++self->n_entries };
  entry = get_entry (self, self->n_entries - 1);
  memcpy (entry, ends, sizeof *ends);
  if (self->n_entries > self->mask / 4 * 3)
    grow (self);
  return entry;
}

guint
rungs_packet_ends_table_get_size (const RungsPacketEndsTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_entries;
}

gpointer
rungs_packet_ends_table_get (const RungsPacketEndsTable *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_entries, NULL);
  return get_entry (self, index);
}
