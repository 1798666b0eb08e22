/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about REGISTERs as a sequence: one Call-ID, CSeq one up, who registers whom, and at which door (RFC 3261, 10.2).
 * Order is judged on one hop only. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-sip-uri.h"

static void
callid_same (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  RungsHit *hit;

  if (round->previous == RUNGS_NO_POSITION || round->kind != RUNGS_REGISTER_LOGIN)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit != NULL)
    rungs_hit_add_evidence (hit, rungs_rules_round (judge, round->previous)->request);
}

/* Whether @flow ends with a challenge that its request, without credentials, got, and that it never took up. */
static gboolean
ends_with_open_challenge (RungsTrace *trace, guint flow)
{
  guint n;
  const guint32 *messages = rungs_trace_get_flow_messages (trace, flow, &n);
  const RungsMessageInfo *info;

  if (n == 0)
    return FALSE;
  info = rungs_trace_get_message (trace, messages[n - 1]);
  if (!rungs_rules_is_challenge (info->status) || info->request == RUNGS_NO_MESSAGE)
    return FALSE;
  return (rungs_trace_get_message (trace, info->request)->flags & RUNGS_MESSAGE_CREDENTIALS) == 0;
}

static void
callid_changed (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  RungsTrace *trace = judge->facts->trace;
  guint before;
  g_autoptr (RungsFlowFacts) other = NULL;

  if (index != 0)
    return;
  before = rungs_trace_facts_get_unfinished_login (judge->around, judge->facts->flow);
  if (before == RUNGS_NO_FLOW || !ends_with_open_challenge (trace, before) ||
      rungs_trace_get_flow (trace, before)->n_messages > 100)
    return;
  other = rungs_flow_facts_new (trace, before);
  if (rungs_slice_equal (rungs_message_fact_get_epid (&other->messages[0]),
                         rungs_message_fact_get_epid (rungs_rules_message (judge, round->request))))
    rungs_judge_hit (judge, round->request);
}

/* Both REGISTERs in order, or FALSE where there is no earlier one or one has no number. */
static gboolean
get_numbers (const RungsJudge *judge, const RungsRoundFact *round, guint32 *before, guint32 *now)
{
  const RungsMessageFact *request = rungs_rules_message (judge, round->request);
  const RungsMessageFact *earlier;

  if (round->previous == RUNGS_NO_POSITION)
    return FALSE;
  earlier = rungs_rules_message (judge, rungs_rules_round (judge, round->previous)->request);
  if (!rungs_message_fact_has (request, RUNGS_FACT_HAS_CSEQ) ||
      !rungs_message_fact_has (earlier, RUNGS_FACT_HAS_CSEQ))
    return FALSE;
  *before = earlier->info->cseq;
  *now = request->info->cseq;
  return TRUE;
}

static void
cseq_one_up (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint32 before;
  guint32 now;

  if (get_numbers (judge, round, &before, &now) && now > 0 && now - 1 == before)
    rungs_judge_hit_once (judge, round->request);
}

static void
cseq_not_up (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint32 before;
  guint32 now;
  RungsHit *hit;

  if (!get_numbers (judge, round, &before, &now) || now > before)
    return;
  hit = rungs_judge_hit (judge, round->request);
  rungs_hit_add_evidence (hit, rungs_rules_round (judge, round->previous)->request);
  rungs_hit_set_number (hit, "before", before);
  rungs_hit_set_number (hit, "now", now);
  rungs_judge_soften (judge, hit);
}

static void
cseq_gap (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint32 before;
  guint32 now;
  RungsHit *hit;

  if (!get_numbers (judge, round, &before, &now) || now <= before || now - before < 2)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  rungs_hit_add_evidence (hit, rungs_rules_round (judge, round->previous)->request);
  rungs_hit_set_number (hit, "before", before);
  rungs_hit_set_number (hit, "now", now);
}

