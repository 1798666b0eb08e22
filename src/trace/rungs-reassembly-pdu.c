/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Exported units → messages.  See rungs-reassembly-pdu.h. */

#include "config.h"

#include "rungs-packet-ends.h"
#include "rungs-reassembly-pdu.h"

typedef struct
{
  RungsPacketEnds ends;
  guint64 seed;
  guint32 id; /* of the connection: both directions have the same */
  RungsReassemblyStream stream;
  RungsSlice last; /* the last unit */
  guint32 last_frame;
  gint64 last_time;
} Direction;

struct _RungsReassemblyPdu
{
  RungsReassemblyContext context;
  GHashTable *directions;
  GPtrArray *in_order;
  guint64 seed;
  guint32 last_id;
};

static guint
direction_hash (gconstpointer data)
{
  const Direction *direction = data;

  return rungs_packet_ends_hash (&direction->ends, direction->seed);
}

static gboolean
direction_equal (gconstpointer a, gconstpointer b)
{
  return rungs_packet_ends_equal (&((const Direction *) a)->ends, &((const Direction *) b)->ends);
}

static void
direction_free (gpointer data)
{
  rungs_reassembly_stream_clear (&((Direction *) data)->stream);
  g_free (data);
}

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
  self->directions = g_hash_table_new (direction_hash, direction_equal);
  self->in_order = g_ptr_array_new_with_free_func (direction_free);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  return self;
}

void
rungs_reassembly_pdu_free (RungsReassemblyPdu *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->directions);
  g_ptr_array_unref (self->in_order);
  g_byte_array_unref (self->context.scratch);
  g_free (self->context.spare);
  g_free (self);
}

static Direction *
find_direction (RungsReassemblyPdu *self, const RungsPacket *packet)
{
  Direction wanted = { .seed = self->seed };
  Direction back = { .seed = self->seed };
  Direction *direction;

  rungs_packet_ends_init (&wanted.ends, packet, 0);
  direction = g_hash_table_lookup (self->directions, &wanted);
  if (direction != NULL)
    return direction;
  rungs_packet_ends_init (&back.ends, packet, 1);
  direction = g_hash_table_lookup (self->directions, &back);
  wanted.id = direction != NULL ? direction->id : ++self->last_id;
  direction = g_memdup2 (&wanted, sizeof wanted);
  rungs_reassembly_stream_start (&direction->stream, 0);
  g_ptr_array_add (self->in_order, direction);
  g_hash_table_add (self->directions, direction);
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

/* Whether @payload begins with all bytes that are held. */
static gboolean
repeats_held (const RungsReassemblyStream *stream, RungsSlice payload)
{
  if (stream->n_held == 0 || payload.length < stream->held_bytes)
    return FALSE;
  for (guint i = 0; i < stream->n_held; i++)
    {
      RungsSlice piece = stream->held[stream->first_held + i].bytes;

      if (!rungs_slice_starts_with (payload, piece))
        return FALSE;
      payload = rungs_slice_skip (payload, piece.length);
    }
  return TRUE;
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
      rungs_pcap_ledger_settle (self->context.ledger, range, RUNGS_UNREAD_KEEPALIVE);
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
  if (repeats_held (stream, payload))
    rungs_reassembly_stream_drop (stream,
                                  &self->context,
                                  stream->held_bytes,
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

  for (guint i = 0; i < self->in_order->len; i++)
    {
      Direction *direction = g_ptr_array_index (self->in_order, i);

      enter (self, direction);
      rungs_reassembly_stream_flush (&direction->stream, &self->context);
    }
}
