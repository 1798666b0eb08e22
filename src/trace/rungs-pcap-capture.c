/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Frames → records.  See rungs-pcap-capture.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-exported-pdu.h"
#include "rungs-media-counter.h"
#include "rungs-packet-payload.h"
#include "rungs-packet.h"
#include "rungs-pcap-capture.h"
#include "rungs-pcap-payload.h"
#include "rungs-reassembly-ip.h"
#include "rungs-reassembly-pdu.h"
#include "rungs-reassembly-sctp.h"
#include "rungs-reassembly-tcp.h"
#include "rungs-sip-frame.h"

#define PROGRESS_STEP (128 * 1024)
#define MAX_TUNNELS   16
#define SETTLED       (RUNGS_PCAP_READ + 1) /* an outcome: somebody else has seen to it */

enum
{
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_SCTP = 132,
};

struct _RungsPcapCapture
{
  RungsSlice bytes;
  RungsArena *arena;
  RungsSink *sink;
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  const RungsReassemblyDatagram *datagram; /* that is being read */
  RungsReassemblyTcp *tcp;
  RungsReassemblyIp *ip;
  RungsReassemblySctp *sctp;
  RungsReassemblyPdu *pdu;
  RungsMediaCounter *media;
  guint64 next_progress;
  guint64 n_known;
  guint64 n_unknown;
  guint unknown_link;
};

static void handle_datagram (gpointer data, const RungsReassemblyDatagram *datagram);

RungsPcapCapture *
rungs_pcap_capture_new (RungsSlice bytes, RungsArena *arena, RungsSink *sink)
{
  RungsPcapCapture *self;

  g_return_val_if_fail (arena != NULL, NULL);
  g_return_val_if_fail (sink != NULL, NULL);

  self = g_new0 (RungsPcapCapture, 1);
  self->bytes = bytes;
  self->arena = arena;
  self->sink = sink;
  rungs_pcap_ledger_init (&self->ledger, sink);
  rungs_pcap_payload_init (&self->payload, arena, sink);
  self->tcp = rungs_reassembly_tcp_new (bytes, arena, &self->ledger, &self->payload);
  self->ip = rungs_reassembly_ip_new (handle_datagram, self, &self->ledger);
  self->sctp = rungs_reassembly_sctp_new (bytes, &self->ledger, &self->payload);
  self->pdu = rungs_reassembly_pdu_new (bytes, arena, &self->ledger, &self->payload);
  self->media = rungs_media_counter_new (&self->ledger);
  return self;
}

void
rungs_pcap_capture_free (RungsPcapCapture *self)
{
  if (self == NULL)
    return;
  rungs_reassembly_tcp_free (self->tcp);
  rungs_reassembly_ip_free (self->ip);
  rungs_reassembly_sctp_free (self->sctp);
  rungs_reassembly_pdu_free (self->pdu);
  rungs_media_counter_free (self->media);
  rungs_pcap_payload_clear (&self->payload);
  g_free (self);
}

static void
set_address (RungsAddress *address, const RungsPacket *packet, const guint8 *bytes, guint16 port)
{
  address->kind = packet->version == 4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6;
  address->port = port;
  memcpy (address->bytes, bytes, sizeof address->bytes);
}

static gboolean
begins_message (RungsSlice payload)
{
  gssize newline = rungs_slice_find_char (payload, 0, '\n');

  return newline > 0 && rungs_sip_is_start_line (rungs_slice_sub (payload, 0, newline));
}

/* A client may have drawn the port of a tunnel for itself. */
static inline gboolean
may_be_tunnel (const RungsPacket *packet)
{
  return (rungs_packet_is_tunnel_port (packet->destination_port) ||
          rungs_packet_is_tunnel_port (packet->source_port)) &&
         !begins_message (packet->payload);
}

static void
handle_udp (RungsPcapCapture *self, const RungsPacket *packet, const RungsPcapFrame *frame)
{
  RungsRecord record = { .bytes = packet->payload,
                         .offset = rungs_slice_offset_in (packet->payload, self->bytes),
                         .time = frame->time,
                         .transport = RUNGS_TRANSPORT_UDP };
  guint outcome;

  set_address (&record.source, packet, packet->source, packet->source_port);
  set_address (&record.destination, packet, packet->destination, packet->destination_port);
  outcome = rungs_pcap_payload_read (&self->payload, &record, packet->payload.length + packet->missing);
  if (outcome == RUNGS_UNREAD_OTHER_PROTOCOL ||
      (outcome == RUNGS_UNREAD_CUT_SHORT && packet->payload.length > 0))
    {
      rungs_media_counter_push (self->media, packet, frame->range, frame->time, outcome);
      return;
    }
  if (outcome == RUNGS_UNREAD_KEEPALIVE)
    rungs_media_counter_push_keepalive (self->media, packet, frame->time);
  else if (outcome == RUNGS_UNREAD_ENCRYPTED)
    rungs_media_counter_push_encrypted (self->media, packet, frame->time);
  rungs_pcap_ledger_settle (&self->ledger, frame->range, outcome);
}

