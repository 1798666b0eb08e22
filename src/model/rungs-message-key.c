/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The strings of a reading → ids.  See rungs-message-key.h. */

#include "config.h"

#include "rungs-message-key.h"
#include "rungs-sip-address.h"

void
rungs_key_maker_init (RungsKeyMaker *self, RungsInterner *strings)
{
  self->strings = strings;
  self->known = g_byte_array_new ();
}

void
rungs_key_maker_copy (const RungsKeyMaker *self, RungsKeyMaker *copy, RungsInterner *strings)
{
  *copy = *self;
  copy->strings = strings;
  copy->known = g_byte_array_sized_new (self->known->len);
  g_byte_array_append (copy->known, self->known->data, self->known->len);
}

void
rungs_key_maker_clear (RungsKeyMaker *self)
{
  g_clear_pointer (&self->known, g_byte_array_unref);
}

static guint32
intern_aor (RungsInterner *strings, RungsSlice value)
{
  RungsSipAddress address;
  RungsSipUri *uri = &address.uri;
  g_autofree char *aor = NULL;

  rungs_sip_address_parse (&address, value);
  if (uri->host.length == 0)
    return rungs_interner_intern (strings,
                                  uri->user.length > 0 ? uri->user : rungs_slice_sub (uri->all, 0, 256));
  if (uri->user.length == 0)
    return rungs_interner_intern (strings, uri->host);
  if (rungs_slice_end (uri->user) + 1 == uri->host.data)
    return rungs_interner_intern (strings,
                                  rungs_slice (uri->user.data, uri->user.length + 1 + uri->host.length));
  aor = rungs_sip_uri_to_aor (uri);
  return rungs_interner_intern (strings, rungs_slice_from_string (aor));
}

void
rungs_key_maker_intern_parties (
  RungsInterner *strings, RungsSipMethod method, RungsSlice from, RungsSlice to, guint32 *who, guint32 *peer)
{
  *peer = intern_aor (strings, to);
  *who = method == RUNGS_SIP_METHOD_REGISTER ? *peer : intern_aor (strings, from);
}

/* Whether this Call-ID was seen before; room is made for those that will be. */
static guint8 *
get_known (RungsKeyMaker *self, guint32 call_id)
{
  if (call_id >= self->known->len)
    {
      guint old = self->known->len;

      g_byte_array_set_size (self->known, call_id + call_id / 2 + 64);
      memset (self->known->data + old, 0, self->known->len - old);
    }
  return &self->known->data[call_id];
}

void
rungs_key_maker_fill (RungsKeyMaker *self, RungsReading *reading)
{
  RungsMessageKey *key = &reading->key;
  guint32 call_id = rungs_interner_intern_hashed (self->strings, reading->call_id, reading->call_id_hash);
  guint8 *known = call_id != 0 ? get_known (self, call_id) : NULL;

  reading->info.call_id = call_id;
  if (known == NULL || *known == 0)
    rungs_key_maker_intern_parties (self->strings,
                                    (RungsSipMethod) reading->info.method,
                                    reading->from,
                                    reading->to,
                                    &key->who,
                                    &key->peer);
  if (known != NULL)
    *known = 1;
}