static gboolean
has_both_addresses (const RungsMessageFact *fact)
{
  return rungs_message_fact_get_from_address (fact).length > 0 &&
         rungs_message_fact_get_to_address (fact).length > 0;
}

static void
from_to_equal (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *fact = rungs_rules_message (judge, round->request);

  if (index == 0 && has_both_addresses (fact) &&
      rungs_slice_case_equal (rungs_message_fact_get_from_address (fact),
                              rungs_message_fact_get_to_address (fact)))
    rungs_judge_hit (judge, round->request)->proof = fact->to;
}

static void
from_to_differ (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *fact = rungs_rules_message (judge, round->request);
  RungsHit *hit;

  if (!has_both_addresses (fact) || rungs_slice_case_equal (rungs_message_fact_get_from_address (fact),
                                                            rungs_message_fact_get_to_address (fact)))
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  hit->proof = fact->to;
  rungs_hit_set_text (hit, "from", rungs_message_fact_get_from_address (fact));
  rungs_hit_set_text (hit, "to", rungs_message_fact_get_to_address (fact));
}

/* What is a SIP URI without '@' need not be taken apart to see that it names nobody. */
static gboolean
has_user (RungsSlice text)
{
  RungsSipUri uri;

  if (rungs_slice_find_char (text, 0, '@') < 0 &&
      rungs_slice_case_starts_with (text, RUNGS_SLICE_LITERAL ("sip")))
    return FALSE;
  rungs_sip_uri_parse (&uri, text);
  return uri.user.length > 0;
}

static void
ruri_user (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (has_user (rungs_rules_message (judge, round->request)->request_uri))
    rungs_judge_hit_once (judge, round->request);
}

static void
epid_missing (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *fact = rungs_rules_message (judge, round->request);
  RungsHit *hit;

  if (fact->from.length == 0 || rungs_message_fact_get_epid (fact).length > 0)
    return;
  hit = rungs_judge_hit_once (judge, round->request);
  if (hit == NULL)
    return;
  hit->proof = fact->from;
  rungs_judge_soften (judge, hit);
}

static void
port_edge (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (index == 0 && rungs_rules_port (judge, round->request) == 443)
    rungs_judge_hit (judge, round->request);
}

static void
port_pool (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);

  if (index == 0 && rungs_rules_port (judge, round->request) == 5061)
    rungs_judge_hit (judge, round->request);
}

static void
port_plain (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  guint transport = rungs_rules_message (judge, round->request)->info->transport;

  if (index == 0 && rungs_rules_port (judge, round->request) == 5060 &&
      (transport == RUNGS_TRANSPORT_TCP || transport == RUNGS_TRANSPORT_UDP))
    rungs_judge_hit (judge, round->request);
}

const RungsRuleCondition rungs_conditions_sequence[] = {
  { "CALLID-SAME", RUNGS_SCOPE_ROUND, callid_same },
  { "CALLID-CHANGED", RUNGS_SCOPE_ROUND, callid_changed },
  { "CSEQ-ONE-UP", RUNGS_SCOPE_ROUND, cseq_one_up },
  { "CSEQ-NOT-UP", RUNGS_SCOPE_ROUND, cseq_not_up },
  { "CSEQ-GAP", RUNGS_SCOPE_ROUND, cseq_gap },
  { "FROM-TO-EQUAL", RUNGS_SCOPE_ROUND, from_to_equal },
  { "FROM-TO-DIFFER", RUNGS_SCOPE_ROUND, from_to_differ },
  { "RURI-USER", RUNGS_SCOPE_ROUND, ruri_user },
  { "EPID-MISSING", RUNGS_SCOPE_ROUND, epid_missing },
  { "PORT-EDGE", RUNGS_SCOPE_ROUND, port_edge },
  { "PORT-POOL", RUNGS_SCOPE_ROUND, port_pool },
  { "PORT-PLAIN", RUNGS_SCOPE_ROUND, port_plain },
  { NULL },
};
