/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The findings for people, and as JSON: an array of objects, written one at a time.  See rungs-check-format.h. */

#include "config.h"

#include <glib/gi18n.h>

#include "rungs-check-format.h"
#include "rungs-cli-json.h"
#include "rungs-text.h"

const RungsFinding *
rungs_check_flow_find_problem (const RungsCheckFlow *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (self->findings, i);

      if (finding->severity == RUNGS_SEVERITY_ERROR)
        return finding;
    }
  return NULL;
}

char *
rungs_check_flow_dup_name (RungsTrace *trace, const RungsCheckFlow *self)
{
  g_autofree char *who = rungs_text_display (rungs_trace_get_string (trace, self->info->who));
  g_autofree char *peer = rungs_text_display (rungs_trace_get_string (trace, self->info->peer));
  const char *title = rungs_diagnosis_get_title (self->diagnosis);

  if (self->info->kind == RUNGS_FLOW_REGISTRATION || *peer == '\0')
    return g_strdup_printf ("%s: %s (%s)", title, who, self->call_id);
  return g_strdup_printf ("%s: %s → %s (%s)", title, who, peer, self->call_id);
}

static void
print_finding (RungsCheckReport *report, const RungsFinding *finding, const char *call_id)
{
  g_print (_ ("%s, message %u: %s\n"),
           rungs_severity_get_name (finding->severity),
           finding->message + 1,
           finding->explanation);
  if (finding->check != NULL)
    g_print (_ ("  What to do: %s\n"), finding->check);
  g_print ("  %s · ", finding->rule->id);
  if (finding->rule->reference != NULL)
    g_print ("%s · ", finding->rule->reference);
  g_print ("%s\n", call_id);
  report->n_printed++;
}

static void
text_begin (RungsCheckReport *report)
{
}

static void
text_flow (RungsCheckReport *report, const RungsCheckFlow *flow)
{
  for (guint i = 0; i < flow->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (flow->findings, i);

      if (report->all || finding->severity >= RUNGS_SEVERITY_WARNING)
        print_finding (report, finding, flow->call_id);
    }
}

static void
text_end (RungsCheckReport *report)
{
  if (report->n_printed == 0)
    g_print ("%s\n", _ ("Nothing wrong was found."));
}

static void
json_begin (RungsCheckReport *report)
{
  rungs_cli_json_array_begin ();
}

static void
json_flow (RungsCheckReport *report, const RungsCheckFlow *flow)
{
  for (guint i = 0; i < flow->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (flow->findings, i);
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      rungs_cli_json_add_string (builder, "rule", finding->rule->id);
      rungs_cli_json_add_string (builder, "severity", rungs_severity_get_id (finding->severity));
      rungs_cli_json_add_int (builder, "message", finding->message + 1);
      rungs_cli_json_add_string (builder, "flow", flow->call_id);
      rungs_cli_json_add_string (builder, "explanation", finding->explanation);
      rungs_cli_json_add_string (builder, "check", finding->check);
      rungs_cli_json_add_string (builder, "reference", finding->rule->reference);
      json_builder_set_member_name (builder, "evidence");
      json_builder_begin_array (builder);
      for (guint j = 0; j < finding->n_evidence; j++)
        json_builder_add_int_value (builder, finding->evidence[j] + 1);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      rungs_cli_json_array_item (builder, report->n_printed == 0);
      report->n_printed++;
    }
}

static void
json_end (RungsCheckReport *report)
{
  rungs_cli_json_array_end ();
}

const RungsCheckFormat rungs_check_text = { text_begin, text_flow, text_end };
const RungsCheckFormat rungs_check_json = { json_begin, json_flow, json_end };
