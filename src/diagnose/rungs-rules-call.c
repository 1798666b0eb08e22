/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about how a call comes out: answered, busy, declined, cancelled, nobody there, forked, forwarded, redirected, and who
 * ended it (RFC 3261, 13 to 15, 16.7, 21).
 *
 * Results are no faults: a caller who hangs up while it rings and a callee who is on another call are what telephones do. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-scan.h"

/* A hit at the final answer of a call with @statuses, or NULL. */
static RungsHit *
hit_result (RungsJudge *judge, const RungsInviteFact *invite)
{
  RungsHit *hit = rungs_judge_hit (judge, invite->answer);

  rungs_hit_add_evidence (hit, invite->request);
  return hit;
}

static void
call_answered (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  gint64 pause;
  RungsHit *hit;

  if (!rungs_rules_is_call (judge, invite) || invite->success == RUNGS_NO_POSITION)
    return;
  hit = rungs_judge_hit (judge, invite->success);
  rungs_hit_add_evidence (hit, invite->request);
  pause = rungs_rules_pause (judge, invite->request, invite->success);
  rungs_hit_set_duration (hit, "pause", pause);
}

static void
call_ringing (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) && invite->ringing != RUNGS_NO_POSITION &&
      rungs_rules_message (judge, invite->ringing)->info->status == 180)
    rungs_hit_add_evidence (rungs_judge_hit (judge, invite->ringing), invite->request);
}

static void
call_busy (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) && (invite->status == 486 || invite->status == 600))
    hit_result (judge, invite);
}

static void
call_declined (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) &&
      (invite->status == 603 || invite->status == 607 || invite->status == 608))
    hit_result (judge, invite);
}

static gboolean
has_rung (const RungsJudge *judge, const RungsInviteFact *invite)
{
  return invite->ringing != RUNGS_NO_POSITION &&
         rungs_rules_message (judge, invite->ringing)->info->status == 180;
}

static void
call_no_pickup (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (!rungs_rules_is_call (judge, invite) || (invite->status != 480 && invite->status != 408) ||
      !has_rung (judge, invite))
    return;
  hit = hit_result (judge, invite);
  rungs_hit_add_evidence (hit, invite->ringing);
  rungs_hit_set_duration (hit, "pause", rungs_rules_pause (judge, invite->ringing, invite->answer));
}

static void
call_unavailable (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) && invite->status == 480 && !has_rung (judge, invite))
    hit_result (judge, invite);
}

static void
call_timeout (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) && invite->status == 408 && !has_rung (judge, invite))
    rungs_judge_soften (judge, hit_result (judge, invite));
}

static void
call_not_found (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) &&
      (invite->status == 404 || invite->status == 410 || invite->status == 604 || invite->status == 484 ||
       invite->status == 485))
    hit_result (judge, invite);
}

static void
call_cancelled (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->status != 487 || invite->cancel == RUNGS_NO_POSITION)
    return;
  hit = hit_result (judge, invite);
  rungs_hit_add_evidence (hit, invite->cancel);
}

/* A server that tried several phones ends those that lost with a Reason (RFC 3326, 2). */
static void
call_487_alone (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (invite->status == 487 && invite->cancel == RUNGS_NO_POSITION &&
      judge->facts->first_bye == RUNGS_NO_POSITION)
    hit_result (judge, invite);
}

static void
cancel_late (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->cancel == RUNGS_NO_POSITION || invite->answer == RUNGS_NO_POSITION || invite->status == 487 ||
      invite->status >= 300)
    return;
  hit = rungs_judge_hit (judge, invite->cancel);
  rungs_hit_add_evidence (hit, invite->answer);
}

static void
cancel_unanswered (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->cancel == RUNGS_NO_POSITION || invite->answer != RUNGS_NO_POSITION ||
      invite->request > invite->cancel || !rungs_rules_goes_on (judge, invite->cancel))
    return;
  hit = rungs_judge_hit (judge, invite->cancel);
  rungs_hit_add_evidence (hit, invite->request);
}

/* The caller tries the new address in the same call (RFC 3261, 8.1.3.4), or in another, which the trace may hold or not. */
static void
hit_redirect (RungsJudge *judge, guint index, gboolean followed)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *answer;
  gboolean next = index + 1 < judge->facts->invites->len;
  RungsHit *hit;

  if (invite->status < 300 || invite->status >= 400 || next != followed)
    return;
  answer = rungs_rules_message (judge, invite->answer);
  hit = hit_result (judge, invite);
  hit->proof = answer->contact;
  if (next)
    rungs_hit_add_evidence (hit, rungs_rules_invite (judge, index + 1)->request);
}

static void
call_redirected (RungsJudge *judge, guint index)
{
  hit_redirect (judge, index, TRUE);
}

