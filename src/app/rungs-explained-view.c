/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's first page.  See rungs-explained-view.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-card.h"
#include "rungs-clock-correction.h"
#include "rungs-explained-view.h"
#include "rungs-header-cards.h"
#include "rungs-kerberos.h"
#include "rungs-knowledge.h"
#include "rungs-remark-words.h"
#include "rungs-settings.h"
#include "rungs-signature-card.h"
#include "rungs-sip-fields.h"
#include "rungs-step-statement.h"
#include "rungs-text.h"

#define MAX_ASIDE    1000
#define MAX_CARDS    30
#define MAX_FINDINGS 200

/* Of a flow: each is a card, and one page shows them all. */
#define MAX_FLOW_FINDINGS 30

#define MAX_REMARKS 50

struct _RungsExplainedView
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  GtkBox *box;
  RungsTrace *trace; /* borrowed while the page is filled */
  RungsDiagnosis *diagnosis;
  RungsField *fields;
  guint message;
  GHashTable *terms; /* of the glossary, that have a link on this page */
};

G_DEFINE_FINAL_TYPE (RungsExplainedView, rungs_explained_view, GTK_TYPE_WIDGET)

static void
clear (RungsExplainedView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_hash_table_remove_all (self->terms);
  g_clear_pointer (&self->fields, rungs_field_free);
  g_clear_pointer (&self->diagnosis, rungs_diagnosis_unref);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static RungsCard *
add_card (RungsExplainedView *self)
{
  GtkWidget *card = rungs_card_new ();

  rungs_card_set_terms (RUNGS_CARD (card), self->terms);
  gtk_box_append (self->box, card);
  return RUNGS_CARD (card);
}

static void
add_check (RungsCard *card, const char *check)
{
  g_autofree char *text = NULL;

  if (check == NULL || *check == '\0')
    return;
  /* Translators: what to check, as an instruction */
  text = g_strdup_printf (_ ("What to do: %s"), check);
  rungs_card_add_prose (card, text, NULL);
}

/* "2009-07-24 12:32:24.061 · 203.0.113.10:443 → 192.168.1.20 · TLS" */
static char *
describe_passage (RungsTrace *trace, guint message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (trace, message);
  RungsClock clock = rungs_settings_get_ladder_options (rungs_settings_get_default ()).clock;
  g_autofree char *time = rungs_time_format_full (trace, message, clock);
  g_autofree char *source =
    rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->source)->address);
  g_autofree char *destination =
    rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->destination)->address);
  const char *transport = rungs_transport_get_name ((RungsTransport) info->transport);
  g_autoptr (GString) text = g_string_new (time);

  if (*source != '\0' && *destination != '\0')
    g_string_append_printf (text, "%s%s → %s", text->len > 0 ? "\n" : "", source, destination);
  if (*transport != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", transport);
  return g_strdup (text->str);
}

static void
add_finding_words (RungsExplainedView *self, RungsCard *card, const RungsFinding *finding)
{
  rungs_card_add_prose (card, finding->explanation, NULL);
  add_check (card, finding->check);
  rungs_clock_correction_add (card, self->trace, finding);
  rungs_card_add_links (card,
                        finding->rule != NULL ? finding->rule->reference : NULL,
                        finding->rule != NULL ? finding->rule->note : NULL);
}

/* Whether @finding is about the message, and not already in the verdict's card. */
static gboolean
stands_beside (RungsExplainedView *self, const RungsStatement *statement, const RungsFinding *finding)
{
  return finding->message == self->message && finding != statement->finding &&
         finding != rungs_diagnosis_get_summary_finding (self->diagnosis);
}

static char *
describe_position (RungsTrace *trace, guint message)
{
  guint n_messages;
  const guint32 *messages =
    rungs_trace_get_flow_messages (trace, rungs_trace_get_message (trace, message)->flow, &n_messages);
  guint low = 0;
  guint high = n_messages;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (messages[middle] < message)
        low = middle + 1;
      else
        high = middle;
    }
  /* Translators: the second of six messages */
  return g_strdup_printf (_ ("%u of %u"), low + 1, n_messages);
}

