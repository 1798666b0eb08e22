/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* TCP connections by their addresses and ports.  See rungs-reassembly-tcp.h; the streams are in
 * rungs-reassembly-stream.c.
 *
 * Connections are found through an open-addressing table over a seeded hash of both endpoints, sorted, so that both
 * directions find the same one. */

#include "config.h"

#include "rungs-packet-ends.h"
#include "rungs-reassembly-keepalive.h"
#include "rungs-reassembly-stream.h"
#include "rungs-reassembly-tcp.h"
#include "rungs-reassembly-tls.h"

#define FIRST_TABLE_SIZE 256

typedef struct
{
  RungsPacketEnds ends;
  guint32 id;
  RungsForeignStream *tls;          /* (nullable) */
  const RungsAddress *clients[2];   /* (nullable): for whom each side speaks, where a load balancer says so */
  RungsReassemblyStream streams[2]; /* 0: from the endpoint that sorts first */
} Connection;

typedef struct
{
  guint64 hash;
  Connection *connection;
} Slot;

struct _RungsReassemblyTcp
{
  RungsReassemblyContext context;
  RungsArena *connections;
  GPtrArray *in_order;
  Slot *table;
  gsize table_size;
  guint64 seed;
  guint32 last_id;
};

RungsReassemblyTcp *
rungs_reassembly_tcp_new (RungsSlice capture,
                          RungsArena *arena,
                          RungsPcapLedger *ledger,
                          RungsPcapPayload *payload)
{
  RungsReassemblyTcp *self;

  g_return_val_if_fail (arena != NULL, NULL);
  g_return_val_if_fail (ledger != NULL, NULL);

  self = g_new0 (RungsReassemblyTcp, 1);
  self->context.capture = capture;
  self->context.arena = arena;
  self->context.ledger = ledger;
  self->context.payload = payload;
  self->context.scratch = g_byte_array_new ();
  self->context.record.transport = RUNGS_TRANSPORT_TCP;
  self->connections = rungs_arena_new ();
  self->in_order = g_ptr_array_new ();
  self->table_size = FIRST_TABLE_SIZE;
  self->table = g_new0 (Slot, self->table_size);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  return self;
}

void
rungs_reassembly_tcp_free (RungsReassemblyTcp *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->in_order->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->in_order, i);

      rungs_reassembly_stream_clear (&connection->streams[0]);
      rungs_reassembly_stream_clear (&connection->streams[1]);
      g_free (connection->tls);
    }
  g_ptr_array_unref (self->in_order);
  rungs_arena_unref (self->connections);
  g_byte_array_unref (self->context.scratch);
  g_free (self->context.spare);
  g_free (self->table);
  g_free (self);
}

/* Returns: which of the two endpoints sends @packet, 0 for the one that sorts first */
static guint
find_ends (RungsPacketEnds *ends, const RungsPacket *packet)
{
  int order = memcmp (packet->source, packet->destination, 16);
  guint sender = order > 0 || (order == 0 && packet->source_port > packet->destination_port) ? 1 : 0;

  rungs_packet_ends_init (ends, packet, sender);
  return sender;
}

static Slot *
find_slot (Slot *table, gsize size, guint64 hash, const RungsPacketEnds *ends)
{
  gsize place = hash & (size - 1);

  while (table[place].connection != NULL &&
         (table[place].hash != hash || !rungs_packet_ends_equal (&table[place].connection->ends, ends)))
    place = (place + 1) & (size - 1);
  return &table[place];
}

static void
grow_table (RungsReassemblyTcp *self)
{
  gsize size = self->table_size * 2;
  Slot *table = g_new0 (Slot, size);

  for (gsize i = 0; i < self->table_size; i++)
    if (self->table[i].connection != NULL)
      *find_slot (table, size, self->table[i].hash, &self->table[i].connection->ends) = self->table[i];
  g_free (self->table);
  self->table = table;
  self->table_size = size;
}

/* Returns: (nullable): the connection, which is made where it is new and @create is set */
static Connection *
find_connection (RungsReassemblyTcp *self, const RungsPacketEnds *ends, gboolean create)
{
  guint64 hash = rungs_packet_ends_hash (ends, self->seed);
  Slot *slot = find_slot (self->table, self->table_size, hash, ends);
  Connection *connection = slot->connection;

  if (connection != NULL || !create)
    return connection;
  connection = rungs_arena_allocate (self->connections, sizeof *connection);
  memset (connection, 0, sizeof *connection);
  connection->ends = *ends;
  connection->id = ++self->last_id;
  slot->connection = connection;
  slot->hash = hash;
  g_ptr_array_add (self->in_order, connection);
  if (self->in_order->len > self->table_size / 2)
    grow_table (self);
  return connection;
}

