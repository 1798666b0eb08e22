/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The users' rules of this process, and judging by them.  See rungs-user-rules.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-user-rules.h"

/* No rules that somebody wrote are longer. */
#define MAX_FILE (1024 * 1024)

/* Written before the first trace is judged, read by all threads afterwards. */
static GPtrArray *user_rules;

void
rungs_user_rule_free (RungsUserRule *self)
{
  if (self == NULL)
    return;
  if (self->rule != NULL)
    {
      g_free ((gpointer) self->rule->id);
      g_free ((gpointer) self->rule->explanation);
      g_free ((gpointer) self->rule->check);
      g_free ((gpointer) self->rule->reference);
      g_free (self->rule);
    }
  g_clear_pointer (&self->when, rungs_filter_unref);
  g_clear_pointer (&self->missing, rungs_filter_unref);
  g_free (self);
}

gboolean
rungs_user_rules_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  name = g_filename_display_name (path);
  if (length > MAX_FILE)
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_SYNTAX,
                   _ ("%s is too large for a file of rules (more than 1 MiB)"),
                   name);
      return FALSE;
    }
  rules = rungs_user_rules_parse (rungs_slice (text, length), name, error);
  if (rules == NULL)
    return FALSE;
  if (user_rules == NULL)
    user_rules = g_ptr_array_new ();
  for (guint i = 0; i < rules->len; i++)
    rungs_rule_add (((RungsUserRule *) g_ptr_array_index (rules, i))->rule);
  g_ptr_array_extend_and_steal (user_rules, g_steal_pointer (&rules));
  return TRUE;
}

gboolean
rungs_user_rules_load_default (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rungs", "rules.conf", NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS) || rungs_user_rules_load (path, error);
}

static gboolean
matches (const RungsJudge *judge, const RungsFilter *filter, guint position, RungsSipMessage *scratch)
{
  return rungs_filter_matches (filter,
                               judge->facts->trace,
                               judge->facts->messages[position].message,
                               scratch);
}

/* Whether any message of the flow is what the rule misses. */
static gboolean
has_missing (const RungsJudge *judge, const RungsUserRule *rule, RungsSipMessage *scratch)
{
  for (guint i = 0; i < judge->facts->n_messages; i++)
    if (matches (judge, rule->missing, i, scratch))
      return TRUE;
  return FALSE;
}

static void
run_rule (RungsJudge *judge, const RungsUserRule *rule, RungsSipMessage *scratch)
{
  for (guint i = 0; i < judge->facts->n_messages; i++)
    {
      if (judge->facts->messages[i].principal != i || !matches (judge, rule->when, i, scratch))
        continue;
      if (rule->missing != NULL && has_missing (judge, rule, scratch))
        return;
      rungs_judge_hit (judge, i);
      if (rule->once)
        return;
    }
}

static void
run_rules (RungsJudge *judge)
{
  g_auto (RungsSipMessage) scratch = { 0 };

  for (guint i = 0; i < user_rules->len; i++)
    {
      const RungsUserRule *rule = g_ptr_array_index (user_rules, i);

      if (rungs_rule_is_ignored (rule->rule))
        continue;
      judge->rule = rule->rule;
      judge->condition = NULL;
      judge->first = judge->hits->len;
      run_rule (judge, rule, &scratch);
    }
}

void
rungs_user_rules_run (RungsJudge *judge)
{
  if (user_rules != NULL)
    run_rules (judge);
}
