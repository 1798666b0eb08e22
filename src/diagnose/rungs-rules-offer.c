/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about offer and answer: who proposes which media, and what the other side makes of it (RFC 3264; RFC 6337).
 *
 * The answer has the media of the offer in the same order; a port of 0 refuses one.  Only media over RTP are looked into. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-scan.h"

/* How many formats of one medium are compared: a bound on time, far above what phones offer. */
#define MAX_FORMATS 64

/* A Content-Length that is wrong leaves nobody sure of what the body is. */
static gboolean
has_whole_bodies (const RungsJudge *judge, const RungsInviteFact *invite)
{
  const guint positions[] = { invite->request, invite->success, invite->ack };

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    if (positions[i] != RUNGS_NO_POSITION &&
        (!rungs_message_fact_has (rungs_rules_message (judge, positions[i]), RUNGS_FACT_WHOLE) ||
         (rungs_rules_message (judge, positions[i])->info->flags & RUNGS_MESSAGE_REMARKS) != 0))
      return FALSE;
  return TRUE;
}

/* A log of some systems leaves bodies out. */
static gboolean
body_is_left_out (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  return (fact->info->flags & RUNGS_RECORD_LOG) != 0 && fact->body.length == 0 &&
         fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE].length > 0;
}

static void
offer_unanswered (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->success == RUNGS_NO_POSITION || invite->offer != invite->request ||
      invite->reply != RUNGS_NO_POSITION || !has_whole_bodies (judge, invite) ||
      body_is_left_out (judge, invite->success))
    return;
  hit = rungs_judge_hit (judge, invite->success);
  rungs_hit_add_evidence (hit, invite->offer);
}

static void
offer_delayed (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (invite->offer != RUNGS_NO_POSITION && invite->offer != invite->request &&
      !body_is_left_out (judge, invite->request))
    rungs_hit_add_evidence (rungs_judge_hit (judge, invite->offer), invite->request);
}

static void
delayed_unanswered (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->offer == RUNGS_NO_POSITION || invite->offer == invite->request ||
      invite->reply != RUNGS_NO_POSITION || invite->ack == RUNGS_NO_POSITION ||
      !has_whole_bodies (judge, invite) || body_is_left_out (judge, invite->request) ||
      body_is_left_out (judge, invite->ack))
    return;
  hit = rungs_judge_hit (judge, invite->ack);
  rungs_hit_add_evidence (hit, invite->offer);
}

static void
no_offer (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->success == RUNGS_NO_POSITION || invite->offer != RUNGS_NO_POSITION ||
      rungs_rules_message (judge, invite->request)->info->method != RUNGS_SIP_METHOD_INVITE ||
      rungs_rules_message (judge, invite->request)->body.length > 0 ||
      rungs_rules_message (judge, invite->success)->body.length > 0 || !has_whole_bodies (judge, invite) ||
      (rungs_rules_message (judge, invite->success)->info->flags & RUNGS_RECORD_LOG) != 0)
    return;
  hit = rungs_judge_hit (judge, invite->success);
  rungs_hit_add_evidence (hit, invite->request);
}

/* A pair of media of offer and answer. */
typedef struct
{
  const RungsSdpMedia *offer;
  const RungsSdpMedia *answer;
  guint n_offer;
  guint n_answer;
} Exchange;

static gboolean
get_exchange (const RungsJudge *judge, const RungsInviteFact *invite, Exchange *exchange)
{
  exchange->offer = rungs_flow_facts_get_media (judge->facts, invite->offer, &exchange->n_offer);
  exchange->answer = rungs_flow_facts_get_media (judge->facts, invite->reply, &exchange->n_answer);
  return exchange->n_offer > 0 && exchange->n_answer > 0;
}

static void
media_count (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  Exchange exchange;
  RungsHit *hit;

  if (!get_exchange (judge, invite, &exchange) || exchange.n_offer == exchange.n_answer)
    return;
  hit = rungs_judge_hit (judge, invite->reply);
  rungs_hit_add_evidence (hit, invite->offer);
  rungs_hit_set_number (hit, "offered", exchange.n_offer);
  rungs_hit_set_number (hit, "answered", exchange.n_answer);
}

static void
media_refused (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  Exchange exchange;

  if (!get_exchange (judge, invite, &exchange))
    return;
  for (guint i = 0; i < MIN (exchange.n_offer, exchange.n_answer); i++)
    {
      RungsHit *hit;

      if (exchange.offer[i].port == 0 || exchange.answer[i].port != 0)
        continue;
      hit = rungs_judge_hit (judge, invite->reply);
      hit->proof = exchange.answer[i].line;
      rungs_hit_add_evidence (hit, invite->offer);
      rungs_hit_set_text (hit, "medium", exchange.answer[i].kind);
      /* Somebody without a camera takes the call all the same. */
      if (!rungs_slice_case_equal_string (exchange.answer[i].kind, "audio"))
        hit->severity = RUNGS_SEVERITY_INFO;
    }
}

