/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli stats: how much is in a trace, and what of its bytes was not read. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-json.h"
#include "rungs-cli-options.h"
#include "rungs-diagnoser.h"
#include "rungs-knowledge.h"

/* The flows with a finding of severity error, as the worker marked them. */
static guint64
count_problems (RungsTrace *trace)
{
  guint64 n_problems = 0;

  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    n_problems += rungs_mark_get_severity (rungs_trace_get_flow (trace, flow)->mark) == RUNGS_SEVERITY_ERROR;
  return n_problems;
}

static void
print_json (const RungsTotals *totals, const guint64 *n_problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_cli_json_add_int (builder, "messages", totals->messages);
  rungs_cli_json_add_int (builder, "flows", totals->flows);
  rungs_cli_json_add_int (builder, "dialogs", totals->dialogs);
  rungs_cli_json_add_int (builder, "registrations", totals->registrations);
  rungs_cli_json_add_int (builder, "calls", totals->calls);
  rungs_cli_json_add_int (builder, "kerberos", totals->kerberos);
  rungs_cli_json_add_int (builder, "bytes", totals->bytes);
  rungs_cli_json_add_int (builder, "unread_bytes", totals->unread_bytes);
  if (n_problems != NULL)
    rungs_cli_json_add_int (builder, "problems", *n_problems);
  json_builder_end_object (builder);
  rungs_cli_json_print (builder);
  fputc ('\n', stdout);
}

static void
print_line (guint64 value, const char *what)
{
  g_print ("%12" G_GUINT64_FORMAT "  %s\n", value, what);
}

/* Each file, and why some of its bytes are in no message. */
static void
print_files (RungsTrace *trace)
{
  for (guint i = 0; i < rungs_trace_get_n_files (trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (trace, i);

      if (file->error != NULL)
        continue;
      g_print ("\n%s: %s\n", file->name, file->format_name != NULL ? _ (file->format_name) : "");
      for (guint reason = 0; reason < RUNGS_N_UNREAD_REASONS; reason++)
        {
          const char *id = rungs_unread_reason_get_id (reason);
          const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_UNREAD, id);

          if (file->ledger.by_reason[reason] > 0)
            print_line (file->ledger.by_reason[reason], fact != NULL ? fact->explanation : id);
        }
    }
}

static void
print_text (RungsTrace *trace, const guint64 *n_problems)
{
  const RungsTotals *totals = rungs_trace_get_totals (trace);

  print_line (totals->messages, _ ("SIP messages"));
  print_line (totals->flows, _ ("flows"));
  print_line (totals->dialogs, _ ("dialogs (distinct Call-IDs)"));
  print_line (totals->registrations, _ ("registrations"));
  print_line (totals->calls, _ ("calls"));
  print_line (totals->kerberos, _ ("Kerberos messages"));
  print_line (totals->bytes, _ ("bytes"));
  print_line (totals->unread_bytes, _ ("bytes not read"));
  if (n_problems != NULL)
    print_line (*n_problems, _ ("flows with a problem"));
  print_files (trace);
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  gboolean check = FALSE;
  guint64 n_problems;
  int status;
  const GOptionEntry entries[] = {
    { "check",
      0,
      0,
      G_OPTION_ARG_NONE,
      &check,
      N_ ("Also run the rules and count the flows with a problem"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_stats, entries, TRUE, argc, argv, &status) ||
      !rungs_cli_options_load (&options, check ? rungs_diagnose_trace : NULL, &status))
    return status;
  n_problems = check ? count_problems (options.trace) : 0;
  if (options.json)
    print_json (rungs_trace_get_totals (options.trace), check ? &n_problems : NULL);
  else
    print_text (options.trace, check ? &n_problems : NULL);
  return options.status;
}

const RungsCommand rungs_command_stats = {
  "stats",
  "FILE…",
  N_ ("How many messages, flows, registrations and calls; bytes read and not read"),
  "  rungs-cli stats capture.pcapng\n"
  "  rungs-cli stats --json --check *.log",
  run,
};
