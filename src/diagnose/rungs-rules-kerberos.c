/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules on what stands in the ticket that a client sends (RFC 4120, 5.5.1), and on the clock that it depends on. */

#include "config.h"

#include "rungs-rules-token.h"

#define KERBEROS_SKEW (5 * 60 * (gint64) G_USEC_PER_SEC) /* RFC 4120, 8.2 */
#define QUARTER       (15 * 60 * (gint64) G_USEC_PER_SEC)

static RungsHit *
hit_ticket (RungsJudge *judge, const RungsRoundFact *round)
{
  RungsHit *hit = rungs_judge_hit_once (judge, round->request);

  if (hit != NULL)
    hit->proof = rungs_rules_credentials (judge, round->request)->gssapi;
  return hit;
}

/* The name that the ticket should be for: that of the challenge, or what the client repeats of it. */
static RungsSlice
get_wanted_service (const RungsJudge *judge, const RungsRoundFact *round, const RungsAuthFact *credentials)
{
  const RungsAuthFact *challenge = rungs_rules_continued (judge, round->request, credentials);

  return challenge != NULL && challenge->targetname.length > 0 ? challenge->targetname
                                                               : credentials->targetname;
}

static void
krb_sname (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *service = NULL;
  RungsKerberos request;
  RungsSlice wanted;
  RungsHit *hit;

  if (!rungs_rules_read_ticket (credentials, &bytes, &request))
    return;
  wanted = get_wanted_service (judge, round, credentials);
  service = rungs_kerberos_dup_name (request.ticket.sname);
  if (wanted.length == 0 || *service == '\0' || rungs_slice_case_equal_string (wanted, service))
    return;
  hit = hit_ticket (judge, round);
  if (hit == NULL)
    return;
  rungs_hit_set_text (hit, "wanted", wanted);
  rungs_hit_set_text (hit, "service", rungs_flow_facts_keep (judge->facts, g_steal_pointer (&service)));
  if (rungs_rules_is_success (round->status))
    {
      hit->severity = RUNGS_SEVERITY_INFO;
      hit->variant = RUNGS_HIT_MADE_GOOD;
    }
  else
    rungs_judge_soften (judge, hit);
}

static gboolean
is_weak (gint32 type)
{
  return type == 1 || type == 2 || type == 3 || type == 24;
}

typedef gboolean (*TicketTest) (const RungsKerberos *request);

/* A hit where the round sends a ticket that @test holds for. */
static void
test_ticket (RungsJudge *judge, guint index, TicketTest test)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  g_autoptr (GBytes) bytes = NULL;
  RungsKerberos request;

  if (rungs_rules_read_ticket (rungs_rules_credentials (judge, round->request), &bytes, &request) &&
      test (&request))
    hit_ticket (judge, round);
}

static gboolean
is_weakly_encrypted (const RungsKerberos *request)
{
  return is_weak (request->ticket.etype) || is_weak (request->etype);
}

static void
krb_weak_etype (RungsJudge *judge, guint index)
{
  test_ticket (judge, index, is_weakly_encrypted);
}

static gboolean
is_rc4_encrypted (const RungsKerberos *request)
{
  return request->ticket.etype == 23 || request->etype == 23;
}

static void
krb_rc4 (RungsJudge *judge, guint index)
{
  test_ticket (judge, index, is_rc4_encrypted);
}

static gboolean
wants_no_answer (const RungsKerberos *request)
{
  return (request->options & RUNGS_KERBEROS_AP_MUTUAL_REQUIRED) == 0;
}

static void
krb_no_mutual (RungsJudge *judge, guint index)
{
  test_ticket (judge, index, wants_no_answer);
}

/* How far the server's clock is from that of the log; where the log's zone is not known, beside whole quarters of an hour. */
static gint64
get_difference (const RungsMessageInfo *info, gint64 date)
{
  gint64 difference = ABS (info->time - date);

  if ((info->flags & (RUNGS_RECORD_ZONE_UNKNOWN | RUNGS_RECORD_NO_DATE | RUNGS_MESSAGE_TIME_DERIVED_ZONE)) ==
      0)
    return difference;
  difference %= QUARTER;
  return MIN (difference, QUARTER - difference);
}

/* Only where the client went on with Kerberos, or could have: the difference matters to nothing else. */
static void
krb_time (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  gint64 date, difference;
  RungsHit *hit;

  if (answer == NULL || !rungs_rules_is_challenge (round->status) || answer->info->time == RUNGS_TIME_NONE ||
      rungs_rules_offer (judge, round->answer, RUNGS_SIP_SCHEME_KERBEROS) == NULL)
    return;
  date = rungs_rules_read_date (judge, round->answer);
  if (date == 0)
    return;
  difference = get_difference (answer->info, date);
  if (difference <= KERBEROS_SKEW)
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit != NULL)
    rungs_hit_set_duration (hit, "difference", difference);
}

const RungsRuleCondition rungs_conditions_kerberos[] = {
  { "KRB-SNAME", RUNGS_SCOPE_ROUND, krb_sname, .needs = RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_KERBEROS },
  { "KRB-WEAK-ETYPE",
    RUNGS_SCOPE_ROUND,
    krb_weak_etype,
    .needs = RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_KERBEROS },
  { "KRB-RC4", RUNGS_SCOPE_ROUND, krb_rc4, .needs = RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_KERBEROS },
  { "KRB-NO-MUTUAL",
    RUNGS_SCOPE_ROUND,
    krb_no_mutual,
    .needs = RUNGS_ASPECT_CREDENTIALS | RUNGS_ASPECT_KERBEROS },
  { "KRB-TIME", RUNGS_SCOPE_ROUND, krb_time, .needs = RUNGS_ASPECT_CHALLENGED },
  { NULL },
};
