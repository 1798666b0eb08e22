/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about which endpoint of a user this is: epid, instance and GRUU must name one and the same ([MS-SIPRE] 3.2). */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-sip-address.h"
#include "rungs-sip-instance.h"

static RungsSlice
get_contact_parameter (RungsSlice contact, const char *name)
{
  RungsSipAddress address;

  if (contact.length == 0)
    return RUNGS_SLICE_EMPTY;
  rungs_sip_address_parse (&address, contact);
  return rungs_sip_address_get_parameter (&address, name);
}

/* Whether both can be read, and name different instances. */
static gboolean
is_other_instance (RungsSlice epid, RungsSlice instance)
{
  RungsSipInstance computed, written;

  if (epid.length == 0 || !rungs_sip_instance_parse (&written, instance))
    return FALSE;
  rungs_sip_instance_from_epid (&computed, epid);
  return !rungs_sip_instance_equal (&computed, &written);
}

static void
hit_instance (RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsMessageFact *request = rungs_rules_message (judge, round->request);
  RungsHit *hit = rungs_judge_hit_once (judge, round->request);

  if (hit == NULL)
    return;
  hit->proof = rungs_message_fact_get_instance (request);
  rungs_hit_set_text (hit, "epid", rungs_message_fact_get_epid (request));
  if (rungs_rules_is_success (round->status))
    {
      hit->severity = RUNGS_SEVERITY_INFO;
      hit->variant = RUNGS_HIT_MADE_GOOD;
    }
}

/* Most rounds of a flow have the epid and the instance of the one before. */
static void
epid_instance (RungsJudge *judge, guint index)
{
  RungsSlice epid = RUNGS_SLICE_EMPTY;
  RungsSlice instance = RUNGS_SLICE_EMPTY;
  gboolean is_other = FALSE;

  for (guint i = 0; i < judge->facts->rounds->len; i++)
    {
      const RungsRoundFact *round = rungs_rules_round (judge, i);
      const RungsMessageFact *request = rungs_rules_message (judge, round->request);

      if (!rungs_slice_equal (rungs_message_fact_get_epid (request), epid) ||
          !rungs_slice_equal (rungs_message_fact_get_instance (request), instance))
        {
          epid = rungs_message_fact_get_epid (request);
          instance = rungs_message_fact_get_instance (request);
          is_other = is_other_instance (epid, instance);
        }
      if (is_other)
        hit_instance (judge, round);
    }
}

/* Only the Contact with the client's own instance is looked at: others are other endpoints of the user. */
static void
gruu_instance (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, round->request);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsSlice gruu;
  RungsSipInstance listed, named;
  RungsHit *hit;

  if (answer == NULL || !rungs_rules_is_success (round->status) ||
      rungs_message_fact_get_instance (answer).length == 0 ||
      !rungs_slice_case_equal (rungs_message_fact_get_instance (request),
                               rungs_message_fact_get_instance (answer)))
    return;
  gruu = get_contact_parameter (answer->contact, "gruu");
  if (!rungs_sip_instance_parse (&listed, rungs_message_fact_get_instance (answer)) ||
      !rungs_sip_instance_parse_gruu (&named, gruu) || rungs_sip_instance_equal (&named, &listed))
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  hit->proof = gruu;
  rungs_hit_add_evidence (hit, round->request);
}

const RungsRuleCondition rungs_conditions_endpoint[] = {
  { "EPID-INSTANCE", RUNGS_SCOPE_FLOW, epid_instance },
  { "GRUU-INSTANCE", RUNGS_SCOPE_ROUND, gruu_instance, .needs = RUNGS_ASPECT_ACCEPTED },
  { NULL },
};
