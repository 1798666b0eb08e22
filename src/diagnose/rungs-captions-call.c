/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The captions of a call's requests, and of the answers that only a call has.  See rungs-captions.h. */

#include "config.h"

#include "rungs-captions.h"
#include "rungs-fill-story.h"
#include "rungs-scan.h"

static gboolean
header_contains (const RungsMessageFact *fact, RungsFactHeader header, const char *text)
{
  return rungs_story_contains (fact->headers[header], text);
}

static gboolean
has_header (const RungsMessageFact *fact, RungsFactHeader header)
{
  return fact->headers[header].length > 0;
}

static gboolean
has_sdp (const RungsFlowFacts *facts, guint position)
{
  guint n_media;

  rungs_flow_facts_get_media (facts, position, &n_media);
  return n_media > 0;
}

static gboolean
has_type (const RungsMessageFact *fact, const char *type)
{
  return rungs_slice_case_starts_with (fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE],
                                       rungs_slice_from_string (type));
}

static gboolean
is_on_hold (const RungsSdpMedia *media)
{
  return media->direction == RUNGS_SDP_SENDONLY || media->direction == RUNGS_SDP_INACTIVE ||
         rungs_slice_equal_string (media->address, "0.0.0.0");
}

/* The last session description before @position that the same side sent, RUNGS_NO_POSITION. INVITEs are few in a call; a flow with
 * many is looked at as far as a reader would. */
static guint
find_own_sdp_before (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  for (guint i = position, n = 0; i > 0 && n < 200; i--, n++)
    {
      const RungsMessageFact *before = &facts->messages[i - 1];
      gboolean request = rungs_message_fact_has (before, RUNGS_FACT_REQUEST);
      RungsSlice tag =
        request ? rungs_message_fact_get_from_tag (before) : rungs_message_fact_get_to_tag (before);

      if (before->hop == fact->hop && rungs_slice_equal (tag, rungs_message_fact_get_from_tag (fact)) &&
          has_sdp (facts, i - 1))
        return i - 1;
    }
  return RUNGS_NO_POSITION;
}

/* What a new offer inside the dialog means beside the one before it. */
static const char *
choose_change (const RungsFlowFacts *facts, guint position)
{
  guint n_media, n_before;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (facts, position, &n_media);
  guint previous = find_own_sdp_before (facts, position);
  const RungsSdpMedia *before =
    previous != RUNGS_NO_POSITION ? rungs_flow_facts_get_media (facts, previous, &n_before) : NULL;

  if (is_on_hold (media))
    return before != NULL && is_on_hold (before) ? "caption-change-same" : "caption-change-hold";
  if (before != NULL && is_on_hold (before))
    return "caption-change-resume";
  if (before != NULL && rungs_slice_equal (facts->messages[previous].body, facts->messages[position].body))
    return "caption-change-same";
  return "caption-change-media";
}

static const char *
choose_reinvite (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  if ((fact->info->flags & RUNGS_MESSAGE_CREDENTIALS) != 0 && fact->challenge != RUNGS_NO_POSITION)
    return "caption-reinvite-credentials";
  if (has_sdp (facts, position))
    return choose_change (facts, position);
  return (fact->info->flags & RUNGS_MESSAGE_SDP) != 0 ? "caption-reinvite" : "caption-reinvite-offerless";
}

static const char *
choose_invite (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  gboolean sdp = has_sdp (facts, position);

  if (rungs_message_fact_get_to_tag (fact).length > 0)
    return choose_reinvite (facts, position);
  if ((fact->info->flags & RUNGS_MESSAGE_CREDENTIALS) != 0 && fact->challenge != RUNGS_NO_POSITION)
    return "caption-invite-credentials";
  if (has_header (fact, RUNGS_FACT_HEADER_REPLACES))
    return "caption-invite-replaces";
  if (rungs_story_contains (fact->to, "opaque=app:conf:"))
    return "caption-invite-conference";
  if (sdp && rungs_story_is_text (facts, position))
    return "caption-invite-text";
  if (sdp)
    return rungs_story_has_codecs (facts, position) ? "caption-invite-codecs" : "caption-invite-media";
  if ((fact->info->flags & RUNGS_MESSAGE_SDP) != 0)
    return "caption-invite-sdp";
  return fact->body.length > 0 || !rungs_message_fact_has (fact, RUNGS_FACT_WHOLE)
           ? "caption-invite"
           : "caption-invite-offerless";
}

static const char *
choose_ack (const RungsFlowFacts *facts, guint position)
{
  const RungsInviteFact *invite = rungs_story_find_invite (facts, position);

  if (invite == NULL || invite->status == 0)
    return "caption-ack";
  if (invite->status >= 300)
    return invite->status == 401 || invite->status == 407 ? "caption-ack-challenge" : "caption-ack-refused";
  if (has_sdp (facts, position))
    return "caption-ack-sdp";
  return invite->within ? "caption-ack-within" : "caption-ack-answered";
}

static const char *
choose_bye (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  if (has_header (fact, RUNGS_FACT_HEADER_REASON))
    return "caption-bye-cause";
  return rungs_story_get_talk (facts, position) >= 0 ? "caption-bye-talk" : "caption-bye";
}

