/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Judging without words.  See rungs-judge.h. */

#include "config.h"

#include "rungs-judge.h"
#include "rungs-ntlm-proof.h"
#include "rungs-user-rules.h"

const RungsRuleCondition *const rungs_rule_conditions[] = {
  rungs_conditions_structure,
  rungs_conditions_sequence,
  rungs_conditions_challenge,
  rungs_conditions_credentials,
  rungs_conditions_signature,
  rungs_conditions_refusal,
  rungs_conditions_answers,
  rungs_conditions_registration,
  rungs_conditions_timing,
  rungs_conditions_call,
  rungs_conditions_failure,
  rungs_conditions_transaction,
  rungs_conditions_offer,
  rungs_conditions_media,
  rungs_conditions_dialog,
  rungs_conditions_events,
  rungs_conditions_capture,
  rungs_conditions_codes,
  rungs_conditions_kdc,
  rungs_conditions_ntlm,
  rungs_conditions_kerberos,
  rungs_conditions_endpoint,
  rungs_conditions_certificate,
  rungs_conditions_summary,
  NULL,
};

/* A condition and its rule, paired once. */
typedef struct
{
  guint gate; /* RungsAspects that a flow has each of where the rule has anything to look at */
  const RungsRuleCondition *condition;
  const RungsRule *rule;
} BoundRule;

/* What a flow must have for a scope to be anything. */
static guint
get_scope_gate (RungsRuleScope scope)
{
  static const guint scopes[] = {
    [RUNGS_SCOPE_FLOW] = 0,
    [RUNGS_SCOPE_ROUND] = RUNGS_ASPECT_ROUNDS,
    [RUNGS_SCOPE_NTLM_PROOF] = RUNGS_ASPECT_ROUNDS | RUNGS_ASPECT_NTLM | RUNGS_ASPECT_CREDENTIALS,
    [RUNGS_SCOPE_INVITE] = RUNGS_ASPECT_INVITES,
    [RUNGS_SCOPE_FAILURE] = RUNGS_ASPECT_FAILURES,
    [RUNGS_SCOPE_MESSAGE] = 0,
  };

  return scopes[scope];
}

static guint
get_gate (const RungsRuleCondition *condition, const RungsRule *rule)
{
  return condition->needs | get_scope_gate (condition->scope) |
         (rule->microsoft ? RUNGS_ASPECT_MICROSOFT : 0);
}

static GArray *
bind_rules (void)
{
  GArray *bound = g_array_new (FALSE, FALSE, sizeof (BoundRule));

  for (guint i = 0; rungs_rule_conditions[i] != NULL; i++)
    for (const RungsRuleCondition *condition = rungs_rule_conditions[i]; condition->id != NULL; condition++)
      {
        const RungsRule *rule = rungs_rule_lookup (condition->id);

        if (rule != NULL)
          g_array_append_val (bound, ((BoundRule){ get_gate (condition, rule), condition, rule }));
      }
  return bound;
}

static const GArray *
bound_rules (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) bind_rules ());
  return (const GArray *) once;
}

static gboolean
has_status (const RungsRuleCondition *condition, guint status)
{
  if (condition->statuses[0] == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (condition->statuses) && condition->statuses[i] != 0; i++)
    if (condition->statuses[i] == status)
      return TRUE;
  return FALSE;
}

static gboolean
is_about (const RungsRuleCondition *condition, const RungsMessageInfo *info)
{
  return (condition->methods == 0 || (condition->methods & 1u << info->method) != 0) &&
         has_status (condition, info->status);
}

static inline gboolean
has_needs (guint needs, guint aspects)
{
  return (needs & ~aspects) == 0;
}

static void
run_on_failures (RungsJudge *self, const RungsRuleCondition *condition)
{
  for (guint i = 0; i < self->facts->failures->len; i++)
    {
      guint position = g_array_index (self->facts->failures, guint32, i);

      if (is_about (condition, self->facts->messages[position].info))
        condition->func (self, position);
    }
}

