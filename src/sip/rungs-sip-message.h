/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One SIP message: borrowed bytes → start line, header index, body, remarks (RFC 3261, section 7).
 *
 * The same parser serves the index pass (a million times) and the inspector: rungs_sip_message_parse() reuses the
 * memory of the message before, allocates nothing in the usual case, and never fails.  What is wrong becomes a
 * remark.  All slices point into the bytes that were given; folded header values hold their line ends (RungsSipHeader
 * flags say so).  Deeper parts (addresses, Via, credentials) are parsed on demand from a header's value.
 *
 * Bounded: at most RUNGS_SIP_MAX_HEADERS headers are indexed; the rest stays in the bytes, with a remark. */

#pragma once

#include "rungs-remark.h"
#include "rungs-sip-names.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_SIP_MAX_HEADERS 200000

/**
 * RungsSipParseFlags:
 * @RUNGS_SIP_PARSE_DATAGRAM: the bytes are all there is: no Content-Length means "to the end" (RFC 3261, 18.3)
 * @RUNGS_SIP_PARSE_STREAM: the bytes were cut by Content-Length; its absence is a remark
 * @RUNGS_SIP_PARSE_LOG: a log wrote the bytes: body by what is there; a Content-Length that does not fit because of
 *   rewritten line ends or a removed body is no remark
 * @RUNGS_SIP_PARSE_BODY_LABEL: the head ends at a line "Message-Body:" (OCS server logs); the body begins behind it
 * @RUNGS_SIP_PARSE_TRUNCATED: the capture cut the bytes short; a body that is too short is only RUNGS_REMARK_TRUNCATED
 * @RUNGS_SIP_PARSE_CHECK: also look into the header values and write remarks about them (the inspector and `check`;
 *   the index pass does without)
 */
typedef enum
{
  RUNGS_SIP_PARSE_DATAGRAM = 1 << 0,
  RUNGS_SIP_PARSE_STREAM = 1 << 1,
  RUNGS_SIP_PARSE_LOG = 1 << 2,
  RUNGS_SIP_PARSE_BODY_LABEL = 1 << 3,
  RUNGS_SIP_PARSE_TRUNCATED = 1 << 4,
  RUNGS_SIP_PARSE_CHECK = 1 << 5,
} RungsSipParseFlags;

typedef enum
{
  RUNGS_SIP_HEADER_FOLDED = 1 << 0,  /* the value spans lines */
  RUNGS_SIP_HEADER_COMPACT = 1 << 1, /* written in its one-letter form */
} RungsSipHeaderFlags;

typedef struct
{
  RungsSlice name;  /* as written */
  RungsSlice value; /* trimmed; holds line ends where FOLDED */
  guint16 id;       /* RungsSipHeaderId */
  guint16 flags;    /* RungsSipHeaderFlags */
  guint32 next;     /* index + 1 of the next header with this id, 0: none (known ids only) */
} RungsSipHeader;

typedef enum
{
  RUNGS_SIP_KIND_MALFORMED, /* neither a request line nor a status line could be read */
  RUNGS_SIP_KIND_REQUEST,
  RUNGS_SIP_KIND_RESPONSE,
} RungsSipKind;

/**
 * RungsSipMessage:
 *
 * Read the fields, change nothing.  Keep one on the stack: rungs_sip_message_init() (or { 0 }), parse as often as you
 * like, rungs_sip_message_clear().
 */
typedef struct
{
  RungsSlice bytes;          /* everything that was given */
  RungsSlice start_line;     /* without its line end; empty where the message begins with a header */
  RungsSipKind kind;
  RungsSipMethod method;     /* of the request line; of CSeq for a response */
  guint status;              /* of a response, otherwise 0 */
  RungsSlice method_name;    /* as written in the request line, for a response in CSeq */
  RungsSlice request_uri;
  RungsSlice reason;
  RungsSlice version;        /* "SIP/2.0" */
  RungsSlice body;
  RungsSipHeader *headers;
  guint n_headers;
  RungsRemark *remarks;
  guint n_remarks;
  RungsSipParseFlags flags;

  /*< private >*/
  guint allocated_headers;
  guint allocated_remarks;
  guint32 first[RUNGS_N_SIP_HEADERS]; /* index + 1 of the first header with this id */
  guint32 last[RUNGS_N_SIP_HEADERS];
} RungsSipMessage;

void            rungs_sip_message_init        (RungsSipMessage       *self);
void            rungs_sip_message_clear       (RungsSipMessage       *self);

/**
 * rungs_sip_message_parse:
 * @self: an initialised message, of any former content
 * @bytes: one message; must outlive @self's slices
 * @flags: how the bytes came, and how deep to look
 */
void            rungs_sip_message_parse       (RungsSipMessage       *self,
                                               RungsSlice             bytes,
                                               RungsSipParseFlags     flags);

/* Inline: the index pass and the judge ask for dozens of headers a message. */

/** rungs_sip_message_get: the value of the first header @id, empty (data %NULL) where there is none. */
static inline RungsSlice
rungs_sip_message_get (const RungsSipMessage *self,
                       RungsSipHeaderId id)
{
  return self->first[id] != 0 ? self->headers[self->first[id] - 1].value : RUNGS_SLICE_EMPTY;
}

/** rungs_sip_message_has: whether there is a header @id, even an empty one. */
static inline gboolean
rungs_sip_message_has (const RungsSipMessage *self,
                       RungsSipHeaderId id)
{
  return self->first[id] != 0;
}

/** rungs_sip_message_first / rungs_sip_message_next: walks over the headers of one id; %NULL at the end. */
static inline const RungsSipHeader *
rungs_sip_message_first (const RungsSipMessage *self,
                         RungsSipHeaderId id)
{
  return self->first[id] != 0 ? &self->headers[self->first[id] - 1] : NULL;
}

static inline const RungsSipHeader *
rungs_sip_message_next (const RungsSipMessage *self,
                        const RungsSipHeader *header)
{
  return header->next != 0 ? &self->headers[header->next - 1] : NULL;
}

/** rungs_sip_message_find: the first header with this name (any, known or not; case ignored), or %NULL. */
const RungsSipHeader *rungs_sip_message_find  (const RungsSipMessage *self,
                                               const char            *name);

/**
 * rungs_sip_message_get_cseq:
 * @self: a message
 * @number: (out) (optional): the sequence number, 0 where it cannot be read
 * @method: (out) (optional): the method as written
 *
 * Returns: whether both could be read
 */
gboolean        rungs_sip_message_get_cseq    (const RungsSipMessage *self,
                                               guint32               *number,
                                               RungsSlice            *method);

/** rungs_sip_message_get_expires: the Expires header, or the ;expires of the first Contact, in seconds; -1: neither. */
gint64          rungs_sip_message_get_expires (const RungsSipMessage *self);

/** rungs_sip_read_expires: the same of the values of Expires and of the first Contact, either may be empty. */
gint64          rungs_sip_read_expires        (RungsSlice             expires,
                                               RungsSlice             contacts);

/** rungs_sip_message_add_remark: for the checking code of this floor. @where must lie in the message's bytes. */
void            rungs_sip_message_add_remark  (RungsSipMessage       *self,
                                               RungsRemarkCode        code,
                                               guint16                detail,
                                               RungsSlice             where);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsSipMessage, rungs_sip_message_clear)

G_END_DECLS
