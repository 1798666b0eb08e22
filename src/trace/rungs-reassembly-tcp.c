/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* TCP connections by their addresses and ports.  See rungs-reassembly-tcp.h; the streams are in
 * rungs-reassembly-stream.c.
 *
 * The ends of a connection stand sorted, so that both directions find the same one. */

#include "config.h"

#include "rungs-packet-ends-table.h"
#include "rungs-reassembly-keepalive.h"
#include "rungs-reassembly-stream.h"
#include "rungs-reassembly-tcp.h"
#include "rungs-reassembly-tls.h"

typedef struct
{
  RungsPacketEnds ends;
  guint32 id;
  RungsForeignStream *tls;          /* (nullable) */
  RungsReassemblyClients *clients;  /* (nullable) */
  RungsReassemblyStream streams[2]; /* 0: from the endpoint that sorts first */
} Connection;

/* A segment touches three lines of the cache. */
G_STATIC_ASSERT (sizeof (RungsReassemblyStream) == 64 && sizeof (Connection) == 192);

struct _RungsReassemblyTcp
{
  RungsReassemblyContext context;
  RungsPacketEndsTable *connections;
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
  self->connections = rungs_packet_ends_table_new (sizeof (Connection));
  return self;
}

void
rungs_reassembly_tcp_free (RungsReassemblyTcp *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < rungs_packet_ends_table_get_size (self->connections); i++)
    {
      Connection *connection = rungs_packet_ends_table_get (self->connections, i);

      rungs_reassembly_stream_clear (&connection->streams[0]);
      rungs_reassembly_stream_clear (&connection->streams[1]);
      g_free (connection->tls);
    }
  rungs_packet_ends_table_free (self->connections);
  rungs_reassembly_context_clear (&self->context);
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

/* Returns: (nullable): the connection, which is made where it is new and @create is set */
static Connection *
find_connection (RungsReassemblyTcp *self, const RungsPacketEnds *ends, gboolean create)
{
  Connection *connection = create ? rungs_packet_ends_table_obtain (self->connections, ends)
                                  : rungs_packet_ends_table_find (self->connections, ends);

  if (connection != NULL && connection->id == 0)
    connection->id = ++self->last_id;
  return connection;
}

static RungsAddress
get_address (const Connection *connection, guint side)
{
  if (G_UNLIKELY (connection->clients != NULL && connection->clients->addresses[side] != NULL))
    return *connection->clients->addresses[side];
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
  self->context.clients = &connection->clients;
  self->context.sender = sender;
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
      connection->clients = NULL;
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
  if ((packet->tcp_flags & RUNGS_PACKET_ACK) != 0 &&
      rungs_reassembly_stream_waits (&connection->streams[!sender]))
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

  for (guint i = 0; i < rungs_packet_ends_table_get_size (self->connections); i++)
    {
      flush_connection (self, rungs_packet_ends_table_get (self->connections, i));
      report_connection (self, rungs_packet_ends_table_get (self->connections, i));
    }
}
