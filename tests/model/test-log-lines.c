/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Lines of a log are found before the message that they stand before. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-log-lines.h"

#define MESSAGE(n)                                                                                           \
  "send 100 bytes to udp/[198.51.100.7]:5060 at 12:00:0" n ".000000:\n"                                      \
  "------------------------------------------------------------------------\n"                               \
  "OPTIONS sip:b@example.net SIP/2.0\nCall-ID: " n "\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n"
#define LINE(n) "12:00:00.000 [INFO] line " n "\n"

static void
assert_lines (RungsLogLines *log_lines, guint message, guint max, const char *expected, guint n_expected)
{
  guint n_lines;
  g_auto (GStrv) lines = rungs_log_lines_get (log_lines, message, max, &n_lines);
  g_autofree char *joined = g_strjoinv ("|", lines);

  g_assert_cmpstr (joined, ==, expected);
  g_assert_cmpuint (n_lines, ==, n_expected);
  g_assert_cmpint (rungs_log_lines_has (log_lines, message), ==, n_expected > 0);
}

static void
lines_belong_to_the_message_behind_them (void)
{
  g_autoptr (RungsTrace) trace = fixture_log (
    LINE ("1") MESSAGE ("1") MESSAGE ("2") LINE ("2") "\n" LINE ("3") LINE ("4") MESSAGE ("3") LINE ("5"));
  RungsLogLines *log_lines = rungs_log_lines_find (trace);

  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, 3);
  assert_lines (log_lines, 0, 3, "12:00:00.000 [INFO] line 1", 1);
  assert_lines (log_lines, 1, 3, "", 0);
  assert_lines (log_lines, 2, 2, "12:00:00.000 [INFO] line 3|12:00:00.000 [INFO] line 4", 3);
  assert_lines (log_lines, 2, 0, "", 3);
}

static void
lines_are_safe_to_show_and_short (void)
{
  g_autofree char *filler = g_strnfill (1000, 'x');
  g_autofree char *log = g_strconcat ("12:00:00.000 \033[31m\xff", filler, "\n", MESSAGE ("1"), NULL);
  g_autoptr (RungsTrace) trace = fixture_log (log);
  RungsLogLines *log_lines = rungs_log_lines_find (trace);
  g_auto (GStrv) lines = rungs_log_lines_get (log_lines, 0, 1, NULL);

  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_true (g_utf8_validate (lines[0], -1, NULL));
  g_assert_null (strchr (lines[0], '\033'));
  g_assert_cmpint (g_utf8_strlen (lines[0], -1), <=, 301);
}

static void
lines_of_utf_16_are_read (void)
{
  const char *log = LINE ("ä") MESSAGE ("1");
  gsize length;
  g_autofree char *units = g_convert (log, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (RungsTrace) trace = NULL;
  RungsLogLines *log_lines = NULL;

  g_byte_array_append (bytes, (const guint8 *) "\xff\xfe", 2);
  g_byte_array_append (bytes, (const guint8 *) units, (guint) length);
  fixture_add (builder, g_byte_array_free_to_bytes (bytes), "fixture.log");
  trace = rungs_trace_builder_finish (builder);
  log_lines = rungs_log_lines_find (trace);
  assert_lines (log_lines, 0, 3, "12:00:00.000 [INFO] line ä", 1);
}

static void
lines_without_words_are_none (void)
{
  g_autoptr (RungsTrace) trace =
    fixture_log (LINE ("1") MESSAGE ("1") "####\n" MESSAGE ("2") "##\n" LINE ("2") MESSAGE ("3"));
  RungsLogLines *log_lines = rungs_log_lines_find (trace);

  assert_lines (log_lines, 1, 3, "", 0);
  assert_lines (log_lines, 2, 3, "12:00:00.000 [INFO] line 2", 1);
}

static void
a_capture_has_no_lines (void)
{
  const FixtureMessage messages[] = { { 0, "10.0.0.1:5060", "10.0.0.2:5060", "OPTIONS sip:b SIP/2.0\n\n" } };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, 1);
  RungsLogLines *log_lines = rungs_log_lines_find (trace);

  assert_lines (log_lines, 0, 3, "", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/log-lines/" name, function)
  ADD ("lines-belong-to-the-message-behind-them", lines_belong_to_the_message_behind_them);
  ADD ("lines-are-safe-to-show-and-short", lines_are_safe_to_show_and_short);
  ADD ("lines-of-utf-16-are-read", lines_of_utf_16_are_read);
  ADD ("lines-without-words-are-none", lines_without_words_are_none);
  ADD ("a-capture-has-no-lines", a_capture_has_no_lines);
  return g_test_run ();
}
