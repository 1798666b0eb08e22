/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which background notes fit a flow.  See rungs-flow-notes.h. */

#include "config.h"

#include "rungs-fill-story.h"
#include "rungs-flow-notes.h"

#define MAX_LOOKED_AT 2000 /* messages: what a flow is about shows in its first ones */

/* What was seen in the messages of a flow. */
typedef struct
{
  guint schemes; /* 1 << RungsSipScheme */
  gboolean challenged;
  gboolean remote;
  gboolean repeats;
  gboolean transfer;
  gboolean timer;
  gboolean network; /* a cause of the telephone network, or a number */
  gboolean conference;
  gboolean early;
  gboolean text;
  gboolean provisioning;
  gboolean ice;
} Seen;

static void
look_at_headers (Seen *seen, const RungsMessageFact *fact)
{
  seen->transfer |= fact->headers[RUNGS_FACT_HEADER_REFER_TO].length > 0 ||
                    fact->headers[RUNGS_FACT_HEADER_REPLACES].length > 0;
  seen->timer |= fact->headers[RUNGS_FACT_HEADER_SESSION_EXPIRES].length > 0;
  seen->network |= rungs_story_contains (fact->headers[RUNGS_FACT_HEADER_REASON], "Q.850") ||
                   rungs_story_contains (fact->to, "user=phone");
  seen->conference |= rungs_story_contains (fact->to, "app:conf") ||
                      rungs_story_contains (fact->contact, "isfocus") ||
                      rungs_story_contains (fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE], "cccp");
  seen->provisioning |= rungs_story_contains (fact->event, "provisioning");
}

static void
look_at (Seen *seen, const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];

  for (guint i = 0; i < fact->n_auth; i++)
    seen->schemes |= 1u << rungs_flow_facts_get_auth (facts, fact, i)->scheme;
  seen->challenged |= fact->info->status == 401 || fact->info->status == 407;
  seen->remote |= rungs_message_fact_has (fact, RUNGS_FACT_REMOTE_USER);
  seen->repeats |= (fact->info->flags & RUNGS_MESSAGE_RETRANSMISSION) != 0;
  seen->early |= fact->info->status == 183 && (fact->info->flags & RUNGS_MESSAGE_SDP) != 0;
  seen->text |= rungs_story_is_text (facts, position);
  seen->ice |= rungs_flow_facts_has_ice (facts, position);
  look_at_headers (seen, fact);
}

static void
add (const char **list, gboolean fits, const char *id)
{
  guint n = 0;

  if (!fits)
    return;
  while (list[n] != NULL)
    n++;
  if (n < RUNGS_MAX_FLOW_NOTES)
    list[n] = id;
}

static gboolean
has_scheme (const Seen *seen, RungsSipScheme scheme)
{
  return (seen->schemes & 1u << scheme) != 0;
}

static void
add_schemes (const char **list, const Seen *seen)
{
  gboolean kerberos = has_scheme (seen, RUNGS_SIP_SCHEME_KERBEROS);

  add (list, seen->challenged, "why-401");
  add (list, has_scheme (seen, RUNGS_SIP_SCHEME_NTLM), "ntlm");
  add (list, kerberos, "kerberos-3");
  add (list, kerberos && has_scheme (seen, RUNGS_SIP_SCHEME_NTLM), "kerberos-or-ntlm");
  add (list, has_scheme (seen, RUNGS_SIP_SCHEME_TLS_DSK), "tls-dsk");
  add (list, has_scheme (seen, RUNGS_SIP_SCHEME_DIGEST), "digest");
}

static void
add_call (const char **list, const RungsFlowFacts *facts, const Seen *seen)
{
  add (list, seen->text, "instant-messages");
  add (list, seen->conference, "conferences");
  add (list, !seen->text, "calls");
  add (list, seen->transfer, "transfer");
  add (list, seen->network, "gateway");
  add (list, seen->early, "early-media");
  add (list, facts->n_hops > 1, "forking");
  add (list, seen->repeats, "timers");
  add (list, seen->timer, "session-timers");
  add (list, seen->ice, "nat");
  add (list, !seen->early && !seen->text, "early-media");
}

const char **
rungs_flow_notes_list (const RungsFlowFacts *facts)
{
  const char **list = g_new0 (const char *, RUNGS_MAX_FLOW_NOTES + 1);
  Seen seen = { 0 };

  g_return_val_if_fail (facts != NULL, list);

  for (guint i = 0; i < MIN (facts->n_messages, MAX_LOOKED_AT); i++)
    look_at (&seen, facts, i);
  switch ((RungsFlowKind) facts->info->kind)
    {
    case RUNGS_FLOW_REGISTRATION:
      add (list, TRUE, "sip-registration");
      add_schemes (list, &seen);
      add (list, seen.remote, "edge-and-pool");
      break;
    case RUNGS_FLOW_CALL:
      add_call (list, facts, &seen);
      break;
    case RUNGS_FLOW_SUBSCRIPTION:
      add (list, seen.provisioning, "provisioning");
      add (list, TRUE, "subscriptions");
      add (list, seen.conference, "conferences");
      break;
    case RUNGS_FLOW_INSTANT_MESSAGES:
      add (list, TRUE, "instant-messages");
      break;
    case RUNGS_FLOW_OTHER:
    default:
      add (list, facts->messages[0].info->method == RUNGS_SIP_METHOD_OPTIONS, "nat");
      add (list, facts->messages[0].info->method == RUNGS_SIP_METHOD_REFER, "transfer");
      add (list, facts->messages[0].info->method == RUNGS_SIP_METHOD_SERVICE, "subscriptions");
      add (list, seen.conference, "conferences");
      break;
    }
  return list;
}
