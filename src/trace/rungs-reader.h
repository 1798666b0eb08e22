/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The small interface of a format: probe and read.
 *
 * In: all bytes of one input. Out: calls into a sink: records in input order, and for every byte of the input either
 * read() (it belongs to a record, framing included) or unread() with the reason; together they cover the input
 * exactly once, in any order (the conservation rule, held by a test over every sample).  A reader never fails on
 * bad bytes: it says unread() and goes on; its GError is for what makes the whole input unreadable (a pcap of a link
 * type that no reader knows).  Adding a format is one file with one RungsReader and one line in rungs-readers.c. */

#pragma once

#include "rungs-arena.h"
#include "rungs-foreign-stream.h"
#include "rungs-record.h"

G_BEGIN_DECLS

/**
 * RungsUnreadReason:
 *
 * Why bytes are in no record.  Ids and sentences stand in data/knowledge/unread.xml.
 */
#define RUNGS_UNREAD_REASONS(X)              \
  X (NOT_SIP, "not-sip")                     \
  X (BLANK, "blank")                         \
  X (LOG_LINE, "log-line")                   \
  X (KEEPALIVE, "keepalive")                 \
  X (PROXY_HEADER, "proxy-header")           \
  X (FILE_HEADER, "file-header")             \
  X (CAPTURE_BLOCK, "capture-block")         \
  X (RTP, "rtp")                             \
  X (RTCP, "rtcp")                           \
  X (STUN, "stun")                           \
  X (TURN_DATA, "turn-data")                 \
  X (DNS, "dns")                             \
  X (HTTP, "http")                           \
  X (NETWORK, "network")                     \
  X (OTHER_PROTOCOL, "other-protocol")       \
  X (ENCRYPTED, "encrypted")                 \
  X (ENCRYPTED_PACKET, "encrypted-packet")   \
  X (SIGCOMP, "sigcomp")                     \
  X (COMPRESSED, "compressed")               \
  X (TCP_HANDSHAKE, "tcp-handshake")         \
  X (TCP_RETRANSMISSION, "tcp-retransmission") \
  X (TCP_GAP, "tcp-gap")                     \
  X (FRAGMENT_INCOMPLETE, "fragment-incomplete") \
  X (LINK_UNKNOWN, "link-unknown")           \
  X (CUT_SHORT, "cut-short")                 \
  X (BROKEN, "broken")                       \
  X (LIMIT, "limit")

typedef enum
{
#define X(name, id) RUNGS_UNREAD_##name,
  RUNGS_UNREAD_REASONS (X)
#undef X
    RUNGS_N_UNREAD_REASONS
} RungsUnreadReason;

const char *rungs_unread_reason_get_id (RungsUnreadReason reason);

/**
 * RungsSink:
 * @record: takes one record; the address names and bytes must stay valid as long as input and arena
 * @read: @length bytes from @offset of the input belong to records
 * @unread: @length bytes from @offset belong to no record
 * @progress: the reader has come to byte @offset; called at least every 256 KiB. Returns: %FALSE to stop at once (the
 *   reader then returns %TRUE without accounting for the rest)
 *
 * @name: (nullable): the input itself says that @address (without port) is called @name
 * @stream: (nullable): one stream of another protocol, when it is over or the input is
 * @more: (nullable): the reader has come to the end of the @length bytes that it knows. Waits until the input has grown.
 *   Returns: the new length, the bytes before being the same and in the same place; @length where nothing will come
 * @pending: (nullable): called before more() for each message at the end that is whole, though what follows it may still
 *   change how it is read: it is shown until more() returns, and comes again as a record. No bytes are accounted for
 *
 * Where a reader sends its findings: one consumer, called in the reader's thread.
 */
typedef struct _RungsSink RungsSink;

struct _RungsSink
{
  void (*record) (RungsSink *self, const RungsRecord *record);
  void (*read) (RungsSink *self, guint64 offset, guint64 length);
  void (*unread) (RungsSink *self, guint64 offset, guint64 length, RungsUnreadReason reason);
  gboolean (*progress) (RungsSink *self, guint64 offset);
  void (*name) (RungsSink *self, const RungsAddress *address, RungsSlice name);
  void (*stream) (RungsSink *self, const RungsForeignStream *stream);
  gsize (*more) (RungsSink *self, gsize length);
  void (*pending) (RungsSink *self, const RungsRecord *record);
};

/**
 * RungsReader:
 * @id: "ocs", "uccapi", "sipe", "sip-text", "pcap", "pcapng": in JSON and tests
 * @name: the format's name for people, marked with N_()
 * @probe: how sure the reader is about the first bytes (up to 256 KiB, the whole input where shorter), 0 (not mine) to
 *   100 (a magic number)
 * @read: reads it all
 */
typedef struct
{
  const char *id;
  const char *name;
  int (*probe) (RungsSlice head);
  gboolean (*read) (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error);
} RungsReader;

/** rungs_readers_find: the reader that is surest about @head; %NULL and an error that says what the input looks like
 * where none is. @name is the input's name for the error. */
const RungsReader *rungs_readers_find     (RungsSlice   head,
                                           const char  *name,
                                           GError     **error);

/** rungs_readers_set_no_messages: sets the error of rungs_readers_find() for an input that was read and held no message;
 * @head is what it begins with. */
void               rungs_readers_set_no_messages (GError    **error,
                                                  RungsSlice  head,
                                                  const char *name);

/** rungs_readers_list: all readers, ended by %NULL. */
const RungsReader *const *rungs_readers_list (void);

G_END_DECLS
