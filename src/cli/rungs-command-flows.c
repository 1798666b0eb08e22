/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli flows: one line a flow, as the list on the left of the window. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-json.h"
#include "rungs-cli-options.h"
#include "rungs-cli-signatures.h"
#include "rungs-diagnoser.h"
#include "rungs-text.h"

/* The ends of a flow's first message. (transfer full) */
static void
get_ends (RungsTrace *trace, guint flow, char **source, char **destination)
{
  guint n_messages;
  const guint32 *messages = rungs_trace_get_flow_messages (trace, flow, &n_messages);
  const RungsMessageInfo *first = rungs_trace_get_message (trace, messages[0]);

  *source = rungs_address_to_string (&rungs_trace_get_endpoint (trace, first->source)->address);
  *destination = rungs_address_to_string (&rungs_trace_get_endpoint (trace, first->destination)->address);
}

static void
print_json (RungsTrace *trace, guint flow, RungsDiagnosis *diagnosis, gboolean is_first)
{
  const RungsFlowInfo *info = rungs_trace_get_flow (trace, flow);
  RungsSeverity severity = rungs_diagnosis_get_severity (diagnosis);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *source = NULL;
  g_autofree char *destination = NULL;

  get_ends (trace, flow, &source, &destination);
  json_builder_begin_object (builder);
  rungs_cli_json_add_slice (builder, "call_id", rungs_trace_get_string (trace, info->call_id));
  rungs_cli_json_add_string (builder, "kind", rungs_flow_kind_get_id (info->kind));
  rungs_cli_json_add_slice (builder, "who", rungs_trace_get_string (trace, info->who));
  rungs_cli_json_add_slice (builder, "peer", rungs_trace_get_string (trace, info->peer));
  rungs_cli_json_add_string (builder, "source", source);
  rungs_cli_json_add_string (builder, "destination", destination);
  rungs_cli_json_add_time (builder, "start", info->start);
  rungs_cli_json_add_time (builder, "end", info->end);
  rungs_cli_json_add_int (builder, "messages", info->n_messages);
  json_builder_set_member_name (builder, "status");
  if (info->status != 0)
    json_builder_add_int_value (builder, info->status);
  else
    json_builder_add_null_value (builder);
  rungs_cli_json_add_string (builder, "verdict", rungs_severity_get_id (severity));
  rungs_cli_json_add_string (builder, "result", rungs_diagnosis_get_title (diagnosis));
  rungs_cli_json_add_string (builder, "summary", rungs_diagnosis_get_summary (diagnosis));
  json_builder_end_object (builder);
  rungs_cli_json_array_item (builder, is_first);
}

static void
print_line (const RungsCliOptions *options, guint flow, RungsDiagnosis *diagnosis)
{
  const RungsFlowInfo *info = rungs_trace_get_flow (options->trace, flow);
  guint n_messages;
  const guint32 *messages = rungs_trace_get_flow_messages (options->trace, flow, &n_messages);
  g_autofree char *time = rungs_time_format (options->trace,
                                             messages[0],
                                             rungs_cli_options_get_clock (options),
                                             RUNGS_TIME_ABSOLUTE,
                                             RUNGS_TIME_NONE);
  g_autofree char *duration =
    info->start != RUNGS_TIME_NONE ? rungs_time_format_duration (info->end - info->start) : g_strdup ("");
  g_autofree char *who = rungs_text_display (rungs_trace_get_string (options->trace, info->who));
  g_autofree char *call_id = rungs_text_display (rungs_trace_get_string (options->trace, info->call_id));
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u message", "%u messages", info->n_messages), info->n_messages);
  g_autofree char *source = NULL;
  g_autofree char *destination = NULL;
  const char *verdict;

  get_ends (options->trace, flow, &source, &destination);
  verdict = rungs_severity_get_name (rungs_diagnosis_get_severity (diagnosis));
  g_print ("%-12s  %-16s  %-28s  %s → %s  %s  %s  %s%s%s  [%s]\n",
           time,
           rungs_flow_kind_get_name (info->kind),
           who,
           source,
           destination,
           count,
           duration,
           verdict,
           *verdict != '\0' ? ": " : "",
           rungs_diagnosis_get_title (diagnosis),
           call_id);
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  g_autoptr (RungsDiagnoser) diagnoser = NULL;
  g_auto (RungsCliSignatures) signatures = { 0 };
  gboolean is_first = TRUE;
  int status;
  const GOptionEntry entries[] = {
    RUNGS_CLI_SIGNATURE_OPTIONS (signatures),
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_flows, entries, TRUE, argc, argv, &status) ||
      !rungs_cli_signatures_load (&signatures, &options, rungs_diagnose_trace, &status))
    return status;
  diagnoser = rungs_diagnoser_new (options.trace);
  if (options.json)
    rungs_cli_json_array_begin ();
  for (guint flow = 0; flow < rungs_trace_get_n_flows (options.trace); flow++)
    {
      g_autoptr (RungsDiagnosis) diagnosis = NULL;

      if (!rungs_cli_flow_is_selected (&options, flow))
        continue;
      diagnosis = rungs_diagnoser_get (diagnoser, flow);
      if (options.json)
        print_json (options.trace, flow, diagnosis, is_first);
      else
        print_line (&options, flow, diagnosis);
      is_first = FALSE;
    }
  if (options.json)
    rungs_cli_json_array_end ();
  return options.status;
}

const RungsCommand rungs_command_flows = {
  "flows",
  "FILE…",
  N_ ("One line a flow: registrations, calls, subscriptions, instant messages"),
  "  rungs-cli flows client.uccapilog\n"
  "  rungs-cli flows --filter 'verdict:error' --json capture.pcap",
  run,
};
