/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The captions of answers to requests other than REGISTER.  See rungs-captions.h. */

#include "config.h"

#include "rungs-captions.h"
#include "rungs-fill.h"

static const char *
choose_provisional (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  gboolean sdp = (fact->info->flags & RUNGS_MESSAGE_SDP) != 0;
  const char *id = rungs_caption_choose_call_progress (facts, position);

  if (id != NULL)
    return id;
  switch (fact->info->status)
    {
    case 100:
      return "caption-trying";
    case 180:
      return sdp ? "caption-ringing-sdp" : "caption-ringing";
    case 181:
      return "caption-forwarded";
    case 182:
      return "caption-queued";
    case 183:
      return sdp ? "caption-progress-sdp" : "caption-progress";
    default:
      return "caption-provisional";
    }
}

static const char *
choose_subscribed (const RungsMessageFact *fact, const RungsMessageFact *request)
{
  gboolean first = request != NULL && rungs_message_fact_get_to_tag (request).length == 0;
  gboolean ends = rungs_message_fact_get_expires (fact) == 0 ||
                  (request != NULL && rungs_message_fact_get_expires (request) == 0);

  if (first &&
      rungs_slice_case_starts_with (request->event, RUNGS_SLICE_LITERAL ("vnd-microsoft-provisioning-v2")))
    return "caption-settings";
  if (ends)
    return first ? "caption-subscribed-once" : "caption-unsubscribed";
  return rungs_message_fact_get_expires (fact) > 0 ? "caption-subscribed" : "caption-subscribed-plain";
}

static const char *
choose_success (const RungsFlowFacts *facts, guint position, const RungsMessageFact *request)
{
  const RungsMessageFact *fact = &facts->messages[position];

  switch ((RungsSipMethod) fact->info->method)
    {
    case RUNGS_SIP_METHOD_INVITE:
      if (request != NULL && rungs_message_fact_get_to_tag (request).length > 0)
        return "caption-changed";
      return rungs_caption_choose_call_answer (facts, position);
    case RUNGS_SIP_METHOD_BYE:
      return "caption-bye-ok";
    case RUNGS_SIP_METHOD_CANCEL:
      return "caption-cancel-ok";
    case RUNGS_SIP_METHOD_SUBSCRIBE:
      return choose_subscribed (fact, request);
    case RUNGS_SIP_METHOD_NOTIFY:
    case RUNGS_SIP_METHOD_BENOTIFY:
      return "caption-notify-ok";
    case RUNGS_SIP_METHOD_MESSAGE:
      return fact->info->status == 202 ? "caption-message-accepted" : "caption-message-ok";
    case RUNGS_SIP_METHOD_OPTIONS:
      return "caption-options-ok";
    case RUNGS_SIP_METHOD_REFER:
      return "caption-refer-ok";
    case RUNGS_SIP_METHOD_PUBLISH:
      return "caption-publish-ok";
    case RUNGS_SIP_METHOD_SERVICE:
      return "caption-service-ok";
    case RUNGS_SIP_METHOD_UPDATE:
      return (fact->info->flags & RUNGS_MESSAGE_SDP) != 0 ? "caption-changed" : "caption-update-ok";
    case RUNGS_SIP_METHOD_PRACK:
      return "caption-prack-ok";
    case RUNGS_SIP_METHOD_INFO:
      return "caption-info-ok";
    case RUNGS_SIP_METHOD_NEGOTIATE:
      return "caption-negotiate-ok";
    case RUNGS_SIP_METHOD_NONE:
      return "caption-response";
    default:
      return fact->method_name.length > 0 ? "caption-success" : "caption-response";
    }
}

/* What a status means whatever the request was. */
static const char *
choose_general_refusal (guint status)
{
  static const struct
  {
    guint16 status;
    const char *id;
  } known[] = {
    { 400, "caption-bad-request" },
    { 403, "caption-forbidden-request" },
    { 405, "caption-method-refused" },
    { 408, "caption-timeout" },
    { 413, "caption-too-large" },
    { 415, "caption-unknown-content" },
    { 420, "caption-bad-extension" },
    { 421, "caption-extension-wanted" },
    { 423, "caption-too-brief" },
    { 481, "caption-no-dialog" },
    { 482, "caption-loop" },
    { 483, "caption-too-many-hops" },
    { 488, "caption-no-media" },
    { 606, "caption-no-media" },
    { 489, "caption-bad-event" },
    { 493, "caption-undecipherable" },
    { 501, "caption-not-implemented" },
    { 502, "caption-bad-gateway" },
    { 503, "caption-overloaded" },
    { 504, "caption-server-timeout" },
    { 505, "caption-version" },
    { 513, "caption-too-large" },
    { 580, "caption-precondition" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].status == status)
      return known[i].id;
  return NULL;
}

static const char *
choose_failure (const RungsFlowFacts *facts, const RungsMessageFact *fact, const RungsMessageFact *request)
{
  guint status = fact->info->status;
  const char *result = rungs_caption_choose_call_refusal (fact);
  const RungsAuthFact *credentials =
    request != NULL
      ? rungs_flow_facts_find_auth (facts, request, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE)
      : NULL;

  if (status == 401 || status == 407)
    {
      if (request == NULL)
        return "caption-challenge-alone";
      if (credentials == NULL)
        return "caption-challenge-request";
      return credentials->scheme == RUNGS_SIP_SCHEME_DIGEST
               ? rungs_caption_choose_digest_challenge (facts, fact, credentials)
               : "caption-credentials-refused";
    }
  if (rungs_fill_diagnostics_reason (fact->diagnostics_text).length > 0 && status != 486 && status != 487)
    return "caption-reason";
  if (result == NULL)
    result = choose_general_refusal (status);
  if (result != NULL)
    return result;
  return status >= 500 && status < 600 ? "caption-server-fault" : "caption-refused";
}

const char *
rungs_caption_choose_response (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  const RungsMessageFact *request =
    fact->request != RUNGS_NO_POSITION ? &facts->messages[fact->request] : NULL;
  guint status = fact->info->status;

  if (status < 100 || status >= 700)
    return "caption-response";
  if (status < 200)
    return choose_provisional (facts, position);
  if (status < 300)
    return choose_success (facts, position, request);
  if (status < 400)
    return fact->contact.length > 0 ? "caption-moved" : "caption-moved-plain";
  return choose_failure (facts, fact, request);
}
