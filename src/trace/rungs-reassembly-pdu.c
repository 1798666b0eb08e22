/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Exported units → messages.  See rungs-reassembly-pdu.h. */

#include "config.h"

#include "rungs-reassembly-pdu.h"

/* No padding: it is hashed and compared as bytes. */
typedef struct
{
  guint8 addresses[2][16];
  guint16 ports[2];
  guint32 version;
} Key;

typedef struct
{
  Key key;
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

  return rungs_slice_hash (rungs_slice ((const char *) &direction->key, sizeof direction->key),
                           direction->seed);
}

static gboolean
direction_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (&((const Direction *) a)->key, &((const Direction *) b)->key, sizeof (Key)) == 0;
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

  memcpy (wanted.key.addresses[0], packet->source, 16);
  memcpy (wanted.key.addresses[1], packet->destination, 16);
  wanted.key.ports[0] = packet->source_port;
  wanted.key.ports[1] = packet->destination_port;
  wanted.key.version = packet->version;
  direction = g_hash_table_lookup (self->directions, &wanted);
  if (direction != NULL)
    return direction;
  memcpy (back.key.addresses[0], packet->destination, 16);
  memcpy (back.key.addresses[1], packet->source, 16);
  back.key.ports[0] = packet->destination_port;
  back.key.ports[1] = packet->source_port;
  back.key.version = packet->version;
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
  RungsAddress *addresses[2] = { &record->source, &record->destination };

  for (guint i = 0; i < 2; i++)
    {
      memset (addresses[i], 0, sizeof *addresses[i]);
      if (direction->key.version == 0)
        continue;
      addresses[i]->kind = direction->key.version == 4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6;
      addresses[i]->port = direction->key.ports[i];
      memcpy (addresses[i]->bytes, direction->key.addresses[i], 16);
    }
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
