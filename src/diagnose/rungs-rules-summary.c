/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules that see a whole login as one figure: NTLM in six messages, Kerberos in four, TLS-DSK in eight ([MS-SIPAE] 3.1, 4).
 * A pattern is a row of steps; the rounds of one hop are laid against it. */

#include "config.h"

#include "rungs-rules.h"

#define ANY_TOKEN G_MAXUINT

/* One round of a login: what the credentials are, and what answers them (0: a success). */
typedef struct
{
  RungsSipScheme scheme; /* NONE: no credentials */
  guint token;
  guint answer_token; /* in the challenge of that scheme; ANY_TOKEN: none asked for */
  gboolean success;
} LoginStep;

static const LoginStep ntlm_login[] = {
  { RUNGS_SIP_SCHEME_NONE, ANY_TOKEN, ANY_TOKEN, FALSE },
  { RUNGS_SIP_SCHEME_NTLM, RUNGS_TOKEN_EMPTY, RUNGS_TOKEN_NTLM_CHALLENGE, FALSE },
  { RUNGS_SIP_SCHEME_NTLM, RUNGS_TOKEN_NTLM_AUTHENTICATE, ANY_TOKEN, TRUE },
};

static const LoginStep kerberos_login[] = {
  { RUNGS_SIP_SCHEME_NONE, ANY_TOKEN, ANY_TOKEN, FALSE },
  { RUNGS_SIP_SCHEME_KERBEROS, RUNGS_TOKEN_KRB_AP_REQ, ANY_TOKEN, TRUE },
};

static const LoginStep tls_dsk_login[] = {
  { RUNGS_SIP_SCHEME_NONE, ANY_TOKEN, ANY_TOKEN, FALSE },
  { RUNGS_SIP_SCHEME_TLS_DSK, RUNGS_TOKEN_TLS_CLIENT_HELLO, RUNGS_TOKEN_TLS_SERVER_HELLO, FALSE },
  { RUNGS_SIP_SCHEME_TLS_DSK, RUNGS_TOKEN_TLS_RECORDS, RUNGS_TOKEN_TLS_RECORDS, FALSE },
  { RUNGS_SIP_SCHEME_TLS_DSK, RUNGS_TOKEN_NONE, ANY_TOKEN, TRUE },
};

static gboolean
step_matches (const RungsJudge *judge, const RungsRoundFact *round, const LoginStep *step)
{
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  const RungsAuthFact *challenge;

  if ((credentials != NULL ? (RungsSipScheme) credentials->scheme : RUNGS_SIP_SCHEME_NONE) != step->scheme ||
      round->kind != RUNGS_REGISTER_LOGIN)
    return FALSE;
  if (step->token != ANY_TOKEN && credentials->token != step->token)
    return FALSE;
  if (step->success)
    return rungs_rules_is_success (round->status);
  if (!rungs_rules_is_challenge (round->status))
    return FALSE;
  challenge = rungs_rules_offer (judge, round->answer, step->scheme);
  return step->answer_token == ANY_TOKEN || (challenge != NULL && challenge->token == step->answer_token);
}

/* Lays @steps against the rounds of the first hop, from the first REGISTER on. */
static void
match_login (RungsJudge *judge, const LoginStep *steps, guint n_steps)
{
  guint round = 0;
  guint positions[8];
  RungsHit *hit;

  g_assert (n_steps <= G_N_ELEMENTS (positions) / 2);
  for (guint i = 0; i < n_steps; i++)
    {
      const RungsRoundFact *fact;

      if (round == RUNGS_NO_POSITION || round >= judge->facts->rounds->len)
        return;
      fact = rungs_rules_round (judge, round);
      if (!step_matches (judge, fact, &steps[i]))
        return;
      positions[2 * i] = fact->request;
      positions[2 * i + 1] = fact->answer;
      round = fact->next;
    }
  hit = rungs_judge_hit (judge, positions[2 * n_steps - 1]);
  for (guint i = 0; i + 1 < 2 * n_steps; i++)
    rungs_hit_add_evidence (hit, positions[i]);
}

static void
sum_ntlm_remote (RungsJudge *judge, guint index)
{
  match_login (judge, ntlm_login, G_N_ELEMENTS (ntlm_login));
}

static void
sum_krb_internal (RungsJudge *judge, guint index)
{
  match_login (judge, kerberos_login, G_N_ELEMENTS (kerberos_login));
}

static void
sum_tlsdsk (RungsJudge *judge, guint index)
{
  match_login (judge, tls_dsk_login, G_N_ELEMENTS (tls_dsk_login));
}

const RungsRuleCondition rungs_conditions_summary[] = {
  { "SUM-NTLM-REMOTE", RUNGS_SCOPE_FLOW, sum_ntlm_remote, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "SUM-KRB-INTERNAL", RUNGS_SCOPE_FLOW, sum_krb_internal, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "SUM-TLSDSK", RUNGS_SCOPE_FLOW, sum_tlsdsk, .needs = RUNGS_ASPECT_CREDENTIALS },
  { NULL },
};
