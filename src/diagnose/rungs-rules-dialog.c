/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about what goes on inside a dialog: order, branches, routes, session timers, transfer (RFC 3261, 12; RFC 4028; RFC 3515;
 * RFC 3891). */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-scan.h"

/* One look-up table a rule and flow: keys are hashes of what a message says, values are positions + 1. */
static gpointer
key_of (RungsSlice a, guint64 b)
{
  return GSIZE_TO_POINTER (rungs_slice_hash (a, b));
}

static gboolean
is_request (const RungsMessageFact *fact, guint position)
{
  return fact->principal == position &&
         rungs_message_fact_has (fact, RUNGS_FACT_REQUEST | RUNGS_FACT_WHOLE | RUNGS_FACT_HAS_CSEQ);
}

/* Each side counts its own requests of a dialog; ACK and CANCEL repeat the number of what they belong to, and a proxy that keeps
 * sending what it got makes copies, not requests. */
static void
cseq_back (RungsJudge *judge, guint index)
{
  const RungsFlowFacts *facts = judge->facts;
  g_autoptr (GHashTable) last = NULL;

  if (facts->info->kind == RUNGS_FLOW_REGISTRATION || facts->n_messages < 3)
    return;
  last = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      gpointer key;
      guint before;

      if (!is_request (fact, i) || rungs_message_fact_get_to_tag (fact).length == 0 ||
          rungs_message_fact_get_from_tag (fact).length == 0 || fact->info->method == RUNGS_SIP_METHOD_ACK ||
          fact->info->method == RUNGS_SIP_METHOD_CANCEL)
        continue;
      key = key_of (rungs_message_fact_get_from_tag (fact),
                    rungs_slice_hash (rungs_message_fact_get_to_tag (fact), fact->hop));
      before = GPOINTER_TO_UINT (g_hash_table_lookup (last, key));
      if (before > 0 && facts->messages[before - 1].info->cseq >= fact->info->cseq)
        {
          RungsHit *hit = rungs_judge_hit (judge, i);

          rungs_hit_add_evidence (hit, before - 1);
          rungs_hit_set_number (hit, "before", facts->messages[before - 1].info->cseq);
          rungs_hit_set_number (hit, "now", fact->info->cseq);
          rungs_judge_soften (judge, hit);
          continue;
        }
      g_hash_table_insert (last, key, GUINT_TO_POINTER (i + 1));
    }
}

/* A CANCEL, and the ACK of a refusal, have the branch of their INVITE; nothing else shares one. */
static void
branch_reused (RungsJudge *judge, guint index)
{
  const RungsFlowFacts *facts = judge->facts;
  g_autoptr (GHashTable) seen = NULL; /* made when there is something to remember */

  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      const RungsMessageFact *other;
      gpointer key;
      guint before;

      if (!is_request (fact, i) || !rungs_message_fact_has_magic_branch (fact) ||
          fact->info->method == RUNGS_SIP_METHOD_ACK || fact->info->method == RUNGS_SIP_METHOD_CANCEL)
        continue;
      if (seen == NULL)
        seen = g_hash_table_new (NULL, NULL);
      key = key_of (rungs_message_fact_get_branch (fact), fact->hop);
      before = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));
      if (before == 0)
        {
          g_hash_table_insert (seen, key, GUINT_TO_POINTER (i + 1));
          continue;
        }
      other = &facts->messages[before - 1];
      if (other->info->cseq != fact->info->cseq || other->info->method != fact->info->method)
        {
          RungsHit *hit = rungs_judge_hit_once (judge, i);

          if (hit == NULL)
            continue;
          hit->proof = rungs_message_fact_get_branch (fact);
          rungs_hit_add_evidence (hit, before - 1);
        }
    }
}

/* A route without ;lr asks for the strict routing of RFC 2543, which proxies of today no longer do right. */
static void
route_no_lr (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsSlice route = fact->headers[RUNGS_FACT_HEADER_RECORD_ROUTE];
  RungsHit *hit;

  if (route.length == 0)
    route = fact->headers[RUNGS_FACT_HEADER_ROUTE];
  if (route.length == 0 || !rungs_message_fact_has (fact, RUNGS_FACT_WHOLE) ||
      rungs_slice_find (route, 0, RUNGS_SLICE_LITERAL (";lr")) >= 0 ||
      rungs_slice_find (route, 0, RUNGS_SLICE_LITERAL (";LR")) >= 0)
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit != NULL)
    hit->proof = route;
}

static void
max_forwards_low (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsSlice value = fact->headers[RUNGS_FACT_HEADER_MAX_FORWARDS];
  guint64 number;
  RungsHit *hit;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || !rungs_slice_to_uint64 (value, &number) ||
      number > 5 || fact->info->method == RUNGS_SIP_METHOD_OPTIONS)
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit == NULL)
    return;
  hit->proof = value;
  rungs_hit_set_number (hit, "number", (gint64) number);
}