/* What the capture says of the message beside its bytes. */
static void
add_asides (RungsCard *card, RungsTrace *trace, guint message)
{
  g_autofree char *agent = rungs_text_display_max (rungs_trace_get_agent (trace, message), MAX_ASIDE);
  g_autofree char *comment = rungs_text_display_max (rungs_trace_get_comment (trace, message), MAX_ASIDE);
  g_autofree char *agent_words = NULL;
  g_autofree char *comment_words = NULL;

  if (*comment != '\0')
    {
      comment_words = g_strdup_printf (_ ("Comment in the capture: %s"), comment);
      rungs_card_add_text (card, comment_words, NULL);
    }
  if (*agent != '\0')
    {
      /* Translators: by a capture agent, or at an interface */
      agent_words = g_strdup_printf (_ ("Captured by: %s"), agent);
      rungs_card_add_text (card, agent_words, "dim-label");
    }
}

static void
add_verdict_card (RungsExplainedView *self, RungsTrace *trace, const RungsStatement *statement)
{
  RungsCard *card = add_card (self);
  g_autofree char *position = describe_position (trace, self->message);
  g_autofree char *passage = describe_passage (trace, self->message);

  rungs_card_add_verdict (card, statement->severity, position);
  rungs_card_add_text (card, statement->label, "title-4");
  rungs_card_add_text (card, passage, "passage");
  rungs_card_add_prose (card, statement->caption, NULL);
  if (statement->finding != NULL)
    {
      if (g_strcmp0 (statement->finding->explanation, statement->caption) == 0)
        {
          add_check (card, statement->finding->check);
          rungs_clock_correction_add (card, trace, statement->finding);
          rungs_card_add_links (card, statement->finding->rule->reference, statement->finding->rule->note);
        }
      else
        add_finding_words (self, card, statement->finding);
    }
  add_asides (card, trace, self->message);
}

/* What the check of its signature gave, where somebody gave the secrets for it. */
static void
add_signature_card (RungsExplainedView *self, RungsTrace *trace, const RungsSipMessage *sip)
{
  const RungsSignatureCheck *check = rungs_trace_get_signature_check (trace, self->message);

  if (check != NULL && check->state != RUNGS_SIGNATURE_NONE)
    rungs_signature_card_fill (add_card (self), *check, sip);
}

/* Each warning and problem of the message has a card of its own. */
static void
add_finding_cards (RungsExplainedView *self, const RungsStatement *statement)
{
  GPtrArray *findings = rungs_diagnosis_get_findings (self->diagnosis);

  for (guint i = 0, n_shown = 0; i < findings->len && n_shown < MAX_FINDINGS; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);
      RungsCard *card;

      if (!stands_beside (self, statement, finding) || finding->severity < RUNGS_SEVERITY_WARNING)
        continue;
      card = add_card (self);
      rungs_card_add_verdict (card, finding->severity, NULL);
      add_finding_words (self, card, finding);
      n_shown++;
    }
}

/* What else there is to say, in one card behind the headers: nothing of it asks for anything to be done. */
static void
add_more_card (RungsExplainedView *self, const RungsStatement *statement)
{
  GPtrArray *findings = rungs_diagnosis_get_findings (self->diagnosis);
  RungsCard *card = NULL;

  for (guint i = 0, n_shown = 0; i < findings->len && n_shown < MAX_FINDINGS; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);

      if (!stands_beside (self, statement, finding) || finding->severity >= RUNGS_SEVERITY_WARNING)
        continue;
      if (card == NULL)
        {
          card = add_card (self);
          rungs_card_add_heading (card, _ ("Also in this message"), NULL);
        }
      else
        {
          rungs_card_add_widget (card, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
        }
      add_finding_words (self, card, finding);
      n_shown++;
    }
}

