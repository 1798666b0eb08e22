/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The text ladder keeps to its width, has no colour unless asked, and looks as in text/NAME.ladder (--generate writes them). */

#include "config.h"

#include "rungs-export.h"
#include "rungs-ladder-text.h"
#include "rungs-test-ladder.h"
#include "rungs-text-canvas.h"

static gboolean generate;

static RungsLadder *
make_ladder (gboolean summary)
{
  GString *log = rungs_test_login ();
  RungsLadderOptions options = RUNGS_LADDER_OPTIONS_DEFAULT;
  RungsLadder *ladder;

  options.summary = summary;
  options.time_style = RUNGS_TIME_SINCE_START;
  ladder = rungs_test_ladder (log->str, log->len, &options);
  g_string_free (log, TRUE);
  return ladder;
}

static void
expect (guint width, const char *name)
{
  g_autoptr (RungsLadder) ladder = make_ladder (FALSE);
  g_autofree char *text = rungs_ladder_text_write (ladder, width, FALSE, FALSE);
  g_autofree char *path = rungs_test_fixture ("export", "text", name, NULL);

  rungs_test_expect (path, text, generate);
}

static void
labels_stand_in_their_arrows (void)
{
  expect (100, "wide.ladder");
}

static void
a_narrow_terminal_keeps_arrows_and_words (void)
{
  expect (60, "narrow.ladder");
}

/* A whole file with captions and all that is not in it, the times in UTC. */
static void
expect_file (const char *folder, const char *file, const char *name)
{
  g_autofree char *source = rungs_test_fixture (folder, file, NULL);
  g_autofree char *path = rungs_test_fixture ("export", "text", name, NULL);
  RungsLadderOptions options = RUNGS_LADDER_OPTIONS_DEFAULT;
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *text = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  options.clock = RUNGS_CLOCK_UTC;
  bytes = rungs_test_load (source, &length);
  ladder = rungs_test_ladder (bytes, length, &options);
  text = rungs_ladder_text_write (ladder, 120, FALSE, TRUE);
  rungs_test_expect (path, text, generate);
}

static void
a_kdc_of_the_capture_has_a_lane (void)
{
  expect_file ("model", "kdc.pcap", "kdc.ladder");
}

static void
what_a_ticket_proves_is_dotted (void)
{
  expect_file ("../data/examples", "internal-kerberos.uccapilog", "proved-by-ticket.ladder");
}

static void
no_line_is_wider_than_asked (void)
{
  static const guint widths[] = { 60, 61, 72, 80, 84, 100, 132, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
      g_autofree char *text = rungs_ladder_text_write (ladder, widths[i], FALSE, TRUE);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint k = 0; lines[k] != NULL; k++)
        g_assert_cmpuint (rungs_text_columns (lines[k]), <=, widths[i]);
    }
}

static void
too_many_lanes_for_the_width_become_numbers (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *packet = NULL;
      g_autoptr (GString) one = g_string_new (NULL);
      g_autofree char *call_id = g_strdup_printf ("call-%u", i);
      g_autofree char *server = g_strdup_printf ("203.0.113.%u:443", i + 1);
      g_auto (GStrv) parts = NULL;

      rungs_test_log_append (one,
                             "12:00:00.000",
                             TRUE,
                             "OPTIONS sip:contoso.example SIP/2.0",
                             call_id,
                             "1 OPTIONS");
      parts = g_strsplit (one->str, "203.0.113.10:443", -1);
      packet = g_strjoinv (server, parts);
      g_string_append (log, packet);
    }
  ladder = rungs_test_ladder (log->str, log->len, NULL);
  text = rungs_ladder_text_write (ladder, 80, FALSE, FALSE);
  g_assert_nonnull (strstr (text, " 1 → 2  OPTIONS"));
  g_assert_nonnull (strstr (text, "\n13  "));
}

static void
colour_only_when_asked (void)
{
  g_autoptr (RungsLadder) ladder = make_ladder (TRUE);
  g_autofree char *plain = rungs_ladder_text_write (ladder, 100, FALSE, TRUE);
  g_autofree char *colored = rungs_ladder_text_write (ladder, 100, TRUE, TRUE);

  g_assert_null (strchr (plain, '\033'));
  g_assert_nonnull (strchr (colored, '\033'));
}

