/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The summary of a call: who called whom, how long it rang, what they agreed on, what happened on the way, who hung up and why.
 * See rungs-story.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-fill-story.h"
#include "rungs-story.h"

typedef struct
{
  const RungsInviteFact
    *call;         /* the INVITE outside a dialog that decides: the one that succeeded, otherwise the last */
  guint challenge; /* position of a challenge before it that was taken up */
  gboolean forked;
  guint changes; /* INVITEs and UPDATEs inside the dialog */
  guint holds;
} Course;

static gboolean
puts_on_hold (const RungsFlowFacts *facts, guint position)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (facts, position, &n_media);

  return n_media > 0 &&
         (media[0].direction == RUNGS_SDP_SENDONLY || media[0].direction == RUNGS_SDP_INACTIVE);
}

static void
course_init (Course *self, const RungsFlowFacts *facts)
{
  *self = (Course){ .challenge = RUNGS_NO_POSITION };
  if (facts->first_call > 0)
    self->call = rungs_flow_facts_get_invite (facts, facts->first_call - 1);
  for (guint i = 0; i < facts->invites->len; i++)
    {
      const RungsInviteFact *invite = rungs_flow_facts_get_invite (facts, i);

      if (invite->within)
        {
          self->changes += invite->status >= 200 && invite->status < 300;
          self->holds += puts_on_hold (facts, invite->request);
          continue;
        }
      if (facts->first_call == 0)
        self->call = invite;
      self->forked |= invite->fork != RUNGS_NO_POSITION;
      if ((invite->status == 401 || invite->status == 407) && invite != self->call)
        self->challenge = invite->answer;
    }
  if (self->call != NULL && self->call->answer == self->challenge)
    self->challenge = RUNGS_NO_POSITION;
}

static void
tell_beginning (RungsStory *self, const Course *course)
{
  const RungsFlowFacts *facts = self->facts;
  const RungsMessageFact *invite = &facts->messages[course->call->request];
  const char *id = "summary-call";

  if (invite->headers[RUNGS_FACT_HEADER_REPLACES].length > 0)
    id = "summary-call-replaces";
  else if (rungs_story_contains (invite->to, "opaque=app:conf:"))
    id = "summary-call-conference";
  else if (rungs_story_is_text (facts, course->call->request))
    id = "summary-call-text";
  rungs_story_say (self, id, course->call->request);
  if (facts->n_hops > 1)
    {
      g_autofree char *count = rungs_format_count (facts->n_hops);
      RungsHitValue value = rungs_story_words ("count", count);

      rungs_story_say_with (self, "summary-call-hops", 0, &value, 1);
    }
  if (course->challenge != RUNGS_NO_POSITION)
    rungs_story_say (self, "summary-call-challenged", course->challenge);
  if (course->forked)
    rungs_story_say (self, "summary-call-forked", course->call->request);
}

static void
tell_answer (RungsStory *self, const Course *course)
{
  const RungsFlowFacts *facts = self->facts;
  const RungsInviteFact *call = course->call;
  guint n_media = 0;
  gint64 ring = rungs_story_get_wait (facts, call->ringing, call->success);
  gint64 wait = rungs_story_get_wait (facts, call->request, call->success);
  RungsHitValue value = { "duration", RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, ring >= 0 ? ring : wait };

  rungs_story_say_with (self,
                        ring >= 0   ? "summary-call-rang"
                        : wait >= 0 ? "summary-call-picked"
                                    : "summary-call-answered",
                        call->success,
                        &value,
                        1);
  if (call->reply != RUNGS_NO_POSITION)
    rungs_flow_facts_get_media (facts, call->reply, &n_media);
  if (n_media > 0 && rungs_story_has_codecs (facts, call->reply))
    rungs_story_say (self, "summary-call-codecs", call->reply);
  if (call->reply == call->ack && call->ack != RUNGS_NO_POSITION && n_media > 0)
    rungs_story_say (self, "summary-call-delayed-offer", call->success);
}

