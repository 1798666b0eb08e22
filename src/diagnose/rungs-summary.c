/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A whole flow in a title and a summary.  See rungs-summary.h. */

#include "config.h"

#include "rungs-fill-story.h"
#include "rungs-fill.h"
#include "rungs-story.h"
#include "rungs-summary.h"

/* How a registration or call came out, and the message that shows it. */
typedef struct
{
  const char *title;
  const char *summary; /* of a registration that has no login to tell of; NULL: nothing to say */
  const RungsRoundFact *login;
  guint position;
  RungsHitValue values[2];
} Outcome;

static guint
status_at (const RungsFlowFacts *facts, guint position)
{
  return position != RUNGS_NO_POSITION ? facts->messages[position].info->status : 0;
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

/* The scheme that the last successful login was made with, empty where it had no credentials. */
static RungsSlice
accepted_scheme (const RungsFlowFacts *facts, const RungsRoundFact *round)
{
  const RungsAuthFact *credentials = rungs_flow_facts_find_auth (facts,
                                                                 &facts->messages[round->request],
                                                                 RUNGS_AUTH_CREDENTIALS,
                                                                 RUNGS_SIP_SCHEME_NONE);

  return credentials != NULL ? credentials->scheme_name : RUNGS_SLICE_EMPTY;
}

static void
set_value (
  Outcome *outcome, guint n, const char *name, RungsHitValueKind kind, RungsSlice text, gint64 number)
{
  outcome->values[n] = (RungsHitValue){ name, kind, text, number };
}

static void
decide_registered (Outcome *outcome,
                   const RungsFlowFacts *facts,
                   const RungsRoundFact *login,
                   gboolean removed)
{
  RungsSlice scheme = accepted_scheme (facts, login);

  outcome->position = login->answer;
  outcome->login = login;
  if (scheme.length > 0)
    {
      set_value (outcome, 0, "scheme", RUNGS_VALUE_TEXT, scheme, 0);
      outcome->title = removed ? "title-registered-scheme-removed" : "title-registered-scheme";
    }
  else
    outcome->title = removed ? "title-registered-removed" : "title-registered";
}

static gboolean
is_given_up (const GArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const RungsHit *hit = &g_array_index (hits, RungsHit, i);

      if (hit->variant == RUNGS_HIT_PLAIN && g_str_equal (hit->rule->id, "GAVE-UP"))
        return TRUE;
    }
  return FALSE;
}

static void
decide_failed (Outcome *outcome, const GArray *hits, const RungsRoundFact *round)
{
  outcome->position = round->answer != RUNGS_NO_POSITION ? round->answer : round->request;
  if (round->status == 0)
    {
      outcome->title = "title-register-unanswered";
      outcome->summary = "summary-register-open";
    }
  else if (round->status < 400)
    {
      outcome->title = round->status >= 300 ? "title-register-redirected" : "title-register-open";
      outcome->summary = round->status >= 300 ? "summary-redirected" : "summary-register-open";
    }
  else if (round->status != 401 && round->status != 407)
    {
      outcome->title = "title-register-failed";
      outcome->summary = "summary-failed";
    }
  else if (round->proof)
    {
      outcome->title = "title-register-refused";
      outcome->summary = "summary-refused";
    }
  else if (is_given_up (hits))
    {
      outcome->title = "title-register-gave-up";
      outcome->summary = "summary-gave-up";
    }
  else
    {
      outcome->title = "title-register-open";
      outcome->summary = "summary-register-open";
    }
}

/* Rounds that were never granted are told by the last one; a success before it is what the flow is about. */
static void
decide_registration (Outcome *outcome, const RungsFlowFacts *facts, const GArray *hits)
{
  const RungsRoundFact *login = NULL;
  const RungsRoundFact *last = NULL;
  gboolean removed = FALSE;

  for (guint i = 0; i < facts->rounds->len; i++)
    {
      const RungsRoundFact *round = rungs_flow_facts_get_round (facts, i);

      last = round;
      if (!is_success (round->status))
        continue;
      removed = round->kind == RUNGS_REGISTER_REMOVAL;
      if (round->kind == RUNGS_REGISTER_LOGIN || (login == NULL && round->kind == RUNGS_REGISTER_REFRESH))
        login = round;
    }
  if (last == NULL)
    {
      outcome->title = facts->messages[0].info->status >= 200 ? "title-other-status" : "title-register-open";
    }
  else if (login != NULL && (is_success (last->status) || last->status < 300 || !last->proof))
    {
      decide_registered (outcome, facts, login, removed);
    }
  else if (removed && is_success (last->status))
    {
      outcome->position = last->answer;
      outcome->title = "title-removed";
      outcome->summary = "summary-removed";
    }
  else if (last->kind == RUNGS_REGISTER_QUERY && is_success (last->status))
    {
      outcome->position = last->answer;
      outcome->title = "title-register-query";
      outcome->summary = "summary-register-query";
    }
  else
    {
      decide_failed (outcome, hits, last);
    }
}

static guint
find_request (const RungsFlowFacts *facts, RungsSipMethod method)
{
  for (guint i = 0; i < facts->n_messages; i++)
    if (facts->messages[i].info->method == method && facts->messages[i].principal == i &&
        rungs_message_fact_has (&facts->messages[i], RUNGS_FACT_REQUEST))
      return i;
  return RUNGS_NO_POSITION;
}

