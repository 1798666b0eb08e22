/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The findings as TAP, version 14: a test a flow, with its findings from warnings on in a YAML block.  See rungs-check-format.h. */

#include "config.h"

#include "rungs-check-format.h"

/* A description ends at a line end, and "#" begins a directive in it. */
static void
print_description (const char *text)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '#' || *p == '\\')
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *p == '\n' || *p == '\r' ? ' ' : *p);
    }
  g_print ("%s", escaped->str);
}

/* A string of YAML in double quotes. */
static void
print_string (const char *key, const char *text)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  if (text == NULL)
    return;
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (escaped, "\\%c", *p);
    else if ((guchar) *p < ' ' || *p == 0x7f)
      g_string_append_printf (escaped, "\\x%02x", (guint) (guchar) *p);
    else
      g_string_append_c (escaped, *p);
  g_print ("      %s: \"%s\"\n", key, escaped->str);
}

static void
tap_begin (RungsCheckReport *report)
{
  g_print ("TAP version 14\n1..%u\n", report->n_flows);
}

static void
tap_flow (RungsCheckReport *report, const RungsCheckFlow *flow)
{
  g_autofree char *name = rungs_check_flow_dup_name (report->trace, flow);
  gboolean open = FALSE;

  g_print ("%s %u - ", rungs_check_flow_find_problem (flow) != NULL ? "not ok" : "ok", report->n_done + 1);
  print_description (name);
  g_print ("\n");
  for (guint i = 0; i < flow->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (flow->findings, i);

      if (finding->severity < RUNGS_SEVERITY_WARNING)
        continue;
      if (!open)
        g_print ("  ---\n  findings:\n");
      open = TRUE;
      g_print ("    - rule: \"%s\"\n", finding->rule->id);
      g_print ("      severity: %s\n", rungs_severity_get_id (finding->severity));
      g_print ("      message: %u\n", finding->message + 1);
      print_string ("explanation", finding->explanation);
      print_string ("check", finding->check);
      print_string ("reference", finding->rule->reference);
      report->n_printed++;
    }
  if (open)
    g_print ("  ...\n");
}

static void
tap_end (RungsCheckReport *report)
{
}

const RungsCheckFormat rungs_check_tap = { tap_begin, tap_flow, tap_end };
