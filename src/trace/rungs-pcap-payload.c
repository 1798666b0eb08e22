/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Payloads → records.  See rungs-pcap-payload.h. */

#include "config.h"

#include <gio/gio.h>

#include "rungs-packet-payload.h"
#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"
#include "rungs-proxy-header.h"
#include "rungs-sip-frame.h"

#define MAX_UNPACKED (1024 * 1024)
#define HEP_SIP      1

void
rungs_pcap_payload_init (RungsPcapPayload *self, RungsArena *arena, RungsSink *sink)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
  self->arena = arena;
  self->sink = sink;
}

void
rungs_pcap_payload_clear (RungsPcapPayload *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->comments, g_hash_table_unref);
}

void
rungs_pcap_payload_set_asides (RungsPcapPayload *self, gsize offset, RungsSlice interface, RungsSlice comment)
{
  g_return_if_fail (self != NULL);

  self->interface = interface;
  self->comment = comment;
  if (comment.length == 0)
    return;
  if (self->comments == NULL)
    self->comments = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->comments, GSIZE_TO_POINTER (offset), g_memdup2 (&comment, sizeof comment));
}

RungsSlice
rungs_pcap_payload_get_comment (const RungsPcapPayload *self, gsize offset)
{
  const RungsSlice *comment;

  g_return_val_if_fail (self != NULL, RUNGS_SLICE_EMPTY);

  if (G_LIKELY (self->comments == NULL))
    return RUNGS_SLICE_EMPTY;
  comment = g_hash_table_lookup (self->comments, GSIZE_TO_POINTER (offset));
  return comment != NULL ? *comment : RUNGS_SLICE_EMPTY;
}

/* Whether a datagram is to be shown, be it malformed. */
static gboolean
is_sip (RungsSlice payload)
{
  return rungs_sip_looks_like_message (payload) && !rungs_packet_payload_is_foreign (payload);
}

static guint
take (RungsPcapPayload *self, RungsRecord *record, RungsRecordKind kind)
{
  record->kind = kind;
  record->flags |= self->flags;
  if (record->agent.length == 0)
    record->agent = self->interface;
  if (record->comment.length == 0)
    record->comment = self->comment;
  if (G_UNLIKELY (self->locate != NULL))
    record->offset = self->locate (self->locate_data, record->offset);
  self->sink->record (self->sink, record);
  return RUNGS_PCAP_READ;
}

static guint
take_sip (RungsPcapPayload *self, RungsRecord *record)
{
  gsize blank = 0;

  while (blank < record->bytes.length &&
         (record->bytes.data[blank] == '\r' || record->bytes.data[blank] == '\n'))
    blank++;
  record->bytes = rungs_slice_skip (record->bytes, blank);
  record->offset += blank;
  return take (self, record, RUNGS_RECORD_SIP);
}

/* A zlib stream → its content in the arena, empty where it is none; cut at the limit.
 * Returns: whether it is whole */
static gboolean
unpack (RungsPcapPayload *self, RungsSlice *bytes)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();
  RungsSlice rest = *bytes;
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize length = 0;

  while (result != G_CONVERTER_FINISHED && length < MAX_UNPACKED && rest.length > 0)
    {
      gsize n_read, n_written;

      g_byte_array_set_size (unpacked, MIN (MAX_UNPACKED, MAX (4096, length * 2)));
      result = g_converter_convert (converter,
                                    rest.data,
                                    rest.length,
                                    unpacked->data + length,
                                    unpacked->len - length,
                                    G_CONVERTER_INPUT_AT_END,
                                    &n_read,
                                    &n_written,
                                    NULL);
      if (result == G_CONVERTER_ERROR || (n_read == 0 && n_written == 0))
        break;
      rest = rungs_slice_skip (rest, n_read);
      length += n_written;
    }
  *bytes = rungs_arena_copy (self->arena, rungs_slice ((const char *) unpacked->data, length));
  return result == G_CONVERTER_FINISHED;
}

/* The name of the agent, or its number; written down once while it stays the same. */
static RungsSlice
get_agent (RungsPcapPayload *self, const RungsHep *hep)
{
  char number[16];
  RungsSlice agent = hep->node;

  if (agent.length == 0 && hep->has_agent)
    {
      g_snprintf (number, sizeof number, "%u", hep->agent);
      agent = rungs_slice_from_string (number);
    }
  if (agent.length == 0)
    return agent;
  for (guint i = 0; i < RUNGS_PCAP_N_AGENTS; i++)
    if (rungs_slice_equal (self->agents[i], agent))
      return self->agents[i];
  agent = rungs_arena_copy (self->arena, agent);
  self->agents[self->next_agent] = agent;
  self->next_agent = (self->next_agent + 1) % RUNGS_PCAP_N_AGENTS;
  return agent;
}