static void
add_remark_card (RungsExplainedView *self, const RungsSipMessage *sip)
{
  RungsCard *card;

  if (sip->n_remarks == 0)
    return;
  card = add_card (self);
  rungs_card_add_verdict (card, RUNGS_SEVERITY_WARNING, NULL);
  rungs_card_add_heading (card, _ ("How this message is written"), NULL);
  for (guint i = 0; i < MIN (sip->n_remarks, MAX_REMARKS); i++)
    {
      const RungsRemark *remark = &sip->remarks[i];
      const char *id = rungs_remark_code_get_id ((RungsRemarkCode) remark->code);
      const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_REMARK, id);
      g_autofree char *words = rungs_remark_describe (remark);
      g_autofree char *bytes =
        rungs_text_display_max (rungs_slice_sub (sip->bytes, remark->offset, remark->length), 120);

      rungs_card_add_text (card, words, NULL);
      rungs_card_add_value (card, bytes);
      if (fact != NULL)
        rungs_card_add_section_link (card, fact->reference, fact->section);
    }
}

static void
add_start_line_card (RungsExplainedView *self, const RungsSipMessage *sip, RungsFlowKind kind)
{
  g_autofree char *name =
    sip->status != 0 ? g_strdup_printf ("%u", sip->status) : rungs_text_display_max (sip->method_name, 40);
  const RungsFact *fact =
    rungs_knowledge_lookup (sip->status != 0 ? RUNGS_TOPIC_STATUS : RUNGS_TOPIC_METHOD, name);
  g_autofree char *title = NULL;
  const char *text;
  RungsCard *card;

  if (fact == NULL)
    return;
  text =
    kind == RUNGS_FLOW_REGISTRATION && fact->registration != NULL ? fact->registration : fact->explanation;
  if (text == NULL)
    return;
  title = fact->phrase != NULL && sip->status != 0 ? g_strdup_printf ("%s %s", fact->name, fact->phrase)
                                                   : g_strdup (fact->name);
  card = add_card (self);
  rungs_card_add_heading (card,
                          title,
                          rungs_topic_get_name (sip->status != 0 ? RUNGS_TOPIC_STATUS : RUNGS_TOPIC_METHOD));
  rungs_card_add_prose (card, text, NULL);
  rungs_card_add_section_link (card, fact->reference, fact->section);
}

/* Returns: whether there is a diagnosis of @flow; otherwise the page says that it is being made */
static gboolean
take_diagnosis (RungsExplainedView *self, RungsDiagnoser *diagnoser, guint flow)
{
  self->trace = rungs_diagnoser_get_trace (diagnoser);
  self->diagnosis = rungs_diagnoser_find (diagnoser, flow);
  if (self->diagnosis != NULL)
    return TRUE;
  rungs_explained_view_show_text (self,
                                  _ ("A long flow"),
                                  _ ("Rungs is still working out what its messages mean."));
  return FALSE;
}

gboolean
rungs_explained_view_show_message (RungsExplainedView *self, RungsDiagnoser *diagnoser, guint message)
{
  RungsTrace *trace;
  const RungsStatement *statement;
  RungsHeaderCards cards;
  RungsSipMessage sip;
  GArray *others;
  guint flow;

  g_return_val_if_fail (RUNGS_IS_EXPLAINED_VIEW (self), FALSE);
  clear (self);
  trace = rungs_diagnoser_get_trace (diagnoser);
  flow = rungs_trace_get_message (trace, message)->flow;
  if (!take_diagnosis (self, diagnoser, flow))
    return FALSE;
  self->message = message;
  statement = rungs_diagnosis_get_statement (self->diagnosis, message);
  rungs_sip_message_init (&sip);
  rungs_trace_parse (trace, message, RUNGS_SIP_PARSE_CHECK, &sip);
  self->fields = rungs_sip_fields_new (&sip);
  if (statement != NULL)
    {
      add_verdict_card (self, trace, statement);
      add_signature_card (self, trace, &sip);
      add_finding_cards (self, statement);
    }
  add_remark_card (self, &sip);
  add_start_line_card (self, &sip, (RungsFlowKind) rungs_trace_get_flow (trace, flow)->kind);
  cards = (RungsHeaderCards){ self->box, self->terms, self->diagnosis, message, self->fields };
  others = rungs_header_cards_add (&cards);
  if (statement != NULL)
    add_more_card (self, statement);
  rungs_header_cards_add_folded (&cards, others);
  rungs_sip_message_clear (&sip);
  return TRUE;
}