/* The answer that decides the call: a success if there is one, else the last that is no open challenge. */
static guint
find_call_answer (const RungsFlowFacts *facts)
{
  guint best = RUNGS_NO_POSITION;

  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      gboolean challenge = fact->info->status == 401 || fact->info->status == 407;

      if (fact->info->method != RUNGS_SIP_METHOD_INVITE || fact->info->status < 200 || fact->principal != i)
        continue;
      if (is_success (fact->info->status))
        return i;
      if (!challenge || (fact->request != RUNGS_NO_POSITION &&
                         (facts->messages[fact->request].info->flags & RUNGS_MESSAGE_CREDENTIALS) != 0))
        best = i;
    }
  return best;
}

static void
decide_call (Outcome *outcome, const RungsFlowFacts *facts)
{
  guint answer = find_call_answer (facts);
  guint status = status_at (facts, answer);
  guint bye = find_request (facts, RUNGS_SIP_METHOD_BYE);

  if (answer != RUNGS_NO_POSITION)
    outcome->position = answer;
  if (is_success (status) && facts->first_call > 0 &&
      rungs_story_is_text (facts, rungs_flow_facts_get_invite (facts, facts->first_call - 1)->request))
    {
      outcome->title = "title-messages";
      return;
    }
  if (status == 0)
    {
      outcome->title = "title-call-open";
    }
  else if (is_success (status))
    {
      gint64 start = facts->messages[answer].info->time;
      gint64 end = bye != RUNGS_NO_POSITION ? facts->messages[bye].info->time : RUNGS_TIME_NONE;
      gboolean known = start != RUNGS_TIME_NONE && end != RUNGS_TIME_NONE && end >= start;

      outcome->title = known ? "title-call-ended" : "title-call-answered";
      set_value (outcome, 0, "duration", RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, known ? end - start : 0);
    }
  else
    {
      outcome->title = status == 486 || status == 600 ? "title-call-busy"
                       : status == 487                ? "title-call-cancelled"
                       : status == 603                ? "title-call-declined"
                                                      : "title-call-failed";
    }
}

static void
decide_subscription (Outcome *outcome, const RungsFlowFacts *facts)
{
  guint request = find_request (facts, RUNGS_SIP_METHOD_SUBSCRIBE);
  guint answer = request != RUNGS_NO_POSITION ? facts->messages[request].answer : RUNGS_NO_POSITION;

  outcome->title = "title-subscription-plain";
  if (request == RUNGS_NO_POSITION)
    return;
  outcome->position = request;
  if (facts->info->status >= 400 && status_at (facts, answer) == facts->info->status)
    {
      outcome->position = answer;
      outcome->title = "title-subscription-refused";
    }
  else if (facts->messages[request].event.length > 0)
    {
      outcome->title = "title-subscription";
    }
}

static void
decide_other (Outcome *outcome, const RungsFlowFacts *facts)
{
  guint answer;

  if ((facts->messages[0].info->flags & RUNGS_MESSAGE_MALFORMED) != 0)
    {
      outcome->title = "title-malformed";
      return;
    }
  answer = facts->messages[0].answer;
  outcome->title = "title-other";
  if (answer == RUNGS_NO_POSITION)
    return;
  outcome->position = answer;
  outcome->title = "title-other-status";
}

static void
decide (Outcome *outcome, const RungsFlowFacts *facts, const GArray *hits)
{
  switch ((RungsFlowKind) facts->info->kind)
    {
    case RUNGS_FLOW_REGISTRATION:
      decide_registration (outcome, facts, hits);
      break;
    case RUNGS_FLOW_CALL:
      decide_call (outcome, facts);
      break;
    case RUNGS_FLOW_SUBSCRIPTION:
      decide_subscription (outcome, facts);
      break;
    case RUNGS_FLOW_INSTANT_MESSAGES:
      outcome->title = "title-messages";
      break;
    case RUNGS_FLOW_OTHER:
    default:
      decide_other (outcome, facts);
      break;
    }
}

char *
rungs_summary_new_title (const RungsFlowFacts *facts, const GArray *hits)
{
  Outcome outcome = { 0 };

  decide (&outcome, facts, hits);
  return rungs_fill_words (facts,
                           outcome.position,
                           outcome.values,
                           G_N_ELEMENTS (outcome.values),
                           outcome.title);
}

const RungsHit *
rungs_summary_find_hit (const GArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const RungsHit *hit = &g_array_index (hits, RungsHit, i);

      if (g_str_has_prefix (hit->rule->id, "SUM-"))
        return hit;
    }
  return NULL;
}

char *
rungs_summary_new_text (const RungsFlowFacts *facts, const GArray *hits)
{
  RungsStory story = { facts, g_string_new (NULL) };
  Outcome outcome = { 0 };

  switch ((RungsFlowKind) facts->info->kind)
    {
    case RUNGS_FLOW_REGISTRATION:
      decide_registration (&outcome, facts, hits);
      if (outcome.login != NULL)
        rungs_story_tell_login (&story, outcome.login);
      else if (outcome.summary != NULL)
        rungs_story_say (&story, outcome.summary, outcome.position);
      else
        rungs_story_say (&story, "summary-answer-alone", 0);
      break;
    case RUNGS_FLOW_CALL:
      rungs_story_tell_call (&story);
      break;
    case RUNGS_FLOW_SUBSCRIPTION:
      rungs_story_tell_subscription (&story);
      break;
    case RUNGS_FLOW_INSTANT_MESSAGES:
      rungs_story_tell_messages (&story);
      break;
    case RUNGS_FLOW_OTHER:
    default:
      rungs_story_tell_other (&story);
      break;
    }
  return g_string_free (story.text, FALSE);
}
