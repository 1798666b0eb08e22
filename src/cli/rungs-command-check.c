/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli check: the findings; exit status 1 when a problem remains. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-json.h"
#include "rungs-cli-options.h"
#include "rungs-diagnoser.h"
#include "rungs-text.h"

typedef struct
{
  const RungsCliOptions *options;
  char **ignored; /* rule ids */
  gboolean all;   /* expected ones too */
  gboolean is_first;
  guint n_printed;
  gboolean has_error;
} Check;

static gboolean
is_wanted (const Check *check, const RungsFinding *finding)
{
  if (check->ignored != NULL && g_strv_contains ((const char *const *) check->ignored, finding->rule->id))
    return FALSE;
  if (check->options->narrowed &&
      rungs_selection_find (check->options->selection, finding->message) == G_MAXUINT)
    return FALSE;
  return check->options->json || check->all || finding->severity >= RUNGS_SEVERITY_WARNING;
}

static void
print_json (Check *check, const RungsFinding *finding, const char *call_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_cli_json_add_string (builder, "rule", finding->rule->id);
  rungs_cli_json_add_string (builder, "severity", rungs_severity_get_id (finding->severity));
  rungs_cli_json_add_int (builder, "message", finding->message + 1);
  rungs_cli_json_add_string (builder, "flow", call_id);
  rungs_cli_json_add_string (builder, "explanation", finding->explanation);
  rungs_cli_json_add_string (builder, "check", finding->check);
  rungs_cli_json_add_string (builder, "reference", finding->rule->reference);
  json_builder_set_member_name (builder, "evidence");
  json_builder_begin_array (builder);
  for (guint i = 0; i < finding->n_evidence; i++)
    json_builder_add_int_value (builder, finding->evidence[i] + 1);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  rungs_cli_json_array_item (builder, check->is_first);
}

static void
print_text (const RungsFinding *finding, const char *call_id)
{
  g_print (_ ("%s, message %u: %s\n"),
           rungs_severity_get_name (finding->severity),
           finding->message + 1,
           finding->explanation);
  if (finding->check != NULL)
    g_print (_ ("  What to do: %s\n"), finding->check);
  g_print ("  %s · %s · %s\n",
           finding->rule->id,
           finding->rule->reference != NULL ? finding->rule->reference : "",
           call_id);
}

static void
check_flow (Check *check, RungsDiagnoser *diagnoser, guint flow)
{
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnoser_get (diagnoser, flow);
  GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);
  RungsTrace *trace = check->options->trace;
  g_autofree char *call_id =
    rungs_text_display (rungs_trace_get_string (trace, rungs_trace_get_flow (trace, flow)->call_id));

  for (guint i = 0; i < findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);

      if (!is_wanted (check, finding))
        continue;
      if (check->options->json)
        print_json (check, finding, call_id);
      else
        print_text (finding, call_id);
      check->is_first = FALSE;
      check->n_printed++;
      check->has_error |= finding->severity == RUNGS_SEVERITY_ERROR;
    }
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  g_auto (GStrv) ignored = NULL;
  g_autoptr (RungsDiagnoser) diagnoser = NULL;
  Check check = { &options, NULL, FALSE, TRUE, 0, FALSE };
  int status;
  const GOptionEntry entries[] = {
    { "ignore",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &ignored,
      N_ ("Leave out this rule (may be repeated)"),
      N_ ("RULE") },
    { "all",
      0,
      0,
      G_OPTION_ARG_NONE,
      &check.all,
      N_ ("Also what is expected and what is only a note"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_check, entries, TRUE, argc, argv, &status))
    return status;
  for (guint i = 0; ignored != NULL && ignored[i] != NULL; i++)
    if (rungs_rule_lookup (ignored[i]) == NULL)
      return rungs_cli_usage_error (_ ("there is no rule “%s”"), ignored[i]);
  if (!rungs_cli_options_load (&options, NULL, &status))
    return status;
  check.ignored = ignored;
  diagnoser = rungs_diagnoser_new (options.trace);
  if (options.json)
    rungs_cli_json_array_begin ();
  for (guint flow = 0; flow < rungs_trace_get_n_flows (options.trace); flow++)
    if (rungs_cli_flow_is_selected (&options, flow))
      check_flow (&check, diagnoser, flow);
  if (options.json)
    rungs_cli_json_array_end ();
  else if (check.n_printed == 0)
    g_print ("%s\n", _ ("Nothing wrong was found."));
  if (options.status != RUNGS_EXIT_OK)
    return options.status;
  return check.has_error ? RUNGS_EXIT_PROBLEMS : RUNGS_EXIT_OK;
}

const RungsCommand rungs_command_check = {
  "check",
  "FILE…",
  N_ ("The findings; exit status 0 nothing wrong, 1 problems found, 2 could not be read"),
  "  rungs-cli check client.uccapilog\n"
  "  rungs-cli check --json --ignore NAT-SEEN capture.pcap",
  run,
};
