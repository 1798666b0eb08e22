/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Challenges, credentials and signatures in their place.  See rungs-header-here.h. */

#include "config.h"

#include "rungs-header-here.h"

static gboolean
message_offers (const RungsHeaderHere *here, RungsSipScheme scheme)
{
  return rungs_flow_facts_find_auth (here->facts, here->fact, RUNGS_AUTH_CHALLENGE, scheme) != NULL;
}

/* Whether the request that this challenge answers had given its proof. */
static gboolean
answers_proof (const RungsHeaderHere *here)
{
  const RungsMessageFact *request =
    here->fact->request != RUNGS_NO_POSITION ? &here->facts->messages[here->fact->request] : NULL;
  const RungsAuthFact *credentials =
    request != NULL
      ? rungs_flow_facts_find_auth (here->facts, request, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE)
      : NULL;

  return credentials != NULL && rungs_auth_fact_is_proof (credentials);
}

static const char *
choose_ntlm_offer (const RungsHeaderHere *here, const RungsAuthFact *auth)
{
  if (auth->targetname.length == 0)
    return "here-offer";
  if (message_offers (here, RUNGS_SIP_SCHEME_KERBEROS))
    return "here-offer-ntlm-pair";
  return rungs_message_fact_has (here->fact, RUNGS_FACT_REMOTE_USER) ? "here-offer-ntlm-remote"
                                                                     : "here-offer-ntlm";
}

static const char *
choose_challenge (const RungsHeaderHere *here, const RungsAuthFact *auth)
{
  if (auth->token == RUNGS_TOKEN_NTLM_CHALLENGE)
    return "here-challenge-ntlm";
  if (auth->token == RUNGS_TOKEN_TLS_SERVER_HELLO || auth->token == RUNGS_TOKEN_TLS_RECORDS)
    return "here-challenge-tls";
  if (auth->token == RUNGS_TOKEN_NONE && auth->scheme != RUNGS_SIP_SCHEME_DIGEST && answers_proof (here))
    return "here-offer-refused";
  switch ((RungsSipScheme) auth->scheme)
    {
    case RUNGS_SIP_SCHEME_NTLM:
      return choose_ntlm_offer (here, auth);
    case RUNGS_SIP_SCHEME_KERBEROS:
      return auth->targetname.length > 0 ? "here-offer-kerberos" : "here-offer";
    case RUNGS_SIP_SCHEME_TLS_DSK:
      return "here-offer-tls-dsk";
    case RUNGS_SIP_SCHEME_DIGEST:
      return "here-offer-digest";
    case RUNGS_SIP_SCHEME_NONE:
      return NULL;
    default:
      return "here-offer";
    }
}

static const char *
choose_credentials (const RungsAuthFact *auth)
{
  switch ((RungsTokenKind) auth->token)
    {
    case RUNGS_TOKEN_EMPTY:
      return auth->scheme == RUNGS_SIP_SCHEME_NTLM ? "here-credentials-ntlm-empty" : NULL;
    case RUNGS_TOKEN_NTLM_NEGOTIATE:
      return "here-credentials-ntlm-negotiate";
    case RUNGS_TOKEN_NTLM_AUTHENTICATE:
      return auth->signature.length > 0 ? "here-credentials-ntlm-signed" : "here-credentials-ntlm-answer";
    case RUNGS_TOKEN_KRB_AP_REQ:
      return "here-credentials-kerberos";
    case RUNGS_TOKEN_TLS_CLIENT_HELLO:
    case RUNGS_TOKEN_TLS_RECORDS:
      return "here-credentials-tls";
    case RUNGS_TOKEN_NONE:
      break;
    default:
      return NULL;
    }
  if (auth->scheme == RUNGS_SIP_SCHEME_BASIC)
    return "here-credentials-basic";
  if (auth->signature.length == 0)
    return NULL;
  return auth->scheme == RUNGS_SIP_SCHEME_DIGEST ? "here-credentials-digest" : "here-credentials-signed";
}

/* The answer that completes a login says more than the signature. */
static const char *
choose_signed (const RungsHeaderHere *here)
{
  const RungsMessageFact *request =
    here->fact->request != RUNGS_NO_POSITION ? &here->facts->messages[here->fact->request] : NULL;
  const RungsAuthFact *credentials =
    request != NULL
      ? rungs_flow_facts_find_auth (here->facts, request, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE)
      : NULL;

  if (credentials == NULL)
    return "here-info-signed";
  if (credentials->token == RUNGS_TOKEN_NTLM_AUTHENTICATE)
    return "here-info-ntlm";
  return credentials->token == RUNGS_TOKEN_KRB_AP_REQ ? "here-info-kerberos" : "here-info-signed";
}

static const RungsAuthFact *
find_value (const RungsHeaderHere *here)
{
  for (guint i = 0; i < here->fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (here->facts, here->fact, i);

      if (auth->value.length == here->value.length &&
          rungs_slice_offset_in (auth->value, here->fact->bytes) ==
            rungs_slice_offset_in (here->value, here->fact->bytes))
        return auth;
    }
  return NULL;
}

const char *
rungs_header_here_choose_auth (RungsHeaderHere *here)
{
  const RungsAuthFact *auth = find_value (here);

  if (auth == NULL)
    return NULL;
  here->values[0] = (RungsHitValue){ "target", RUNGS_VALUE_TEXT, auth->targetname, 0 };
  here->values[1] = (RungsHitValue){ "scheme", RUNGS_VALUE_TEXT, auth->scheme_name, 0 };
  switch ((RungsAuthRole) auth->role)
    {
    case RUNGS_AUTH_CHALLENGE:
      return choose_challenge (here, auth);
    case RUNGS_AUTH_CREDENTIALS:
      return choose_credentials (auth);
    case RUNGS_AUTH_INFO:
      if (auth->scheme == RUNGS_SIP_SCHEME_NONE || auth->scheme == RUNGS_SIP_SCHEME_DIGEST ||
          auth->scheme == RUNGS_SIP_SCHEME_OTHER)
        return "here-info-digest";
      return auth->signature.length > 0 ? choose_signed (here) : NULL;
    default:
      g_assert_not_reached ();
    }
}
