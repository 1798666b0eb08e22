/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Payloads that are not SIP.  See rungs-packet-payload.h. */

#include "config.h"

#include "rungs-packet-payload.h"

#define MAX_KEEPALIVE 16
#define MAX_LINE      8192

/* A version as the first or last word of a start line. */
static const RungsSlice foreign_versions[] = {
  { "HTTP/", 5 },
  { "RTSP/", 5 },
  { "ICAP/", 5 },
};

gboolean
rungs_packet_payload_is_foreign (RungsSlice payload)
{
  RungsSlice line = rungs_slice_sub (payload, 0, MAX_LINE);
  gssize newline = rungs_slice_find_char (line, 0, '\n');
  const char *space;
  RungsSlice last;

  if (rungs_slice_starts_with (payload, RUNGS_SLICE_LITERAL ("HEP3")) ||
      rungs_slice_starts_with (payload, RUNGS_SLICE_LITERAL ("MSRP ")))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_versions); i++)
    if (rungs_slice_starts_with (payload, foreign_versions[i]))
      return TRUE;
  if (newline < 0)
    return FALSE;
  line = rungs_slice_trim (rungs_slice_sub (line, 0, newline));
  space = line.length > 0 ? memrchr (line.data, ' ', line.length) : NULL;
  if (space == NULL)
    return FALSE;
  last = rungs_slice_skip (line, space + 1 - line.data);
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_versions); i++)
    if (rungs_slice_starts_with (last, foreign_versions[i]))
      return rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (" sip")) < 0;
  return FALSE;
}

gboolean
rungs_packet_payload_is_tls (RungsSlice payload, gboolean any)
{
  guint8 type = payload.length >= 3 ? payload.data[0] : 0;

  /* a client's hello in the form of SSL 2.0, as clients of its time sent it first */
  if ((type & 0x80) != 0 && payload.length >= 5 && payload.data[2] == 1 && payload.data[3] == 3 &&
      (guint8) payload.data[4] <= 3)
    return TRUE;
  if (type < 0x14 || type > 0x17 || (guint8) payload.data[1] != 3 || (guint8) payload.data[2] > 4)
    return FALSE;
  return type == 0x16 || any;
}

/* DTLS 1.0 and 1.2 (RFC 6347, 4.1) */
static gboolean
is_dtls (RungsSlice payload)
{
  return payload.length >= 13 && payload.data[0] >= 0x14 && payload.data[0] <= 0x17 &&
         (guint8) payload.data[1] == 0xfe && (guint8) payload.data[2] >= 0xfd;
}

/* What clients send to keep a binding alive (RFC 5626, 4.4, and older habits). */
static gboolean
is_keepalive (RungsSlice payload)
{
  if (payload.length > MAX_KEEPALIVE)
    return FALSE;
  for (gsize i = 0; i < payload.length; i++)
    if (payload.data[i] != '\r' && payload.data[i] != '\n' && payload.data[i] != '\0')
      return FALSE;
  return TRUE;
}

/* Skips tag and length of DER (X.690, 8.1) at the start of @bytes.
 * @length: (out): how many bytes of content it announces; G_MAXSIZE where that is not there to be read
 * Returns: whether @tag stands there, as far as can be seen */
static gboolean
skip_der (RungsSlice *bytes, guint tag, gsize *length)
{
  gsize n_bytes = 0;

  *length = G_MAXSIZE;
  if (bytes->length > 0 && (guint8) bytes->data[0] != tag)
    return FALSE;
  if (bytes->length < 2)
    {
      *bytes = RUNGS_SLICE_EMPTY;
      return TRUE;
    }
  if ((bytes->data[1] & 0x80) != 0)
    n_bytes = bytes->data[1] & 0x7f;
  if (n_bytes > 4)
    return FALSE;
  if (bytes->length < 2 + n_bytes)
    {
      *bytes = RUNGS_SLICE_EMPTY;
      return TRUE;
    }
  *length = n_bytes == 0 ? (guint8) bytes->data[1] : rungs_slice_get_number (*bytes, 2, n_bytes);
  *bytes = rungs_slice_skip (*bytes, 2 + n_bytes);
  return TRUE;
}

/* AS-REQ, AS-REP, TGS-REQ, TGS-REP and KRB-ERROR: application tag, sequence, version 5. */
gboolean
rungs_packet_payload_is_kerberos (RungsSlice payload, gsize length)
{
  guint tag = payload.length > 0 ? (guint8) payload.data[0] : 0;
  RungsSlice version =
    tag == 0x6a || tag == 0x6c ? RUNGS_SLICE_LITERAL ("\xa1\3\2\1\5") : RUNGS_SLICE_LITERAL ("\xa0\3\2\1\5");
  RungsSlice rest = payload;
  gsize announced;

  if ((tag < 0x6a || tag > 0x6d) && tag != 0x7e)
    return FALSE;
  if (!skip_der (&rest, tag, &announced) ||
      (announced != G_MAXSIZE && announced != length - (payload.length - rest.length)) ||
      !skip_der (&rest, 0x30, &announced))
    return FALSE;
  return rungs_slice_equal (rungs_slice_sub (rest, 0, version.length),
                            rungs_slice_sub (version, 0, rest.length));
}

RungsUnreadReason
rungs_packet_payload_get_reason (RungsSlice payload)
{
  if (is_keepalive (payload))
    return RUNGS_UNREAD_KEEPALIVE;
  return is_dtls (payload) ? RUNGS_UNREAD_ENCRYPTED : RUNGS_UNREAD_OTHER_PROTOCOL;
}
