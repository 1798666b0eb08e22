/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is followed gives in the end what reading it whole gives; what is shortened or replaced starts anew; what is gone is
 * waited for; and all threads end. */

#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "model-fixture.h"
#include "rungs-error.h"
#include "rungs-follower.h"

/* Far more than any machine needs: a test that waits so long fails. */
#define PATIENCE 30

typedef struct
{
  char *path;
  char *second;
  RungsFollower *follower;
  GCancellable *cancellable;
  RungsTrace *trace; /* the latest snapshot */
  GString *notices;
  guint n_snapshots;
  GError *error;
  gboolean is_over;
} Fixture;

static void
take_snapshot (Fixture *self, RungsTrace *trace)
{
  g_set_object (&self->trace, trace);
  self->n_snapshots++;
}

static void
take_notice (Fixture *self, const char *text)
{
  g_string_append_printf (self->notices, "%s\n", text);
}

static void
take_end (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  rungs_follower_run_finish (RUNGS_FOLLOWER (source), result, &self->error);
  self->is_over = TRUE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  int fd = g_file_open_tmp ("rungs-test-follower-XXXXXX", &self->path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  self->second = g_strconcat (self->path, ".second", NULL);
  self->notices = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
}

static void
start (Fixture *self, const char *first, const char *second)
{
  const char *paths[] = { first, second, NULL };

  self->follower = rungs_follower_new (paths, NULL);
  g_signal_connect_swapped (self->follower, "snapshot", G_CALLBACK (take_snapshot), self);
  g_signal_connect_swapped (self->follower, "notice", G_CALLBACK (take_notice), self);
  rungs_follower_run_async (self->follower, self->cancellable, take_end, self);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the loop until the last snapshot has @n messages. */
static void
await_messages (Fixture *self, guint n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint waker = g_timeout_add (100, wake_cb, NULL);

  while ((self->trace == NULL || rungs_trace_get_n_messages (self->trace) != n) &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_nonnull (self->trace);
  g_assert_cmpuint (rungs_trace_get_n_messages (self->trace), ==, n);
}

static void
await_notice (Fixture *self, const char *words)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint waker = g_timeout_add (100, wake_cb, NULL);

  while (strstr (self->notices->str, words) == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_nonnull (strstr (self->notices->str, words));
}

static void
await_end (Fixture *self)
{
  while (!self->is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_cancellable_cancel (self->cancellable);
  if (self->follower != NULL)
    await_end (self);
  g_clear_error (&self->error);
  g_clear_object (&self->trace);
  /* Nobody else holds it: the threads have ended. */
  if (self->follower != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->follower));
  g_object_unref (self->cancellable);
  g_string_free (self->notices, TRUE);
  g_remove (self->path);
  g_remove (self->second);
  g_free (self->path);
  g_free (self->second);
}

static void
append (const char *path, const char *bytes, gsize length)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  close (fd);
}

static char *
make_message (guint n)
{
  return g_strdup_printf ("OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK%u\r\n"
                          "From: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: %u@follow\r\nCSeq: 1 "
                          "OPTIONS\r\n"
                          "Content-Length: 0\r\n\r\n",
                          n,
                          n);
}

static void
append_messages (const char *path, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *text = make_message (i);

      append (path, text, strlen (text));
    }
}

static void
assert_same (RungsTrace *a, RungsTrace *b)
{
  const RungsTotals *x = rungs_trace_get_totals (a);
  const RungsTotals *y = rungs_trace_get_totals (b);

  g_assert_cmpuint (x->messages, ==, y->messages);
  g_assert_cmpuint (x->flows, ==, y->flows);
  g_assert_cmpuint (x->registrations, ==, y->registrations);
  g_assert_cmpuint (x->bytes, ==, y->bytes);
  g_assert_cmpstr (rungs_trace_get_file (a, 0)->format, ==, rungs_trace_get_file (b, 0)->format);
  g_assert_cmpint (rungs_trace_get_file (a, 0)->zone, ==, rungs_trace_get_file (b, 0)->zone);
  g_assert_cmpuint (rungs_trace_get_n_endpoints (a), ==, rungs_trace_get_n_endpoints (b));
  for (guint i = 0; i < x->messages; i++)
    {
      const RungsMessageInfo *p = rungs_trace_get_message (a, i);
      const RungsMessageInfo *q = rungs_trace_get_message (b, i);

      g_assert_cmpint (p->time, ==, q->time);
      g_assert_cmpuint (p->offset, ==, q->offset);
      g_assert_cmpuint (p->flow, ==, q->flow);
      g_assert_cmpuint (p->request, ==, q->request);
      g_assert_cmpuint (p->dialog, ==, q->dialog);
      g_assert_cmpuint (p->source, ==, q->source);
      g_assert_cmpuint (p->destination, ==, q->destination);
      g_assert_cmpuint (p->flags, ==, q->flags);
      g_assert_cmpmem (p->data, p->length, q->data, q->length);
    }
}

/* The file is written in pieces while it is followed; between them the loop runs. */
static void
follow_fixture (Fixture *self, const char *name)
{
  g_autofree char *fixture = rungs_test_fixture ("traces", name, NULL);
  g_autoptr (RungsTrace) whole = fixture_file (fixture);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *bytes = NULL;
  gsize length, step;

  bytes = rungs_test_load (fixture, &length);
  start (self, self->path, NULL);
  for (gsize at = 0; at < length; at += step)
    {
      step = (gsize) g_rand_int_range (random, 1, 900);
      step = MIN (step, length - at);
      append (self->path, bytes + at, step);
      for (guint i = 0; i < 3; i++)
        {
          g_usleep (3000);
          while (g_main_context_iteration (NULL, FALSE))
            ;
        }
    }
  await_messages (self, rungs_trace_get_n_messages (whole));
  assert_same (self->trace, whole);
}

static void
a_growing_text_becomes_the_whole (Fixture *self, gconstpointer data)
{
  follow_fixture (self, "sip-lf.log");
}

static void
a_growing_client_log_becomes_the_whole (Fixture *self, gconstpointer data)
{
  follow_fixture (self, "uccapi.log");
}

static void
a_growing_capture_becomes_the_whole (Fixture *self, gconstpointer data)
{
  follow_fixture (self, "tcp-out-of-order.pcap");
}

static void
a_growing_pcapng_becomes_the_whole (Fixture *self, gconstpointer data)
{
  follow_fixture (self, "pcapng-enhanced.pcapng");
}

static void
snapshots_stay_as_they_are (Fixture *self, gconstpointer data)
{
  g_autoptr (RungsTrace) early = NULL;
  RungsSlice bytes;

  append_messages (self->path, 0, 3);
  start (self, self->path, NULL);
  await_messages (self, 3);
  early = g_object_ref (self->trace);
  append_messages (self->path, 3, 500);
  await_messages (self, 503);
  g_assert_cmpuint (rungs_trace_get_n_messages (early), ==, 3);
  g_assert_cmpuint (rungs_trace_get_totals (early)->flows, ==, 3);
  bytes = rungs_trace_get_bytes (early, 2);
  g_assert_cmpint (rungs_slice_find (bytes, 0, RUNGS_SLICE_LITERAL ("Call-ID: 2@follow")), >, 0);
  g_assert_slice (rungs_trace_get_string (early, rungs_trace_get_message (early, 2)->call_id), "2@follow");
  g_assert_cmpuint (rungs_trace_find_flow (early, RUNGS_SLICE_LITERAL ("400@follow")), ==, RUNGS_NO_FLOW);
  g_assert_cmpuint (rungs_trace_find_flow (self->trace, RUNGS_SLICE_LITERAL ("400@follow")), ==, 400);
}

static void
a_message_is_shown_when_it_is_whole (Fixture *self, gconstpointer data)
{
  g_autofree char *text = make_message (1);

  append_messages (self->path, 0, 1);
  append (self->path, text, strlen (text) - 10);
  start (self, self->path, NULL);
  await_messages (self, 1);
  append (self->path, text + strlen (text) - 10, 10);
  await_messages (self, 2);
}

static void
a_file_that_is_shortened_starts_anew (Fixture *self, gconstpointer data)
{
  append_messages (self->path, 0, 5);
  start (self, self->path, NULL);
  await_messages (self, 5);
  g_assert_cmpint (truncate (self->path, 0), ==, 0);
  append_messages (self->path, 10, 2);
  await_notice (self, "read from its beginning");
  await_messages (self, 2);
  g_assert_slice (rungs_trace_get_string (self->trace, rungs_trace_get_message (self->trace, 0)->call_id),
                  "10@follow");
  append_messages (self->path, 12, 1);
  await_messages (self, 3);
}

static void
a_file_that_is_replaced_starts_anew (Fixture *self, gconstpointer data)
{
  append_messages (self->path, 0, 2);
  start (self, self->path, NULL);
  await_messages (self, 2);
  append_messages (self->second, 10, 4);
  g_assert_cmpint (g_rename (self->second, self->path), ==, 0);
  await_notice (self, "reading starts anew");
  await_messages (self, 4);
}

static void
a_file_that_is_gone_is_waited_for (Fixture *self, gconstpointer data)
{
  append_messages (self->path, 0, 2);
  start (self, self->path, NULL);
  await_messages (self, 2);
  g_remove (self->path);
  await_notice (self, "waits for it to come back");
  g_assert_cmpuint (rungs_trace_get_n_messages (self->trace), ==, 2);
  append_messages (self->path, 10, 3);
  await_messages (self, 3);
}

static void
several_files_are_followed_as_one_trace (Fixture *self, gconstpointer data)
{
  g_autofree char *name = g_path_get_basename (self->path);

  append_messages (self->path, 0, 2);
  append_messages (self->second, 10, 2);
  start (self, self->path, self->second);
  await_messages (self, 4);
  append_messages (self->second, 12, 1);
  await_messages (self, 5);
  append_messages (self->path, 2, 1);
  await_messages (self, 6);
  g_assert_cmpuint (rungs_trace_get_n_files (self->trace), ==, 2);
  g_assert_cmpstr (rungs_trace_get_file (self->trace, 0)->name, ==, name);
  g_assert_cmpuint (rungs_trace_get_file (self->trace, 0)->n_messages, ==, 3);
  g_assert_cmpuint (rungs_trace_get_file (self->trace, 1)->n_messages, ==, 3);
  g_assert_cmpuint (rungs_trace_get_totals (self->trace)->unread_bytes, ==, 0);
}

static void
a_pipe_ends_with_its_writer (Fixture *self, gconstpointer data)
{
  g_autofree char *text = make_message (0);
  int writer;

  g_remove (self->path);
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  start (self, self->path, NULL);
  writer = open (self->path, O_WRONLY);
  g_assert_cmpint (write (writer, text, strlen (text)), >, 0);
  await_messages (self, 1);
  close (writer);
  await_end (self);
  g_assert_no_error (self->error);
}

static void
what_cannot_be_followed_says_why (Fixture *self, gconstpointer data)
{
  append (self->path, "\x1f\x8b\x08", 3);
  start (self, self->path, NULL);
  await_end (self);
  g_assert_error (self->error, RUNGS_ERROR, RUNGS_ERROR_FORMAT);
  g_assert_nonnull (strstr (self->error->message, "cannot be followed"));
}

static void
cancelling_ends_all_threads (Fixture *self, gconstpointer data)
{
  append_messages (self->path, 0, 2);
  append_messages (self->second, 0, 2);
  start (self, self->path, self->second);
  await_messages (self, 4);
  g_cancellable_cancel (self->cancellable);
  await_end (self);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/follower/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("a-growing-text-becomes-the-whole", a_growing_text_becomes_the_whole);
  ADD ("a-growing-client-log-becomes-the-whole", a_growing_client_log_becomes_the_whole);
  ADD ("a-growing-capture-becomes-the-whole", a_growing_capture_becomes_the_whole);
  ADD ("a-growing-pcapng-becomes-the-whole", a_growing_pcapng_becomes_the_whole);
  ADD ("snapshots-stay-as-they-are", snapshots_stay_as_they_are);
  ADD ("a-message-is-shown-when-it-is-whole", a_message_is_shown_when_it_is_whole);
  ADD ("a-file-that-is-shortened-starts-anew", a_file_that_is_shortened_starts_anew);
  ADD ("a-file-that-is-replaced-starts-anew", a_file_that_is_replaced_starts_anew);
  ADD ("a-file-that-is-gone-is-waited-for", a_file_that_is_gone_is_waited_for);
  ADD ("several-files-are-followed-as-one-trace", several_files_are_followed_as_one_trace);
  ADD ("a-pipe-ends-with-its-writer", a_pipe_ends_with_its_writer);
  ADD ("what-cannot-be-followed-says-why", what_cannot_be_followed_says_why);
  ADD ("cancelling-ends-all-threads", cancelling_ends_all_threads);
  return g_test_run ();
}
