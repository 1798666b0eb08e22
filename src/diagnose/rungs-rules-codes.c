/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules that say what a code in a header means, at the place where it stands: Reason (RFC 3326; ITU-T Q.850), Warning (RFC 3261,
 * 20.43), ms-diagnostics and ms-client-diagnostics ([MS-OCER]).  The codes are data (data/knowledge). */

#include "config.h"

#include "rungs-knowledge.h"
#include "rungs-rules.h"
#include "rungs-scan.h"

/* The fact about the number @code, or NULL. */
static const RungsFact *
lookup_code (RungsTopic topic, guint64 code)
{
  char name[24];

  g_snprintf (name, sizeof name, "%" G_GUINT64_FORMAT, code);
  return rungs_knowledge_lookup (topic, name);
}

static void
set_fact (RungsHit *hit, guint64 code, const RungsFact *fact)
{
  rungs_hit_set_number (hit, "code", (gint64) code);
  rungs_hit_set_words (hit, "meaning", fact->explanation);
  rungs_hit_set_words (hit, "advice", fact->check);
  hit->nothing_to_check = fact->check == NULL;
}

/* The cause of @protocol in a Reason header: "Q.850;cause=16;text=…", several joined by commas. */
static gboolean
find_cause (RungsSlice reason, const char *protocol, guint64 *cause, RungsSlice *where)
{
  RungsSlice rest = reason;
  RungsSlice item;

  while (rungs_scan_item (&rest, ',', &item))
    {
      RungsSlice parameters = item;
      RungsSlice name;
      RungsSlice value;

      if (rungs_scan_item (&parameters, ';', &name) && rungs_slice_case_equal_string (name, protocol) &&
          rungs_scan_find_parameter (parameters, ';', "cause", &value) &&
          rungs_slice_to_uint64 (rungs_slice_trim (value), cause))
        {
          *where = item;
          return TRUE;
        }
    }
  return FALSE;
}

/* A hit for the cause of @protocol, where it is known; of Q.850's only those that are @normal, or only the others. */
static void
hit_cause (RungsJudge *judge, guint position, const char *protocol, RungsTopic topic, gboolean normal)
{
  RungsSlice reason = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_REASON];
  const RungsFact *fact;
  RungsSlice where;
  guint64 cause;
  RungsHit *hit;

  if (reason.length == 0 || !find_cause (reason, protocol, &cause, &where))
    return;
  fact = lookup_code (topic, cause);
  if (fact == NULL || (topic == RUNGS_TOPIC_Q850 && (fact->check == NULL) != normal))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = where;
  set_fact (hit, cause, fact);
}

static void
reason_q850 (RungsJudge *judge, guint position)
{
  hit_cause (judge, position, "Q.850", RUNGS_TOPIC_Q850, TRUE);
}

static void
reason_q850_fault (RungsJudge *judge, guint position)
{
  hit_cause (judge, position, "Q.850", RUNGS_TOPIC_Q850, FALSE);
}

static void
reason_sip (RungsJudge *judge, guint position)
{
  hit_cause (judge, position, "SIP", RUNGS_TOPIC_STATUS, TRUE);
}

static void
warning (RungsJudge *judge, guint position)
{
  RungsSlice value = rungs_rules_message (judge, position)->warning;
  const RungsFact *fact;
  guint64 code;
  RungsHit *hit;

  if (value.length < 3 || !rungs_slice_to_uint64 (rungs_slice_sub (value, 0, 3), &code))
    return;
  fact = lookup_code (RUNGS_TOPIC_WARNING, code);
  if (fact == NULL)
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = value;
  set_fact (hit, code, fact);
}

/* Registrations have rules of their own for the ids that matter there. */
static void
diagnostics (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsFact *known;
  RungsHit *hit;

  if (fact->diagnostics_text.length == 0 || fact->info->method == RUNGS_SIP_METHOD_REGISTER)
    return;
  known = lookup_code (RUNGS_TOPIC_MS_DIAGNOSTICS, fact->diagnostics);
  if (known == NULL)
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = fact->diagnostics_text;
  set_fact (hit, fact->diagnostics, known);
}

static void
client_diagnostics (RungsJudge *judge, guint position)
{
  RungsSlice value = rungs_rules_message (judge, position)->headers[RUNGS_FACT_HEADER_CLIENT_DIAGNOSTICS];
  RungsSlice rest = value;
  const RungsFact *known;
  RungsSlice item;
  guint64 code;
  RungsHit *hit;

  if (!rungs_scan_item (&rest, ';', &item) || !rungs_slice_to_uint64 (item, &code))
    return;
  known = lookup_code (RUNGS_TOPIC_MS_DIAGNOSTICS, code);
  if (known == NULL)
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = value;
  set_fact (hit, code, known);
}

const RungsRuleCondition rungs_conditions_codes[] = {
  { "REASON-Q850", RUNGS_SCOPE_MESSAGE, reason_q850, .needs = RUNGS_ASPECT_REASON },
  { "REASON-Q850-FAULT", RUNGS_SCOPE_MESSAGE, reason_q850_fault, .needs = RUNGS_ASPECT_REASON },
  { "REASON-SIP", RUNGS_SCOPE_MESSAGE, reason_sip, .needs = RUNGS_ASPECT_REASON },
  { "WARNING-CODE", RUNGS_SCOPE_MESSAGE, warning, .needs = RUNGS_ASPECT_CODES },
  { "DIAGNOSTICS", RUNGS_SCOPE_MESSAGE, diagnostics, .needs = RUNGS_ASPECT_CODES },
  { "CLIENT-DIAGNOSTICS", RUNGS_SCOPE_MESSAGE, client_diagnostics, .needs = RUNGS_ASPECT_CODES },
  { NULL },
};
