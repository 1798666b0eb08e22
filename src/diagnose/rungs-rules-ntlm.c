/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules on what stands in the tokens of NTLM ([MS-NLMP] 2.2.1, 2.2.2.5). */

#include "config.h"

#include "rungs-rules-token.h"

#define NTLM_SKEW          (15 * 60 * (gint64) G_USEC_PER_SEC) /* [MS-SIP] 3.1 */
#define AV_TIMESTAMP       7
#define LM_RESPONSE_LENGTH 24

/* The AUTHENTICATE_MESSAGE of a round, and the CHALLENGE_MESSAGE that it answers. */
typedef struct
{
  const RungsAuthFact *credentials;
  GBytes *bytes;
  RungsNtlm proof;
  GBytes *challenge_bytes;
  RungsNtlm challenge;
  gboolean has_challenge;
} Proof;

static void
proof_clear (Proof *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->challenge_bytes, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Proof, proof_clear)

static gboolean
proof_read (Proof *self, const RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsAuthFact *challenge;

  self->credentials = rungs_rules_credentials (judge, round->request);
  if (!rungs_rules_read_ntlm (self->credentials, RUNGS_NTLM_AUTHENTICATE, &self->bytes, &self->proof))
    return FALSE;
  challenge = rungs_rules_continued (judge, round->request, self->credentials);
  self->has_challenge =
    rungs_rules_read_ntlm (challenge, RUNGS_NTLM_CHALLENGE, &self->challenge_bytes, &self->challenge);
  return TRUE;
}

/* The hit stands at the proof, and points at the token. */
static RungsHit *
hit_proof (RungsJudge *judge, const RungsRoundFact *round, const Proof *proof)
{
  RungsHit *hit = rungs_judge_hit_once (judge, round->request);

  if (hit == NULL)
    return NULL;
  hit->proof = proof->credentials->gssapi;
  if (proof->has_challenge)
    rungs_hit_add_evidence (hit, rungs_rules_message (judge, round->request)->challenge);
  return hit;
}

/* A fault of the proof that did not keep the server from accepting it is worth a note. */
static void
hit_fault (RungsJudge *judge, const RungsRoundFact *round, const Proof *proof)
{
  RungsHit *hit = hit_proof (judge, round, proof);

  if (hit == NULL)
    return;
  if (rungs_rules_is_success (round->status))
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
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *before =
    round->previous != RUNGS_NO_POSITION
      ? rungs_rules_credentials (judge, rungs_rules_round (judge, round->previous)->request)
      : NULL;
  g_auto (Proof) proof = { 0 };

  if (before == NULL || before->scheme != RUNGS_SIP_SCHEME_NTLM || before->token != RUNGS_TOKEN_EMPTY ||
      !proof_read (&proof, judge, round))
    return;
  if ((proof.proof.flags & RUNGS_NTLM_FLAG_DATAGRAM) == 0 ||
      (proof.has_challenge && (proof.challenge.flags & RUNGS_NTLM_FLAG_DATAGRAM) == 0))
    hit_fault (judge, round, &proof);
}

static void
ntlm_no_128 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };

  if (proof_read (&proof, judge, round) && proof.has_challenge &&
      (proof.proof.flags & proof.challenge.flags & RUNGS_NTLM_FLAG_128) == 0)
    hit_proof (judge, round, &proof);
}

static void
ntlm_v1 (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };

  if (proof_read (&proof, judge, round) && (proof.proof.response_kind == RUNGS_NTLM_RESPONSE_V1 ||
                                            proof.proof.response_kind == RUNGS_NTLM_RESPONSE_V1_ESS))
    hit_proof (judge, round, &proof);
}

/* Clients that keep the LM hash to themselves send zeros, or the NTLM response a second time ([MS-NLMP] 3.3.1). */
static void
ntlm_lm (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };
  RungsSlice response;
  gboolean zeros = TRUE;

  if (!proof_read (&proof, judge, round) || proof.proof.response_kind != RUNGS_NTLM_RESPONSE_V1)
    return;
  response = proof.proof.lm_response;
  for (gsize i = 0; i < response.length; i++)
    zeros = zeros && response.data[i] == 0;
  if (response.length == LM_RESPONSE_LENGTH && !zeros &&
      !rungs_slice_equal (response, proof.proof.nt_response))
    hit_proof (judge, round, &proof);
}

