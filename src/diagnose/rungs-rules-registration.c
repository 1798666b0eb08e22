/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about a registration that stands: granted, refreshed, lost, ended; and what the client asks for with it
 * (RFC 3261, 10.2, 10.3; [MS-SIPREGE] 3.1, 3.2). */

#include "config.h"

#include "rungs-rules.h"

static void
reg_ok (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  if (round->kind != RUNGS_REGISTER_LOGIN || !rungs_rules_is_success (round->status) ||
      rungs_message_fact_get_expires (answer) == 0 ||
      !rungs_message_fact_has (answer, RUNGS_FACT_HAS_CONTACT))
    return;
  rungs_hit_add_evidence (rungs_judge_hit (judge, round->answer), round->request);
}

static void
reg_ok_no_contact (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  if ((round->kind != RUNGS_REGISTER_LOGIN && round->kind != RUNGS_REGISTER_REFRESH) ||
      !rungs_rules_is_success (round->status) || !rungs_message_fact_has (answer, RUNGS_FACT_WHOLE) ||
      rungs_message_fact_has (answer, RUNGS_FACT_HAS_CONTACT))
    return;
  rungs_judge_hit_once (judge, round->answer);
}

static void
expires_shorter (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  gint64 asked = rungs_message_fact_get_expires (rungs_rules_message (judge, round->request));
  RungsHit *hit;

  if (!rungs_rules_is_success (round->status) || asked <= 0 || rungs_message_fact_get_expires (answer) <= 0 ||
      rungs_message_fact_get_expires (answer) >= asked)
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  rungs_hit_set_duration (hit, "asked", asked * G_TIME_SPAN_SECOND);
  rungs_hit_set_duration (hit, "granted", rungs_message_fact_get_expires (answer) * G_TIME_SPAN_SECOND);
}

static void
deregister (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (round->kind == RUNGS_REGISTER_REMOVAL && rungs_rules_is_success (round->status))
    rungs_hit_add_evidence (rungs_judge_hit (judge, round->answer), round->request);
}

static void
refresh (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (round->kind == RUNGS_REGISTER_REFRESH && rungs_rules_is_success (round->status))
    rungs_hit_add_evidence (rungs_judge_hit (judge, round->answer), round->request);
}

static void
refresh_401 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);

  if (!rungs_rules_is_challenge (round->status) || round->last_success == RUNGS_NO_POSITION ||
      !round->proof || credentials == NULL || credentials->token != RUNGS_TOKEN_NONE ||
      !rungs_rules_is_microsoft_scheme (credentials->scheme))
    return;
  rungs_hit_add_evidence (rungs_judge_hit (judge, round->answer), round->request);
}

static void
refresh_late (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsRoundFact *before;
  const RungsMessageFact *granted;
  RungsHit *hit;
  gint64 late;

  if (round->last_success == RUNGS_NO_POSITION || round->last_success != round->previous)
    return;
  before = rungs_rules_round (judge, round->last_success);
  granted = rungs_rules_answer (judge, before);
  late = rungs_rules_pause (judge, before->answer, round->request) -
         rungs_message_fact_get_expires (granted) * G_TIME_SPAN_SECOND;
  if (before->kind == RUNGS_REGISTER_REMOVAL || rungs_message_fact_get_expires (granted) <= 0 ||
      late < 5 * G_TIME_SPAN_SECOND)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  rungs_hit_add_evidence (hit, before->answer);
  rungs_hit_set_duration (hit, "granted", rungs_message_fact_get_expires (granted) * G_TIME_SPAN_SECOND);
  rungs_hit_set_duration (hit, "late", late);
}

static void
refresh_added (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsHit *hit;

  if (round->kind != RUNGS_REGISTER_REFRESH || !rungs_rules_is_success (round->status) ||
      (rungs_slice_find (answer->presence_state, 0, RUNGS_SLICE_LITERAL ("register-action=\"added\"")) < 0 &&
       rungs_slice_find (answer->presence_state, 0, RUNGS_SLICE_LITERAL ("register-action=\"fixed\"")) < 0))
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit != NULL)
    hit->proof = answer->presence_state;
}

