/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The summary of a flow: how sentences follow each other, and the kinds of flows that need few of them.  See rungs-story.h. */

#include "config.h"

#include "rungs-fill-story.h"
#include "rungs-fill.h"
#include "rungs-story.h"

RungsHitValue
rungs_story_words (const char *name, const char *words)
{
  return (RungsHitValue){ name, RUNGS_VALUE_WORDS, rungs_slice_from_string (words), 0 };
}

void
rungs_story_say_with (
  RungsStory *self, const char *id, guint position, const RungsHitValue *values, guint n_values)
{
  g_autofree char *sentence = rungs_fill_words (self->facts, position, values, n_values, id);

  if (self->text->len > 0)
    g_string_append_c (self->text, ' ');
  g_string_append (self->text, sentence);
}

void
rungs_story_say (RungsStory *self, const char *id, guint position)
{
  rungs_story_say_with (self, id, position, NULL, 0);
}

guint
rungs_story_find (const RungsFlowFacts *facts, RungsSipMethod method, guint *count)
{
  guint first = RUNGS_NO_POSITION;
  guint n = 0;

  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];

      if (fact->info->method != method || fact->principal != i ||
          !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST))
        continue;
      if (n++ == 0)
        first = i;
      if (count == NULL)
        break;
    }
  if (count != NULL)
    *count = n;
  return first;
}

static guint
status_at (const RungsFlowFacts *facts, guint position)
{
  return position != RUNGS_NO_POSITION ? facts->messages[position].info->status : 0;
}

/* The first answer to a SUBSCRIBE that is no challenge, and its request. */
static guint
find_subscribed (const RungsFlowFacts *facts, guint *request)
{
  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      guint status = status_at (facts, fact->answer);

      if (fact->info->method != RUNGS_SIP_METHOD_SUBSCRIBE || fact->principal != i ||
          !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || status < 200 || status == 401 ||
          status == 407)
        continue;
      *request = i;
      return fact->answer;
    }
  return RUNGS_NO_POSITION;
}

static guint
find_last_report (const RungsFlowFacts *facts)
{
  for (guint i = facts->n_messages; i > 0; i--)
    {
      const RungsMessageFact *fact = &facts->messages[i - 1];

      if (rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) && fact->principal == i - 1 &&
          (fact->info->method == RUNGS_SIP_METHOD_NOTIFY || fact->info->method == RUNGS_SIP_METHOD_BENOTIFY))
        return i - 1;
    }
  return RUNGS_NO_POSITION;
}

static void
tell_reports (RungsStory *self)
{
  guint notifies, benotifies;
  guint last = find_last_report (self->facts);

  rungs_story_find (self->facts, RUNGS_SIP_METHOD_NOTIFY, &notifies);
  rungs_story_find (self->facts, RUNGS_SIP_METHOD_BENOTIFY, &benotifies);
  if (notifies + benotifies > 0)
    {
      g_autofree char *times = rungs_format_times (notifies + benotifies);
      RungsHitValue value = rungs_story_words ("times", times);

      rungs_story_say_with (self, "summary-subscription-reports", last, &value, 1);
    }
  if (last != RUNGS_NO_POSITION &&
      rungs_story_contains (self->facts->messages[last].headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE],
                            "terminated"))
    rungs_story_say (self, "summary-subscription-terminated", last);
}

void
rungs_story_tell_subscription (RungsStory *self)
{
  const RungsFlowFacts *facts = self->facts;
  guint first = rungs_story_find (facts, RUNGS_SIP_METHOD_SUBSCRIBE, NULL);
  guint request = first;
  guint answer = find_subscribed (facts, &request);
  guint status = status_at (facts, answer);

  if (first == RUNGS_NO_POSITION)
    {
      rungs_story_say (self, "summary-reports-alone", 0);
      tell_reports (self);
      return;
    }
  rungs_story_say (self,
                   facts->messages[first].event.length == 0 ? "summary-subscription-plain"
                   : rungs_slice_case_equal (rungs_message_fact_get_from_address (&facts->messages[first]),
                                             rungs_message_fact_get_to_address (&facts->messages[first]))
                     ? "summary-subscription-own"
                     : "summary-subscription",
                   first);
  if (status == 0)
    rungs_story_say (self, "summary-subscription-open", first);
  else if (status >= 300)
    rungs_story_say (self, "summary-subscription-refused", answer);
  else if (rungs_message_fact_get_expires (&facts->messages[request]) == 0)
    rungs_story_say (self,
                     rungs_message_fact_get_to_tag (&facts->messages[request]).length > 0
                       ? "summary-subscription-ended"
                       : "summary-subscription-once",
                     answer);
  else if (rungs_message_fact_get_expires (&facts->messages[answer]) > 0)
    rungs_story_say (self, "summary-subscription-granted", answer);
  tell_reports (self);
}

