/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A file that grows while it is read gives the same records as when it is read whole, however it grows; and a message that
 * is whole is shown before anything follows it. */

#include "config.h"

#include "rungs-test-sink.h"
#include "rungs-test.h"

typedef struct
{
  RungsTestSink test; /* first: the reader sees it */
  const char *source;
  char *data; /* what stands behind the known end is not what will come there */
  gsize length;
  gsize step;
  GRand *random;   /* NULL: always @step */
  guint n_pending; /* since the last call of more() */
  guint n_shown;   /* records and pending ones, when more() was called last */
} Growing;

static gsize
take_more (RungsSink *sink, gsize known)
{
  Growing *self = (Growing *) sink;
  gsize step =
    self->random != NULL ? (gsize) g_rand_int_range (self->random, 1, (gint32) self->step + 1) : self->step;

  step = MIN (step, self->length - known);
  self->n_shown = self->test.n_records + self->n_pending;
  self->n_pending = 0;
  memcpy (self->data + known, self->source + known, step);
  return known + step;
}

static void
take_pending (RungsSink *sink, const RungsRecord *record)
{
  ((Growing *) sink)->n_pending++;
}

static void
growing_init (Growing *self, const char *source, gsize length, gsize step)
{
  *self = (Growing){ .source = source, .length = length, .step = step };
  rungs_test_sink_init (&self->test, length, TRUE);
  self->test.sink.more = take_more;
  self->test.sink.pending = take_pending;
  self->data = g_malloc (length + 1);
  memset (self->data, 'x', length + 1);
}

static void
growing_clear (Growing *self)
{
  rungs_test_sink_clear (&self->test);
  g_free (self->data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Growing, growing_clear)

/* The records alone: ranges that were not read may be told in more pieces. */
static char *
get_records (const RungsTestSink *sink)
{
  g_auto (GStrv) lines = g_strsplit (sink->text->str, "\n", -1);
  GString *records = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], "unread "))
      g_string_append_printf (records, "%s\n", lines[i]);
  return g_string_free (records, FALSE);
}

static void
read_growing (const RungsReader *reader,
              const char *name,
              const char *bytes,
              gsize length,
              const char *expected,
              gsize step)
{
  g_auto (Growing) growing;
  g_autofree char *records = NULL;
  gsize first = MIN (step, length);

  growing_init (&growing, bytes, length, step);
  memcpy (growing.data, bytes, first);
  reader->read (rungs_slice (growing.data, first), growing.test.arena, &growing.test.sink, NULL);
  records = get_records (&growing.test);
  if (g_strcmp0 (records, expected) != 0)
    g_test_message ("%s in steps of %" G_GSIZE_FORMAT, name, step);
  g_assert_cmpstr (records, ==, expected);
  g_assert_cmpint (rungs_test_sink_find_fault (&growing.test), ==, -1);
}

/* What must be unwrapped shows that by its first lines, or is taken for something else. */
static gboolean
is_wrapped (const char *name)
{
  static const char *const prefixes[] = {
    "html-",  "mail-quoted-printable", "typography", "json-docker", "json-journal",
    "lines-", "sipgrep-coloured",      "caret-codes"
  };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return TRUE;
  return FALSE;
}

static void
every_fixture_grows_to_the_same_records (void)
{
  static const gsize steps[] = { 1, 2, 3, 7, 64, 1000, 4099, 100000 };
  g_autofree char *folder = rungs_test_fixture ("traces", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_auto (RungsTestSink) whole;
      g_autofree char *bytes = NULL;
      g_autofree char *expected = NULL;
      const RungsReader *reader;
      gsize length;

      if (g_str_has_suffix (name, ".records") || g_str_has_suffix (name, ".py") ||
          !g_file_get_contents (path, &bytes, &length, NULL))
        continue;
      reader = rungs_readers_find (rungs_slice (bytes, length), name, NULL);
      if (reader == NULL)
        continue;
      rungs_test_sink_init (&whole, length, TRUE);
      reader->read (rungs_slice (bytes, length), whole.arena, &whole.sink, NULL);
      expected = get_records (&whole);
      /* Each growth reads the line that stands at the end again. */
      for (guint i = is_wrapped (name) ? 5 : length > 20000 ? 4 : 0; i < G_N_ELEMENTS (steps); i++)
        read_growing (reader, name, bytes, length, expected, steps[i]);
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 50);
}

static const char message[] = "MESSAGE sip:b@x SIP/2.0\r\n"
                              "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\n"
                              "From: <sip:a@x>;tag=1\r\n"
                              "To: <sip:b@x>\r\n"
                              "Call-ID: 1@x\r\n"
                              "CSeq: 1 MESSAGE\r\n"
                              "Content-Type: text/plain\r\n"
                              "Content-Length: 5\r\n"
                              "\r\n"
                              "Hello";

/* How many messages are shown when the first @known bytes of @text are there. */
static guint
count_shown (const char *text, gsize known)
{
  g_auto (Growing) growing;
  const RungsReader *reader = rungs_readers_find (rungs_slice_from_string (text), "test", NULL);

  growing_init (&growing, text, known, 1);
  memcpy (growing.data, text, known);
  reader->read (rungs_slice (growing.data, known), growing.test.arena, &growing.test.sink, NULL);
  return growing.n_shown;
}

static void
a_message_appears_when_it_is_whole (void)
{
  g_autofree char *two = g_strconcat (message, "\r\n", message, NULL);
  gsize length = strlen (message);

  for (gsize known = 1; known + 2 < length; known++)
    g_assert_cmpuint (count_shown (message, known), ==, 0);
  g_assert_cmpuint (count_shown (message, length), ==, 1);
  g_assert_cmpuint (count_shown (two, length + 40), ==, 1);
  g_assert_cmpuint (count_shown (two, strlen (two) - 4), ==, 1);
  g_assert_cmpuint (count_shown (two, strlen (two)), ==, 2);
}

static void
a_message_without_a_length_appears_with_what_follows (void)
{
  static const char text[] = "Jan 31 12:00:00.1 noise\n"
                             "NOTIFY sip:b@x SIP/2.0\r\n"
                             "Call-ID: 1@x\r\n"
                             "CSeq: 1 NOTIFY\r\n"
                             "Content-Type: text/plain\r\n"
                             "\r\n"
                             "Hello\r\n";
  g_autofree char *followed = g_strconcat (text, "OPTIONS sip:b@x SIP/2.0\r\nCall-ID: 2@x\r\n", NULL);

  g_assert_cmpuint (count_shown (text, strlen (text)), ==, 0);
  g_assert_cmpuint (count_shown (followed, strlen (followed)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/growing/" name, function)
  ADD ("every-fixture-grows-to-the-same-records", every_fixture_grows_to_the_same_records);
  ADD ("a-message-appears-when-it-is-whole", a_message_appears_when_it_is_whole);
  ADD ("a-message-without-a-length-appears-with-what-follows",
       a_message_without_a_length_appears_with_what_follows);
  return g_test_run ();
}