static RungsSlice
next_format (RungsSlice *rest)
{
  RungsSlice item = RUNGS_SLICE_EMPTY;

  while (item.length == 0 && rungs_scan_item (rest, ' ', &item))
    ;
  return item;
}

static gboolean
is_telephone_event (RungsSlice codec)
{
  return rungs_slice_case_starts_with (codec, RUNGS_SLICE_LITERAL ("telephone-event")) ||
         rungs_slice_case_starts_with (codec, RUNGS_SLICE_LITERAL ("CN/"));
}

/* "opus/48000/2" and "opus/48000" are the same codec; a channel of one may be left out. */
static gboolean
same_codec (RungsSlice a, RungsSlice b)
{
  const RungsSlice mono = RUNGS_SLICE_LITERAL ("/1");

  if (a.length > mono.length && rungs_slice_equal (rungs_slice_skip (a, a.length - mono.length), mono))
    a.length -= mono.length;
  if (b.length > mono.length && rungs_slice_equal (rungs_slice_skip (b, b.length - mono.length), mono))
    b.length -= mono.length;
  return rungs_slice_case_equal (a, b);
}

/* The first codec of @media that carries voice or pictures. */
static RungsSlice
first_codec (const RungsSdpMedia *media, RungsSlice *format)
{
  RungsSlice rest = media->formats;

  for (guint i = 0; i < MAX_FORMATS && rest.length > 0; i++)
    {
      RungsSlice codec;

      *format = next_format (&rest);
      codec = rungs_sdp_media_get_codec (media, *format);
      if (!is_telephone_event (codec))
        return codec;
    }
  return RUNGS_SLICE_EMPTY;
}

static gboolean
offers_codec (const RungsSdpMedia *media, RungsSlice codec, RungsSlice format)
{
  RungsSlice rest = media->formats;

  for (guint i = 0; i < MAX_FORMATS && rest.length > 0; i++)
    {
      RungsSlice offered = next_format (&rest);
      RungsSlice name = rungs_sdp_media_get_codec (media, offered);

      if (codec.length > 0 && name.length > 0 ? same_codec (name, codec)
                                              : rungs_slice_equal (offered, format))
        return TRUE;
    }
  return FALSE;
}

/* Whether any codec of the answer stands in the offer. */
static gboolean
share_codec (const RungsSdpMedia *offer, const RungsSdpMedia *answer)
{
  RungsSlice rest = answer->formats;

  for (guint i = 0; i < MAX_FORMATS && rest.length > 0; i++)
    {
      RungsSlice format = next_format (&rest);
      RungsSlice codec = rungs_sdp_media_get_codec (answer, format);

      if (!is_telephone_event (codec) && offers_codec (offer, codec, format))
        return TRUE;
    }
  return FALSE;
}

static gboolean
are_open (const RungsSdpMedia *offer, const RungsSdpMedia *answer)
{
  return offer->port != 0 && answer->port != 0 && rungs_sdp_media_is_rtp (offer) &&
         rungs_sdp_media_is_rtp (answer) && rungs_slice_case_equal (offer->kind, answer->kind);
}

typedef gboolean (*PairTest) (const RungsSdpMedia *offer, const RungsSdpMedia *answer);

/* A hit at the first medium, open on both sides, that @test holds for, or NULL. @exchange (out): begins with that medium. */
static RungsHit *
hit_pair (RungsJudge *judge, guint index, PairTest test, Exchange *exchange)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (!get_exchange (judge, invite, exchange))
    return NULL;
  for (guint n = MIN (exchange->n_offer, exchange->n_answer); n > 0; n--)
    {
      if (are_open (exchange->offer, exchange->answer) && test (exchange->offer, exchange->answer))
        {
          RungsHit *hit = rungs_judge_hit (judge, invite->reply);

          hit->proof = exchange->answer->line;
          rungs_hit_add_evidence (hit, invite->offer);
          return hit;
        }
      exchange->offer++;
      exchange->answer++;
    }
  return NULL;
}

static gboolean
share_no_codec (const RungsSdpMedia *offer, const RungsSdpMedia *answer)
{
  return !share_codec (offer, answer);
}

static void
no_common_codec (RungsJudge *judge, guint index)
{
  Exchange exchange;
  RungsHit *hit = hit_pair (judge, index, share_no_codec, &exchange);

  if (hit != NULL)
    rungs_hit_set_text (hit, "medium", exchange.answer->kind);
}

/* Each side sends with any codec of the other's list, and takes the first that it knows. */
static gboolean
begin_differently (const RungsSdpMedia *offer, const RungsSdpMedia *answer)
{
  RungsSlice offered_format = RUNGS_SLICE_EMPTY;
  RungsSlice format = RUNGS_SLICE_EMPTY;
  RungsSlice offered = first_codec (offer, &offered_format);
  RungsSlice answered = first_codec (answer, &format);

  return offered.length > 0 && answered.length > 0 && !same_codec (offered, answered) &&
         offers_codec (answer, offered, offered_format);
}

