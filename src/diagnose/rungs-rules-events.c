/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about subscriptions and what they end with, and about keep-alives (RFC 6665; RFC 3903; RFC 5626, 4.4).
 *
 * Microsoft's servers put the first notification into the answer to the SUBSCRIBE, and end subscriptions with BENOTIFY, so that
 * "no NOTIFY came" is said of plain SIP only. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-scan.h"

/* A keep-alive that is a little late is not missing. */
#define LATE (5 * G_TIME_SPAN_SECOND)

/* Keep-alives that fail: one may be chance. */
#define DEAD_MIN 3

static gboolean
is_notification (const RungsMessageFact *fact)
{
  return rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) &&
         (fact->info->method == RUNGS_SIP_METHOD_NOTIFY || fact->info->method == RUNGS_SIP_METHOD_BENOTIFY);
}

/* Why Subscription-State says that it is over: TRUE where it is; @reason is empty where none is given. */
static gboolean
has_ended (const RungsMessageFact *fact, RungsSlice *reason)
{
  RungsSlice state = fact->headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE];

  *reason = RUNGS_SLICE_EMPTY;
  if (!is_notification (fact) || !rungs_slice_case_starts_with (state, RUNGS_SLICE_LITERAL ("terminated")))
    return FALSE;
  rungs_scan_find_parameter (rungs_slice_skip (state, strlen ("terminated")), ';', "reason", reason);
  return TRUE;
}

static gboolean
is_refusal (RungsSlice reason)
{
  return rungs_slice_case_equal_string (reason, "rejected") ||
         rungs_slice_case_equal_string (reason, "noresource") ||
         rungs_slice_case_equal_string (reason, "invariant");
}

/* The subscriber itself asked for the end: with an Expires of 0. */
static gboolean
was_asked_for (const RungsJudge *judge, guint position)
{
  for (guint i = position; i > 0 && position - i < 32; i--)
    {
      const RungsMessageFact *fact = rungs_rules_message (judge, i - 1);

      if (fact->info->method == RUNGS_SIP_METHOD_SUBSCRIBE &&
          rungs_message_fact_has (fact, RUNGS_FACT_REQUEST))
        return rungs_message_fact_get_expires (fact) == 0;
    }
  return FALSE;
}

/* A REFER's implicit subscription ends when the transfer is told (RFC 3515, 2.4.7). */
static gboolean
is_about_transfer (const RungsMessageFact *fact)
{
  return rungs_slice_case_starts_with (fact->event, RUNGS_SLICE_LITERAL ("refer"));
}

static void
sub_ended (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsSlice reason;
  RungsHit *hit;

  if (!has_ended (fact, &reason) || is_refusal (reason) || is_about_transfer (fact))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = fact->headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE];
  rungs_hit_set_text (hit, "state", hit->proof);
  if (was_asked_for (judge, position))
    hit->severity = RUNGS_SEVERITY_EXPECTED;
}

static void
sub_rejected (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsSlice reason;
  RungsHit *hit;

  if (!has_ended (fact, &reason) || !is_refusal (reason) || is_about_transfer (fact))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = fact->headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE];
  rungs_hit_set_text (hit, "why", reason);
}

static gboolean
is_subscribe (const RungsMessageFact *fact)
{
  return fact->info->method == RUNGS_SIP_METHOD_SUBSCRIBE &&
         rungs_message_fact_has (fact, RUNGS_FACT_REQUEST);
}

static void
unsubscribe (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  /* With no dialog it is a question for the state of the moment (RFC 6665, 4.4.3). */
  if (is_subscribe (fact) && rungs_message_fact_get_expires (fact) == 0 &&
      rungs_message_fact_get_to_tag (fact).length > 0)
    rungs_judge_hit (judge, position);
}

static void
sub_ok (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (fact->info->method == RUNGS_SIP_METHOD_SUBSCRIBE && rungs_rules_is_success (fact->info->status) &&
      rungs_message_fact_get_expires (fact) > 0)
    rungs_judge_hit (judge, position);
}

/* A NOTIFY may overtake the answer: anything of that kind in the flow will do. */
static gboolean
has_notification (const RungsFlowFacts *facts)
{
  for (guint i = 0; i < facts->n_messages; i++)
    if (is_notification (&facts->messages[i]))
      return TRUE;
  return FALSE;
}

static void
notify_missing (RungsJudge *judge, guint index)
{
  const RungsFlowFacts *facts = judge->facts;
  guint success = facts->last_success[RUNGS_SIP_METHOD_SUBSCRIBE];
  const RungsMessageFact *fact;
  RungsHit *hit;

  if (facts->microsoft || success == RUNGS_NO_POSITION || has_notification (facts))
    return;
  fact = rungs_rules_message (judge, success);
  if (fact->request == RUNGS_NO_POSITION || fact->info->status == 204 || fact->principal != success ||
      !rungs_rules_goes_on (judge, success))
    return;
  hit = rungs_judge_hit (judge, success);
  rungs_hit_add_evidence (hit, fact->request);
}

