/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The findings as JUnit's XML: a test suite a file, a test case a flow, a failure where it has a problem; warnings stand in
 * system-out.  See rungs-check-format.h.
 *
 * The order and the attributes are those that both usual schemas (Ant's and Jenkins's) accept: one failure a test case, which
 * lists all problems of the flow. */

#include "config.h"

#include "rungs-check-format.h"

/* One test suite: the flows that begin in one file. */
typedef struct
{
  GString *cases;
  GString *warnings;
  guint n_cases;
  guint n_failures;
  gint64 start; /* µs, RUNGS_TIME_NONE */
  gint64 end;
} Suite;

/* @text for XML 1.0, which has no place for control characters, not even as references. */
static void
append_text (GString *xml, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '<')
        g_string_append (xml, "&lt;");
      else if (c == '>')
        g_string_append (xml, "&gt;");
      else if (c == '&')
        g_string_append (xml, "&amp;");
      else if (c == '"')
        g_string_append (xml, "&quot;");
      else if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f || c == 0xfffe || c == 0xffff)
        g_string_append (xml, "\xef\xbf\xbd");
      else
        g_string_append_unichar (xml, c);
    }
}

static void
append_seconds (GString *xml, gint64 from, gint64 to)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 length = from != RUNGS_TIME_NONE && to != RUNGS_TIME_NONE ? MAX (to - from, 0) : 0;

  g_string_append (xml, g_ascii_formatd (number, sizeof number, "%.6f", (double) length / G_USEC_PER_SEC));
}

static void
append_finding (GString *xml, const RungsFinding *finding)
{
  g_autofree char *number = g_strdup_printf ("%u", finding->message + 1);

  append_text (xml, finding->rule->id);
  g_string_append (xml, ", message ");
  append_text (xml, number);
  g_string_append (xml, ": ");
  append_text (xml, finding->explanation);
  if (finding->check != NULL)
    {
      g_string_append_c (xml, '\n');
      append_text (xml, finding->check);
    }
  if (finding->rule->reference != NULL)
    {
      g_string_append_c (xml, '\n');
      append_text (xml, finding->rule->reference);
    }
  g_string_append_c (xml, '\n');
}

static void
append_failure (Suite *suite, const RungsCheckFlow *flow, const RungsFinding *first)
{
  g_string_append (suite->cases, "      <failure type=\"");
  append_text (suite->cases, first->rule->id);
  g_string_append (suite->cases, "\" message=\"");
  append_text (suite->cases, first->explanation);
  g_string_append (suite->cases, "\">");
  for (guint i = 0; i < flow->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (flow->findings, i);

      if (finding->severity == RUNGS_SEVERITY_ERROR)
        append_finding (suite->cases, finding);
    }
  g_string_append (suite->cases, "</failure>\n");
}

static void
junit_begin (RungsCheckReport *report)
{
  guint n_files = rungs_trace_get_n_files (report->trace);
  Suite *suites = g_new0 (Suite, n_files + 1);

  for (guint i = 0; i < n_files; i++)
    suites[i] = (Suite){ g_string_new (NULL), g_string_new (NULL), 0, 0, RUNGS_TIME_NONE, RUNGS_TIME_NONE };
  report->data = suites;
}

static void
junit_flow (RungsCheckReport *report, const RungsCheckFlow *flow)
{
  const RungsFinding *problem = rungs_check_flow_find_problem (flow);
  g_autofree char *name = rungs_check_flow_dup_name (report->trace, flow);
  guint n_messages;
  const guint32 *messages = rungs_trace_get_flow_messages (report->trace, flow->flow, &n_messages);
  Suite *suite = &((Suite *) report->data)[rungs_trace_get_message (report->trace, messages[0])->file];

  if (suite->start == RUNGS_TIME_NONE)
    suite->start = flow->info->start;
  suite->end = MAX (suite->end, flow->info->end);
  suite->n_cases++;
  suite->n_failures += problem != NULL;
  g_string_append_printf (suite->cases,
                          "    <testcase classname=\"%s\" name=\"",
                          rungs_flow_kind_get_id (flow->info->kind));
  append_text (suite->cases, name);
  g_string_append (suite->cases, "\" time=\"");
  append_seconds (suite->cases, flow->info->start, flow->info->end);
  g_string_append (suite->cases, problem != NULL ? "\">\n" : "\"/>\n");
  if (problem != NULL)
    {
      append_failure (suite, flow, problem);
      g_string_append (suite->cases, "    </testcase>\n");
    }
  for (guint i = 0; i < flow->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (flow->findings, i);

      if (finding->severity == RUNGS_SEVERITY_WARNING)
        append_finding (suite->warnings, finding);
    }
}

static void
print_suite (RungsCheckReport *report, guint file, const Suite *suite)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GDateTime) start =
    g_date_time_new_from_unix_utc (suite->start != RUNGS_TIME_NONE ? suite->start / G_USEC_PER_SEC : 0);
  g_autofree char *stamp = start != NULL ? g_date_time_format (start, "%Y-%m-%dT%H:%M:%S") : NULL;

  g_string_append_printf (head, "  <testsuite id=\"%u\" package=\"rungs\" name=\"", file);
  append_text (head, rungs_trace_get_file (report->trace, file)->name);
  g_string_append_printf (head,
                          "\" timestamp=\"%s\" hostname=\"localhost\" tests=\"%u\" failures=\"%u\" "
                          "errors=\"0\" time=\"",
                          stamp != NULL ? stamp : "1970-01-01T00:00:00",
                          suite->n_cases,
                          suite->n_failures);
  append_seconds (head, suite->start, suite->end);
  g_print ("%s\">\n    <properties/>\n%s    <system-out>%s</system-out>\n    <system-err/>\n  </testsuite>\n",
           head->str,
           suite->cases->str,
           suite->warnings->str);
}

static void
junit_end (RungsCheckReport *report)
{
  Suite *suites = report->data;

  g_print ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
  for (guint i = 0; i < rungs_trace_get_n_files (report->trace); i++)
    {
      if (suites[i].n_cases > 0)
        print_suite (report, i, &suites[i]);
      g_string_free (suites[i].cases, TRUE);
      g_string_free (suites[i].warnings, TRUE);
    }
  g_print ("</testsuites>\n");
  g_free (suites);
}

const RungsCheckFormat rungs_check_junit = { junit_begin, junit_flow, junit_end };
