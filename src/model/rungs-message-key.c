/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One parsed message → its key.  See rungs-message-key.h. */

#include "config.h"

#include "rungs-key-table.h"
#include "rungs-message-key.h"
#include "rungs-sip-address.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-via.h"

enum
{
  KNOWN_SEEN = 1,
  KNOWN_MICROSOFT = 2,
};

void
rungs_key_maker_init (RungsKeyMaker *self, RungsInterner *strings)
{
  memset (self, 0, sizeof *self);
  self->strings = strings;
  self->known = g_byte_array_new ();
  self->microsoft_ids = g_array_new (FALSE, FALSE, sizeof (RungsSipHeaderId));
  self->seed = ((guint64) g_random_int () << 32) | g_random_int ();
  for (guint i = RUNGS_SIP_HEADER_UNKNOWN + 1; i < RUNGS_N_SIP_HEADERS; i++)
    {
      RungsSipHeaderId id = i;
      RungsSlice name = rungs_slice_from_string (rungs_sip_header_get_name (id));

      if (rungs_slice_case_starts_with (name, RUNGS_SLICE_LITERAL ("ms-")) ||
          rungs_slice_case_starts_with (name, RUNGS_SLICE_LITERAL ("x-ms-")))
        g_array_append_val (self->microsoft_ids, id);
    }
}

void
rungs_key_maker_clear (RungsKeyMaker *self)
{
  g_clear_pointer (&self->known, g_byte_array_unref);
  g_clear_pointer (&self->microsoft_ids, g_array_unref);
}

static guint
count_vias (const RungsSipMessage *sip)
{
  guint n = 0;

  for (const RungsSipHeader *via = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_VIA); via != NULL;
       via = rungs_sip_message_next (sip, via))
    {
      gssize comma = rungs_slice_find_char (via->value, 0, ',');

      for (n++; comma >= 0; comma = rungs_slice_find_char (via->value, comma + 1, ','))
        n++;
    }
  return MIN (n, G_MAXUINT16);
}

static gboolean
speaks_microsoft_scheme (const RungsSipMessage *sip)
{
  static const RungsSipHeaderId headers[] = {
    RUNGS_SIP_HEADER_WWW_AUTHENTICATE,    RUNGS_SIP_HEADER_PROXY_AUTHENTICATE,
    RUNGS_SIP_HEADER_AUTHORIZATION,       RUNGS_SIP_HEADER_PROXY_AUTHORIZATION,
    RUNGS_SIP_HEADER_AUTHENTICATION_INFO, RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO,
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      RungsSlice value = rungs_sip_message_get (sip, headers[i]);

      if (rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("NTLM")) ||
          rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("Kerberos")) ||
          rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("TLS-DSK")))
        return TRUE;
    }
  return FALSE;
}

static gboolean
speaks_microsoft (const RungsKeyMaker *self, const RungsSipMessage *sip)
{
  RungsSlice agent = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_USER_AGENT);
  RungsSlice epid = RUNGS_SLICE_LITERAL ("epid=");

  for (guint i = 0; i < self->microsoft_ids->len; i++)
    if (rungs_sip_message_has (sip, g_array_index (self->microsoft_ids, RungsSipHeaderId, i)))
      return TRUE;
  return speaks_microsoft_scheme (sip) ||
         rungs_slice_find (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM), 0, epid) >= 0 ||
         rungs_slice_find (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO), 0, epid) >= 0 ||
         rungs_slice_case_starts_with (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_SERVER),
                                       RUNGS_SLICE_LITERAL ("RTC/")) ||
         rungs_slice_find (agent, 0, RUNGS_SLICE_LITERAL ("UCCAPI")) >= 0 ||
         rungs_slice_find (agent, 0, RUNGS_SLICE_LITERAL ("RTC/")) >= 0;
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
rungs_key_maker_intern_parties (RungsInterner *strings,
                                const RungsSipMessage *sip,
                                guint32 *who,
                                guint32 *peer)
{
  *peer = intern_aor (strings, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO));
  *who = sip->method == RUNGS_SIP_METHOD_REGISTER
           ? *peer
           : intern_aor (strings, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM));
}