/* Via lists that name the same host twice in one request are a spiral at best (RFC 3261, 16.3).  Here: the same request comes back to
 * an endpoint that has sent it on. */
static void
loop_seen (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint n = 0;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || fact->info->method == RUNGS_SIP_METHOD_ACK ||
      (fact->info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED) != 0)
    return;
  for (guint next = fact->copies; next != 0 && n < 64; n++)
    {
      const RungsMessageFact *copy = rungs_rules_message (judge, next - 1);

      if (copy->info->destination == fact->info->source && copy->info->source != fact->info->destination &&
          copy->info->source != copy->info->destination &&
          rungs_slice_equal (copy->request_uri, fact->request_uri) &&
          !rungs_message_fact_has (copy, RUNGS_FACT_ONE_VIA))
        {
          rungs_hit_add_evidence (rungs_judge_hit (judge, next - 1), position);
          return;
        }
      next = copy->copies;
    }
}

/* "1800;refresher=uac" → 1800 s, 0: none that could be read */
static gint64
session_interval (const RungsMessageFact *fact)
{
  RungsSlice rest = fact->headers[RUNGS_FACT_HEADER_SESSION_EXPIRES];
  RungsSlice item;
  guint64 seconds;

  if (rest.length == 0 || !rungs_scan_item (&rest, ';', &item) || !rungs_slice_to_uint64 (item, &seconds) ||
      seconds > G_MAXINT32)
    return 0;
  return (gint64) seconds;
}

/* A session timer runs from each 2xx with Session-Expires to the next INVITE or UPDATE inside the dialog. */
typedef struct
{
  guint set_by;    /* position of the 2xx, RUNGS_NO_POSITION: no timer */
  gint64 interval; /* s */
  guint refresh;   /* position of what came before the interval was over, RUNGS_NO_POSITION */
} SessionTimer;

static void
find_timer (const RungsJudge *judge, guint index, SessionTimer *timer)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *success;

  *timer = (SessionTimer){ RUNGS_NO_POSITION, 0, RUNGS_NO_POSITION };
  if (invite->success == RUNGS_NO_POSITION)
    return;
  success = rungs_rules_message (judge, invite->success);
  timer->interval = session_interval (success);
  if (timer->interval == 0)
    return;
  timer->set_by = invite->success;
  if (index + 1 < judge->facts->invites->len)
    timer->refresh = rungs_rules_invite (judge, index + 1)->request;
}

static void
session_refreshed (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  SessionTimer timer;

  if (index == 0 || !invite->within || invite->success == RUNGS_NO_POSITION)
    return;
  find_timer (judge, index - 1, &timer);
  if (timer.set_by == RUNGS_NO_POSITION ||
      session_interval (rungs_rules_message (judge, invite->success)) == 0)
    return;
  rungs_hit_add_evidence (rungs_judge_hit (judge, invite->request), timer.set_by);
}

/* An UPDATE without a session description refreshes, too, and is no invite fact: any request inside the dialog will do here, so
 * that the rule speaks only where the call was silent until it was cut. */
static void
session_lapsed (RungsJudge *judge, guint index)
{
  const RungsFlowFacts *facts = judge->facts;
  SessionTimer timer;
  RungsHit *hit;
  gint64 limit;
  guint next = RUNGS_NO_POSITION;

  if (index + 1 != facts->invites->len)
    return;
  find_timer (judge, index, &timer);
  if (timer.set_by == RUNGS_NO_POSITION)
    return;
  limit = timer.interval * G_TIME_SPAN_SECOND;
  for (guint i = timer.set_by + 1; i < facts->n_messages && next == RUNGS_NO_POSITION; i++)
    if (facts->messages[i].principal == i && facts->messages[i].info->method != RUNGS_SIP_METHOD_ACK &&
        rungs_message_fact_has (&facts->messages[i], RUNGS_FACT_REQUEST))
      next = i;
  /* The side that does not refresh ends the call a third of the interval, and at most 32 s, before its end (RFC 4028, 10). */
  if (next == RUNGS_NO_POSITION || facts->messages[next].info->method != RUNGS_SIP_METHOD_BYE ||
      rungs_rules_pause (judge, timer.set_by, next) <
        limit - MIN (32 * G_TIME_SPAN_SECOND, limit / 3) - G_TIME_SPAN_SECOND)
    return;
  hit = rungs_judge_hit (judge, next);
  rungs_hit_add_evidence (hit, timer.set_by);
  rungs_hit_set_duration (hit, "interval", limit);
}

static void
replaces (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) && fact->info->method == RUNGS_SIP_METHOD_INVITE &&
      fact->headers[RUNGS_FACT_HEADER_REPLACES].length > 0)
    rungs_judge_hit (judge, position)->proof = fact->headers[RUNGS_FACT_HEADER_REPLACES];
}

