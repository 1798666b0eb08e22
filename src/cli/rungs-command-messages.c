/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli messages: one line a message. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-follow.h"
#include "rungs-cli-json.h"
#include "rungs-cli-kerberos.h"
#include "rungs-cli-options.h"
#include "rungs-cli-signatures.h"
#include "rungs-diagnoser.h"
#include "rungs-knowledge.h"
#include "rungs-sip-fields.h"
#include "rungs-text.h"

typedef struct
{
  char *source;
  char *destination;
} Ends;

static Ends
get_ends (RungsTrace *trace, const RungsMessageInfo *info)
{
  Ends ends = { rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->source)->address),
                rungs_address_to_string (&rungs_trace_get_endpoint (trace, info->destination)->address) };

  return ends;
}

static void
clear_ends (Ends *ends)
{
  g_free (ends->source);
  g_free (ends->destination);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ends, clear_ends)

/* What the check of a signature gave; nothing where the message is not signed. */
static void
add_signature_json (JsonBuilder *builder, RungsSignatureCheck check)
{
  const char *reason = rungs_signature_reason_get_id (check.reason);
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_SIGNATURE, reason);

  if (check.state == RUNGS_SIGNATURE_NONE)
    return;
  rungs_cli_json_add_string (builder, "signature", rungs_signature_state_get_id (check.state));
  rungs_cli_json_add_string (builder, "signature_reason", reason);
  rungs_cli_json_add_string (builder, "signature_explanation", fact != NULL ? fact->explanation : NULL);
}

static void
build_json (JsonBuilder *builder,
            RungsDiagnoser *diagnoser,
            const RungsCliSignatures *signatures,
            guint message)
{
  RungsTrace *trace = rungs_diagnoser_get_trace (diagnoser);
  const RungsMessageInfo *info = rungs_trace_get_message (trace, message);
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnoser_get (diagnoser, info->flow);
  const RungsStatement *statement = rungs_diagnosis_get_statement (diagnosis, message);
  g_auto (Ends) ends = get_ends (trace, info);
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  rungs_trace_parse (trace, message, 0, &sip);
  json_builder_begin_object (builder);
  rungs_cli_json_add_int (builder, "number", message + 1);
  rungs_cli_json_add_time (builder, "time", info->time);
  rungs_cli_json_add_string (builder, "source", ends.source);
  rungs_cli_json_add_string (builder, "destination", ends.destination);
  rungs_cli_json_add_string (builder,
                             "transport",
                             info->transport != RUNGS_TRANSPORT_UNKNOWN
                               ? rungs_transport_get_name (info->transport)
                               : NULL);
  rungs_cli_json_add_string (builder, "kind", sip.kind == RUNGS_SIP_KIND_RESPONSE ? "response" : "request");
  rungs_cli_json_add_slice (builder, "method", sip.method_name);
  json_builder_set_member_name (builder, "status");
  if (sip.status != 0)
    json_builder_add_int_value (builder, sip.status);
  else
    json_builder_add_null_value (builder);
  rungs_cli_json_add_slice (builder, "call_id", rungs_trace_get_string (trace, info->call_id));
  rungs_cli_json_add_int (builder, "cseq", info->cseq);
  rungs_cli_json_add_string (builder, "verdict", rungs_severity_get_id (statement->severity));
  rungs_cli_json_add_string (builder,
                             "rule",
                             statement->finding != NULL ? statement->finding->rule->id : NULL);
  rungs_cli_json_add_string (builder, "caption", statement->caption);
  rungs_cli_json_add_int (builder, "offset", info->offset);
  rungs_cli_json_add_string (builder, "file", rungs_trace_get_file (trace, info->file)->name);
  rungs_cli_json_add_slice (builder, "agent", rungs_trace_get_agent (trace, message));
  rungs_cli_json_add_slice (builder, "comment", rungs_trace_get_comment (trace, message));
  if (signatures->checked != NULL)
    add_signature_json (builder, rungs_signatures_get (signatures->checked, message));
  json_builder_end_object (builder);
}

static void
print_line (const RungsCliOptions *options, guint message, RungsSipMessage *sip)
{
  const RungsMessageInfo *info = rungs_trace_get_message (options->trace, message);
  g_autofree char *time = rungs_time_format (options->trace,
                                             message,
                                             rungs_cli_options_get_clock (options),
                                             RUNGS_TIME_ABSOLUTE,
                                             RUNGS_TIME_NONE);
  g_auto (Ends) ends = get_ends (options->trace, info);
  g_autofree char *line = NULL;

  rungs_trace_parse (options->trace, message, 0, sip);
  line = rungs_text_display_max (sip->start_line.length > 0 ? sip->start_line : sip->bytes, 100);
  g_print ("%6u  %-12s  %21s → %-21s  %-3s  %-60s  %s\n",
           message + 1,
           time,
           ends.source,
           ends.destination,
           rungs_transport_get_name (info->transport),
           line,
           rungs_severity_get_name (rungs_mark_get_severity (info->mark)));
}

