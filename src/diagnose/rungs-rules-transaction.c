/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about ACK and PRACK, answers that are sent again, and the timers behind it (RFC 3261, 13.3.1.4, 17; RFC 3262).
 *
 * A callee repeats its 2xx after T1 (0.5 s), and then after twice the time before, up to T2 (4 s), until the ACK comes: one that
 * is seen again says that no ACK arrived.  The ACK to a 2xx may take another way than the INVITE (no Record-Route), so that its
 * absence alone says nothing where the trace does not show that it was missed. */

#include "config.h"

#include "rungs-rules.h"

#define T1 (500 * G_TIME_SPAN_MILLISECOND)

/* The time that a clock of a busy server may be off, before a pause is no timer's any more. */
#define LEEWAY (200 * G_TIME_SPAN_MILLISECOND)

/* Timer C: a proxy lets a call ring for more than three minutes, and no longer (RFC 3261, 16.6). */
#define TIMER_C (180 * G_TIME_SPAN_SECOND)

#define MAX_COPIES 16

/* The positions of the copies of @position that were sent again on its hop, in order, at most MAX_COPIES of them. */
static guint
collect_repeats (const RungsJudge *judge, guint position, guint *repeats)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint n = 0;

  for (guint next = fact->copies; next != 0; next = rungs_rules_message (judge, next - 1)->copies)
    {
      const RungsMessageFact *copy = rungs_rules_message (judge, next - 1);

      if (copy->hop != fact->hop || (copy->info->flags & RUNGS_MESSAGE_RETRANSMISSION) == 0)
        continue;
      /* The list runs from the last copy to the first: of many, the first ones stay. */
      if (n == MAX_COPIES)
        memmove (repeats, repeats + 1, (--n) * sizeof *repeats);
      repeats[n++] = next - 1;
    }
  for (guint i = 0; i < n / 2; i++)
    {
      guint other = repeats[i];

      repeats[i] = repeats[n - 1 - i];
      repeats[n - 1 - i] = other;
    }
  return n;
}

static void
add_repeats (RungsHit *hit, const guint *repeats, guint n)
{
  for (guint i = 0; i < n; i++)
    if (repeats[i] != hit->position)
      rungs_hit_add_evidence (hit, repeats[i]);
}

/* Whether the ACK to the answer at @position has to pass this hop: a proxy of the way has asked for it, or the answer's own
 * address is the one that it came from. */
static gboolean
must_pass_here (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  return fact->info->status >= 300 || rungs_message_fact_has (fact, RUNGS_FACT_HAS_RECORD_ROUTE);
}

static void
ok_repeated (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  guint repeats[MAX_COPIES];
  guint n;
  RungsHit *hit;

  if (invite->success == RUNGS_NO_POSITION || rungs_rules_message (judge, invite->success)->repeats == 0)
    return;
  n = collect_repeats (judge, invite->success, repeats);
  if (n == 0 || (invite->ack != RUNGS_NO_POSITION && invite->ack < repeats[0]))
    return;
  hit = rungs_judge_hit (judge, repeats[0]);
  rungs_hit_add_evidence (hit, invite->success);
  if (invite->ack != RUNGS_NO_POSITION)
    rungs_hit_add_evidence (hit, invite->ack);
  add_repeats (hit, repeats, n);
  rungs_hit_set_duration (hit, "pause", rungs_rules_pause (judge, invite->success, repeats[0]));
}

/* The ACK is there, and the callee goes on repeating: it did not get it, or did not know it. */
static void
ack_lost (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  guint repeats[MAX_COPIES];
  guint n;
  RungsHit *hit;

  if (invite->success == RUNGS_NO_POSITION || invite->ack == RUNGS_NO_POSITION ||
      rungs_rules_message (judge, invite->success)->repeats == 0)
    return;
  n = collect_repeats (judge, invite->success, repeats);
  if (n == 0 || repeats[n - 1] < invite->ack ||
      rungs_rules_pause (judge, invite->ack, repeats[n - 1]) < LEEWAY)
    return;
  hit = rungs_judge_hit (judge, invite->ack);
  rungs_hit_add_evidence (hit, invite->success);
  add_repeats (hit, repeats, n);
}

