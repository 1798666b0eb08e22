/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli explain: what a header, method, status code, parameter or error means. */

#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "rungs-cli-json.h"
#include "rungs-cli-options.h"
#include "rungs-knowledge.h"
#include "rungs-note.h"
#include "rungs-rule.h"
#include "rungs-text.h"

static void
print_paragraph (const char *label, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (label != NULL)
    g_print ("  %s %s\n", label, text);
  else
    g_print ("  %s\n", text);
}

static void
print_fact (RungsTopic topic, const RungsFact *fact)
{
  g_autofree char *uri =
    fact->reference != NULL ? rungs_reference_to_uri (fact->reference, fact->section) : NULL;

  g_print ("%s", fact->name);
  if (fact->phrase != NULL)
    g_print (" %s", fact->phrase);
  if (fact->compact != NULL)
    g_print (" (%s)", fact->compact);
  g_print (" · %s\n", rungs_topic_get_name (topic));
  print_paragraph (NULL, fact->explanation);
  print_paragraph (_ ("In a registration:"), fact->registration);
  print_paragraph (_ ("What to do:"), fact->check);
  if (fact->note != NULL && rungs_note_load (fact->note) != NULL)
    print_paragraph (_ ("Background note:"), rungs_note_load (fact->note)->title);
  if (fact->reference != NULL)
    g_print ("  %s%s%s%s%s\n",
             fact->reference,
             fact->section != NULL ? ", " : "",
             fact->section != NULL ? fact->section : "",
             uri != NULL ? " · " : "",
             uri != NULL ? uri : "");
}

static void
print_fact_json (RungsTopic topic, const RungsFact *fact, gboolean is_first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *uri =
    fact->reference != NULL ? rungs_reference_to_uri (fact->reference, fact->section) : NULL;

  json_builder_begin_object (builder);
  rungs_cli_json_add_string (builder, "topic", rungs_topic_get_id (topic));
  rungs_cli_json_add_string (builder, "name", fact->name);
  rungs_cli_json_add_string (builder, "compact", fact->compact);
  rungs_cli_json_add_string (builder, "phrase", fact->phrase);
  rungs_cli_json_add_string (builder, "explanation", fact->explanation);
  rungs_cli_json_add_string (builder, "registration", fact->registration);
  rungs_cli_json_add_string (builder, "check", fact->check);
  rungs_cli_json_add_string (builder, "note", fact->note);
  rungs_cli_json_add_string (builder, "reference", fact->reference);
  rungs_cli_json_add_string (builder, "section", fact->section);
  rungs_cli_json_add_string (builder, "uri", uri);
  json_builder_end_object (builder);
  rungs_cli_json_array_item (builder, is_first);
}

static void
print_rule (const RungsRule *rule)
{
  g_print ("%s · %s\n", rule->id, rungs_severity_get_name (rule->severity));
  print_paragraph (NULL, rule->explanation);
  print_paragraph (_ ("What to do:"), rule->check);
  print_paragraph (NULL, rule->reference);
}

static void
report_unknown (const char *name)
{
  g_autoptr (GPtrArray) close_names = rungs_knowledge_suggest (name);
  g_autofree char *shown = rungs_text_display (rungs_slice_from_string (name));
  g_autofree char *list = NULL;

  if (close_names->len == 0)
    {
      g_printerr (_ ("rungs-cli: Rungs does not know “%s”\n"), shown);
      return;
    }
  if (close_names->pdata[close_names->len - 1] != NULL)
    g_ptr_array_add (close_names, NULL);
  list = g_strjoinv (", ", (char **) close_names->pdata);
  g_printerr (_ ("rungs-cli: Rungs does not know “%s”; it knows %s\n"), shown, list);
}

/* Prints whatever is known under @name, in any topic. */
static gboolean
explain (const char *name, gboolean json, gboolean *is_first)
{
  const RungsRule *rule = rungs_rule_lookup (name);
  gboolean found = rule != NULL && !json;

  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      const RungsFact *fact = rungs_knowledge_lookup (topic, name);

      if (fact == NULL)
        continue;
      if (json)
        print_fact_json (topic, fact, *is_first);
      else
        print_fact (topic, fact);
      *is_first = FALSE;
      found = TRUE;
    }
  if (rule != NULL && !json)
    print_rule (rule);
  return found;
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  gboolean is_first = TRUE;
  int status;

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_explain, NULL, FALSE, argc, argv, &status))
    return status;
  status = RUNGS_EXIT_OK;
  if (options.json)
    rungs_cli_json_array_begin ();
  for (guint i = 0; options.files[i] != NULL; i++)
    {
      if (explain (options.files[i], options.json, &is_first))
        continue;
      report_unknown (options.files[i]);
      status = RUNGS_EXIT_UNREADABLE;
    }
  if (options.json)
    rungs_cli_json_array_end ();
  return status;
}

const RungsCommand rungs_command_explain = {
  "explain",
  "NAME…",
  N_ ("What a header, method, status code, ms-diagnostics id, Kerberos error or term means"),
  "  rungs-cli explain Call-ID\n"
  "  rungs-cli explain dialog \"home pool\"\n"
  "  rungs-cli explain 401 ms-user-logon-data KRB_AP_ERR_SKEW",
  run,
};
