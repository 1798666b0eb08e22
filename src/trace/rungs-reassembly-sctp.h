/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* SCTP packets → the messages that they carry (RFC 9260; I-DATA: RFC 8260; SIP: RFC 4168, one message of SIP is one of SCTP).
 *
 * In: packets in any order. Out: each message once, to whoever reads payloads; a message in one chunk is a slice of the capture,
 * one in fragments is joined in the arena when the last fragment has come.  What is sent again is known by its TSN.  Per direction at
 * most 1,024 fragments and 1 MiB wait; what cannot be completed is read as far as its first fragments go. */

#pragma once

#include "rungs-packet.h"
#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"
#include "rungs-reassembly-ip.h"

G_BEGIN_DECLS

typedef struct _RungsReassemblySctp RungsReassemblySctp;

/** rungs_reassembly_sctp_new: @capture is the whole input, @payload reads what comes out. (transfer full) */
RungsReassemblySctp *rungs_reassembly_sctp_new    (RungsSlice           capture,
                                                   RungsPcapLedger     *ledger,
                                                   RungsPcapPayload    *payload);
void                 rungs_reassembly_sctp_free   (RungsReassemblySctp *self);

/** rungs_reassembly_sctp_push: a packet that rungs_packet_decode() called SCTP, captured at @time in the frame @range; the range
 * is settled now or later, once. */
void                 rungs_reassembly_sctp_push   (RungsReassemblySctp *self,
                                                   const RungsPacket   *packet,
                                                   RungsPcapRange       range,
                                                   gint64               time);

/** rungs_reassembly_sctp_push_joined: the same of a packet that came in fragments of IP: @packet lies in @joined, the bytes of
 * the usable fragments of @datagram. */
void                 rungs_reassembly_sctp_push_joined (RungsReassemblySctp           *self,
                                                        const RungsPacket             *packet,
                                                        const RungsReassemblyDatagram *datagram,
                                                        RungsSlice                     joined);

/** rungs_reassembly_sctp_finish: no more packets come; every range is settled. */
void                 rungs_reassembly_sctp_finish (RungsReassemblySctp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReassemblySctp, rungs_reassembly_sctp_free)

G_END_DECLS
