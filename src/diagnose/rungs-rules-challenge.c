/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about what the server asks for: the expected 401s, the schemes it offers, the names it gives itself ([MS-SIPAE] 3.3.5).
 * The decisive question for a 401 is what the request had: nothing, a step of a handshake, or a proof. */

#include "config.h"

#include "rungs-rules.h"

static void
reg_no_cred (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (round->previous == RUNGS_NO_POSITION && rungs_rules_credentials (judge, round->request) == NULL &&
      round->kind == RUNGS_REGISTER_LOGIN)
    rungs_judge_hit (judge, round->request);
}

static void
red_401_first (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (rungs_rules_is_challenge (round->status) && rungs_rules_credentials (judge, round->request) == NULL)
    rungs_hit_add_evidence (rungs_judge_hit (judge, round->answer), round->request);
}

static void
red_401_challenge (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  const RungsAuthFact *challenge = rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_NTLM);
  RungsHit *hit;

  if (!rungs_rules_is_challenge (round->status) || credentials == NULL || challenge == NULL ||
      credentials->scheme != RUNGS_SIP_SCHEME_NTLM || challenge->token != RUNGS_TOKEN_NTLM_CHALLENGE ||
      (credentials->token != RUNGS_TOKEN_EMPTY && credentials->token != RUNGS_TOKEN_NTLM_NEGOTIATE))
    return;
  hit = rungs_judge_hit (judge, round->answer);
  hit->proof = challenge->value;
  rungs_hit_add_evidence (hit, round->request);
}

static void
red_401_tlsdsk (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  const RungsAuthFact *challenge = rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_TLS_DSK);

  if (!rungs_rules_is_challenge (round->status) || credentials == NULL || challenge == NULL ||
      credentials->scheme != RUNGS_SIP_SCHEME_TLS_DSK || credentials->token == RUNGS_TOKEN_NONE ||
      challenge->token == RUNGS_TOKEN_NONE || challenge->token == RUNGS_TOKEN_TLS_ALERT)
    return;
  rungs_judge_hit (judge, round->answer)->proof = challenge->value;
}

/* The answer to a REGISTER without credentials, where the server names its schemes; NULL for any other round. */
static const RungsMessageFact *
first_offer (const RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (!rungs_rules_is_challenge (round->status) || rungs_rules_credentials (judge, round->request) != NULL)
    return NULL;
  return rungs_rules_answer (judge, round);
}

static gboolean
offers (const RungsJudge *judge, const RungsMessageFact *answer, RungsSipScheme scheme)
{
  return rungs_flow_facts_find_auth (judge->facts, answer, RUNGS_AUTH_CHALLENGE, scheme) != NULL;
}

static void
offer_remote_ntlm (RungsJudge *judge, guint index)
{
  const RungsMessageFact *answer = first_offer (judge, index);

  if (answer == NULL || !rungs_message_fact_has (answer, RUNGS_FACT_REMOTE_USER) ||
      offers (judge, answer, RUNGS_SIP_SCHEME_KERBEROS))
    return;
  if (offers (judge, answer, RUNGS_SIP_SCHEME_NTLM) || offers (judge, answer, RUNGS_SIP_SCHEME_TLS_DSK))
    rungs_judge_hit_once (judge, rungs_rules_round (judge, index)->answer);
}

static void
offer_internal_both (RungsJudge *judge, guint index)
{
  const RungsMessageFact *answer = first_offer (judge, index);

  if (answer == NULL || rungs_message_fact_has (answer, RUNGS_FACT_REMOTE_USER))
    return;
  if (offers (judge, answer, RUNGS_SIP_SCHEME_KERBEROS) && offers (judge, answer, RUNGS_SIP_SCHEME_NTLM))
    rungs_judge_hit_once (judge, rungs_rules_round (judge, index)->answer);
}

/* At port 443 it may be an edge that does not say RemoteUser: nothing is known then. */
static void
offer_internal_ntlm_only (RungsJudge *judge, guint index)
{
  const RungsMessageFact *answer = first_offer (judge, index);
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (answer == NULL || rungs_message_fact_has (answer, RUNGS_FACT_REMOTE_USER) ||
      rungs_rules_port (judge, round->request) == 443)
    return;
  if (offers (judge, answer, RUNGS_SIP_SCHEME_NTLM) && !offers (judge, answer, RUNGS_SIP_SCHEME_KERBEROS))
    rungs_judge_hit_once (judge, round->answer);
}

static void
remote_user (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  if (answer != NULL && rungs_message_fact_has (answer, RUNGS_FACT_REMOTE_USER))
    rungs_judge_hit_once (judge, round->answer);
}

static void
krb_prefix (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *kerberos = rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_KERBEROS);
  RungsHit *hit;

  if (kerberos == NULL || kerberos->targetname.length == 0 ||
      rungs_slice_case_starts_with (kerberos->targetname, RUNGS_SLICE_LITERAL ("sip/")))
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  hit->proof = kerberos->value;
  rungs_hit_set_text (hit, "name", kerberos->targetname);
  rungs_judge_soften (judge, hit);
}

