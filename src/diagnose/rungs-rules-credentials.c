/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about what the client takes up: the scheme it chooses, and what it must repeat from the challenge ([MS-SIPAE] 3.2.5).
 * Where an answer of success follows all the same, it is a note and no error. */

#include "config.h"

#include "rungs-rules.h"

static void
remote_krb_chosen (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  guint challenge = rungs_rules_message (judge, round->request)->challenge;
  RungsHit *hit;

  if (credentials == NULL || credentials->scheme != RUNGS_SIP_SCHEME_KERBEROS ||
      challenge == RUNGS_NO_POSITION ||
      !rungs_message_fact_has (rungs_rules_message (judge, challenge), RUNGS_FACT_REMOTE_USER))
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  hit->proof = credentials->value;
  rungs_hit_add_evidence (hit, challenge);
}

/* Whether an earlier round of the hop sent Kerberos credentials and was challenged again; the latest one, or NULL. */
static const RungsRoundFact *
failed_kerberos (const RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsRoundFact *before =
    round->previous != RUNGS_NO_POSITION ? rungs_rules_round (judge, round->previous) : NULL;
  const RungsAuthFact *credentials = before != NULL ? rungs_rules_credentials (judge, before->request) : NULL;

  return credentials != NULL && credentials->scheme == RUNGS_SIP_SCHEME_KERBEROS &&
             rungs_rules_is_challenge (before->status)
           ? before
           : NULL;
}

static gboolean
begins_ntlm (const RungsAuthFact *credentials)
{
  return credentials != NULL && credentials->scheme == RUNGS_SIP_SCHEME_NTLM &&
         (credentials->token == RUNGS_TOKEN_EMPTY || credentials->token == RUNGS_TOKEN_NTLM_NEGOTIATE);
}

static void
krb_no_kdc (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  guint challenge = rungs_rules_message (judge, round->request)->challenge;
  RungsHit *hit;

  if (!begins_ntlm (credentials) || failed_kerberos (judge, round) != NULL ||
      rungs_rules_offer (judge, challenge, RUNGS_SIP_SCHEME_KERBEROS) == NULL ||
      rungs_rules_offer (judge, challenge, RUNGS_SIP_SCHEME_NTLM) == NULL)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  hit->proof = credentials->value;
  rungs_hit_add_evidence (hit, challenge);
}

static void
krb_then_ntlm (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsRoundFact *before = failed_kerberos (judge, round);
  RungsHit *hit;

  if (before == NULL || !begins_ntlm (rungs_rules_credentials (judge, round->request)))
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit != NULL)
    rungs_hit_add_evidence (hit, before->answer);
}

static void
scheme_not_offered (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, position);
  RungsHit *hit;

  if (credentials == NULL || fact->challenge == RUNGS_NO_POSITION ||
      credentials->scheme == RUNGS_SIP_SCHEME_NONE || credentials->scheme == RUNGS_SIP_SCHEME_OTHER ||
      (fact->offered & 1u << credentials->scheme) != 0)
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit == NULL)
    return;
  hit->proof = credentials->value;
  rungs_hit_add_evidence (hit, fact->challenge);
  rungs_judge_soften (judge, hit);
}

static void
ntlm_empty_neg (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);

  if (credentials != NULL && credentials->scheme == RUNGS_SIP_SCHEME_NTLM &&
      credentials->token == RUNGS_TOKEN_EMPTY)
    rungs_judge_hit (judge, round->request)->proof = credentials->value;
}

static void
ntlm_type1_present (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  RungsHit *hit;

  if (credentials == NULL || credentials->token != RUNGS_TOKEN_NTLM_NEGOTIATE)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit != NULL)
    hit->proof = credentials->value;
}

/* Credentials with a token and the challenge that they continue; FALSE where there is no such pair. */
static gboolean
get_continued (const RungsJudge *judge,
               const RungsRoundFact *round,
               const RungsAuthFact **credentials,
               const RungsAuthFact **challenge)
{
  *credentials = rungs_rules_credentials (judge, round->request);
  if (*credentials == NULL || !rungs_rules_is_microsoft_scheme ((*credentials)->scheme))
    return FALSE;
  *challenge = rungs_rules_continued (judge, round->request, *credentials);
  return *challenge != NULL;
}

static RungsHit *
hit_echo (RungsJudge *judge, const RungsRoundFact *round, RungsSlice proof, RungsSlice asked, RungsSlice sent)
{
  RungsHit *hit = rungs_judge_hit (judge, round->request);

  hit->proof = proof;
  rungs_hit_add_evidence (hit, rungs_rules_message (judge, round->request)->challenge);
  rungs_hit_set_text (hit, "asked", asked);
  rungs_hit_set_text (hit, "sent", sent);
  rungs_judge_soften (judge, hit);
  return hit;
}

