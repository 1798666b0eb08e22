/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Byte streams that are framed otherwise than SIP.  See rungs-reassembly-framing.h. */

#include "config.h"

#include "rungs-packet-payload.h"
#include "rungs-proxy-header.h"
#include "rungs-reassembly-framing.h"
#include "rungs-reassembly-keepalive.h"
#include "rungs-reassembly-messages.h"
#include "rungs-reassembly-tls.h"
#include "rungs-tls-hello.h"

#define KERBEROS_LONG  (1024 * 1024)
#define KERBEROS_SHORT 16
#define MAX_HEAD       (8 * 1024)
#define MAX_HELLO      (20 * 1024)

/* Some write the length in a segment of its own: then it is believed until the next one came. */
static gboolean
is_kerberos (RungsSlice stream)
{
  guint32 length;

  if (stream.length < 4)
    return stream.length > 0 && stream.data[0] == 0;
  length = rungs_slice_get_number (stream, 0, 4);
  return length >= KERBEROS_SHORT && length <= KERBEROS_LONG &&
         (stream.length == 4 ||
          rungs_packet_payload_is_kerberos (rungs_slice_sub (stream, 4, length), length));
}

/* As far as can be seen. */
static gboolean
is_hep (RungsSlice stream)
{
  return stream.length > 0 && memcmp (stream.data, "HEP3", MIN (stream.length, 4)) == 0 &&
         (stream.length < RUNGS_HEP_HEADER || rungs_hep_get_length (stream) > 0);
}

/* A head that may be the change to WebSocket, as far as can be seen. */
static gboolean
is_http (RungsSlice stream)
{
  static const RungsSlice heads[] = { { "GET ", 4 }, { "HTTP/1.1 101", 12 } };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (stream.length > 0 && memcmp (stream.data, heads[i].data, MIN (stream.length, heads[i].length)) == 0)
      return TRUE;
  return FALSE;
}

/* A part of a header is believed only where the connection begins. */
static gboolean
is_proxy (const RungsReassemblyStream *self, RungsSlice stream)
{
  RungsProxyHeader header;
  RungsProxyHeaderState state = rungs_proxy_header_parse (&header, stream);

  return state == RUNGS_PROXY_HEADER_WHOLE || (state == RUNGS_PROXY_HEADER_MORE && !self->searching);
}

RungsReassemblyProtocol
rungs_reassembly_framing_recognise (const RungsReassemblyStream *self,
                                    const RungsRecord *record,
                                    RungsSlice stream)
{
  g_return_val_if_fail (self != NULL && record != NULL, RUNGS_REASSEMBLY_UNKNOWN);

  if (is_proxy (self, stream))
    return RUNGS_REASSEMBLY_PROXY;
  if ((record->source.port == RUNGS_KERBEROS_PORT || record->destination.port == RUNGS_KERBEROS_PORT) &&
      is_kerberos (stream))
    return RUNGS_REASSEMBLY_KERBEROS;
  if (rungs_packet_payload_is_tls (stream, FALSE))
    return RUNGS_REASSEMBLY_TLS;
  if (is_http (stream))
    return RUNGS_REASSEMBLY_HTTP;
  if (is_hep (stream))
    return RUNGS_REASSEMBLY_HEP;
  if (rungs_websocket_recognise (stream) == RUNGS_WEBSOCKET_YES)
    return RUNGS_REASSEMBLY_WEBSOCKET;
  return RUNGS_REASSEMBLY_UNKNOWN;
}

gboolean
rungs_reassembly_framing_may_follow (RungsSlice stream)
{
  return rungs_websocket_recognise (stream) == RUNGS_WEBSOCKET_MAYBE;
}

/* Kerberos and WebSocket are one message a segment or nearly so: the gap ends where a segment begins with one. */
gsize
rungs_reassembly_framing_find (RungsReassemblyProtocol protocol, RungsSlice stream)
{
  gssize found;

  if (protocol == RUNGS_REASSEMBLY_KERBEROS)
    return is_kerberos (stream) ? 0 : stream.length;
  if (protocol == RUNGS_REASSEMBLY_WEBSOCKET)
    return rungs_websocket_recognise (stream) == RUNGS_WEBSOCKET_YES ? 0 : stream.length;
  found = rungs_slice_find (stream, 0, RUNGS_SLICE_LITERAL ("HEP3"));
  return found >= 0 ? (gsize) found : stream.length;
}