/* Keep-alives of which each has a Call-ID of its own: told at the last of those that failed. */
static void
judge_series (RungsJudge *judge)
{
  guint n = rungs_trace_facts_get_dead_options (judge->around, judge->facts->flow);

  if (n >= DEAD_MIN && judge->facts->n_messages > 0)
    rungs_hit_set_number (rungs_judge_hit (judge, 0), "count", n);
}

/* Requests of this flow from the same side that got no answer or an error, in a row; or the last of such a row of flows. */
static void
keepalive_dead (RungsJudge *judge, guint index)
{
  const RungsFlowFacts *facts = judge->facts;
  guint row[DEAD_MIN];
  guint n = 0;

  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      RungsHit *hit;

      if (fact->principal != i || !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) ||
          fact->info->method != RUNGS_SIP_METHOD_OPTIONS)
        continue;
      if (fact->answer != RUNGS_NO_POSITION &&
          rungs_rules_message (judge, fact->answer)->info->status < 500 &&
          rungs_rules_message (judge, fact->answer)->info->status != 408)
        {
          n = 0;
          continue;
        }
      row[n++] = i;
      if (n < DEAD_MIN || !rungs_rules_goes_on (judge, i))
        {
          n = MIN (n, DEAD_MIN - 1);
          continue;
        }
      hit = rungs_judge_hit (judge, i);
      for (guint j = 0; j + 1 < DEAD_MIN; j++)
        rungs_hit_add_evidence (hit, row[j]);
      rungs_hit_set_number (hit, "count", DEAD_MIN);
      return;
    }
  judge_series (judge);
}

/* The server granted so many seconds of silence; a client that says nothing for longer loses its connection sooner or later. */
static void
keepalive_silent (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  gint64 granted;
  gint64 silence;
  RungsHit *hit;

  if (!rungs_rules_is_success (round->status))
    return;
  granted =
    (gint64) rungs_rules_get_keep_alive (answer->headers[RUNGS_FACT_HEADER_KEEP_ALIVE]) * G_TIME_SPAN_SECOND;
  if (granted == 0)
    return;
  silence = rungs_trace_facts_get_silence (judge->around,
                                           answer->message,
                                           rungs_rules_message (judge, round->request)->info->time);
  if (silence < granted + LATE)
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  rungs_hit_set_duration (hit, "granted", granted);
  rungs_hit_set_duration (hit, "silence", silence);
}

static void
options_ok (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (fact->info->method == RUNGS_SIP_METHOD_OPTIONS && rungs_rules_is_success (fact->info->status))
    rungs_judge_hit_once (judge, position);
}

/* The answer to a C3P request of a Microsoft conference carries its own outcome: code="failure" ([MS-CONFBAS] 2.2.2). */
static void
conference_failed (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  gssize at;
  RungsHit *hit;

  if (!rungs_slice_case_starts_with (fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE],
                                     RUNGS_SLICE_LITERAL ("application/cccp+xml")))
    return;
  at = rungs_slice_find (fact->body, 0, RUNGS_SLICE_LITERAL ("code=\"failure\""));
  if (at < 0)
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = rungs_slice_sub (fact->body, (gsize) at, strlen ("code=\"failure\""));
}

const RungsRuleCondition rungs_conditions_events[] = {
  { "SUB-OK", RUNGS_SCOPE_MESSAGE, sub_ok, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "SUB-ENDED", RUNGS_SCOPE_MESSAGE, sub_ended, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "SUB-REJECTED", RUNGS_SCOPE_MESSAGE, sub_rejected, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "UNSUBSCRIBE", RUNGS_SCOPE_MESSAGE, unsubscribe, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "NOTIFY-MISSING", RUNGS_SCOPE_FLOW, notify_missing, .needs = RUNGS_ASPECT_SUBSCRIPTION },
  { "KEEPALIVE-DEAD", RUNGS_SCOPE_FLOW, keepalive_dead, .needs = RUNGS_ASPECT_OPTIONS },
  { "KEEPALIVE-SILENT", RUNGS_SCOPE_ROUND, keepalive_silent },
  { "OPTIONS-OK", RUNGS_SCOPE_MESSAGE, options_ok, .needs = RUNGS_ASPECT_OPTIONS },
  { "CONFERENCE-FAILED", RUNGS_SCOPE_MESSAGE, conference_failed },
  { NULL },
};
