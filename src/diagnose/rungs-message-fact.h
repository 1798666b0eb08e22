/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One message as the rules see it: a row of facts.
 *
 * In: a parsed message. Out: the values of its headers, as slices into the trace, and what the message is in its flow (hop, copy,
 * request and answer), which rungs-flow-facts.c adds.  A value is taken apart, into address and tag, branch, instance and so on,
 * when somebody asks for a part of it for the first time: most are never asked for.  Where a message before it had the same value,
 * which is the rule, that one's parts are taken over. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

#define RUNGS_NO_POSITION G_MAXUINT32

/**
 * RungsFactFlags:
 * @RUNGS_FACT_REMOTE_USER: ms-user-logon-data: RemoteUser
 * @RUNGS_FACT_WHOLE: the head is complete: no cut, no gap, and a start line that can be read
 */
typedef enum
{
  RUNGS_FACT_REQUEST = 1 << 0,
  RUNGS_FACT_WHOLE = 1 << 1,
  RUNGS_FACT_HAS_VIA = 1 << 2,
  RUNGS_FACT_HAS_FROM = 1 << 3,
  RUNGS_FACT_HAS_TO = 1 << 4,
  RUNGS_FACT_HAS_CALL_ID = 1 << 5,
  RUNGS_FACT_HAS_CSEQ = 1 << 6,
  RUNGS_FACT_HAS_MAX_FORWARDS = 1 << 7,
  RUNGS_FACT_HAS_CONTACT = 1 << 8,
  RUNGS_FACT_HAS_DATE = 1 << 9,
  RUNGS_FACT_HAS_RECORD_ROUTE = 1 << 10,
  RUNGS_FACT_REMOTE_USER = 1 << 11,
  RUNGS_FACT_TCP_LIKE = 1 << 12,     /* came over TCP, TLS or another stream */
  RUNGS_FACT_ONE_VIA = 1 << 13,      /* request: straight from who made it */
} RungsFactFlags;

/** RungsFactHeader: the headers whose first value every message keeps, for the rules about calls and events. */
typedef enum
{
  RUNGS_FACT_HEADER_REASON,
  RUNGS_FACT_HEADER_RETRY_AFTER,
  RUNGS_FACT_HEADER_RSEQ,
  RUNGS_FACT_HEADER_RACK,
  RUNGS_FACT_HEADER_SESSION_EXPIRES,
  RUNGS_FACT_HEADER_SUBSCRIPTION_STATE,
  RUNGS_FACT_HEADER_REPLACES,
  RUNGS_FACT_HEADER_REFER_TO,
  RUNGS_FACT_HEADER_REQUIRE,
  RUNGS_FACT_HEADER_UNSUPPORTED,
  RUNGS_FACT_HEADER_DIVERSION,
  RUNGS_FACT_HEADER_HISTORY_INFO,
  RUNGS_FACT_HEADER_RECORD_ROUTE,
  RUNGS_FACT_HEADER_ROUTE,
  RUNGS_FACT_HEADER_MAX_FORWARDS,
  RUNGS_FACT_HEADER_CONTENT_TYPE,
  RUNGS_FACT_HEADER_DATE,
  RUNGS_FACT_HEADER_CLIENT_DIAGNOSTICS,
  RUNGS_FACT_HEADER_KEEP_ALIVE,
  RUNGS_FACT_HEADER_EXPIRES,
  RUNGS_N_FACT_HEADERS
} RungsFactHeader;

/** RungsFactPart: what is taken apart at one time. */
typedef enum
{
  RUNGS_FACT_PART_FROM,
  RUNGS_FACT_PART_TO,
  RUNGS_FACT_PART_VIA,
  RUNGS_FACT_PART_CONTACT, /* and Expires */
} RungsFactPart;

typedef struct _RungsMessageFact RungsMessageFact;

