/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about refusals of requests other than REGISTER: which code, of which method (RFC 3261, 21.4 to 21.6, and those that added
 * codes).  What is left to a result of a call stands in rungs-rules-call.c; what is about one more thing than the code has a
 * function of its own here.  A later success of the same method makes each of them a note. */

#include "config.h"

#include "rungs-rules.h"

#define BIT(method)  (1u << RUNGS_SIP_METHOD_##method)
#define ALL_METHODS  0u
#define NOT_OPTIONS  (~BIT (OPTIONS))
#define CALL_METHODS (BIT (INVITE) | BIT (UPDATE))
/* How far from a challenge its answer is looked for. */
#define NEAR 64

#define EVENT_METHODS (BIT (SUBSCRIBE) | BIT (PUBLISH))

static RungsHit *
hit_failure (RungsJudge *judge, guint position)
{
  RungsHit *hit = rungs_judge_hit (judge, position);

  rungs_hit_add_evidence (hit, rungs_rules_message (judge, position)->request);
  rungs_judge_soften (judge, hit);
  return hit;
}

static void
failed (RungsJudge *judge, guint position)
{
  hit_failure (judge, position);
}

/* Whether the failed request stood inside a dialog, as far as the trace holds it. */
static gboolean
is_within (const RungsJudge *judge, guint position)
{
  guint request = rungs_rules_message (judge, position)->request;

  return request != RUNGS_NO_POSITION &&
         rungs_message_fact_get_to_tag (rungs_rules_message (judge, request)).length > 0;
}

/* With credentials in the request it may be they that are refused; without, it is not about them. */
static const RungsAuthFact *
refused_credentials (const RungsJudge *judge, guint position)
{
  guint request = rungs_rules_message (judge, position)->request;

  return request != RUNGS_NO_POSITION ? rungs_flow_facts_find_auth (judge->facts,
                                                                    rungs_rules_message (judge, request),
                                                                    RUNGS_AUTH_CREDENTIALS,
                                                                    RUNGS_SIP_SCHEME_DIGEST)
                                      : NULL;
}

static void
forbidden (RungsJudge *judge, guint position)
{
  if (refused_credentials (judge, position) == NULL)
    hit_failure (judge, position);
}

static void
forbidden_with_credentials (RungsJudge *judge, guint position)
{
  const RungsAuthFact *credentials = refused_credentials (judge, position);

  if (credentials != NULL)
    rungs_hit_set_text (hit_failure (judge, position), "username", credentials->username);
}

/* A call that begins has results; one that is changed has failures. */
static void
not_acceptable (RungsJudge *judge, guint position)
{
  if (!is_within (judge, position))
    hit_failure (judge, position);
}

static void
unsupported_extension (RungsJudge *judge, guint position)
{
  RungsHit *hit = hit_failure (judge, position);

  hit->proof = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_UNSUPPORTED];
  rungs_hit_set_text (hit, "extension", hit->proof);
}

static void
extension_required (RungsJudge *judge, guint position)
{
  RungsHit *hit = hit_failure (judge, position);

  hit->proof = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_REQUIRE];
  rungs_hit_set_text (hit, "extension", hit->proof);
}

static void
service_unavailable (RungsJudge *judge, guint position)
{
  RungsSlice after = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_RETRY_AFTER];

  if (after.length == 0)
    hit_failure (judge, position);
}

static void
retry_after (RungsJudge *judge, guint position)
{
  RungsSlice after = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_RETRY_AFTER];
  RungsHit *hit;

  if (after.length == 0)
    return;
  hit = hit_failure (judge, position);
  hit->proof = after;
  rungs_hit_set_text (hit, "after", after);
}

static void
change_failed (RungsJudge *judge, guint position)
{
  static const guint16 known[] = { 401, 407, 481, 487, 491, 422, 408 };
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (fact->info->status == known[i])
      return;
  if (is_within (judge, position))
    hit_failure (judge, position);
}

/* Several challenges in a row with credentials between them are another matter; see DIGEST-REFUSED. */
static gboolean
is_first_challenge (const RungsJudge *judge, guint position)
{
  guint request = rungs_rules_message (judge, position)->request;

  return request != RUNGS_NO_POSITION && rungs_rules_credentials (judge, request) == NULL;
}

/* The next request of the same method with credentials.  CSeq tells the order, also where the clocks of two captures do not: then
 * the first that stands in the trace may be a copy further on, from which a proxy has taken its credentials. */
static guint
find_attempt (const RungsJudge *judge, guint position)
{
  const RungsFlowFacts *facts = judge->facts;
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  guint first = position > NEAR ? position - NEAR : 0;

  for (guint i = first; i < facts->n_messages && i < position + NEAR; i++)
    {
      const RungsMessageFact *next = &facts->messages[i];

      if (rungs_message_fact_has (next, RUNGS_FACT_REQUEST) && next->info->method == fact->info->method &&
          next->info->cseq > fact->info->cseq && rungs_rules_credentials (judge, i) != NULL)
        return i;
    }
  return RUNGS_NO_POSITION;
}

static void
challenge_taken (RungsJudge *judge, guint position)
{
  guint attempt = is_first_challenge (judge, position) ? find_attempt (judge, position) : RUNGS_NO_POSITION;

  if (attempt != RUNGS_NO_POSITION)
    rungs_hit_add_evidence (rungs_judge_hit (judge, position), attempt);
}