static RungsAddress
get_address (const Connection *connection, guint side)
{
  if (G_UNLIKELY (connection->clients[side] != NULL))
    return *connection->clients[side];
  return rungs_packet_ends_get_address (&connection->ends, side);
}

/* Makes the context that of one direction. */
static RungsReassemblyStream *
enter (RungsReassemblyTcp *self, Connection *connection, guint sender)
{
  RungsRecord *record = &self->context.record;

  record->source = get_address (connection, sender);
  record->destination = get_address (connection, !sender);
  record->connection = connection->id;
  self->context.tls = &connection->tls;
  self->context.client = &connection->clients[sender];
  return &connection->streams[sender];
}

static void
flush_connection (RungsReassemblyTcp *self, Connection *connection)
{
  for (guint sender = 0; sender < 2; sender++)
    {
      RungsReassemblyStream *stream = enter (self, connection, sender);

      rungs_reassembly_stream_flush (stream, &self->context);
    }
}

/* The connection is over: what it held beside SIP is told. */
static void
report_connection (RungsReassemblyTcp *self, Connection *connection)
{
  for (guint sender = 0; sender < 2; sender++)
    {
      RungsReassemblyStream *stream = enter (self, connection, sender);

      rungs_reassembly_keepalive_report (stream, &self->context);
    }
  rungs_reassembly_tls_report (&self->context);
}

/* A SYN that is no repetition begins a new connection between the same endpoints. */
static void
handle_syn (RungsReassemblyTcp *self, Connection *connection, guint sender, guint32 first)
{
  RungsReassemblyStream *stream = &connection->streams[sender];

  if (stream->started && stream->first == first)
    return;
  if (stream->started)
    {
      flush_connection (self, connection);
      report_connection (self, connection);
      rungs_reassembly_stream_clear (&connection->streams[0]);
      rungs_reassembly_stream_clear (&connection->streams[1]);
      connection->clients[0] = connection->clients[1] = NULL;
      connection->id = ++self->last_id;
    }
  rungs_reassembly_stream_start (stream, first);
}

void
rungs_reassembly_tcp_push (RungsReassemblyTcp *self,
                           const RungsPacket *packet,
                           RungsPcapRange range,
                           gint64 time)
{
  gboolean syn = (packet->tcp_flags & RUNGS_PACKET_SYN) != 0;
  guint32 sequence = packet->sequence + (syn ? 1 : 0);
  gsize length = packet->payload.length + packet->missing;
  RungsReassemblyStream *stream;
  Connection *connection;
  guint sender;
  RungsPacketEnds ends;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  sender = find_ends (&ends, packet);
  connection = find_connection (self, &ends, syn || length > 0);
  if (connection == NULL)
    {
      rungs_pcap_ledger_settle (self->context.ledger, range, RUNGS_UNREAD_TCP_HANDSHAKE);
      return;
    }
  if (syn)
    handle_syn (self, connection, sender, sequence);
  if ((packet->tcp_flags & RUNGS_PACKET_ACK) != 0 && connection->streams[!sender].n_waiting > 0)
    {
      stream = enter (self, connection, !sender);
      rungs_reassembly_stream_acknowledge (stream, &self->context, packet->acknowledgment);
    }
  stream = enter (self, connection, sender);
  if (length > 0)
    rungs_reassembly_stream_push (stream,
                                  &self->context,
                                  (RungsReassemblyPiece){
                                    packet->payload, range, time, sequence, packet->missing, FALSE });
  else
    rungs_pcap_ledger_settle (self->context.ledger, range, RUNGS_UNREAD_TCP_HANDSHAKE);
  if ((packet->tcp_flags & RUNGS_PACKET_FIN) != 0)
    rungs_reassembly_stream_end (stream, &self->context, sequence + length);
  if ((packet->tcp_flags & RUNGS_PACKET_RST) != 0)
    flush_connection (self, connection);
}

void
rungs_reassembly_tcp_finish (RungsReassemblyTcp *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->in_order->len; i++)
    {
      flush_connection (self, g_ptr_array_index (self->in_order, i));
      report_connection (self, g_ptr_array_index (self->in_order, i));
    }
}
