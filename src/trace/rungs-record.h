/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One captured unit: when, from whom to whom, over what, which bytes, and where they stood in their input.
 *
 * A record is one SIP message (or what is left of one), or one Kerberos message.  Readers make them, the model's builder takes them.  Bytes
 * that are not contiguous in the input (TCP segments, logs with a prefix on each line) are joined in the input's
 * arena; then JOINED is set and @offset is that of the first piece. */

#pragma once

#include "rungs-address.h"
#include "rungs-sip-names.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_TIME_NONE G_MININT64

typedef enum
{
  RUNGS_DIRECTION_UNKNOWN,
  RUNGS_DIRECTION_IN,
  RUNGS_DIRECTION_OUT,
} RungsDirection;

typedef enum
{
  RUNGS_RECORD_SIP,
  RUNGS_RECORD_KERBEROS, /* RFC 4120, 7.2: without the length that stands before it on TCP */
} RungsRecordKind;

/**
 * RungsRecordFlags:
 * @RUNGS_RECORD_JOINED: the bytes lie in the arena, not in the mapped input
 * @RUNGS_RECORD_TRUNCATED: the capture or log cut the message short
 * @RUNGS_RECORD_GAP: bytes are missing inside (a lost TCP segment)
 * @RUNGS_RECORD_BODY_LABEL: parse with RUNGS_SIP_PARSE_BODY_LABEL
 * @RUNGS_RECORD_LOG: parse with RUNGS_SIP_PARSE_LOG (otherwise by transport)
 * @RUNGS_RECORD_STREAM: came by a byte stream
 * @RUNGS_RECORD_ZONE_UNKNOWN: @time is a wall clock whose zone the format does not state, written as if it were UTC
 * @RUNGS_RECORD_NO_DATE: @time counts from midnight of an unknown day, or is a time of 1972 that stands for an unknown year
 * @RUNGS_RECORD_DECODED: the bytes stand in the input in another form (compressed, masked); with JOINED
 */
typedef enum
{
  RUNGS_RECORD_JOINED = 1 << 0,
  RUNGS_RECORD_TRUNCATED = 1 << 1,
  RUNGS_RECORD_GAP = 1 << 2,
  RUNGS_RECORD_BODY_LABEL = 1 << 3,
  RUNGS_RECORD_LOG = 1 << 4,
  RUNGS_RECORD_STREAM = 1 << 5,
  RUNGS_RECORD_ZONE_UNKNOWN = 1 << 6,
  RUNGS_RECORD_NO_DATE = 1 << 7,
  RUNGS_RECORD_DECODED = 1 << 8,
} RungsRecordFlags;

typedef struct
{
  RungsSlice bytes;         /* the message, from its start line on */
  guint64 offset;           /* of the first byte of the message in its input, after decompression */
  gint64 time;              /* µs since the epoch, or RUNGS_TIME_NONE */
  RungsAddress source;
  RungsAddress destination;
  guint8 transport;         /* RungsTransport */
  guint8 direction;         /* RungsDirection, seen from the host that logged */
  guint8 kind;              /* RungsRecordKind */
  guint32 connection;       /* equal for the messages of one connection in one input, 0: not known */
  guint32 flags;            /* RungsRecordFlags */
  RungsSlice agent;         /* who reported it: capture agent of HEP, interface of pcapng; often empty; as the bytes */
  RungsSlice comment;       /* what somebody wrote beside it in the capture; often empty; lives as the bytes */
} RungsRecord;

G_END_DECLS
