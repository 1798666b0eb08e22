/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules on what stands in the tokens of NTLM ([MS-NLMP] 2.2.1, 2.2.2.5). */

#include "config.h"

#include "rungs-ntlm-proof.h"
#include "rungs-rules-token.h"

#define NTLM_SKEW          (15 * 60 * (gint64) G_USEC_PER_SEC) /* [MS-SIP] 3.1 */
#define AV_TIMESTAMP       7
#define LM_RESPONSE_LENGTH 24

static const RungsRoundFact *
round_of (const RungsJudge *judge, const RungsNtlmProof *proof)
{
  return rungs_rules_round (judge, proof->round);
}

/* The hit stands at the proof, and points at the token. */
static RungsHit *
hit_proof (RungsJudge *judge, const RungsNtlmProof *proof)
{
  guint position = round_of (judge, proof)->request;
  RungsHit *hit = rungs_judge_hit_once (judge, position);

  if (hit == NULL)
    return NULL;
  hit->proof = proof->credentials->gssapi;
  if (proof->has_challenge)
    rungs_hit_add_evidence (hit, rungs_rules_message (judge, position)->challenge);
  return hit;
}

/* A fault of the proof that did not keep the server from accepting it is worth a note. */
static void
hit_fault (RungsJudge *judge, const RungsNtlmProof *proof)
{
  RungsHit *hit = hit_proof (judge, proof);

  if (hit == NULL)
    return;
  if (rungs_rules_is_success (round_of (judge, proof)->status))
    {
      hit->severity = MIN (hit->severity, RUNGS_SEVERITY_INFO);
      hit->variant = RUNGS_HIT_MADE_GOOD;
    }
  else
    rungs_judge_soften (judge, hit);
}

static void
ntlm_datagram_flag (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);
  const RungsRoundFact *round = round_of (judge, proof);
  const RungsAuthFact *before =
    round->previous != RUNGS_NO_POSITION
      ? rungs_rules_credentials (judge, rungs_rules_round (judge, round->previous)->request)
      : NULL;

  if (before == NULL || before->scheme != RUNGS_SIP_SCHEME_NTLM || before->token != RUNGS_TOKEN_EMPTY)
    return;
  if ((proof->message.flags & RUNGS_NTLM_FLAG_DATAGRAM) == 0 ||
      (proof->has_challenge && (proof->challenge.flags & RUNGS_NTLM_FLAG_DATAGRAM) == 0))
    hit_fault (judge, proof);
}

static void
ntlm_no_128 (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);

  if (proof->has_challenge && (proof->message.flags & proof->challenge.flags & RUNGS_NTLM_FLAG_128) == 0)
    hit_proof (judge, proof);
}

static void
ntlm_v1 (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);

  if (proof->message.response_kind == RUNGS_NTLM_RESPONSE_V1 ||
      proof->message.response_kind == RUNGS_NTLM_RESPONSE_V1_ESS)
    hit_proof (judge, proof);
}

/* Clients that keep the LM hash to themselves send zeros, or the NTLM response a second time ([MS-NLMP] 3.3.1). */
static void
ntlm_lm (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);
  RungsSlice response;
  gboolean zeros = TRUE;

  if (proof->message.response_kind != RUNGS_NTLM_RESPONSE_V1)
    return;
  response = proof->message.lm_response;
  for (gsize i = 0; i < response.length; i++)
    zeros = zeros && response.data[i] == 0;
  if (response.length == LM_RESPONSE_LENGTH && !zeros &&
      !rungs_slice_equal (response, proof->message.nt_response))
    hit_proof (judge, proof);
}

static void
ntlm_no_ess (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);

  if ((proof->message.flags & RUNGS_NTLM_FLAG_ESS) == 0)
    hit_proof (judge, proof);
}

static void
ntlm_no_sign (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);

  if ((proof->message.flags & RUNGS_NTLM_FLAG_SIGN) == 0)
    hit_fault (judge, proof);
}

/* A client that got the time of the server owes it a MIC ([MS-NLMP] 3.1.5.1.2). */
static void
ntlm_no_mic (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);

  if (proof->has_challenge && proof->message.response_kind == RUNGS_NTLM_RESPONSE_V2 &&
      rungs_ntlm_find_pair (proof->challenge.target_info, AV_TIMESTAMP).length > 0 &&
      proof->message.mic.length == 0)
    hit_proof (judge, proof);
}

static void
ntlm_anon (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);

  if ((proof->message.flags & RUNGS_NTLM_FLAG_ANONYMOUS) != 0 || proof->message.user.length == 0)
    hit_fault (judge, proof);
}

static void
ntlm_local_account (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *workstation = NULL;
  RungsHit *hit;

  if (proof->message.user.length == 0 || (proof->message.flags & RUNGS_NTLM_FLAG_ANONYMOUS) != 0)
    return;
  user = rungs_ntlm_dup_text (proof->message.user, proof->message.flags);
  domain = rungs_ntlm_dup_text (proof->message.domain, proof->message.flags);
  workstation = rungs_ntlm_dup_text (proof->message.workstation, proof->message.flags);
  if (strchr (user, '@') != NULL || (*domain != '\0' && g_ascii_strcasecmp (domain, workstation) != 0))
    return;
  hit = hit_proof (judge, proof);
  if (hit == NULL)
    return;
  rungs_hit_set_text (hit,
                      "account",
                      rungs_rules_keep_text (judge, proof->message.user, proof->message.flags));
  rungs_judge_soften (judge, hit);
}

/* Where the server told its time, the client repeats that: then nothing is known of its clock. */
static void
ntlm_time (RungsJudge *judge, guint index)
{
  const RungsNtlmProof *proof = rungs_rules_proof (judge, index);
  const RungsRoundFact *round = round_of (judge, proof);
  guint challenge = rungs_rules_message (judge, round->request)->challenge;
  gint64 date;
  RungsHit *hit;

  if (!proof->has_challenge || proof->message.time == 0 ||
      rungs_ntlm_find_pair (proof->challenge.target_info, AV_TIMESTAMP).length > 0)
    return;
  date = rungs_rules_read_date (judge, challenge);
  if (date == 0 || ABS (date - proof->message.time) <= NTLM_SKEW)
    return;
  hit = hit_proof (judge, proof);
  if (hit != NULL)
    rungs_hit_set_duration (hit, "difference", ABS (date - proof->message.time));
}

const RungsRuleCondition rungs_conditions_ntlm[] = {
  { "NTLM-DATAGRAM-FLAG", RUNGS_SCOPE_NTLM_PROOF, ntlm_datagram_flag },
  { "NTLM-NO-128", RUNGS_SCOPE_NTLM_PROOF, ntlm_no_128 },
  { "NTLM-V1", RUNGS_SCOPE_NTLM_PROOF, ntlm_v1 },
  { "NTLM-LM", RUNGS_SCOPE_NTLM_PROOF, ntlm_lm },
  { "NTLM-NO-ESS", RUNGS_SCOPE_NTLM_PROOF, ntlm_no_ess },
  { "NTLM-NO-SIGN", RUNGS_SCOPE_NTLM_PROOF, ntlm_no_sign },
  { "NTLM-NO-MIC", RUNGS_SCOPE_NTLM_PROOF, ntlm_no_mic },
  { "NTLM-ANON", RUNGS_SCOPE_NTLM_PROOF, ntlm_anon },
  { "NTLM-LOCAL-ACCOUNT", RUNGS_SCOPE_NTLM_PROOF, ntlm_local_account },
  { "NTLM-TIME", RUNGS_SCOPE_NTLM_PROOF, ntlm_time },
  { NULL },
};