static gsize
take_kerberos (RungsReassemblyStream *self,
               RungsReassemblyContext *context,
               RungsSlice stream,
               guint32 end_flags)
{
  gsize length;

  if (!is_kerberos (stream))
    {
      self->protocol = RUNGS_REASSEMBLY_OTHER;
      return stream.length;
    }
  if (stream.length <= 4 && end_flags != 0)
    {
      rungs_reassembly_stream_drop (self, context, stream.length, RUNGS_UNREAD_TCP_GAP);
      return stream.length;
    }
  length = stream.length > 4 ? rungs_slice_get_number (stream, 0, 4) : 1;
  if (stream.length < 4 + length && end_flags == 0)
    {
      self->work->wanted = 4 + length;
      return 0;
    }
  rungs_reassembly_stream_take_record (self,
                                       context,
                                       4,
                                       MIN (length, stream.length - 4),
                                       RUNGS_RECORD_KERBEROS,
                                       stream.length < 4 + length ? end_flags : 0);
  return MIN (stream.length, 4 + length);
}

/* The packet is read where it was joined to be looked at, and the message inside gathered from the pieces. */
static gsize
take_hep (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsSlice stream, guint32 end_flags)
{
  gsize length = rungs_hep_get_length (stream);
  guint outcome = RUNGS_UNREAD_OTHER_PROTOCOL;
  RungsHep hep;

  if (!is_hep (stream))
    {
      self->protocol = RUNGS_REASSEMBLY_OTHER;
      return stream.length;
    }
  if (end_flags == 0 && (length == 0 || stream.length < length))
    {
      self->work->wanted = MAX (length, stream.length + 1);
      return 0;
    }
  if (length == 0 || stream.length < length)
    {
      length = stream.length;
      outcome = RUNGS_UNREAD_TCP_GAP;
    }
  if (rungs_hep_parse (&hep, rungs_slice_sub (stream, 0, length)) && hep.payload.length > 0)
    {
      RungsRecord outer = context->record;

      rungs_reassembly_stream_gather (self,
                                      context,
                                      rungs_slice_offset_in (hep.payload, stream),
                                      hep.payload.length,
                                      outcome == RUNGS_UNREAD_TCP_GAP ? end_flags : 0);
      if (rungs_pcap_payload_read_hep (context->payload, &hep, &context->record) == RUNGS_PCAP_READ)
        outcome = RUNGS_PCAP_READ;
      context->record = outer;
    }
  rungs_reassembly_stream_drop (self, context, length, outcome);
  return length;
}

/* RFC 6455, 4: behind the two heads frames follow. */
static gsize
take_http (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsSlice stream, guint32 end_flags)
{
  gssize end = rungs_slice_find (stream, 0, RUNGS_SLICE_LITERAL ("\r\n\r\n"));

  if (!is_http (stream) && is_hep (stream))
    {
      self->protocol = RUNGS_REASSEMBLY_HEP;
      return take_hep (self, context, stream, end_flags);
    }
  if (is_http (stream) && end < 0 && end_flags == 0 && stream.length < MAX_HEAD)
    {
      self->work->wanted = stream.length + 1;
      return 0;
    }
  if (!is_http (stream) || end < 0 || !rungs_websocket_is_upgrade (rungs_slice_sub (stream, 0, end + 2)))
    {
      self->protocol = RUNGS_REASSEMBLY_OTHER;
      return stream.length;
    }
  self->protocol = RUNGS_REASSEMBLY_WEBSOCKET;
  rungs_reassembly_stream_drop (self, context, end + 4, RUNGS_UNREAD_HTTP);
  return end + 4;
}

/* A message of data → a record, or why it is none. */
static guint
read_websocket (RungsReassemblyStream *self,
                RungsReassemblyContext *context,
                const RungsWebsocketMessage *message)
{
  RungsRecord record;

  if (message->unreadable)
    return RUNGS_UNREAD_COMPRESSED;
  if (message->bytes.length == 0)
    return RUNGS_UNREAD_KEEPALIVE;
  if (message->changed)
    {
      gint64 time;

      rungs_reassembly_stream_gather (self, context, message->done - 1, 1, 0);
      time = context->record.time;
      rungs_reassembly_stream_gather (self, context, message->place, 1, 0);
      record = context->record;
      record.time = time;
      record.bytes = message->bytes;
      record.flags |= RUNGS_RECORD_JOINED | RUNGS_RECORD_DECODED;
    }
  else
    {
      rungs_reassembly_stream_gather (self, context, message->place, message->bytes.length, 0);
      record = context->record;
    }
  record.transport = RUNGS_TRANSPORT_WS;
  record.flags &= ~RUNGS_RECORD_STREAM;
  return rungs_pcap_payload_read (context->payload,
                                  &record,
                                  record.bytes.length + (message->truncated ? 1 : 0));
}

