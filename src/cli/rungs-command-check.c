/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli check: the findings; exit status 1 when a problem remains. */

#include "config.h"

#include <glib/gi18n.h>

#include "rungs-check-format.h"
#include "rungs-cli-follow.h"
#include "rungs-cli-signatures.h"
#include "rungs-diagnoser.h"
#include "rungs-text.h"

typedef struct
{
  const RungsCliOptions *options;
  const RungsCheckFormat *format;
  RungsCheckReport report;
  RungsCliFollow *follow; /* while the trace grows, otherwise NULL */
  gboolean has_error;
} Check;

static gboolean
is_wanted (const Check *check, const RungsFinding *finding)
{
  return !check->options->narrowed ||
         rungs_selection_find (check->options->selection, finding->message) != G_MAXUINT;
}

static void
check_flow (Check *check, RungsDiagnoser *diagnoser, guint index)
{
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnoser_get (diagnoser, index);
  GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);
  RungsTrace *trace = check->options->trace;
  const RungsFlowInfo *info = rungs_trace_get_flow (trace, index);
  g_autofree char *call_id = rungs_text_display (rungs_trace_get_string (trace, info->call_id));
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  RungsCheckFlow flow = { index, info, diagnosis, call_id, wanted };

  for (guint i = 0; i < findings->len; i++)
    if (is_wanted (check, g_ptr_array_index (findings, i)) &&
        (check->follow == NULL ||
         rungs_cli_follow_take_finding (check->follow, g_ptr_array_index (findings, i))))
      g_ptr_array_add (wanted, g_ptr_array_index (findings, i));
  check->has_error |= rungs_check_flow_find_problem (&flow) != NULL;
  check->format->flow (&check->report, &flow);
  check->report.n_done++;
}

/* What was not found before, in the flows that have something new. */
static void
print_new (RungsCliFollow *follow, gpointer data)
{
  Check *check = data;
  const RungsCliOptions *options = check->options;
  RungsTrace *trace = options->trace;
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (GArray) changed = g_array_new (FALSE, TRUE, 1);

  check->report.trace = trace;
  check->follow = follow;
  g_array_set_size (changed, rungs_trace_get_n_flows (trace));
  for (guint i = 0; i < rungs_selection_get_length (options->selection); i++)
    {
      guint message = rungs_selection_get (options->selection, i);

      if (rungs_cli_follow_take (follow, message))
        g_array_index (changed, char, rungs_trace_get_message (trace, message)->flow) = TRUE;
    }
  for (guint flow = 0; flow < changed->len; flow++)
    if (g_array_index (changed, char, flow))
      check_flow (check, diagnoser, flow);
}

static int
follow_trace (Check *check, RungsCliOptions *options)
{
  int status = rungs_cli_follow_run (options, rungs_diagnose_trace, print_new, check);

  if (status != RUNGS_EXIT_OK)
    return status;
  return check->has_error ? RUNGS_EXIT_PROBLEMS : RUNGS_EXIT_OK;
}

static void
check_trace (Check *check)
{
  const RungsCliOptions *options = check->options;
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (options->trace);
  g_autoptr (GArray) flows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint flow = 0; flow < rungs_trace_get_n_flows (options->trace); flow++)
    if (rungs_cli_flow_is_selected (options, flow))
      g_array_append_val (flows, flow);
  check->report.trace = options->trace;
  check->report.n_flows = flows->len;
  check->format->begin (&check->report);
  for (guint i = 0; i < flows->len; i++)
    check_flow (check, diagnoser, g_array_index (flows, guint, i));
  check->format->end (&check->report);
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  gboolean junit = FALSE;
  gboolean tap = FALSE;
  g_auto (RungsCliSignatures) signatures = { 0 };
  Check check = { .options = &options, .format = &rungs_check_text };
  int status;
  const GOptionEntry entries[] = {
    { "all",
      0,
      0,
      G_OPTION_ARG_NONE,
      &check.report.all,
      N_ ("Also what is expected and what is only a note"),
      NULL },
    RUNGS_CLI_FOLLOW_ENTRY (&options),
    RUNGS_CLI_SIGNATURE_OPTIONS (signatures),
    { "junit", 0, 0, G_OPTION_ARG_NONE, &junit, N_ ("Print JUnit XML: a test case for each flow"), NULL },
    { "tap", 0, 0, G_OPTION_ARG_NONE, &tap, N_ ("Print TAP: a test for each flow"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_check, entries, TRUE, argc, argv, &status))
    return status;
  if (options.json + junit + tap > 1)
    return rungs_cli_usage_error ("%s", _ ("only one of --json, --junit and --tap can be printed"));
  if (options.follow && !rungs_cli_signatures_may_follow (&signatures))
    return RUNGS_EXIT_USAGE;
  if (options.follow && options.json + junit + tap > 0)
    return rungs_cli_usage_error (
      _ ("--follow prints findings as text: the other formats need the whole trace"));
  if (options.follow)
    return follow_trace (&check, &options);
  if (!rungs_cli_signatures_load (&signatures, &options, NULL, &status))
    return status;
  if (options.json)
    check.format = &rungs_check_json;
  else if (junit)
    check.format = &rungs_check_junit;
  else if (tap)
    check.format = &rungs_check_tap;
  check_trace (&check);
  if (options.status != RUNGS_EXIT_OK)
    return options.status;
  return check.has_error ? RUNGS_EXIT_PROBLEMS : RUNGS_EXIT_OK;
}

const RungsCommand rungs_command_check = {
  "check",
  "FILE…",
  N_ ("The findings; exit status 0 nothing wrong, 1 problems found, 2 could not be read"),
  "  rungs-cli check client.uccapilog\n"
  "  rungs-cli check --follow /var/log/sip.log\n"
  "  rungs-cli check --json --ignore NAT-SEEN capture.pcap\n"
  "  rungs-cli check --junit --rules ours.conf *.log > report.xml",
  run,
};
