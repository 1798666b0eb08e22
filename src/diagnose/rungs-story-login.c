/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The summary of a sign-in that succeeded: from where, with what, how long it took and holds, and what became of it.
 * See rungs-story.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-fill-story.h"
#include "rungs-story.h"

/* What the messages of a login add up to. */
typedef struct
{
  guint first;      /* position of the REGISTER that begins the login */
  guint messages;   /* from there to the answer, copies left out */
  guint challenges; /* 401 and 407 among them */
  guint refusals;   /* of these, those that answer a proof */
} Count;

static gboolean
is_refusal (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  const RungsAuthFact *credentials = fact->request != RUNGS_NO_POSITION
                                       ? rungs_flow_facts_find_auth (facts,
                                                                     &facts->messages[fact->request],
                                                                     RUNGS_AUTH_CREDENTIALS,
                                                                     RUNGS_SIP_SCHEME_NONE)
                                       : NULL;

  return credentials != NULL && rungs_auth_fact_is_proof (credentials);
}

/* The rounds of one hop before @login, back to the one behind the last success. */
static guint
find_beginning (const RungsFlowFacts *facts, const RungsRoundFact *login)
{
  const RungsRoundFact *round = login;

  while (round->previous != RUNGS_NO_POSITION && round->previous != login->last_success)
    round = rungs_flow_facts_get_round (facts, round->previous);
  return round->request;
}

static void
count_login (Count *self, const RungsFlowFacts *facts, const RungsRoundFact *login)
{
  guint hop = facts->messages[login->request].hop;

  *self = (Count){ .first = find_beginning (facts, login) };
  for (guint i = self->first; i <= login->answer && i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];

      if (fact->principal != i || fact->hop != hop)
        continue;
      self->messages++;
      if (fact->info->status != 401 && fact->info->status != 407)
        continue;
      self->challenges++;
      self->refusals += is_refusal (facts, fact);
    }
}

static gboolean
is_remote (const RungsFlowFacts *facts, const Count *count, const RungsRoundFact *login)
{
  for (guint i = count->first; i <= login->answer && i < facts->n_messages; i++)
    if (rungs_message_fact_has (&facts->messages[i], RUNGS_FACT_REMOTE_USER))
      return TRUE;
  return FALSE;
}

static void
tell_beginning (RungsStory *self, const RungsRoundFact *login, const Count *count)
{
  const RungsFlowFacts *facts = self->facts;
  const RungsAuthFact *credentials = rungs_flow_facts_find_auth (facts,
                                                                 &facts->messages[login->request],
                                                                 RUNGS_AUTH_CREDENTIALS,
                                                                 RUNGS_SIP_SCHEME_NONE);
  gint64 wait = rungs_story_get_wait (facts, count->first, login->answer);
  gboolean remote = is_remote (facts, count, login);
  RungsHitValue values[2] = { { "duration", RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, wait } };

  if (credentials == NULL)
    {
      rungs_story_say_with (self,
                            wait >= 0 ? "summary-login-plain" : "summary-login-plain-untimed",
                            login->answer,
                            values,
                            1);
      return;
    }
  values[1] = (RungsHitValue){ "scheme", RUNGS_VALUE_TEXT, credentials->scheme_name, 0 };
  rungs_story_say_with (self,
                        wait < 0 ? (remote ? "summary-login-remote-untimed" : "summary-login-untimed")
                        : remote ? "summary-login-remote"
                                 : "summary-login",
                        login->answer,
                        values,
                        2);
}

static void
tell_messages (RungsStory *self, const RungsRoundFact *login, const Count *count)
{
  guint expected = count->challenges - count->refusals;
  g_autofree char *messages = rungs_format_messages (count->messages);
  g_autofree char *number = rungs_format_count (expected);
  g_autofree char *challenges = NULL;
  RungsHitValue values[2] = { rungs_story_words ("messages", messages) };

  if (count->messages < 2)
    return;
  /* Translators: challenges of a login that belong to it; %s is a number, as a word where it is small. */
  challenges = g_strdup_printf (ngettext ("%s expected 401", "%s expected 401s", expected), number);
  values[1] = rungs_story_words ("challenges", challenges);
  rungs_story_say_with (self,
                        expected > 0 ? "summary-login-messages" : "summary-login-messages-plain",
                        login->answer,
                        values,
                        2);
  if (count->refusals > 0)
    rungs_story_say (self, "summary-login-after-refusal", login->answer);
}

/* Refreshes and the end, behind the login. */
static void
tell_rest (RungsStory *self, const RungsRoundFact *login)
{
  const RungsFlowFacts *facts = self->facts;
  guint refreshes = 0;
  const RungsRoundFact *removal = NULL;

  for (guint i = 0; i < facts->rounds->len; i++)
    {
      const RungsRoundFact *round = rungs_flow_facts_get_round (facts, i);

      if (round->request <= login->request || round->status < 200 || round->status >= 300)
        continue;
      if (round->kind == RUNGS_REGISTER_REFRESH)
        refreshes++;
      removal = round->kind == RUNGS_REGISTER_REMOVAL ? round : NULL;
    }
  if (refreshes > 0)
    {
      g_autofree char *times = rungs_format_times (refreshes);
      RungsHitValue value = rungs_story_words ("times", times);

      rungs_story_say_with (self, "summary-login-refreshed", login->answer, &value, 1);
    }
  if (removal != NULL)
    {
      gint64 wait = rungs_story_get_wait (facts, login->answer, removal->answer);
      RungsHitValue value = { "duration", RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, wait };

      rungs_story_say_with (self,
                            wait >= 0 ? "summary-login-removed" : "summary-login-removed-untimed",
                            removal->answer,
                            &value,
                            1);
    }
}

void
rungs_story_tell_login (RungsStory *self, const RungsRoundFact *login)
{
  const RungsFlowFacts *facts = self->facts;
  const RungsMessageFact *answer = &facts->messages[login->answer];
  const RungsAuthFact *credentials = rungs_flow_facts_find_auth (facts,
                                                                 &facts->messages[login->request],
                                                                 RUNGS_AUTH_CREDENTIALS,
                                                                 RUNGS_SIP_SCHEME_NONE);
  Count count;

  count_login (&count, facts, login);
  tell_beginning (self, login, &count);
  tell_messages (self, login, &count);
  if (credentials != NULL && credentials->token == RUNGS_TOKEN_KRB_AP_REQ)
    rungs_story_say (self,
                     facts->trail != NULL && rungs_ticket_trail_get_length (facts->trail) > 0
                       ? "summary-login-ticket-seen"
                       : "summary-login-ticket",
                     login->answer);
  if (rungs_message_fact_get_expires (answer) > 0)
    rungs_story_say (self, "summary-login-valid", login->answer);
  tell_rest (self, login);
}