static RungsSlice
join_fragments (const RungsReassemblyDatagram *datagram, RungsArena *arena)
{
  const RungsReassemblyFragment *fragments =
    (const RungsReassemblyFragment *) (gpointer) datagram->fragments->data;
  gsize length = 0;
  char *joined;

  if (datagram->n_usable == 1)
    return fragments[0].bytes;
  for (guint i = 0; i < datagram->n_usable; i++)
    length += fragments[i].bytes.length;
  joined = rungs_arena_allocate (arena, MAX (1, length));
  length = 0;
  for (guint i = 0; i < datagram->n_usable; i++)
    {
      memcpy (joined + length, fragments[i].bytes.data, fragments[i].bytes.length);
      length += fragments[i].bytes.length;
    }
  return rungs_slice (joined, length);
}

/* Where in the file the byte @place of the datagram that is being read stands. */
static guint64
locate (gpointer data, guint64 place)
{
  RungsPcapCapture *self = data;
  const RungsReassemblyDatagram *datagram = self->datagram;
  guint i = 0;

  while (i + 1 < datagram->n_usable &&
         g_array_index (datagram->fragments, RungsReassemblyFragment, i + 1).offset <= place)
    i++;
  return place - g_array_index (datagram->fragments, RungsReassemblyFragment, i).offset +
         rungs_slice_offset_in (g_array_index (datagram->fragments, RungsReassemblyFragment, i).bytes,
                                self->bytes);
}

/* Whether a datagram may be something is asked of its first fragment, so that nothing else is joined.
 * Returns: what becomes of the fragments */
static guint
handle_fragmented_udp (RungsPcapCapture *self,
                       const RungsPacket *packet,
                       const RungsReassemblyDatagram *datagram,
                       gsize place)
{
  RungsRecord record = { .time = datagram->time,
                         .transport = RUNGS_TRANSPORT_UDP,
                         .offset = place,
                         .flags = datagram->complete ? 0 : RUNGS_RECORD_TRUNCATED };
  gsize length = packet->payload.length + packet->missing;
  guint outcome;

  set_address (&record.source, packet, packet->source, packet->source_port);
  set_address (&record.destination, packet, packet->destination, packet->destination_port);
  if (!rungs_pcap_payload_may_read (packet->payload, &record, length))
    return rungs_packet_payload_get_reason (packet->payload,
                                            length,
                                            packet->source_port,
                                            packet->destination_port);
  record.flags |= datagram->n_usable > 1 ? RUNGS_RECORD_JOINED : 0;
  record.bytes = rungs_slice_sub (join_fragments (datagram, self->arena), place, length);
  self->datagram = datagram;
  self->payload.locate = locate;
  self->payload.locate_data = self;
  outcome = rungs_pcap_payload_read (&self->payload, &record, length);
  self->payload.locate = NULL;
  return outcome;
}

/* A segment that came in fragments is as good as several smaller segments, and needs no joining. */
static void
handle_fragmented_tcp (RungsPcapCapture *self,
                       RungsPacket *packet,
                       const RungsReassemblyDatagram *datagram,
                       gsize place)
{
  const gsize end = place + packet->payload.length + packet->missing;
  const guint fin = packet->tcp_flags & RUNGS_PACKET_FIN;

  packet->tcp_flags &= ~RUNGS_PACKET_FIN;
  for (guint i = 0; i < datagram->n_usable; i++)
    {
      const RungsReassemblyFragment *fragment =
        &g_array_index (datagram->fragments, RungsReassemblyFragment, i);

      if (i > 0 && fragment->bytes.length == 0)
        continue;
      if (i > 0)
        packet->payload =
          rungs_slice_sub (fragment->bytes, 0, end > fragment->offset ? end - fragment->offset : 0);
      packet->missing = fragment->missing;
      packet->tcp_flags |= i + 1 == datagram->n_usable ? fin : 0;
      rungs_reassembly_tcp_push (self->tcp, packet, fragment->range, datagram->time);
      packet->sequence +=
        packet->payload.length + packet->missing + ((packet->tcp_flags & RUNGS_PACKET_SYN) != 0 ? 1 : 0);
      packet->tcp_flags &= ~RUNGS_PACKET_SYN;
    }
}

