/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What Rungs has to say about one flow.  See rungs-diagnosis.h.
 *
 * Verdicts are worked out when the diagnosis is made; sentences when somebody asks for them, since a flow may have a hundred
 * thousand messages and a window shows thirty. */

#include "config.h"

#include "rungs-captions.h"
#include "rungs-diagnosis.h"
#include "rungs-fill.h"
#include "rungs-flow-notes.h"
#include "rungs-free-aside.h"
#include "rungs-header-here.h"
#include "rungs-sip-fields.h"
#include "rungs-summary.h"
#include "rungs-verdicts.h"

/* The diagnosis of so many messages is freed within a frame. */
#define FREED_AT_ONCE 5000

struct _RungsDiagnosis
{
  gatomicrefcount references;
  RungsFlowFacts *facts;
  RungsVerdicts *verdicts;
  RungsStatement *statements; /* by position; made where the caption is not NULL */
  GHashTable *worded;         /* index of a hit + 1 → RungsFinding */
  GPtrArray *findings;        /* RungsFinding (borrowed from @worded), or NULL until asked for */
  RungsMessageCache cache;    /* for the headers */
  RungsTrails *trails;        /* NULL until asked for */
  char *title;
  char *summary;
};

RungsDiagnosis *
rungs_diagnosis_new (RungsTrace *trace, guint flow)
{
  RungsDiagnosis *self;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace) && flow < rungs_trace_get_n_flows (trace), NULL);

  self = g_new0 (RungsDiagnosis, 1);
  g_atomic_ref_count_init (&self->references);
  self->facts = rungs_flow_facts_new (trace, flow);
  self->verdicts = rungs_verdicts_new (self->facts);
  self->statements = g_new0 (RungsStatement, self->facts->n_messages + 1);
  self->worded = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) rungs_finding_free);
  rungs_message_cache_init (&self->cache, self->facts->trace);
  return self;
}

RungsDiagnosis *
rungs_diagnosis_ref (RungsDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
free_diagnosis (gpointer data)
{
  RungsDiagnosis *self = data;

  for (guint i = 0; i < self->facts->n_messages; i++)
    {
      g_free (self->statements[i].caption);
      g_free (self->statements[i].label);
      g_free (self->statements[i].badge);
    }
  g_free (self->statements);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_hash_table_unref (self->worded);
  rungs_message_cache_clear (&self->cache);
  rungs_trails_free (self->trails);
  g_free (self->title);
  g_free (self->summary);
  rungs_verdicts_free (self->verdicts);
  rungs_flow_facts_free (self->facts);
  g_free (self);
}

void
rungs_diagnosis_unref (RungsDiagnosis *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->facts->n_messages > FREED_AT_ONCE)
    rungs_free_aside (self, free_diagnosis);
  else
    free_diagnosis (self);
}

/* The finding with words for the hit at @index. */
static RungsFinding *
get_finding (RungsDiagnosis *self, guint index)
{
  RungsFinding *finding = g_hash_table_lookup (self->worded, GUINT_TO_POINTER (index + 1));

  if (finding == NULL)
    {
      finding = rungs_finding_new (self->facts, &g_array_index (self->verdicts->hits, RungsHit, index));
      g_hash_table_insert (self->worded, GUINT_TO_POINTER (index + 1), finding);
    }
  return finding;
}

static void
make_statement (RungsDiagnosis *self, guint position)
{
  g_auto (RungsSipMessage) sip = { 0 };
  RungsStatement *statement = &self->statements[position];
  const RungsMessageFact *fact = &self->facts->messages[position];
  guint leading = self->verdicts->leading[position];

  statement->message = fact->message;
  statement->caption =
    rungs_fill_words (self->facts, position, NULL, 0, rungs_caption_choose (self->facts, position));
  rungs_trace_parse (self->facts->trace, fact->message, 0, &sip);
  statement->label = rungs_sip_message_to_short_line (&sip);
  statement->badge = rungs_badge_new (self->facts, position);
  statement->token = rungs_badge_get_token (self->facts, position);
  statement->repeats = fact->repeats;
  if (leading == RUNGS_NO_POSITION)
    return;
  statement->finding = get_finding (self, leading);
  statement->severity = statement->finding->severity;
}

const RungsStatement *
rungs_diagnosis_get_statement (RungsDiagnosis *self, guint message)
{
  guint position;

  g_return_val_if_fail (self != NULL, NULL);

  position = rungs_flow_facts_find (self->facts, message);
  g_return_val_if_fail (position != RUNGS_NO_POSITION, NULL);

  if (self->statements[position].caption == NULL)
    make_statement (self, position);
  return &self->statements[position];
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const RungsFinding *left = *(const RungsFinding *const *) a;
  const RungsFinding *right = *(const RungsFinding *const *) b;

  if (left->message != right->message)
    return left->message < right->message ? -1 : 1;
  if (left->severity != right->severity)
    return rungs_judge_get_weight (left->severity) > rungs_judge_get_weight (right->severity) ? -1 : 1;
  return left->rule->number < right->rule->number ? -1 : left->rule->number > right->rule->number;
}