/* An association lives eight hours at most; a new login sooner than one hour after the last has another cause. */
static void
sa_reauth (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint login;

  if (round->last_login == RUNGS_NO_POSITION || round->last_success != round->previous ||
      rungs_rules_credentials (judge, round->request) != NULL || round->kind != RUNGS_REGISTER_LOGIN)
    return;
  login = rungs_rules_round (judge, round->last_login)->answer;
  if (rungs_rules_pause (judge, login, round->request) >= G_TIME_SPAN_HOUR)
    rungs_hit_add_evidence (rungs_judge_hit (judge, round->request), login);
}

static gboolean
is_request (const RungsMessageFact *fact, RungsSipMethod method)
{
  return fact->info->method == method && rungs_message_fact_has (fact, RUNGS_FACT_REQUEST);
}

static gboolean
is_provisioning (const RungsMessageFact *fact)
{
  return is_request (fact, RUNGS_SIP_METHOD_SUBSCRIBE) && rungs_message_fact_get_to_tag (fact).length == 0 &&
         rungs_slice_case_starts_with (fact->event, RUNGS_SLICE_LITERAL ("vnd-microsoft-provisioning-v2"));
}

static void
sub_provisioning (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (is_provisioning (fact))
    rungs_judge_hit (judge, position)->proof = fact->event;
}

static void
sub_provisioning_fail (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsMessageFact *answer;
  RungsHit *hit;

  if (!is_provisioning (fact) || fact->answer == RUNGS_NO_POSITION)
    return;
  answer = rungs_rules_message (judge, fact->answer);
  if (answer->info->status < 400 || rungs_rules_is_challenge (answer->info->status))
    return;
  hit = rungs_judge_hit (judge, fact->answer);
  rungs_hit_add_evidence (hit, position);
  rungs_judge_soften (judge, hit);
}

static void
dereg_notify (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if ((is_request (fact, RUNGS_SIP_METHOD_NOTIFY) || is_request (fact, RUNGS_SIP_METHOD_BENOTIFY)) &&
      rungs_slice_case_starts_with (fact->event, RUNGS_SLICE_LITERAL ("registration-notify")))
    rungs_judge_hit (judge, position)->proof = fact->event;
}

const RungsRuleCondition rungs_conditions_registration[] = {
  { "REG-OK", RUNGS_SCOPE_ROUND, reg_ok, .needs = RUNGS_ASPECT_ACCEPTED },
  { "REG-OK-NO-CONTACT", RUNGS_SCOPE_ROUND, reg_ok_no_contact, .needs = RUNGS_ASPECT_ACCEPTED },
  { "EXPIRES-SHORTER", RUNGS_SCOPE_ROUND, expires_shorter, .needs = RUNGS_ASPECT_ACCEPTED },
  { "DEREGISTER", RUNGS_SCOPE_ROUND, deregister, .needs = RUNGS_ASPECT_ACCEPTED },
  { "REFRESH", RUNGS_SCOPE_ROUND, refresh, .needs = RUNGS_ASPECT_ACCEPTED },
  { "REFRESH-401",
    RUNGS_SCOPE_ROUND,
    refresh_401,
    .needs = RUNGS_ASPECT_CHALLENGED | RUNGS_ASPECT_CREDENTIALS },
  { "REFRESH-LATE", RUNGS_SCOPE_ROUND, refresh_late },
  { "REFRESH-ADDED", RUNGS_SCOPE_ROUND, refresh_added, .needs = RUNGS_ASPECT_ACCEPTED },
  { "SA-REAUTH", RUNGS_SCOPE_ROUND, sa_reauth },
  { "SUB-PROVISIONING", RUNGS_SCOPE_MESSAGE, sub_provisioning, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "SUB-PROVISIONING-FAIL", RUNGS_SCOPE_MESSAGE, sub_provisioning_fail, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "DEREG-NOTIFY", RUNGS_SCOPE_MESSAGE, dereg_notify, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { NULL },
};
