/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Strings that repeat → small numbers.  See rungs-interner.h.
 *
 * An open-addressing table of (hash, id), doubled at three quarters.  The seed is drawn at random, so that a
 * hostile trace cannot plan collisions; ids do not depend on it. */

#include "config.h"

#include "rungs-arena.h"
#include "rungs-interner.h"

typedef struct
{
  guint32 hash;
  guint32 id;
} Slot;

struct _RungsInterner
{
  RungsArena *arena;
  GPtrArray *shared; /* RungsArena of what it was copied from, NULL where it is no copy */
  GArray *strings;   /* RungsSlice, element 0 is the empty one */
  Slot *slots;
  guint mask;
  guint64 seed;
};

RungsInterner *
rungs_interner_new (void)
{
  RungsInterner *self = g_new0 (RungsInterner, 1);

  self->arena = rungs_arena_new ();
  self->strings = g_array_new (FALSE, TRUE, sizeof (RungsSlice));
  g_array_set_size (self->strings, 1);
  self->mask = 255;
  self->slots = g_new0 (Slot, self->mask + 1);
  self->seed = ((guint64) g_random_int () << 32) | g_random_int ();
  return self;
}

RungsInterner *
rungs_interner_copy (const RungsInterner *self)
{
  RungsInterner *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (RungsInterner, 1);
  copy->arena = rungs_arena_new ();
  copy->shared = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_arena_unref);
  g_ptr_array_add (copy->shared, rungs_arena_ref (self->arena));
  for (guint i = 0; self->shared != NULL && i < self->shared->len; i++)
    g_ptr_array_add (copy->shared, rungs_arena_ref (g_ptr_array_index (self->shared, i)));
  copy->strings = g_array_copy (self->strings);
  copy->slots = g_memdup2 (self->slots, ((gsize) self->mask + 1) * sizeof (Slot));
  copy->mask = self->mask;
  copy->seed = self->seed;
  return copy;
}

void
rungs_interner_free (RungsInterner *self)
{
  if (self == NULL)
    return;
  rungs_arena_unref (self->arena);
  g_clear_pointer (&self->shared, g_ptr_array_unref);
  g_array_unref (self->strings);
  g_free (self->slots);
  g_free (self);
}

static void
grow (RungsInterner *self)
{
  guint new_mask = self->mask * 2 + 1;
  Slot *new_slots = g_new0 (Slot, (gsize) new_mask + 1);

  for (guint i = 0; i <= self->mask; i++)
    {
      Slot slot = self->slots[i];
      guint at = slot.hash & new_mask;

      if (slot.id == 0)
        continue;
      while (new_slots[at].id != 0)
        at = (at + 1) & new_mask;
      new_slots[at] = slot;
    }
  g_free (self->slots);
  self->slots = new_slots;
  self->mask = new_mask;
}

/* The slot that holds @bytes, or the free one where it belongs. */
static Slot *
find_slot (const RungsInterner *self, RungsSlice bytes, guint32 hash)
{
  guint at = hash & self->mask;

  while (self->slots[at].id != 0)
    {
      if (self->slots[at].hash == hash &&
          rungs_slice_equal (g_array_index (self->strings, RungsSlice, self->slots[at].id), bytes))
        break;
      at = (at + 1) & self->mask;
    }
  return &self->slots[at];
}

guint64
rungs_interner_hash (const RungsInterner *self, RungsSlice bytes)
{
  g_return_val_if_fail (self != NULL, 0);
  return rungs_slice_hash (bytes, self->seed);
}

guint32
rungs_interner_intern (RungsInterner *self, RungsSlice bytes)
{
  g_return_val_if_fail (self != NULL, 0);
  return rungs_interner_intern_hashed (self, bytes, rungs_interner_hash (self, bytes));
}

guint32
rungs_interner_intern_hashed (RungsInterner *self, RungsSlice bytes, guint64 full_hash)
{
  guint32 hash = (guint32) full_hash;
  Slot *slot;
  RungsSlice copy;

  g_return_val_if_fail (self != NULL, 0);

  if (bytes.length == 0)
    return 0;
  slot = find_slot (self, bytes, hash);
  if (slot->id != 0)
    return slot->id;
  if (self->strings->len > self->mask / 4 * 3)
    {
      grow (self);
      slot = find_slot (self, bytes, hash);
    }
  copy = rungs_arena_copy (self->arena, bytes);
  slot->hash = hash;
  slot->id = self->strings->len;
  g_array_append_val (self->strings, copy);
  return slot->id;
}

guint32
rungs_interner_lookup (const RungsInterner *self, RungsSlice bytes)
{
  g_return_val_if_fail (self != NULL, 0);

  if (bytes.length == 0)
    return 0;
  return find_slot (self, bytes, (guint32) rungs_slice_hash (bytes, self->seed))->id;
}

RungsSlice
rungs_interner_get (const RungsInterner *self, guint32 id)
{
  g_return_val_if_fail (self != NULL && id < self->strings->len, RUNGS_SLICE_EMPTY);
  return g_array_index (self->strings, RungsSlice, id);
}

guint32
rungs_interner_get_size (const RungsInterner *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->strings->len - 1;
}
