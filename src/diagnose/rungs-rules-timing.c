/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about answers that do not come and messages that come again (RFC 3261, 17.1).
 * The end of the trace is not the end of the story: without at least 32 seconds of it after a request, silence is a note. */

#include "config.h"

#include "rungs-rules.h"

#define PATIENCE (32 * G_TIME_SPAN_SECOND)

/* A copy that follows its original sooner than any timer runs was not sent twice: the capture holds it twice. */
#define SAME_PACKET (50 * G_TIME_SPAN_MILLISECOND)

static gboolean
needs_answer (const RungsMessageFact *fact)
{
  switch (fact->info->method)
    {
    case RUNGS_SIP_METHOD_NONE:
    case RUNGS_SIP_METHOD_ACK:
    case RUNGS_SIP_METHOD_BENOTIFY:
    case RUNGS_SIP_METHOD_CANCEL:
      return FALSE;
    case RUNGS_SIP_METHOD_INVITE:
      return fact->provisional == RUNGS_NO_POSITION;
    default:
      return TRUE;
    }
}

/* Whether any copy, on whatever hop, was answered. */
static gboolean
copy_is_answered (const RungsJudge *judge, const RungsMessageFact *fact)
{
  for (guint next = fact->copies; next != 0; next = rungs_rules_message (judge, next - 1)->copies)
    if (rungs_rules_message (judge, next - 1)->answer != RUNGS_NO_POSITION ||
        rungs_rules_message (judge, next - 1)->provisional != RUNGS_NO_POSITION)
      return TRUE;
  return FALSE;
}

static void
no_answer (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  /* Without a Call-ID no answer can be told to belong to it. */
  if (!rungs_message_fact_has (fact, RUNGS_FACT_WHOLE | RUNGS_FACT_REQUEST | RUNGS_FACT_HAS_CALL_ID) ||
      fact->answer != RUNGS_NO_POSITION || !needs_answer (fact) || copy_is_answered (judge, fact))
    return;
  hit = rungs_judge_hit (judge, position);
  rungs_judge_soften (judge, hit);
  if (hit->variant == RUNGS_HIT_PLAIN && !rungs_trace_facts_goes_on (judge->around, fact->message, PATIENCE))
    {
      hit->severity = RUNGS_SEVERITY_INFO;
      hit->variant = RUNGS_HIT_OPEN;
    }
}

/* The copies of the request at @position that were sent again on its hop become evidence of one hit at the first of them. */
static RungsHit *
hit_retransmission (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint copies[RUNGS_HIT_MAX_EVIDENCE];
  guint n = 0;
  guint first = RUNGS_NO_POSITION;
  RungsHit *hit;

  for (guint next = fact->copies; next != 0; next = rungs_rules_message (judge, next - 1)->copies)
    {
      const RungsMessageFact *copy = rungs_rules_message (judge, next - 1);

      if (copy->hop != fact->hop || (copy->info->flags & RUNGS_MESSAGE_RETRANSMISSION) == 0)
        continue;
      first = MIN (first, next - 1);
      if (n < G_N_ELEMENTS (copies))
        copies[n++] = next - 1;
    }
  if (first == RUNGS_NO_POSITION)
    return NULL;
  hit = rungs_judge_hit (judge, first);
  rungs_hit_add_evidence (hit, position);
  for (guint i = 0; i < n; i++)
    if (copies[i] != first)
      rungs_hit_add_evidence (hit, copies[i]);
  return hit;
}

static void
retransmit_udp (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || fact->repeats == 0 ||
      fact->info->transport != RUNGS_TRANSPORT_UDP)
    return;
  hit = hit_retransmission (judge, position);
  if (hit != NULL)
    rungs_hit_set_duration (hit, "pause", rungs_rules_pause (judge, position, hit->position));
}

static void
retransmit_tcp (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;
  gint64 pause;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_REQUEST | RUNGS_FACT_TCP_LIKE) || fact->repeats == 0)
    return;
  hit = hit_retransmission (judge, position);
  if (hit == NULL)
    return;
  pause = rungs_rules_pause (judge, position, hit->position);
  if (pause < SAME_PACKET)
    hit->severity = RUNGS_SEVERITY_INFO;
}

const RungsRuleCondition rungs_conditions_timing[] = {
  { "NO-ANSWER", RUNGS_SCOPE_MESSAGE, no_answer, .needs = RUNGS_ASPECT_REQUEST },
  { "RETRANSMIT-UDP", RUNGS_SCOPE_MESSAGE, retransmit_udp, .needs = RUNGS_ASPECT_COPIED },
  { "RETRANSMIT-TCP", RUNGS_SCOPE_MESSAGE, retransmit_tcp, .needs = RUNGS_ASPECT_COPIED },
  { NULL },
};
