/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One record → what the index takes from it.  See rungs-reading.h. */

#include "config.h"

#include "rungs-key-table.h"
#include "rungs-reading.h"
#include "rungs-sip-address.h"
#include "rungs-sip-via.h"

void
rungs_reading_seeds_init (RungsReadingSeeds *self, const RungsInterner *strings)
{
  self->seed = ((guint64) g_random_int () << 32) | g_random_int ();
  self->strings = strings;
}

static gboolean
has_sdp (const RungsSipMessage *sip)
{
  RungsSlice type = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_CONTENT_TYPE);
  RungsSlice sdp = RUNGS_SLICE_LITERAL ("application/sdp");

  if (type.length == 0 || sip->body.length == 0)
    return FALSE;
  return rungs_slice_case_starts_with (type, sdp) ||
         (rungs_slice_case_starts_with (type, RUNGS_SLICE_LITERAL ("multipart/")) &&
          rungs_slice_find (rungs_slice_sub (sip->body, 0, 65536), 0, sdp) >= 0);
}

static guint32
get_flags (const RungsRecord *record, const RungsSipMessage *sip)
{
  static const guint32 directions[] = { 0, RUNGS_MESSAGE_IN, RUNGS_MESSAGE_OUT };
  guint32 flags = (record->flags & 0xff) | directions[MIN (record->direction, RUNGS_DIRECTION_OUT)];

  if (sip->kind == RUNGS_SIP_KIND_MALFORMED)
    flags |= RUNGS_MESSAGE_MALFORMED;
  if (sip->n_remarks > 0)
    flags |= RUNGS_MESSAGE_REMARKS;
  if (rungs_sip_message_has (sip, RUNGS_SIP_HEADER_AUTHORIZATION) ||
      rungs_sip_message_has (sip, RUNGS_SIP_HEADER_PROXY_AUTHORIZATION))
    flags |= RUNGS_MESSAGE_CREDENTIALS;
  if (has_sdp (sip))
    flags |= RUNGS_MESSAGE_SDP;
  return flags;
}

/* Microsoft's IM sessions begin with an INVITE whose only medium is m=message.  This is read here, where the bytes are at hand:
 * correlation would fetch a large file once more for it. */
static gboolean
offers_messages_only (const RungsMessageInfo *info)
{
  RungsSlice bytes = rungs_slice (info->data, info->length);

  return (info->flags & RUNGS_MESSAGE_SDP) != 0 &&
         rungs_slice_find (bytes, 0, RUNGS_SLICE_LITERAL ("\nm=message")) >= 0 &&
         rungs_slice_find (bytes, 0, RUNGS_SLICE_LITERAL ("\nm=audio")) < 0;
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

/* Headers that only Microsoft's programs write. */
static const gboolean *
get_microsoft_headers (void)
{
  static gboolean table[RUNGS_N_SIP_HEADERS];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint id = RUNGS_SIP_HEADER_UNKNOWN + 1; id < RUNGS_N_SIP_HEADERS; id++)
        {
          RungsSlice name = rungs_slice_from_string (rungs_sip_header_get_name ((RungsSipHeaderId) id));

          table[id] = rungs_slice_case_starts_with (name, RUNGS_SLICE_LITERAL ("ms-")) ||
                      rungs_slice_case_starts_with (name, RUNGS_SLICE_LITERAL ("x-ms-"));
        }
      g_once_init_leave (&ready, 1);
    }
  return table;
}

static gboolean
is_microsoft_scheme (RungsSlice value)
{
  return rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("NTLM")) ||
         rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("Kerberos")) ||
         rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("TLS-DSK"));
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
    if (is_microsoft_scheme (rungs_sip_message_get (sip, headers[i])))
      return TRUE;
  return FALSE;
}

static gboolean
speaks_microsoft (const RungsSipMessage *sip)
{
  const gboolean *microsoft_headers = get_microsoft_headers ();
  RungsSlice agent = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_USER_AGENT);
  RungsSlice epid = RUNGS_SLICE_LITERAL ("epid=");

  for (guint i = 0; i < sip->n_headers; i++)
    if (microsoft_headers[sip->headers[i].id])
      return TRUE;
  return speaks_microsoft_scheme (sip) ||
         rungs_slice_find (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM), 0, epid) >= 0 ||
         rungs_slice_find (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO), 0, epid) >= 0 ||
         rungs_slice_case_starts_with (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_SERVER),
                                       RUNGS_SLICE_LITERAL ("RTC/")) ||
         rungs_slice_find (agent, 0, RUNGS_SLICE_LITERAL ("UCCAPI")) >= 0 ||
         rungs_slice_find (agent, 0, RUNGS_SLICE_LITERAL ("RTC/")) >= 0;
}