/* The callee's BYE when its patience is over (64·T1 after the 2xx: RFC 3261, 13.3.1.4), or RUNGS_NO_POSITION. */
static guint
find_giving_up (const RungsJudge *judge, guint success)
{
  guint bye = judge->facts->first_bye;
  gint64 pause = bye != RUNGS_NO_POSITION && bye > success ? rungs_rules_pause (judge, success, bye) : -1;

  return pause >= 64 * T1 - LEEWAY && pause <= 64 * T1 + 8 * T1 &&
             rungs_slice_equal (rungs_message_fact_get_from_tag (rungs_rules_message (judge, bye)),
                                rungs_message_fact_get_to_tag (rungs_rules_message (judge, success)))
           ? bye
           : RUNGS_NO_POSITION;
}

static void
ack_missing (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, invite->request);
  const RungsMessageFact *success;
  guint given_up;
  RungsHit *hit;

  if (invite->success == RUNGS_NO_POSITION || invite->ack != RUNGS_NO_POSITION ||
      request->info->method != RUNGS_SIP_METHOD_INVITE)
    return;
  success = rungs_rules_message (judge, invite->success);
  given_up = find_giving_up (judge, invite->success);
  if (success->repeats == 0 && given_up == RUNGS_NO_POSITION &&
      (!must_pass_here (judge, invite->success) || !rungs_rules_goes_on (judge, invite->success)))
    return;
  hit = rungs_judge_hit (judge, invite->success);
  rungs_hit_add_evidence (hit, invite->request);
  rungs_hit_add_evidence (hit, given_up);
  if (success->repeats < 2 && given_up == RUNGS_NO_POSITION && !rungs_rules_goes_on (judge, invite->success))
    rungs_rules_leave_open (hit);
}

static void
refusal_ack_missing (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, invite->request);
  RungsHit *hit;

  if (invite->status < 300 || invite->ack != RUNGS_NO_POSITION ||
      request->info->method != RUNGS_SIP_METHOD_INVITE || !rungs_rules_goes_on (judge, invite->answer))
    return;
  hit = rungs_judge_hit (judge, invite->answer);
  rungs_hit_add_evidence (hit, invite->request);
}

static void
answer_repeated (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint repeats[MAX_COPIES];
  guint n;
  RungsHit *hit;

  if (fact->info->status < 200 || fact->repeats == 0 ||
      (fact->info->method == RUNGS_SIP_METHOD_INVITE && fact->info->status < 300))
    return;
  n = collect_repeats (judge, position, repeats);
  if (n == 0)
    return;
  hit = rungs_judge_hit (judge, repeats[0]);
  rungs_hit_add_evidence (hit, position);
  add_repeats (hit, repeats, n);
}

/* A request over UDP comes again after 0.5, 1, 2, 4 s (INVITE goes on doubling, others stay at 4): other pauses than that are the
 * client's own, or packets are missing. */
static void
timers_odd (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint repeats[MAX_COPIES];
  guint before = position;
  gint64 expected = T1;
  guint n;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || fact->repeats < 2 ||
      fact->info->transport != RUNGS_TRANSPORT_UDP)
    return;
  n = collect_repeats (judge, position, repeats);
  for (guint i = 0; i < n; i++)
    {
      gint64 pause = rungs_rules_pause (judge, before, repeats[i]);

      if (pause < 0)
        return;
      if (pause < expected - LEEWAY || pause > expected + MAX (LEEWAY, expected / 2))
        {
          RungsHit *hit = rungs_judge_hit (judge, repeats[i]);

          rungs_hit_add_evidence (hit, before);
          rungs_hit_set_duration (hit, "pause", pause);
          rungs_hit_set_duration (hit, "expected", expected);
          return;
        }
      before = repeats[i];
      expected *= 2;
      if (fact->info->method != RUNGS_SIP_METHOD_INVITE)
        expected = MIN (expected, 8 * T1);
    }
}

