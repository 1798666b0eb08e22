/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One sentence for every message.  See rungs-captions.h.  This file has the copies, the requests other than REGISTER, and the
 * badges. */

#include "config.h"

#include "rungs-captions.h"
#include "rungs-fill-story.h"
#include "rungs-fill.h"

static const char *
choose_request (const RungsFlowFacts *facts, guint position)
{
  static const char *const simple[RUNGS_SIP_METHOD_OTHER + 1] = {
    [RUNGS_SIP_METHOD_OPTIONS] = "caption-options",
    [RUNGS_SIP_METHOD_PRACK] = "caption-prack",
    [RUNGS_SIP_METHOD_NEGOTIATE] = "caption-negotiate",
  };
  const RungsMessageFact *fact = &facts->messages[position];
  const char *id = NULL;

  if (fact->info->method == RUNGS_SIP_METHOD_REGISTER)
    return rungs_caption_choose_register (facts, position);
  id = rungs_caption_choose_call_request (facts, position);
  if (id == NULL)
    id = rungs_caption_choose_event_request (fact);
  if (id == NULL)
    id = simple[fact->info->method];
  return id != NULL ? id : "caption-request-other";
}

static const char *
choose_copy (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  const RungsMessageFact *principal = &facts->messages[fact->principal];

  if ((fact->info->flags & RUNGS_MESSAGE_DUPLICATE) != 0)
    return "caption-reported-twice";
  if (fact->hop != principal->hop)
    return rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) ? "caption-relayed-request"
                                                             : "caption-relayed-response";
  if (fact->info->transport != RUNGS_TRANSPORT_UDP || !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST))
    return "caption-repeated";
  return rungs_story_get_wait (facts, fact->principal, (guint) (fact - facts->messages)) >= 0
           ? "caption-repeated-since"
           : "caption-repeated-udp";
}

const char *
rungs_caption_choose (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  if (fact->principal != position)
    return choose_copy (facts, fact);
  if (rungs_message_fact_has (fact, RUNGS_FACT_REQUEST))
    return choose_request (facts, position);
  if (fact->info->status == 0)
    return "caption-malformed";
  return fact->info->method == RUNGS_SIP_METHOD_REGISTER ? rungs_caption_choose_registered (facts, position)
                                                         : rungs_caption_choose_response (facts, position);
}

RungsTokenKind
rungs_badge_get_token (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (facts, fact, i);

      if (auth->token != RUNGS_TOKEN_NONE)
        return (RungsTokenKind) auth->token;
    }
  return RUNGS_TOKEN_NONE;
}

static const char *
choose_offer_badge (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  guint schemes = 0;
  guint n = 0;

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (facts, fact, i);

      if (auth->role != RUNGS_AUTH_CHALLENGE || auth->scheme == RUNGS_SIP_SCHEME_NONE)
        return NULL;
      n += (schemes & 1u << auth->scheme) == 0;
      schemes |= 1u << auth->scheme;
    }
  return n == 0 ? NULL : n == 1 ? "badge-offered-one" : "badge-offered-two";
}

char *
rungs_badge_new (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  const RungsAuthFact *first = fact->n_auth > 0 ? rungs_flow_facts_get_auth (facts, fact, 0) : NULL;
  gboolean request = rungs_message_fact_has (fact, RUNGS_FACT_REQUEST);
  RungsTokenKind token = rungs_badge_get_token (facts, position);
  const char *id = NULL;

  if (token == RUNGS_TOKEN_EMPTY)
    id = "badge-empty-token";
  else if (token != RUNGS_TOKEN_NONE)
    return g_strdup (rungs_token_kind_get_badge (token));
  else if ((fact->info->flags & RUNGS_MESSAGE_SDP) != 0)
    return g_strdup ("SDP");
  else if (request && first == NULL && fact->info->method == RUNGS_SIP_METHOD_REGISTER)
    id = "badge-no-credentials";
  else if (first != NULL && !request && (fact->info->status == 401 || fact->info->status == 407))
    id = choose_offer_badge (facts, fact);
  else if (first != NULL && first->scheme == RUNGS_SIP_SCHEME_DIGEST && request)
    return g_strdup (rungs_sip_scheme_get_name (RUNGS_SIP_SCHEME_DIGEST));
  else if (first != NULL && first->signature.length > 0)
    id = "badge-signed";
  else if (!request && rungs_message_fact_has (fact, RUNGS_FACT_REMOTE_USER))
    return g_strdup ("RemoteUser");
  return id != NULL ? rungs_fill_words (facts, position, NULL, 0, id) : NULL;
}