static void
handle_fragmented_sctp (RungsPcapCapture *self,
                        RungsPacket *packet,
                        const RungsReassemblyDatagram *datagram,
                        gsize place)
{
  RungsSlice joined = join_fragments (datagram, self->arena);

  packet->payload = rungs_slice_sub (joined, place, packet->payload.length + packet->missing);
  rungs_reassembly_sctp_push_joined (self->sctp, packet, datagram, joined);
}

/* Why a packet is not read that is neither damaged nor of a transport that Rungs knows. */
static RungsUnreadReason
get_reason (RungsPacketKind kind)
{
  switch (kind)
    {
    case RUNGS_PACKET_NETWORK:
      return RUNGS_UNREAD_NETWORK;
    case RUNGS_PACKET_ENCRYPTED:
      return RUNGS_UNREAD_ENCRYPTED_PACKET;
    case RUNGS_PACKET_COMPRESSED:
      return RUNGS_UNREAD_COMPRESSED;
    case RUNGS_PACKET_TOO_DEEP:
      return RUNGS_UNREAD_LIMIT;
    case RUNGS_PACKET_LINK_UNKNOWN:
      return RUNGS_UNREAD_LINK_UNKNOWN;
    default:
      return RUNGS_UNREAD_OTHER_PROTOCOL;
    }
}

/* The headers must all stand in the first fragment: @packet is what they say, tunnels included.
 * Returns: what becomes of the fragments that are usable; SETTLED where they are settled already */
static guint
handle_fragments (RungsPcapCapture *self, const RungsReassemblyDatagram *datagram)
{
  const RungsReassemblyFragment *fragments =
    (const RungsReassemblyFragment *) (gpointer) datagram->fragments->data;
  const RungsReassemblyFragment *last = &fragments[datagram->n_usable - 1];
  RungsSlice first = fragments[0].bytes;
  RungsPacket packet = datagram->packet;
  RungsPacketKind kind;

  packet.payload = first;
  packet.missing = last->offset + last->bytes.length - first.length;
  kind = rungs_packet_decode_datagram (&packet, TRUE);
  for (guint n = 0; kind == RUNGS_PACKET_UDP && may_be_tunnel (&packet) && n < MAX_TUNNELS; n++)
    {
      RungsPacket inner = packet;
      RungsPacketKind inner_kind = rungs_packet_decode_tunnel (&inner, TRUE);

      if (inner_kind == RUNGS_PACKET_UDP && inner.payload.data == packet.payload.data)
        break;
      kind = inner_kind;
      packet = inner;
    }
  if (kind == RUNGS_PACKET_UDP)
    return handle_fragmented_udp (self, &packet, datagram, packet.payload.data - first.data);
  if (kind == RUNGS_PACKET_TCP)
    handle_fragmented_tcp (self, &packet, datagram, packet.payload.data - first.data);
  else if (kind == RUNGS_PACKET_SCTP)
    handle_fragmented_sctp (self, &packet, datagram, packet.payload.data - first.data);
  else
    return get_reason (kind);
  return SETTLED;
}

static void
handle_datagram (gpointer data, const RungsReassemblyDatagram *datagram)
{
  RungsPcapCapture *self = data;
  guint outcome = RUNGS_UNREAD_OTHER_PROTOCOL;

  if (datagram->n_usable > 0)
    outcome = handle_fragments (self, datagram);
  for (guint i = 0; i < datagram->fragments->len; i++)
    {
      const RungsReassemblyFragment *fragment =
        &g_array_index (datagram->fragments, RungsReassemblyFragment, i);
      RungsPcapRange range = fragment->range;

      if (i > 0 && i < datagram->n_usable && fragment->bytes.length == 0)
        rungs_pcap_ledger_settle (&self->ledger,
                                  range,
                                  fragment->missing > 0 ? RUNGS_UNREAD_CUT_SHORT
                                                        : RUNGS_UNREAD_TCP_RETRANSMISSION);
      else if (i < datagram->n_usable && outcome == SETTLED)
        continue;
      else if (i < datagram->n_usable && outcome == RUNGS_PCAP_READ)
        rungs_pcap_ledger_settle (&self->ledger, range, RUNGS_PCAP_READ);
      else
        /* What is not usable is of nothing that could be read, also where it stands behind the end of a complete datagram. */
        rungs_pcap_ledger_settle (&self->ledger,
                                  range,
                                  i < datagram->n_usable && datagram->complete
                                    ? outcome
                                    : RUNGS_UNREAD_FRAGMENT_INCOMPLETE);
    }
}

