/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the commands share.  See rungs-cli-options.h. */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "rungs-cli-options.h"
#include "rungs-diagnoser.h"
#include "rungs-error.h"
#include "rungs-user-rules.h"

void
rungs_cli_options_init (RungsCliOptions *self)
{
  *self = (RungsCliOptions){ 0 };
}

void
rungs_cli_options_clear (RungsCliOptions *self)
{
  g_clear_pointer (&self->flows, g_strfreev);
  g_clear_pointer (&self->filter_text, g_free);
  g_clear_pointer (&self->ignored, g_strfreev);
  g_clear_pointer (&self->rules, g_strfreev);
  g_clear_pointer (&self->shifts, g_strfreev);
  g_clear_pointer (&self->files, g_strfreev);
  g_clear_pointer (&self->selection, rungs_selection_unref);
  g_clear_object (&self->trace);
}

int
rungs_cli_usage_error (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("rungs-cli: %s\n", message);
  return RUNGS_EXIT_USAGE;
}

static int
unknown_rule (const char *id)
{
  g_autoptr (GPtrArray) near = rungs_rule_suggest (id);
  g_autofree char *names = NULL;

  if (near->len == 0)
    return rungs_cli_usage_error (_ ("there is no rule “%s”"), id);
  g_ptr_array_add (near, NULL);
  names = g_strjoinv (", ", (char **) near->pdata);
  return rungs_cli_usage_error (_ ("there is no rule “%s”; did you mean %s?"), id, names);
}

/* The users' rules, and which of all rules are switched off. */
static gboolean
set_rules (const RungsCliOptions *self, int *status)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean good = rungs_user_rules_load_default (&error);

  for (guint i = 0; good && self->rules != NULL && self->rules[i] != NULL; i++)
    good = rungs_user_rules_load (self->rules[i], &error);
  if (!good)
    {
      *status = rungs_cli_usage_error ("%s", error->message);
      return FALSE;
    }
  for (guint i = 0; self->ignored != NULL && self->ignored[i] != NULL; i++)
    {
      g_auto (GStrv) list = g_strsplit (self->ignored[i], ",", -1);

      for (guint j = 0; list[j] != NULL; j++)
        {
          const char *id = g_strstrip (list[j]);

          if (rungs_rule_lookup (id) == NULL)
            {
              *status = unknown_rule (id);
              return FALSE;
            }
          g_ptr_array_add (ids, g_strdup (id));
        }
    }
  /* A command that does not judge has no need to read the rules. */
  if (ids->len == 0)
    return TRUE;
  g_ptr_array_add (ids, NULL);
  rungs_rule_set_ignored ((const char *const *) ids->pdata);
  return TRUE;
}

/* What narrows a trace, and how it is judged and shown. */
static void
add_trace_entries (RungsCliOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "flow",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &self->flows,
      N_ ("Only the flow with this Call-ID (may be repeated)"),
      N_ ("CALL-ID") },
    { "filter",
      0,
      0,
      G_OPTION_ARG_STRING,
      &self->filter_text,
      N_ ("Only the messages that match"),
      N_ ("EXPRESSION") },
    { "ignore",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &self->ignored,
      N_ ("Judge without this rule (a list with commas; may be repeated)"),
      N_ ("RULE") },
    { "rules",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &self->rules,
      N_ ("Judge by the rules of this file, too (may be repeated)"),
      N_ ("FILE") },
    { "shift",
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &self->shifts,
      N_ ("Correct the clock of a file by so many seconds (may be repeated)"),
      N_ ("FILE=SECONDS") },
    { "utc", 0, 0, G_OPTION_ARG_NONE, &self->utc, N_ ("Show times in UTC instead of local time"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

gboolean
rungs_cli_options_parse (RungsCliOptions *self,
                         const RungsCommand *command,
                         const GOptionEntry *entries,
                         gboolean needs_files,
                         int argc,
                         char **argv,
                         int *status)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autoptr (GError) error = NULL;
  g_autofree char *prgname = g_strdup_printf ("rungs-cli %s", command->name);
  g_autofree char *examples = g_strdup_printf ("%s\n%s", _ ("Examples:"), command->examples);

  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, examples);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (needs_files)
    add_trace_entries (self, context);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  g_set_prgname (prgname);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      *status = rungs_cli_usage_error ("%s", error->message);
      return FALSE;
    }
  if (self->files == NULL && !command->takes_input)
    {
      *status = needs_files
                  ? rungs_cli_usage_error (_ ("which file? “rungs-cli %s --help” tells more"), command->name)
                  : rungs_cli_usage_error (_ ("which name? “rungs-cli %s --help” tells more"), command->name);
      return FALSE;
    }
  return !needs_files || set_rules (self, status);
}

