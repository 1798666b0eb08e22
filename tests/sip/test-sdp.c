/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Session descriptions: media, what the session's head gives them, codecs, and the part of a multipart body. */

#include "config.h"

#include "rungs-sip-sdp.h"
#include "rungs-test.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"

static void
assert_text (RungsSlice slice, const char *text)
{
  if (!rungs_slice_equal_string (slice, text))
    g_error ("“%.*s” is not “%s”", RUNGS_SLICE_ARGS (slice), text);
}

static void
the_head_of_the_session_counts_for_every_medium (void)
{
  RungsSdp sdp;

  g_assert_true (
    rungs_sdp_parse (&sdp,
                     RUNGS_SLICE_LITERAL (HEAD "a=sendonly\r\nm=audio 4000 RTP/AVP 0 8\r\n"
                                               "m=video 4002/2 RTP/AVP 34\r\nc=IN IP4 192.0.2.2/127\r\n"
                                               "a=recvonly\r\n")));
  g_assert_cmpuint (sdp.n_media, ==, 2);
  assert_text (sdp.media[0].kind, "audio");
  assert_text (sdp.media[0].formats, "0 8");
  assert_text (sdp.media[0].address, "192.0.2.1");
  g_assert_cmpuint (sdp.media[0].direction, ==, RUNGS_SDP_SENDONLY);
  g_assert_cmpuint (sdp.media[1].port, ==, 4002);
  assert_text (sdp.media[1].address, "192.0.2.2");
  g_assert_cmpuint (sdp.media[1].direction, ==, RUNGS_SDP_RECVONLY);
}

static void
a_codec_is_named_by_rtpmap_or_by_its_number (void)
{
  RungsSdp sdp;

  rungs_sdp_parse (&sdp,
                   RUNGS_SLICE_LITERAL (HEAD "m=audio 4000 RTP/AVP 8 96 97\r\na=rtpmap:96 opus/48000/2\r\n"));
  assert_text (rungs_sdp_media_get_codec (&sdp.media[0], RUNGS_SLICE_LITERAL ("8")), "PCMA/8000");
  assert_text (rungs_sdp_media_get_codec (&sdp.media[0], RUNGS_SLICE_LITERAL ("96")), "opus/48000/2");
  assert_text (rungs_sdp_media_get_codec (&sdp.media[0], RUNGS_SLICE_LITERAL ("97")), "");
}

static void
keys_and_candidates_are_seen (void)
{
  RungsSdp sdp;

  rungs_sdp_parse (&sdp,
                   RUNGS_SLICE_LITERAL (
                     HEAD "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 A inline:b\r\n"
                          "a=candidate:1 1 UDP 1 192.0.2.1 4000 typ host\r\nm=audio 0 RTP/AVP 0\r\n"));
  g_assert_true (sdp.ice);
  g_assert_true (sdp.media[0].keyed);
  g_assert_true (rungs_sdp_media_is_secured (&sdp.media[0]));
  g_assert_false (sdp.media[1].keyed);
  g_assert_false (rungs_sdp_media_is_secured (&sdp.media[1]));
  g_assert_cmpuint (sdp.media[1].port, ==, 0);
}

static void
the_description_of_a_multipart_body_is_found (void)
{
  RungsSlice found = rungs_sdp_find (
    RUNGS_SLICE_LITERAL ("--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 1 RTP/AVP "
                         "0\r\n--b\r\nContent-Type: text/plain\r\n\r\nm=audio\r\n--b--\r\n"));
  RungsSdp sdp;

  g_assert_true (rungs_sdp_parse (&sdp, found));
  g_assert_cmpuint (sdp.n_media, ==, 1);
  g_assert_cmpuint (rungs_sdp_find (RUNGS_SLICE_LITERAL ("<xml/>")).length, ==, 0);
}

static void
more_media_than_are_read_are_left_out (void)
{
  GString *text = g_string_new (HEAD);
  RungsSdp sdp;

  for (guint i = 0; i < 2 * RUNGS_SDP_MAX_MEDIA; i++)
    g_string_append (text, "m=audio 4000 RTP/AVP 0\r\n");
  rungs_sdp_parse (&sdp, rungs_slice (text->str, text->len));
  g_assert_cmpuint (sdp.n_media, ==, RUNGS_SDP_MAX_MEDIA);
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sdp/the-head-of-the-session-counts-for-every-medium",
                   the_head_of_the_session_counts_for_every_medium);
  g_test_add_func ("/sdp/a-codec-is-named-by-rtpmap-or-by-its-number",
                   a_codec_is_named_by_rtpmap_or_by_its_number);
  g_test_add_func ("/sdp/keys-and-candidates-are-seen", keys_and_candidates_are_seen);
  g_test_add_func ("/sdp/the-description-of-a-multipart-body-is-found",
                   the_description_of_a_multipart_body_is_found);
  g_test_add_func ("/sdp/more-media-than-are-read-are-left-out", more_media_than_are_read_are_left_out);
  return g_test_run ();
}
