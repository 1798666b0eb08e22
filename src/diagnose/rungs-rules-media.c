/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about where media is to go, and whether it went: addresses that nobody outside reaches, and RTP in one direction
 * (RFC 3264, 5.1; RFC 3581; RFC 8445).
 *
 * A private address is no fault inside its own network: it is one where the packet itself came from a public address, that is,
 * through a NAT.  ICE offers other ways, so that there it is a note.  RTP is judged only where the capture holds any. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-sip-address.h"

/* A call that is shorter may end before media starts, and a capture may miss the first packets. */
#define MEDIA_MIN (2 * G_TIME_SPAN_SECOND)

typedef gboolean (*HostTest) (RungsSlice host);

/* The first open medium of the description at @position whose address passes @test, or NULL. */
static const RungsSdpMedia *
find_media (const RungsJudge *judge, guint position, HostTest test)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (judge->facts, position, &n_media);

  for (guint i = 0; i < n_media; i++)
    if (media[i].port != 0 && rungs_sdp_media_is_rtp (&media[i]) && test (media[i].address))
      return &media[i];
  return NULL;
}

/* Whether the message came straight from its author: no proxy between has put its own address before it. */
static gboolean
comes_straight (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  return !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) ||
         rungs_message_fact_has (fact, RUNGS_FACT_ONE_VIA);
}

static void
hit_media (RungsJudge *judge, guint position, const RungsSdpMedia *media)
{
  RungsHit *hit = rungs_judge_hit_once (judge, position);

  if (hit == NULL)
    return;
  hit->proof = media->address;
  rungs_hit_set_text (hit, "address", media->address);
  if (rungs_flow_facts_has_ice (judge->facts, position))
    hit->severity = MIN (hit->severity, RUNGS_SEVERITY_INFO);
}

static void
media_private (RungsJudge *judge, guint position)
{
  const RungsSdpMedia *media;

  if (rungs_rules_message (judge, position)->sdp == 0 || !comes_straight (judge, position) ||
      !rungs_rules_is_public_source (judge, position))
    return;
  media = find_media (judge, position, rungs_rules_is_private);
  if (media != NULL)
    hit_media (judge, position, media);
}

/* Two programs of one computer may well send each other media at 127.0.0.1; nobody else can. */
static void
media_loopback (RungsJudge *judge, guint position)
{
  const RungsMessageInfo *info = rungs_rules_message (judge, position)->info;
  const RungsAddress *source;
  const RungsSdpMedia *media;

  if (rungs_rules_message (judge, position)->sdp == 0 ||
      (info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED) != 0 ||
      info->source >= rungs_trace_get_n_endpoints (judge->facts->trace))
    return;
  source = &rungs_trace_get_endpoint (judge->facts->trace, info->source)->address;
  if (source->kind != RUNGS_ADDRESS_IPV4 || source->bytes[0] == 127)
    return;
  media = find_media (judge, position, rungs_rules_is_loopback);
  if (media != NULL)
    hit_media (judge, position, media);
}

static gboolean
is_zero (RungsSlice host)
{
  return rungs_slice_equal_string (host, "0.0.0.0");
}

/* In a call that begins, 0.0.0.0 is not "hold" but an address that was never filled in, or third-party call control. */
static void
media_zero (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const guint positions[] = { invite->offer, invite->reply };

  if (!rungs_rules_is_call (judge, invite))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      const RungsSdpMedia *media = find_media (judge, positions[i], is_zero);

      if (media != NULL)
        hit_media (judge, positions[i], media);
    }
}

/* The other side sends its next request of the dialog, an ACK or a BYE, to this address. */
static void
contact_private (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsSipAddress contact;
  RungsHit *hit;

  if (fact->info->method != RUNGS_SIP_METHOD_INVITE || fact->contact.length == 0 ||
      fact->info->status >= 300 || rungs_message_fact_has (fact, RUNGS_FACT_HAS_RECORD_ROUTE) ||
      !comes_straight (judge, position) || judge->facts->microsoft ||
      !rungs_rules_is_public_source (judge, position))
    return;
  rungs_sip_address_parse (&contact, fact->contact);
  if (!rungs_rules_is_private (contact.uri.host))
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit == NULL)
    return;
  hit->proof = fact->contact;
  rungs_hit_set_text (hit, "address", contact.uri.host);
}

