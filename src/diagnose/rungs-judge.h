/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Judging without words: the conditions of the rules run over the facts of a flow and leave hits.
 *
 * A hit names a rule, a position and what proves it; the sentences are made from it later, when somebody looks
 * (rungs-finding.h), so that judging a whole trace costs little.  A condition is a small function over one message, one round or
 * the whole flow; it calls rungs_judge_hit() where it holds.  Each topic of rules is one file with one static table. */

#pragma once

#include "rungs-aspects.h"
#include "rungs-flow-facts.h"
#include "rungs-remark.h"
#include "rungs-rule.h"
#include "rungs-trace-facts.h"

G_BEGIN_DECLS

#define RUNGS_HIT_MAX_EVIDENCE 8
#define RUNGS_HIT_MAX_VALUES   4

/** RUNGS_MAX_HITS: of one rule in one flow; what comes after them goes unjudged by that rule. */
#define RUNGS_MAX_HITS 20000

typedef enum
{
  RUNGS_VALUE_TEXT,     /* bytes of the trace */
  RUNGS_VALUE_NUMBER,
  RUNGS_VALUE_DURATION, /* µs */
  RUNGS_VALUE_REMARK,   /* a RungsRemark: its code, and its detail << 16 */
  RUNGS_VALUE_WORDS,    /* words of ours: a text of the knowledge, without the full stop at its end */
} RungsHitValueKind;

/** RungsHitValue: fills the placeholder {@name} of the rule's sentence. */
typedef struct
{
  const char *name;
  RungsHitValueKind kind;
  RungsSlice text;
  gint64 number;
} RungsHitValue;

typedef enum
{
  RUNGS_HIT_PLAIN,
  RUNGS_HIT_MADE_GOOD, /* a later success made it good: it is no error */
  RUNGS_HIT_OPEN,      /* the trace ends too early to know */
} RungsHitVariant;

typedef struct
{
  const RungsRule *rule;
  RungsSeverity severity;
  RungsHitVariant variant;
  gboolean nothing_to_check;                /* the rule's check has no place here */
  guint32 position;                         /* the message it stands at */
  guint32 n_evidence;
  guint32 evidence[RUNGS_HIT_MAX_EVIDENCE]; /* other positions */
  RungsSlice proof;                         /* bytes of the message, empty: the message as a whole */
  RungsHitValue values[RUNGS_HIT_MAX_VALUES];
} RungsHit;

typedef struct _RungsRuleCondition RungsRuleCondition;

typedef struct
{
  const RungsFlowFacts *facts;
  const RungsTraceFacts *around;
  const RungsRule *rule; /* whose condition runs */
  const RungsRuleCondition *condition;
  GArray *ntlm_proofs;   /* RungsNtlmProof, NULL: none */
  GArray *hits;          /* RungsHit, grouped by rule */
  guint first;           /* of this rule, in hits */
  RungsHit spare;        /* what hits beyond the limit are written to */
} RungsJudge;

typedef enum
{
  RUNGS_SCOPE_FLOW,    /* once; @index is 0 */
  RUNGS_SCOPE_ROUND,   /* for each round; @index counts in facts->rounds */
  RUNGS_SCOPE_NTLM_PROOF, /* for each whole NTLM AUTHENTICATE_MESSAGE of a round; @index counts in ntlm_proofs */
  RUNGS_SCOPE_INVITE,  /* for each INVITE or UPDATE; @index counts in facts->invites */
  RUNGS_SCOPE_FAILURE, /* for each final response from 300 on that answers no REGISTER; @index is its position */
  RUNGS_SCOPE_MESSAGE, /* for each message that is no copy; @index is its position */
} RungsRuleScope;

typedef void (*RungsRuleFunc) (RungsJudge *judge, guint index);

/** RungsRuleCondition: the function behind the rule @id of the data. The function is called where @needs is met, and may rely on
 * nothing of it: the gate saves work, the function says what holds. */
struct _RungsRuleCondition
{
  const char *id;
  RungsRuleScope scope;
  RungsRuleFunc func;
  guint methods;        /* RUNGS_SCOPE_FAILURE: of these methods only, one bit each (1 << RungsSipMethod); 0: of all */
  guint16 statuses[6];  /* RUNGS_SCOPE_FAILURE, RUNGS_SCOPE_ROUND: answers with these status codes only; 0: with all */
  guint needs;          /* RungsAspects that the message, or the request of the round, has all of; that some message of the flow
                         * has each of, where the scope is another */
};

