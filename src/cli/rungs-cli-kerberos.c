/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages on the command line.  See rungs-cli-kerberos.h. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-field.h"
#include "rungs-cli-json.h"
#include "rungs-cli-kerberos.h"
#include "rungs-kdc-verdict.h"
#include "rungs-kerberos.h"
#include "rungs-step-statement.h"
#include "rungs-time.h"

static void
dup_ends (RungsTrace *trace, const RungsKerberosInfo *info, char **source, char **destination)
{
  *source = rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->source)->address);
  *destination = rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->destination)->address);
}

static void
print_line (const RungsCliOptions *options, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (options->trace, kerberos);
  g_auto (RungsStepStatement) statement = { 0 };
  g_autofree char *number = g_strdup_printf ("K%u", kerberos + 1);
  g_autofree char *time = rungs_time_format_kerberos (options->trace,
                                                      kerberos,
                                                      rungs_cli_options_get_clock (options),
                                                      RUNGS_TIME_ABSOLUTE,
                                                      RUNGS_TIME_NONE);
  g_autofree char *source = NULL;
  g_autofree char *destination = NULL;

  dup_ends (options->trace, info, &source, &destination);
  rungs_step_statement_init_kerberos (&statement, options->trace, kerberos);
  g_print ("%6s  %-12s  %21s → %-21s  %-3s  %-60s  %s\n",
           number,
           time,
           source,
           destination,
           rungs_transport_get_name ((RungsTransport) info->transport),
           statement.label,
           rungs_severity_get_name (statement.severity));
}

/* What is told of @kerberos in a list and when it is shown alone. */
static void
add_members (JsonBuilder *builder, RungsTrace *trace, guint kerberos, const RungsStepStatement *statement)
{
  static const char *const names[] = { "client", "service", "realm" };
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  g_autofree char *source = NULL;
  g_autofree char *destination = NULL;

  dup_ends (trace, info, &source, &destination);
  rungs_cli_json_add_int (builder, "kerberos", kerberos + 1);
  rungs_cli_json_add_time (builder, "time", info->time);
  rungs_cli_json_add_string (builder, "source", source);
  rungs_cli_json_add_string (builder, "destination", destination);
  rungs_cli_json_add_string (builder,
                             "transport",
                             info->transport != RUNGS_TRANSPORT_UNKNOWN
                               ? rungs_transport_get_name ((RungsTransport) info->transport)
                               : NULL);
  rungs_cli_json_add_string (builder, "kind", "kerberos");
  rungs_cli_json_add_string (builder, "method", rungs_kerberos_get_type_name (info->type));
  json_builder_set_member_name (builder, "status");
  json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "error");
  if (info->error >= 0)
    json_builder_add_int_value (builder, info->error);
  else
    json_builder_add_null_value (builder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = rungs_kdc_dup_value (trace, kerberos, names[i]);

      rungs_cli_json_add_string (builder, names[i], value != NULL && *value != '\0' ? value : NULL);
    }
  rungs_cli_json_add_string (builder, "label", statement->label);
  rungs_cli_json_add_string (builder, "verdict", rungs_severity_get_id (statement->severity));
  rungs_cli_json_add_string (builder, "rule", statement->rule != NULL ? statement->rule->id : NULL);
  rungs_cli_json_add_string (builder, "caption", statement->caption);
  rungs_cli_json_add_int (builder, "offset", info->offset);
  rungs_cli_json_add_string (builder, "file", rungs_trace_get_file (trace, info->file)->name);
}

static void
print_json (RungsTrace *trace, guint kerberos, gboolean is_first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (RungsStepStatement) statement = { 0 };

  rungs_step_statement_init_kerberos (&statement, trace, kerberos);
  json_builder_begin_object (builder);
  add_members (builder, trace, kerberos, &statement);
  json_builder_end_object (builder);
  rungs_cli_json_array_item (builder, is_first);
}

void
rungs_cli_kerberos_print (const RungsCliOptions *options, guint kerberos, gboolean is_first)
{
  if (options->json)
    print_json (options->trace, kerberos, is_first);
  else
    print_line (options, kerberos);
}

static void
show_json (RungsTrace *trace, guint kerberos, const RungsStepStatement *statement, const RungsField *root)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_members (builder, trace, kerberos, statement);
  rungs_cli_json_add_string (builder, "explanation", statement->explanation);
  rungs_cli_json_add_string (builder, "background", statement->background);
  rungs_cli_json_add_string (builder, "check", statement->check);
  rungs_cli_json_add_string (builder, "reference", statement->reference);
  rungs_cli_json_add_string (builder, "note", statement->note);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rungs_field_get_n_children (root); i++)
    rungs_cli_field_add_json (rungs_field_get_child (root, i), builder, 1);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  rungs_cli_json_print (builder);
  fputc ('\n', stdout);
}

static void
show_text (const RungsCliOptions *options,
           guint kerberos,
           const RungsStepStatement *statement,
           const RungsField *root)
{
  g_autofree char *time =
    rungs_time_format_kerberos_full (options->trace, kerberos, rungs_cli_options_get_clock (options));

  /* Translators: number, name and time of a Kerberos message */
  g_print (_ ("Kerberos message K%u · %s · %s\n"), kerberos + 1, statement->label, time);
  g_print ("%s\n", statement->caption);
  if (!g_str_has_suffix (statement->caption, statement->explanation))
    g_print ("%s\n", statement->explanation);
  if (statement->background != NULL)
    g_print ("  %s\n", statement->background);
  if (statement->check != NULL)
    g_print (_ ("  What to do: %s\n"), statement->check);
  g_print ("  %s%s%s\n\n",
           statement->rule != NULL ? statement->rule->id : "",
           statement->rule != NULL ? " · " : "",
           statement->reference);
  for (guint i = 0; i < rungs_field_get_n_children (root); i++)
    rungs_cli_field_print (rungs_field_get_child (root, i), 0);
}

void
rungs_cli_kerberos_show (const RungsCliOptions *options, guint kerberos)
{
  g_autoptr (RungsField) root =
    rungs_kerberos_to_field (rungs_trace_get_kerberos_bytes (options->trace, kerberos));
  g_auto (RungsStepStatement) statement = { 0 };

  rungs_step_statement_init_kerberos (&statement, options->trace, kerberos);
  if (options->json)
    show_json (options->trace, kerberos, &statement, root);
  else
    show_text (options, kerberos, &statement, root);
}
