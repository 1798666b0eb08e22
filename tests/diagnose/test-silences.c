/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A client that was granted so many seconds of silence: what it sends on its connection, keep-alives among it, and what the rule
 * says. */

#include "config.h"

#include "diagnose-fixture.h"
#include "rungs-media.h"

#define GRANTED                                                                                              \
  "0.0 c>s REGISTER 1\n0.1 s>c 200 1 $stored | ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; "        \
  "timeout=300\n"
#define LATE       "900.0 s>c OPTIONS 7 Call-ID: late\n"
#define LATE_REPLY LATE "900.1 c>s 200 7/OPTIONS Call-ID: late\n"

/* "250 c>s" and nothing behind it is an empty line; anything else a message of a script. */
static RungsTrace *
trace_of_connection (const char *script)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);
  GByteArray *file = g_byte_array_new ();
  const guint32 head[] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, 101 };
  guint32 sequences[2] = { 1, 1 };

  g_byte_array_append (file, (const guint8 *) head, sizeof head);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 5);
      gboolean blank = g_strv_length (words) < 4;
      g_autofree char *text =
        blank ? g_strdup ("\n\n") : script_message (words[2], words[3], words[4] != NULL ? words[4] : "");
      g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
      g_autofree char *bytes = g_strjoinv ("\r\n", parts);
      guint length = (guint) strlen (bytes);
      guint sender = words[1][0] == 'c' ? 0 : 1;
      guint64 time = (guint64) (g_ascii_strtod (words[0], NULL) * 1e6 + 0.5);
      const guint32 packet[] = {
        (guint32) (FIXTURE_EPOCH + time / 1000000), (guint32) (time % 1000000), length + 40, length + 40
      };

      g_byte_array_append (file, (const guint8 *) packet, sizeof packet);
      fixture_append_16 (file, 0x4500);
      fixture_append_16 (file, length + 40);
      fixture_append_16 (file, i);
      fixture_append_16 (file, 0x4000);
      fixture_append_16 (file, 64 << 8 | 6);
      fixture_append_16 (file, 0);
      fixture_append_address (file, script_address (words[1][0]));
      fixture_append_address (file, script_address (words[1][2]));
      fixture_append_16 (file, (guint) atoi (strchr (script_address (words[1][0]), ':') + 1));
      fixture_append_16 (file, (guint) atoi (strchr (script_address (words[1][2]), ':') + 1));
      fixture_append_16 (file, sequences[sender] >> 16);
      fixture_append_16 (file, sequences[sender] & 0xffff);
      fixture_append_16 (file, sequences[!sender] >> 16);
      fixture_append_16 (file, sequences[!sender] & 0xffff);
      fixture_append_16 (file, 0x5018);
      fixture_append_16 (file, 0xffff);
      fixture_append_16 (file, 0);
      fixture_append_16 (file, 0);
      g_byte_array_append (file, (const guint8 *) bytes, length);
      sequences[sender] += length;
    }
  fixture_add (builder, g_byte_array_free_to_bytes (file), "script.pcap");
  return rungs_trace_builder_finish (builder);
}

/* What the rule says of the trace, NULL: nothing. (transfer full) */
static char *
explain_silence (RungsTrace *trace)
{
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (trace, "KEEPALIVE-SILENT", &diagnosis);

  return finding != NULL ? g_strdup (finding->explanation) : NULL;
}

static void
assert_silence (const char *script, const char *silence)
{
  g_autoptr (RungsTrace) trace = trace_of_connection (script);
  g_autofree char *explanation = explain_silence (trace);

  if (silence == NULL)
    {
      g_assert_cmpstr (explanation, ==, NULL);
      return;
    }
  g_assert_nonnull (explanation);
  g_assert_nonnull (strstr (explanation, silence));
}

static void
a_client_that_sends_nothing_is_named (void)
{
  assert_silence (GRANTED LATE, "15 min");
  assert_silence (GRANTED LATE_REPLY, "15 min");
  assert_silence (GRANTED "200 c>s\n900 s>c\n", "11 min 40 s");
  assert_silence (GRANTED "200 c>s\n400 c>s\n800 c>s\n1000 c>s\n" LATE, "6 min 40 s");
}

static void
keepalives_and_messages_break_the_silence (void)
{
  assert_silence (GRANTED "290 c>s\n580 c>s\n870 c>s\n" LATE_REPLY, NULL);
  assert_silence (GRANTED "290 c>s\n580 c>s INFO 2\n870 c>s\n" LATE_REPLY, NULL);
  assert_silence (GRANTED "302 c>s\n600 c>s\n899 c>s\n" LATE_REPLY, NULL);
}

static void
nothing_is_said_where_the_connection_may_be_closed (void)
{
  assert_silence (GRANTED "900.0 d>s OPTIONS 7 Call-ID: late\n900.1 s>d 200 7/OPTIONS Call-ID: late\n", NULL);
  assert_silence (GRANTED "200 c>s\n", NULL);
}

static void
nothing_is_said_without_a_grant (void)
{
  assert_silence ("0.0 c>s REGISTER 1\n0.1 s>c 200 1 $stored\n" LATE_REPLY, NULL);
  assert_silence ("0.0 c>s REGISTER 1\n0.1 s>c 200 1 $stored | ms-keep-alive: UAS; tcp=no\n" LATE_REPLY,
                  NULL);
}

static void
logs_and_datagrams_show_no_keepalives (void)
{
  g_autoptr (RungsTrace) log = script_trace ("log\n" GRANTED LATE_REPLY);
  g_autoptr (RungsTrace) datagrams = script_trace (GRANTED LATE_REPLY);

  g_assert_null (explain_silence (log));
  g_assert_null (explain_silence (datagrams));
}

static void
keepalives_are_counted_in_each_direction (void)
{
  g_autoptr (RungsTrace) trace = trace_of_connection (GRANTED "10 c>s\n11 s>c\n50 c>s\n51 s>c\n52 s>c\n");
  const RungsMessageInfo *info = rungs_trace_get_message (trace, 0);

  g_assert_cmpuint (rungs_trace_get_n_streams (trace), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, i);
      g_autofree char *source = rungs_address_to_string (&stream->source);
      g_autofree char *words = rungs_foreign_stream_describe (stream);

      g_assert_cmpuint (stream->kind, ==, RUNGS_FOREIGN_KEEPALIVE);
      g_assert_cmpuint (stream->connection, ==, info->connection);
      g_assert_cmpstr (source, ==, script_address (i == 0 ? 'c' : 's'));
      g_assert_cmpuint (stream->packets, ==, i == 0 ? 2 : 3);
      g_assert_cmpint (stream->pause, ==, 40 * G_USEC_PER_SEC);
      g_assert_nonnull (strstr (words, i == 0 ? "2 keep-alives from 10.0.0.1:50000" : "3 keep-alives from"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/silences/a-client-that-sends-nothing-is-named", a_client_that_sends_nothing_is_named);
  g_test_add_func ("/silences/keepalives-and-messages-break-the-silence",
                   keepalives_and_messages_break_the_silence);
  g_test_add_func ("/silences/nothing-is-said-where-the-connection-may-be-closed",
                   nothing_is_said_where_the_connection_may_be_closed);
  g_test_add_func ("/silences/nothing-is-said-without-a-grant", nothing_is_said_without_a_grant);
  g_test_add_func ("/silences/logs-and-datagrams-show-no-keepalives", logs_and_datagrams_show_no_keepalives);
  g_test_add_func ("/silences/keepalives-are-counted-in-each-direction",
                   keepalives_are_counted_in_each_direction);
  return g_test_run ();
}
