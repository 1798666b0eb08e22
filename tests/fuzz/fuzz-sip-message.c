/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a message, by each way that they can have come, with checks, fields and framing. */

#include "config.h"

#include <stdint.h>

#include "rungs-sip-fields.h"
#include "rungs-sip-frame.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const RungsSipParseFlags ways[] = {
  RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK,
  RUNGS_SIP_PARSE_STREAM | RUNGS_SIP_PARSE_CHECK,
  RUNGS_SIP_PARSE_STREAM | RUNGS_SIP_PARSE_TRUNCATED,
  RUNGS_SIP_PARSE_LOG | RUNGS_SIP_PARSE_CHECK,
  RUNGS_SIP_PARSE_LOG | RUNGS_SIP_PARSE_BODY_LABEL,
  RUNGS_SIP_PARSE_LOG | RUNGS_SIP_PARSE_BODY_LABEL | RUNGS_SIP_PARSE_CHECK,
};

static void
check_slice (RungsSlice slice, RungsSlice bytes)
{
  g_assert (slice.length == 0 ||
            (slice.data >= bytes.data && rungs_slice_end (slice) <= rungs_slice_end (bytes)));
}

static void
check_message (const RungsSipMessage *message)
{
  g_autoptr (RungsField) fields = rungs_sip_fields_new (message);
  g_autofree char *line = rungs_sip_message_to_short_line (message);

  g_assert (rungs_field_get_n_children (fields) <= message->n_headers + 2);
  g_assert (g_utf8_validate (line, -1, NULL));
  check_slice (message->start_line, message->bytes);
  check_slice (message->body, message->bytes);
  check_slice (message->method_name, message->bytes);
  for (guint i = 0; i < message->n_headers; i++)
    {
      check_slice (message->headers[i].name, message->bytes);
      check_slice (message->headers[i].value, message->bytes);
    }
  for (guint i = 0; i < message->n_remarks; i++)
    g_assert ((gsize) message->remarks[i].offset + message->remarks[i].length <= message->bytes.length);
  rungs_sip_message_get_expires (message);
}

/* A stream is cut into parts until nothing is left, whatever it holds. */
static void
cut (RungsSlice stream)
{
  while (stream.length > 0)
    {
      gsize length;
      RungsSipFrame frame = rungs_sip_frame (stream, FALSE, &length);

      if (frame == RUNGS_SIP_FRAME_MORE)
        frame = rungs_sip_frame (stream, TRUE, &length);
      g_assert (frame != RUNGS_SIP_FRAME_MORE);
      g_assert (length > 0 && length <= stream.length);
      stream = rungs_slice_skip (stream, length);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static RungsSipMessage message;
  RungsSlice bytes = rungs_slice ((const char *) data, size);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      rungs_sip_message_parse (&message, bytes, ways[i]);
      check_message (&message);
    }
  rungs_sip_looks_like_message (bytes);
  cut (bytes);
  return 0;
}
