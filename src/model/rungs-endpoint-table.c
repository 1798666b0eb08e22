/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Addresses of records → the endpoints of a trace.  See rungs-endpoint-table.h.
 *
 * Seeded at random like the interner: a trace cannot plan collisions, and ids do not depend on the seed. */

#include "config.h"

#include "rungs-endpoint-table.h"

void
rungs_endpoint_table_init (RungsEndpointTable *self, RungsInterner *strings)
{
  self->endpoints = g_array_new (FALSE, TRUE, sizeof (RungsEndpoint));
  self->files = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->mask = 63;
  self->slots = g_new0 (guint32, self->mask + 1);
  self->seed = ((guint64) g_random_int () << 32) | g_random_int ();
  self->strings = strings;
}

void
rungs_endpoint_table_copy (const RungsEndpointTable *self, RungsEndpointTable *copy, RungsInterner *strings)
{
  *copy = *self;
  copy->endpoints = g_array_copy (self->endpoints);
  copy->files = g_array_copy (self->files);
  copy->slots = g_memdup2 (self->slots, ((gsize) self->mask + 1) * sizeof (guint32));
  copy->strings = strings;
}

void
rungs_endpoint_table_clear (RungsEndpointTable *self)
{
  g_clear_pointer (&self->endpoints, g_array_unref);
  g_clear_pointer (&self->files, g_array_unref);
  g_clear_pointer (&self->slots, g_free);
}

static guint64
hash_endpoint (const RungsEndpointTable *self, const RungsAddress *address, guint file)
{
  if (address->kind == RUNGS_ADDRESS_LOCAL)
    return rungs_slice_hash (rungs_slice ((const char *) &file, sizeof file), self->seed);
  return rungs_address_hash (address, self->seed);
}

static void
grow (RungsEndpointTable *self)
{
  guint mask = self->mask * 2 + 1;
  guint32 *slots = g_new0 (guint32, (gsize) mask + 1);

  for (guint i = 0; i < self->endpoints->len; i++)
    {
      const RungsEndpoint *endpoint = &g_array_index (self->endpoints, RungsEndpoint, i);
      guint at = hash_endpoint (self, &endpoint->address, g_array_index (self->files, guint32, i)) & mask;

      while (slots[at] != 0)
        at = (at + 1) & mask;
      slots[at] = i + 1;
    }
  g_free (self->slots);
  self->slots = slots;
  self->mask = mask;
}

guint32
rungs_endpoint_table_add (RungsEndpointTable *self, const RungsAddress *address, guint file)
{
  gboolean local = address->kind == RUNGS_ADDRESS_LOCAL;
  RungsEndpoint endpoint = { .address = *address };
  guint32 owner = local ? file : 0;
  guint at = hash_endpoint (self, address, file) & self->mask;

  for (; self->slots[at] != 0; at = (at + 1) & self->mask)
    {
      guint32 id = self->slots[at] - 1;
      const RungsAddress *other = &g_array_index (self->endpoints, RungsEndpoint, id).address;

      if (local ? other->kind == RUNGS_ADDRESS_LOCAL && g_array_index (self->files, guint32, id) == owner
                : rungs_address_equal (other, address))
        return id;
    }
  endpoint.address.name =
    rungs_interner_get (self->strings, rungs_interner_intern (self->strings, address->name));
  g_array_append_val (self->endpoints, endpoint);
  g_array_append_val (self->files, owner);
  self->slots[at] = self->endpoints->len;
  if (self->endpoints->len > self->mask / 4 * 3)
    grow (self);
  return self->endpoints->len - 1;
}

RungsEndpoint *
rungs_endpoint_table_get (RungsEndpointTable *self, guint32 endpoint)
{
  g_assert (endpoint < self->endpoints->len);
  return &g_array_index (self->endpoints, RungsEndpoint, endpoint);
}
