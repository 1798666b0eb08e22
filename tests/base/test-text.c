/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* No byte of a trace reaches people as a control. */

#include "config.h"

#include "rungs-test.h"
#include "rungs-text.h"

static void
escape_sequences_become_visible (void)
{
  g_autofree char *text = rungs_text_display (RUNGS_SLICE_LITERAL ("a\033[31m\r\n\x7f"));

  g_assert_cmpstr (text, ==, "a␛[31m␍␊␡");
}

static void
bidi_controls_become_visible (void)
{
  g_autofree char *text = rungs_text_display (RUNGS_SLICE_LITERAL ("x\xe2\x80\xaey\xc2\x9bz"));

  g_assert_cmpstr (text, ==, "x<U+202E>y<U+009B>z");
}

static void
invalid_utf8_loses_no_byte (void)
{
  g_autofree char *text = rungs_text_display (RUNGS_SLICE_LITERAL ("\xff\xe2\x80z\xed\xa0\x80"));

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpstr (text, ==, "���z���");
}

static void
long_text_is_shortened_with_an_ellipsis (void)
{
  g_autofree char *text = rungs_text_display_max (RUNGS_SLICE_LITERAL ("äöüß"), 2);

  g_assert_cmpstr (text, ==, "äö…");
}

static void
long_lines_are_broken (void)
{
  g_autofree char *text = rungs_text_display_lines (RUNGS_SLICE_LITERAL ("abcdef\r\ng\th"), 4);

  g_assert_cmpstr (text, ==, "abcd\nef\ng\th");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/escape-sequences-become-visible", escape_sequences_become_visible);
  g_test_add_func ("/text/bidi-controls-become-visible", bidi_controls_become_visible);
  g_test_add_func ("/text/invalid-utf8-loses-no-byte", invalid_utf8_loses_no_byte);
  g_test_add_func ("/text/long-text-is-shortened-with-an-ellipsis", long_text_is_shortened_with_an_ellipsis);
  g_test_add_func ("/text/long-lines-are-broken", long_lines_are_broken);
  return g_test_run ();
}
