/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Traces for the tests of the model: made from messages in C, written as a capture or a log in memory.
 *
 * A capture is a pcap of raw IPv4 with one UDP datagram a message, so that a test says itself who sends what to whom and
 * when. */

#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "rungs-test.h"
#include "rungs-trace-builder.h"

typedef struct
{
  double time;             /* seconds since 2009-07-24 10:00:00 UTC */
  const char *source;      /* "10.0.0.1:5060" */
  const char *destination;
  const char *message;     /* with "\n" for CRLF */
  gsize length;            /* of a message that is no text; 0: it is */
} FixtureMessage;

#define FIXTURE_EPOCH 1248429600

static inline void
fixture_append_address (GByteArray *to,
                        const char *text)
{
  guint parts[4];

  g_assert_cmpint (sscanf (text, "%u.%u.%u.%u", &parts[0], &parts[1], &parts[2], &parts[3]), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_byte_array_append (to, &(guint8){ parts[i] }, 1);
}

static inline void
fixture_append_16 (GByteArray *to,
                   guint value)
{
  guint16 big = GUINT16_TO_BE (value);

  g_byte_array_append (to, (const guint8 *) &big, 2);
}

/* (transfer full): the capture as a file in memory. */
static inline GBytes *
fixture_capture (const FixtureMessage *messages,
                 guint n)
{
  GByteArray *file = g_byte_array_new ();
  const guint32 head[] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, 101 };

  g_byte_array_append (file, (const guint8 *) head, sizeof head);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) lines = g_strsplit (messages[i].message, "\n", -1);
      g_autofree char *text = g_strjoinv ("\r\n", lines);
      const char *bytes = messages[i].length > 0 ? messages[i].message : text;
      gsize length = messages[i].length > 0 ? messages[i].length : strlen (text);
      guint64 time = (guint64) (messages[i].time * 1e6 + 0.5);
      const guint32 packet[] = { (guint32) (FIXTURE_EPOCH + time / 1000000), (guint32) (time % 1000000),
                                 (guint32) length + 28, (guint32) length + 28 };

      g_byte_array_append (file, (const guint8 *) packet, sizeof packet);
      fixture_append_16 (file, 0x4500);
      fixture_append_16 (file, (guint) length + 28);
      fixture_append_16 (file, i);
      fixture_append_16 (file, 0x4000);
      fixture_append_16 (file, 64 << 8 | 17);
      fixture_append_16 (file, 0);
      fixture_append_address (file, messages[i].source);
      fixture_append_address (file, messages[i].destination);
      fixture_append_16 (file, (guint) atoi (strchr (messages[i].source, ':') + 1));
      fixture_append_16 (file, (guint) atoi (strchr (messages[i].destination, ':') + 1));
      fixture_append_16 (file, (guint) length + 8);
      fixture_append_16 (file, 0);
      g_byte_array_append (file, (const guint8 *) bytes, (guint) length);
    }
  return g_byte_array_free_to_bytes (file);
}

/* Adds @bytes (transfer full) to @builder; the test fails where they cannot be read. */
static inline void
fixture_add (RungsTraceBuilder *builder,
             GBytes *bytes,
             const char *name)
{
  g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, name);
  g_autoptr (GError) error = NULL;

  rungs_trace_builder_add_input (builder, input, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
}

static inline RungsTrace *
fixture_trace (const FixtureMessage *messages,
               guint n)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();

  fixture_add (builder, fixture_capture (messages, n), "fixture.pcap");
  return rungs_trace_builder_finish (builder);
}

/* The trace of a log; "\n" in it stay line ends. */
static inline RungsTrace *
fixture_log (const char *text)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();

  fixture_add (builder, g_bytes_new (text, strlen (text)), "fixture.log");
  return rungs_trace_builder_finish (builder);
}

/* The trace of a file. */
static inline RungsTrace *
fixture_file (const char *path)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsInput) input = rungs_input_open (path, NULL, &error);

  g_assert_no_error (error);
  rungs_trace_builder_add_input (builder, input, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  return rungs_trace_builder_finish (builder);
}

/* One of the two examples that come with Rungs. */
static inline RungsTrace *
fixture_example (const char *name)
{
  g_autofree char *path = rungs_test_fixture ("..", "data", "examples", name, NULL);

  return fixture_file (path);
}