static const char *
choose_cancel (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  const RungsInviteFact *invite = rungs_story_find_invite (facts, position);

  if (header_contains (fact, RUNGS_FACT_HEADER_REASON, "elsewhere") ||
      header_contains (fact, RUNGS_FACT_HEADER_REASON, "cause=200"))
    return "caption-cancel-elsewhere";
  return invite != NULL && rungs_story_get_wait (facts, invite->request, position) >= 0
           ? "caption-cancel-wait"
           : "caption-cancel";
}

static const char *
choose_update (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  if (has_sdp (facts, position))
    return facts->first_call == 0 ? "caption-update-early" : choose_change (facts, position);
  return has_header (fact, RUNGS_FACT_HEADER_SESSION_EXPIRES) ? "caption-update-refresh" : "caption-update";
}

static const char *
choose_info (const RungsMessageFact *fact)
{
  static const struct
  {
    const char *type;
    const char *id;
  } known[] = {
    { "application/cccp+xml", "caption-info-conference" },
    { "application/dtmf", "caption-info-digit" },
    { "application/media_control+xml", "caption-info-picture" },
    { "application/xml", "caption-info-typing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (has_type (fact, known[i].type) &&
        (i < 3 || rungs_slice_find (fact->body, 0, RUNGS_SLICE_LITERAL ("KeyboardActivity")) >= 0))
      return known[i].id;
  return has_header (fact, RUNGS_FACT_HEADER_CONTENT_TYPE) ? "caption-info-content" : "caption-info";
}

static const char *
choose_refer (const RungsMessageFact *fact)
{
  if (header_contains (fact, RUNGS_FACT_HEADER_REFER_TO, "Replaces"))
    return "caption-refer-replaces";
  return has_header (fact, RUNGS_FACT_HEADER_REFER_TO) ? "caption-refer-target" : "caption-refer";
}

const char *
rungs_caption_choose_call_request (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  switch ((RungsSipMethod) fact->info->method)
    {
    case RUNGS_SIP_METHOD_INVITE:
      return choose_invite (facts, position);
    case RUNGS_SIP_METHOD_ACK:
      return choose_ack (facts, position);
    case RUNGS_SIP_METHOD_BYE:
      return choose_bye (facts, position);
    case RUNGS_SIP_METHOD_CANCEL:
      return choose_cancel (facts, position);
    case RUNGS_SIP_METHOD_UPDATE:
      return choose_update (facts, position);
    case RUNGS_SIP_METHOD_INFO:
      return choose_info (fact);
    case RUNGS_SIP_METHOD_REFER:
      return choose_refer (fact);
    default:
      return NULL;
    }
}

/* Whether a response before this one to the same INVITE has another To tag. */
static gboolean
is_forked (const RungsFlowFacts *facts, guint position)
{
  const RungsInviteFact *invite = rungs_story_find_invite (facts, position);

  return invite != NULL && invite->fork == position;
}

const char *
rungs_caption_choose_call_progress (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  gboolean sdp = (fact->info->flags & RUNGS_MESSAGE_SDP) != 0;

  if (fact->info->method != RUNGS_SIP_METHOD_INVITE || fact->info->status == 100)
    return NULL;
  if (is_forked (facts, position))
    return "caption-ringing-forked";
  if (fact->info->status == 180 && !sdp && has_header (fact, RUNGS_FACT_HEADER_RSEQ))
    return "caption-ringing-reliable";
  if (fact->info->status == 183 && sdp && has_header (fact, RUNGS_FACT_HEADER_RSEQ))
    return "caption-progress-reliable";
  return NULL;
}

const char *
rungs_caption_choose_call_answer (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  const RungsInviteFact *invite = rungs_story_find_invite (facts, position);

  if (rungs_story_contains (fact->contact, "isfocus"))
    return "caption-answered-focus";
  if (!has_sdp (facts, position))
    return (fact->info->flags & RUNGS_MESSAGE_SDP) != 0 ? "caption-answered-sdp" : "caption-answered";
  if (rungs_story_is_text (facts, position))
    return "caption-answered-text";
  if (invite != NULL && invite->offer == position)
    return "caption-answered-offer";
  if (!rungs_story_has_codecs (facts, position))
    return "caption-answered-sdp";
  return fact->request != RUNGS_NO_POSITION && rungs_story_get_wait (facts, fact->request, position) >= 0
           ? "caption-answered-codecs"
           : "caption-answered-codecs-untimed";
}

const char *
rungs_caption_choose_call_refusal (const RungsMessageFact *fact)
{
  static const struct
  {
    guint16 status;
    const char *id;
  } known[] = {
    { 404, "caption-unknown-user" }, { 604, "caption-unknown-user" },  { 410, "caption-gone" },
    { 480, "caption-unavailable" },  { 484, "caption-incomplete" },    { 485, "caption-ambiguous" },
    { 486, "caption-busy" },         { 600, "caption-busy-anywhere" }, { 487, "caption-cancelled" },
    { 603, "caption-declined" },     { 491, "caption-glare" },         { 422, "caption-timer-too-short" },
    { 430, "caption-flow-failed" },  { 433, "caption-anonymous" },
  };

  if (fact->info->method != RUNGS_SIP_METHOD_INVITE)
    return NULL;
  if (rungs_slice_case_starts_with (fact->headers[RUNGS_FACT_HEADER_REASON], RUNGS_SLICE_LITERAL ("Q.850")) &&
      fact->info->status != 486 && fact->info->status != 487)
    return "caption-cause";
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].status == fact->info->status)
      return known[i].id;
  return NULL;
}
