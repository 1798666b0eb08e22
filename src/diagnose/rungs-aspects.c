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
read_auth (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  if (fact->n_auth == 0)
    return 0;
  return rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE) != NULL
           ? RUNGS_ASPECT_AUTH | RUNGS_ASPECT_CREDENTIALS
           : RUNGS_ASPECT_AUTH;
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
  guint aspects = facts->trail != NULL ? RUNGS_ASPECT_KERBEROS : 0;

  if (facts->n_messages > 0 &&
      rungs_trace_get_signature_check (facts->trace, facts->messages[0].message) != NULL)
    aspects |= RUNGS_ASPECT_SIGNATURE;
  return aspects;
}

guint
rungs_aspects_read (const RungsFlowFacts *facts, guint32 *aspects)
{
  guint common = read_flow (facts);
  guint all = common;

  for (guint i = 0; i < facts->n_messages; i++)
    {
      aspects[i] = common | read_message (facts, &facts->messages[i]);
      if (facts->messages[i].principal != i)
        continue;
      aspects[i] |= RUNGS_ASPECT_PRINCIPAL;
      all |= aspects[i];
    }
  return all;
}
