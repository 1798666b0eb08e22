/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Payloads that are not SIP.  See rungs-packet-payload.h. */

#include "config.h"

#include "rungs-packet-payload.h"

#define MAX_KEEPALIVE 16
#define MAX_LINE      8192
#define STUN_HEADER   20
#define STUN_COOKIE   0x2112a442
#define DNS_HEADER    12
#define PORT_IPSEC    4500
#define SIP_PORTS     506 /* 5060 to 5069 */

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
      return rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (" sip:")) < 0 &&
             rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL (" sips:")) < 0;
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

gboolean
rungs_packet_payload_is_dtls (RungsSlice payload)
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

/* RFC 8489, 5: two zero bits, a length in words that fits, and the cookie. */
static gboolean
is_stun (RungsSlice payload, gsize length)
{
  return payload.length >= STUN_HEADER && (payload.data[0] & 0xc0) == 0 &&
         rungs_slice_get_number (payload, 2, 2) % 4 == 0 &&
         rungs_slice_get_number (payload, 2, 2) + STUN_HEADER <= length &&
         rungs_slice_get_number (payload, 4, 4) == STUN_COOKIE;
}

/* RFC 8656, 12.4: a channel number and a length; up to three bytes of padding follow. */
static gboolean
is_turn_data (RungsSlice payload, gsize length)
{
  gsize announced = rungs_slice_get_number (payload, 2, 2) + 4;

  return payload.length >= 5 && (payload.data[0] & 0xc0) == 0x40 && announced <= length &&
         length - announced < 4;
}

/* RFC 1035, 4.1.1: an operation that is in use, and a number of questions that is none of a flood. */
static gboolean
is_dns (RungsSlice payload)
{
  return payload.length >= DNS_HEADER && (rungs_slice_get_number (payload, 2, 1) >> 3 & 15) <= 6 &&
         rungs_slice_get_number (payload, 4, 2) <= 64 && rungs_slice_get_number (payload, 6, 2) <= 4096;
}

/* RFC 9000, 17.2: the long header of version 1 or 2, with which each connection begins. */
static gboolean
is_quic (RungsSlice payload)
{
  guint64 version = rungs_slice_get_number (payload, 1, 4);

  return payload.length >= 7 && (payload.data[0] & 0xc0) == 0xc0 && (version == 1 || version == 0x6b3343cf);
}

/* RFC 951, 3: an operation, and the length of a hardware address. */
static gboolean
is_dhcp (RungsSlice payload, gsize length, guint16 source_port, guint16 destination_port)
{
  return (source_port == 67 || destination_port == 67) && payload.length > 2 && length >= 236 &&
         (payload.data[0] == 1 || payload.data[0] == 2) && payload.data[2] <= 16;
}

static gboolean
is_dns_port (guint16 port)
{
  return port == 53 || port == 137 || port == 5353 || port == 5355;
}

/* RFC 3320, 7: five bits that no text of SIP begins with. */
static gboolean
is_sigcomp (RungsSlice payload, guint16 source_port, guint16 destination_port)
{
  return payload.length > 2 && (payload.data[0] & 0xf8) == 0xf8 &&
         (source_port / 10 == SIP_PORTS || destination_port / 10 == SIP_PORTS);
}

static gboolean
is_web (RungsSlice payload)
{
  return rungs_packet_payload_is_foreign (payload) &&
         !rungs_slice_starts_with (payload, RUNGS_SLICE_LITERAL ("HEP3"));
}

RungsUnreadReason
rungs_packet_payload_get_reason (RungsSlice payload,
                                 gsize length,
                                 guint16 source_port,
                                 guint16 destination_port)
{
  if (is_keepalive (payload))
    return RUNGS_UNREAD_KEEPALIVE;
  if (rungs_packet_payload_is_dtls (payload))
    return RUNGS_UNREAD_ENCRYPTED;
  if (is_stun (payload, length))
    return RUNGS_UNREAD_STUN;
  if (is_turn_data (payload, length))
    return RUNGS_UNREAD_TURN_DATA;
  if ((is_dns_port (source_port) || is_dns_port (destination_port)) && is_dns (payload))
    return RUNGS_UNREAD_DNS;
  if (is_dhcp (payload, length, source_port, destination_port))
    return RUNGS_UNREAD_NETWORK;
  if (is_quic (payload) || source_port == PORT_IPSEC || destination_port == PORT_IPSEC)
    return RUNGS_UNREAD_ENCRYPTED_PACKET;
  if (is_sigcomp (payload, source_port, destination_port))
    return RUNGS_UNREAD_SIGCOMP;
  return is_web (payload) ? RUNGS_UNREAD_HTTP : RUNGS_UNREAD_OTHER_PROTOCOL;
}

RungsUnreadReason
rungs_packet_payload_get_stream_reason (RungsSlice payload, guint16 source_port, guint16 destination_port)
{
  if (rungs_slice_starts_with (payload, RUNGS_SLICE_LITERAL ("SSH-")))
    return RUNGS_UNREAD_ENCRYPTED_PACKET;
  if (is_stun (payload, G_MAXSIZE))
    return RUNGS_UNREAD_STUN;
  /* RFC 4571, 2: with a length before it */
  if (is_stun (rungs_slice_skip (payload, 2), G_MAXSIZE))
    return RUNGS_UNREAD_STUN;
  if ((is_dns_port (source_port) || is_dns_port (destination_port)) && is_dns (rungs_slice_skip (payload, 2)))
    return RUNGS_UNREAD_DNS;
  if (is_sigcomp (payload, source_port, destination_port))
    return RUNGS_UNREAD_SIGCOMP;
  return is_web (payload) ? RUNGS_UNREAD_HTTP : RUNGS_UNREAD_OTHER_PROTOCOL;
}
