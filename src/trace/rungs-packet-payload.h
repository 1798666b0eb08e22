/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a payload is when it is not SIP: told by its first bytes, never by the port.
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

/** rungs_packet_payload_is_kerberos: whether @payload begins a message of Kerberos 5 (RFC 4120, 5.4 and 5.9) of @length bytes, of
 * which it may hold fewer. */
gboolean          rungs_packet_payload_is_kerberos (RungsSlice payload,
                                                   gsize      length);

/** rungs_packet_payload_get_reason: why a datagram that is not SIP was not read: KEEPALIVE (CR, LF, NUL or nothing),
 * ENCRYPTED (DTLS) or OTHER_PROTOCOL. */
RungsUnreadReason rungs_packet_payload_get_reason (RungsSlice payload);

G_END_DECLS
