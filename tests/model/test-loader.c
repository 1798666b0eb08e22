/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Loading never blocks, can be cancelled, shows the first rungs early, and names the files that failed. */

#include "config.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "model-fixture.h"
#include "rungs-error.h"
#include "rungs-loader.h"

static char *
make_log (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK%u\r\n"
                            "From: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: %u@load\r\nCSeq: 1 "
                            "OPTIONS\r\n"
                            "Content-Length: 0\r\n\r\n",
                            i,
                            i);
  return g_string_free (text, FALSE);
}

static GBytes *
make_log_bytes (guint n)
{
  char *text = make_log (n);

  return g_bytes_new_take (text, strlen (text));
}

typedef struct
{
  GMainLoop *loop;
  RungsTrace *trace;
  GError *error;
  guint n_previews;
  guint n_preview_messages;
  guint n_progress;
  gboolean preview_came_first;
} Outcome;

static void
previewed (RungsLoader *loader, RungsTrace *trace, Outcome *outcome)
{
  outcome->n_previews++;
  outcome->n_preview_messages = rungs_trace_get_n_messages (trace);
  outcome->preview_came_first = outcome->trace == NULL;
}

static void
progressed (RungsLoader *loader, GParamSpec *spec, Outcome *outcome)
{
  double progress = rungs_loader_get_progress (loader);

  g_assert_cmpfloat (progress, >=, 0);
  g_assert_cmpfloat (progress, <=, 1);
  outcome->n_progress++;
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->trace = rungs_loader_load_finish (RUNGS_LOADER (source), result, &outcome->error);
  g_main_loop_quit (outcome->loop);
}

static void
load (RungsLoader *loader, GCancellable *cancellable, Outcome *outcome)
{
  outcome->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (loader, "preview", G_CALLBACK (previewed), outcome);
  g_signal_connect (loader, "notify::progress", G_CALLBACK (progressed), outcome);
  rungs_loader_load_async (loader, cancellable, loaded, outcome);
  g_main_loop_run (outcome->loop);
  g_main_loop_unref (outcome->loop);
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_object (&outcome->trace);
  g_clear_error (&outcome->error);
}

static guint n_prepared; /* atomic */

static void
prepare (RungsTrace *trace, GCancellable *cancellable)
{
  g_atomic_int_inc (&n_prepared);
  rungs_trace_set_message_mark (trace, 0, rungs_mark (RUNGS_SEVERITY_INFO, 3));
}

static void
a_long_file_is_previewed_first (void)
{
  g_autoptr (GBytes) bytes = make_log_bytes (40000);
  g_autoptr (RungsLoader) loader = rungs_loader_new_for_bytes (bytes, "long.txt", prepare);
  Outcome outcome = { 0 };

  g_assert_cmpuint (g_bytes_get_size (bytes), >, 4 * 1024 * 1024);
  n_prepared = 0;
  load (loader, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.n_previews, ==, 1);
  g_assert_true (outcome.preview_came_first);
  g_assert_cmpuint (outcome.n_preview_messages, >, 1000);
  g_assert_cmpuint (outcome.n_preview_messages, <, 40000);
  g_assert_cmpuint (rungs_trace_get_n_messages (outcome.trace), ==, 40000);
  g_assert_cmpuint (n_prepared, ==, 2);
  g_assert_cmpint (rungs_mark_get_severity (rungs_trace_get_message (outcome.trace, 0)->mark),
                   ==,
                   RUNGS_SEVERITY_INFO);
  outcome_clear (&outcome);
}

static void
a_short_file_has_no_preview (void)
{
  g_autoptr (GBytes) bytes = make_log_bytes (10);
  g_autoptr (RungsLoader) loader = rungs_loader_new_for_bytes (bytes, "short.txt", NULL);
  Outcome outcome = { 0 };

  load (loader, NULL, &outcome);
  g_assert_cmpuint (outcome.n_previews, ==, 0);
  g_assert_cmpuint (rungs_trace_get_n_messages (outcome.trace), ==, 10);
  outcome_clear (&outcome);
}

