/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules look at: each message of a flow parsed once into a row of facts.
 *
 * In: a flow. Out: one RungsMessageFact a message, by *position* in the flow; the authentication headers; and the rounds, which
 * are the REGISTERs with their final answers.  All slices point into the trace.
 *
 * A hop is a pair of endpoints, and is judged by itself.  A message that an edge or proxy passes on, that is sent again, or that a
 * second capture agent reports is a copy: its @principal is the position of the first one, where rules stand.
 * Building takes one pass; every lookup is by hash. */

#pragma once

#include "rungs-auth-fact.h"
#include "rungs-sip-sdp.h"
#include "rungs-ticket-trail.h"
#include "rungs-trace-facts.h"

G_BEGIN_DECLS

#define RUNGS_NO_POSITION G_MAXUINT32

/**
 * RungsFactFlags:
 * @RUNGS_FACT_REMOTE_USER: ms-user-logon-data: RemoteUser
 * @RUNGS_FACT_REMOVAL: a REGISTER with a lifetime of 0
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
  RUNGS_FACT_REMOVAL = 1 << 12,
  RUNGS_FACT_URI_HAS_USER = 1 << 13,
  RUNGS_FACT_BRANCH_MAGIC = 1 << 14, /* the top Via's branch begins with z9hG4bK */
  RUNGS_FACT_NAT = 1 << 15,          /* the top Via names an address, and received is another one */
  RUNGS_FACT_TCP_LIKE = 1 << 16,     /* came over TCP, TLS or another stream */
  RUNGS_FACT_ONE_VIA = 1 << 17,      /* request: straight from who made it */
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
  RUNGS_N_FACT_HEADERS
} RungsFactHeader;

typedef struct
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
  guint32 first_auth;
  guint32 n_auth;
  guint32 flags;       /* RungsFactFlags */
  guint32 aspects;     /* RungsAspects */
  guint32 diagnostics; /* the number of ms-diagnostics or ms-diagnostics-public, 0: none */
  gint64 expires;      /* asked for or granted, in seconds, -1: not written */
  RungsSlice bytes;
  RungsSlice method_name;  /* as written: of the request line, for a response in CSeq */
  RungsSlice cseq_method;
  RungsSlice from;
  RungsSlice from_address; /* user@host */
  RungsSlice from_tag;
  RungsSlice to;
  RungsSlice to_address;
  RungsSlice to_tag;
  RungsSlice epid;
  RungsSlice via;
  RungsSlice contact;      /* the first, or the client's own in an answer */
  RungsSlice instance;     /* REGISTER: +sip.instance of @contact; an answer to it: the same, where it lists the client's own */
  RungsSlice event;
  RungsSlice reason;       /* phrase of a response */
  RungsSlice diagnostics_text;
  RungsSlice presence_state;
  RungsSlice warning;
  RungsSlice branch;       /* of the top Via */
  RungsSlice request_uri;
  RungsSlice body;
  RungsSlice headers[RUNGS_N_FACT_HEADERS];
  guint32 sdp;             /* a principal with a session description: index + 1 into the flow's, 0: none */
} RungsMessageFact;

typedef enum
{
  RUNGS_REGISTER_LOGIN,
  RUNGS_REGISTER_REFRESH,
  RUNGS_REGISTER_REMOVAL,
  RUNGS_REGISTER_QUERY, /* no Contact */
} RungsRegisterKind;

/** RungsRoundFact: one REGISTER (a principal) and its final answer. */
typedef struct
{
  guint32 request;      /* position */
  guint32 answer;       /* position, RUNGS_NO_POSITION */
  guint32 previous;     /* the round before on the same hop, RUNGS_NO_POSITION */
  guint32 next;         /* the round after on the same hop, RUNGS_NO_POSITION */
  guint32 last_success; /* the last round before with a 2xx on the same hop, RUNGS_NO_POSITION */
  guint32 last_login;   /* the same for a 2xx that ended a login */
  guint16 status;       /* of the answer, 0: none */
  guint8 kind;          /* RungsRegisterKind */
  gboolean proof;       /* the credentials were complete */
} RungsRoundFact;

/** RungsInviteFact: one INVITE, or UPDATE with a session description (a principal), and what came of it on its hop. All are
 * positions, RUNGS_NO_POSITION where there is none. */
typedef struct
{
  guint32 request;
  guint32 ringing;      /* the first response between 101 and 199 */
  guint32 answer;       /* the first final response */
  guint32 success;      /* the first 2xx */
  guint32 other_success; /* a 2xx of another branch: another To tag */
  guint32 fork;         /* a response with another To tag than the one before it */
  guint32 ack;
  guint32 cancel;
  guint32 cancelled;    /* the final response to the CANCEL */
  guint32 offer;        /* where the offer stands (RFC 3264) */
  guint32 reply;        /* where the answer to it stands */
  guint16 status;       /* of @answer, 0: none */
  gboolean within;      /* inside a dialog: To has a tag */
} RungsInviteFact;