struct _RungsMessageFact
{
  const RungsMessageInfo *info;
  guint32 message;     /* index into the trace */
  guint32 hop;         /* small number of the two endpoints */
  guint32 principal;   /* position: itself, or the message that this one is a copy of */
  guint32 request;     /* response: position of the request that it answers on its hop */
  guint32 answer;      /* request: position of its final response on its hop */
  guint32 provisional; /* request: position of its first provisional response */
  guint32 challenge;   /* request with credentials: position of the response whose challenge they answer */
  guint32 offered;     /* request with credentials: the schemes that were offered before, one bit each (1 << RungsSipScheme) */
  guint32 copies;      /* position + 1 of the next copy of the same principal, 0: none */
  guint32 repeats;     /* how often the message was sent again on its hop */
  guint32 invite;      /* request: index + 1 of the RungsInviteFact that it begins, 0: none */
  guint32 sdp;         /* a principal with a session description: index + 1 into the flow's, 0: none */
  guint32 first_auth;
  guint32 n_auth;
  guint32 flags;       /* RungsFactFlags */
  guint32 aspects;     /* RungsAspects */
  guint32 diagnostics; /* the number of ms-diagnostics or ms-diagnostics-public, 0: none */
  RungsSlice bytes;
  RungsSlice request_uri;
  RungsSlice reason;       /* phrase of a response */
  RungsSlice method_name;  /* as written: of the request line, for a response in CSeq */
  RungsSlice cseq_method;
  RungsSlice from;
  RungsSlice to;
  RungsSlice via;          /* the top one */
  RungsSlice contact;      /* the first, or the client's own in an answer */
  RungsSlice event;
  RungsSlice diagnostics_text;
  RungsSlice presence_state;
  RungsSlice warning;
  RungsSlice body;
  RungsSlice headers[RUNGS_N_FACT_HEADERS];

  /*< private >*/
  const RungsMessageFact *earlier[2]; /* the last response and the last request before, or NULL */
  guint32 known;           /* which parts are there, one bit each (1 << RungsFactPart) */
  gboolean translated;
  gint64 expires;
  RungsSlice from_address;
  RungsSlice from_tag;
  RungsSlice epid;
  RungsSlice to_address;
  RungsSlice to_tag;
  RungsSlice branch;
  RungsSlice instance;
};

/** rungs_message_fact_read: fills in what @sip says; @self is empty, but for its info and what came earlier. */
void              rungs_message_fact_read         (RungsMessageFact       *self,
                                                   const RungsSipMessage  *sip);

/** rungs_message_fact_read_binding: in an answer to REGISTER, finds the Contact that is the one of @request, and its lifetime. */
void              rungs_message_fact_read_binding (RungsMessageFact       *self,
                                                   const RungsSipMessage  *sip,
                                                   const RungsMessageFact *request);

/** rungs_message_fact_blames_nonce: whether the phrase of a response speaks of the nonce. */
gboolean          rungs_message_fact_blames_nonce (const RungsMessageFact *self);

/** rungs_message_fact_take_apart: for the functions below. */
void              rungs_message_fact_take_apart   (RungsMessageFact       *self,
                                                   RungsFactPart           part);

static inline gboolean
rungs_message_fact_has (const RungsMessageFact *self,
                        guint flags)
{
  return (self->flags & flags) == flags;
}

/** rungs_message_fact_with: @self, with @part of it taken apart.  Facts belong to one thread. */
static inline const RungsMessageFact *
rungs_message_fact_with (const RungsMessageFact *self,
                         RungsFactPart part)
{
  if ((self->known & 1u << part) == 0)
    rungs_message_fact_take_apart ((RungsMessageFact *) self, part);
  return self;
}

/** rungs_message_fact_get_from_address: user@host. */
static inline RungsSlice
rungs_message_fact_get_from_address (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_FROM)->from_address;
}

static inline RungsSlice
rungs_message_fact_get_from_tag (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_FROM)->from_tag;
}

static inline RungsSlice
rungs_message_fact_get_epid (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_FROM)->epid;
}

/** rungs_message_fact_get_to_address: user@host. */
static inline RungsSlice
rungs_message_fact_get_to_address (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_TO)->to_address;
}

static inline RungsSlice
rungs_message_fact_get_to_tag (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_TO)->to_tag;
}

/** rungs_message_fact_get_branch: of the top Via. */
static inline RungsSlice
rungs_message_fact_get_branch (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_VIA)->branch;
}

/** rungs_message_fact_has_magic_branch: whether the branch of the top Via begins with z9hG4bK (RFC 3261, 8.1.1.7). */
gboolean          rungs_message_fact_has_magic_branch (const RungsMessageFact *self);

/** rungs_message_fact_is_translated: whether the top Via names an address, and received is another one. */
static inline gboolean
rungs_message_fact_is_translated (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_VIA)->translated;
}

/** rungs_message_fact_get_instance: REGISTER: +sip.instance of its Contact; an answer to it: the same, where it lists the client's
 * own. */
static inline RungsSlice
rungs_message_fact_get_instance (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_CONTACT)->instance;
}

/** rungs_message_fact_get_expires: asked for or granted, in seconds, -1: not written. */
static inline gint64
rungs_message_fact_get_expires (const RungsMessageFact *self)
{
  return rungs_message_fact_with (self, RUNGS_FACT_PART_CONTACT)->expires;
}

/** rungs_message_fact_is_removal: whether it is a REGISTER that asks for a lifetime of 0, or for the end of all bindings ("*"). */
gboolean          rungs_message_fact_is_removal   (const RungsMessageFact *self);

G_END_DECLS