static void
cancel_on_preview (RungsLoader *loader, RungsTrace *trace, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
cancelling_gives_no_trace (void)
{
  g_autoptr (GBytes) bytes = make_log_bytes (40000);
  g_autoptr (RungsLoader) loader = rungs_loader_new_for_bytes (bytes, "long.txt", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  g_signal_connect (loader, "preview", G_CALLBACK (cancel_on_preview), cancellable);
  load (loader, cancellable, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (outcome.trace);
  outcome_clear (&outcome);
}

static void
a_missing_file_does_not_keep_the_others_out (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "rungs-test-loader-good.txt", NULL);
  g_autofree char *text = make_log (3);
  const char *paths[] = { "/nonexistent/a.log", path, NULL };
  g_autoptr (RungsLoader) loader = rungs_loader_new (paths, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTrace) trace = NULL;
  g_autofree char *title = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  trace = rungs_loader_load (loader, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 3);
  g_assert_cmpuint (rungs_trace_get_n_files (trace), ==, 2);
  g_assert_error (rungs_trace_get_file (trace, 0)->error, RUNGS_ERROR, RUNGS_ERROR_UNREADABLE);
  g_assert_null (rungs_trace_get_file (trace, 1)->error);
  g_assert_cmpuint (rungs_trace_get_message (trace, 0)->file, ==, 1);
  title = rungs_trace_dup_title (trace);
  g_assert_cmpstr (title, ==, "a.log and 1 more");
  g_remove (path);
}

static void
without_any_message_the_first_error_is_told (void)
{
  const char *paths[] = { "/nonexistent/a.log", "/nonexistent/b.log", NULL };
  g_autoptr (RungsLoader) loader = rungs_loader_new (paths, NULL);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("nothing of interest\n", 20);
  g_autoptr (RungsLoader) empty = rungs_loader_new_for_bytes (nothing, "notes.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) empty_error = NULL;

  g_assert_null (rungs_loader_load (loader, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "a.log"));
  g_assert_null (rungs_loader_load (empty, NULL, &empty_error));
  g_assert_nonnull (empty_error);
  g_assert_true (empty_error->domain == RUNGS_ERROR);
  g_assert_nonnull (strstr (empty_error->message, "notes.txt"));
}

static void
a_member_without_sip_is_no_failure (void)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (GBytes) log = make_log_bytes (2);
  g_autoptr (GBytes) prose = g_bytes_new_static ("no SIP\n", 7);
  g_autoptr (RungsInput) first = rungs_input_new_for_member (prose, "/tmp/a.zip", "a.zip/readme");
  g_autoptr (RungsInput) second = rungs_input_new_for_member (log, "/tmp/a.zip", "a.zip/logs/b.log");
  g_autoptr (RungsTrace) trace = NULL;
  g_autofree char *title = NULL;

  rungs_trace_builder_add_input (builder, first, 0, NULL, NULL, NULL);
  rungs_trace_builder_add_input (builder, second, 0, NULL, NULL, NULL);
  trace = rungs_trace_builder_finish (builder);
  title = rungs_trace_dup_title (trace);
  g_assert_cmpstr (title, ==, "a.zip");
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 2);
  g_assert_nonnull (rungs_trace_get_file (trace, 0)->error);
  g_assert_false (rungs_trace_file_failed (rungs_trace_get_file (trace, 0)));
  g_assert_cmpstr (rungs_trace_get_file (trace, 1)->name, ==, "a.zip/logs/b.log");
}

static void
a_file_that_loses_its_end_while_it_is_read_is_named (void)
{
  static const char message[] = "OPTIONS sip:a@b.example SIP/2.0\nVia: SIP/2.0/UDP c.example\nCall-ID: 1\n\n";
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (RungsInput) input = NULL;
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const RungsLedgerEntry *last;
  const RungsLedger *ledger;
  int fd = g_file_open_tmp ("rungs-XXXXXX.log", &path, NULL);

  while (text->len < 1024 * 1024)
    g_string_append (text, message);
  g_assert_cmpint (write (fd, text->str, text->len), ==, text->len);
  input = rungs_input_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ftruncate (fd, 100 * (sizeof message - 1)), ==, 0);
  g_assert_true (rungs_trace_builder_add_input (builder, input, 0, NULL, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_UNREADABLE);
  trace = rungs_trace_builder_finish (builder);
  g_assert_cmpuint (rungs_trace_get_n_messages (trace), >=, 100);
  /* what is read in place of the end is zeroes, which may look like anything */
  ledger = &rungs_trace_get_file (trace, 0)->ledger;
  last = &g_array_index (ledger->entries, RungsLedgerEntry, ledger->entries->len - 1);
  g_assert_cmpuint (last->reason, ==, RUNGS_UNREAD_CUT_SHORT);
  g_assert_cmpuint (last->offset + last->length, ==, text->len);
  g_assert_cmpuint (ledger->read_bytes + ledger->unread_bytes, ==, text->len);
  close (fd);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/loader/" name, function)
  ADD ("a-long-file-is-previewed-first", a_long_file_is_previewed_first);
  ADD ("a-short-file-has-no-preview", a_short_file_has_no_preview);
  ADD ("cancelling-gives-no-trace", cancelling_gives_no_trace);
  ADD ("a-missing-file-does-not-keep-the-others-out", a_missing_file_does_not_keep_the_others_out);
  ADD ("a-member-without-sip-is-no-failure", a_member_without_sip_is_no_failure);
  ADD ("without-any-message-the-first-error-is-told", without_any_message_the_first_error_is_told);
  ADD ("a-file-that-loses-its-end-while-it-is-read-is-named",
       a_file_that_loses_its_end_while_it_is_read_is_named);
  return g_test_run ();
}