static gboolean
report_progress (RungsPcapCapture *self, guint64 offset)
{
  if (G_LIKELY (offset < self->next_progress))
    return TRUE;
  self->next_progress = offset + PROGRESS_STEP;
  return self->sink->progress (self->sink, offset);
}

/* Headers that are not there to their end, or contradict themselves: told apart by whether the capture cut the frame. */
static RungsUnreadReason
get_damage (const RungsPcapFrame *frame, RungsPacketKind kind)
{
  if (kind == RUNGS_PACKET_CUT && frame->bytes.length < frame->length)
    return RUNGS_UNREAD_CUT_SHORT;
  return RUNGS_UNREAD_BROKEN;
}

static void
handle_packet (RungsPcapCapture *self,
               const RungsPacket *packet,
               RungsPacketKind kind,
               const RungsPcapFrame *frame)
{
  switch (kind)
    {
    case RUNGS_PACKET_UDP:
      handle_udp (self, packet, frame);
      break;
    case RUNGS_PACKET_TCP:
      rungs_reassembly_tcp_push (self->tcp, packet, frame->range, frame->time);
      break;
    case RUNGS_PACKET_SCTP:
      rungs_reassembly_sctp_push (self->sctp, packet, frame->range, frame->time);
      break;
    case RUNGS_PACKET_FRAGMENT:
      rungs_reassembly_ip_push (self->ip, packet, frame->range, frame->time);
      break;
    default:
      rungs_pcap_ledger_settle (&self->ledger, frame->range, get_reason (kind));
      break;
    case RUNGS_PACKET_CUT:
    case RUNGS_PACKET_BROKEN:
      rungs_pcap_ledger_settle (&self->ledger, frame->range, get_damage (frame, kind));
      break;
    }
}

/* Looks into UDP as long as it is a tunnel. */
static void
handle_tunnel (RungsPcapCapture *self, RungsPacket *packet, const RungsPcapFrame *frame)
{
  RungsPacketKind kind = RUNGS_PACKET_UDP;

  for (guint n = 0; kind == RUNGS_PACKET_UDP && may_be_tunnel (packet); n++)
    {
      const char *outer = packet->payload.data;

      kind = n < MAX_TUNNELS ? rungs_packet_decode_tunnel (packet, frame->bytes.length < frame->length)
                             : RUNGS_PACKET_TOO_DEEP;
      if (packet->payload.data != outer)
        continue;
      kind = kind == RUNGS_PACKET_BROKEN ? RUNGS_PACKET_OTHER : kind;
      break;
    }
  handle_packet (self, packet, kind, frame);
}

static void
handle_exported_message (RungsPcapCapture *self, const RungsPacket *packet, const RungsPcapFrame *frame)
{
  RungsRecord record = { .bytes = packet->payload,
                         .offset = rungs_slice_offset_in (packet->payload, self->bytes),
                         .time = frame->time };

  if (packet->protocol == PROTOCOL_UDP)
    record.transport = RUNGS_TRANSPORT_UDP;
  else if (packet->protocol == PROTOCOL_SCTP)
    record.transport = RUNGS_TRANSPORT_SCTP;
  if (packet->version != 0)
    {
      set_address (&record.source, packet, packet->source, packet->source_port);
      set_address (&record.destination, packet, packet->destination, packet->destination_port);
    }
  rungs_pcap_ledger_settle (&self->ledger,
                            frame->range,
                            packet->payload.length > 0
                              ? rungs_pcap_payload_read (&self->payload,
                                                         &record,
                                                         packet->payload.length + packet->missing)
                            : packet->missing > 0 ? RUNGS_UNREAD_CUT_SHORT
                                                  : RUNGS_UNREAD_KEEPALIVE);
}

/* A unit that Wireshark exported: of a stream, a message that stands for itself, or a packet with its headers. */
static void
handle_exported (RungsPcapCapture *self, const RungsPcapFrame *frame)
{
  gboolean cut = frame->bytes.length < frame->length;
  RungsExportedPdu pdu;
  guint link;

  if (!rungs_exported_pdu_parse (&pdu, frame->bytes))
    {
      handle_packet (self, &pdu.packet, RUNGS_PACKET_CUT, frame);
      return;
    }
  pdu.packet.missing = cut ? frame->length - frame->bytes.length : 0;
  link = rungs_exported_pdu_get_link (&pdu);
  if (link != 0)
    {
      RungsPacketKind kind = rungs_packet_decode (&pdu.packet, link, pdu.packet.payload, cut);

      if (kind == RUNGS_PACKET_UDP && may_be_tunnel (&pdu.packet))
        handle_tunnel (self, &pdu.packet, frame);
      else
        handle_packet (self, &pdu.packet, kind, frame);
    }
  else if (pdu.packet.protocol == PROTOCOL_TCP)
    {
      rungs_reassembly_pdu_push (self->pdu, &pdu, frame->range, frame->time);
    }
  else
    {
      handle_exported_message (self, &pdu.packet, frame);
    }
}