static void
tell_changes (RungsStory *self, const Course *course)
{
  const RungsFlowFacts *facts = self->facts;
  guint refer = rungs_story_find (facts, RUNGS_SIP_METHOD_REFER, NULL);
  guint texts;

  rungs_story_find (facts, RUNGS_SIP_METHOD_MESSAGE, &texts);
  if (texts > 0)
    {
      g_autofree char *messages = rungs_format_messages (texts);
      RungsHitValue value = rungs_story_words ("messages", messages);

      rungs_story_say_with (self, "summary-call-texts", 0, &value, 1);
    }
  if (course->holds > 0)
    {
      g_autofree char *times = rungs_format_times (course->holds);
      RungsHitValue value = rungs_story_words ("times", times);

      rungs_story_say_with (self, "summary-call-held", 0, &value, 1);
    }
  else if (course->changes > 0)
    {
      g_autofree char *times = rungs_format_times (course->changes);
      RungsHitValue value = rungs_story_words ("times", times);

      rungs_story_say_with (self, "summary-call-changed", 0, &value, 1);
    }
  if (refer != RUNGS_NO_POSITION)
    rungs_story_say (self, "summary-call-transferred", refer);
}

static void
tell_end (RungsStory *self)
{
  const RungsFlowFacts *facts = self->facts;
  guint bye = facts->first_bye;
  gboolean timed;

  if (bye == RUNGS_NO_POSITION)
    {
      rungs_story_say (self, "summary-call-endless", 0);
      return;
    }
  timed = rungs_story_get_talk (facts, bye) >= 0;
  rungs_story_say (self, timed ? "summary-call-hangup" : "summary-call-hangup-untimed", bye);
  if (facts->messages[bye].headers[RUNGS_FACT_HEADER_REASON].length > 0)
    rungs_story_say (self, "summary-call-cause", bye);
}

static const char *
choose_refusal (guint status)
{
  switch (status)
    {
    case 401:
    case 407:
      return "summary-call-credentials";
    case 404:
    case 604:
    case 410:
      return "summary-call-unknown";
    case 408:
      return "summary-call-timeout";
    case 480:
      return "summary-call-unavailable";
    case 486:
    case 600:
      return "summary-call-busy";
    case 487:
      return "summary-call-given-up";
    case 488:
    case 606:
      return "summary-call-no-media";
    case 603:
      return "summary-call-declined";
    default:
      return status < 400 ? "summary-call-moved" : "summary-call-failed";
    }
}

static void
tell_refusal (RungsStory *self, const Course *course)
{
  const RungsFlowFacts *facts = self->facts;
  const RungsInviteFact *call = course->call;
  gint64 wait = rungs_story_get_wait (facts, call->request, call->cancel);
  const char *id = choose_refusal (call->status);
  RungsHitValue value = { "duration", RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, wait };

  if (call->status == 487 && wait >= 0)
    id = "summary-call-given-up-after";
  rungs_story_say_with (self, id, call->answer, &value, 1);
  if (facts->messages[call->answer].headers[RUNGS_FACT_HEADER_REASON].length > 0)
    rungs_story_say (self, "summary-call-refusal-cause", call->answer);
}

void
rungs_story_tell_call (RungsStory *self)
{
  Course course;

  course_init (&course, self->facts);
  if (course.call == NULL)
    {
      rungs_story_say (self, "summary-call-part", 0);
      if (self->facts->first_bye != RUNGS_NO_POSITION)
        tell_end (self);
      return;
    }
  tell_beginning (self, &course);
  if (course.call->success != RUNGS_NO_POSITION)
    {
      tell_answer (self, &course);
      tell_changes (self, &course);
      tell_end (self);
    }
  else if (course.call->answer != RUNGS_NO_POSITION)
    tell_refusal (self, &course);
  else
    rungs_story_say (self,
                     course.call->cancel != RUNGS_NO_POSITION    ? "summary-call-cancelled-open"
                     : course.call->ringing != RUNGS_NO_POSITION ? "summary-call-rings-open"
                                                                 : "summary-call-open",
                     course.call->request);
}
