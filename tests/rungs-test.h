/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What every test needs: where fixtures and samples stand, and how to skip when samples are absent.
 *
 * Fixtures are the project's own and lie under tests/.  Samples by other programs are not shipped: they are found through
 * RUNGS_SAMPLES (default: ../shared beside the project's root), and a test without them skips and says so. */

#pragma once

#include <glib.h>

#include "rungs-slice.h"

/* (transfer full): the path of a fixture: rungs_test_fixture ("messages", "a.sip", NULL). */
static inline G_GNUC_NULL_TERMINATED char *
rungs_test_fixture (const char *first,
                    ...)
{
  GPtrArray *parts = g_ptr_array_new ();
  const char *root = g_getenv ("RUNGS_TEST_SRCDIR");
  va_list args;
  char *path;

  g_ptr_array_add (parts, (gpointer) (root != NULL ? root : "tests"));
  va_start (args, first);
  for (const char *part = first; part != NULL; part = va_arg (args, const char *))
    g_ptr_array_add (parts, (gpointer) part);
  va_end (args);
  g_ptr_array_add (parts, NULL);
  path = g_build_filenamev ((char **) parts->pdata);
  g_ptr_array_unref (parts);
  return path;
}

/* (transfer full) (nullable): the path of a sample, or NULL after g_test_skip() where it is not there. */
static inline char *
rungs_test_sample (const char *relative)
{
  const char *root = g_getenv ("RUNGS_SAMPLES");
  char *path = g_build_filename (root != NULL ? root : "../shared", relative, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      char *reason = g_strdup_printf ("the sample %s is not on this machine (see RUNGS_SAMPLES)", relative);

      g_test_skip (reason);
      g_free (reason);
      g_clear_pointer (&path, g_free);
    }
  return path;
}

/* (transfer full): the whole file; the test fails where it cannot be read. */
static inline char *
rungs_test_load (const char *path,
                 gsize *length)
{
  char *contents = NULL;
  GError *error = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

#define g_assert_slice(slice, expected)                                                  \
  G_STMT_START                                                                           \
  {                                                                                      \
    char *copy_ = rungs_slice_dup (slice);                                               \
    g_assert_cmpstr (copy_, ==, expected);                                               \
    g_free (copy_);                                                                      \
  }                                                                                      \
  G_STMT_END

/* Adds @test under its own name, with the hyphens that GLib's test paths have: rungs_test_add ("/sip", a_promise). */
#define rungs_test_add(folder, test) rungs_test_add_named (folder "/" #test, test)

static inline void
rungs_test_add_named (const char *path,
                      GTestFunc   test)
{
  char *hyphened = g_strdelimit (g_strdup (path), "_", '-');

  g_test_add_func (hyphened, test);
  g_free (hyphened);
}
