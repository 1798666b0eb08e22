/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about proofs that the server refused, and challenges that nobody took up.  A later success makes all of them notes. */

#include "config.h"

#include "rungs-message-fact.h"
#include "rungs-rules.h"

/* The credentials of a round whose proof got another challenge; NULL otherwise. */
static const RungsAuthFact *
refused_credentials (const RungsJudge *judge, const RungsRoundFact *round)
{
  return round->proof && rungs_rules_is_challenge (round->status)
           ? rungs_rules_credentials (judge, round->request)
           : NULL;
}

static void
hit_refusal (RungsJudge *judge, const RungsRoundFact *round)
{
  RungsHit *hit = rungs_judge_hit (judge, round->answer);

  rungs_hit_add_evidence (hit, round->request);
  rungs_judge_soften (judge, hit);
}

static void
ntlm_401_after_auth (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = refused_credentials (judge, round);

  if (credentials != NULL && credentials->token == RUNGS_TOKEN_NTLM_AUTHENTICATE)
    hit_refusal (judge, round);
}

static void
krb_401 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = refused_credentials (judge, round);

  if (credentials != NULL && credentials->token == RUNGS_TOKEN_KRB_AP_REQ)
    hit_refusal (judge, round);
}

/* The first authentication header with a token of @kind, or NULL. */
static const RungsAuthFact *
find_token (const RungsJudge *judge, guint position, RungsTokenKind kind)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (judge->facts, fact, i);

      if (auth->token == kind)
        return auth;
    }
  return NULL;
}

static void
hit_token (RungsJudge *judge, guint position, RungsTokenKind kind)
{
  const RungsAuthFact *auth = find_token (judge, position, kind);
  RungsHit *hit;

  if (auth == NULL)
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = auth->value;
  rungs_judge_soften (judge, hit);
}

static void
krb_error (RungsJudge *judge, guint position)
{
  hit_token (judge, position, RUNGS_TOKEN_KRB_ERROR);
}

static void
tls_alert (RungsJudge *judge, guint position)
{
  hit_token (judge, position, RUNGS_TOKEN_TLS_ALERT);
}

static void
auth_loop (RungsJudge *judge, guint index)
{
  RungsHit *hit;
  guint n = 0;

  for (guint i = 0; i < judge->facts->rounds->len; i++)
    {
      const RungsRoundFact *round = rungs_rules_round (judge, i);

      if (rungs_rules_is_success (round->status))
        n = 0;
      else if (refused_credentials (judge, round) != NULL && ++n == 3)
        {
          hit = rungs_judge_hit (judge, round->answer);
          rungs_hit_add_evidence (hit, round->request);
          rungs_judge_soften (judge, hit);
          return;
        }
    }
}

static void
diag_1000 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsHit *hit;

  if (answer == NULL || answer->diagnostics != 1000 || round->status < 400)
    return;
  hit = rungs_judge_hit (judge, round->answer);
  hit->proof = answer->diagnostics_text;
  rungs_judge_soften (judge, hit);
}

static void
ntlm_mismatch (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsHit *hit;

  if (answer == NULL || answer->diagnostics != 1000 ||
      (rungs_slice_find (answer->diagnostics_text, 0, RUNGS_SLICE_LITERAL ("C3E93EE4")) < 0 &&
       rungs_slice_find (answer->diagnostics_text, 0, RUNGS_SLICE_LITERAL ("c3e93ee4")) < 0))
    return;
  hit = rungs_judge_hit (judge, round->answer);
  hit->proof = answer->diagnostics_text;
  rungs_judge_soften (judge, hit);
}

static void
diag_1013 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsHit *hit;

  if (answer == NULL || answer->diagnostics != 1013)
    return;
  hit = rungs_judge_hit (judge, round->answer);
  hit->proof = answer->diagnostics_text;
  rungs_judge_soften (judge, hit);
}

/* The last REGISTER of the flow got a challenge that a client with the right means would take up. */
static void
gave_up (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  RungsHit *hit;

  if (round->request != judge->facts->last_register || !rungs_rules_is_challenge (round->status) ||
      round->proof)
    return;
  hit = rungs_judge_hit (judge, round->answer);
  rungs_hit_add_evidence (hit, round->request);
  rungs_judge_soften (judge, hit);
  if (hit->variant == RUNGS_HIT_PLAIN && !rungs_rules_goes_on (judge, round->answer) &&
      !rungs_rules_speaks_later (judge, round->answer))
    rungs_rules_leave_open (hit);
}

static void
digest_refused (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsAuthFact *credentials = rungs_rules_refused_digest (judge, position);
  RungsHit *hit;

  if (credentials == NULL || rungs_message_fact_blames_nonce (fact))
    return;
  hit = rungs_judge_hit (judge, position);
  rungs_hit_add_evidence (hit, fact->request);
  rungs_hit_set_text (hit, "username", credentials->username);
  rungs_hit_set_text (hit, "realm", credentials->realm);
  rungs_judge_soften (judge, hit);
}

/* A server that finds the nonce too old should say so with stale=true; some say it in the phrase alone. */
static void
digest_nonce (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (rungs_rules_refused_digest (judge, position) == NULL || !rungs_message_fact_blames_nonce (fact))
    return;
  hit = rungs_judge_hit (judge, position);
  rungs_hit_add_evidence (hit, fact->request);
  rungs_hit_add_evidence (hit, rungs_rules_message (judge, fact->request)->challenge);
  rungs_judge_soften (judge, hit);
}

const RungsRuleCondition rungs_conditions_refusal[] = {
  { "NTLM-401-AFTER-AUTH",
    RUNGS_SCOPE_ROUND,
    ntlm_401_after_auth,
    .needs = RUNGS_ASPECT_CHALLENGED | RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_NTLM },
  { "KRB-401",
    RUNGS_SCOPE_ROUND,
    krb_401,
    .needs = RUNGS_ASPECT_CHALLENGED | RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_KERBEROS },
  { "KRB-ERROR", RUNGS_SCOPE_MESSAGE, krb_error, .needs = RUNGS_ASPECT_KERBEROS },
  { "TLS-ALERT", RUNGS_SCOPE_MESSAGE, tls_alert, .needs = RUNGS_ASPECT_TLS },
  { "AUTH-LOOP", RUNGS_SCOPE_FLOW, auth_loop, .needs = RUNGS_ASPECT_CHALLENGED },
  { "DIAG-1000", RUNGS_SCOPE_ROUND, diag_1000 },
  { "NTLM-MISMATCH", RUNGS_SCOPE_ROUND, ntlm_mismatch },
  { "DIAG-1013", RUNGS_SCOPE_ROUND, diag_1013 },
  { "GAVE-UP", RUNGS_SCOPE_ROUND, gave_up, .needs = RUNGS_ASPECT_CHALLENGED },
  { "DIGEST-REFUSED",
    RUNGS_SCOPE_MESSAGE,
    digest_refused,
    .needs = RUNGS_ASPECT_RESPONSE | RUNGS_ASPECT_DIGEST },
  { "DIGEST-NONCE", RUNGS_SCOPE_MESSAGE, digest_nonce, .needs = RUNGS_ASPECT_RESPONSE | RUNGS_ASPECT_DIGEST },
  { NULL },
};
