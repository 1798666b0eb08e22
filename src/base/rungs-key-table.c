/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* 64-bit keys → numbers.  See rungs-key-table.h. */

#include "config.h"

#include <string.h>

#include "rungs-key-table.h"

#define SMALLEST_MASK 15

static guint32
get_mask (guint expected)
{
  guint32 mask = SMALLEST_MASK;

  while (mask / 4 * 3 < expected && mask < G_MAXUINT32 / 4)
    mask = mask * 2 + 1;
  return mask;
}

void
rungs_key_table_init (RungsKeyTable *self, guint expected)
{
  self->mask = get_mask (expected);
  self->slots = g_new0 (RungsKeySlot, (gsize) self->mask + 1);
  self->used = 0;
}

void
rungs_key_table_clear (RungsKeyTable *self)
{
  g_clear_pointer (&self->slots, g_free);
}

void
rungs_key_table_reset (RungsKeyTable *self, guint expected)
{
  guint32 mask = get_mask (expected);

  /* A table that once was large is not wiped for a few keys again and again. */
  if (self->slots == NULL || self->mask < mask || self->mask / 8 > mask)
    {
      rungs_key_table_clear (self);
      rungs_key_table_init (self, expected);
      return;
    }
  memset (self->slots, 0, ((gsize) self->mask + 1) * sizeof (RungsKeySlot));
  self->used = 0;
}

void
rungs_key_table_grow (RungsKeyTable *self)
{
  RungsKeyTable bigger = { NULL, self->mask * 2 + 1, self->used };

  bigger.slots = g_new0 (RungsKeySlot, (gsize) bigger.mask + 1);
  for (gsize i = 0; i <= self->mask; i++)
    {
      guint32 at = rungs_key_table_start (&bigger, self->slots[i].key);

      if (self->slots[i].value == 0)
        continue;
      while (bigger.slots[at].value != 0)
        at = (at + 1) & bigger.mask;
      bigger.slots[at] = self->slots[i];
    }
  g_free (self->slots);
  *self = bigger;
}