static void
target_pair (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *kerberos = rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_KERBEROS);
  const RungsAuthFact *ntlm = rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_NTLM);
  RungsHit *hit;

  if (kerberos == NULL || ntlm == NULL || kerberos->targetname.length == 0 || ntlm->targetname.length == 0 ||
      rungs_slice_case_equal (rungs_auth_fact_get_host (kerberos), ntlm->targetname))
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  hit->proof = kerberos->value;
  rungs_hit_set_text (hit, "spn", kerberos->targetname);
  rungs_hit_set_text (hit, "name", ntlm->targetname);
  rungs_judge_soften (judge, hit);
}

/* The first targetname of a message, of a challenge or an info. */
static RungsSlice
target_of (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = position != RUNGS_NO_POSITION ? rungs_rules_message (judge, position) : NULL;

  for (guint i = 0; fact != NULL && i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (judge->facts, fact, i);

      if (auth->targetname.length > 0)
        return rungs_auth_fact_get_host (auth);
    }
  return RUNGS_SLICE_EMPTY;
}

static void
target_changed (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  RungsSlice now = target_of (judge, round->answer);
  RungsSlice before;
  RungsHit *hit;

  if (round->previous == RUNGS_NO_POSITION || now.length == 0)
    return;
  before = target_of (judge, rungs_rules_round (judge, round->previous)->answer);
  if (before.length == 0 || rungs_slice_case_equal (before, now))
    return;
  hit = rungs_judge_hit (judge, round->answer);
  hit->proof = now;
  rungs_hit_add_evidence (hit, rungs_rules_round (judge, round->previous)->answer);
  rungs_hit_set_text (hit, "before", before);
  rungs_hit_set_text (hit, "now", now);
  rungs_judge_soften (judge, hit);
}

static void
date_missing (RungsJudge *judge, guint index)
{
  const RungsMessageFact *answer = first_offer (judge, index);

  if (answer != NULL && !rungs_message_fact_has (answer, RUNGS_FACT_HAS_DATE) &&
      rungs_message_fact_has (answer, RUNGS_FACT_WHOLE))
    rungs_judge_hit_once (judge, rungs_rules_round (judge, index)->answer);
}

static void
digest (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsAuthFact *challenge = rungs_rules_offer (judge, position, RUNGS_SIP_SCHEME_DIGEST);

  if (!rungs_rules_is_challenge (fact->info->status) || challenge == NULL ||
      fact->request == RUNGS_NO_POSITION)
    return;
  if (challenge->stale || rungs_rules_credentials (judge, fact->request) == NULL)
    rungs_judge_hit (judge, position)->proof = challenge->value;
}

static void
tlsdsk_no_sts (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *challenge = rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_TLS_DSK);
  RungsHit *hit;

  if (first_offer (judge, index) == NULL || challenge == NULL || challenge->sts_uri.length > 0 ||
      round->next != RUNGS_NO_POSITION || !rungs_rules_speaks_later (judge, round->answer))
    return;
  hit = rungs_judge_hit (judge, round->answer);
  hit->proof = challenge->value;
  rungs_judge_soften (judge, hit);
}

const RungsRuleCondition rungs_conditions_challenge[] = {
  { "REG-NO-CRED", RUNGS_SCOPE_ROUND, reg_no_cred },
  { "RED-401-FIRST", RUNGS_SCOPE_ROUND, red_401_first, .needs = RUNGS_ASPECT_CHALLENGED },
  { "RED-401-CHALLENGE",
    RUNGS_SCOPE_ROUND,
    red_401_challenge,
    .needs = RUNGS_ASPECT_CHALLENGED | RUNGS_ASPECT_CREDENTIALS },
  { "RED-401-TLSDSK",
    RUNGS_SCOPE_ROUND,
    red_401_tlsdsk,
    .needs = RUNGS_ASPECT_CHALLENGED | RUNGS_ASPECT_CREDENTIALS },
  { "OFFER-REMOTE-NTLM", RUNGS_SCOPE_ROUND, offer_remote_ntlm, .needs = RUNGS_ASPECT_CHALLENGED },
  { "OFFER-INTERNAL-BOTH", RUNGS_SCOPE_ROUND, offer_internal_both, .needs = RUNGS_ASPECT_CHALLENGED },
  { "OFFER-INTERNAL-NTLM-ONLY",
    RUNGS_SCOPE_ROUND,
    offer_internal_ntlm_only,
    .needs = RUNGS_ASPECT_CHALLENGED },
  { "REMOTE-USER", RUNGS_SCOPE_ROUND, remote_user },
  { "KRB-PREFIX", RUNGS_SCOPE_ROUND, krb_prefix },
  { "TARGET-PAIR", RUNGS_SCOPE_ROUND, target_pair },
  { "TARGET-CHANGED", RUNGS_SCOPE_ROUND, target_changed },
  { "DATE-MISSING", RUNGS_SCOPE_ROUND, date_missing, .needs = RUNGS_ASPECT_CHALLENGED },
  { "DIGEST",
    RUNGS_SCOPE_MESSAGE,
    digest,
    .needs = RUNGS_ASPECT_RESPONSE | RUNGS_ASPECT_AUTH | RUNGS_ASPECT_DIGEST },
  { "TLSDSK-NO-STS", RUNGS_SCOPE_ROUND, tlsdsk_no_sts, .needs = RUNGS_ASPECT_CHALLENGED },
  { NULL },
};
