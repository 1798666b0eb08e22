/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* 64-bit keys → numbers other than 0.
 *
 * For keys that are hashes already: two things with one key are one thing to this table, so whoever makes the keys seeds
 * them at random, lest a trace plan collisions (rungs_key_mix() begins with the seed).  Open addressing, doubled at three
 * quarters; the number 0 marks a free place. The functions are inline, because the index pass calls them a few times a
 * message. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 key;
  guint32 value; /* 0: free */
} RungsKeySlot;

/** RungsKeyTable: keep one on the stack: rungs_key_table_init(), rungs_key_table_clear(). */
typedef struct
{
  /*< private >*/
  RungsKeySlot *slots;
  guint32 mask; /* how many slots there are, less one: a power of two */
  guint32 used;
} RungsKeyTable;

/** rungs_key_table_init: an empty table that takes @expected keys before it grows. */
void     rungs_key_table_init   (RungsKeyTable *self,
                                 guint          expected);
void     rungs_key_table_clear  (RungsKeyTable *self);

/** rungs_key_table_reset: makes @self empty again, in the memory that it has where that is of the size for @expected keys. */
void     rungs_key_table_reset  (RungsKeyTable *self,
                                 guint          expected);

/** rungs_key_table_grow: for rungs_key_table_add(). */
void     rungs_key_table_grow   (RungsKeyTable *self);

/** rungs_key_mix: a key of all that went into @key, and of @value. */
static inline guint64
rungs_key_mix (guint64 key,
               guint64 value)
{
  key = (key ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return key ^ (key >> 31);
}

/* Hashes are multiplied last: their middle bits depend on the whole key, their low ones need not. */
static inline guint32
rungs_key_table_start (const RungsKeyTable *self,
                       guint64 key)
{
  return (guint32) (key >> 16) & self->mask;
}

/** rungs_key_table_get: the number of @key, 0 where it has none. */
static inline guint32
rungs_key_table_get (const RungsKeyTable *self,
                     guint64 key)
{
  guint32 at = rungs_key_table_start (self, key);

  while (self->slots[at].value != 0 && self->slots[at].key != key)
    at = (at + 1) & self->mask;
  return self->slots[at].value;
}

/** rungs_key_table_add: the number of @key, in place until the next call; 0 where @key is new: the caller writes another
 * number there, now. */
static inline guint32 *
rungs_key_table_add (RungsKeyTable *self,
                     guint64 key)
{
  guint32 at;

  if (G_UNLIKELY (self->used > self->mask / 4 * 3))
    rungs_key_table_grow (self);
  at = rungs_key_table_start (self, key);
  while (self->slots[at].value != 0 && self->slots[at].key != key)
    at = (at + 1) & self->mask;
  if (self->slots[at].value == 0)
    {
      self->slots[at].key = key;
      self->used++;
    }
  return &self->slots[at].value;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsKeyTable, rungs_key_table_clear)

G_END_DECLS
