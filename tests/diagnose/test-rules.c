/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Each rule speaks in one case and is silent in another that differs in what the rule is about. */

#include "config.h"

#include "call-cases.h"
#include "login-cases.h"
#include "rungs-judge.h"
#include "token-cases.h"

static void
speaks (gconstpointer data)
{
  const RuleCase *test = data;
  g_autoptr (RungsTrace) trace = script_trace (test->speaks);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (trace, test->rule, &diagnosis);

  g_assert_nonnull (finding);
  g_assert_cmpuint (finding->message + 1, ==, test->message);
  g_assert_cmpstr (rungs_severity_get_id (finding->severity), ==, rungs_severity_get_id (test->severity));
  g_assert_cmpuint (finding->offset + finding->length,
                    <=,
                    rungs_trace_get_bytes (trace, finding->message).length);
  g_assert_null (strchr (finding->explanation, '{'));
}

static void
is_silent (gconstpointer data)
{
  const RuleCase *test = data;
  g_autoptr (RungsTrace) trace = script_trace (test->silent);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  g_assert_null (find_finding (trace, test->rule, &diagnosis));
}

static const struct
{
  const RuleCase *rules;
  guint n;
} tables[] = {
  { login_cases, G_N_ELEMENTS (login_cases) },
  { token_cases, G_N_ELEMENTS (token_cases) },
  { call_cases, G_N_ELEMENTS (call_cases) },
};

/* Rules whose cases stand in test-rules-traces.c, or in test-silences.c. */
static const char *const other_tests[] = {
  "KRB-BIG-TOKEN", "UDP-TOO-LARGE", "CLOCKS-DIFFER",   "TRANSPORT-CHANGED",
  "MEDIA-ONE-WAY", "MEDIA-NONE",    "MEDIA-BOTH-WAYS", "KEEPALIVE-SILENT",
};

static void
each_rule_has_its_function_and_its_case (void)
{
  g_autoptr (GHashTable) functions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) tested = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; rungs_rule_conditions[i] != NULL; i++)
    for (const RungsRuleCondition *condition = rungs_rule_conditions[i]; condition->id != NULL; condition++)
      {
        g_assert_nonnull (rungs_rule_lookup (condition->id));
        g_assert_true (g_hash_table_add (functions, (gpointer) condition->id));
      }
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint n = 0; n < tables[i].n; n++)
      g_assert_true (g_hash_table_add (tested, (gpointer) tables[i].rules[n].rule));
  for (guint i = 0; i < G_N_ELEMENTS (other_tests); i++)
    g_hash_table_add (tested, (gpointer) other_tests[i]);
  for (guint i = 1; i <= rungs_rule_get_count (); i++)
    {
      if (!g_hash_table_contains (functions, rungs_rule_get (i)->id))
        g_error ("%s has no function", rungs_rule_get (i)->id);
      if (!g_hash_table_contains (tested, rungs_rule_get (i)->id))
        g_error ("%s has no case", rungs_rule_get (i)->id);
    }
}

static void
add_cases (const RuleCase *tests, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *spoken = g_strdup_printf ("/rules/%s/speaks", tests[i].rule);
      g_autofree char *silent = g_strdup_printf ("/rules/%s/is-silent", tests[i].rule);

      g_test_add_data_func (spoken, &tests[i], speaks);
      g_test_add_data_func (silent, &tests[i], is_silent);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/each-rule-has-its-function-and-its-case", each_rule_has_its_function_and_its_case);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    add_cases (tables[i].rules, tables[i].n);
  return g_test_run ();
}
