/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is said about one step to or from a KDC.  See rungs-step-statement.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-kdc-verdict.h"
#include "rungs-kerberos.h"
#include "rungs-knowledge.h"
#include "rungs-step-statement.h"
#include "rungs-words.h"

#define NOTE "kerberos-2"

/* A hidden step: its label, its sentences, and the message that it is. */
typedef struct
{
  const char *label;
  const char *caption;
  const char *token; /* of data/knowledge/tokens.xml, or NULL */
  const char *proof;
  const char *note;
  const char *reference; /* where @token tells none */
} HiddenWords;

static const HiddenWords hidden_words[] = {
  [RUNGS_TICKET_AS_REQ] = { "AS-REQ", "caption-hidden-as-req", "KRB_AS_REQ", "proof-logon", NOTE, NULL },
  [RUNGS_TICKET_AS_REP] = { "AS-REP", "caption-hidden-as-rep", "KRB_AS_REP", "proof-logon", NOTE, NULL },
  [RUNGS_TICKET_TGS_REQ] = { "TGS-REQ", "caption-hidden-tgs-req", "KRB_TGS_REQ", "proof-ticket", NOTE, NULL },
  [RUNGS_TICKET_TGS_REP] = { "TGS-REP", "caption-hidden-tgs-rep", "KRB_TGS_REP", "proof-ticket", NOTE, NULL },
  [RUNGS_TICKET_LOGON_QUESTION] = { "NetrLogonSamLogonEx",
                                    "caption-hidden-question",
                                    NULL,
                                    "proof-question",
                                    "kerberos-or-ntlm",
                                    "[MS-APDS] 3.1" },
};

static const RungsFact *
find_token_fact (guint type)
{
  switch (type)
    {
    case RUNGS_KERBEROS_AS_REQ:
      return rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, "KRB_AS_REQ");
    case RUNGS_KERBEROS_AS_REP:
      return rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, "KRB_AS_REP");
    case RUNGS_KERBEROS_TGS_REQ:
      return rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, "KRB_TGS_REQ");
    case RUNGS_KERBEROS_TGS_REP:
      return rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, "KRB_TGS_REP");
    case RUNGS_KERBEROS_ERROR:
      return rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, "KRB_ERROR");
    default:
      return NULL;
    }
}

static const char *
choose_caption (RungsTrace *trace, guint kerberos)
{
  RungsKerberos message;

  if (!rungs_kerberos_parse (&message, rungs_trace_get_kerberos_bytes (trace, kerberos)))
    return "caption-kdc-other";
  switch (message.type)
    {
    case RUNGS_KERBEROS_AS_REQ:
      return rungs_kerberos_has_padata (&message, RUNGS_KERBEROS_PA_ENC_TIMESTAMP)
               ? "caption-kdc-as-req-proof"
               : "caption-kdc-as-req";
    case RUNGS_KERBEROS_AS_REP:
      return "caption-kdc-as-rep";
    case RUNGS_KERBEROS_TGS_REQ:
      return "caption-kdc-tgs-req";
    case RUNGS_KERBEROS_TGS_REP:
      return "caption-kdc-tgs-rep";
    default:
      return "caption-kdc-other";
    }
}

/* "TGS-REQ sip/pool01.contoso.example", "KRB-ERROR KDC_ERR_PREAUTH_REQUIRED" */
static char *
make_label (RungsTrace *trace, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  const char *name = rungs_kerberos_get_type_name (info->type);
  g_autofree char *detail = NULL;

  if (name == NULL)
    return g_strdup ("Kerberos");
  if (info->type == RUNGS_KERBEROS_ERROR)
    detail = rungs_kdc_dup_value (trace, kerberos, "error");
  else if (info->type == RUNGS_KERBEROS_TGS_REQ)
    detail = rungs_kdc_dup_value (trace, kerberos, "service");
  else if (info->type == RUNGS_KERBEROS_AS_REQ)
    detail = rungs_kdc_dup_value (trace, kerberos, "client");
  return detail != NULL && *detail != '\0' ? g_strdup_printf ("%s %s", name, detail) : g_strdup (name);
}

static char *
make_reference (const RungsFact *fact)
{
  if (fact == NULL || fact->reference == NULL)
    return g_strdup ("");
  return fact->section != NULL ? g_strdup_printf ("%s %s", fact->reference, fact->section)
                               : g_strdup (fact->reference);
}

