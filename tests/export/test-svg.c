/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The SVG is valid XML whatever the trace says, its text is text, and equal ladders give equal bytes. */

#include "config.h"

#include "rungs-svg.h"
#include "rungs-test-ladder.h"

static char *
write_svg (RungsLadder *ladder, const char *title)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = rungs_svg_write (ladder, title, NULL, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
count_element_cb (GMarkupParseContext *context,
                  const char *name,
                  const char **attribute_names,
                  const char **attribute_values,
                  gpointer data,
                  GError **error)
{
  GHashTable *counts = data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

  g_hash_table_replace (counts, g_strdup (name), GUINT_TO_POINTER (count + 1));
}

/* (transfer full): how often each element stands in @svg, which must be well formed. */
static GHashTable *
count_elements (const char *svg)
{
  const GMarkupParser parser = { .start_element = count_element_cb };
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, counts, NULL);
  GError *error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return counts;
}

static guint
get_count (GHashTable *counts, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
}

static void
each_message_is_a_group_with_title_and_link (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_autofree char *svg = write_svg (ladder, NULL);
  g_autoptr (GHashTable) counts = count_elements (svg);

  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("<g id=\"message-%u\" class=\"message\"", i);

      g_assert_nonnull (strstr (svg, id));
    }
  /* One for the picture, one a row. */
  g_assert_cmpuint (get_count (counts, "title"), ==, 1 + rungs_ladder_get_n_rows (ladder));
  g_assert_cmpuint (get_count (counts, "a"), ==, 6);
  g_assert_nonnull (strstr (svg, "<a href=\"https://"));
}

static void
text_stays_text (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_autofree char *svg = write_svg (ladder, "Izabela signs in");

  g_assert_nonnull (strstr (svg, ">401 Unauthorized</text>"));
  g_assert_nonnull (strstr (svg, ">Izabela signs in</text>"));
  g_assert_nonnull (strstr (svg, ">not in this trace</text>"));
  g_assert_nonnull (strstr (svg, "<title id=\"title\">Izabela signs in</title>"));
}

static void
equal_ladders_give_equal_bytes (void)
{
  g_autoptr (RungsLadder) first = rungs_test_example (NULL);
  g_autoptr (RungsLadder) second = rungs_test_example (NULL);
  g_autofree char *a = write_svg (first, NULL);
  g_autofree char *b = write_svg (first, NULL);
  g_autofree char *c = write_svg (second, NULL);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, ==, c);
}

static void
an_xml_tool_finds_it_valid (void)
{
  g_autofree char *program = g_find_program_in_path ("xmllint");
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_autofree char *svg = write_svg (ladder, NULL);
  g_autoptr (GSubprocess) process = NULL;
  GError *error = NULL;

  if (program == NULL)
    {
      g_test_skip ("xmllint is not on this machine");
      return;
    }
  process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, program, "--noout", "--nonet", "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, svg, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
markup_and_controls_of_a_trace_are_text (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *svg = NULL;
  g_autoptr (GHashTable) counts = NULL;

  rungs_test_log_append (log,
                         "12:00:00.000",
                         TRUE,
                         "REGISTER sip:a<script>b\"&'c SIP/2.0",
                         "one",
                         "1 REGISTER");
  rungs_test_log_append (log,
                         "12:00:00.100",
                         FALSE,
                         "SIP/2.0 404 <b>&amp;]]>\033[31m\xe2\x80\xae\xef\xbf\xbf\x01",
                         "one",
                         "1 REGISTER");
  ladder = rungs_test_ladder (log->str, log->len, NULL);
  svg = write_svg (ladder, "<i>&</i>");
  counts = count_elements (svg);
  g_assert_cmpuint (get_count (counts, "script"), ==, 0);
  g_assert_cmpuint (get_count (counts, "b"), ==, 0);
  g_assert_cmpuint (get_count (counts, "i"), ==, 0);
  g_assert_null (strchr (svg, '\033'));
  g_assert_null (strchr (svg, '\001'));
  g_assert_null (strstr (svg, "\xe2\x80\xae"));
  g_assert_null (strstr (svg, "\xef\xbf\xbf"));
  g_assert_nonnull (strstr (svg, "&lt;U+202E&gt;"));
}

static void
a_stop_leaves_nothing (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RungsExportProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_cancellable_cancel (cancellable);
  bytes = rungs_svg_write (ladder, NULL, &progress, &error);
  g_assert_null (bytes);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/each-message-is-a-group-with-title-and-link",
                   each_message_is_a_group_with_title_and_link);
  g_test_add_func ("/svg/text-stays-text", text_stays_text);
  g_test_add_func ("/svg/equal-ladders-give-equal-bytes", equal_ladders_give_equal_bytes);
  g_test_add_func ("/svg/an-xml-tool-finds-it-valid", an_xml_tool_finds_it_valid);
  g_test_add_func ("/svg/markup-and-controls-of-a-trace-are-text", markup_and_controls_of_a_trace_are_text);
  g_test_add_func ("/svg/a-stop-leaves-nothing", a_stop_leaves_nothing);
  return g_test_run ();
}