void
rungs_story_tell_messages (RungsStory *self)
{
  const RungsFlowFacts *facts = self->facts;
  guint count;
  guint first = rungs_story_find (facts, RUNGS_SIP_METHOD_MESSAGE, &count);
  guint status;

  if (first == RUNGS_NO_POSITION)
    {
      rungs_story_say (self, "summary-answer-alone", 0);
      return;
    }
  if (count == 1)
    rungs_story_say (self, "summary-message", first);
  else
    {
      g_autofree char *number = rungs_format_count (count);
      RungsHitValue value = rungs_story_words ("count", number);

      rungs_story_say_with (self, "summary-messages", first, &value, 1);
    }
  status = status_at (facts, facts->messages[first].answer);
  if (status == 0)
    rungs_story_say (self, "summary-answer-missing", first);
  else if (status >= 300)
    rungs_story_say (self, "summary-message-refused", facts->messages[first].answer);
  else
    rungs_story_say (self,
                     status == 202 ? "summary-message-accepted" : "summary-message-arrived",
                     facts->messages[first].answer);
}

static const char *
choose_other (const RungsMessageFact *fact)
{
  switch ((RungsSipMethod) fact->info->method)
    {
    case RUNGS_SIP_METHOD_OPTIONS:
      return "summary-options";
    case RUNGS_SIP_METHOD_PUBLISH:
      return "summary-publish";
    case RUNGS_SIP_METHOD_SERVICE:
      return "summary-service";
    case RUNGS_SIP_METHOD_NOTIFY:
    case RUNGS_SIP_METHOD_BENOTIFY:
      return fact->event.length > 0 ? "summary-report" : "summary-report-plain";
    case RUNGS_SIP_METHOD_REFER:
      return "summary-refer";
    case RUNGS_SIP_METHOD_INFO:
      return "summary-info";
    case RUNGS_SIP_METHOD_NEGOTIATE:
      return "summary-negotiate";
    default:
      return fact->method_name.length > 0 ? "summary-other" : NULL;
    }
}

/* The last report on a transfer says how it ended. */
static void
tell_transfer (RungsStory *self)
{
  guint last = find_last_report (self->facts);

  if (last != RUNGS_NO_POSITION && self->facts->messages[last].body.length > 0)
    rungs_story_say (self, "summary-refer-report", last);
}

void
rungs_story_tell_other (RungsStory *self)
{
  const RungsFlowFacts *facts = self->facts;
  const RungsMessageFact *first = &facts->messages[0];
  guint status = status_at (facts, first->answer);
  const char *id;

  if ((first->info->flags & RUNGS_MESSAGE_MALFORMED) != 0)
    {
      rungs_story_say (self, "summary-malformed", 0);
      return;
    }
  if (!rungs_message_fact_has (first, RUNGS_FACT_REQUEST))
    {
      rungs_story_say (self, "summary-answer-alone", 0);
      return;
    }
  id = choose_other (first);
  if (id == NULL)
    return;
  rungs_story_say (self, id, 0);
  if (status == 0)
    {
      if (first->info->method != RUNGS_SIP_METHOD_BENOTIFY && first->info->method != RUNGS_SIP_METHOD_ACK)
        rungs_story_say (self, "summary-answer-missing", 0);
    }
  else if (status >= 300)
    rungs_story_say (self, "summary-answer-refused", first->answer);
  else
    rungs_story_say (self, "summary-answer-success", first->answer);
  if (first->info->method == RUNGS_SIP_METHOD_REFER)
    tell_transfer (self);
}