static void
ntlm_no_ess (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };

  if (proof_read (&proof, judge, round) && (proof.proof.flags & RUNGS_NTLM_FLAG_ESS) == 0)
    hit_proof (judge, round, &proof);
}

static void
ntlm_no_sign (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };

  if (proof_read (&proof, judge, round) && (proof.proof.flags & RUNGS_NTLM_FLAG_SIGN) == 0)
    hit_fault (judge, round, &proof);
}

/* A client that got the time of the server owes it a MIC ([MS-NLMP] 3.1.5.1.2). */
static void
ntlm_no_mic (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };

  if (proof_read (&proof, judge, round) && proof.has_challenge &&
      proof.proof.response_kind == RUNGS_NTLM_RESPONSE_V2 &&
      rungs_ntlm_find_pair (proof.challenge.target_info, AV_TIMESTAMP).length > 0 &&
      proof.proof.mic.length == 0)
    hit_proof (judge, round, &proof);
}

static void
ntlm_anon (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };

  if (proof_read (&proof, judge, round) &&
      ((proof.proof.flags & RUNGS_NTLM_FLAG_ANONYMOUS) != 0 || proof.proof.user.length == 0))
    hit_fault (judge, round, &proof);
}

static void
ntlm_local_account (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_auto (Proof) proof = { 0 };
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *workstation = NULL;
  RungsHit *hit;

  if (!proof_read (&proof, judge, round) || proof.proof.user.length == 0 ||
      (proof.proof.flags & RUNGS_NTLM_FLAG_ANONYMOUS) != 0)
    return;
  user = rungs_ntlm_dup_text (proof.proof.user, proof.proof.flags);
  domain = rungs_ntlm_dup_text (proof.proof.domain, proof.proof.flags);
  workstation = rungs_ntlm_dup_text (proof.proof.workstation, proof.proof.flags);
  if (strchr (user, '@') != NULL || (*domain != '\0' && g_ascii_strcasecmp (domain, workstation) != 0))
    return;
  hit = hit_proof (judge, round, &proof);
  if (hit == NULL)
    return;
  rungs_hit_set_text (hit, "account", rungs_rules_keep_text (judge, proof.proof.user, proof.proof.flags));
  rungs_judge_soften (judge, hit);
}

/* Where the server told its time, the client repeats that: then nothing is known of its clock. */
static void
ntlm_time (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint challenge = rungs_rules_message (judge, round->request)->challenge;
  g_auto (Proof) proof = { 0 };
  gint64 date;
  RungsHit *hit;

  if (!proof_read (&proof, judge, round) || !proof.has_challenge || proof.proof.time == 0 ||
      rungs_ntlm_find_pair (proof.challenge.target_info, AV_TIMESTAMP).length > 0)
    return;
  date = rungs_rules_read_date (judge, challenge);
  if (date == 0 || ABS (date - proof.proof.time) <= NTLM_SKEW)
    return;
  hit = hit_proof (judge, round, &proof);
  if (hit != NULL)
    rungs_hit_set_duration (hit, "difference", ABS (date - proof.proof.time));
}

const RungsRuleCondition rungs_conditions_ntlm[] = {
  { "NTLM-DATAGRAM-FLAG", RUNGS_SCOPE_ROUND, ntlm_datagram_flag },
  { "NTLM-NO-128", RUNGS_SCOPE_ROUND, ntlm_no_128 },
  { "NTLM-V1", RUNGS_SCOPE_ROUND, ntlm_v1 },
  { "NTLM-LM", RUNGS_SCOPE_ROUND, ntlm_lm },
  { "NTLM-NO-ESS", RUNGS_SCOPE_ROUND, ntlm_no_ess },
  { "NTLM-NO-SIGN", RUNGS_SCOPE_ROUND, ntlm_no_sign },
  { "NTLM-NO-MIC", RUNGS_SCOPE_ROUND, ntlm_no_mic },
  { "NTLM-ANON", RUNGS_SCOPE_ROUND, ntlm_anon },
  { "NTLM-LOCAL-ACCOUNT", RUNGS_SCOPE_ROUND, ntlm_local_account },
  { "NTLM-TIME", RUNGS_SCOPE_ROUND, ntlm_time },
  { NULL },
};