/* When, from where to where, over what. */
static char *
describe_kerberos_passage (RungsTrace *trace, guint kerberos)
{
  RungsClock clock = rungs_settings_get_ladder_options (rungs_settings_get_default ()).clock;
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  g_autofree char *time = rungs_time_format_kerberos_full (trace, kerberos, clock);
  g_autofree char *source =
    rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->source)->address);
  g_autofree char *destination =
    rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->destination)->address);

  return g_strdup_printf ("%s\n%s → %s · %s",
                          time,
                          source,
                          destination,
                          rungs_transport_get_name ((RungsTransport) info->transport));
}

/* The fields of the message, each a card like a header's; what they are made of is folded in them. */
static void
add_kerberos_fields (RungsExplainedView *self)
{
  for (guint i = 0; i < MIN (rungs_field_get_n_children (self->fields), MAX_CARDS); i++)
    {
      const RungsField *field = rungs_field_get_child (self->fields, i);
      const RungsFact *fact = field->topic != NULL ? rungs_knowledge_lookup_topic (field->topic) : NULL;
      RungsCard *card = add_card (self);

      rungs_card_add_heading (card, field->name, NULL);
      if (field->value != NULL && *field->value != '\0')
        rungs_card_add_value (card, field->value);
      if (fact != NULL)
        {
          rungs_card_add_prose (card, fact->explanation, "dim-label");
          add_check (card, fact->check);
        }
      rungs_card_add_parts (card, field);
      if (fact != NULL)
        rungs_card_add_section_link (card, fact->reference, fact->section);
    }
}

void
rungs_explained_view_show_step (RungsExplainedView *self,
                                RungsDiagnoser *diagnoser,
                                const RungsTicketStep *step)
{
  RungsTrace *trace;
  g_auto (RungsStepStatement) statement = { 0 };
  gboolean seen;
  RungsSeverity severity;
  RungsCard *card;

  g_return_if_fail (RUNGS_IS_EXPLAINED_VIEW (self) && step != NULL);
  clear (self);
  trace = rungs_diagnoser_get_trace (diagnoser);
  seen = step->kind == RUNGS_TICKET_KERBEROS;
  rungs_step_statement_init (&statement, trace, step);
  severity = statement.granted && statement.severity < RUNGS_SEVERITY_WARNING ? RUNGS_SEVERITY_GOOD
                                                                              : statement.severity;
  card = add_card (self);
  if (severity != RUNGS_SEVERITY_NONE)
    rungs_card_add_verdict (card, severity, seen ? "Kerberos" : NULL);
  rungs_card_add_text (card, statement.label, "title-4");
  if (seen)
    {
      g_autofree char *passage = describe_kerberos_passage (trace, step->kerberos);

      rungs_card_add_text (card, passage, "passage");
    }
  rungs_card_add_prose (card, statement.caption, NULL);
  if (g_strcmp0 (statement.explanation, statement.caption) != 0 &&
      !g_str_has_suffix (statement.caption, statement.explanation))
    rungs_card_add_prose (card, statement.explanation, NULL);
  rungs_card_add_prose (card, statement.background, "dim-label");
  add_check (card, statement.check);
  rungs_card_add_links (card, statement.reference, statement.note);
  rungs_card_add_message_link (card, step->message);
  if (!seen)
    return;
  self->fields = rungs_kerberos_to_field (rungs_trace_get_kerberos_bytes (trace, step->kerberos));
  add_kerberos_fields (self);
}