static void
run_on_rounds (RungsJudge *self, const RungsRuleCondition *condition)
{
  const RungsRoundFact *rounds = (const RungsRoundFact *) (gconstpointer) self->facts->rounds->data;
  const RungsMessageFact *messages = self->facts->messages;
  guint n_rounds = self->facts->rounds->len;
  guint needs = condition->needs;

  for (guint i = 0; i < n_rounds; i++)
    if (has_needs (needs, messages[rounds[i].request].aspects) && has_status (condition, rounds[i].status))
      condition->func (self, i);
}

static void
run_on_messages (RungsJudge *self, const RungsRuleCondition *condition)
{
  const RungsMessageFact *messages = self->facts->messages;
  guint n_messages = self->facts->n_messages;
  guint needs = condition->needs | RUNGS_ASPECT_PRINCIPAL;

  for (guint i = 0; i < n_messages; i++)
    if (has_needs (needs, messages[i].aspects))
      condition->func (self, i);
}

static void
run_on_all (RungsJudge *self, const RungsRuleCondition *condition, guint n)
{
  for (guint i = 0; i < n; i++)
    condition->func (self, i);
}

static void
run_condition (RungsJudge *self, const RungsRuleCondition *condition)
{
  switch (condition->scope)
    {
    case RUNGS_SCOPE_FLOW:
      run_on_all (self, condition, 1);
      break;
    case RUNGS_SCOPE_ROUND:
      run_on_rounds (self, condition);
      break;
    case RUNGS_SCOPE_NTLM_PROOF:
      run_on_all (self, condition, self->ntlm_proofs != NULL ? self->ntlm_proofs->len : 0);
      break;
    case RUNGS_SCOPE_INVITE:
      run_on_all (self, condition, self->facts->invites->len);
      break;
    case RUNGS_SCOPE_FAILURE:
      run_on_failures (self, condition);
      break;
    case RUNGS_SCOPE_MESSAGE:
      run_on_messages (self, condition);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
rungs_judge_flow (const RungsFlowFacts *facts, GArray *hits)
{
  RungsJudge self = { .facts = facts, .around = facts->around, .hits = hits };
  const GArray *rules = bound_rules ();
  const BoundRule *end = &g_array_index (rules, BoundRule, rules->len);
  guint aspects = facts->aspects;

  g_array_set_size (hits, 0);
  if (has_needs (get_scope_gate (RUNGS_SCOPE_NTLM_PROOF), facts->aspects))
    self.ntlm_proofs = rungs_ntlm_proofs_new (&self);
  for (const BoundRule *bound = &g_array_index (rules, BoundRule, 0); bound < end; bound++)
    {
      if (!has_needs (bound->gate, aspects) || rungs_rule_is_ignored (bound->rule))
        continue;
      self.rule = bound->rule;
      self.condition = bound->condition;
      self.first = hits->len;
      run_condition (&self, bound->condition);
    }
  rungs_user_rules_run (&self);
  g_clear_pointer (&self.ntlm_proofs, g_array_unref);
}

RungsHit *
rungs_judge_hit (RungsJudge *self, guint position)
{
  RungsHit hit = { .rule = self->rule, .severity = self->rule->severity, .position = position };

  if (self->hits->len - self->first >= RUNGS_MAX_HITS)
    {
      self->spare = hit;
      return &self->spare;
    }
  g_array_append_val (self->hits, hit);
  return &g_array_index (self->hits, RungsHit, self->hits->len - 1);
}

RungsHit *
rungs_judge_hit_once (RungsJudge *self, guint position)
{
  if (self->hits->len == self->first)
    return rungs_judge_hit (self, position);
  rungs_hit_add_evidence (&g_array_index (self->hits, RungsHit, self->first), position);
  return NULL;
}

/* Whether the user of the REGISTER that @fact belongs to is registered by another flow later on.  Of a flow that ends with a success
 * itself it is known whose that is. */
static gboolean
registers_later (const RungsJudge *self, const RungsMessageFact *fact)
{
  guint32 who = self->facts->info->who;
  guint status = self->facts->info->status;

  return (status < 200 || status >= 300) && fact->info->method == RUNGS_SIP_METHOD_REGISTER && who != 0 &&
         rungs_slice_case_equal (rungs_message_fact_get_to_address (fact),
                                 rungs_trace_get_string (self->facts->trace, who)) &&
         rungs_trace_facts_registers_later (self->around, who, fact->message);
}

void
rungs_judge_soften (RungsJudge *self, RungsHit *hit)
{
  const RungsFlowFacts *facts = self->facts;

  if (!rungs_flow_facts_succeeds_later (facts, hit->position) &&
      !registers_later (self, &facts->messages[hit->position]))
    return;
  hit->severity = MIN (hit->severity, RUNGS_SEVERITY_INFO);
  hit->variant = RUNGS_HIT_MADE_GOOD;
}

void
rungs_hit_add_evidence (RungsHit *self, guint position)
{
  if (position != RUNGS_NO_POSITION && self->n_evidence < RUNGS_HIT_MAX_EVIDENCE)
    self->evidence[self->n_evidence++] = position;
}

static void
add_value (RungsHit *self, RungsHitValue value)
{
  for (guint i = 0; i < RUNGS_HIT_MAX_VALUES; i++)
    if (self->values[i].name == NULL)
      {
        self->values[i] = value;
        return;
      }
  g_assert_not_reached ();
}

void
rungs_hit_set_text (RungsHit *self, const char *name, RungsSlice text)
{
  add_value (self, (RungsHitValue){ name, RUNGS_VALUE_TEXT, text, 0 });
}

void
rungs_hit_set_number (RungsHit *self, const char *name, gint64 number)
{
  add_value (self, (RungsHitValue){ name, RUNGS_VALUE_NUMBER, RUNGS_SLICE_EMPTY, number });
}

void
rungs_hit_set_remark (RungsHit *self, const char *name, const RungsRemark *remark)
{
  gint64 number = remark->code | (gint64) remark->detail << 16;

  add_value (self, (RungsHitValue){ name, RUNGS_VALUE_REMARK, RUNGS_SLICE_EMPTY, number });
}

void
rungs_hit_set_words (RungsHit *self, const char *name, const char *words)
{
  RungsSlice text = rungs_slice_from_string (words);

  if (text.length > 0 && text.data[text.length - 1] == '.')
    text.length--;
  add_value (self, (RungsHitValue){ name, RUNGS_VALUE_WORDS, text, 0 });
}

void
rungs_hit_set_duration (RungsHit *self, const char *name, gint64 duration)
{
  add_value (self, (RungsHitValue){ name, RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, duration });
}

/* The expected wins over a note: a first 401 that also names RemoteUser is still the calm one. */
guint
rungs_judge_get_weight (RungsSeverity severity)
{
  static const guint weights[] = {
    [RUNGS_SEVERITY_NONE] = 0,     [RUNGS_SEVERITY_GOOD] = 0,    [RUNGS_SEVERITY_INFO] = 1,
    [RUNGS_SEVERITY_EXPECTED] = 2, [RUNGS_SEVERITY_WARNING] = 3, [RUNGS_SEVERITY_ERROR] = 4,
  };

  return weights[severity];
}

gboolean
rungs_hit_is_stronger (const RungsHit *self, const RungsHit *other)
{
  guint mine = rungs_judge_get_weight (self->severity);
  guint others = rungs_judge_get_weight (other->severity);

  return mine != others ? mine > others : self->rule->number < other->rule->number;
}

/* Whether the flow came to a good end: by the method that makes it what it is. */
static gboolean
has_succeeded (const RungsFlowFacts *facts)
{
  return facts->info->status >= 200 && facts->info->status < 300;
}

RungsSeverity
rungs_judge_get_flow_severity (const RungsFlowFacts *facts, const GArray *hits, const RungsRule **rule)
{
  const RungsHit *worst = NULL;
  gboolean open = FALSE;

  for (guint i = 0; i < hits->len; i++)
    {
      const RungsHit *hit = &g_array_index (hits, RungsHit, i);

      if (worst == NULL || rungs_hit_is_stronger (hit, worst))
        worst = hit;
      open |= hit->variant != RUNGS_HIT_PLAIN;
    }
  *rule = worst != NULL && worst->severity != RUNGS_SEVERITY_INFO ? worst->rule : NULL;
  if (worst != NULL && worst->severity >= RUNGS_SEVERITY_WARNING)
    return worst->severity;
  if (has_succeeded (facts))
    return RUNGS_SEVERITY_GOOD;
  return open ? RUNGS_SEVERITY_INFO : RUNGS_SEVERITY_NONE;
}