static const RungsFact *
find_error_fact (const RungsKerberosInfo *info)
{
  g_autofree char *code = g_strdup_printf ("%d", info->error);

  return info->type == RUNGS_KERBEROS_ERROR ? rungs_knowledge_lookup (RUNGS_TOPIC_KERBEROS_ERROR, code)
                                            : NULL;
}

/* The verdict of a rule; without one the message is as it should be. */
static void
take_rule (RungsStepStatement *self, RungsTrace *trace, guint kerberos, gboolean made_good)
{
  const RungsRule *rule = self->rule;
  const RungsFact *error = find_error_fact (rungs_trace_get_kerberos (trace, kerberos));
  const char *check = rule->check != NULL ? rule->check : error != NULL ? error->check : NULL;

  self->severity = made_good ? RUNGS_SEVERITY_INFO : rule->severity;
  self->explanation =
    rungs_kdc_fill (trace,
                    kerberos,
                    made_good && rule->made_good != NULL ? rule->made_good : rule->explanation);
  if (check != NULL)
    self->check = rungs_kdc_fill (trace, kerberos, check);
  if (error != NULL)
    self->background = g_strdup (error->explanation);
  self->reference = g_strdup (rule->reference != NULL ? rule->reference : "");
  self->note = rule->note;
}

void
rungs_step_statement_init_kerberos (RungsStepStatement *self, RungsTrace *trace, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  const RungsFact *fact;
  gboolean made_good;

  g_return_if_fail (self != NULL && info != NULL);

  *self = (RungsStepStatement){ .note = NOTE };
  self->label = make_label (trace, kerberos);
  self->granted = info->type == RUNGS_KERBEROS_AS_REP || info->type == RUNGS_KERBEROS_TGS_REP;
  self->rule = rungs_kdc_verdict (trace, kerberos, &made_good);
  fact = find_token_fact (info->type);
  if (self->rule != NULL)
    take_rule (self, trace, kerberos, made_good);
  if (self->rule != NULL && (info->type == RUNGS_KERBEROS_ERROR || self->severity >= RUNGS_SEVERITY_WARNING))
    /* Translators: a verdict ("Expected", "Problem"), then the sentence that explains it. */
    self->caption =
      g_strdup_printf (_ ("%1$s. %2$s"), rungs_severity_get_name (self->severity), self->explanation);
  else
    self->caption = rungs_kdc_fill (trace, kerberos, rungs_words_lookup (choose_caption (trace, kerberos)));
  if (self->explanation == NULL)
    {
      self->explanation = g_strdup (fact != NULL ? fact->explanation : self->caption);
      self->reference = make_reference (fact);
    }
  else if (self->background == NULL && fact != NULL)
    self->background = g_strdup (fact->explanation);
}

static char *
fill_message_number (const char *text, guint message)
{
  g_autofree char *number = g_strdup_printf ("%u", message + 1);
  const char *const names[] = { "number", number, NULL };

  return rungs_template_fill (text, names);
}

/* A success proves that a domain controller was asked; a refusal only that it should have been. */
static const char *
choose_proof (RungsTrace *trace, const RungsTicketStep *step)
{
  if (step->kind == RUNGS_TICKET_LOGON_QUESTION &&
      rungs_trace_get_message (trace, step->message)->status / 100 != 2)
    return "proof-question-refused";
  return hidden_words[step->kind].proof;
}

void
rungs_step_statement_init (RungsStepStatement *self, RungsTrace *trace, const RungsTicketStep *step)
{
  const HiddenWords *words;
  const RungsFact *fact;

  g_return_if_fail (self != NULL && step != NULL);

  if (step->kind == RUNGS_TICKET_KERBEROS)
    {
      rungs_step_statement_init_kerberos (self, trace, step->kerberos);
      return;
    }
  words = &hidden_words[step->kind];
  fact = words->token != NULL ? rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, words->token) : NULL;
  *self = (RungsStepStatement){ .note = words->note };
  self->label = g_strdup (words->label);
  self->caption = g_strdup (rungs_words_lookup (words->caption));
  self->explanation = fill_message_number (rungs_words_lookup (choose_proof (trace, step)), step->message);
  self->background = fact != NULL ? g_strdup (fact->explanation) : NULL;
  self->reference = words->reference != NULL ? g_strdup (words->reference) : make_reference (fact);
}

void
rungs_step_statement_clear (RungsStepStatement *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->label);
  g_free (self->caption);
  g_free (self->explanation);
  g_free (self->background);
  g_free (self->check);
  g_free (self->reference);
  *self = (RungsStepStatement){ 0 };
}
