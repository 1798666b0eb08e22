/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A trace: one or several inputs read as one, and everything that was indexed in them.
 *
 * Immutable once published (see rungs-trace-builder.h for the only writer), so it is read from any thread without
 * locks.  Messages stand in time order in one packed array, about 72 bytes each; strings that repeat are interned;
 * the messages of a flow are a slice of one array of indexes.  Message numbers shown to people are index + 1.
 * Only diagnose writes, once, before publishing: the marks. */

#pragma once

#include <glib-object.h>

#include "rungs-ledger.h"
#include "rungs-mark.h"
#include "rungs-record.h"
#include "rungs-sip-message.h"
#include "rungs-verifier.h"

G_BEGIN_DECLS

#define RUNGS_NO_MESSAGE  G_MAXUINT32
#define RUNGS_NO_FLOW     G_MAXUINT32
#define RUNGS_NO_KERBEROS G_MAXUINT32

/**
 * RungsMessageFlags: the low byte is RungsRecordFlags of the record.
 * @RUNGS_MESSAGE_RETRANSMISSION: the same message again on the same hop (source, destination, connection)
 * @RUNGS_MESSAGE_RELAYED: the same message seen before on another hop (a proxy or edge passed it on)
 * @RUNGS_MESSAGE_DUPLICATE: another capture agent's copy of a message on the same hop
 * @RUNGS_MESSAGE_SDP: the body is application/sdp or holds it
 * @RUNGS_MESSAGE_CREDENTIALS: an (Proxy-)Authorization is there
 * @RUNGS_MESSAGE_MALFORMED: the start line could not be read
 * @RUNGS_MESSAGE_REMARKS: the index pass found something wrong
 * @RUNGS_MESSAGE_IN / OUT: direction, where the format tells
 * @RUNGS_MESSAGE_TIME_DERIVED_ZONE: the zone was derived from Date headers; time is UTC
 * @RUNGS_MESSAGE_TRANSPORT_DERIVED: the transport is what the top Via says, as the format does not tell
 * @RUNGS_MESSAGE_ENDPOINTS_DERIVED: source and destination were read from the headers, as the format does not tell
 */
typedef enum
{
  RUNGS_MESSAGE_RETRANSMISSION = 1 << 8,
  RUNGS_MESSAGE_RELAYED = 1 << 9,
  RUNGS_MESSAGE_DUPLICATE = 1 << 10,
  RUNGS_MESSAGE_SDP = 1 << 11,
  RUNGS_MESSAGE_CREDENTIALS = 1 << 12,
  RUNGS_MESSAGE_MALFORMED = 1 << 13,
  RUNGS_MESSAGE_REMARKS = 1 << 14,
  RUNGS_MESSAGE_IN = 1 << 15,
  RUNGS_MESSAGE_OUT = 1 << 16,
  RUNGS_MESSAGE_TIME_DERIVED_ZONE = 1 << 17,
  RUNGS_MESSAGE_ENDPOINTS_DERIVED = 1 << 18,
  RUNGS_MESSAGE_TRANSPORT_DERIVED = 1 << 19,
} RungsMessageFlags;

/** RungsMessageInfo: the packed index of one message. */
typedef struct
{
  gint64 time;      /* µs since the epoch, RUNGS_TIME_NONE */
  guint64 offset;   /* in its file, after decompression */
  const char *data; /* the bytes, in the input or the trace's arena */
  guint32 length;
  guint32 call_id; /* id for rungs_trace_get_string(), 0: no Call-ID */
  guint32 flow;
  guint32 dialog; /* equal for equal (Call-ID, tag pair); 0: none */
  guint32
    request; /* index of the first request of its transaction (its own for that one), RUNGS_NO_MESSAGE */
  guint32 cseq;
  guint32 source;      /* endpoint */
  guint32 destination; /* endpoint */
  guint32 connection;  /* equal on one connection of one file, 0: not known */
  guint32 flags;       /* RungsMessageFlags */
  RungsMark mark;
  guint32 status : 10;   /* 0 for a request */
  guint32 method : 5;    /* RungsSipMethod: of the request, or of the CSeq of a response */
  guint32 transport : 3; /* RungsTransport */
  guint32 file : 14;
} RungsMessageInfo;

typedef enum
{
  RUNGS_FLOW_REGISTRATION,
  RUNGS_FLOW_CALL,
  RUNGS_FLOW_SUBSCRIPTION,
  RUNGS_FLOW_INSTANT_MESSAGES,
  RUNGS_FLOW_OTHER,
} RungsFlowKind;

/**
 * RungsFlowFlags:
 * @RUNGS_FLOW_MICROSOFT: speaks Microsoft's extensions (an NTLM, Kerberos or TLS-DSK scheme, an ms- header, an epid, a
 *   Server RTC or User-Agent UCCAPI/RTC anywhere in it)
 */