static void
print_clock (const RungsCliOptions *options)
{
  g_autofree char *clock = rungs_time_describe_clock (options->trace, rungs_cli_options_get_clock (options));

  g_print (_ ("Times: %s\n"), clock);
}

static void
print_message (const RungsCliOptions *options,
               RungsDiagnoser *diagnoser,
               const RungsCliSignatures *signatures,
               guint message,
               gboolean is_first)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  if (!options->json)
    {
      print_line (options, message, &sip);
      return;
    }
  builder = json_builder_new ();
  build_json (builder, diagnoser, signatures, message);
  if (options->follow)
    rungs_cli_json_print_line (builder);
  else
    rungs_cli_json_array_item (builder, is_first);
}

static void
print_new (RungsCliFollow *follow, gpointer data)
{
  RungsCliOptions *options = data;
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (options->trace);
  RungsCliSignatures signatures = { 0 };

  if (!options->json && !options->has_begun)
    print_clock (options);
  options->has_begun = TRUE;
  for (guint i = 0; i < rungs_selection_get_length (options->selection); i++)
    {
      guint message = rungs_selection_get (options->selection, i);

      if (rungs_cli_follow_take (follow, message))
        print_message (options, diagnoser, &signatures, message, FALSE);
    }
}

/* The messages of the selection, and among them the Kerberos messages from @kerberos on. */
static void
print_messages (const RungsCliOptions *options,
                RungsDiagnoser *diagnoser,
                const RungsCliSignatures *signatures,
                guint kerberos)
{
  RungsTrace *trace = options->trace;
  guint length = rungs_selection_get_length (options->selection);
  guint n_kerberos = rungs_trace_get_n_kerberos (trace);
  guint n_items = 0;

  for (guint i = 0; i < length || kerberos < n_kerberos;)
    {
      guint message = i < length ? rungs_selection_get (options->selection, i) : RUNGS_NO_MESSAGE;

      if (kerberos < n_kerberos &&
          (message == RUNGS_NO_MESSAGE || rungs_trace_get_kerberos (trace, kerberos)->time <=
                                            rungs_trace_get_message (trace, message)->time))
        rungs_cli_kerberos_print (options, kerberos++, n_items++ == 0);
      else
        {
          print_message (options, diagnoser, signatures, message, n_items++ == 0);
          i++;
        }
    }
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  g_autoptr (RungsDiagnoser) diagnoser = NULL;
  g_auto (RungsCliSignatures) signatures = { 0 };
  gboolean kdc = FALSE;
  int status;
  const GOptionEntry entries[] = {
    { "kdc",
      0,
      0,
      G_OPTION_ARG_NONE,
      &kdc,
      N_ ("Among them the Kerberos messages of the capture, with numbers of their own (K1, K2 …)"),
      NULL },
    RUNGS_CLI_FOLLOW_ENTRY (&options),
    RUNGS_CLI_SIGNATURE_OPTIONS (signatures),
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_messages, entries, TRUE, argc, argv, &status))
    return status;
  if (options.follow && !rungs_cli_signatures_may_follow (&signatures))
    return RUNGS_EXIT_USAGE;
  if (options.follow)
    return rungs_cli_follow_run (&options, rungs_diagnose_trace, print_new, &options);
  if (!rungs_cli_signatures_load (&signatures, &options, rungs_diagnose_trace, &status))
    return status;
  diagnoser = rungs_diagnoser_new (options.trace);
  if (options.json)
    rungs_cli_json_array_begin ();
  else
    print_clock (&options);
  print_messages (&options, diagnoser, &signatures, kdc ? 0 : rungs_trace_get_n_kerberos (options.trace));
  if (options.json)
    rungs_cli_json_array_end ();
  return options.status;
}

const RungsCommand rungs_command_messages = {
  "messages",
  "FILE…",
  N_ ("One line a message: number, time, source, destination, start line, verdict"),
  "  rungs-cli messages capture.pcap\n"
  "  rungs-cli messages --kdc capture.pcap\n"
  "  rungs-cli messages --follow /var/log/sip.log\n"
  "  rungs-cli messages --filter 'sip.Method == \"REGISTER\"' --json client.log",
  run,
};