GPtrArray *
rungs_diagnosis_get_findings (RungsDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->findings == NULL)
    {
      self->findings = g_ptr_array_new ();
      for (guint i = 0; i < self->verdicts->hits->len; i++)
        g_ptr_array_add (self->findings, get_finding (self, i));
      g_ptr_array_sort (self->findings, compare_findings);
    }
  return self->findings;
}

RungsSeverity
rungs_diagnosis_get_severity (RungsDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_SEVERITY_NONE);

  return self->verdicts->severity;
}

const char *
rungs_diagnosis_get_title (RungsDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->title == NULL)
    self->title = rungs_summary_new_title (self->facts, self->verdicts->hits);
  return self->title;
}

const char *
rungs_diagnosis_get_summary (RungsDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->summary == NULL)
    self->summary = rungs_summary_new_text (self->facts, self->verdicts->hits);
  return self->summary;
}

const RungsFinding *
rungs_diagnosis_get_summary_finding (RungsDiagnosis *self)
{
  const RungsHit *hit;

  g_return_val_if_fail (self != NULL, NULL);

  hit = rungs_summary_find_hit (self->verdicts->hits);
  return hit != NULL
           ? get_finding (self, (guint) (hit - (const RungsHit *) (gpointer) self->verdicts->hits->data))
           : NULL;
}

char *
rungs_diagnosis_explain_header (RungsDiagnosis *self, guint message, const char *name, guint occurrence)
{
  guint position;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  position = rungs_flow_facts_find (self->facts, message);
  g_return_val_if_fail (position != RUNGS_NO_POSITION, NULL);

  return rungs_header_here_explain (self->facts, &self->cache, position, name, occurrence);
}

gboolean
rungs_diagnosis_header_matters (RungsDiagnosis *self, guint message, const char *name)
{
  guint position;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  position = rungs_flow_facts_find (self->facts, message);
  g_return_val_if_fail (position != RUNGS_NO_POSITION, FALSE);

  return rungs_header_here_matters (self->facts, &self->cache, self->verdicts->hits, position, name);
}

static const RungsSipHeader *
find_header (RungsDiagnosis *self, guint position, const char *name, guint occurrence)
{
  const RungsSipMessage *sip =
    rungs_message_cache_get (&self->cache, self->facts->messages[position].message);
  const RungsSipHeader *header = rungs_sip_message_find (sip, name);

  while (header != NULL && occurrence-- > 0)
    header = header->id != RUNGS_SIP_HEADER_UNKNOWN ? rungs_sip_message_next (sip, header) : NULL;
  return header;
}

RungsHeaderChange
rungs_diagnosis_compare_header (
  RungsDiagnosis *self, guint message, const char *name, guint occurrence, guint *since)
{
  const RungsSipHeader *header;
  const RungsSipHeader *before;
  RungsSlice value;
  guint position;
  guint previous;

  g_return_val_if_fail (self != NULL && name != NULL && since != NULL, RUNGS_HEADER_FIRST);

  *since = RUNGS_NO_MESSAGE;
  position = rungs_flow_facts_find (self->facts, message);
  g_return_val_if_fail (position != RUNGS_NO_POSITION, RUNGS_HEADER_FIRST);

  previous = rungs_header_here_find_previous (self->facts, position);
  header = find_header (self, position, name, occurrence);
  if (previous == RUNGS_NO_POSITION || header == NULL)
    return RUNGS_HEADER_FIRST;
  value = header->value; /* borrowed from the trace, not from the cache */
  *since = self->facts->messages[previous].message;
  before = find_header (self, previous, name, occurrence);
  if (before == NULL)
    return RUNGS_HEADER_NEW;
  return rungs_slice_equal (before->value, value) ? RUNGS_HEADER_SAME : RUNGS_HEADER_CHANGED;
}

static void
make_trails (RungsDiagnosis *self)
{
  if (self->trails == NULL)
    self->trails = rungs_trails_new (self->facts);
}

void
rungs_diagnosis_prepare (RungsDiagnosis *self)
{
  g_return_if_fail (self != NULL);

  rungs_diagnosis_get_findings (self);
  rungs_diagnosis_get_title (self);
  rungs_diagnosis_get_summary (self);
  make_trails (self);
}

GPtrArray *
rungs_diagnosis_get_trails (RungsDiagnosis *self, guint message, const char *name, guint occurrence)
{
  const RungsSipHeader *header;
  guint position;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  position = rungs_flow_facts_find (self->facts, message);
  g_return_val_if_fail (position != RUNGS_NO_POSITION, NULL);

  make_trails (self);
  header = find_header (self, position, name, occurrence);
  return header != NULL ? rungs_trails_find (self->trails, position, header) : g_ptr_array_new ();
}

const char **
rungs_diagnosis_list_notes (RungsDiagnosis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rungs_flow_notes_list (self->facts);
}