typedef enum
{
  RUNGS_FLOW_MICROSOFT = 1 << 0,
} RungsFlowFlags;

/** RungsFlowInfo: one Call-ID (or one message without Call-ID): a line of the flow list. */
typedef struct
{
  gint64 start; /* µs, RUNGS_TIME_NONE */
  gint64 end;
  guint32 call_id; /* string id, 0 where the message has none */
  guint32 who;   /* string id of the AoR of From ("user@host"); the registered AoR (To) for a registration */
  guint32 peer;  /* string id of the AoR of To */
  guint32 first; /* into the trace's array of message indexes */
  guint32 n_messages;
  RungsMark mark;
  guint16 status; /* last final status of the transactions of its first method, 0: none in the trace */
  guint8 kind;    /* RungsFlowKind */
  guint8 flags;   /* RungsFlowFlags */
} RungsFlowInfo;

/** RungsKerberosInfo: one Kerberos message of a capture (RFC 4120); not a message of the trace, a rung of the KDC lane. */
typedef struct
{
  gint64 time;      /* µs since the epoch, RUNGS_TIME_NONE */
  guint64 offset;   /* in its file, after decompression */
  const char *data; /* the bytes, in the input or the trace's arena */
  guint32 length;
  guint32 source;       /* endpoint */
  guint32 destination;  /* endpoint */
  guint32 connection;   /* as RungsMessageInfo */
  guint32 other;        /* of a request: its reply, of a reply: its request; RUNGS_NO_KERBEROS */
  gint32 error;         /* the code of a KRB-ERROR, otherwise -1 */
  guint64 ticket;       /* equal for equal tickets: the one that a reply hands out, 0: none */
  guint64 shown_ticket; /* the one that a TGS-REQ shows, 0: none */
  guint16 file;
  guint8 transport;  /* RungsTransport */
  guint8 type;       /* RungsKerberosType, 0 where it cannot be read */
  gboolean repeated; /* sent again */
} RungsKerberosInfo;

/** RungsEndpoint: one address that sent or received. */
typedef struct
{
  RungsAddress address; /* its name lives in the trace */
  RungsSlice name;      /* what the input itself calls it (a name resolution block of pcapng), or empty */
  guint32 n_messages;   /* how many it sent or received */
} RungsEndpoint;

/**
 * RungsZone: what is known about the clock of a file.
 */
typedef enum
{
  RUNGS_ZONE_KNOWN,   /* the format states it: times are UTC */
  RUNGS_ZONE_DERIVED, /* computed from Date headers: times are UTC, see zone_offset */
  RUNGS_ZONE_UNKNOWN, /* the clock of the computer that wrote the file, shown as it is */
} RungsZone;

/** RungsTraceFile: one input of the trace, read or failed. */
typedef struct
{
  char *name; /* display name */
  char *path;
  const char *format;      /* id of the reader, or NULL */
  const char *format_name; /* translated on use, or NULL */
  guint64 size;            /* bytes, after decompression */
  RungsLedger ledger;
  RungsZone zone;
  gint32 zone_offset; /* minutes that were subtracted from the log's clock to get UTC, where DERIVED */
  gint64 shift;       /* µs that were added to its times (RungsClockShifts), mostly 0 */
  guint n_messages;
  GError *error;      /* why it could not be read, or NULL */
  gboolean is_member; /* it was packed in the file at @path */
} RungsTraceFile;

/** RungsTotals: the numbers of `stats` and the title. */
typedef struct
{
  guint64 messages;
  guint64 flows;
  guint64 dialogs;       /* distinct Call-IDs */
  guint64 registrations; /* Call-IDs whose first request is REGISTER */
  guint64 calls;         /* Call-IDs whose first request is INVITE */
  guint64 kerberos;
  guint64 bytes; /* of the inputs, after decompression */
  guint64 unread_bytes;
} RungsTotals;

#define RUNGS_TYPE_TRACE (rungs_trace_get_type ())
G_DECLARE_FINAL_TYPE (RungsTrace, rungs_trace, RUNGS, TRACE, GObject)

guint rungs_trace_get_n_messages (RungsTrace *self);
const RungsMessageInfo *rungs_trace_get_message (RungsTrace *self, guint message);
RungsSlice rungs_trace_get_bytes (RungsTrace *self, guint message);

/** rungs_trace_parse: parses @message into @sip (initialised, reusable) as its record demands; @extra adds flags, such as
 * RUNGS_SIP_PARSE_CHECK. */
void rungs_trace_parse (RungsTrace *self, guint message, RungsSipParseFlags extra, RungsSipMessage *sip);

/** rungs_trace_recall: as rungs_trace_parse(), for who takes all messages apart once more: where the index pass kept an outline
 * (rungs_trace_builder_keep_outlines()), what rungs_sip_outline_read() gives, without a look at the bytes. */
