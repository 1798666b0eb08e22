/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about final answers to REGISTER: redirects, refusals, faults of servers (RFC 3261, 10.3, 21.3 to 21.6; [MS-OCER]).
 * Results of calls are results and no faults: these rules look at rounds only. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-sip-address.h"

#define REDIRECT_PATIENCE (32 * (gint64) G_USEC_PER_SEC) /* timer F: RFC 3261, 17.1.2.2 */

static void
hit_answer (RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsHit *hit = rungs_judge_hit (judge, round->answer);

  rungs_hit_add_evidence (hit, round->request);
  if (answer->diagnostics != 0)
    hit->proof = answer->diagnostics_text;
  rungs_judge_soften (judge, hit);
}

static guint
diagnostics_of (const RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  return answer != NULL ? answer->diagnostics : 0;
}

static void
redirect (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  if ((round->status == 301 || round->status == 302) && answer->contact.length > 0)
    rungs_judge_hit (judge, round->answer)->proof = answer->contact;
}

/* Whether the trace goes on so long after @position that an answer would be in it. */
static gboolean
has_waited (const RungsJudge *judge, guint position)
{
  gint64 time = rungs_rules_message (judge, position)->info->time;
  gint64 first, last;

  rungs_trace_get_time_span (judge->facts->trace, &first, &last);
  return time != RUNGS_TIME_NONE && last != RUNGS_TIME_NONE && last - time >= REDIRECT_PATIENCE;
}

/* The REGISTER that the client sent to another server after the round; RUNGS_NO_POSITION where there is none. */
static guint
find_attempt_elsewhere (const RungsJudge *judge, guint index)
{
  const RungsMessageFact *request = rungs_rules_message (judge, rungs_rules_round (judge, index)->request);

  for (guint i = index + 1; i < judge->facts->rounds->len; i++)
    {
      guint later = rungs_rules_round (judge, i)->request;

      if (rungs_rules_message (judge, later)->hop != request->hop)
        return later;
    }
  return RUNGS_NO_POSITION;
}

/* The client was sent on, and either the other server does not answer it, or it goes on here and never tries. */
static void
redirect_dead (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  guint attempt = find_attempt_elsewhere (judge, index);
  RungsSipAddress contact;
  RungsHit *hit;

  if ((round->status != 301 && round->status != 302) || answer->contact.length == 0 ||
      judge->facts->info->who == 0 ||
      rungs_trace_facts_registers_later (judge->around, judge->facts->info->who, answer->message))
    return;
  if (attempt != RUNGS_NO_POSITION
        ? rungs_rules_message (judge, attempt)->answer != RUNGS_NO_POSITION ||
            rungs_rules_message (judge, attempt)->provisional != RUNGS_NO_POSITION ||
            !has_waited (judge, attempt)
        : round->next != RUNGS_NO_POSITION ||
            !rungs_trace_facts_goes_on (judge->around, answer->message, REDIRECT_PATIENCE))
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  rungs_sip_address_parse (&contact, answer->contact);
  hit->proof = answer->contact;
  rungs_hit_add_evidence (hit, attempt);
  rungs_hit_set_text (hit, "host", contact.uri.host);
}

/* The same server asked twice in a row, both times with a redirect, and no success anywhere since the first. */
static void
redirect_loop (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsRoundFact *before;
  guint success = judge->facts->last_success[RUNGS_SIP_METHOD_REGISTER];
  RungsHit *hit;

  if ((round->status != 301 && round->status != 302) || round->previous == RUNGS_NO_POSITION)
    return;
  before = rungs_rules_round (judge, round->previous);
  if (before->status != round->status || (success != RUNGS_NO_POSITION && success > before->request))
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  rungs_hit_add_evidence (hit, before->answer);
  rungs_judge_soften (judge, hit);
}

/* The statuses stand in the table. */
static void
refused (RungsJudge *judge, guint index)
{
  hit_answer (judge, rungs_rules_round (judge, index));
}

/* A refusal whose ms-diagnostics is one of @first to @last. */
static void
hit_diagnostics (RungsJudge *judge, guint index, guint first, guint last)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint diagnostics = diagnostics_of (judge, round);

  if (diagnostics >= first && diagnostics <= last)
    hit_answer (judge, round);
}

static void
e403_4003 (RungsJudge *judge, guint index)
{
  hit_diagnostics (judge, index, 4003, 4003);
}

