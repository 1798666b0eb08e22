/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The captions of answers to requests other than REGISTER.  See rungs-captions.h. */

#include "config.h"

#include "rungs-captions.h"

static const char *
choose_provisional (const RungsMessageFact *fact)
{
  gboolean sdp = (fact->info->flags & RUNGS_MESSAGE_SDP) != 0;

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
  gboolean first = request != NULL && request->to_tag.length == 0;
  gboolean ends = fact->expires == 0 || (request != NULL && request->expires == 0);

  if (first &&
      rungs_slice_case_starts_with (request->event, RUNGS_SLICE_LITERAL ("vnd-microsoft-provisioning-v2")))
    return "caption-settings";
  if (ends)
    return first ? "caption-subscribed-once" : "caption-unsubscribed";
  return fact->expires > 0 ? "caption-subscribed" : "caption-subscribed-plain";
}

static const char *
choose_success (const RungsMessageFact *fact, const RungsMessageFact *request)
{
  switch ((RungsSipMethod) fact->info->method)
    {
    case RUNGS_SIP_METHOD_INVITE:
      if (request != NULL && request->to_tag.length > 0)
        return "caption-changed";
      return (fact->info->flags & RUNGS_MESSAGE_SDP) != 0 ? "caption-answered-sdp" : "caption-answered";
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
      return "caption-message-ok";
    case RUNGS_SIP_METHOD_OPTIONS:
      return "caption-options-ok";
    case RUNGS_SIP_METHOD_REFER:
      return "caption-refer-ok";
    case RUNGS_SIP_METHOD_PUBLISH:
      return "caption-publish-ok";
    case RUNGS_SIP_METHOD_SERVICE:
      return "caption-service-ok";
    case RUNGS_SIP_METHOD_UPDATE:
      return "caption-changed";
    default:
      return "caption-success";
    }
}

/* What only a call can mean by a status code. */
static const char *
choose_call_result (guint status)
{
  switch (status)
    {
    case 404:
    case 604:
      return "caption-unknown-user";
    case 480:
      return "caption-unavailable";
    case 486:
    case 600:
      return "caption-busy";
    case 487:
      return "caption-cancelled";
    case 603:
      return "caption-declined";
    default:
      return NULL;
    }
}

static const char *
choose_failure (const RungsFlowFacts *facts, const RungsMessageFact *fact, const RungsMessageFact *request)
{
  guint status = fact->info->status;
  const char *result = fact->info->method == RUNGS_SIP_METHOD_INVITE ? choose_call_result (status) : NULL;
  gboolean credentials =
    request != NULL &&
    rungs_flow_facts_find_auth (facts, request, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE) != NULL;

  if (result != NULL)
    return result;
  switch (status)
    {
    case 401:
    case 407:
      if (request == NULL)
        return "caption-challenge-alone";
      return credentials ? "caption-credentials-refused" : "caption-challenge-request";
    case 408:
      return "caption-timeout";
    case 481:
      return "caption-no-dialog";
    case 488:
    case 606:
      return "caption-no-media";
    default:
      return status >= 500 && status < 600 ? "caption-server-fault" : "caption-refused";
    }
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
    return choose_provisional (fact);
  if (status < 300)
    return choose_success (fact, request);
  if (status < 400)
    return fact->contact.length > 0 ? "caption-moved" : "caption-moved-plain";
  return choose_failure (facts, fact, request);
}
