/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The captions of a registration, as the figures of a login tell it.  See rungs-captions.h. */

#include "config.h"

#include "rungs-captions.h"
#include "rungs-message-fact.h"
#include "rungs-scan.h"

/* The round of a REGISTER, found by bisection; NULL for a copy. */
static const RungsRoundFact *
find_round (const RungsFlowFacts *facts, guint position)
{
  guint low = 0;
  guint high = facts->rounds->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (rungs_flow_facts_get_round (facts, middle)->request < position)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == facts->rounds->len || rungs_flow_facts_get_round (facts, low)->request != position)
    return NULL;
  return rungs_flow_facts_get_round (facts, low);
}

/* Whether a REGISTER on the same hop succeeded before the one at @position. */
static gboolean
succeeded_before (const RungsFlowFacts *facts, guint position)
{
  const RungsRoundFact *round = find_round (facts, position);

  return round != NULL && round->last_success != RUNGS_NO_POSITION;
}

static const char *
choose_for_token (const RungsAuthFact *credentials, const RungsRoundFact *round)
{
  switch ((RungsTokenKind) credentials->token)
    {
    case RUNGS_TOKEN_EMPTY:
      return credentials->scheme == RUNGS_SIP_SCHEME_NTLM ? "caption-register-ntlm-empty"
                                                          : "caption-register-scheme";
    case RUNGS_TOKEN_NTLM_NEGOTIATE:
      return "caption-register-ntlm-negotiate";
    case RUNGS_TOKEN_NTLM_AUTHENTICATE:
      return credentials->signature.length > 0 ? "caption-register-ntlm-signed"
                                               : "caption-register-ntlm-answer";
    case RUNGS_TOKEN_KRB_AP_REQ:
      return "caption-register-kerberos";
    case RUNGS_TOKEN_TLS_CLIENT_HELLO:
      return "caption-register-tls-hello";
    case RUNGS_TOKEN_TLS_RECORDS:
    case RUNGS_TOKEN_TLS_ALERT:
      return "caption-register-tls";
    case RUNGS_TOKEN_NONE:
      if (credentials->signature.length == 0)
        return "caption-register-scheme";
      return round != NULL && round->last_success != RUNGS_NO_POSITION ? "caption-register-refresh"
                                                                       : "caption-register-signed";
    default:
      return "caption-register-scheme";
    }
}

static const char *
choose_without_credentials (const RungsFlowFacts *facts, const RungsRoundFact *round)
{
  if (round == NULL)
    return "caption-register-plain";
  if (round->previous == RUNGS_NO_POSITION)
    return round->status == 401 || round->status == 407 ? "caption-register-first" : "caption-register-plain";
  if (round->kind == RUNGS_REGISTER_REFRESH && round->status >= 200 && round->status < 300)
    return "caption-register-refresh-plain";
  return "caption-register-again";
}

const char *
rungs_caption_choose_register (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  const RungsRoundFact *round = find_round (facts, position);
  const RungsAuthFact *credentials =
    rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE);

  if (rungs_message_fact_is_removal (fact))
    return "caption-register-remove";
  if (credentials == NULL && !rungs_message_fact_has (fact, RUNGS_FACT_HAS_CONTACT))
    return "caption-register-query";
  if (credentials == NULL)
    return choose_without_credentials (facts, round);
  if (credentials->scheme == RUNGS_SIP_SCHEME_DIGEST)
    return round != NULL && round->kind == RUNGS_REGISTER_REFRESH ? "caption-register-refresh-plain"
                                                                  : "caption-register-digest";
  if (credentials->scheme == RUNGS_SIP_SCHEME_BASIC)
    return "caption-register-basic";
  return choose_for_token (credentials, round);
}

static const char *
choose_offer (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  guint schemes = 0;
  guint n = 0;

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (facts, fact, i);

      if (auth->role != RUNGS_AUTH_CHALLENGE || (schemes & 1u << auth->scheme) != 0)
        continue;
      schemes |= 1u << auth->scheme;
      n++;
    }
  if (n == 0)
    return "caption-challenge-none";
  if (n == 1)
    return rungs_message_fact_has (fact, RUNGS_FACT_REMOTE_USER) ? "caption-challenge-remote"
                                                                 : "caption-challenge-one";
  return n == 2 ? "caption-challenge-two" : "caption-challenge-many";
}

