/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which media streams belong to a call. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-media.h"

#define INVITE(call_id, port)                                                                                \
  "INVITE sip:b@x SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK" call_id                                 \
  "\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: " call_id                                                \
  "\nCSeq: 1 INVITE\nContent-Type: application/sdp\nContent-Length: 58\n\nv=0\nc=IN IP4 "                    \
  "10.0.0.1\nm=audio " port " RTP/AVP 0\na=sendrecv\n"

#define RTP(number) "\x80\x00\x00" number "\x00\x00\x00\x00\x00\x00\xca\xfepayload"
#define RTCP        "\x80\xc8\x00\x01\x00\x00\xca\xfe"

static void
streams_belong_to_the_call_that_names_their_ports (void)
{
  const FixtureMessage messages[] = {
    { 0, "10.0.0.1:5060", "10.0.0.2:5060", INVITE ("one", "4000"), 0 },
    { 1, "10.0.0.9:7000", "10.0.0.1:4000", RTP ("\x01"), 19 },
    { 1, "10.0.0.9:7000", "10.0.0.1:4000", RTP ("\x02"), 19 },
    { 1, "10.0.0.9:7000", "10.0.0.1:4000", RTP ("\x03"), 19 },
    { 1, "10.0.0.9:7001", "10.0.0.1:4001", RTCP, 8 },
    { 1, "10.0.0.1:4000", "10.0.0.9:7000", RTP ("\x01"), 19 },
    { 1, "10.0.0.1:4000", "10.0.0.9:7000", RTP ("\x02"), 19 },
    { 1, "10.0.0.1:4000", "10.0.0.9:7000", RTP ("\x03"), 19 },
    { 1, "10.0.0.9:7000", "10.0.0.1:5000", RTP ("\x01"), 19 },
    { 1, "10.0.0.9:7000", "10.0.0.1:5000", RTP ("\x02"), 19 },
    { 1, "10.0.0.9:7000", "10.0.0.1:5000", RTP ("\x03"), 19 },
    { 2, "10.0.0.1:5060", "10.0.0.2:5060", INVITE ("one", "4000"), 0 },
    { 900, "10.0.0.1:5060", "10.0.0.2:5060", INVITE ("two", "4000"), 0 },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, G_N_ELEMENTS (messages));
  g_autoptr (RungsMedia) media = rungs_media_new (trace);
  g_autoptr (GArray) one =
    rungs_media_find (media, rungs_trace_find_flow (trace, RUNGS_SLICE_LITERAL ("one")));
  g_autoptr (GArray) two =
    rungs_media_find (media, rungs_trace_find_flow (trace, RUNGS_SLICE_LITERAL ("two")));
  g_autofree char *words = NULL;

  g_assert_cmpuint (rungs_trace_get_n_streams (trace), ==, 4);
  g_assert_cmpuint (one->len, ==, 3);
  g_assert_cmpuint (two->len, ==, 0);
  for (guint i = 0; i < one->len; i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, g_array_index (one, guint, i));

      g_assert_true (stream->source.port / 10 == 400 || stream->destination.port / 10 == 400);
    }
  words = rungs_foreign_stream_describe (rungs_trace_get_stream (trace, 0));
  g_assert_true (g_str_has_prefix (words, "RTP from 10.0.0.9:7000 to 10.0.0.1:4000, 3 packets, 57"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/streams-belong-to-the-call-that-names-their-ports",
                   streams_belong_to_the_call_that_names_their_ports);
  return g_test_run ();
}
