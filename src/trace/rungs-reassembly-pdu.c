/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Exported units → messages.  See rungs-reassembly-pdu.h. */

#include "config.h"

#include "rungs-packet-ends-table.h"
#include "rungs-reassembly-messages.h"
#include "rungs-reassembly-pdu.h"

typedef struct
{
  RungsPacketEnds ends;
  guint32 id; /* of the connection: both directions have the same */
  RungsReassemblyStream stream;
  RungsSlice last; /* the last unit */
  guint32 last_frame;
  gint64 last_time;
} Direction;

struct _RungsReassemblyPdu
{
  RungsReassemblyContext context;
  RungsPacketEndsTable *directions;
  guint32 last_id;
};

RungsReassemblyPdu *
rungs_reassembly_pdu_new (RungsSlice capture,
                          RungsArena *arena,
                          RungsPcapLedger *ledger,
                          RungsPcapPayload *payload)
{
  RungsReassemblyPdu *self;

  g_return_val_if_fail (arena != NULL && ledger != NULL && payload != NULL, NULL);

  self = g_new0 (RungsReassemblyPdu, 1);
  self->context.capture = capture;
  self->context.arena = arena;
  self->context.ledger = ledger;
  self->context.payload = payload;
  self->context.scratch = g_byte_array_new ();
  self->directions = rungs_packet_ends_table_new (sizeof (Direction));
  return self;
}

void
rungs_reassembly_pdu_free (RungsReassemblyPdu *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < rungs_packet_ends_table_get_size (self->directions); i++)
    rungs_reassembly_stream_clear (
      &((Direction *) rungs_packet_ends_table_get (self->directions, i))->stream);
  rungs_packet_ends_table_free (self->directions);
  rungs_reassembly_context_clear (&self->context);
  g_free (self);
}

static Direction *
find_direction (RungsReassemblyPdu *self, const RungsPacket *packet)
{
  Direction *direction, *opposite;
  RungsPacketEnds ends;

  rungs_packet_ends_init (&ends, packet, 0);
  direction = rungs_packet_ends_table_obtain (self->directions, &ends);
  if (direction->id != 0)
    return direction;
  rungs_packet_ends_init (&ends, packet, 1);
  opposite = rungs_packet_ends_table_find (self->directions, &ends);
  direction->id = opposite != NULL && opposite->id != 0 ? opposite->id : ++self->last_id;
  rungs_reassembly_stream_start (&direction->stream, 0);
  return direction;
}

/* Makes the context that of @direction.  The transport stays open: whether the stream was TCP, TLS or a WebSocket is what the
 * messages say in their Via. */
static void
enter (RungsReassemblyPdu *self, const Direction *direction)
{
  RungsRecord *record = &self->context.record;

  record->source = rungs_packet_ends_get_address (&direction->ends, 0);
  record->destination = rungs_packet_ends_get_address (&direction->ends, 1);
  record->connection = direction->id;
}

void
rungs_reassembly_pdu_push (RungsReassemblyPdu *self,
                           const RungsExportedPdu *pdu,
                           RungsPcapRange range,
                           gint64 time)
{
  RungsSlice payload;
  Direction *direction;
  RungsReassemblyStream *stream;

  g_return_if_fail (self != NULL);
  g_return_if_fail (pdu != NULL);

  payload = pdu->packet.payload;
  if (payload.length == 0)
    {
      rungs_pcap_ledger_settle (self->context.ledger,
                                range,
                                pdu->packet.missing > 0 ? RUNGS_UNREAD_CUT_SHORT : RUNGS_UNREAD_KEEPALIVE);
      return;
    }
  direction = find_direction (self, &pdu->packet);
  stream = &direction->stream;
  if (direction->last.length >= payload.length && direction->last_frame == pdu->frame &&
      direction->last_time == time && rungs_slice_find (direction->last, 0, payload) >= 0)
    {
      rungs_pcap_ledger_settle (self->context.ledger, range, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return;
    }
  direction->last = payload;
  direction->last_frame = pdu->frame;
  direction->last_time = time;
  enter (self, direction);
  if (stream->work != NULL && rungs_reassembly_held_starts (&stream->work->held, payload))
    rungs_reassembly_stream_drop (stream,
                                  &self->context,
                                  stream->work->held.n_bytes,
                                  RUNGS_UNREAD_TCP_RETRANSMISSION);
  rungs_reassembly_stream_push (stream,
                                &self->context,
                                (RungsReassemblyPiece){
                                  payload, range, time, stream->next, pdu->packet.missing, FALSE });
}

void
rungs_reassembly_pdu_finish (RungsReassemblyPdu *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < rungs_packet_ends_table_get_size (self->directions); i++)
    {
      Direction *direction = rungs_packet_ends_table_get (self->directions, i);

      enter (self, direction);
      rungs_reassembly_stream_flush (&direction->stream, &self->context);
    }
}