const char *
rungs_caption_choose_digest_challenge (const RungsFlowFacts *facts,
                                       const RungsMessageFact *fact,
                                       const RungsAuthFact *credentials)
{
  const RungsAuthFact *challenge =
    rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_CHALLENGE, RUNGS_SIP_SCHEME_DIGEST);
  const RungsMessageFact *request = &facts->messages[fact->request];
  const RungsAuthFact *answered;

  if (challenge != NULL && challenge->stale)
    return "caption-challenge-stale";
  if (challenge == NULL || !rungs_slice_equal (challenge->realm, credentials->realm))
    return "caption-challenge-again";
  answered = request->challenge != RUNGS_NO_POSITION
               ? rungs_flow_facts_find_auth (facts,
                                             &facts->messages[request->challenge],
                                             RUNGS_AUTH_CHALLENGE,
                                             RUNGS_SIP_SCHEME_DIGEST)
               : NULL;
  if (answered == NULL || !rungs_slice_equal (answered->nonce, credentials->nonce))
    return "caption-challenge-again";
  return rungs_message_fact_blames_nonce (fact) ? "caption-refused-nonce" : "caption-refused-digest";
}

static const char *
choose_challenge (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;

  if (fact->request == RUNGS_NO_POSITION)
    return "caption-challenge-alone";
  credentials = rungs_flow_facts_find_auth (facts,
                                            &facts->messages[fact->request],
                                            RUNGS_AUTH_CREDENTIALS,
                                            RUNGS_SIP_SCHEME_NONE);
  if (credentials == NULL)
    return choose_offer (facts, fact);
  challenge = rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_CHALLENGE, credentials->scheme);
  switch ((RungsTokenKind) credentials->token)
    {
    case RUNGS_TOKEN_NTLM_AUTHENTICATE:
      return "caption-refused-ntlm";
    case RUNGS_TOKEN_KRB_AP_REQ:
      return "caption-refused-kerberos";
    case RUNGS_TOKEN_NONE:
      if (credentials->scheme == RUNGS_SIP_SCHEME_DIGEST)
        return rungs_caption_choose_digest_challenge (facts, fact, credentials);
      return credentials->signature.length > 0 && succeeded_before (facts, fact->request)
               ? "caption-refused-login"
               : "caption-challenge-again";
    default:
      break;
    }
  if (challenge != NULL && challenge->token == RUNGS_TOKEN_NTLM_CHALLENGE)
    return "caption-challenge-ntlm";
  if (challenge != NULL &&
      (challenge->token == RUNGS_TOKEN_TLS_SERVER_HELLO || challenge->token == RUNGS_TOKEN_TLS_RECORDS))
    return "caption-challenge-tls";
  return "caption-challenge-again";
}

static const char *
choose_success (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  const RungsMessageFact *request =
    fact->request != RUNGS_NO_POSITION ? &facts->messages[fact->request] : NULL;
  const RungsAuthFact *info =
    rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_INFO, RUNGS_SIP_SCHEME_NONE);
  const RungsRoundFact *round = request != NULL ? find_round (facts, request->principal) : NULL;

  if (request != NULL && rungs_message_fact_is_removal (request))
    return "caption-removed";
  if (request != NULL && !rungs_message_fact_has (request, RUNGS_FACT_HAS_CONTACT))
    return "caption-listed";
  if (request != NULL && !rungs_message_fact_has (fact, RUNGS_FACT_HAS_CONTACT))
    return "caption-registered-no-contact";
  if (round != NULL && round->kind == RUNGS_REGISTER_REFRESH)
    return rungs_message_fact_get_expires (fact) > 0 ? "caption-refreshed" : "caption-refreshed-plain";
  if (rungs_message_fact_get_expires (fact) <= 0)
    return "caption-registered-plain";
  return info != NULL && info->signature.length > 0 && info->scheme != RUNGS_SIP_SCHEME_NONE &&
             info->scheme != RUNGS_SIP_SCHEME_DIGEST
           ? "caption-registered-signed"
           : "caption-registered";
}

/* Whether a 403 answers credentials: then it is most often they that are wrong. */
static gboolean
has_digest (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return fact->request != RUNGS_NO_POSITION && rungs_flow_facts_find_auth (facts,
                                                                           &facts->messages[fact->request],
                                                                           RUNGS_AUTH_CREDENTIALS,
                                                                           RUNGS_SIP_SCHEME_DIGEST) != NULL;
}

const char *
rungs_caption_choose_registered (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  guint status = fact->info->status;
  RungsSlice reason = RUNGS_SLICE_EMPTY;

  if (status < 200)
    return "caption-trying";
  if (status < 300)
    return choose_success (facts, fact);
  if ((status == 301 || status == 302) && fact->contact.length > 0)
    return "caption-redirected";
  if (status == 401 || status == 407)
    return choose_challenge (facts, fact);
  if (fact->diagnostics_text.length > 0)
    rungs_scan_find_parameter (fact->diagnostics_text, ';', "reason", &reason);
  if (status >= 400 && reason.length > 0)
    return "caption-reason";
  switch (status)
    {
    case 403:
      return has_digest (facts, fact) ? "caption-refused-digest" : "caption-forbidden";
    case 404:
      return "caption-register-unknown";
    case 423:
      return "caption-too-brief";
    default:
      return status >= 500   ? "caption-server-fault"
             : status >= 400 ? "caption-refused"
                             : "caption-moved-plain";
    }
}