static void
e403_4004 (RungsJudge *judge, guint index)
{
  hit_diagnostics (judge, index, 4004, 4004);
}

#define FIRST_VERSION 17001
#define LAST_VERSION  17003

static void
e403_version (RungsJudge *judge, guint index)
{
  hit_diagnostics (judge, index, FIRST_VERSION, LAST_VERSION);
}

static void
e403 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint diagnostics = diagnostics_of (judge, round);

  if (rungs_rules_refused_digest (judge, round->answer) != NULL)
    return;
  if (judge->facts->microsoft && (diagnostics == 4003 || diagnostics == 4004 ||
                                  (diagnostics >= FIRST_VERSION && diagnostics <= LAST_VERSION)))
    return;
  hit_answer (judge, round);
}

static gboolean
is_epid_refusal (const RungsJudge *judge, const RungsRoundFact *round)
{
  guint diagnostics = diagnostics_of (judge, round);

  return judge->facts->microsoft && round->status == 400 && diagnostics >= 4010 && diagnostics <= 4012;
}

static void
e400_epid (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (is_epid_refusal (judge, round))
    hit_answer (judge, round);
}

static void
e6xx (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (round->status >= 600 && round->status < 700)
    hit_answer (judge, round);
}

/* Every other refusal: no rule knows more about it than its status code says. */
static void
e_other (RungsJudge *judge, guint index)
{
  static const guint16 known[] = { 401, 403, 404, 407, 408, 423, 480, 482, 483, 500, 501, 502, 503, 505 };
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (round->status < 400 || round->status >= 600 || is_epid_refusal (judge, round) ||
      (round->status == 504 && judge->facts->microsoft))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i] == round->status)
      return;
  hit_answer (judge, round);
}

static void
update_offered (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  if (!rungs_rules_is_success (round->status))
    return;
  if (answer->diagnostics == 17004 ||
      rungs_slice_case_starts_with (answer->warning, RUNGS_SLICE_LITERAL ("310 ")))
    rungs_judge_hit_once (judge, round->answer);
}

const RungsRuleCondition rungs_conditions_answers[] = {
  { "REDIRECT", RUNGS_SCOPE_ROUND, redirect, .needs = RUNGS_ASPECT_REFUSED },
  { "REDIRECT-DEAD", RUNGS_SCOPE_ROUND, redirect_dead, .needs = RUNGS_ASPECT_REFUSED },
  { "REDIRECT-LOOP", RUNGS_SCOPE_ROUND, redirect_loop, .needs = RUNGS_ASPECT_REFUSED },
  { "E423", RUNGS_SCOPE_ROUND, refused, .statuses = { 423 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E403-4003", RUNGS_SCOPE_ROUND, e403_4003, .statuses = { 403 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E403-4004", RUNGS_SCOPE_ROUND, e403_4004, .statuses = { 403 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E403-VERSION", RUNGS_SCOPE_ROUND, e403_version, .statuses = { 403 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E403", RUNGS_SCOPE_ROUND, e403, .statuses = { 403 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E404", RUNGS_SCOPE_ROUND, refused, .statuses = { 404 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E400-EPID", RUNGS_SCOPE_ROUND, e400_epid, .needs = RUNGS_ASPECT_REFUSED },
  { "E408", RUNGS_SCOPE_ROUND, refused, .statuses = { 408 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E480", RUNGS_SCOPE_ROUND, refused, .statuses = { 480 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E482-483", RUNGS_SCOPE_ROUND, refused, .statuses = { 482, 483 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E500", RUNGS_SCOPE_ROUND, refused, .statuses = { 500, 501, 502, 505 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E503", RUNGS_SCOPE_ROUND, refused, .statuses = { 503 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E504-EDGE", RUNGS_SCOPE_ROUND, refused, .statuses = { 504 }, .needs = RUNGS_ASPECT_REFUSED },
  { "E6XX", RUNGS_SCOPE_ROUND, e6xx, .needs = RUNGS_ASPECT_REFUSED },
  { "E-OTHER", RUNGS_SCOPE_ROUND, e_other, .needs = RUNGS_ASPECT_REFUSED },
  { "UPDATE-OFFERED", RUNGS_SCOPE_ROUND, update_offered, .needs = RUNGS_ASPECT_ACCEPTED },
  { NULL },
};
