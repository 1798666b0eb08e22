/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a payload is when it is not SIP: told by its first bytes, never by the port alone.
 *
 * Protocols that borrow their look from each other need a second look: HTTP and RTSP have enough headers in common with
 * SIP to pass for it, and HEP carries SIP inside.  All functions look at a bounded number of bytes. */

#pragma once

#include "rungs-reader.h"

G_BEGIN_DECLS

#define RUNGS_KERBEROS_PORT 88

/** rungs_packet_payload_is_foreign: whether @payload begins a message of HTTP, RTSP, ICAP, MSRP or HEP. */
gboolean          rungs_packet_payload_is_foreign (RungsSlice payload);

/** rungs_packet_payload_is_tls: whether @payload begins with a TLS record (RFC 8446, 5.1): a handshake or, with @any, one
 * of any type, as in the middle of a connection. */
gboolean          rungs_packet_payload_is_tls     (RungsSlice payload,
                                                   gboolean   any);

/** rungs_packet_payload_begins_tls: whether @payload begins with the hello of a client or a server. */
static inline gboolean
rungs_packet_payload_begins_tls (RungsSlice payload)
{
  return payload.length >= 6 && payload.data[0] == 0x16 && payload.data[1] == 3 &&
         (guint8) payload.data[2] <= 4 && (payload.data[5] == 1 || payload.data[5] == 2);
}

/** rungs_packet_payload_is_kerberos: whether @payload begins a message of Kerberos 5 (RFC 4120, 5.4 and 5.9) of @length bytes, of
 * which it may hold fewer. */
gboolean          rungs_packet_payload_is_kerberos (RungsSlice payload,
                                                   gsize      length);

/** rungs_packet_payload_is_dtls: whether @payload begins with a record of DTLS 1.0 or 1.2 (RFC 6347, 4.1). */
gboolean          rungs_packet_payload_is_dtls    (RungsSlice payload);

/**
 * rungs_packet_payload_get_reason:
 * @payload: a datagram that is not SIP, or its beginning
 * @length: how long it is
 * @source_port: ports are asked only of protocols whose bytes say too little
 *
 * Returns: why it was not read: KEEPALIVE (CR, LF, NUL or nothing), what it is, or OTHER_PROTOCOL
 */
RungsUnreadReason rungs_packet_payload_get_reason (RungsSlice payload,
                                                   gsize      length,
                                                   guint16    source_port,
                                                   guint16    destination_port);

/** rungs_packet_payload_get_stream_reason: the same of a byte stream that is not SIP and begins with @payload. */
RungsUnreadReason rungs_packet_payload_get_stream_reason (RungsSlice payload,
                                                          guint16    source_port,
                                                          guint16    destination_port);

G_END_DECLS
