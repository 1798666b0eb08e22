/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli show: one message explained: verdict, every header, its parts. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-field.h"
#include "rungs-cli-json.h"
#include "rungs-cli-kerberos.h"
#include "rungs-cli-options.h"
#include "rungs-cli-signatures.h"
#include "rungs-diagnoser.h"
#include "rungs-knowledge.h"
#include "rungs-remark-words.h"
#include "rungs-sip-fields.h"
#include "rungs-text.h"
#include "rungs-token-fields.h"

#define MAX_ASIDE 1000

typedef struct
{
  RungsTrace *trace;
  RungsDiagnosis *diagnosis;
  guint message;
  GHashTable *seen;      /* header name → how often it came */
  RungsField *signature; /* what its check gave, or NULL */
} Show;

/* What is said about a header in this place. */
typedef struct
{
  char *here;
  GPtrArray *trails; /* RungsTrail */
  RungsHeaderChange change;
  guint since;
} Place;

static void
place_clear (Place *self)
{
  g_free (self->here);
  g_clear_pointer (&self->trails, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
place_init (Place *self, Show *show, const RungsField *field)
{
  const char *name;
  guint occurrence;
  g_autofree char *key = NULL;

  if (field->topic == NULL || !g_str_has_prefix (field->topic, "header:"))
    return;
  name = field->topic + strlen ("header:");
  key = g_ascii_strdown (field->topic, -1);
  occurrence = GPOINTER_TO_UINT (g_hash_table_lookup (show->seen, key));
  g_hash_table_insert (show->seen, g_steal_pointer (&key), GUINT_TO_POINTER (occurrence + 1));
  self->here = rungs_diagnosis_explain_header (show->diagnosis, show->message, name, occurrence);
  self->trails = rungs_diagnosis_get_trails (show->diagnosis, show->message, name, occurrence);
  self->change =
    rungs_diagnosis_compare_header (show->diagnosis, show->message, name, occurrence, &self->since);
}

static void
print_trails (const Place *place, int indent)
{
  for (guint i = 0; place->trails != NULL && i < place->trails->len; i++)
    {
      g_autofree char *words = rungs_trail_describe (g_ptr_array_index (place->trails, i));

      g_print ("%*s  %s\n", indent, "", words);
    }
}

static void
add_place_json (const Place *place, JsonBuilder *builder)
{
  static const char *const changes[] = { NULL, "new", "same", "changed" };

  rungs_cli_json_add_string (builder, "here", place->here);
  if (place->trails == NULL)
    return;
  rungs_cli_json_add_string (builder, "change", changes[place->change]);
  if (place->since != RUNGS_NO_MESSAGE)
    rungs_cli_json_add_int (builder, "since", place->since + 1);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < place->trails->len; i++)
    {
      const RungsTrail *trail = g_ptr_array_index (place->trails, i);

      json_builder_begin_object (builder);
      rungs_cli_json_add_string (builder, "name", trail->name);
      rungs_cli_json_add_string (builder, "value", trail->value);
      rungs_cli_json_add_int (builder, "born", trail->born + 1);
      json_builder_set_member_name (builder, "used");
      json_builder_begin_array (builder);
      for (guint j = 0; j < trail->n_named; j++)
        json_builder_add_int_value (builder, trail->used[j] + 1);
      json_builder_end_array (builder);
      rungs_cli_json_add_int (builder, "used_count", trail->n_used);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* A status that is expected needs no cure, whatever else may be wrong where it stands. */
static gboolean
needs_check (Show *show, const RungsField *field)
{
  RungsSeverity severity = rungs_diagnosis_get_statement (show->diagnosis, show->message)->severity;

  return !g_str_has_prefix (field->topic, "status:") || severity >= RUNGS_SEVERITY_WARNING;
}

static void
print_field (Show *show, const RungsField *field, guint depth)
{
  g_auto (Place) place = { 0 };
  const RungsFact *fact = rungs_knowledge_lookup_topic (field->topic);
  const char *generally = fact != NULL ? fact->explanation : NULL;
  const char *check = fact != NULL && needs_check (show, field) ? fact->check : NULL;
  int indent = depth * 2;

  place_init (&place, show, field);
  rungs_cli_field_print_name (field, depth);
  if (place.here != NULL)
    g_print ("%*s  %s\n", indent, "", place.here);
  print_trails (&place, indent);
  if (generally != NULL && (depth <= 1 || check != NULL || g_str_has_prefix (field->topic, "sdp:")))
    g_print ("%*s  %s\n", indent, "", generally);
  if (check != NULL)
    /* Translators: what to check, as an instruction */
    g_print (_ ("%*s  What to do: %s\n"), indent, "", check);
  if (depth >= RUNGS_CLI_FIELD_MAX_DEPTH)
    return;
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    print_field (show, rungs_field_get_child (field, i), depth + 1);
}

static void
add_field_json (Show *show, JsonBuilder *builder, const RungsField *field, guint depth)
{
  g_auto (Place) place = { 0 };

  place_init (&place, show, field);
  json_builder_begin_object (builder);
  rungs_cli_field_add_members (field, builder);
  add_place_json (&place, builder);
  if (rungs_field_get_n_children (field) > 0 && depth < RUNGS_CLI_FIELD_MAX_DEPTH)
    {
      json_builder_set_member_name (builder, "children");
      json_builder_begin_array (builder);
      for (guint i = 0; i < rungs_field_get_n_children (field); i++)
        add_field_json (show, builder, rungs_field_get_child (field, i), depth + 1);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
print_signature (Show *show)
{
  const RungsFact *fact = rungs_knowledge_lookup_topic (show->signature->topic);

  g_print (_ ("Signature: %s\n"), fact != NULL ? fact->explanation : show->signature->value);
  if (fact != NULL && fact->check != NULL)
    g_print (_ ("  What to do: %s\n"), fact->check);
  for (guint i = 0; i < rungs_field_get_n_children (show->signature); i++)
    print_field (show, rungs_field_get_child (show->signature, i), 1);
}

static void
add_remarks_json (JsonBuilder *builder, const RungsSipMessage *sip)
{
  json_builder_set_member_name (builder, "remarks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sip->n_remarks; i++)
    {
      const RungsRemark *remark = &sip->remarks[i];
      g_autofree char *words = rungs_remark_describe (remark);

      json_builder_begin_object (builder);
      rungs_cli_json_add_string (builder, "id", rungs_remark_code_get_id (remark->code));
      rungs_cli_json_add_int (builder, "offset", remark->offset);
      rungs_cli_json_add_int (builder, "length", remark->length);
      rungs_cli_json_add_string (builder, "explanation", words);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (Show *show, const RungsSipMessage *sip, const RungsField *root)
{
  const RungsStatement *statement = rungs_diagnosis_get_statement (show->diagnosis, show->message);
  const RungsFinding *finding = statement->finding;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_cli_json_add_int (builder, "number", show->message + 1);
  rungs_cli_json_add_string (builder, "label", statement->label);
  rungs_cli_json_add_string (builder, "badge", statement->badge);
  rungs_cli_json_add_string (builder, "caption", statement->caption);
  rungs_cli_json_add_string (builder, "verdict", rungs_severity_get_id (statement->severity));
  rungs_cli_json_add_string (builder, "rule", finding != NULL ? finding->rule->id : NULL);
  rungs_cli_json_add_string (builder, "explanation", finding != NULL ? finding->explanation : NULL);
  rungs_cli_json_add_string (builder, "check", finding != NULL ? finding->check : NULL);
  rungs_cli_json_add_string (builder, "reference", finding != NULL ? finding->rule->reference : NULL);
  rungs_cli_json_add_string (builder,
                             "token",
                             statement->token != RUNGS_TOKEN_NONE
                               ? rungs_token_kind_get_name (statement->token)
                               : NULL);
  rungs_cli_json_add_slice (builder, "agent", rungs_trace_get_agent (show->trace, show->message));
  rungs_cli_json_add_slice (builder, "comment", rungs_trace_get_comment (show->trace, show->message));
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rungs_field_get_n_children (root); i++)
    add_field_json (show, builder, rungs_field_get_child (root, i), 1);
  json_builder_end_array (builder);
  add_remarks_json (builder, sip);
  if (show->signature != NULL)
    {
      rungs_cli_json_add_string (builder, "signature", show->signature->value);
      rungs_cli_json_add_string (builder, "signature_reason", strchr (show->signature->topic, ':') + 1);
      json_builder_set_member_name (builder, "signature_details");
      json_builder_begin_array (builder);
      for (guint i = 0; i < rungs_field_get_n_children (show->signature); i++)
        add_field_json (show, builder, rungs_field_get_child (show->signature, i), 1);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  rungs_cli_json_print (builder);
  fputc ('\n', stdout);
}

/* What the capture says of the message beside its bytes. */
static void
print_asides (RungsTrace *trace, guint message)
{
  g_autofree char *agent = rungs_text_display_max (rungs_trace_get_agent (trace, message), MAX_ASIDE);
  g_autofree char *comment = rungs_text_display_max (rungs_trace_get_comment (trace, message), MAX_ASIDE);

  if (*agent != '\0')
    g_print (_ ("Captured by: %s\n"), agent);
  if (*comment != '\0')
    g_print (_ ("Comment in the capture: %s\n"), comment);
}

static void
print_text (const RungsCliOptions *options, Show *show, const RungsSipMessage *sip, const RungsField *root)
{
  const RungsStatement *statement = rungs_diagnosis_get_statement (show->diagnosis, show->message);
  g_autofree char *time =
    rungs_time_format_full (options->trace, show->message, rungs_cli_options_get_clock (options));

  g_print (_ ("Message %u · %s · %s\n"), show->message + 1, statement->label, time);
  g_print ("%s\n", statement->caption);
  if (statement->finding != NULL)
    {
      g_print ("%s: %s\n", rungs_severity_get_name (statement->severity), statement->finding->explanation);
      if (statement->finding->check != NULL)
        g_print (_ ("  What to do: %s\n"), statement->finding->check);
      g_print ("  %s · %s\n",
               statement->finding->rule->id,
               statement->finding->rule->reference != NULL ? statement->finding->rule->reference : "");
    }
  print_asides (options->trace, show->message);
  for (guint i = 0; i < sip->n_remarks; i++)
    {
      g_autofree char *words = rungs_remark_describe (&sip->remarks[i]);

      g_print (_ ("Malformed at byte %u: %s\n"), sip->remarks[i].offset, words);
    }
  if (show->signature != NULL)
    print_signature (show);
  g_print ("\n");
  for (guint i = 0; i < rungs_field_get_n_children (root); i++)
    print_field (show, rungs_field_get_child (root, i), 0);
}

static int
show_kerberos (const RungsCliOptions *options, int number)
{
  guint n_kerberos = rungs_trace_get_n_kerberos (options->trace);

  if ((guint) number > n_kerberos)
    return rungs_cli_usage_error (ngettext ("there is no Kerberos message %d: the trace holds %u Kerberos "
                                            "message",
                                            "there is no Kerberos message %d: the trace holds %u Kerberos "
                                            "messages",
                                            n_kerberos),
                                  number,
                                  n_kerberos);
  rungs_cli_kerberos_show (options, number - 1);
  return options->status;
}

static int
show_message (const RungsCliOptions *options, RungsCliSignatures *signatures, int number)
{
  guint n_messages = rungs_trace_get_n_messages (options->trace);
  g_auto (RungsSipMessage) sip;
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  g_autoptr (RungsField) root = NULL;
  g_autoptr (RungsField) signature = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint message = number - 1;
  Show show;

  rungs_sip_message_init (&sip);
  if ((guint) number > n_messages)
    return rungs_cli_usage_error (ngettext ("there is no message %d: the trace holds %u message",
                                            "there is no message %d: the trace holds %u messages",
                                            n_messages),
                                  number,
                                  n_messages);
  rungs_trace_parse (options->trace, message, RUNGS_SIP_PARSE_CHECK, &sip);
  if (signatures->checked != NULL)
    signature = rungs_signatures_describe (signatures->checked, message);
  root = rungs_sip_fields_new (&sip);
  rungs_token_fields_add (root, sip.bytes);
  diagnosis = rungs_diagnosis_new (options->trace, rungs_trace_get_message (options->trace, message)->flow);
  show = (Show){ options->trace, diagnosis, message, seen, signature };
  if (options->json)
    print_json (&show, &sip, root);
  else
    print_text (options, &show, &sip, root);
  return options->status;
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  g_auto (RungsCliSignatures) signatures = { 0 };
  int number = 0;
  int kerberos = 0;
  int status;
  const GOptionEntry entries[] = {
    { "message",
      'm',
      0,
      G_OPTION_ARG_INT,
      &number,
      N_ ("The message's number, as `messages` prints it"),
      N_ ("N") },
    { "kerberos",
      'k',
      0,
      G_OPTION_ARG_INT,
      &kerberos,
      N_ ("The number of a Kerberos message instead, as `messages --kdc` prints it behind the K"),
      N_ ("N") },
    RUNGS_CLI_SIGNATURE_OPTIONS (signatures),
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_show, entries, TRUE, argc, argv, &status))
    return status;
  if (number < 1 && kerberos < 1)
    return rungs_cli_usage_error (_ ("which message? --message N, counted from 1"));
  if (!rungs_cli_signatures_load (&signatures, &options, NULL, &status))
    return status;
  return kerberos > 0 ? show_kerberos (&options, kerberos) : show_message (&options, &signatures, number);
}

const RungsCommand rungs_command_show = {
  "show",
  "FILE… --message N",
  N_ ("One message explained: verdict, every header, its parts"),
  "  rungs-cli show client.uccapilog --message 2\n"
  "  rungs-cli show --json capture.pcap --message 17\n"
  "  rungs-cli show capture.pcap --kerberos 2",
  run,
};
