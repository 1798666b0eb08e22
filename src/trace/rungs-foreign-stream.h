/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a capture holds beside SIP and is worth a line: one direction of media or of keep-alives, or one encrypted connection.
 *
 * RTP and RTCP (RFC 3550) are counted, so that a call can say whether media came; TLS is named, so that nobody believes that
 * nothing was said; keep-alives (RFC 5626, 4.4: empty lines) are counted, so that silence can be told from them.  None of its bytes are in a record: the ledger holds them with their reason. */

#pragma once

#include "rungs-address.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_FOREIGN_RTP,
  RUNGS_FOREIGN_RTCP,
  RUNGS_FOREIGN_TLS, /* both directions of one connection, or DTLS between two ports; @source is the client */
  RUNGS_FOREIGN_KEEPALIVE,
} RungsForeignKind;

typedef struct
{
  gint64 first;             /* µs since the epoch, RUNGS_TIME_NONE */
  gint64 last;
  guint64 packets;          /* UDP datagrams, or TCP segments with data */
  guint64 bytes;            /* of payload */
  RungsAddress source;
  RungsAddress destination;
  RungsSlice name;          /* TLS: server name of the ClientHello (RFC 6066, 3), or empty; lives in input or arena */
  gint64 pause;             /* KEEPALIVE on TCP: the longest time, in µs, in which @source sent no data of any kind */
  gint64 pause_start;       /* KEEPALIVE on TCP: when that began */
  guint32 connection;       /* KEEPALIVE on TCP: as in RungsRecord; otherwise 0 */
  guint32 ssrc;             /* RTP */
  guint16 version;          /* TLS: the negotiated version, 0x0303, of DTLS 0xfefd; 0: not seen */
  guint8 kind;              /* RungsForeignKind */
  guint8 payload_type;      /* RTP: of the first packet */
} RungsForeignStream;

G_END_DECLS
