/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Frames → records.  See rungs-pcap-capture.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-packet-payload.h"
#include "rungs-packet.h"
#include "rungs-pcap-capture.h"
#include "rungs-reassembly-ip.h"
#include "rungs-reassembly-tcp.h"
#include "rungs-sip-frame.h"

#define PROGRESS_STEP (128 * 1024)
#define KERBEROS_PORT 88

struct _RungsPcapCapture
{
  RungsSlice bytes;
  RungsArena *arena;
  RungsSink *sink;
  RungsPcapLedger ledger;
  RungsReassemblyTcp *tcp;
  RungsReassemblyIp *ip;
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
  self->tcp = rungs_reassembly_tcp_new (bytes, arena, &self->ledger);
  self->ip = rungs_reassembly_ip_new (handle_datagram, self);
  return self;
}

void
rungs_pcap_capture_free (RungsPcapCapture *self)
{
  if (self == NULL)
    return;
  rungs_reassembly_tcp_free (self->tcp);
  rungs_reassembly_ip_free (self->ip);
  g_free (self);
}

static void
set_address (RungsAddress *address, const RungsPacket *packet, const guint8 *bytes, guint16 port)
{
  address->kind = packet->version == 4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6;
  address->port = port;
  memcpy (address->bytes, bytes, sizeof address->bytes);
}

/* Whether a datagram is to be shown, be it malformed. */
static gboolean
is_sip (RungsSlice payload)
{
  return rungs_sip_looks_like_message (payload) && !rungs_packet_payload_is_foreign (payload);
}

/* Kerberos is read where it is at home: port 88. */
static gboolean
is_kerberos (const RungsPacket *packet, RungsSlice payload)
{
  return (packet->source_port == KERBEROS_PORT || packet->destination_port == KERBEROS_PORT) &&
         rungs_packet_payload_is_kerberos (payload, payload.length + packet->missing);
}

/* The payload of one UDP datagram, which the caller knows to be of @kind; @offset is where it begins in the file. */
static void
record_udp (RungsPcapCapture *self,
            const RungsPacket *packet,
            RungsSlice payload,
            guint64 offset,
            gint64 time,
            RungsRecordKind kind,
            guint32 flags)
{
  RungsRecord record = { .time = time, .transport = RUNGS_TRANSPORT_UDP, .kind = kind, .flags = flags };
  gsize blank = 0;

  while (blank < payload.length && (payload.data[blank] == '\r' || payload.data[blank] == '\n'))
    blank++;
  record.bytes = rungs_slice_skip (payload, blank);
  record.offset = offset + blank;
  set_address (&record.source, packet, packet->source, packet->source_port);
  set_address (&record.destination, packet, packet->destination, packet->destination_port);
  self->sink->record (self->sink, &record);
}

