/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The filter's parser and matcher: the input is what somebody typed.
 *
 * It either gives a filter that can be asked about messages, or an error whose place lies in the text. */

#include "config.h"

#include <stdint.h>

#include "rungs-filter.h"
#include "rungs-trace-builder.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char log_text[] =
  "REGISTER sip:contoso.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.7:50000\r\n"
  "From: \"I\" <sip:izabela@contoso.example>;tag=1;epid=0a\r\nTo: <sip:izabela@contoso.example>\r\nCall-ID: "
  "reg\r\n"
  "CSeq: 1 REGISTER\r\nContact: <sip:izabela@192.0.2.7:50000>\r\nContent-Length: 0\r\n\r\n"
  "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/TLS 192.0.2.7:50000\r\nFrom: "
  "<sip:izabela@contoso.example>;tag=1\r\n"
  "To: <sip:izabela@contoso.example>;tag=2\r\nCall-ID: reg\r\nCSeq: 1 REGISTER\r\n"
  "WWW-Authenticate: NTLM realm=\"r\", targetname=\"pool01\"\r\nContent-Length: 0\r\n\r\n";

static RungsTrace *
get_trace (void)
{
  static RungsTrace *trace;

  if (trace == NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (log_text, sizeof log_text - 1);
      g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, "fuzz.txt");
      g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();

      rungs_trace_builder_add_input (builder, input, 0, NULL, NULL, NULL);
      trace = rungs_trace_builder_finish (builder);
    }
  return trace;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (RungsSipMessage) scratch = { 0 };
  g_autoptr (GError) error = NULL;
  gsize offset = 0;
  g_autoptr (RungsFilter) filter = rungs_filter_parse (text, &offset, &error);
  RungsTrace *trace = get_trace ();

  if (filter == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (offset, <=, strlen (text));
      return 0;
    }
  g_assert_null (error);
  for (guint i = 0; i < rungs_trace_get_n_messages (trace); i++)
    rungs_filter_matches (filter, trace, i, &scratch);
  return 0;
}