/* Names the files that failed. Where the trace is NULL its one error has been told already. */
void
rungs_cli_options_report_failures (RungsCliOptions *self)
{
  for (guint i = 0; i < rungs_trace_get_n_files (self->trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (self->trace, i);

      if (!rungs_trace_file_failed (file))
        continue;
      g_printerr ("rungs-cli: %s\n", file->error->message);
      self->status = RUNGS_EXIT_UNREADABLE;
    }
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

gboolean
rungs_cli_options_select (RungsCliOptions *self, gboolean may_come, int *status)
{
  g_autoptr (GArray) flows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) messages = NULL;
  g_autoptr (RungsSelection) all = NULL;
  g_autoptr (RungsFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (RungsSipMessage) scratch;
  gsize offset = 0;

  g_clear_pointer (&self->selection, rungs_selection_unref);
  rungs_sip_message_init (&scratch);
  self->narrowed = self->flows != NULL || self->filter_text != NULL;
  for (guint i = 0; self->flows != NULL && self->flows[i] != NULL; i++)
    {
      guint32 flow = rungs_trace_find_flow (self->trace, rungs_slice_from_string (self->flows[i]));

      if (flow == RUNGS_NO_FLOW && may_come)
        continue;
      if (flow == RUNGS_NO_FLOW)
        {
          g_printerr (_ ("rungs-cli: no message has the Call-ID “%s”\n"), self->flows[i]);
          *status = RUNGS_EXIT_USAGE;
          return FALSE;
        }
      g_array_append_val (flows, flow);
    }
  g_array_sort (flows, compare_indexes);
  all = self->flows != NULL ? rungs_selection_new_for_flows (self->trace, (guint32 *) flows->data, flows->len)
                            : rungs_selection_new_all (self->trace);
  if (self->filter_text == NULL)
    {
      self->selection = g_steal_pointer (&all);
      return TRUE;
    }
  filter = rungs_filter_parse (self->filter_text, &offset, &error);
  if (filter == NULL)
    {
      g_printerr ("rungs-cli: %s\n  %s\n  %*s^\n", error->message, self->filter_text, (int) offset, "");
      *status = RUNGS_EXIT_USAGE;
      return FALSE;
    }
  messages = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < rungs_selection_get_length (all); i++)
    {
      guint32 message = rungs_selection_get (all, i);

      if (rungs_filter_matches (filter, self->trace, message, &scratch))
        g_array_append_val (messages, message);
    }
  self->selection = rungs_selection_new_for_messages (self->trace, (guint32 *) messages->data, messages->len);
  return TRUE;
}

/* The corrections of clocks. Returns: (transfer full) (nullable): %NULL after an error message */
static RungsClockShifts *
parse_shifts (const RungsCliOptions *self)
{
  g_autoptr (RungsClockShifts) shifts = rungs_clock_shifts_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; self->shifts != NULL && self->shifts[i] != NULL; i++)
    if (!rungs_clock_shifts_parse (shifts, self->shifts[i], &error))
      {
        rungs_cli_usage_error ("%s", error->message);
        return NULL;
      }
  return g_steal_pointer (&shifts);
}

/* A correction of what is not there is a mistake in the name. */
static gboolean
check_shifts (const RungsCliOptions *self)
{
  for (guint i = 0; self->shifts != NULL && self->shifts[i] != NULL; i++)
    {
      g_autofree char *name =
        g_strndup (self->shifts[i], (gsize) (strrchr (self->shifts[i], '=') - self->shifts[i]));
      guint n_paths = 0;
      guint n_names = 0;

      for (guint n = 0; n < rungs_trace_get_n_files (self->trace); n++)
        {
          n_paths += g_str_equal (rungs_trace_get_file (self->trace, n)->path, name);
          n_names += g_str_equal (rungs_trace_get_file (self->trace, n)->name, name);
        }
      if (n_paths > 0 || n_names == 1)
        continue;
      rungs_cli_usage_error (n_names == 0
                               ? _ ("--shift: no file is named “%s”")
                               : _ ("--shift: several files are named “%s”: say which with its path"),
                             name);
      return FALSE;
    }
  return TRUE;
}

gboolean
rungs_cli_options_load (RungsCliOptions *self, RungsPrepareFunc prepare, int *status)
{
  /* A filter may ask for verdicts. */
  g_autoptr (RungsLoader) loader =
    rungs_loader_new ((const char *const *) self->files,
                      self->filter_text != NULL ? rungs_diagnose_trace : prepare);
  g_autoptr (RungsClockShifts) shifts = NULL;
  g_autoptr (GError) error = NULL;

  *status = RUNGS_EXIT_USAGE;
  shifts = parse_shifts (self);
  if (shifts == NULL)
    return FALSE;
  rungs_loader_set_shifts (loader, shifts);
  self->trace = rungs_loader_load (loader, NULL, &error);
  if (self->trace == NULL)
    {
      g_printerr ("rungs-cli: %s\n", error->message);
      *status = RUNGS_EXIT_UNREADABLE;
      return FALSE;
    }
  if (!check_shifts (self))
    return FALSE;
  rungs_cli_options_report_failures (self);
  return rungs_cli_options_select (self, FALSE, status);
}

RungsClock
rungs_cli_options_get_clock (const RungsCliOptions *self)
{
  return self->utc ? RUNGS_CLOCK_UTC : RUNGS_CLOCK_LOCAL;
}

gboolean
rungs_cli_flow_is_selected (const RungsCliOptions *self, guint flow)
{
  const guint32 *messages;
  guint n_messages;

  if (!self->narrowed)
    return TRUE;
  messages = rungs_trace_get_flow_messages (self->trace, flow, &n_messages);
  for (guint i = 0; i < n_messages; i++)
    if (rungs_selection_find (self->selection, messages[i]) != G_MAXUINT)
      return TRUE;
  return FALSE;
}

gboolean
rungs_cli_use_color (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return isatty (STDOUT_FILENO) && (no_color == NULL || *no_color == '\0');
}
