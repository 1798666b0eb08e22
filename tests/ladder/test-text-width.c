/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Texts are measured, cut and broken without a font. */

#include "config.h"

#include "rungs-test.h"
#include "rungs-text-width.h"

static void
width_grows_with_size_and_weight (void)
{
  double regular = rungs_text_estimate_width ("401 Unauthorized", 10, FALSE);

  g_assert_cmpfloat (regular, >, 60);
  g_assert_cmpfloat (regular, <, 110);
  g_assert_cmpfloat_with_epsilon (rungs_text_estimate_width ("401 Unauthorized", 20, FALSE),
                                  2 * regular,
                                  0.001);
  g_assert_cmpfloat (rungs_text_estimate_width ("401 Unauthorized", 10, TRUE), >, regular);
}

static void
east_asian_characters_are_one_em_and_marks_nothing (void)
{
  g_assert_cmpfloat_with_epsilon (rungs_text_estimate_width ("日本", 12, FALSE), 24, 0.001);
  g_assert_cmpfloat_with_epsilon (rungs_text_estimate_width ("e\xcc\x81", 12, FALSE),
                                  rungs_text_estimate_width ("e", 12, FALSE),
                                  0.001);
}

static void
what_fits_stays_as_it_is (void)
{
  double width = rungs_text_estimate_width ("REGISTER", 13, TRUE);
  g_autofree char *text = rungs_text_ellipsize ("REGISTER", 13, TRUE, width + 0.01);

  g_assert_cmpstr (text, ==, "REGISTER");
}

static void
what_does_not_fit_is_cut_to_the_width (void)
{
  g_autofree char *text = rungs_text_ellipsize ("INVITE sip:a.long.name@contoso.example", 13, TRUE, 120);

  g_assert_true (g_str_has_prefix (text, "INVITE sip:"));
  g_assert_true (g_str_has_suffix (text, "…"));
  g_assert_cmpfloat (rungs_text_estimate_width (text, 13, TRUE), <=, 120);
}

static void
no_width_at_all_leaves_an_ellipsis (void)
{
  g_autofree char *text = rungs_text_ellipsize ("abc", 13, FALSE, 0);

  g_assert_cmpstr (text, ==, "…");
}

static void
lines_break_at_spaces_and_lose_no_word (void)
{
  const char *sentence = "The server answers 401: it supports NTLM and asks for credentials.";
  g_auto (GStrv) lines = rungs_text_wrap (sentence, 12, FALSE, 140, 10);
  g_autofree char *joined = g_strjoinv (" ", lines);

  g_assert_cmpstr (joined, ==, sentence);
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpfloat (rungs_text_estimate_width (lines[i], 12, FALSE), <=, 140);
}

static void
the_last_line_says_that_more_follows (void)
{
  g_auto (GStrv) lines = rungs_text_wrap ("one two three four five six seven eight", 12, FALSE, 60, 2);

  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_true (g_str_has_suffix (lines[1], "…"));
}

static void
a_word_wider_than_a_line_is_broken (void)
{
  g_auto (GStrv) lines = rungs_text_wrap ("f1d2d2f924e986ac86fdf7b36c94bcdf32beec15", 12, FALSE, 50, 20);
  g_autofree char *joined = g_strjoinv ("", lines);

  g_assert_cmpstr (joined, ==, "f1d2d2f924e986ac86fdf7b36c94bcdf32beec15");
}

static void
no_text_is_no_line (void)
{
  g_auto (GStrv) lines = rungs_text_wrap ("", 12, FALSE, 50, 2);

  g_assert_cmpuint (g_strv_length (lines), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-width/width-grows-with-size-and-weight", width_grows_with_size_and_weight);
  g_test_add_func ("/text-width/east-asian-characters-are-one-em-and-marks-nothing",
                   east_asian_characters_are_one_em_and_marks_nothing);
  g_test_add_func ("/text-width/what-fits-stays-as-it-is", what_fits_stays_as_it_is);
  g_test_add_func ("/text-width/what-does-not-fit-is-cut-to-the-width",
                   what_does_not_fit_is_cut_to_the_width);
  g_test_add_func ("/text-width/no-width-at-all-leaves-an-ellipsis", no_width_at_all_leaves_an_ellipsis);
  g_test_add_func ("/text-width/lines-break-at-spaces-and-lose-no-word",
                   lines_break_at_spaces_and_lose_no_word);
  g_test_add_func ("/text-width/the-last-line-says-that-more-follows", the_last_line_says_that_more_follows);
  g_test_add_func ("/text-width/a-word-wider-than-a-line-is-broken", a_word_wider_than_a_line_is_broken);
  g_test_add_func ("/text-width/no-text-is-no-line", no_text_is_no_line);
  return g_test_run ();
}
