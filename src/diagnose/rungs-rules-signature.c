/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about signatures by their presence; whether they are right needs keys ([MS-SIPAE] 3.2.5.2, 3.3.5.2). */

#include "config.h"

#include "rungs-rules.h"

static gboolean
is_signed (const RungsAuthFact *auth)
{
  return auth->signature.length > 0 && auth->random.length > 0 && auth->number.length > 0;
}

static void
sig_client (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);

  if (!round->proof || credentials == NULL || credentials->token == RUNGS_TOKEN_NONE ||
      !rungs_rules_is_microsoft_scheme (credentials->scheme) || !is_signed (credentials))
    return;
  rungs_judge_hit (judge, round->request)->proof = credentials->signature;
}

/* Only a server of version 4 asks for it, and one that answers with success did not miss it. */
static void
sig_client_missing (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  RungsHit *hit;

  if (!round->proof || credentials == NULL || !rungs_rules_is_microsoft_scheme (credentials->scheme) ||
      !rungs_slice_equal_string (credentials->version, "4") || credentials->signature.length > 0)
    return;
  hit = rungs_judge_hit (judge, round->request);
  hit->proof = credentials->value;
  if (rungs_rules_is_success (round->status))
    {
      hit->severity = RUNGS_SEVERITY_INFO;
      hit->variant = RUNGS_HIT_MADE_GOOD;
    }
  else
    {
      rungs_judge_soften (judge, hit);
    }
}

static const RungsAuthFact *
server_info (const RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  return answer != NULL
           ? rungs_flow_facts_find_auth (judge->facts, answer, RUNGS_AUTH_INFO, RUNGS_SIP_SCHEME_NONE)
           : NULL;
}

static void
sig_server (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *info = server_info (judge, round);

  if (!rungs_rules_is_success (round->status) || info == NULL ||
      !rungs_rules_is_microsoft_scheme (info->scheme) || !is_signed (info))
    return;
  rungs_judge_hit (judge, round->answer)->proof = info->value;
}

static void
sig_server_missing (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  const RungsAuthFact *info = server_info (judge, round);

  if (!rungs_rules_is_success (round->status) || !round->proof || credentials == NULL ||
      !rungs_rules_is_microsoft_scheme (credentials->scheme) ||
      (info != NULL && info->signature.length > 0) ||
      !rungs_message_fact_has (rungs_rules_answer (judge, round), RUNGS_FACT_WHOLE))
    return;
  rungs_judge_hit_once (judge, round->answer);
}

const RungsRuleCondition rungs_conditions_signature[] = {
  { "SIG-CLIENT", RUNGS_SCOPE_ROUND, sig_client },
  { "SIG-CLIENT-MISSING", RUNGS_SCOPE_ROUND, sig_client_missing },
  { "SIG-SERVER", RUNGS_SCOPE_ROUND, sig_server },
  { "SIG-SERVER-MISSING", RUNGS_SCOPE_ROUND, sig_server_missing },
  { NULL },
};