/** RungsSdpFact: the media of one session description, a slice of the flow's. */
typedef struct
{
  guint32 first;
  guint16 n_media;
  gboolean ice;
} RungsSdpFact;

typedef struct _RungsFlowPass RungsFlowPass;

typedef struct
{
  RungsTrace *trace; /* owned reference */
  const RungsTraceFacts *around;
  const RungsFlowInfo *info;
  guint flow;
  gboolean microsoft;
  guint32 aspects; /* RungsAspects of any of its principals */
  RungsMessageFact *messages;
  guint n_messages;
  guint n_hops;
  GArray *auths;  /* RungsAuthFact */
  GArray *rounds; /* RungsRoundFact, in order of their requests */
  GArray *invites;  /* RungsInviteFact, in order of their requests */
  GArray *failures; /* guint32: positions of the principal final responses from 300 on that answer no REGISTER */
  GArray *sdps;     /* RungsSdpFact */
  GArray *media;    /* RungsSdpMedia */
  guint32 first_bye;  /* position of the first principal BYE, RUNGS_NO_POSITION */
  guint32 first_call; /* index into @invites + 1 of the first INVITE outside a dialog that succeeded, 0: none */
  guint32 last_success[RUNGS_SIP_METHOD_OTHER + 1]; /* by method: position of the last 2xx, RUNGS_NO_POSITION */
  guint32 last_register; /* position of the last principal REGISTER, RUNGS_NO_POSITION */
  RungsTicketTrail *trail; /* the Kerberos messages of the capture that belong to it; NULL: there are none */
  GPtrArray *texts;      /* what rungs_flow_facts_keep() keeps */

  /*< private >*/
  guint allocated_messages;
  RungsFlowPass *pass;   /* what was needed to read them, kept for the next flow; NULL: no flow was read after the first */
} RungsFlowFacts;

/** rungs_flow_facts_new: the facts of @flow. (transfer full) */
RungsFlowFacts       *rungs_flow_facts_new             (RungsTrace           *trace,
                                                        guint                 flow);

/** rungs_flow_facts_read: the facts of another flow of the same trace, in the memory of those that @self held. */
void                  rungs_flow_facts_read            (RungsFlowFacts       *self,
                                                        guint                 flow);
void                  rungs_flow_facts_free            (RungsFlowFacts       *self);

/** rungs_flow_facts_get_auth: the @n-th authentication header of a message, 0 ≤ n < n_auth. */
const RungsAuthFact  *rungs_flow_facts_get_auth        (const RungsFlowFacts   *self,
                                                        const RungsMessageFact *fact,
                                                        guint                   n);

/** rungs_flow_facts_find_auth: the first of @role and @scheme (NONE: of any scheme) in a message, or %NULL. */
const RungsAuthFact  *rungs_flow_facts_find_auth       (const RungsFlowFacts   *self,
                                                        const RungsMessageFact *fact,
                                                        RungsAuthRole           role,
                                                        RungsSipScheme          scheme);
const RungsRoundFact *rungs_flow_facts_get_round       (const RungsFlowFacts   *self,
                                                        guint                   round);

const RungsInviteFact *rungs_flow_facts_get_invite      (const RungsFlowFacts   *self,
                                                         guint                   invite);

/** rungs_flow_facts_get_media: the media of the session description at @position; @n_media (out) is 0 where there is none. */
const RungsSdpMedia  *rungs_flow_facts_get_media       (const RungsFlowFacts   *self,
                                                        guint                   position,
                                                        guint                  *n_media);

/** rungs_flow_facts_has_ice: whether the session description at @position names candidates (RFC 8839). */
gboolean              rungs_flow_facts_has_ice         (const RungsFlowFacts   *self,
                                                        guint                   position);

/** rungs_flow_facts_find: the position of @message (index into the trace), or RUNGS_NO_POSITION. O(log n). */
guint                 rungs_flow_facts_find            (const RungsFlowFacts   *self,
                                                        guint                   message);

/** rungs_flow_facts_keep: takes @text (transfer full) and gives it back as a slice that lives as long as the facts: for what stands
 * in no such form in the trace. */
RungsSlice            rungs_flow_facts_keep            (const RungsFlowFacts   *self,
                                                        char                   *text);

/** rungs_flow_facts_succeeds_later: whether a 2xx of the same method follows @position in the flow. */
gboolean              rungs_flow_facts_succeeds_later  (const RungsFlowFacts   *self,
                                                        guint                   position);

static inline gboolean
rungs_message_fact_has (const RungsMessageFact *fact,
                        guint flags)
{
  return (fact->flags & flags) == flags;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFlowFacts, rungs_flow_facts_free)

G_END_DECLS
