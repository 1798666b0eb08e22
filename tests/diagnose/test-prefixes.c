/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The end of a trace is not the end of the story: a trace that is cut off after any of its messages is called bad for nothing that
 * the whole trace does not know.  A refusal that a later success makes good may be a problem while that success is missing: the
 * rule speaks at the same message of the whole trace, too. */

#include "config.h"

#include "model/model-fixture.h"
#include "rungs-diagnosis.h"

/* A trace is judged anew for each cut: longer files are left to others, and of many messages not each is one. */
#define MAX_FILE 400000
#define MAX_CUTS 60

/* The trace in the first @length bytes of @bytes, or NULL where they hold none. */
static RungsTrace *
load_prefix (GBytes *bytes, gsize length)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (GBytes) prefix = g_bytes_new_from_bytes (bytes, 0, length);
  g_autoptr (RungsInput) input = rungs_input_new_for_bytes (prefix, "prefix");

  return rungs_trace_builder_add_input (builder, input, 0, NULL, NULL, NULL)
           ? rungs_trace_builder_finish (builder)
           : NULL;
}

/* The rules that speak in @trace, each with the place of its message in the file; where @only_errors, those that call it bad. */
static GHashTable *
list_findings (RungsTrace *trace, gboolean only_errors)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    {
      g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, flow);
      GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

      for (guint i = 0; i < findings->len; i++)
        {
          const RungsFinding *finding = g_ptr_array_index (findings, i);

          if (!only_errors || finding->severity == RUNGS_SEVERITY_ERROR)
            g_hash_table_add (found,
                              g_strdup_printf ("%s at byte %" G_GUINT64_FORMAT,
                                               finding->rule->id,
                                               rungs_trace_get_message (trace, finding->message)->offset));
        }
    }
  return found;
}

static guint
report_new_problems (RungsTrace *cut, GHashTable *whole, const char *path, guint n_messages)
{
  g_autoptr (GHashTable) problems = list_findings (cut, TRUE);
  GHashTableIter iter;
  gpointer problem;
  guint n = 0;

  g_hash_table_iter_init (&iter, problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    if (!g_hash_table_contains (whole, problem))
      {
        g_test_message ("%s, cut after %u messages: %s", path, n_messages, (const char *) problem);
        n++;
      }
  return n;
}

/* Returns how many problems the prefixes of the file at @path have which the whole has not. */
static guint
count_new_problems (const char *path)
{
  g_autoptr (GHashTable) whole = NULL;
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  char *text;
  guint n_messages;
  guint n = 0;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return 0;
  bytes = g_bytes_new_take (text, length);
  trace = length <= MAX_FILE ? load_prefix (bytes, length) : NULL;
  if (trace == NULL)
    return 0;
  whole = list_findings (trace, FALSE);
  n_messages = rungs_trace_get_n_messages (trace);
  for (guint i = 1; i < n_messages; i += 1 + n_messages / MAX_CUTS)
    {
      guint64 next = rungs_trace_get_message (trace, i)->offset;
      g_autoptr (RungsTrace) cut = load_prefix (bytes, MIN (next, length));

      if (cut != NULL)
        n += report_new_problems (cut, whole, path, i);
    }
  return n;
}

static guint
count_in_folder (const char *folder, guint *n_files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += count_in_folder (path, n_files);
          continue;
        }
      n += count_new_problems (path);
      (*n_files)++;
    }
  return n;
}

static void
no_prefix_of_a_golden_trace_has_a_problem_of_its_own (void)
{
  g_autofree char *traces = rungs_test_fixture ("traces", NULL);
  g_autofree char *examples = rungs_test_fixture ("..", "data", "examples", NULL);
  guint n_files = 0;

  g_assert_cmpuint (count_in_folder (traces, &n_files) + count_in_folder (examples, &n_files), ==, 0);
  g_assert_cmpuint (n_files, >, 100);
}

static void
no_prefix_of_a_sample_has_a_problem_of_its_own (void)
{
  g_autofree char *samples = g_build_filename (g_getenv ("RUNGS_SAMPLES"), "samples", NULL);
  guint n_files = 0;

  g_assert_cmpuint (count_in_folder (samples, &n_files), ==, 0);
  if (n_files == 0)
    g_test_skip ("the samples are not on this machine (see RUNGS_SAMPLES)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prefixes/no-prefix-of-a-golden-trace-has-a-problem-of-its-own",
                   no_prefix_of_a_golden_trace_has_a_problem_of_its_own);
  g_test_add_func ("/prefixes/no-prefix-of-a-sample-has-a-problem-of-its-own",
                   no_prefix_of_a_sample_has_a_problem_of_its_own);
  return g_test_run ();
}