static gsize
take_websocket (RungsReassemblyStream *self,
                RungsReassemblyContext *context,
                RungsSlice stream,
                guint32 end_flags)
{
  guint outcome = RUNGS_UNREAD_KEEPALIVE;
  RungsWebsocketMessage message;

  if (self->work->websocket == NULL)
    self->work->websocket = rungs_websocket_new ();
  if (!rungs_websocket_read (self->work->websocket, stream, end_flags != 0, context->arena, &message))
    {
      self->protocol = RUNGS_REASSEMBLY_OTHER;
      return stream.length;
    }
  if (message.done == 0)
    {
      self->work->wanted = message.wanted;
      return 0;
    }
  if (message.opcode == RUNGS_WEBSOCKET_TEXT || message.opcode == RUNGS_WEBSOCKET_BINARY)
    outcome = read_websocket (self, context, &message);
  if (message.truncated && outcome != RUNGS_PCAP_READ)
    outcome = RUNGS_UNREAD_TCP_GAP;
  if (outcome == RUNGS_UNREAD_KEEPALIVE && message.opcode != RUNGS_WEBSOCKET_CLOSE)
    rungs_reassembly_keepalive_count (self, context, message.done);
  rungs_reassembly_stream_drop (self, context, message.done, outcome);
  return message.done;
}

/* From now on the side at work speaks for @address. */
static void
keep_client (RungsReassemblyContext *context, const RungsAddress *address)
{
  RungsAddress *client = rungs_arena_allocate (context->arena, sizeof *client);

  *client = context->record.source = *address;
  if (*context->clients == NULL)
    {
      *context->clients = rungs_arena_allocate (context->arena, sizeof **context->clients);
      **context->clients = (RungsReassemblyClients){ { NULL, NULL } };
    }
  (*context->clients)->addresses[context->sender] = client;
}

/* The first bytes of the header of version 2 are those of a keep-alive. */
static gsize
take_proxy (RungsReassemblyStream *self,
            RungsReassemblyContext *context,
            RungsSlice stream,
            guint32 end_flags)
{
  RungsProxyHeader header;
  RungsProxyHeaderState state = rungs_proxy_header_parse (&header, stream);

  if (state == RUNGS_PROXY_HEADER_MORE && end_flags == 0)
    {
      self->work->wanted = stream.length + 1;
      return 0;
    }
  self->protocol = RUNGS_REASSEMBLY_UNKNOWN;
  if (state == RUNGS_PROXY_HEADER_MORE && rungs_slice_trim (stream).length == 0)
    {
      rungs_reassembly_keepalive_count (self, context, stream.length);
      rungs_reassembly_stream_drop (self, context, stream.length, RUNGS_UNREAD_KEEPALIVE);
    }
  else if (state != RUNGS_PROXY_HEADER_NONE)
    {
      if (header.source.kind != RUNGS_ADDRESS_NONE && context->clients != NULL)
        keep_client (context, &header.source);
      if (state == RUNGS_PROXY_HEADER_MORE)
        {
          rungs_reassembly_stream_drop (self, context, stream.length, RUNGS_UNREAD_CUT_SHORT);
          return stream.length;
        }
      rungs_reassembly_stream_drop (self, context, header.length, RUNGS_UNREAD_PROXY_HEADER);
      return header.length;
    }
  return 0;
}

static gsize
take_tls (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsSlice stream, guint32 end_flags)
{
  gsize length = rungs_tls_hello_get_length (stream);

  if (end_flags == 0 && stream.length < MAX_HELLO && (length == 0 || stream.length < length))
    {
      self->work->wanted = MAX (length, stream.length + 1);
      return 0;
    }
  rungs_reassembly_tls_read_hello (context, stream);
  self->protocol = RUNGS_REASSEMBLY_ENCRYPTED;
  return stream.length;
}

gsize
rungs_reassembly_framing_take (RungsReassemblyStream *self,
                               RungsReassemblyContext *context,
                               RungsSlice stream,
                               guint32 end_flags)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (context != NULL, 0);
  g_return_val_if_fail (stream.length == self->work->held.n_bytes, 0);

  switch (self->protocol)
    {
    case RUNGS_REASSEMBLY_HEP:
      return take_hep (self, context, stream, end_flags);
    case RUNGS_REASSEMBLY_HTTP:
      return take_http (self, context, stream, end_flags);
    case RUNGS_REASSEMBLY_WEBSOCKET:
      return take_websocket (self, context, stream, end_flags);
    case RUNGS_REASSEMBLY_TLS:
      return take_tls (self, context, stream, end_flags);
    case RUNGS_REASSEMBLY_PROXY:
      return take_proxy (self, context, stream, end_flags);
    default:
      return take_kerberos (self, context, stream, end_flags);
    }
}