static void
call_redirect_open (RungsJudge *judge, guint index)
{
  hit_redirect (judge, index, FALSE);
}

static void
call_forked (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->fork == RUNGS_NO_POSITION)
    return;
  hit = rungs_judge_hit (judge, invite->fork);
  hit->proof = rungs_rules_message (judge, invite->fork)->to;
  rungs_hit_add_evidence (hit, invite->ringing);
}

static void
call_two_answers (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  RungsHit *hit;

  if (invite->other_success == RUNGS_NO_POSITION)
    return;
  hit = rungs_judge_hit (judge, invite->other_success);
  hit->proof = rungs_rules_message (judge, invite->other_success)->to;
  rungs_hit_add_evidence (hit, invite->success);
}

static void
call_forwarded (RungsJudge *judge, guint position)
{
  if (rungs_rules_message (judge, position)->info->status == 181)
    rungs_judge_hit_once (judge, position);
}

static void
call_diverted (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, invite->request);
  RungsSlice diversion = request->headers[RUNGS_FACT_HEADER_DIVERSION];
  RungsSlice history = request->headers[RUNGS_FACT_HEADER_HISTORY_INFO];
  RungsHit *hit;

  /* The first entry of History-Info is where the call was aimed at in the first place. */
  if (diversion.length == 0 && rungs_slice_find_char (history, 0, ',') < 0)
    return;
  hit = rungs_judge_hit_once (judge, invite->request);
  if (hit != NULL)
    hit->proof = diversion.length > 0 ? diversion : history;
}

static void
early_media (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);

  if (rungs_rules_is_call (judge, invite) && invite->ringing != RUNGS_NO_POSITION &&
      rungs_rules_message (judge, invite->ringing)->sdp > 0 &&
      rungs_rules_message (judge, invite->ringing)->info->status == 183)
    rungs_hit_add_evidence (rungs_judge_hit (judge, invite->ringing), invite->request);
}

/* Without a 2xx in the trace it is not known who called whom and how long. */
static void
call_ended (RungsJudge *judge, guint index)
{
  const RungsFlowFacts *facts = judge->facts;
  const RungsInviteFact *invite;
  RungsHit *hit;

  if (facts->first_call == 0 || facts->first_bye == RUNGS_NO_POSITION)
    return;
  invite = rungs_rules_invite (judge, facts->first_call - 1);
  if (facts->first_bye < invite->success)
    return;
  hit = rungs_judge_hit (judge, facts->first_bye);
  rungs_hit_add_evidence (hit, invite->success);
  rungs_hit_set_duration (hit, "duration", rungs_rules_pause (judge, invite->success, facts->first_bye));
}

const RungsRuleCondition rungs_conditions_call[] = {
  { "CALL-ANSWERED", RUNGS_SCOPE_INVITE, call_answered },
  { "CALL-RINGING", RUNGS_SCOPE_INVITE, call_ringing },
  { "CALL-BUSY", RUNGS_SCOPE_INVITE, call_busy },
  { "CALL-DECLINED", RUNGS_SCOPE_INVITE, call_declined },
  { "CALL-NO-PICKUP", RUNGS_SCOPE_INVITE, call_no_pickup },
  { "CALL-UNAVAILABLE", RUNGS_SCOPE_INVITE, call_unavailable },
  { "CALL-TIMEOUT", RUNGS_SCOPE_INVITE, call_timeout },
  { "CALL-NOT-FOUND", RUNGS_SCOPE_INVITE, call_not_found },
  { "CALL-CANCELLED", RUNGS_SCOPE_INVITE, call_cancelled },
  { "CALL-487-ALONE", RUNGS_SCOPE_INVITE, call_487_alone },
  { "CANCEL-LATE", RUNGS_SCOPE_INVITE, cancel_late },
  { "CANCEL-UNANSWERED", RUNGS_SCOPE_INVITE, cancel_unanswered },
  { "CALL-REDIRECTED", RUNGS_SCOPE_INVITE, call_redirected },
  { "CALL-REDIRECT-OPEN", RUNGS_SCOPE_INVITE, call_redirect_open },
  { "CALL-FORKED", RUNGS_SCOPE_INVITE, call_forked },
  { "CALL-TWO-ANSWERS", RUNGS_SCOPE_INVITE, call_two_answers },
  { "CALL-FORWARDED", RUNGS_SCOPE_MESSAGE, call_forwarded, .needs = RUNGS_ASPECT_RESPONSE },
  { "CALL-DIVERTED", RUNGS_SCOPE_INVITE, call_diverted },
  { "EARLY-MEDIA", RUNGS_SCOPE_INVITE, early_media },
  { "CALL-ENDED", RUNGS_SCOPE_FLOW, call_ended, .needs = RUNGS_ASPECT_CALL },
  { NULL },
};
