/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli stats: how much is in a trace, and what of its bytes was not read. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-json.h"
#include "rungs-cli-signatures.h"
#include "rungs-diagnoser.h"
#include "rungs-knowledge.h"
#include "rungs-media.h"
#include "rungs-text.h"

#define PREVIEW       60 /* bytes */
#define MAX_TLS_LINES 20

/* The flows with a finding of severity error, as the worker marked them. */
static guint64
count_problems (const RungsCliOptions *options)
{
  RungsTrace *trace = options->trace;
  guint64 n_problems = 0;

  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    n_problems +=
      rungs_mark_get_severity (rungs_trace_get_flow (trace, flow)->mark) == RUNGS_SEVERITY_ERROR &&
      rungs_cli_flow_is_selected (options, flow);
  return n_problems;
}

/* The numbers of the trace, or of what --flow and --filter leave of its messages; bytes are those of the whole files. */
static RungsTotals
count (const RungsCliOptions *options)
{
  RungsTrace *trace = options->trace;
  RungsTotals totals = *rungs_trace_get_totals (trace);

  if (!options->narrowed)
    return totals;
  totals.messages = rungs_selection_get_length (options->selection);
  totals.flows = totals.dialogs = totals.registrations = totals.calls = 0;
  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    {
      const RungsMessageInfo *first;
      guint n_messages;

      if (!rungs_cli_flow_is_selected (options, flow))
        continue;
      first = rungs_trace_get_message (trace, rungs_trace_get_flow_messages (trace, flow, &n_messages)[0]);
      totals.flows++;
      totals.dialogs += first->call_id != 0;
      totals.registrations += first->call_id != 0 && first->method == RUNGS_SIP_METHOD_REGISTER;
      totals.calls += first->call_id != 0 && first->method == RUNGS_SIP_METHOD_INVITE;
    }
  return totals;
}

/* What a capture holds beside messages. */
typedef struct
{
  guint64 rtp_streams;
  guint64 rtp_packets;
  guint64 rtcp_packets;
  guint64 tls_connections;
  guint64 keepalives;
} Streams;

static Streams
count_streams (RungsTrace *trace)
{
  Streams streams = { 0 };

  for (guint i = 0; i < rungs_trace_get_n_streams (trace); i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, i);

      streams.rtp_streams += stream->kind == RUNGS_FOREIGN_RTP;
      streams.rtp_packets += stream->kind == RUNGS_FOREIGN_RTP ? stream->packets : 0;
      streams.rtcp_packets += stream->kind == RUNGS_FOREIGN_RTCP ? stream->packets : 0;
      streams.keepalives += stream->kind == RUNGS_FOREIGN_KEEPALIVE ? stream->packets : 0;
      streams.tls_connections += stream->kind == RUNGS_FOREIGN_TLS;
    }
  return streams;
}

/* What the range begins with, as display text. */
static char *
get_preview (RungsTrace *trace, guint file, const RungsLedgerEntry *entry)
{
  return rungs_text_display_max (rungs_slice_sub (rungs_trace_get_file_bytes (trace, file),
                                                  entry->offset,
                                                  MIN (entry->length, PREVIEW)),
                                 PREVIEW);
}

static void
add_unread_json (JsonBuilder *builder, RungsTrace *trace)
{
  guint64 unlisted = 0;

  json_builder_set_member_name (builder, "unread");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rungs_trace_get_n_files (trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (trace, i);

      unlisted += file->error == NULL ? rungs_ledger_get_unlisted (&file->ledger) : 0;
      for (guint n = 0; file->error == NULL && n < file->ledger.entries->len; n++)
        {
          const RungsLedgerEntry *entry = &g_array_index (file->ledger.entries, RungsLedgerEntry, n);
          const char *id = rungs_unread_reason_get_id (entry->reason);
          const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_UNREAD, id);
          g_autofree char *preview = get_preview (trace, i, entry);

          json_builder_begin_object (builder);
          rungs_cli_json_add_string (builder, "file", file->name);
          rungs_cli_json_add_int (builder, "offset", entry->offset);
          rungs_cli_json_add_int (builder, "length", entry->length);
          rungs_cli_json_add_string (builder, "reason", id);
          rungs_cli_json_add_string (builder, "explanation", fact != NULL ? fact->explanation : NULL);
          rungs_cli_json_add_string (builder, "preview", preview);
          json_builder_end_object (builder);
        }
    }
  json_builder_end_array (builder);
  rungs_cli_json_add_int (builder, "unlisted_bytes", unlisted);
}

