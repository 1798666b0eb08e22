/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One direction of a TCP connection: segments in any order → the byte stream, a piece behind the other.
 *
 * See rungs-reassembly-tcp.h for the rules; the connections, their addresses and their ends are its business, what the bytes
 * mean is that of rungs-reassembly-messages.h.  Invariants: held pieces are contiguous in the stream; waiting pieces are
 * sorted and all begin behind what is expected next.  A direction starts as all zero bytes. */

#pragma once

#include "rungs-arena.h"
#include "rungs-pcap-payload.h"
#include "rungs-reassembly-held.h"
#include "rungs-websocket.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_REASSEMBLY_UNKNOWN,
  RUNGS_REASSEMBLY_SIP,
  RUNGS_REASSEMBLY_ENCRYPTED, /* passed by unlooked at, as OTHER */
  RUNGS_REASSEMBLY_OTHER,
  RUNGS_REASSEMBLY_KERBEROS,  /* from here on: see rungs-reassembly-framing.h */
  RUNGS_REASSEMBLY_HEP,
  RUNGS_REASSEMBLY_HTTP,      /* the head that may change to WebSocket */
  RUNGS_REASSEMBLY_WEBSOCKET,
  RUNGS_REASSEMBLY_TLS,       /* the hello; then ENCRYPTED */
  RUNGS_REASSEMBLY_PROXY,     /* what a load balancer puts before it; then what follows is recognised */
} RungsReassemblyProtocol;

/** RungsReassemblyWork: what a direction has in hand while it has something; few do at a time. */
typedef struct
{
  RungsReassemblyHeld held;      /* in order, not yet a whole message */
  RungsReassemblyPiece *waiting; /* behind a gap */
  guint n_waiting;
  guint waiting_capacity;
  gsize waiting_bytes;
  gsize wanted;     /* no use to look at fewer held bytes than these */
  gsize cut_length; /* held bytes that are one message with a gap inside, 0: no such */
  gint64 credit;    /* what may still be spent on looking at joined bytes */
  gboolean framed;  /* the first @wanted bytes are a SIP message */
  RungsWebsocket *websocket; /* (nullable) */
} RungsReassemblyWork;

/** RungsReassemblyStream: small, because a server has a hundred thousand of them. */
typedef struct
{
  RungsReassemblyWork *work;     /* (nullable): nothing is held, nothing waits, no WebSocket has begun */
  RungsForeignStream *keepalive; /* (nullable): see rungs-reassembly-keepalive.h, as the three below */
  gint64 last_data;              /* when the last segment with data came, 0: none did */
  gint64 pause;                  /* the longest time between two of them */
  gint64 pause_start;
  guint32 next;        /* the sequence number expected next */
  guint32 first;       /* the sequence number of the first byte */
  guint32 end;         /* the sequence number of the FIN */
  guint32 junk;        /* bytes since the last message that were none */
  guint protocol : 4;  /* RungsReassemblyProtocol */
  guint other : 8;     /* RungsUnreadReason: what it is where protocol is OTHER */
  guint started : 1;   /* next is known */
  guint searching : 1; /* the next start line begins the next message */
  guint ending : 1;    /* a FIN was seen */
} RungsReassemblyStream;

/** RungsReassemblyClients: for whom each side of a connection speaks, where a load balancer says so; %NULL: for itself. */
typedef struct
{
  const RungsAddress *addresses[2];
} RungsReassemblyClients;

/**
 * RungsReassemblyContext:
 * @record: addresses, transport and connection of the direction at work; the stream fills the rest
 * @payload: what HEP packets are given to
 * @scratch: where held pieces are joined to be looked at
 * @tls: (nullable): where the connection at work keeps what is known of its TLS
 * @clients: (nullable): where the connection at work keeps its clients, and @sender which side is at work
 * @spare: (nullable): what a stream left when it had nothing in hand: streams of whole messages share one
 */
typedef struct
{
  RungsSlice capture;
  RungsArena *arena;
  RungsPcapLedger *ledger;
  RungsPcapPayload *payload;
  RungsRecord record;
  GByteArray *scratch;
  RungsReassemblyWork *spare;
  RungsForeignStream **tls;
  RungsReassemblyClients **clients;
  guint sender;
} RungsReassemblyContext;

/** rungs_reassembly_stream_start: a SYN: the first byte will have the number @sequence. */
void rungs_reassembly_stream_start  (RungsReassemblyStream  *self,
                                     guint32                 sequence);

/** rungs_reassembly_stream_push: a segment with payload. */
void rungs_reassembly_stream_push   (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context,
                                     RungsReassemblyPiece    piece);

/** rungs_reassembly_stream_acknowledge: the other side has everything before @sequence: what of it is not there was not
 * captured. */
void rungs_reassembly_stream_acknowledge (RungsReassemblyStream  *self,
                                          RungsReassemblyContext *context,
                                          guint32                 sequence);

/** rungs_reassembly_stream_end: a FIN at @sequence. */
void rungs_reassembly_stream_end    (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context,
                                     guint32                 sequence);

/** rungs_reassembly_stream_waits: whether segments wait behind a gap. */
static inline gboolean
rungs_reassembly_stream_waits (const RungsReassemblyStream *self)
{
  return self->work != NULL && self->work->n_waiting > 0;
}

/** rungs_reassembly_stream_flush: no more segments come: everything held or waiting becomes records or unread bytes. */
void rungs_reassembly_stream_flush  (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context);

/** rungs_reassembly_stream_clear: frees what it has, and makes it as new. */
void rungs_reassembly_stream_clear  (RungsReassemblyStream  *self);

/** rungs_reassembly_context_clear: frees what a context keeps for its streams. */
void rungs_reassembly_context_clear (RungsReassemblyContext *self);

G_END_DECLS