/* RTP to and from the audio of one side. */
static gboolean
count_audio (const RungsJudge *judge, guint position, RungsMediaCount *count, RungsSlice *address)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (judge->facts, position, &n_media);

  for (guint i = 0; i < n_media; i++)
    {
      if (media[i].port == 0 || !rungs_slice_case_equal_string (media[i].kind, "audio") ||
          media[i].direction != RUNGS_SDP_SENDRECV || is_zero (media[i].address))
        continue;
      *count = rungs_trace_facts_count_media (judge->around, media[i].address, media[i].port);
      *address = media[i].address;
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  const RungsInviteFact *invite;
  RungsMediaCount caller;
  RungsMediaCount callee;
  RungsSlice caller_address;
  RungsSlice callee_address;
} CallMedia;

/* Of the first call that was answered and lasted: a later offer moves media elsewhere, so that such calls are left alone. */
static gboolean
get_call_media (const RungsJudge *judge, CallMedia *media)
{
  const RungsFlowFacts *facts = judge->facts;
  gint64 duration;

  if (!rungs_trace_facts_has_media (judge->around) || facts->first_call == 0 ||
      facts->first_bye == RUNGS_NO_POSITION || facts->invites->len > facts->first_call)
    return FALSE;
  media->invite = rungs_rules_invite (judge, facts->first_call - 1);
  duration = rungs_rules_pause (judge, media->invite->success, facts->first_bye);
  if (duration < MEDIA_MIN || media->invite->offer == RUNGS_NO_POSITION ||
      media->invite->reply == RUNGS_NO_POSITION || rungs_flow_facts_has_ice (facts, media->invite->offer) ||
      rungs_flow_facts_has_ice (facts, media->invite->reply))
    return FALSE;
  return count_audio (judge, media->invite->offer, &media->caller, &media->caller_address) &&
         count_audio (judge, media->invite->reply, &media->callee, &media->callee_address);
}

static void
media_one_way (RungsJudge *judge, guint index)
{
  CallMedia media;
  gboolean to_caller;
  gboolean to_callee;
  RungsHit *hit;

  if (!get_call_media (judge, &media))
    return;
  to_caller = media.caller.received > 0 || media.callee.sent > 0;
  to_callee = media.callee.received > 0 || media.caller.sent > 0;
  if (to_caller == to_callee)
    return;
  hit = rungs_judge_hit (judge, media.invite->success);
  rungs_hit_add_evidence (hit, media.invite->offer);
  rungs_hit_set_text (hit, "there", to_caller ? media.callee_address : media.caller_address);
  rungs_hit_set_text (hit, "here", to_caller ? media.caller_address : media.callee_address);
  rungs_hit_set_number (hit,
                        "packets",
                        (gint64) (to_caller ? MAX (media.caller.received, media.callee.sent)
                                            : MAX (media.callee.received, media.caller.sent)));
}

static void
media_none (RungsJudge *judge, guint index)
{
  CallMedia media;
  RungsHit *hit;

  if (!get_call_media (judge, &media) || media.caller.received > 0 || media.caller.sent > 0 ||
      media.callee.received > 0 || media.callee.sent > 0)
    return;
  hit = rungs_judge_hit (judge, media.invite->success);
  rungs_hit_add_evidence (hit, media.invite->offer);
}

static void
media_both_ways (RungsJudge *judge, guint index)
{
  CallMedia media;
  RungsHit *hit;

  if (!get_call_media (judge, &media) || (media.caller.received == 0 && media.callee.sent == 0) ||
      (media.callee.received == 0 && media.caller.sent == 0))
    return;
  hit = rungs_judge_hit (judge, media.invite->success);
  rungs_hit_set_number (hit, "there", (gint64) MAX (media.callee.received, media.caller.sent));
  rungs_hit_set_number (hit, "here", (gint64) MAX (media.caller.received, media.callee.sent));
}

const RungsRuleCondition rungs_conditions_media[] = {
  { "MEDIA-PRIVATE", RUNGS_SCOPE_MESSAGE, media_private, .needs = RUNGS_ASPECT_SDP },
  { "MEDIA-LOOPBACK", RUNGS_SCOPE_MESSAGE, media_loopback, .needs = RUNGS_ASPECT_SDP },
  { "MEDIA-ZERO", RUNGS_SCOPE_INVITE, media_zero },
  { "CONTACT-PRIVATE", RUNGS_SCOPE_MESSAGE, contact_private, .needs = RUNGS_ASPECT_CALL },
  { "MEDIA-ONE-WAY", RUNGS_SCOPE_FLOW, media_one_way, .needs = RUNGS_ASPECT_RTP },
  { "MEDIA-NONE", RUNGS_SCOPE_FLOW, media_none, .needs = RUNGS_ASPECT_RTP },
  { "MEDIA-BOTH-WAYS", RUNGS_SCOPE_FLOW, media_both_ways, .needs = RUNGS_ASPECT_RTP },
  { NULL },
};