static void
add_tls_json (JsonBuilder *builder, RungsTrace *trace)
{
  json_builder_set_member_name (builder, "tls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rungs_trace_get_n_streams (trace); i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, i);
      g_autofree char *source = rungs_address_to_string (&stream->source);
      g_autofree char *destination = rungs_address_to_string (&stream->destination);
      g_autofree char *words = rungs_foreign_stream_describe (stream);

      if (stream->kind != RUNGS_FOREIGN_TLS)
        continue;
      json_builder_begin_object (builder);
      rungs_cli_json_add_string (builder, "source", source);
      rungs_cli_json_add_string (builder, "destination", destination);
      rungs_cli_json_add_slice (builder, "server_name", stream->name);
      rungs_cli_json_add_int (builder, "version", stream->version);
      rungs_cli_json_add_int (builder, "bytes", stream->bytes);
      rungs_cli_json_add_string (builder, "description", words);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (RungsTrace *trace, const RungsTotals *totals, const guint64 *n_problems, gboolean unread)
{
  const Streams streams = count_streams (trace);
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
  rungs_cli_json_add_int (builder, "rtp_streams", streams.rtp_streams);
  rungs_cli_json_add_int (builder, "rtp_packets", streams.rtp_packets);
  rungs_cli_json_add_int (builder, "rtcp_packets", streams.rtcp_packets);
  rungs_cli_json_add_int (builder, "keepalives", streams.keepalives);
  add_tls_json (builder, trace);
  if (n_problems != NULL)
    rungs_cli_json_add_int (builder, "problems", *n_problems);
  if (unread)
    add_unread_json (builder, trace);
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

/* Encrypted connections by name: at most so many lines, and how many more there are. */
static void
print_tls (RungsTrace *trace, guint limit)
{
  guint n = 0;

  for (guint i = 0; i < rungs_trace_get_n_streams (trace); i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, i);
      g_autofree char *words = NULL;

      if (stream->kind != RUNGS_FOREIGN_TLS)
        continue;
      if (n++ == 0)
        g_print ("\n");
      if (n > limit)
        continue;
      words = rungs_foreign_stream_describe (stream);
      g_print ("%s\n", words);
    }
  if (n > limit)
    g_print (ngettext ("and %u more encrypted connection; stats --unread names it\n",
                       "and %u more encrypted connections; stats --unread names them\n",
                       n - limit),
             n - limit);
}

/* Every range of bytes that is in no message, and what it begins with. */
static void
print_ranges (RungsTrace *trace, guint file)
{
  const RungsLedger *ledger = &rungs_trace_get_file (trace, file)->ledger;
  guint64 unlisted = rungs_ledger_get_unlisted (ledger);

  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const RungsLedgerEntry *entry = &g_array_index (ledger->entries, RungsLedgerEntry, i);
      const char *id = rungs_unread_reason_get_id (entry->reason);
      const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_UNREAD, id);
      g_autofree char *preview = get_preview (trace, file, entry);

      g_print ("%12" G_GUINT64_FORMAT " +%-8" G_GUINT64_FORMAT "  %s\n",
               entry->offset,
               entry->length,
               fact != NULL ? fact->explanation : id);
      g_print ("%24s%s\n", "", preview);
    }
  if (unlisted > 0)
    print_line (unlisted, _ ("bytes in further ranges, which are not listed"));
}

static void
print_unread (RungsTrace *trace)
{
  for (guint i = 0; i < rungs_trace_get_n_files (trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (trace, i);

      if (file->error != NULL)
        continue;
      g_print ("%s: %s\n", file->name, file->format_name != NULL ? _ (file->format_name) : "");
      print_ranges (trace, i);
    }
  print_tls (trace, G_MAXUINT);
}

static void
print_text (RungsTrace *trace, const RungsTotals *totals, const guint64 *n_problems)
{
  const Streams streams = count_streams (trace);

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
  if (streams.rtp_streams > 0)
    {
      print_line (streams.rtp_streams, _ ("RTP streams"));
      print_line (streams.rtp_packets, _ ("RTP packets"));
    }
  if (streams.rtcp_packets > 0)
    print_line (streams.rtcp_packets, _ ("RTCP packets"));
  if (streams.keepalives > 0)
    print_line (streams.keepalives, _ ("keep-alives"));
  print_files (trace);
  print_tls (trace, MAX_TLS_LINES);
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  gboolean check = FALSE;
  gboolean unread = FALSE;
  g_auto (RungsCliSignatures) signatures = { 0 };
  guint64 n_problems;
  RungsTotals totals;
  int status;
  const GOptionEntry entries[] = {
    { "check",
      0,
      0,
      G_OPTION_ARG_NONE,
      &check,
      N_ ("Also run the rules and count the flows with a problem"),
      NULL },
    { "unread",
      0,
      0,
      G_OPTION_ARG_NONE,
      &unread,
      N_ ("List the ranges of bytes that are in no message, with the reasons"),
      NULL },
    RUNGS_CLI_SIGNATURE_OPTIONS (signatures),
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_stats, entries, TRUE, argc, argv, &status) ||
      !rungs_cli_signatures_load (&signatures, &options, check ? rungs_diagnose_trace : NULL, &status))
    return status;
  totals = count (&options);
  n_problems = check ? count_problems (&options) : 0;
  if (options.json)
    print_json (options.trace, &totals, check ? &n_problems : NULL, unread);
  else if (unread)
    print_unread (options.trace);
  else
    print_text (options.trace, &totals, check ? &n_problems : NULL);
  return options.status;
}

const RungsCommand rungs_command_stats = {
  "stats",
  "FILE…",
  N_ ("How many messages, flows, registrations and calls; bytes read and not read"),
  "  rungs-cli stats capture.pcapng\n"
  "  rungs-cli stats --unread capture.pcapng\n"
  "  rungs-cli stats --json --check *.log",
  run,
};
