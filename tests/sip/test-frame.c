/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Where messages begin and end in a stream, and what counts as one. */

#include "config.h"

#include "rungs-sip-frame.h"
#include "rungs-test.h"

#define BYE "BYE sip:b@h SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 4\r\n\r\nbody"

static RungsSipFrame
frame (const char *text, gboolean at_end, gsize *length)
{
  return rungs_sip_frame (rungs_slice_from_string (text), at_end, length);
}

static void
content_length_ends_a_message (void)
{
  gsize length;

  g_assert_cmpint (frame (BYE "BYE sip:", FALSE, &length), ==, RUNGS_SIP_FRAME_MESSAGE);
  g_assert_cmpuint (length, ==, strlen (BYE));
  g_assert_cmpint (frame ("SIP/2.0 200 OK\r\nl: 0\r\n\r\nSIP/2.0", FALSE, &length),
                   ==,
                   RUNGS_SIP_FRAME_MESSAGE);
  g_assert_cmpuint (length, ==, strlen ("SIP/2.0 200 OK\r\nl: 0\r\n\r\n"));
}

static void
each_prefix_of_a_message_asks_for_more (void)
{
  gsize length;

  for (gsize i = 1; i < strlen (BYE); i++)
    {
      g_autofree char *prefix = g_strndup (BYE, i);

      g_assert_cmpint (frame (prefix, FALSE, &length), ==, RUNGS_SIP_FRAME_MORE);
    }
}

static void
half_of_a_line_end_is_none (void)
{
  gsize length;

  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\r\nl: 0\r\n\r", FALSE, &length), ==, RUNGS_SIP_FRAME_MORE);
  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\r\nl: 2\r\n\r", FALSE, &length), ==, RUNGS_SIP_FRAME_MORE);
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\r\nl: 0\r\n\r", TRUE, &length), ==, RUNGS_SIP_FRAME_MESSAGE);
  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\r\nSIP/2.0 200", FALSE, &length), ==, RUNGS_SIP_FRAME_MORE);
}

static void
the_end_of_the_stream_ends_a_message (void)
{
  gsize length;

  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\r\nl: 40\r\n\r\nbody", TRUE, &length),
                   ==,
                   RUNGS_SIP_FRAME_MESSAGE);
  g_assert_cmpuint (length, ==, strlen ("BYE sip:b@h SIP/2.0\r\nl: 40\r\n\r\nbody"));
}

static void
without_content_length_the_head_is_the_message (void)
{
  gsize length;

  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\nCall-ID: 1\n\n" BYE, FALSE, &length),
                   ==,
                   RUNGS_SIP_FRAME_MESSAGE);
  g_assert_cmpuint (length, ==, strlen ("BYE sip:b@h SIP/2.0\nCall-ID: 1\n\n"));
}

static void
a_length_beyond_belief_ends_at_the_next_start_line (void)
{
  static const char *const lengths[] = { "-5", "4294967295", "99999999999999999999999", "x" };
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("BYE sip:b@h SIP/2.0\r\nl: %s\r\n\r\nbody\r\n" BYE, lengths[i]);

      g_assert_cmpint (frame (text, FALSE, &length), ==, RUNGS_SIP_FRAME_MESSAGE);
      g_assert_cmpstr (text + length, ==, BYE);
    }
}

static void
a_start_line_ends_a_head_that_was_cut (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RungsSlice rest;
  gsize length;
  guint n = 0;

  g_assert_cmpint (frame ("BYE sip:b@h SIP/2.0\r\nCall-ID: 1\r\n" BYE, FALSE, &length),
                   ==,
                   RUNGS_SIP_FRAME_MESSAGE);
  g_assert_cmpuint (length, ==, strlen ("BYE sip:b@h SIP/2.0\r\nCall-ID: 1\r\n"));
  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "BYE sip:b SIP/2.0\n");
  for (rest = rungs_slice (text->str, text->len); rest.length > 0; n++)
    {
      g_assert_cmpint (rungs_sip_frame (rest, TRUE, &length), ==, RUNGS_SIP_FRAME_MESSAGE);
      rest = rungs_slice_skip (rest, length);
    }
  g_assert_cmpuint (n, ==, 200000);
}

static void
line_ends_between_messages_are_keepalives (void)
{
  gsize length;

  g_assert_cmpint (frame ("\r\n\r\n" BYE, FALSE, &length), ==, RUNGS_SIP_FRAME_KEEPALIVE);
  g_assert_cmpuint (length, ==, 4);
}

