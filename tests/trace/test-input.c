/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inputs: what can be read is read whole, what cannot says why in one line, and a shortened file ends nobody. */

#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "rungs-error.h"
#include "rungs-input.h"
#include "rungs-test.h"

#define LARGE (3 * 1024 * 1024 + 123)

static char *
make_file (gsize length)
{
  g_autofree char *bytes = g_malloc (length + 1);
  char *path = NULL;
  int fd = g_file_open_tmp ("rungs-input-XXXXXX", &path, NULL);

  memset (bytes, 'x', length);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  close (fd);
  return path;
}

static gsize
count_x (RungsSlice bytes)
{
  gsize count = 0;

  for (gsize i = 0; i < bytes.length; i++)
    count += bytes.data[i] == 'x';
  return count;
}

static void
files_of_any_size_are_read_whole (void)
{
  static const gsize lengths[] = { 0, 1, 1024 * 1024 - 1, 1024 * 1024, LARGE };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *path = make_file (lengths[i]);
      g_autofree char *name = g_path_get_basename (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsInput) input = rungs_input_open (path, NULL, &error);

      g_assert_no_error (error);
      g_unlink (path);
      g_assert_cmpuint (rungs_input_get_bytes (input).length, ==, lengths[i]);
      g_assert_cmpuint (count_x (rungs_input_get_bytes (input)), ==, lengths[i]);
      g_assert_cmpstr (rungs_input_get_name (input), ==, name);
      g_assert_cmpstr (rungs_input_get_path (input), ==, path);
      g_assert_false (rungs_input_is_damaged (input));
    }
}

static void
assert_refused (const char *path, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_input_open (path, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, reason));
}

static void
an_error_names_the_file_and_the_reason (void)
{
  g_autofree char *path = make_file (10);

  assert_refused (g_get_tmp_dir (), "it is a folder");
  assert_refused ("/nowhere/login.log", "there is no such file");
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (geteuid () != 0)
    assert_refused (path, "you have no permission to open it");
  g_unlink (path);
}

static void
a_hostile_file_name_reaches_nobody_raw (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_input_open ("/nowhere/a\033[31m\n.log", NULL, &error));
  g_assert_null (strpbrk (error->message, "\033\n"));
}

static void
a_file_shortened_while_mapped_reads_as_zeroes (void)
{
  g_autofree char *path = make_file (LARGE);
  g_autoptr (RungsInput) input = rungs_input_open (path, NULL, NULL);
  g_autoptr (RungsInput) other = rungs_input_open (path, NULL, NULL);

  g_assert_nonnull (input);
  g_assert_cmpint (truncate (path, 100000), ==, 0);
  g_assert_false (rungs_input_is_damaged (input));
  g_assert_cmpuint (count_x (rungs_input_get_bytes (input)), ==, 100000);
  g_assert_true (rungs_input_is_damaged (input));
  g_assert_false (rungs_input_is_damaged (other));
  g_unlink (path);
}

/* Ranges that begin or end inside a page, reach behind the end or begin there. */
static void
bytes_that_were_released_come_back (void)
{
  static const gsize lengths[] = { 1000, LARGE };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *path = make_file (lengths[i]);
      g_autoptr (RungsInput) input = rungs_input_open (path, NULL, NULL);

      g_assert_cmpuint (count_x (rungs_input_get_bytes (input)), ==, lengths[i]);
      rungs_input_release (input, 0, 100000);
      rungs_input_release (input, 100001, lengths[i]);
      rungs_input_release (input, lengths[i] + 1, 1);
      rungs_input_release (input, 5000, 1);
      g_assert_cmpuint (count_x (rungs_input_get_bytes (input)), ==, lengths[i]);
      g_assert_false (rungs_input_is_damaged (input));
      g_unlink (path);
    }
}

static void
mappings_beyond_the_table_are_read_into_memory (void)
{
  g_autofree char *path = make_file (1024 * 1024);
  RungsInput *inputs[80];

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    inputs[i] = rungs_input_open (path, NULL, NULL);
  g_assert_cmpint (truncate (path, 4096), ==, 0);
  /* The last ones have their own copy. */
  g_assert_cmpuint (count_x (rungs_input_get_bytes (inputs[79])), ==, 1024 * 1024);
  g_assert_cmpuint (count_x (rungs_input_get_bytes (inputs[0])), ==, 4096);
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    rungs_input_unref (inputs[i]);
  g_unlink (path);
}

/* A SIGBUS that is not ours still ends the process. */
static void
another_bus_error_is_not_swallowed (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *path = make_file (LARGE);
      g_autoptr (RungsInput) input = rungs_input_open (path, NULL, NULL);

      g_unlink (path);
      g_assert_nonnull (input);
      raise (SIGBUS);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static gpointer
write_slowly (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);

  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (write (fd, "xxxx", 4), ==, 4);
      g_usleep (1000);
    }
  close (fd);
  return NULL;
}

static void
a_pipe_is_read_to_its_end (void)
{
  int fds[2];
  g_autofree char *path = NULL;
  g_autoptr (RungsInput) input = NULL;
  GThread *thread;

  g_assert_cmpint (pipe (fds), ==, 0);
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  thread = g_thread_new ("writer", write_slowly, GINT_TO_POINTER (fds[1]));
  input = rungs_input_open (path, NULL, NULL);
  g_thread_join (thread);
  g_assert_nonnull (input);
  g_assert_cmpuint (rungs_input_get_bytes (input).length, ==, 20);
  close (fds[0]);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (20000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
a_pipe_that_says_nothing_can_be_left (void)
{
  int fds[2];
  g_autofree char *path = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_assert_cmpint (pipe (fds), ==, 0);
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  thread = g_thread_new ("canceller", cancel_soon, cancellable);
  g_assert_null (rungs_input_open (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  close (fds[0]);
  close (fds[1]);
}

static void
bytes_in_memory_are_an_input (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, "pasted text");
  g_autoptr (RungsInput) again = rungs_input_ref (input);

  g_assert_slice (rungs_input_get_bytes (again), "abc");
  g_assert_cmpstr (rungs_input_get_name (again), ==, "pasted text");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/files-of-any-size-are-read-whole", files_of_any_size_are_read_whole);
  g_test_add_func ("/input/an-error-names-the-file-and-the-reason", an_error_names_the_file_and_the_reason);
  g_test_add_func ("/input/a-hostile-file-name-reaches-nobody-raw", a_hostile_file_name_reaches_nobody_raw);
  g_test_add_func ("/input/a-file-shortened-while-mapped-reads-as-zeroes",
                   a_file_shortened_while_mapped_reads_as_zeroes);
  rungs_test_add ("/input", bytes_that_were_released_come_back);
  g_test_add_func ("/input/mappings-beyond-the-table-are-read-into-memory",
                   mappings_beyond_the_table_are_read_into_memory);
  g_test_add_func ("/input/another-bus-error-is-not-swallowed", another_bus_error_is_not_swallowed);
  g_test_add_func ("/input/a-pipe-is-read-to-its-end", a_pipe_is_read_to_its_end);
  g_test_add_func ("/input/a-pipe-that-says-nothing-can-be-left", a_pipe_that_says_nothing_can_be_left);
  g_test_add_func ("/input/bytes-in-memory-are-an-input", bytes_in_memory_are_an_input);
  return g_test_run ();
}
