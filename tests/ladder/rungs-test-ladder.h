/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Ladders for tests: a client's log written here, line by line, and the ladder of what it says. */

#pragma once

#include <string.h>

#include "rungs-input.h"
#include "rungs-ladder.h"
#include "rungs-test.h"
#include "rungs-trace-builder.h"

/* Appends one packet of a client's log at @time ("12:00:00.000"), sent or received. */
static inline void
rungs_test_log_append (GString *log,
                       const char *time,
                       gboolean sent,
                       const char *start_line,
                       const char *call_id,
                       const char *cseq)
{
  g_autofree char *message =
    g_strdup_printf ("%s\r\n"
                     "Via: SIP/2.0/TLS 192.0.2.20:50318\r\n"
                     "From: <sip:izabela@contoso.example>;tag=a1;epid=01\r\n"
                     "To: <sip:izabela@contoso.example>%s\r\n"
                     "Call-ID: %s\r\n"
                     "CSeq: %s\r\n"
                     "Max-Forwards: 70\r\n"
                     "Content-Length: 0\r\n\r\n",
                     start_line, sent ? "" : ";tag=b2", call_id, cseq);

  g_string_append_printf (log,
                          "07/24/2009|%s 0C84:0F10 INFO  :: %s - 203.0.113.10:443 (%s Local Address: "
                          "192.0.2.20:50318) %" G_GSIZE_FORMAT " bytes:\r\n"
                          "07/24/2009|%s 0C84:0F10 INFO  :: %s\r\n"
                          "07/24/2009|%s 0C84:0F10 INFO  :: End of %s - 203.0.113.10:443 (%s Local Address: "
                          "192.0.2.20:50318) %" G_GSIZE_FORMAT " bytes\r\n",
                          time, sent ? "Sending Packet" : "Data Received", sent ? "From" : "To", strlen (message),
                          time, message, time, sent ? "Sending Packet" : "Data Received", sent ? "From" : "To",
                          strlen (message));
}

/* (transfer full): the trace of a log in memory. */
static inline RungsTrace *
rungs_test_trace (const char *log,
                  gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (log, length);
  g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, "test.log");
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  GError *error = NULL;

  rungs_trace_builder_add_input (builder, input, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  return rungs_trace_builder_finish (builder);
}

/* (transfer full): the ladder of all messages of a log in memory. */
static inline RungsLadder *
rungs_test_ladder (const char *log,
                   gsize length,
                   const RungsLadderOptions *options)
{
  g_autoptr (RungsTrace) trace = rungs_test_trace (log, length);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (RungsSelection) selection = rungs_selection_new_all (trace);

  return rungs_ladder_new (diagnoser, selection, options);
}

/* (transfer full): a login with two challenges, a wait, and a success. */
static inline GString *
rungs_test_login (void)
{
  GString *log = g_string_new (NULL);

  rungs_test_log_append (log, "12:00:00.000", TRUE, "REGISTER sip:contoso.example SIP/2.0", "one", "1 REGISTER");
  rungs_test_log_append (log, "12:00:00.061", FALSE, "SIP/2.0 401 Unauthorized", "one", "1 REGISTER");
  rungs_test_log_append (log, "12:00:13.500", TRUE, "REGISTER sip:contoso.example SIP/2.0", "one", "2 REGISTER");
  rungs_test_log_append (log, "12:00:13.561", FALSE, "SIP/2.0 200 OK", "one", "2 REGISTER");
  return log;
}

/* (transfer full): the ladder of the bundled example of a login from outside. */
static inline RungsLadder *
rungs_test_example (const RungsLadderOptions *options)
{
  g_autofree char *path = rungs_test_fixture ("..", "data", "examples", "remote-ntlm.uccapilog", NULL);
  gsize length;
  g_autofree char *log = rungs_test_load (path, &length);

  return rungs_test_ladder (log, length, options);
}

/* Compares @text with the expectation at @path, or writes it there after --generate. */
static inline void
rungs_test_expect (const char *path,
                   const char *text,
                   gboolean generate)
{
  g_autofree char *expected = NULL;
  GError *error = NULL;

  if (generate)
    {
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      return;
    }
  expected = rungs_test_load (path, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* Takes --generate out of the arguments. */
static inline gboolean
rungs_test_take_generate (int *argc,
                          char **argv)
{
  int kept = 1;
  gboolean generate = FALSE;

  for (int i = 1; i < *argc; i++)
    if (g_str_equal (argv[i], "--generate"))
      generate = TRUE;
    else
      argv[kept++] = argv[i];
  *argc = kept;
  return generate;
}