/* The background notes that fit the flow; @linked already has its link in the card. */
static void
add_note_links (RungsExplainedView *self, RungsCard *card, const char *linked)
{
  g_autofree const char **notes = rungs_diagnosis_list_notes (self->diagnosis);

  for (guint i = 0, n_shown = 0; notes[i] != NULL; i++)
    {
      if (g_strcmp0 (notes[i], linked) == 0)
        continue;
      if (n_shown++ == 0)
        rungs_card_add_text (card, _ ("Background"), "caption-heading");
      rungs_card_add_links (card, NULL, notes[i]);
    }
}

gboolean
rungs_explained_view_show_flow (RungsExplainedView *self, RungsDiagnoser *diagnoser, guint flow)
{
  const RungsFinding *summary;
  GPtrArray *findings;
  guint n_shown = 0;
  RungsCard *card;

  g_return_val_if_fail (RUNGS_IS_EXPLAINED_VIEW (self), FALSE);
  clear (self);
  if (!take_diagnosis (self, diagnoser, flow))
    return FALSE;
  summary = rungs_diagnosis_get_summary_finding (self->diagnosis);
  findings = rungs_diagnosis_get_findings (self->diagnosis);
  card = add_card (self);
  rungs_card_add_verdict (card, rungs_diagnosis_get_severity (self->diagnosis), NULL);
  rungs_card_add_text (card, rungs_diagnosis_get_title (self->diagnosis), "title-4");
  rungs_card_add_prose (card, rungs_diagnosis_get_summary (self->diagnosis), NULL);
  if (summary != NULL)
    {
      if (g_strcmp0 (summary->explanation, rungs_diagnosis_get_summary (self->diagnosis)) != 0)
        rungs_card_add_prose (card, summary->explanation, NULL);
      add_check (card, summary->check);
      rungs_card_add_links (card, summary->rule->reference, summary->rule->note);
    }
  add_note_links (self, card, summary != NULL ? summary->rule->note : NULL);
  /* The worst first: that is what somebody opened the trace for. */
  for (int severity = RUNGS_SEVERITY_ERROR; severity >= RUNGS_SEVERITY_INFO; severity--)
    for (guint i = 0; i < findings->len; i++)
      {
        const RungsFinding *finding = g_ptr_array_index (findings, i);

        if (finding == summary || (int) finding->severity != severity)
          continue;
        card = add_card (self);
        if (n_shown++ == MAX_FLOW_FINDINGS)
          {
            rungs_card_add_text (card, _ ("The page “Findings” shows the others."), "dim-label");
            return TRUE;
          }
        rungs_card_add_verdict (card, finding->severity, NULL);
        add_finding_words (self, card, finding);
        if (finding->message != RUNGS_NO_MESSAGE)
          rungs_card_add_message_link (card, finding->message);
      }
  return TRUE;
}

void
rungs_explained_view_show_text (RungsExplainedView *self, const char *heading, const char *text)
{
  RungsCard *card;

  g_return_if_fail (RUNGS_IS_EXPLAINED_VIEW (self));
  clear (self);
  card = add_card (self);
  rungs_card_add_heading (card, heading, NULL);
  rungs_card_add_text (card, text, NULL);
}

static void
rungs_explained_view_dispose (GObject *object)
{
  RungsExplainedView *self = RUNGS_EXPLAINED_VIEW (object);

  if (self->scroller != NULL)
    clear (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_explained_view_parent_class)->dispose (object);
}

static void
rungs_explained_view_finalize (GObject *object)
{
  g_hash_table_unref (RUNGS_EXPLAINED_VIEW (object)->terms);
  G_OBJECT_CLASS (rungs_explained_view_parent_class)->finalize (object);
}

static void
rungs_explained_view_class_init (RungsExplainedViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_explained_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_explained_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_explained_view_init (RungsExplainedView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->box = GTK_BOX (box);
  self->terms = g_hash_table_new (g_str_hash, g_str_equal);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_add_css_class (box, "explained");
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