static void
a_trace_cannot_steer_the_terminal (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *text = NULL;

  rungs_test_log_append (log,
                         "12:00:00.000",
                         TRUE,
                         "REGISTER sip:contoso.example SIP/2.0",
                         "one",
                         "1 REGISTER");
  rungs_test_log_append (log,
                         "12:00:00.100",
                         FALSE,
                         "SIP/2.0 404 \033]0;owned\007\xc2\x9b"
                         "31m",
                         "one",
                         "1 REGISTER");
  ladder = rungs_test_ladder (log->str, log->len, NULL);
  text = rungs_ladder_text_write (ladder, 120, FALSE, TRUE);
  g_assert_null (strchr (text, '\033'));
  g_assert_null (strchr (text, '\007'));
  g_assert_null (strstr (text, "\xc2\x9b"));
}

static void
wide_characters_take_two_columns (void)
{
  g_autoptr (RungsTextCanvas) canvas = rungs_text_canvas_new (12, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (rungs_text_columns ("日本e\xcc\x81"), ==, 5);
  g_assert_cmpuint (rungs_text_canvas_put (canvas, 0, 12, RUNGS_INK_PLAIN, "日本e\xcc\x81"), ==, 5);
  rungs_text_canvas_put (canvas, 5, 1, RUNGS_INK_PLAIN, "│");
  rungs_text_canvas_flush (canvas, text);
  g_assert_cmpstr (text->str, ==, "日本e\xcc\x81│\n");
}

static void
text_that_is_too_long_ends_in_an_ellipsis (void)
{
  g_autoptr (RungsTextCanvas) canvas = rungs_text_canvas_new (12, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (rungs_text_canvas_put (canvas, 0, 6, RUNGS_INK_PLAIN, "日本語日本語"), ==, 5);
  rungs_text_canvas_flush (canvas, text);
  rungs_text_canvas_put (canvas, 0, 12, RUNGS_INK_PLAIN, "more than twelve columns");
  rungs_text_canvas_flush (canvas, text);
  g_assert_cmpstr (text->str, ==, "日本…\nmore than t…\n");
}

static void
names_choose_the_format (void)
{
  RungsExportFormat format = RUNGS_EXPORT_TEXT;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_export_format_from_name ("a.b.SVG", &format, NULL));
  g_assert_cmpint (format, ==, RUNGS_EXPORT_SVG);
  g_assert_true (rungs_export_format_from_name ("png", &format, NULL));
  g_assert_cmpint (format, ==, RUNGS_EXPORT_PNG);
  g_assert_false (rungs_export_format_from_name ("ladder.doc", &format, &error));
  g_assert_nonnull (strstr (error->message, ".svg"));
}

int
main (int argc, char **argv)
{
  generate = rungs_test_take_generate (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder-text/labels-stand-in-their-arrows", labels_stand_in_their_arrows);
  g_test_add_func ("/ladder-text/a-narrow-terminal-keeps-arrows-and-words",
                   a_narrow_terminal_keeps_arrows_and_words);
  g_test_add_func ("/ladder-text/a-kdc-of-the-capture-has-a-lane", a_kdc_of_the_capture_has_a_lane);
  g_test_add_func ("/ladder-text/what-a-ticket-proves-is-dotted", what_a_ticket_proves_is_dotted);
  g_test_add_func ("/ladder-text/no-line-is-wider-than-asked", no_line_is_wider_than_asked);
  g_test_add_func ("/ladder-text/too-many-lanes-for-the-width-become-numbers",
                   too_many_lanes_for_the_width_become_numbers);
  g_test_add_func ("/ladder-text/colour-only-when-asked", colour_only_when_asked);
  g_test_add_func ("/ladder-text/a-trace-cannot-steer-the-terminal", a_trace_cannot_steer_the_terminal);
  g_test_add_func ("/ladder-text/wide-characters-take-two-columns", wide_characters_take_two_columns);
  g_test_add_func ("/ladder-text/text-that-is-too-long-ends-in-an-ellipsis",
                   text_that_is_too_long_ends_in_an_ellipsis);
  g_test_add_func ("/export/names-choose-the-format", names_choose_the_format);
  return g_test_run ();
}
