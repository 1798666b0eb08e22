/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules of every topic ask.  See rungs-rules.h. */

#include "config.h"

#include "rungs-rules.h"

guint
rungs_rules_port (const RungsJudge *judge, guint position)
{
  const RungsMessageInfo *info = rungs_rules_message (judge, position)->info;

  if ((info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED) != 0 ||
      info->destination >= rungs_trace_get_n_endpoints (judge->facts->trace))
    return 0;
  return rungs_trace_get_endpoint (judge->facts->trace, info->destination)->address.port;
}

const RungsAuthFact *
rungs_rules_continued (const RungsJudge *judge, guint position, const RungsAuthFact *credentials)
{
  const RungsMessageFact *request = rungs_rules_message (judge, position);
  const RungsAuthFact *first = NULL;
  const RungsMessageFact *response;

  if (request->challenge == RUNGS_NO_POSITION)
    return NULL;
  response = rungs_rules_message (judge, request->challenge);
  for (guint i = 0; i < response->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (judge->facts, response, i);

      if (auth->role != RUNGS_AUTH_CHALLENGE || auth->scheme != credentials->scheme)
        continue;
      if (rungs_slice_equal (auth->realm, credentials->realm))
        return auth;
      if (first == NULL)
        first = auth;
    }
  return first;
}

gint64
rungs_rules_pause (const RungsJudge *judge, guint from, guint to)
{
  gint64 a = rungs_rules_message (judge, from)->info->time;
  gint64 b = rungs_rules_message (judge, to)->info->time;

  return a != RUNGS_TIME_NONE && b != RUNGS_TIME_NONE && b >= a ? b - a : -1;
}