void rungs_trace_recall (RungsTrace *self, guint message, RungsSipMessage *sip);

/** rungs_trace_forget_outlines: frees what rungs_trace_recall() is fast by; before publishing. */
void rungs_trace_forget_outlines (RungsTrace *self);

guint rungs_trace_get_n_flows (RungsTrace *self);
const RungsFlowInfo *rungs_trace_get_flow (RungsTrace *self, guint flow);

/** rungs_trace_get_flow_messages: the message indexes of @flow, ascending. (transfer none) */
const guint32 *rungs_trace_get_flow_messages (RungsTrace *self, guint flow, guint *n_messages);

/** rungs_trace_find_flow: the flow of a Call-ID, or RUNGS_NO_FLOW. */
guint rungs_trace_find_flow (RungsTrace *self, RungsSlice call_id);

/** rungs_trace_get_string: an interned string (call_id, who, peer). */
RungsSlice rungs_trace_get_string (RungsTrace *self, guint32 id);

guint rungs_trace_get_n_endpoints (RungsTrace *self);
const RungsEndpoint *rungs_trace_get_endpoint (RungsTrace *self, guint endpoint);
guint rungs_trace_get_n_files (RungsTrace *self);
const RungsTraceFile *rungs_trace_get_file (RungsTrace *self, guint file);
/** rungs_trace_get_file_bytes: all bytes of @file, read or not; empty where it could not be opened. */
RungsSlice rungs_trace_get_file_bytes (RungsTrace *self, guint file);

/** rungs_trace_file_failed: whether @file could not be read. A file of an archive that holds no SIP has a reason, and
 * has not failed. */
gboolean rungs_trace_file_failed (const RungsTraceFile *file);
const RungsTotals *rungs_trace_get_totals (RungsTrace *self);

/** rungs_trace_get_agent: the capture agent or interface that reported @message, as written, often empty. */
RungsSlice rungs_trace_get_agent (RungsTrace *self, guint message);

/** rungs_trace_get_comment: what somebody wrote beside @message in the capture, as written, often empty. */
RungsSlice rungs_trace_get_comment (RungsTrace *self, guint message);

/** rungs_trace_get_n_kerberos / rungs_trace_get_kerberos: the Kerberos messages, in time order. */
guint rungs_trace_get_n_kerberos (RungsTrace *self);
const RungsKerberosInfo *rungs_trace_get_kerberos (RungsTrace *self, guint kerberos);

/** rungs_trace_get_kerberos_bytes: the message, without the length that stands before it on TCP. */
RungsSlice rungs_trace_get_kerberos_bytes (RungsTrace *self, guint kerberos);

/** rungs_trace_find_ticket: the reply that hands out @ticket (RungsKerberosInfo.ticket), or RUNGS_NO_KERBEROS. */
guint rungs_trace_find_ticket (RungsTrace *self, guint64 ticket);

/** rungs_trace_get_n_streams / rungs_trace_get_stream: media, keep-alives and encrypted connections of captures, by their first time. */
guint rungs_trace_get_n_streams (RungsTrace *self);
const RungsForeignStream *rungs_trace_get_stream (RungsTrace *self, guint stream);

/** rungs_trace_get_time_span: first and last known time, µs; both RUNGS_TIME_NONE where none is known. */
void rungs_trace_get_time_span (RungsTrace *self, gint64 *first, gint64 *last);

/** rungs_trace_dup_title: "login.log" or "login.log and 2 more", display text. (transfer full) */
char *rungs_trace_dup_title (RungsTrace *self);

/** rungs_trace_set_message_mark / rungs_trace_set_flow_mark: for diagnose, in the worker, before publishing. */
void rungs_trace_set_message_mark (RungsTrace *self, guint message, RungsMark mark);
void rungs_trace_set_flow_mark (RungsTrace *self, guint flow, RungsMark mark);

/** rungs_trace_set_signature_checks: for whoever has the secrets: what the check of each message's signature gave. @checks
 * (nullable): one for each message, copied; %NULL: nothing is known any more. Like marks, checks of a published trace are written by
 * the main thread, which then shows the trace anew. */
void rungs_trace_set_signature_checks (RungsTrace *self, const RungsSignatureCheck *checks);

/** rungs_trace_get_signature_check: %NULL where nothing was checked. */
const RungsSignatureCheck *rungs_trace_get_signature_check (RungsTrace *self, guint message);

/** rungs_flow_kind_get_id: "registration", "call", "subscription", "im", "other": JSON and filter. */
const char *rungs_flow_kind_get_id (RungsFlowKind kind);
/** rungs_flow_kind_get_name: the same for people, translated. */
const char *rungs_flow_kind_get_name (RungsFlowKind kind);

G_END_DECLS