static void
opaque_changed (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;

  if (!get_continued (judge, round, &credentials, &challenge) || challenge->opaque.length == 0 ||
      challenge->token == RUNGS_TOKEN_NONE || credentials->opaque.length == 0 ||
      rungs_slice_case_equal (challenge->opaque, credentials->opaque))
    return;
  hit_echo (judge, round, credentials->opaque, challenge->opaque, credentials->opaque);
}

static void
opaque_missing (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;

  if (!get_continued (judge, round, &credentials, &challenge) || challenge->opaque.length == 0 ||
      challenge->token == RUNGS_TOKEN_NONE || credentials->opaque.length > 0 ||
      credentials->token == RUNGS_TOKEN_EMPTY || credentials->token == RUNGS_TOKEN_NONE)
    return;
  hit_echo (judge, round, credentials->value, challenge->opaque, RUNGS_SLICE_EMPTY);
}

static void
realm_target_echo (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;

  if (!get_continued (judge, round, &credentials, &challenge))
    return;
  if (challenge->realm.length > 0 && credentials->realm.length > 0 &&
      !rungs_slice_equal (challenge->realm, credentials->realm))
    hit_echo (judge, round, credentials->realm, challenge->realm, credentials->realm);
  else if (challenge->targetname.length > 0 && credentials->targetname.length > 0 &&
           !rungs_slice_case_equal (challenge->targetname, credentials->targetname))
    hit_echo (judge, round, credentials->targetname, challenge->targetname, credentials->targetname);
}

static void
version_echo (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;

  if (!get_continued (judge, round, &credentials, &challenge) || challenge->version.length == 0 ||
      credentials->version.length == 0 || rungs_slice_equal (challenge->version, credentials->version))
    return;
  hit_echo (judge, round, credentials->version, challenge->version, credentials->version);
}

static void
gssapi_twice (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  const RungsAuthFact *before = NULL;
  RungsHit *hit;

  if (credentials == NULL)
    return;
  if (round->previous != RUNGS_NO_POSITION)
    before = rungs_rules_credentials (judge, rungs_rules_round (judge, round->previous)->request);
  if (!credentials->token_twice &&
      (before == NULL || credentials->gssapi.length == 0 || !rungs_auth_fact_is_proof (credentials) ||
       !rungs_slice_equal (before->gssapi, credentials->gssapi)))
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  hit->proof = credentials->value;
  if (round->previous != RUNGS_NO_POSITION)
    rungs_hit_add_evidence (hit, rungs_rules_round (judge, round->previous)->request);
  rungs_judge_soften (judge, hit);
}

static void
proxyauth_for_www (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;
  RungsHit *hit;

  if (!get_continued (judge, round, &credentials, &challenge) || !credentials->proxy || challenge->proxy)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit != NULL)
    hit->proof = credentials->value;
}

/* Base64 turns three bytes into four characters. */
static void
krb_big_token (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  RungsHit *hit;

  if (credentials == NULL || credentials->token != RUNGS_TOKEN_KRB_AP_REQ ||
      credentials->gssapi.length / 4 * 3 <= 12000)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  hit->proof = credentials->gssapi;
  rungs_hit_set_number (hit, "bytes", (gint64) (credentials->gssapi.length / 4 * 3));
}

const RungsRuleCondition rungs_conditions_credentials[] = {
  { "REMOTE-KRB-CHOSEN", RUNGS_SCOPE_ROUND, remote_krb_chosen, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "KRB-NO-KDC", RUNGS_SCOPE_ROUND, krb_no_kdc, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "KRB-THEN-NTLM", RUNGS_SCOPE_ROUND, krb_then_ntlm, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "SCHEME-NOT-OFFERED", RUNGS_SCOPE_MESSAGE, scheme_not_offered, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "NTLM-EMPTY-NEG", RUNGS_SCOPE_ROUND, ntlm_empty_neg, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "NTLM-TYPE1-PRESENT",
    RUNGS_SCOPE_ROUND,
    ntlm_type1_present,
    .needs = RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_NTLM },
  { "OPAQUE-CHANGED", RUNGS_SCOPE_ROUND, opaque_changed, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "OPAQUE-MISSING", RUNGS_SCOPE_ROUND, opaque_missing, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "REALM-TARGET-ECHO", RUNGS_SCOPE_ROUND, realm_target_echo, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "VERSION-ECHO", RUNGS_SCOPE_ROUND, version_echo, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "GSSAPI-TWICE", RUNGS_SCOPE_ROUND, gssapi_twice, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "PROXYAUTH-FOR-WWW", RUNGS_SCOPE_ROUND, proxyauth_for_www, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "KRB-BIG-TOKEN",
    RUNGS_SCOPE_ROUND,
    krb_big_token,
    .needs = RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_KERBEROS },
  { NULL },
};