/* What was seen of this Call-ID before; room is made for what will be. */
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

static void
fill_hashes (RungsKeyMaker *self,
             const RungsSipMessage *sip,
             const RungsMessageInfo *info,
             RungsMessageKey *key)
{
  RungsSlice from_tag = rungs_sip_address_peek_tag (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM));
  RungsSlice to_tag = rungs_sip_address_peek_tag (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO));
  guint64 from = rungs_slice_hash (from_tag, self->seed);
  guint64 to = rungs_slice_hash (to_tag, self->seed);
  guint64 base = rungs_key_mix (rungs_key_mix (self->seed, info->call_id), info->cseq);
  /* The ACK of a refused INVITE belongs to the INVITE's transaction (RFC 3261, 17.1.1.3). */
  guint method = info->method == RUNGS_SIP_METHOD_ACK ? RUNGS_SIP_METHOD_INVITE : info->method;
  guint64 other =
    info->method == RUNGS_SIP_METHOD_OTHER ? rungs_slice_hash (sip->method_name, self->seed) : 0;
  RungsSlice branch = RUNGS_SLICE_EMPTY;

  self->transport = RUNGS_TRANSPORT_UNKNOWN;
  self->sent_by = RUNGS_SLICE_EMPTY;
  rungs_sip_via_peek (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_VIA),
                      &self->transport,
                      &branch,
                      &self->sent_by);
  key->transaction = rungs_key_mix (rungs_key_mix (base, method),
                                    branch.length > 0 ? rungs_slice_hash (branch, ~self->seed) : from);
  key->transaction =
    rungs_key_mix (rungs_key_mix (key->transaction, rungs_slice_hash (self->sent_by, self->seed)), other);
  if (info->call_id == 0)
    return;
  key->group =
    rungs_key_mix (rungs_key_mix (rungs_key_mix (rungs_key_mix (base, info->method | info->status << 8),
                                                 from),
                                  to),
                   other);
  /* Each hop has its own 100 (RFC 3261, 16.2). */
  if (info->status == 100)
    key->group = rungs_key_mix (key->group, key->transaction);
  if (from_tag.length > 0 && to_tag.length > 0)
    key->dialog = rungs_key_mix (rungs_key_mix (self->seed, info->call_id), from + to);
}

void
rungs_key_maker_fill (RungsKeyMaker *self,
                      const RungsSipMessage *sip,
                      RungsMessageInfo *info,
                      RungsMessageKey *key)
{
  guint8 *known;

  info->call_id =
    rungs_interner_intern (self->strings, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_CALL_ID));
  rungs_sip_message_get_cseq (sip, &info->cseq, NULL);
  fill_hashes (self, sip, info, key);
  key->n_vias = count_vias (sip);
  if (info->call_id == 0)
    {
      key->microsoft = speaks_microsoft (self, sip);
      rungs_key_maker_intern_parties (self->strings, sip, &key->who, &key->peer);
      return;
    }
  known = get_known (self, info->call_id);
  if ((*known & KNOWN_MICROSOFT) == 0 && speaks_microsoft (self, sip))
    {
      *known |= KNOWN_MICROSOFT;
      key->microsoft = TRUE;
    }
  if ((*known & KNOWN_SEEN) == 0)
    {
      *known |= KNOWN_SEEN;
      rungs_key_maker_intern_parties (self->strings, sip, &key->who, &key->peer);
    }
}

gboolean
rungs_key_maker_has_sdp (const RungsSipMessage *sip)
{
  RungsSlice type = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_CONTENT_TYPE);
  RungsSlice sdp = RUNGS_SLICE_LITERAL ("application/sdp");

  if (type.length == 0 || sip->body.length == 0)
    return FALSE;
  return rungs_slice_case_starts_with (type, sdp) ||
         (rungs_slice_case_starts_with (type, RUNGS_SLICE_LITERAL ("multipart/")) &&
          rungs_slice_find (rungs_slice_sub (sip->body, 0, 65536), 0, sdp) >= 0);
}
