/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The captions of subscriptions, reports, published states and Microsoft's commands.  See rungs-captions.h. */

#include "config.h"

#include "rungs-captions.h"
#include "rungs-fill-story.h"

static gboolean
event_is (const RungsMessageFact *fact, const char *event)
{
  return rungs_slice_case_starts_with (fact->event, rungs_slice_from_string (event));
}

static const char *
choose_subscribe (const RungsMessageFact *fact)
{
  if (event_is (fact, "vnd-microsoft-provisioning-v2") && rungs_message_fact_get_to_tag (fact).length == 0)
    return "caption-subscribe-provisioning";
  if (fact->event.length == 0)
    return "caption-subscribe-plain";
  if (rungs_message_fact_get_expires (fact) == 0)
    return rungs_message_fact_get_to_tag (fact).length > 0 ? "caption-unsubscribe" : "caption-subscribe-once";
  if ((fact->info->flags & RUNGS_MESSAGE_CREDENTIALS) != 0 &&
      rungs_message_fact_get_to_tag (fact).length == 0 && fact->challenge != RUNGS_NO_POSITION)
    return "caption-subscribe-credentials";
  if (rungs_message_fact_get_to_tag (fact).length > 0)
    return "caption-subscribe-refresh";
  return rungs_slice_case_equal (rungs_message_fact_get_from_address (fact),
                                 rungs_message_fact_get_to_address (fact))
           ? "caption-subscribe-own"
           : "caption-subscribe";
}

static const char *
choose_notify (const RungsMessageFact *fact)
{
  gboolean ends = rungs_story_contains (fact->headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE], "terminated");

  if (event_is (fact, "registration-notify"))
    return "caption-notify-ended";
  if (event_is (fact, "refer") && fact->body.length > 0)
    return ends ? "caption-notify-refer-last" : "caption-notify-refer";
  if (fact->event.length == 0)
    return "caption-notify-plain";
  if (ends)
    return "caption-notify-terminated";
  if (rungs_story_contains (fact->headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE], "pending"))
    return "caption-notify-pending";
  return fact->info->method == RUNGS_SIP_METHOD_BENOTIFY ? "caption-benotify" : "caption-notify";
}

static const char *
choose_service (const RungsMessageFact *fact)
{
  static const struct
  {
    const char *text;
    const char *id;
  } known[] = {
    { "publish", "caption-service-publish" },          { "getMediaRelay", "caption-service-relay" },
    { "credentialsRequest", "caption-service-relay" }, { "addConference", "caption-service-conference" },
    { "setContact", "caption-service-contacts" },      { "setSubscriber", "caption-service-permission" },
    { "setPresence", "caption-service-publish" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (rungs_story_contains (rungs_slice_sub (fact->body, 0, 1024), known[i].text))
      return known[i].id;
  return rungs_slice_find_char (rungs_slice_sub (fact->body, 0, 1024), 0, '<') >= 0
           ? "caption-service-command"
           : "caption-service";
}

static const char *
choose_message (const RungsMessageFact *fact)
{
  if (rungs_slice_case_starts_with (fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE],
                                    RUNGS_SLICE_LITERAL ("application/im-iscomposing")))
    return "caption-message-typing";
  return fact->body.length == 0 ? "caption-message-empty" : "caption-message";
}

static const char *
choose_publish (const RungsMessageFact *fact)
{
  if (fact->event.length == 0)
    return "caption-publish";
  if (rungs_message_fact_get_expires (fact) == 0)
    return "caption-publish-remove";
  return "caption-publish-topic";
}

const char *
rungs_caption_choose_event_request (const RungsMessageFact *fact)
{
  switch ((RungsSipMethod) fact->info->method)
    {
    case RUNGS_SIP_METHOD_SUBSCRIBE:
      return choose_subscribe (fact);
    case RUNGS_SIP_METHOD_NOTIFY:
    case RUNGS_SIP_METHOD_BENOTIFY:
      return choose_notify (fact);
    case RUNGS_SIP_METHOD_SERVICE:
      return choose_service (fact);
    case RUNGS_SIP_METHOD_MESSAGE:
      return choose_message (fact);
    case RUNGS_SIP_METHOD_PUBLISH:
      return choose_publish (fact);
    default:
      return NULL;
    }
}
