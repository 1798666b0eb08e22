/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules of every topic ask again and again, in one word each.
 *
 * A rule function is named after its id: RED-401-FIRST is red_401_first().  It is called for every round, message or flow; it
 * returns at the first thing that does not fit, and where it is in doubt it stays silent. */

#pragma once

#include "rungs-judge.h"

G_BEGIN_DECLS

static inline const RungsRoundFact *
rungs_rules_round (const RungsJudge *judge,
                   guint round)
{
  return &g_array_index (judge->facts->rounds, RungsRoundFact, round);
}

/** rungs_rules_message: the facts at @position. */
static inline const RungsMessageFact *
rungs_rules_message (const RungsJudge *judge,
                     guint position)
{
  return &judge->facts->messages[position];
}

static inline const RungsInviteFact *
rungs_rules_invite (const RungsJudge *judge,
                    guint invite)
{
  return &g_array_index (judge->facts->invites, RungsInviteFact, invite);
}

/** rungs_rules_is_call: whether @invite begins a call: an INVITE outside of a dialog. */
static inline gboolean
rungs_rules_is_call (const RungsJudge *judge,
                     const RungsInviteFact *invite)
{
  return !invite->within && judge->facts->messages[invite->request].info->method == RUNGS_SIP_METHOD_INVITE;
}

/** rungs_rules_answer: the facts of a round's final response, or %NULL. */
static inline const RungsMessageFact *
rungs_rules_answer (const RungsJudge *judge,
                    const RungsRoundFact *round)
{
  return round->answer != RUNGS_NO_POSITION ? &judge->facts->messages[round->answer] : NULL;
}

/** rungs_rules_credentials: the first credentials of the message at @position, or %NULL. */
static inline const RungsAuthFact *
rungs_rules_credentials (const RungsJudge *judge,
                         guint position)
{
  return rungs_flow_facts_find_auth (judge->facts, rungs_rules_message (judge, position), RUNGS_AUTH_CREDENTIALS,
                                     RUNGS_SIP_SCHEME_NONE);
}

/** rungs_rules_offer: the challenge with @scheme (NONE: the first) in the message at @position, or %NULL. */
static inline const RungsAuthFact *
rungs_rules_offer (const RungsJudge *judge,
                   guint position,
                   RungsSipScheme scheme)
{
  return position != RUNGS_NO_POSITION ? rungs_flow_facts_find_auth (judge->facts, rungs_rules_message (judge, position),
                                                                     RUNGS_AUTH_CHALLENGE, scheme)
                                       : NULL;
}

static inline gboolean
rungs_rules_is_challenge (guint status)
{
  return status == 401 || status == 407;
}

static inline gboolean
rungs_rules_is_success (guint status)
{
  return status >= 200 && status < 300;
}

static inline gboolean
rungs_rules_is_microsoft_scheme (guint scheme)
{
  return scheme == RUNGS_SIP_SCHEME_NTLM || scheme == RUNGS_SIP_SCHEME_KERBEROS || scheme == RUNGS_SIP_SCHEME_TLS_DSK;
}

/** rungs_rules_port: the port that the message at @position was sent to, 0 where it is not known for sure. */
guint                rungs_rules_port      (const RungsJudge *judge,
                                            guint             position);

/** rungs_rules_continued: the challenge that @credentials of the request at @position continue: of the same scheme, and of the
 * same realm where there are several; or %NULL. */
const RungsAuthFact *rungs_rules_continued (const RungsJudge    *judge,
                                            guint                position,
                                            const RungsAuthFact *credentials);

/** rungs_rules_refused_digest: the Digest credentials that the answer at @position refuses, where they answered a challenge of the
 * trace; or %NULL. */
const RungsAuthFact *rungs_rules_refused_digest (const RungsJudge *judge,
                                                 guint             position);

/** RUNGS_RULES_PATIENCE: how long a trace must go on before silence means something: timers B, F and H of RFC 3261, 17 (64·T1),
 * µs. */
#define RUNGS_RULES_PATIENCE (32 * G_TIME_SPAN_SECOND)

/** rungs_rules_goes_on: whether the trace goes on long enough after @position to say that something did not come. */
static inline gboolean
rungs_rules_goes_on (const RungsJudge *judge,
                     guint position)
{
  return rungs_trace_facts_goes_on (judge->around, judge->facts->messages[position].message, RUNGS_RULES_PATIENCE);
}

/** rungs_rules_speaks_later: whether who got the message at @position sends something, anywhere, after the same time. */
static inline gboolean
rungs_rules_speaks_later (const RungsJudge *judge,
                          guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  return rungs_trace_facts_sends_later (judge->around, fact->info->destination, fact->message, RUNGS_RULES_PATIENCE);
}

/** rungs_rules_leave_open: makes @hit a note that says that the trace ends too early. */
void                 rungs_rules_leave_open (RungsHit      *hit);

/** rungs_rules_is_private: whether @host is an address that is not routed in the Internet: private (RFC 1918), shared (RFC 6598),
 * link-local, or a unique local one of IPv6. */
gboolean             rungs_rules_is_private (RungsSlice     host);

/** rungs_rules_is_loopback: whether @host is this computer to itself: 127.0.0.0/8, ::1 or localhost. */
gboolean             rungs_rules_is_loopback (RungsSlice    host);

/** rungs_rules_is_public_source: whether @position was captured as coming from a public address. */
gboolean             rungs_rules_is_public_source (const RungsJudge *judge,
                                                   guint             position);

/** rungs_rules_get_keep_alive: the seconds of silence that a server's ms-keep-alive grants ([MS-CONMGMT] 2.2.1), 0: it does not say. */
guint                rungs_rules_get_keep_alive (RungsSlice value);

/** rungs_rules_pause: µs between two messages, -1 where a time is missing. */
gint64               rungs_rules_pause     (const RungsJudge *judge,
                                            guint             from,
                                            guint             to);

G_END_DECLS
