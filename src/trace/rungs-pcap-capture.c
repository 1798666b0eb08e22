/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Frames → records.  See rungs-pcap-capture.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-packet.h"
#include "rungs-pcap-capture.h"
#include "rungs-pcap-payload.h"
#include "rungs-reassembly-ip.h"
#include "rungs-reassembly-tcp.h"

#define PROGRESS_STEP (128 * 1024)

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
  self->payload.locate_data = self;
  self->tcp = rungs_reassembly_tcp_new (bytes, arena, &self->ledger, &self->payload);
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

static void
handle_udp (RungsPcapCapture *self, const RungsPacket *packet, const RungsPcapFrame *frame)
{
  RungsRecord record = { .bytes = packet->payload,
                         .offset = rungs_slice_offset_in (packet->payload, self->bytes),
                         .time = frame->time,
                         .transport = RUNGS_TRANSPORT_UDP };

  set_address (&record.source, packet, packet->source, packet->source_port);
  set_address (&record.destination, packet, packet->destination, packet->destination_port);
  rungs_pcap_ledger_settle (&self->ledger,
                            frame->range,
                            rungs_pcap_payload_read (&self->payload,
                                                     &record,
                                                     packet->payload.length + packet->missing));
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
 * Returns: how many fragments are part of a record */
static guint
handle_fragmented_udp (RungsPcapCapture *self, RungsPacket *packet, const RungsReassemblyDatagram *datagram)
{
  RungsRecord record = { .time = datagram->time,
                         .transport = RUNGS_TRANSPORT_UDP,
                         .flags = datagram->complete ? 0 : RUNGS_RECORD_TRUNCATED };
  RungsSlice first = packet->payload;
  gsize length;
  guint outcome;

  if (rungs_packet_decode_transport (packet, TRUE) != RUNGS_PACKET_UDP)
    return 0;
  length = packet->payload.length + packet->missing;
  set_address (&record.source, packet, packet->source, packet->source_port);
  set_address (&record.destination, packet, packet->destination, packet->destination_port);
  if (!rungs_pcap_payload_may_read (packet->payload, &record, length))
    return 0;
  record.offset = packet->payload.data - first.data;
  record.flags |= datagram->n_usable > 1 ? RUNGS_RECORD_JOINED : 0;
  record.bytes = rungs_slice_skip (join_fragments (datagram, self->arena), record.offset);
  self->datagram = datagram;
  self->payload.locate = locate;
  outcome = rungs_pcap_payload_read (&self->payload, &record, length);
  self->payload.locate = NULL;
  return outcome == RUNGS_PCAP_READ ? datagram->n_usable : 0;
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

  return rungs_pcap_ledger_reach (&self->ledger, bytes, end);
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
