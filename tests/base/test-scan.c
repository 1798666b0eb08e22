/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Lines, list items and parameters, as RFC 3261 writes them and as pasted logs do. */

#include "config.h"

#include "rungs-block.h"
#include "rungs-scan.h"
#include "rungs-test.h"

static void
any_line_ending_ends_a_line (void)
{
  RungsSlice rest = RUNGS_SLICE_LITERAL ("a\r\nb\nc\rd\r\r\ne");
  RungsSlice line = RUNGS_SLICE_EMPTY;
  const char *expected[] = { "a", "b", "c", "d", "", "e" };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (rungs_scan_line (&rest, &line));
      g_assert_slice (line, expected[i]);
    }
  g_assert_false (rungs_scan_line (&rest, &line));
}

static void
a_comma_inside_quotes_or_brackets_does_not_split (void)
{
  RungsSlice rest = RUNGS_SLICE_LITERAL ("\"a, b\" <sip:x,y@z>;q=1 , c");
  RungsSlice item;

  g_assert_true (rungs_scan_item (&rest, ',', &item));
  g_assert_slice (item, "\"a, b\" <sip:x,y@z>;q=1");
  g_assert_true (rungs_scan_item (&rest, ',', &item));
  g_assert_slice (item, "c");
  g_assert_false (rungs_scan_item (&rest, ',', &item));
}

/* Bytes are looked at in groups: no place in a group is special. */
static void
an_item_ends_at_its_separator_wherever_that_stands (void)
{
  static const char *const fillers[] = { "a", "\xff", "<;,>", "\";,\"", "\x01" };

  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    for (gsize before = 0; before < 24; before++)
      {
        g_autofree char *pad = g_strnfill (before, 'a');
        g_autofree char *wanted = g_strconcat (pad, fillers[i], pad, NULL);
        g_autofree char *text = g_strconcat (wanted, ",b;", pad, NULL);
        RungsSlice rest = rungs_slice_from_string (text);
        RungsSlice item;

        g_assert_true (rungs_scan_item (&rest, ',', &item));
        g_assert_slice (item, wanted);
        g_assert_true (rungs_scan_item (&rest, ';', &item));
        g_assert_slice (item, "b");
        g_assert_slice (rest, pad);
      }
}

static void
a_parameter_loses_its_quotes (void)
{
  RungsSlice name, value;

  g_assert_true (rungs_scan_parameter (RUNGS_SLICE_LITERAL ("realm = \"SIP \\\"x\\\"\""), &name, &value));
  g_assert_slice (name, "realm");
  g_assert_slice (value, "SIP \\\"x\\\"");
  g_assert_true (rungs_scan_parameter (RUNGS_SLICE_LITERAL ("opaque=“abc”"), &name, &value));
  g_assert_slice (value, "abc");
  g_assert_true (rungs_scan_parameter (RUNGS_SLICE_LITERAL ("gssapi-data=\"\""), &name, &value));
  g_assert_cmpuint (value.length, ==, 0);
  g_assert_nonnull (value.data);
  g_assert_true (rungs_scan_parameter (RUNGS_SLICE_LITERAL ("lr"), &name, &value));
  g_assert_null (value.data);
  g_assert_false (rungs_scan_parameter (RUNGS_SLICE_LITERAL ("a=\"open"), &name, &value));
  g_assert_slice (value, "open");
}

static void
a_quoted_string_ends_at_its_own_quote (void)
{
  RungsSlice content;
  gboolean closed;

  g_assert_cmpuint (rungs_scan_quoted (RUNGS_SLICE_LITERAL ("\"a \u201cb\u201d \\\" c\" d"),
                                       &content,
                                       &closed),
                    ==,
                    16);
  g_assert_slice (content, "a \u201cb\u201d \\\" c");
  g_assert_true (closed);
  rungs_scan_quoted (RUNGS_SLICE_LITERAL ("\"a\u201d <b>"), &content, &closed);
  g_assert_slice (content, "a");
  g_assert_cmpuint (rungs_scan_quoted (RUNGS_SLICE_LITERAL ("a"), &content, &closed), ==, 0);
}

