/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules of the user's: what is wrong with a file is named with its line, and what is right judges like any other rule. */

#include "config.h"

#include <glib/gstdio.h>

#include "diagnose-fixture.h"
#include "rungs-user-rules.h"

#define WORDS "explanation=Something stands here.\n"

static const struct
{
  const char *text;
  const char *error;
} faults[] = {
  { "x\n", "rules.conf, line 1: “x” is neither [rule NAME] nor key=value" },
  { "when=INVITE\n", "rules.conf, line 1: “when” stands before the first [rule NAME]" },
  { "# mine\n\n[rule old]\n", "rules.conf, line 3: “[rule old]” is no beginning of a rule" },
  { "[rule A\n", "rules.conf, line 1: “[rule A” is no beginning of a rule" },
  { "[]\n", "rules.conf, line 1: “[]” is no beginning of a rule" },
  { "[rule NAT-SEEN]\n", "rules.conf, line 1: there is a rule “NAT-SEEN” already" },
  { "[rule A]\nwhen=INVITE\n" WORDS "[rule A]\n", "rules.conf, line 4: there is a rule “A” already" },
  { "[rule A]\nwhen=INVITE\nwhen=BYE\n", "rules.conf, line 3: “when” stands in this rule twice" },
  { "[rule A]\nsevrity=error\n", "rules.conf, line 2: there is no key “sevrity”" },
  { "[rule A]\nseverity=fatal\nwhen=INVITE\n" WORDS, "rules.conf, line 2: there is no severity “fatal”" },
  { "[rule A]\nscope=trace\nwhen=INVITE\n" WORDS, "rules.conf, line 2: there is no scope “trace”" },
  { "[rule A]\nwhen=INVITE\n", "rules.conf, line 1: the rule “A” has no “explanation”" },
  { "\n[rule A]\n" WORDS, "rules.conf, line 2: the rule “A” has no “when”" },
  { "[rule A]\n" WORDS "when=(INVITE\n", "rules.conf, line 3: " },
  { "[rule A]\n" WORDS "when=INVITE\nmissing=sip.Method ==\n", "rules.conf, line 4: " },
  { "[rule A]\nwhen=\xff\n", "rules.conf, line 2: this line is not UTF-8" },
};

static void
a_fault_is_named_with_its_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rules =
        rungs_user_rules_parse (rungs_slice_from_string (faults[i].text), "rules.conf", &error);

      g_assert_null (rules);
      if (!g_str_has_prefix (error->message, faults[i].error))
        g_error ("“%s” does not begin with “%s”", error->message, faults[i].error);
    }
}

static void
a_file_without_rules_is_no_fault (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules =
    rungs_user_rules_parse (RUNGS_SLICE_LITERAL ("# nothing yet\r\n\r\n"), "rules.conf", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rules->len, ==, 0);
}

static const char *const own_rules =
  "[rule OWN-OPTIONS]\n"
  "when=sip.Method == \"OPTIONS\"\n"
  "explanation=Somebody asks with {method}.\n"
  "[rule OWN-FIRST]\nscope=flow\nseverity=info\nwhen=OPTIONS\nexplanation=The first one.\n"
  "[rule OWN-SILENT]\nseverity=error\nwhen=OPTIONS\nmissing=status:2xx\nexplanation=No success.\ncheck=Look "
  "there.\n";

/* Loads the rules once for all the tests that follow. */
static void
load_rules (void)
{
  static gboolean loaded;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("rungs-rules-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (file, NULL);
  if (!loaded)
    {
      g_file_set_contents (path, own_rules, -1, &error);
      g_assert_no_error (error);
      g_assert_true (rungs_user_rules_load (path, &error));
    }
  loaded = TRUE;
  g_remove (path);
}

static guint
count_findings (const char *script, const char *id)
{
  g_autoptr (RungsTrace) trace = script_trace (script);
  guint n = 0;

  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    {
      g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, flow);
      GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

      for (guint i = 0; i < findings->len; i++)
        n += g_str_equal (((const RungsFinding *) g_ptr_array_index (findings, i))->rule->id, id);
    }
  return n;
}

#define TWO "0.0 c>s OPTIONS 1\n0.1 s>c 503 1/OPTIONS\n1.0 c>s OPTIONS 2\n"

static void
own_rules_judge_messages_and_flows (void)
{
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding;

  load_rules ();
  g_assert_cmpuint (count_findings (TWO, "OWN-OPTIONS"), ==, 3);
  g_assert_cmpuint (count_findings (TWO, "OWN-FIRST"), ==, 1);
  g_assert_cmpuint (count_findings (TWO, "OWN-SILENT"), ==, 1);
  g_assert_cmpuint (count_findings (TWO "1.1 s>c 200 2/OPTIONS\n", "OWN-SILENT"), ==, 0);
  trace = script_trace (TWO);
  finding = find_finding (trace, "OWN-OPTIONS", &diagnosis);
  g_assert_cmpstr (finding->explanation, ==, "Somebody asks with OPTIONS.");
  g_assert_cmpint (finding->severity, ==, RUNGS_SEVERITY_WARNING);
  g_assert_true (rungs_rule_get (finding->rule->number) == finding->rule);
}

static void
a_rule_that_is_ignored_is_silent (void)
{
  const char *const ignored[] = { "OWN-OPTIONS", "OPTIONS-FAILED", NULL };

  load_rules ();
  g_assert_cmpuint (count_findings (TWO, "OPTIONS-FAILED"), ==, 1);
  rungs_rule_set_ignored (ignored);
  g_assert_cmpuint (count_findings (TWO, "OWN-OPTIONS"), ==, 0);
  g_assert_cmpuint (count_findings (TWO, "OPTIONS-FAILED"), ==, 0);
  rungs_rule_set_ignored (NULL);
  g_assert_cmpuint (count_findings (TWO, "OPTIONS-FAILED"), ==, 1);
}

static void
a_mistyped_rule_is_suggested (void)
{
  g_autoptr (GPtrArray) names = rungs_rule_suggest ("NATSEEN");

  g_assert_cmpuint (names->len, >, 0);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "NAT-SEEN");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user-rules/a-fault-is-named-with-its-line", a_fault_is_named_with_its_line);
  g_test_add_func ("/user-rules/a-file-without-rules-is-no-fault", a_file_without_rules_is_no_fault);
  g_test_add_func ("/user-rules/own-rules-judge-messages-and-flows", own_rules_judge_messages_and_flows);
  g_test_add_func ("/user-rules/a-rule-that-is-ignored-is-silent", a_rule_that_is_ignored_is_silent);
  g_test_add_func ("/user-rules/a-mistyped-rule-is-suggested", a_mistyped_rule_is_suggested);
  return g_test_run ();
}