static void
take_key (RungsReading *self, const RungsReadingSeeds *seeds, const RungsSipMessage *sip, RungsSlice branch)
{
  const RungsMessageInfo *info = &self->info;
  RungsMessageKey *key = &self->key;
  RungsSlice from_tag = rungs_sip_address_peek_tag (self->from);
  RungsSlice to_tag = rungs_sip_address_peek_tag (self->to);
  guint64 from = rungs_slice_hash (from_tag, seeds->seed);
  guint64 to = rungs_slice_hash (to_tag, seeds->seed);
  guint64 call = rungs_key_mix (seeds->seed, self->call_id.length > 0 ? self->call_id_hash : 0);
  guint64 base = rungs_key_mix (call, info->cseq);
  /* The ACK of a refused INVITE belongs to the INVITE's transaction (RFC 3261, 17.1.1.3). */
  guint method = info->method == RUNGS_SIP_METHOD_ACK ? RUNGS_SIP_METHOD_INVITE : info->method;
  guint64 other =
    info->method == RUNGS_SIP_METHOD_OTHER ? rungs_slice_hash (sip->method_name, seeds->seed) : 0;

  key->transaction = rungs_key_mix (rungs_key_mix (base, method),
                                    branch.length > 0 ? rungs_slice_hash (branch, ~seeds->seed) : from);
  key->transaction = rungs_key_mix (key->transaction, rungs_slice_hash (self->sent_by, seeds->seed));
  key->transaction = rungs_key_mix (key->transaction, other);
  key->n_vias = count_vias (sip);
  key->microsoft = speaks_microsoft (sip);
  key->offers_messages = offers_messages_only (info);
  if (self->call_id.length == 0)
    return;
  key->group = rungs_key_mix (rungs_key_mix (base, info->method | info->status << 8), from);
  key->group = rungs_key_mix (rungs_key_mix (key->group, to), other);
  /* Each hop has its own 100 (RFC 3261, 16.2). */
  if (info->status == 100)
    key->group = rungs_key_mix (key->group, key->transaction);
  if (from_tag.length > 0 && to_tag.length > 0)
    key->dialog = rungs_key_mix (call, from + to);
}

static void
take_info (RungsReading *self, const RungsRecord *record, const RungsSipMessage *sip)
{
  RungsMessageInfo *info = &self->info;

  info->data = record->bytes.data;
  info->length = (guint32) MIN (record->bytes.length, G_MAXUINT32);
  info->offset = record->offset;
  info->time = record->time;
  info->status = MIN (sip->status, 1023);
  info->method = sip->method;
  info->request = RUNGS_NO_MESSAGE;
  info->flow = RUNGS_NO_FLOW;
  info->flags = get_flags (record, sip);
  rungs_sip_message_get_cseq (sip, &info->cseq, NULL);
}

void
rungs_reading_take (RungsReading *self,
                    const RungsReadingSeeds *seeds,
                    const RungsRecord *record,
                    RungsSipMessage *sip)
{
  RungsTransport transport = RUNGS_TRANSPORT_UNKNOWN;
  RungsSlice branch = RUNGS_SLICE_EMPTY;

  memset (self, 0, G_STRUCT_OFFSET (RungsReading, outline));
  rungs_sip_message_parse (sip,
                           rungs_slice_sub (record->bytes, 0, G_MAXUINT32),
                           rungs_record_flags_to_parse_flags (record->flags));
  if (seeds->outlines)
    self->has_outline = rungs_sip_outline_write (&self->outline, sip);
  take_info (self, record, sip);
  self->call_id = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_CALL_ID);
  self->call_id_hash = rungs_interner_hash (seeds->strings, self->call_id);
  self->from = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM);
  self->to = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO);
  rungs_sip_via_peek (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_VIA), &transport, &branch, &self->sent_by);
  self->info.transport = record->transport != RUNGS_TRANSPORT_UNKNOWN ? record->transport : transport;
  if (record->transport == RUNGS_TRANSPORT_UNKNOWN)
    self->info.flags |= RUNGS_MESSAGE_TRANSPORT_DERIVED;
  take_key (self, seeds, sip, branch);
  if (sip->status != 0)
    {
      self->date = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_DATE);
      return;
    }
  self->request_uri = sip->request_uri;
  self->route = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_ROUTE);
}