/* It rang, or was said to be on its way, and then nothing more came. */
static void
no_final (RungsJudge *judge, guint index)
{
  const RungsInviteFact *invite = rungs_rules_invite (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, invite->request);
  guint last = invite->ringing != RUNGS_NO_POSITION ? invite->ringing : request->provisional;
  RungsHit *hit;

  if (invite->answer != RUNGS_NO_POSITION || last == RUNGS_NO_POSITION ||
      invite->cancel != RUNGS_NO_POSITION || request->info->method != RUNGS_SIP_METHOD_INVITE)
    return;
  hit = rungs_judge_hit (judge, last);
  rungs_hit_add_evidence (hit, invite->request);
  if (!rungs_trace_facts_goes_on (judge->around, rungs_rules_message (judge, last)->message, TIMER_C))
    rungs_rules_leave_open (hit);
}

/* RAck of a PRACK names the RSeq that it answers (RFC 3262, 7.2). */
static gboolean
is_acknowledged (const RungsJudge *judge, guint position)
{
  RungsSlice rseq = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_RSEQ];

  for (guint i = position + 1; i < judge->facts->n_messages && i < position + 64; i++)
    {
      RungsSlice rack = rungs_rules_message (judge, i)->headers[RUNGS_FACT_HEADER_RACK];

      if (rungs_slice_starts_with (rack, rseq) && rack.length > rseq.length &&
          rungs_byte_is_space (rack.data[rseq.length]))
        return TRUE;
    }
  return FALSE;
}

static void
prack_missing (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (fact->info->status <= 100 || fact->info->status >= 200 ||
      fact->headers[RUNGS_FACT_HEADER_RSEQ].length == 0 || fact->request == RUNGS_NO_POSITION ||
      is_acknowledged (judge, position) || (fact->repeats == 0 && !rungs_rules_goes_on (judge, position)))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = fact->headers[RUNGS_FACT_HEADER_RSEQ];
  rungs_hit_add_evidence (hit, fact->request);
}

static void
udp_too_large (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST | RUNGS_FACT_WHOLE) ||
      fact->info->transport != RUNGS_TRANSPORT_UDP || fact->info->length <= 1300 ||
      (fact->info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED) != 0)
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit != NULL)
    rungs_hit_set_number (hit, "length", fact->info->length);
}

/* The client goes over to TCP with what it could not get through over UDP (RFC 3261, 18.1.1). */
static void
transport_changed (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || fact->info->transport != RUNGS_TRANSPORT_UDP ||
      fact->answer != RUNGS_NO_POSITION)
    return;
  for (guint next = fact->copies; next != 0; next = rungs_rules_message (judge, next - 1)->copies)
    {
      const RungsMessageFact *copy = rungs_rules_message (judge, next - 1);

      if (copy->info->transport == RUNGS_TRANSPORT_TCP && copy->info->source != fact->info->destination &&
          (copy->flags & RUNGS_FACT_ONE_VIA) == (fact->flags & RUNGS_FACT_ONE_VIA))
        {
          RungsHit *hit = rungs_judge_hit (judge, next - 1);

          rungs_hit_add_evidence (hit, position);
          return;
        }
    }
}

const RungsRuleCondition rungs_conditions_transaction[] = {
  { "OK-REPEATED", RUNGS_SCOPE_INVITE, ok_repeated },
  { "ACK-LOST", RUNGS_SCOPE_INVITE, ack_lost },
  { "ACK-MISSING", RUNGS_SCOPE_INVITE, ack_missing },
  { "REFUSAL-ACK-MISSING", RUNGS_SCOPE_INVITE, refusal_ack_missing },
  { "ANSWER-REPEATED", RUNGS_SCOPE_MESSAGE, answer_repeated, .needs = RUNGS_ASPECT_COPIED },
  { "TIMERS-ODD", RUNGS_SCOPE_MESSAGE, timers_odd, .needs = RUNGS_ASPECT_COPIED },
  { "NO-FINAL", RUNGS_SCOPE_INVITE, no_final },
  { "PRACK-MISSING", RUNGS_SCOPE_MESSAGE, prack_missing, .needs = RUNGS_ASPECT_RESPONSE },
  { "UDP-TOO-LARGE", RUNGS_SCOPE_MESSAGE, udp_too_large, .needs = RUNGS_ASPECT_REQUEST },
  { "TRANSPORT-CHANGED", RUNGS_SCOPE_MESSAGE, transport_changed, .needs = RUNGS_ASPECT_COPIED },
  { NULL },
};