/* Of what was cut before anybody could tell what it is, that is the reason. */
static guint
get_reason (const RungsRecord *record, gsize length)
{
  RungsUnreadReason reason =
    rungs_packet_payload_get_reason (record->bytes, length, record->source.port, record->destination.port);

  if (length > record->bytes.length &&
      (reason == RUNGS_UNREAD_KEEPALIVE ||
       (reason == RUNGS_UNREAD_OTHER_PROTOCOL && record->bytes.length < RUNGS_PCAP_ENOUGH)))
    return RUNGS_UNREAD_CUT_SHORT;
  return reason;
}

guint
rungs_pcap_payload_read_hep (RungsPcapPayload *self, const RungsHep *hep, RungsRecord *record)
{
  guint32 flags;
  guint outcome;

  g_return_val_if_fail (self != NULL && hep != NULL && record != NULL, RUNGS_UNREAD_OTHER_PROTOCOL);

  if (hep->protocol > HEP_SIP)
    return RUNGS_UNREAD_OTHER_PROTOCOL;
  if (hep->compressed)
    {
      gboolean whole = unpack (self, &record->bytes);

      if (record->bytes.length == 0)
        return (record->flags & RUNGS_RECORD_TRUNCATED) != 0 ? RUNGS_UNREAD_CUT_SHORT : RUNGS_UNREAD_BROKEN;
      record->flags |= RUNGS_RECORD_JOINED | RUNGS_RECORD_DECODED | (whole ? 0 : RUNGS_RECORD_TRUNCATED);
    }
  if (!is_sip (record->bytes))
    return get_reason (record,
                       record->bytes.length + ((record->flags & RUNGS_RECORD_TRUNCATED) != 0 ? 1 : 0));
  record->source = hep->source;
  record->destination = hep->destination;
  record->transport = hep->transport;
  record->connection = 0;
  record->agent = get_agent (self, hep);
  if (hep->time == RUNGS_TIME_NONE)
    return take_sip (self, record);
  record->time = hep->time;
  flags = self->flags;
  self->flags = 0;
  outcome = take_sip (self, record);
  self->flags = flags;
  return outcome;
}

static gboolean
is_hep (RungsSlice payload, RungsHep *hep)
{
  return payload.length > RUNGS_HEP_HEADER &&
         (payload.data[0] == 'H' || payload.data[0] == 1 || payload.data[0] == 2) &&
         rungs_hep_parse (hep, payload) && (payload.data[0] == 'H' || is_sip (hep->payload));
}

/* Kerberos is read where it is at home. */
static gboolean
is_kerberos (RungsSlice payload, const RungsRecord *record, gsize length)
{
  return (record->source.port == RUNGS_KERBEROS_PORT || record->destination.port == RUNGS_KERBEROS_PORT) &&
         rungs_packet_payload_is_kerberos (payload, length);
}

/* A load balancer passes datagrams on with the same header as connections. */
static void
skip_proxy_header (RungsRecord *record, gsize *length)
{
  RungsProxyHeader header;

  if (record->bytes.length == 0 || (record->bytes.data[0] != '\r' && record->bytes.data[0] != 'P') ||
      rungs_proxy_header_parse (&header, record->bytes) != RUNGS_PROXY_HEADER_WHOLE)
    return;
  record->bytes = rungs_slice_skip (record->bytes, header.length);
  record->offset += header.length;
  *length -= header.length;
  if (header.source.kind != RUNGS_ADDRESS_NONE)
    record->source = header.source;
}

gboolean
rungs_pcap_payload_may_read (RungsSlice beginning, const RungsRecord *record, gsize length)
{
  RungsRecord payload = { 0 };
  RungsHep hep;

  g_return_val_if_fail (record != NULL, FALSE);

  payload.bytes = beginning;
  skip_proxy_header (&payload, &length);
  beginning = payload.bytes;
  return is_hep (beginning, &hep) || is_sip (beginning) || is_kerberos (beginning, record, length);
}

guint
rungs_pcap_payload_read (RungsPcapPayload *self, RungsRecord *record, gsize length)
{
  RungsSlice payload;
  RungsHep hep;

  g_return_val_if_fail (self != NULL && record != NULL, RUNGS_UNREAD_OTHER_PROTOCOL);

  skip_proxy_header (record, &length);
  payload = record->bytes;
  if (length > payload.length)
    record->flags |= RUNGS_RECORD_TRUNCATED;
  if (is_hep (payload, &hep))
    {
      if (hep.payload.length == 0)
        return length > payload.length ? RUNGS_UNREAD_CUT_SHORT : RUNGS_UNREAD_OTHER_PROTOCOL;
      record->bytes = hep.payload;
      record->offset += rungs_slice_offset_in (hep.payload, payload);
      return rungs_pcap_payload_read_hep (self, &hep, record);
    }
  if (is_sip (payload))
    return take_sip (self, record);
  if (is_kerberos (payload, record, length))
    return take (self, record, RUNGS_RECORD_KERBEROS);
  return get_reason (record, length);
}
