/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules on what the KDC answered the client of a registration.
 *
 * What to think of each Kerberos message is decided in rungs-kdc-verdict.c; here it becomes a finding of the flow, at the message
 * that the Kerberos messages led to: the REGISTER with the ticket, or the challenge that the client looked for one for. */

#include "config.h"

#include "rungs-kdc-verdict.h"
#include "rungs-rules.h"

static void
set_value (RungsJudge *judge, RungsHit *hit, guint kerberos, const char *name)
{
  g_autofree char *placeholder = g_strdup_printf ("{%s}", name);

  if (strstr (judge->rule->explanation, placeholder) != NULL)
    rungs_hit_set_text (hit,
                        name,
                        rungs_flow_facts_keep (judge->facts,
                                               rungs_kdc_dup_value (judge->facts->trace, kerberos, name)));
}

static void
kdc_message (RungsJudge *judge, guint index)
{
  static const char *const names[] = { "client", "service", "realm", "error", "code", "type", "difference" };
  const RungsTicketTrail *trail = judge->facts->trail;

  for (guint i = 0; trail != NULL && i < rungs_ticket_trail_get_length (trail); i++)
    {
      const RungsTicketStep *step = rungs_ticket_trail_get (trail, i);
      guint position = rungs_flow_facts_find (judge->facts, step->message);
      gboolean made_good;
      RungsHit *hit;

      if (position == RUNGS_NO_POSITION ||
          rungs_kdc_verdict (judge->facts->trace, step->kerberos, &made_good) != judge->rule)
        continue;
      hit = rungs_judge_hit_once (judge, position);
      if (hit == NULL)
        continue;
      for (guint n = 0; n < G_N_ELEMENTS (names); n++)
        set_value (judge, hit, step->kerberos, names[n]);
      if (made_good)
        {
          hit->severity = MIN (hit->severity, RUNGS_SEVERITY_INFO);
          hit->variant = RUNGS_HIT_MADE_GOOD;
        }
      else if (rungs_flow_facts_succeeds_later (judge->facts, position))
        /* The client came in by another way; this one stays closed. */
        hit->severity = MIN (hit->severity, RUNGS_SEVERITY_WARNING);
    }
}

const RungsRuleCondition rungs_conditions_kdc[] = {
  { "KDC-PREAUTH-FAILED", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-SERVICE-UNKNOWN", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-CLIENT-UNKNOWN", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-CLIENT-REVOKED", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-PASSWORD-EXPIRED", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-SKEW", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-ETYPE", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-TICKET-EXPIRED", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-WEAK-TICKET", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-CLOCK", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-SILENT", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-ERROR", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-PREAUTH-REQUIRED", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-USE-TCP", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-REFERRAL", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { "KDC-RC4-TICKET", RUNGS_SCOPE_FLOW, kdc_message, .needs = RUNGS_ASPECT_KDC },
  { NULL },
};
