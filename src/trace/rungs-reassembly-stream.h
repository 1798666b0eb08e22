/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One direction of a TCP connection: pieces of a byte stream → SIP messages.
 *
 * In: segments with their sequence numbers, in any order. Out: records and settled ranges.  See
 * rungs-reassembly-tcp.h for the rules; the connections, their addresses and their ends are its business, the bytes
 * are ours.  Invariants: held pieces are contiguous in the stream and each has bytes left; waiting pieces are sorted
 * and all begin behind what is expected next.  A direction starts as all zero bytes. */

#pragma once

#include "rungs-arena.h"
#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"
#include "rungs-websocket.h"

G_BEGIN_DECLS

/**
 * RungsReassemblyPiece:
 * @bytes: what is left of a payload, a part of the capture
 * @range: the frame
 * @missing: how many bytes the capture left out behind @bytes
 * @used: whether bytes before @bytes went into a record
 */
typedef struct
{
  RungsSlice bytes;
  RungsPcapRange range;
  gint64 time;
  guint32 sequence;
  guint32 missing;
  gboolean used;
} RungsReassemblyPiece;

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

typedef struct
{
  RungsReassemblyPiece *held;    /* in order, not yet a whole message; from first_held on */
  RungsReassemblyPiece *waiting; /* behind a gap */
  RungsWebsocket *websocket;     /* (nullable) */
  RungsForeignStream *keepalive; /* (nullable): see rungs-reassembly-keepalive.h, as the three below */
  gint64 last_data;              /* when the last segment with data came, 0: none did */
  gint64 pause;                  /* the longest time between two of them */
  gint64 pause_start;
  guint first_held;
  guint n_held;
  guint held_capacity;
  guint n_waiting;
  guint waiting_capacity;
  gsize held_bytes;
  gsize waiting_bytes;
  gsize wanted;        /* no use to look at fewer held bytes than these */
  gsize cut_length;    /* held bytes that are one message with a gap inside, 0: no such */
  gint64 credit;       /* what may still be spent on looking at joined bytes */
  guint32 next;        /* the sequence number expected next */
  guint32 first;       /* the sequence number of the first byte */
  guint32 end;         /* the sequence number of the FIN */
  guint32 junk;        /* bytes since the last message that were none */
  guint protocol : 4;  /* RungsReassemblyProtocol */
  guint started : 1;   /* next is known */
  guint searching : 1; /* the next start line begins the next message */
  guint ending : 1;    /* a FIN was seen */
} RungsReassemblyStream;

/**
 * RungsReassemblyContext:
 * @record: addresses, transport and connection of the direction at work; the stream fills the rest
 * @payload: what HEP packets are given to
 * @scratch: where held pieces are joined to be looked at
 * @tls: (nullable): where the connection at work keeps what is known of its TLS
 * @client: (nullable): where the connection at work keeps for whom the side at work speaks, if that is somebody else
 * @spare: an array of pieces that a stream left when it held nothing: streams of whole messages share one
 */
typedef struct
{
  RungsSlice capture;
  RungsArena *arena;
  RungsPcapLedger *ledger;
  RungsPcapPayload *payload;
  RungsRecord record;
  GByteArray *scratch;
  RungsReassemblyPiece *spare;
  guint spare_capacity;
  RungsForeignStream **tls;
  const RungsAddress **client;
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

/** rungs_reassembly_stream_flush: no more segments come: everything held or waiting becomes records or unread bytes. */
void rungs_reassembly_stream_flush  (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context);

/** rungs_reassembly_stream_gather: makes @length held bytes behind the first @skip one slice: of the capture where one piece
 * holds them all, otherwise joined in the arena.  Fills bytes, offset, time and flags of the context's record. */
void rungs_reassembly_stream_gather (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context,
                                     gsize                   skip,
                                     gsize                   length,
                                     guint32                 flags);

/** rungs_reassembly_stream_take_record: the @length held bytes behind the first @skip are a record of @kind; all of them are
 * taken off. */
void rungs_reassembly_stream_take_record (RungsReassemblyStream  *self,
                                          RungsReassemblyContext *context,
                                          gsize                   skip,
                                          gsize                   length,
                                          RungsRecordKind         kind,
                                          guint32                 flags);

/** rungs_reassembly_stream_drop: the first @length held bytes are done with, in a record (#RUNGS_PCAP_READ) or with a reason. */
void rungs_reassembly_stream_drop   (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context,
                                     gsize                   length,
                                     guint                   outcome);

/** rungs_reassembly_stream_clear: frees what it has, and makes it as new. */
void rungs_reassembly_stream_clear  (RungsReassemblyStream  *self);

G_END_DECLS