/* U+00D3 ends in the byte that is a quote in Windows-1252. */
static void
a_letter_of_utf_8_is_no_quote (void)
{
  RungsSlice rest = RUNGS_SLICE_LITERAL ("\u201cG\u00d3MEZ\u201d, \u00d3, \u00d4");
  RungsSlice item, content;
  gboolean closed;

  rungs_scan_quoted (rest, &content, &closed);
  g_assert_slice (content, "G\u00d3MEZ");
  g_assert_true (rungs_scan_item (&rest, ',', &item));
  g_assert_true (rungs_scan_item (&rest, ',', &item));
  g_assert_slice (item, "\u00d3");
}

static void
lines_longer_than_the_window_are_whole (void)
{
  static const char *const ends[] = { "\r\n", "\n", "\r" };

  for (gsize length = 505; length < 520; length++)
    for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
      {
        g_autofree char *filler = g_strnfill (length, 'x');
        g_autofree char *text = g_strconcat (filler, ends[i], "y", ends[i], NULL);
        RungsSlice rest = rungs_slice_from_string (text);
        RungsSlice line = RUNGS_SLICE_EMPTY;

        g_assert_true (rungs_scan_line (&rest, &line));
        g_assert_cmpuint (line.length, ==, length);
        g_assert_true (rungs_scan_line (&rest, &line));
        g_assert_slice (line, "y");
        g_assert_false (rungs_scan_line (&rest, &line));
      }
}

static void
a_parameter_is_found_without_case (void)
{
  RungsSlice value;

  g_assert_true (
    rungs_scan_find_parameter (RUNGS_SLICE_LITERAL (";Tag=x;EPID=\"01;02\""), ';', "epid", &value));
  g_assert_slice (value, "01;02");
  g_assert_false (rungs_scan_find_parameter (RUNGS_SLICE_LITERAL ("a=b"), ';', "c", NULL));
}

/* Bytes that are nearly the one that is looked for, before and behind it. */
static void
a_block_tells_each_place_of_a_byte (void)
{
  static const char wanted[] = { '\0', '\n', ':', '\x7f', '\x80', '\xff' };
  char block[RUNGS_BLOCK_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    for (gsize place = 0; place < RUNGS_BLOCK_SIZE; place++)
      for (gsize other = 0; other < RUNGS_BLOCK_SIZE; other += 7)
        {
          guint64 expected = (guint64) 1 << place | (guint64) 1 << other;

          for (gsize n = 0; n < RUNGS_BLOCK_SIZE; n++)
            block[n] = (char) (wanted[i] + (n % 2 == 0 ? 1 : -1));
          block[place] = block[other] = wanted[i];
          g_assert_cmphex (rungs_block_find (block, wanted[i]), ==, expected);
          g_assert_cmphex (rungs_block_find_by_word (block, wanted[i]), ==, expected);
        }
}

static void
a_near_byte_is_found_up_to_the_end_and_not_behind_it (void)
{
  char text[48];

  for (gsize readable = 1; readable <= sizeof text; readable++)
    for (gsize end = 0; end <= readable; end++)
      for (gsize place = 0; place < readable; place++)
        {
          const char *found;

          memset (text, 'a', sizeof text);
          text[place] = ':';
          found = rungs_block_find_near (text, text + end, text + readable, ':');
          g_assert_true (found == (place < end ? text + place : NULL));
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/any-line-ending-ends-a-line", any_line_ending_ends_a_line);
  g_test_add_func ("/scan/a-comma-inside-quotes-or-brackets-does-not-split",
                   a_comma_inside_quotes_or_brackets_does_not_split);
  g_test_add_func ("/scan/an-item-ends-at-its-separator-wherever-that-stands",
                   an_item_ends_at_its_separator_wherever_that_stands);
  g_test_add_func ("/scan/a-parameter-loses-its-quotes", a_parameter_loses_its_quotes);
  rungs_test_add ("/scan", a_quoted_string_ends_at_its_own_quote);
  rungs_test_add ("/scan", a_letter_of_utf_8_is_no_quote);
  rungs_test_add ("/scan", lines_longer_than_the_window_are_whole);
  g_test_add_func ("/scan/a-parameter-is-found-without-case", a_parameter_is_found_without_case);
  rungs_test_add ("/scan", a_block_tells_each_place_of_a_byte);
  rungs_test_add ("/scan", a_near_byte_is_found_up_to_the_end_and_not_behind_it);
  return g_test_run ();
}