/** rungs_rule_conditions: all tables, ended by an entry without id; for the judge and the test. */
extern const RungsRuleCondition *const rungs_rule_conditions[];

extern const RungsRuleCondition rungs_conditions_structure[];
extern const RungsRuleCondition rungs_conditions_sequence[];
extern const RungsRuleCondition rungs_conditions_challenge[];
extern const RungsRuleCondition rungs_conditions_credentials[];
extern const RungsRuleCondition rungs_conditions_signature[];
extern const RungsRuleCondition rungs_conditions_refusal[];
extern const RungsRuleCondition rungs_conditions_answers[];
extern const RungsRuleCondition rungs_conditions_registration[];
extern const RungsRuleCondition rungs_conditions_summary[];
extern const RungsRuleCondition rungs_conditions_timing[];
extern const RungsRuleCondition rungs_conditions_call[];
extern const RungsRuleCondition rungs_conditions_failure[];
extern const RungsRuleCondition rungs_conditions_transaction[];
extern const RungsRuleCondition rungs_conditions_offer[];
extern const RungsRuleCondition rungs_conditions_media[];
extern const RungsRuleCondition rungs_conditions_dialog[];
extern const RungsRuleCondition rungs_conditions_events[];
extern const RungsRuleCondition rungs_conditions_capture[];
extern const RungsRuleCondition rungs_conditions_codes[];
extern const RungsRuleCondition rungs_conditions_kdc[];
extern const RungsRuleCondition rungs_conditions_ntlm[];
extern const RungsRuleCondition rungs_conditions_kerberos[];
extern const RungsRuleCondition rungs_conditions_endpoint[];
extern const RungsRuleCondition rungs_conditions_certificate[];

/** rungs_judge_flow: runs every rule that speaks to this flow. @hits: (inout): RungsHit; what it held is forgotten */
void          rungs_judge_flow          (const RungsFlowFacts  *facts,
                                         GArray                *hits);

/** rungs_judge_hit: the rule holds at @position. Returns: (transfer none): the hit, good until the next one */
RungsHit     *rungs_judge_hit           (RungsJudge            *self,
                                         guint                  position);

/** rungs_judge_hit_once: as rungs_judge_hit(); where the rule holds in the flow already, @position becomes evidence of that hit
 * and %NULL is returned. */
RungsHit     *rungs_judge_hit_once      (RungsJudge            *self,
                                         guint                  position);

/** rungs_judge_soften: makes @hit a note where the flow, or this user elsewhere, succeeds after it. */
void          rungs_judge_soften        (RungsJudge            *self,
                                         RungsHit              *hit);

void          rungs_hit_add_evidence    (RungsHit              *self,
                                         guint                  position);
void          rungs_hit_set_text        (RungsHit              *self,
                                         const char            *name,
                                         RungsSlice             text);
void          rungs_hit_set_number      (RungsHit              *self,
                                         const char            *name,
                                         gint64                 number);

/** rungs_hit_set_remark: what is wrong with the message. */
void          rungs_hit_set_remark      (RungsHit              *self,
                                         const char            *name,
                                         const RungsRemark     *remark);

/** rungs_hit_set_words: @words is a text of the knowledge, or %NULL. */
void          rungs_hit_set_words       (RungsHit              *self,
                                         const char            *name,
                                         const char            *words);

/** rungs_hit_set_duration: @duration in µs. */
void          rungs_hit_set_duration    (RungsHit              *self,
                                         const char            *name,
                                         gint64                 duration);

/** rungs_judge_get_weight: how much a severity counts at one message: error, warning, expected, note. */
guint         rungs_judge_get_weight    (RungsSeverity          severity);

/** rungs_hit_is_stronger: whether @self leads before @other at one message: the higher severity (an expected one before a note),
 * then the order of the data. */
gboolean      rungs_hit_is_stronger     (const RungsHit        *self,
                                         const RungsHit        *other);

/** rungs_judge_get_flow_severity: see rungs_diagnosis_get_severity(). @rule (out): of the hit that decides, or %NULL */
RungsSeverity rungs_judge_get_flow_severity (const RungsFlowFacts  *facts,
                                             const GArray          *hits,
                                             const RungsRule      **rule);

G_END_DECLS
