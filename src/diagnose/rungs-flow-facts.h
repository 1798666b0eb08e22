/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules look at: each message of a flow parsed once into a row of facts (rungs-message-fact.h).
 *
 * In: a flow. Out: one RungsMessageFact a message, by *position* in the flow; the authentication headers; and the rounds, which
 * are the REGISTERs with their final answers.  All slices point into the trace.
 *
 * A hop is a pair of endpoints, and is judged by itself.  A message that an edge or proxy passes on, that is sent again, or that a
 * second capture agent reports is a copy: its @principal is the position of the first one, where rules stand.
 * Building takes one pass; every lookup is by hash. */

#pragma once

#include "rungs-auth-fact.h"
#include "rungs-message-fact.h"
#include "rungs-sip-sdp.h"
#include "rungs-ticket-trail.h"
#include "rungs-trace-facts.h"

G_BEGIN_DECLS

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFlowFacts, rungs_flow_facts_free)

G_END_DECLS
