/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What there is to a message.  See rungs-aspects.h. */

#include "config.h"

#include "rungs-aspects.h"

static guint
read_method (const RungsMessageInfo *info)
{
  switch ((RungsSipMethod) info->method)
    {
    case RUNGS_SIP_METHOD_INVITE:
    case RUNGS_SIP_METHOD_UPDATE:
    case RUNGS_SIP_METHOD_REFER:
      return RUNGS_ASPECT_CALL;
    case RUNGS_SIP_METHOD_SUBSCRIBE:
    case RUNGS_SIP_METHOD_NOTIFY:
    case RUNGS_SIP_METHOD_BENOTIFY:
      return RUNGS_ASPECT_SUBSCRIPTION;
    case RUNGS_SIP_METHOD_OPTIONS:
      return RUNGS_ASPECT_OPTIONS;
    default:
      return 0;
    }
}

static guint
read_answer (guint status)
{
  if (status < 300)
    return RUNGS_ASPECT_ACCEPTED;
  return status == 401 || status == 407 ? RUNGS_ASPECT_CHALLENGED : RUNGS_ASPECT_REFUSED;
}

static guint
read_token (RungsTokenKind token)
{
  if (token >= RUNGS_TOKEN_NTLM_NEGOTIATE && token <= RUNGS_TOKEN_NTLM_AUTHENTICATE)
    return RUNGS_ASPECT_NTLM;
  if (token >= RUNGS_TOKEN_KRB_AP_REQ && token <= RUNGS_TOKEN_KRB_ERROR)
    return RUNGS_ASPECT_KERBEROS;
  return token >= RUNGS_TOKEN_TLS_CLIENT_HELLO && token <= RUNGS_TOKEN_TLS_ALERT ? RUNGS_ASPECT_TLS : 0;
}

static guint
read_auth (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  guint aspects = 0;

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (facts, fact, i);

      aspects |= RUNGS_ASPECT_AUTH | read_token (auth->token);
      if (auth->role == RUNGS_AUTH_CREDENTIALS)
        aspects |= RUNGS_ASPECT_CREDENTIALS;
    }
  return aspects;
}

static guint
read_headers (const RungsMessageFact *fact)
{
  guint aspects = 0;

  if (fact->headers[RUNGS_FACT_HEADER_REASON].length > 0)
    aspects |= RUNGS_ASPECT_REASON;
  if (fact->warning.length > 0 || fact->diagnostics_text.length > 0 ||
      fact->headers[RUNGS_FACT_HEADER_CLIENT_DIAGNOSTICS].length > 0)
    aspects |= RUNGS_ASPECT_CODES;
  if (fact->headers[RUNGS_FACT_HEADER_ROUTE].length > 0 ||
      fact->headers[RUNGS_FACT_HEADER_RECORD_ROUTE].length > 0)
    aspects |= RUNGS_ASPECT_ROUTE;
  return aspects;
}

static guint
read_message (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  guint aspects = read_method (fact->info) | read_auth (facts, fact) | read_headers (fact);

  aspects |= (fact->flags & RUNGS_FACT_REQUEST) != 0 ? RUNGS_ASPECT_REQUEST : RUNGS_ASPECT_RESPONSE;
  if (fact->answer != RUNGS_NO_POSITION)
    aspects |= read_answer (facts->messages[fact->answer].info->status);
  if (fact->copies != 0 || fact->repeats > 0)
    aspects |= RUNGS_ASPECT_COPIED;
  if (fact->sdp != 0)
    aspects |= RUNGS_ASPECT_SDP;
  return aspects;
}

static guint
read_flow (const RungsFlowFacts *facts)
{
  guint aspects = 0;

  if (facts->microsoft)
    aspects |= RUNGS_ASPECT_MICROSOFT;
  if (facts->n_messages > 0 &&
      rungs_trace_get_signature_check (facts->trace, facts->messages[0].message) != NULL)
    aspects |= RUNGS_ASPECT_SIGNATURE;
  if (facts->trail != NULL)
    aspects |= RUNGS_ASPECT_KDC;
  for (guint i = 0; i < facts->auths->len; i++)
    if (g_array_index (facts->auths, RungsAuthFact, i).scheme == RUNGS_SIP_SCHEME_DIGEST)
      aspects |= RUNGS_ASPECT_DIGEST;
  if (facts->rounds->len > 0)
    aspects |= RUNGS_ASPECT_ROUNDS;
  if (facts->invites->len > 0)
    aspects |= RUNGS_ASPECT_INVITES;
  if (facts->failures->len > 0)
    aspects |= RUNGS_ASPECT_FAILURES;
  if (rungs_trace_facts_has_media (facts->around))
    aspects |= RUNGS_ASPECT_RTP;
  if (rungs_trace_facts_has_clock_steps (facts->around))
    aspects |= RUNGS_ASPECT_CLOCK_STEP;
  return aspects;
}

void
rungs_aspects_read (RungsFlowFacts *facts)
{
  guint common = read_flow (facts);

  facts->aspects = common;
  for (guint i = 0; i < facts->n_messages; i++)
    {
      RungsMessageFact *fact = &facts->messages[i];

      fact->aspects = common | read_message (facts, fact);
      if (fact->principal != i)
        continue;
      fact->aspects |= RUNGS_ASPECT_PRINCIPAL;
      facts->aspects |= fact->aspects;
    }
}