static void
count_link (RungsPcapCapture *self, RungsPacketKind kind, guint link_type)
{
  if (kind != RUNGS_PACKET_LINK_UNKNOWN || link_type == RUNGS_LINK_EXPORTED_PDU)
    {
      self->n_known++;
      return;
    }
  self->n_unknown++;
  self->unknown_link = link_type;
}

/* Divides @frame, of which @packet is only the first: it becomes the first, @rest what is behind it. */
static void
divide (RungsPcapCapture *self, const RungsPacket *packet, RungsPcapFrame *frame, RungsPcapFrame *rest)
{
  gsize place = rungs_slice_offset_in (packet->rest, self->bytes) - frame->range.offset;
  gsize taken = packet->rest.data - frame->bytes.data;

  *rest = *frame;
  rest->bytes = packet->rest;
  rest->length = frame->length - taken;
  rest->link_type = RUNGS_LINK_SUBFRAME;
  rest->range.offset += place;
  rest->range.length -= place;
  frame->range.length = place;
  frame->bytes.length = taken;
  frame->length = taken;
}

gboolean
rungs_pcap_capture_push (RungsPcapCapture *self, const RungsPcapFrame *frame)
{
  guint64 end;
  RungsPcapFrame part, rest;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (frame != NULL, FALSE);

  end = frame->range.offset + frame->range.length;
  part = *frame;
  for (;;)
    {
      gboolean cut = part.bytes.length < part.length;
      RungsPacket packet;
      RungsPacketKind kind = rungs_packet_decode (&packet, part.link_type, part.bytes, cut);
      gboolean divided = packet.rest.length > 0;

      count_link (self, kind, part.link_type);
      if (G_UNLIKELY (divided))
        divide (self, &packet, &part, &rest);
      if (G_UNLIKELY (part.link_type == RUNGS_LINK_EXPORTED_PDU))
        handle_exported (self, &part);
      else if (kind == RUNGS_PACKET_UDP && may_be_tunnel (&packet))
        handle_tunnel (self, &packet, &part);
      else
        handle_packet (self, &packet, kind, &part);
      if (G_LIKELY (!divided))
        return report_progress (self, end);
      part = rest;
    }
}

gboolean
rungs_pcap_capture_reach (RungsPcapCapture *self, RungsSlice *bytes, gsize end)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  return rungs_pcap_ledger_reach (&self->ledger, bytes, end);
}

void
rungs_pcap_capture_set_asides (RungsPcapCapture *self, gsize offset, RungsSlice interface, RungsSlice comment)
{
  g_return_if_fail (self != NULL);

  rungs_pcap_payload_set_asides (&self->payload, offset, interface, comment);
}

void
rungs_pcap_capture_set_zone_unknown (RungsPcapCapture *self)
{
  g_return_if_fail (self != NULL);

  self->payload.flags = RUNGS_RECORD_ZONE_UNKNOWN;
}

void
rungs_pcap_capture_name (RungsPcapCapture *self, const RungsAddress *address, RungsSlice name)
{
  g_return_if_fail (self != NULL);

  if (self->sink->name != NULL)
    self->sink->name (self->sink, address, name);
}

gboolean
rungs_pcap_capture_skip (RungsPcapCapture *self, gsize offset, gsize length, RungsUnreadReason reason)
{
  g_return_val_if_fail (self != NULL, FALSE);

  rungs_pcap_ledger_settle (&self->ledger, (RungsPcapRange){ offset, length }, reason);
  return report_progress (self, offset + length);
}

gboolean
rungs_pcap_capture_finish (RungsPcapCapture *self, GError **error)
{
  g_autofree char *link = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  rungs_reassembly_ip_finish (self->ip);
  rungs_reassembly_tcp_finish (self->tcp);
  rungs_reassembly_sctp_finish (self->sctp);
  rungs_reassembly_pdu_finish (self->pdu);
  rungs_media_counter_finish (self->media);
  rungs_pcap_ledger_flush (&self->ledger);
  if (self->n_known > 0 || self->n_unknown == 0)
    return TRUE;
  link = rungs_packet_describe_link (self->unknown_link);
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_FORMAT,
               /* Translators: %s is the name and number of a link type: BLUETOOTH_HCI_H4 (187) */
               _ ("The packets were captured on a link of type %s, which Rungs cannot read"),
               link);
  return FALSE;
}