/* The status code in a NOTIFY's message/sipfrag, 0: none. */
static guint
sipfrag_status (const RungsMessageFact *fact)
{
  RungsSlice line = RUNGS_SLICE_EMPTY;
  RungsSlice rest = rungs_slice_trim (fact->body);
  guint64 status;

  if (!rungs_slice_case_starts_with (fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE],
                                     RUNGS_SLICE_LITERAL ("message/sipfrag")) ||
      !rungs_scan_line (&rest, &line) || !rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("SIP/2.0 ")))
    return 0;
  return rungs_slice_to_uint64 (rungs_slice_sub (line, strlen ("SIP/2.0 "), 3), &status) ? (guint) status : 0;
}

/* The last NOTIFY about the transfer that the REFER at @position asked for, RUNGS_NO_POSITION. */
static guint
find_outcome (const RungsJudge *judge, guint position)
{
  const RungsFlowFacts *facts = judge->facts;
  guint last = RUNGS_NO_POSITION;

  for (guint i = position + 1; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];

      if (fact->info->method == RUNGS_SIP_METHOD_REFER && rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) &&
          fact->principal == i)
        break;
      if (fact->principal == i && fact->info->method == RUNGS_SIP_METHOD_NOTIFY && sipfrag_status (fact) != 0)
        last = i;
    }
  return last;
}

/* The status that the transfer ended with: 0 where the trace does not say. */
static guint
refer_outcome (const RungsJudge *judge, guint position, guint *notify)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  *notify = RUNGS_NO_POSITION;
  if (fact->info->method != RUNGS_SIP_METHOD_REFER || !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST))
    return 0;
  *notify = find_outcome (judge, position);
  return *notify != RUNGS_NO_POSITION ? sipfrag_status (rungs_rules_message (judge, *notify)) : 0;
}

static void
transfer_done (RungsJudge *judge, guint position)
{
  guint notify;
  guint status = refer_outcome (judge, position, &notify);

  if (rungs_rules_is_success (status))
    rungs_hit_add_evidence (rungs_judge_hit (judge, notify), position);
}

static void
transfer_failed (RungsJudge *judge, guint position)
{
  guint notify;
  guint status = refer_outcome (judge, position, &notify);
  RungsHit *hit;

  if (status < 300)
    return;
  hit = rungs_judge_hit (judge, notify);
  rungs_hit_add_evidence (hit, position);
  rungs_hit_set_number (hit, "outcome", status);
}

static void
transfer_silent (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint notify;
  RungsHit *hit;

  if (fact->info->method != RUNGS_SIP_METHOD_REFER || !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) ||
      refer_outcome (judge, position, &notify) >= 200 || fact->answer == RUNGS_NO_POSITION ||
      !rungs_rules_is_success (rungs_rules_message (judge, fact->answer)->info->status) ||
      rungs_slice_case_equal_string (fact->event, "norefersub") || !rungs_rules_goes_on (judge, position))
    return;
  hit = rungs_judge_hit (judge, position);
  rungs_hit_add_evidence (hit, fact->answer);
}

const RungsRuleCondition rungs_conditions_dialog[] = {
  { "CSEQ-BACK", RUNGS_SCOPE_FLOW, cseq_back },
  { "BRANCH-REUSED", RUNGS_SCOPE_FLOW, branch_reused },
  { "ROUTE-NO-LR", RUNGS_SCOPE_MESSAGE, route_no_lr, .needs = RUNGS_ASPECT_ROUTE },
  { "MAX-FORWARDS-LOW", RUNGS_SCOPE_MESSAGE, max_forwards_low, .needs = RUNGS_ASPECT_REQUEST },
  { "LOOP-SEEN", RUNGS_SCOPE_MESSAGE, loop_seen, .needs = RUNGS_ASPECT_COPIED },
  { "SESSION-REFRESHED", RUNGS_SCOPE_INVITE, session_refreshed },
  { "SESSION-LAPSED", RUNGS_SCOPE_INVITE, session_lapsed },
  { "REPLACES", RUNGS_SCOPE_MESSAGE, replaces, .needs = RUNGS_ASPECT_REQUEST | RUNGS_ASPECT_CALL },
  { "TRANSFER-DONE", RUNGS_SCOPE_MESSAGE, transfer_done, .needs = RUNGS_ASPECT_REQUEST | RUNGS_ASPECT_CALL },
  { "TRANSFER-FAILED",
    RUNGS_SCOPE_MESSAGE,
    transfer_failed,
    .needs = RUNGS_ASPECT_REQUEST | RUNGS_ASPECT_CALL },
  { "TRANSFER-SILENT",
    RUNGS_SCOPE_MESSAGE,
    transfer_silent,
    .needs = RUNGS_ASPECT_REQUEST | RUNGS_ASPECT_CALL },
  { NULL },
};
