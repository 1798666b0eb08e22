/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The traces of other programs (RUNGS_SAMPLES) hold as many messages as traces/samples.tsv says. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-error.h"
#include "rungs-loader.h"

/* The fields of a line of the table. */
enum
{
  FIELD_FILE,
  FIELD_MESSAGES,
  FIELD_OTHERS,
  FIELD_REASON,
  N_FIELDS
};

static char **
load_table (void)
{
  g_autofree char *path = rungs_test_fixture ("traces", "samples.tsv", NULL);
  g_autofree char *text = rungs_test_load (path, NULL);

  return g_strsplit (text, "\n", -1);
}

static guint
count_messages (const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (RungsLoader) loader = rungs_loader_new (paths, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTrace) trace = rungs_loader_load (loader, NULL, &error);

  if (trace == NULL)
    g_assert_true (rungs_error_is_no_messages (error));
  return trace != NULL ? rungs_trace_get_n_messages (trace) : 0;
}

static void
samples_hold_as_many_messages_as_were_counted (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("RUNGS_SAMPLES"), "samples", NULL);
  g_auto (GStrv) lines = load_table ();
  guint n_files = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *path = NULL;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      path = g_build_filename (folder, fields[FIELD_FILE], NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      g_test_message ("%s", fields[FIELD_FILE]);
      g_assert_cmpuint (count_messages (path), ==, (guint) atoi (fields[FIELD_MESSAGES]));
      n_files++;
    }
  if (n_files == 0)
    g_test_skip ("the samples are not on this machine (see RUNGS_SAMPLES)");
}

static void
other_counts_have_their_reason (void)
{
  g_auto (GStrv) lines = load_table ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_test_message ("%s", fields[FIELD_FILE]);
      g_assert_cmpuint (g_strv_length (fields), ==, N_FIELDS);
      g_assert_true (fields[FIELD_REASON][0] != '\0' || g_str_equal (fields[FIELD_OTHERS], "-") ||
                     g_str_equal (fields[FIELD_OTHERS], fields[FIELD_MESSAGES]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/samples/samples-hold-as-many-messages-as-were-counted",
                   samples_hold_as_many_messages_as_were_counted);
  g_test_add_func ("/samples/other-counts-have-their-reason", other_counts_have_their_reason);
  return g_test_run ();
}