static void
challenge_ignored (RungsJudge *judge, guint position)
{
  RungsHit *hit;

  if (!is_first_challenge (judge, position) || find_attempt (judge, position) != RUNGS_NO_POSITION)
    return;
  hit = hit_failure (judge, position);
  if (hit->variant == RUNGS_HIT_PLAIN && !rungs_rules_goes_on (judge, position) &&
      !rungs_rules_speaks_later (judge, position))
    rungs_rules_leave_open (hit);
}

/* What no other rule of this table is about. */
static void
other (RungsJudge *judge, guint position)
{
  static const guint16 known[] = { 400, 401, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415,
                                   416, 420, 421, 422, 423, 428, 436, 437, 438, 480, 481, 482,
                                   483, 484, 485, 486, 487, 488, 489, 491, 494, 500, 501, 502,
                                   503, 504, 505, 513, 580, 600, 603, 604, 606, 607, 608 };
  guint status = rungs_rules_message (judge, position)->info->status;

  if (status < 400)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i] == status)
      return;
  hit_failure (judge, position);
}

const RungsRuleCondition rungs_conditions_failure[] = {
  { "F400", RUNGS_SCOPE_FAILURE, failed, NOT_OPTIONS, { 400 } },
  { "F403", RUNGS_SCOPE_FAILURE, forbidden, NOT_OPTIONS, { 403 } },
  { "F403-CREDENTIALS", RUNGS_SCOPE_FAILURE, forbidden_with_credentials, NOT_OPTIONS, { 403 } },
  { "F404", RUNGS_SCOPE_FAILURE, failed, NOT_OPTIONS & ~CALL_METHODS & ~BIT (MESSAGE), { 404, 410, 604 } },
  { "F405", RUNGS_SCOPE_FAILURE, failed, NOT_OPTIONS, { 405, 501 } },
  { "F408", RUNGS_SCOPE_FAILURE, failed, NOT_OPTIONS & ~BIT (INVITE) & ~BIT (MESSAGE), { 408 } },
  { "F413", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 413, 414, 513 } },
  { "F415", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 415, 406 } },
  { "F416", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 416 } },
  { "F420", RUNGS_SCOPE_FAILURE, unsupported_extension, ALL_METHODS, { 420 } },
  { "F421", RUNGS_SCOPE_FAILURE, extension_required, ALL_METHODS, { 421 } },
  { "F422", RUNGS_SCOPE_FAILURE, failed, CALL_METHODS, { 422 } },
  { "F423", RUNGS_SCOPE_FAILURE, failed, EVENT_METHODS, { 423 } },
  { "F428", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 428, 436, 437, 438 } },
  { "F481",
    RUNGS_SCOPE_FAILURE,
    failed,
    ~(BIT (BYE) | BIT (NOTIFY) | BIT (CANCEL) | BIT (OPTIONS)),
    { 481 } },
  { "BYE-481", RUNGS_SCOPE_FAILURE, failed, BIT (BYE), { 481 } },
  { "NOTIFY-481", RUNGS_SCOPE_FAILURE, failed, BIT (NOTIFY), { 481 } },
  { "CANCEL-481", RUNGS_SCOPE_FAILURE, failed, BIT (CANCEL), { 481 } },
  { "F482-483", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 482, 483 } },
  { "F488", RUNGS_SCOPE_FAILURE, not_acceptable, CALL_METHODS, { 488, 606 } },
  { "F489", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 489 } },
  { "F491", RUNGS_SCOPE_FAILURE, failed, CALL_METHODS, { 491 } },
  { "F494", RUNGS_SCOPE_FAILURE, failed, ALL_METHODS, { 494 } },
  { "F500", RUNGS_SCOPE_FAILURE, failed, NOT_OPTIONS, { 500, 502, 505, 580 } },
  { "F503", RUNGS_SCOPE_FAILURE, service_unavailable, NOT_OPTIONS, { 503 } },
  { "F503-RETRY", RUNGS_SCOPE_FAILURE, retry_after, NOT_OPTIONS, { 503 } },
  { "F504", RUNGS_SCOPE_FAILURE, failed, NOT_OPTIONS, { 504 } },
  { "F-OTHER", RUNGS_SCOPE_FAILURE, other, NOT_OPTIONS },
  { "REINVITE-FAILED", RUNGS_SCOPE_FAILURE, change_failed, CALL_METHODS },
  { "MESSAGE-FAILED", RUNGS_SCOPE_FAILURE, failed, BIT (MESSAGE), { 404, 408, 480, 486, 488, 606 } },
  { "OPTIONS-REFUSED", RUNGS_SCOPE_FAILURE, failed, BIT (OPTIONS), { 400, 403, 404, 405, 481, 501 } },
  { "OPTIONS-FAILED", RUNGS_SCOPE_FAILURE, failed, BIT (OPTIONS), { 408, 480, 500, 502, 503, 504 } },
  { "CHALLENGE-TAKEN", RUNGS_SCOPE_FAILURE, challenge_taken, ALL_METHODS, { 401, 407 } },
  { "CHALLENGE-IGNORED", RUNGS_SCOPE_FAILURE, challenge_ignored, ALL_METHODS, { 401, 407 } },
  { NULL },
};