static void
handle_udp (RungsPcapCapture *self, const RungsPacket *packet, const RungsPcapFrame *frame)
{
  RungsRecordKind kind = RUNGS_RECORD_SIP;

  if (!is_sip (packet->payload))
    kind = RUNGS_RECORD_KERBEROS;
  if (kind == RUNGS_RECORD_KERBEROS && !is_kerberos (packet, packet->payload))
    {
      rungs_pcap_ledger_settle (&self->ledger,
                                frame->range,
                                rungs_packet_payload_get_reason (packet->payload));
      return;
    }
  record_udp (self,
              packet,
              packet->payload,
              rungs_slice_offset_in (packet->payload, self->bytes),
              frame->time,
              kind,
              packet->missing > 0 ? RUNGS_RECORD_TRUNCATED : 0);
  rungs_pcap_ledger_settle (&self->ledger, frame->range, RUNGS_PCAP_READ);
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

/* Whether a datagram is SIP is asked of its first fragment, so that nothing else is joined.
 * Returns: how many fragments are part of a record */
static guint
handle_fragmented_udp (RungsPcapCapture *self, RungsPacket *packet, const RungsReassemblyDatagram *datagram)
{
  RungsSlice first = packet->payload;
  guint32 flags = datagram->complete ? 0 : RUNGS_RECORD_TRUNCATED;
  RungsRecordKind kind = RUNGS_RECORD_SIP;

  if (rungs_packet_decode_transport (packet, TRUE) != RUNGS_PACKET_UDP)
    return 0;
  if (is_kerberos (packet, packet->payload))
    kind = RUNGS_RECORD_KERBEROS;
  else if (!is_sip (packet->payload))
    return 0;
  flags |= datagram->n_usable > 1 ? RUNGS_RECORD_JOINED : 0;
  record_udp (self,
              packet,
              rungs_slice_skip (join_fragments (datagram, self->arena), packet->payload.data - first.data),
              rungs_slice_offset_in (packet->payload, self->bytes),
              datagram->time,
              kind,
              flags);
  return datagram->n_usable;
}

/* A segment that came in fragments is as good as several smaller segments, and needs no joining.
 * Returns: how many fragments were handed on */
static guint
handle_fragmented_tcp (RungsPcapCapture *self, RungsPacket *packet, const RungsReassemblyDatagram *datagram)
{
  if (rungs_packet_decode_transport (packet, FALSE) != RUNGS_PACKET_TCP)
    return 0;
  for (guint i = 0; i < datagram->n_usable; i++)
    {
      const RungsReassemblyFragment *fragment =
        &g_array_index (datagram->fragments, RungsReassemblyFragment, i);

      if (i > 0)
        packet->payload = fragment->bytes;
      packet->tcp_flags &= i + 1 < datagram->n_usable ? ~RUNGS_PACKET_FIN : ~0;
      rungs_reassembly_tcp_push (self->tcp, packet, fragment->range, datagram->time);
      packet->sequence += packet->payload.length + ((packet->tcp_flags & RUNGS_PACKET_SYN) != 0 ? 1 : 0);
      packet->tcp_flags &= ~RUNGS_PACKET_SYN;
    }
  return datagram->n_usable;
}

static void
handle_datagram (gpointer data, const RungsReassemblyDatagram *datagram)
{
  RungsPcapCapture *self = data;
  RungsPacket packet = datagram->packet;
  RungsUnreadReason reason =
    datagram->complete ? RUNGS_UNREAD_OTHER_PROTOCOL : RUNGS_UNREAD_FRAGMENT_INCOMPLETE;
  guint n_settled = 0;
  guint outcome = RUNGS_PCAP_READ;

  if (datagram->n_usable > 0)
    {
      packet.payload = g_array_index (datagram->fragments, RungsReassemblyFragment, 0).bytes;
      packet.missing = 0;
      if (packet.protocol == 6)
        {
          n_settled = handle_fragmented_tcp (self, &packet, datagram);
          outcome = RUNGS_N_UNREAD_REASONS + 1;
        }
      else
        {
          n_settled = handle_fragmented_udp (self, &packet, datagram);
        }
    }
  for (guint i = 0; i < datagram->fragments->len; i++)
    {
      RungsPcapRange range = g_array_index (datagram->fragments, RungsReassemblyFragment, i).range;

      if (i >= n_settled)
        rungs_pcap_ledger_settle (&self->ledger, range, reason);
      else if (outcome == RUNGS_PCAP_READ)
        rungs_pcap_ledger_settle (&self->ledger, range, RUNGS_PCAP_READ);
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

gboolean
rungs_pcap_capture_push (RungsPcapCapture *self, const RungsPcapFrame *frame)
{
  RungsPacket packet;
  RungsPacketKind kind;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (frame != NULL, FALSE);

  kind = rungs_packet_decode (&packet, frame->link_type, frame->bytes, frame->bytes.length < frame->length);
  if (kind == RUNGS_PACKET_LINK_UNKNOWN)
    {
      self->n_unknown++;
      self->unknown_link = frame->link_type;
    }
  else
    {
      self->n_known++;
    }
  switch (kind)
    {
    case RUNGS_PACKET_UDP:
      handle_udp (self, &packet, frame);
      break;
    case RUNGS_PACKET_TCP:
      rungs_reassembly_tcp_push (self->tcp, &packet, frame->range, frame->time);
      break;
    case RUNGS_PACKET_FRAGMENT:
      rungs_reassembly_ip_push (self->ip, &packet, frame->range, frame->time);
      break;
    case RUNGS_PACKET_OTHER:
      rungs_pcap_ledger_settle (&self->ledger, frame->range, RUNGS_UNREAD_OTHER_PROTOCOL);
      break;
    case RUNGS_PACKET_TOO_DEEP:
      rungs_pcap_ledger_settle (&self->ledger, frame->range, RUNGS_UNREAD_LIMIT);
      break;
    case RUNGS_PACKET_LINK_UNKNOWN:
      rungs_pcap_ledger_settle (&self->ledger, frame->range, RUNGS_UNREAD_LINK_UNKNOWN);
      break;
    case RUNGS_PACKET_CUT:
    case RUNGS_PACKET_BROKEN:
    default:
      rungs_pcap_ledger_settle (&self->ledger, frame->range, get_damage (frame, kind));
      break;
    }
  return report_progress (self, frame->range.offset + frame->range.length);
}

gboolean
rungs_pcap_capture_reach (RungsPcapCapture *self, RungsSlice *bytes, gsize end)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  while (bytes->length < end && self->sink->more != NULL)
    {
      gsize length;

      rungs_pcap_ledger_flush (&self->ledger);
      length = self->sink->more (self->sink, bytes->length);
      if (length <= bytes->length)
        break;
      bytes->length = length;
    }
  return bytes->length >= end;
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
  g_return_val_if_fail (self != NULL, FALSE);

  rungs_reassembly_ip_finish (self->ip);
  rungs_reassembly_tcp_finish (self->tcp);
  rungs_pcap_ledger_flush (&self->ledger);
  if (self->n_known > 0 || self->n_unknown == 0)
    return TRUE;
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_FORMAT,
               _ ("The packets were captured on a link of type %u, which Rungs cannot read"),
               self->unknown_link);
  return FALSE;
}