static void
junk_ends_where_a_message_begins (void)
{
  gsize length;

  g_assert_cmpint (frame ("\x16\x03\x01 stuff\nmore stuff\r\n" BYE, FALSE, &length),
                   ==,
                   RUNGS_SIP_FRAME_JUNK);
  g_assert_cmpuint (length, ==, strlen ("\x16\x03\x01 stuff\nmore stuff\r\n"));
  g_assert_cmpint (frame ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", TRUE, &length), ==, RUNGS_SIP_FRAME_JUNK);
  g_assert_cmpuint (length, ==, strlen ("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
}

static void
junk_leaves_the_line_that_may_become_a_start_line (void)
{
  gsize length;

  g_assert_cmpint (frame ("?? junk\r\nREGISTER sip:", FALSE, &length), ==, RUNGS_SIP_FRAME_JUNK);
  g_assert_cmpuint (length, ==, strlen ("?? junk\r\n"));
}

static void
a_stream_is_cut_without_loss (void)
{
  RungsSlice rest = RUNGS_SLICE_LITERAL ("\r\n" BYE "\r\n\r\n" BYE BYE "tail");
  RungsSipFrame expected[] = { RUNGS_SIP_FRAME_KEEPALIVE, RUNGS_SIP_FRAME_MESSAGE, RUNGS_SIP_FRAME_KEEPALIVE,
                               RUNGS_SIP_FRAME_MESSAGE,   RUNGS_SIP_FRAME_MESSAGE, RUNGS_SIP_FRAME_JUNK };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gsize length;

      g_assert_cmpint (rungs_sip_frame (rest, TRUE, &length), ==, expected[i]);
      g_assert_cmpuint (length, >, 0);
      rest = rungs_slice_skip (rest, length);
    }
  g_assert_cmpuint (rest.length, ==, 0);
}

static void
a_start_line_is_known_strictly (void)
{
  static const char *const good[] = {
    "REGISTER sip:h SIP/2.0", "SIP/2.0 401 Unauthorized", "SIP/2.0 100 ",
    "X urn:a:b SIP/7.0",      "INVITE <sip:a@h> SIP/2.0", "OPTIONS sip:a@h SIP/2.0  "
  };
  static const char *const bad[] = { "Via: SIP/2.0/UDP h",
                                     "sent INVITE sip:a@h SIP/2.0",
                                     "SIP/2.0 4x1 No",
                                     "SIP/2.0",
                                     "",
                                     "GET / HTTP/1.1",
                                     "INVITE sip:a@h",
                                     "we speak SIP/2.0",
                                     "CSeq: 1 INVITE" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (rungs_sip_is_start_line (rungs_slice_from_string (good[i])));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rungs_sip_is_start_line (rungs_slice_from_string (bad[i])));
}

static void
three_headers_look_like_a_message (void)
{
  g_assert_false (rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL ("\r\nInvite sip:a@h SIP\r\n")));
  g_assert_true (rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL ("INVITE sip:a@h\r\n")));
  g_assert_true (
    rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL ("?\r\nVia: a\r\nTo: b\r\nCall-ID: c\r\n")));
  g_assert_false (rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL ("?\r\nVia: a\r\nTo: b\r\nHost: c\r\n")));
  g_assert_true (
    rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL ("?\r\nTo: a\r\nFrom: b\r\nCSeq: 1 BYE\r\n")));
  g_assert_true (
    rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL ("?\r\nTo: a\r\nFrom: b\r\nv: SIP/2.0/UDP c\r\n")));
  g_assert_false (rungs_sip_looks_like_message (RUNGS_SLICE_EMPTY));
}

static void
a_mail_an_http_answer_and_an_mgcp_answer_do_not_look_like_a_message (void)
{
  g_assert_false (rungs_sip_looks_like_message (
    RUNGS_SLICE_LITERAL ("Date: Mon\r\nFrom: a@b\r\nTo: c@d\r\nSubject: e\r\nContent-Type: text/plain\r\n")));
  g_assert_false (rungs_sip_looks_like_message (RUNGS_SLICE_LITERAL (
    ".1 206 Partial\r\nVia: 1.1 proxy\r\nDate: Mon\r\nServer: a\r\nContent-Length: 3\r\n")));
  g_assert_false (rungs_sip_looks_like_message (
    RUNGS_SLICE_LITERAL ("200 81\r\nI: 2A\r\nK: 1\r\nL: p:20\r\nM: recvonly\r\n")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/frame", content_length_ends_a_message);
  rungs_test_add ("/frame", each_prefix_of_a_message_asks_for_more);
  rungs_test_add ("/frame", half_of_a_line_end_is_none);
  rungs_test_add ("/frame", the_end_of_the_stream_ends_a_message);
  rungs_test_add ("/frame", without_content_length_the_head_is_the_message);
  rungs_test_add ("/frame", a_length_beyond_belief_ends_at_the_next_start_line);
  rungs_test_add ("/frame", a_start_line_ends_a_head_that_was_cut);
  rungs_test_add ("/frame", line_ends_between_messages_are_keepalives);
  rungs_test_add ("/frame", junk_ends_where_a_message_begins);
  rungs_test_add ("/frame", junk_leaves_the_line_that_may_become_a_start_line);
  rungs_test_add ("/frame", a_stream_is_cut_without_loss);
  rungs_test_add ("/frame", a_start_line_is_known_strictly);
  rungs_test_add ("/frame", three_headers_look_like_a_message);
  rungs_test_add ("/frame", a_mail_an_http_answer_and_an_mgcp_answer_do_not_look_like_a_message);
  return g_test_run ();
}
