/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about the shape of single messages: what every request must have, and what a response must keep (RFC 3261, 8.1, 8.2.6).
 * A message that the capture cut short is never judged here. */

#include "config.h"

#include "rungs-rules.h"

static gboolean
is_whole_request (const RungsMessageFact *fact)
{
  return rungs_message_fact_has (fact, RUNGS_FACT_WHOLE | RUNGS_FACT_REQUEST);
}

static void
cseq_method (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (!is_whole_request (fact) || fact->cseq_method.length == 0 ||
      fact->info->method == RUNGS_SIP_METHOD_OTHER ||
      rungs_slice_equal_string (fact->cseq_method, rungs_sip_method_get_name (fact->info->method)))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = fact->cseq_method;
  rungs_hit_set_text (hit,
                      "method",
                      rungs_slice_from_string (rungs_sip_method_get_name (fact->info->method)));
  rungs_hit_set_text (hit, "found", fact->cseq_method);
}

/* A log may hold a part of a message only, and what has hardly any header is no SIP message that somebody sent. */
static void
hdr_mandatory (RungsJudge *judge, guint position)
{
  static const struct
  {
    guint flag;
    const char *name;
  } mandatory[] = {
    { RUNGS_FACT_HAS_VIA, "Via" },         { RUNGS_FACT_HAS_FROM, "From" }, { RUNGS_FACT_HAS_TO, "To" },
    { RUNGS_FACT_HAS_CALL_ID, "Call-ID" }, { RUNGS_FACT_HAS_CSEQ, "CSeq" },
  };
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const char *missing = NULL;
  guint n_present = 0;
  RungsHit *hit;

  if (!is_whole_request (fact))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (mandatory); i++)
    if (rungs_message_fact_has (fact, mandatory[i].flag))
      n_present++;
    else if (missing == NULL)
      missing = mandatory[i].name;
  if (missing == NULL || n_present < 2)
    return;
  hit = rungs_judge_hit (judge, position);
  rungs_hit_set_text (hit, "header", rungs_slice_from_string (missing));
  if ((fact->info->flags & RUNGS_RECORD_LOG) != 0)
    hit->severity = RUNGS_SEVERITY_INFO;
}

/* Communicator leaves Max-Forwards and the branch out, and its servers accept that: nothing to say there. */
static void
hdr_maxfwd (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (judge->facts->microsoft || !is_whole_request (fact) ||
      rungs_message_fact_has (fact, RUNGS_FACT_HAS_MAX_FORWARDS))
    return;
  rungs_judge_hit_once (judge, position);
}

static void
via_no_branch (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (judge->facts->microsoft || !is_whole_request (fact) || fact->via.length == 0 ||
      rungs_message_fact_has_magic_branch (fact))
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit != NULL)
    hit->proof = fact->via;
}

/* Where the server answers with success all the same, it is no fault that anybody has to mend. */
static void
from_no_tag (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (!is_whole_request (fact) || fact->from.length == 0 || rungs_message_fact_get_from_tag (fact).length > 0)
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit == NULL)
    return;
  hit->proof = fact->from;
  if (fact->answer != RUNGS_NO_POSITION &&
      rungs_rules_is_success (rungs_rules_message (judge, fact->answer)->info->status))
    hit->severity = RUNGS_SEVERITY_INFO;
}

static void
resp_mismatch (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsMessageFact *request;
  RungsHit *hit;

  if (!rungs_message_fact_has (fact, RUNGS_FACT_WHOLE) || rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) ||
      fact->request == RUNGS_NO_POSITION)
    return;
  request = rungs_rules_message (judge, fact->request);
  if (rungs_message_fact_get_from_tag (request).length == 0 ||
      rungs_slice_equal (rungs_message_fact_get_from_tag (request), rungs_message_fact_get_from_tag (fact)))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = fact->from;
  rungs_hit_add_evidence (hit, fact->request);
}

static void
nat_seen (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  RungsHit *hit;

  if (rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) || !rungs_message_fact_is_translated (fact))
    return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit != NULL)
    hit->proof = fact->via;
}

static void
rr_in_register (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if (fact->info->method == RUNGS_SIP_METHOD_REGISTER &&
      rungs_message_fact_has (fact, RUNGS_FACT_HAS_RECORD_ROUTE))
    rungs_judge_hit_once (judge, position);
}

static void
both_auth_headers (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint i = 0; i < fact->n_auth; i++)
    for (guint j = 0; j < i; j++)
      {
        const RungsAuthFact *a = rungs_flow_facts_get_auth (judge->facts, fact, i);
        const RungsAuthFact *b = rungs_flow_facts_get_auth (judge->facts, fact, j);
        RungsHit *hit;

        if (a->role != RUNGS_AUTH_CREDENTIALS || b->role != RUNGS_AUTH_CREDENTIALS || a->proxy == b->proxy ||
            a->scheme != b->scheme || !rungs_slice_equal (a->realm, b->realm))
          continue;
        hit = rungs_judge_hit_once (judge, position);
        if (hit != NULL)
          hit->proof = a->value;
        return;
      }
}

const RungsRuleCondition rungs_conditions_structure[] = {
  { "CSEQ-METHOD", RUNGS_SCOPE_MESSAGE, cseq_method, .needs = RUNGS_ASPECT_REQUEST },
  { "HDR-MANDATORY", RUNGS_SCOPE_MESSAGE, hdr_mandatory, .needs = RUNGS_ASPECT_REQUEST },
  { "HDR-MAXFWD", RUNGS_SCOPE_MESSAGE, hdr_maxfwd, .needs = RUNGS_ASPECT_REQUEST },
  { "VIA-NO-BRANCH", RUNGS_SCOPE_MESSAGE, via_no_branch, .needs = RUNGS_ASPECT_REQUEST },
  { "FROM-NO-TAG", RUNGS_SCOPE_MESSAGE, from_no_tag, .needs = RUNGS_ASPECT_REQUEST },
  { "RESP-MISMATCH", RUNGS_SCOPE_MESSAGE, resp_mismatch, .needs = RUNGS_ASPECT_RESPONSE },
  { "NAT-SEEN", RUNGS_SCOPE_MESSAGE, nat_seen, .needs = RUNGS_ASPECT_RESPONSE },
  { "RR-IN-REGISTER", RUNGS_SCOPE_MESSAGE, rr_in_register },
  { "BOTH-AUTH-HEADERS", RUNGS_SCOPE_MESSAGE, both_auth_headers, .needs = RUNGS_ASPECT_CREDENTIALS },
  { NULL },
};