static void
codec_order (RungsJudge *judge, guint index)
{
  Exchange exchange;
  RungsHit *hit = hit_pair (judge, index, begin_differently, &exchange);
  RungsSlice format;

  if (hit == NULL)
    return;
  rungs_hit_set_text (hit, "offered", first_codec (exchange.offer, &format));
  rungs_hit_set_text (hit, "answered", first_codec (exchange.answer, &format));
}

static gboolean
differ_in_security (const RungsSdpMedia *offer, const RungsSdpMedia *answer)
{
  return rungs_sdp_media_is_secured (offer) != rungs_sdp_media_is_secured (answer);
}

static void
profile_differs (RungsJudge *judge, guint index)
{
  Exchange exchange;
  RungsHit *hit = hit_pair (judge, index, differ_in_security, &exchange);

  if (hit == NULL)
    return;
  rungs_hit_set_text (hit, "offered", exchange.offer->protocol);
  rungs_hit_set_text (hit, "answered", exchange.answer->protocol);
  /* With keys on both sides they speak SRTP under the plain name, as Microsoft's clients do. */
  if (exchange.offer->keyed && exchange.answer->keyed)
    hit->severity = RUNGS_SEVERITY_INFO;
}

static void
srtp_no_key (RungsJudge *judge, guint position)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (judge->facts, position, &n_media);

  for (guint i = 0; i < n_media; i++)
    {
      RungsHit *hit;

      if (media[i].port == 0 || !rungs_sdp_media_is_secured (&media[i]) || media[i].keyed ||
          rungs_slice_find (rungs_rules_message (judge, position)->body,
                            0,
                            RUNGS_SLICE_LITERAL ("key-mgmt:")) >= 0)
        continue;
      hit = rungs_judge_hit_once (judge, position);
      if (hit != NULL)
        hit->proof = media[i].line;
      return;
    }
}

/* Whether all open media of the description at @position say that nothing is to be sent to its author. */
static gboolean
asks_for_silence (const RungsJudge *judge, guint position)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (judge->facts, position, &n_media);
  guint n_open = 0;

  for (guint i = 0; i < n_media; i++)
    {
      if (media[i].port == 0)
        continue;
      n_open++;
      if (media[i].direction != RUNGS_SDP_SENDONLY && media[i].direction != RUNGS_SDP_INACTIVE &&
          !rungs_slice_equal_string (media[i].address, "0.0.0.0"))
        return FALSE;
    }
  return n_open > 0;
}

static void
held (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (invite->within && invite->offer == invite->request && asks_for_silence (judge, invite->offer))
    rungs_judge_hit (judge, invite->offer);
}

static void
resumed (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, invite->request);

  if (!invite->within || invite->offer != invite->request || asks_for_silence (judge, invite->offer))
    return;
  for (guint i = index; i > 0 && index - i < 16; i--)
    {
      const RungsInviteFact *before = rungs_rules_invite (judge, i - 1);

      if (before->offer != before->request ||
          !rungs_slice_equal (rungs_message_fact_get_from_tag (rungs_rules_message (judge, before->request)),
                              rungs_message_fact_get_from_tag (request)))
        continue;
      if (asks_for_silence (judge, before->offer))
        rungs_hit_add_evidence (rungs_judge_hit (judge, invite->request), before->request);
      return;
    }
}

/* A call that begins with one-way media was not put on hold by anybody. */
static void
one_way_offer (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (!rungs_rules_is_call (judge, invite) || invite->success == RUNGS_NO_POSITION ||
      invite->reply == RUNGS_NO_POSITION || !asks_for_silence (judge, invite->reply) ||
      asks_for_silence (judge, invite->offer))
    return;
  hit = rungs_judge_hit (judge, invite->reply);
  rungs_hit_add_evidence (hit, invite->offer);
}

const RungsRuleCondition rungs_conditions_offer[] = {
  { "OFFER-UNANSWERED", RUNGS_SCOPE_INVITE, offer_unanswered },
  { "OFFER-DELAYED", RUNGS_SCOPE_INVITE, offer_delayed },
  { "DELAYED-UNANSWERED", RUNGS_SCOPE_INVITE, delayed_unanswered },
  { "NO-OFFER", RUNGS_SCOPE_INVITE, no_offer },
  { "MEDIA-COUNT", RUNGS_SCOPE_INVITE, media_count },
  { "MEDIA-REFUSED", RUNGS_SCOPE_INVITE, media_refused },
  { "NO-COMMON-CODEC", RUNGS_SCOPE_INVITE, no_common_codec },
  { "CODEC-ORDER", RUNGS_SCOPE_INVITE, codec_order },
  { "SRTP-DIFFERS", RUNGS_SCOPE_INVITE, profile_differs },
  { "SRTP-NO-KEY", RUNGS_SCOPE_MESSAGE, srtp_no_key, .needs = RUNGS_ASPECT_SDP },
  { "HELD", RUNGS_SCOPE_INVITE, held },
  { "RESUMED", RUNGS_SCOPE_INVITE, resumed },
  { "ONE-WAY-ANSWER", RUNGS_SCOPE_INVITE, one_way_offer },
  { NULL },
};
