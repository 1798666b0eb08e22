/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* TCP segments → byte streams → SIP messages (RFC 9293, RFC 3261 18.3).
 *
 * Each direction of a connection keeps pieces: slices of the capture, never copies.  What is in order and not yet a
 * whole message is held, what came too early waits for the gap before it to close.  A message inside one piece is a
 * slice of the capture; one that spans pieces is joined in the arena.  A gap is skipped only when it must be: the other
 * side acknowledged what is missing, the connection ended, or more than 64 segments or 1 MiB wait.  After a gap, and where
 * a capture starts in the middle of a connection, the next start line begins the next message.  TLS and other
 * protocols are told by their first bytes and then passed by unlooked at.  A record's time is that of the segment that
 * completed it: so the order of records is the order in which the messages could be acted on. */

#pragma once

#include "rungs-arena.h"
#include "rungs-packet.h"
#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"

G_BEGIN_DECLS

typedef struct _RungsReassemblyTcp RungsReassemblyTcp;

/**
 * rungs_reassembly_tcp_new:
 * @capture: all bytes of the input; each payload given to push() is a part of it
 * @arena: for messages that are joined
 * @ledger: is told what becomes of each range; its sink gets the records
 * @payload: what HEP packets are given to
 *
 * Returns: (transfer full): a reassembly without connections
 */
RungsReassemblyTcp *rungs_reassembly_tcp_new    (RungsSlice          capture,
                                                 RungsArena         *arena,
                                                 RungsPcapLedger    *ledger,
                                                 RungsPcapPayload   *payload);
void                rungs_reassembly_tcp_free   (RungsReassemblyTcp *self);

/** rungs_reassembly_tcp_push: one TCP segment, captured at @time in the frame @range; the range is settled now or
 * later, once. */
void                rungs_reassembly_tcp_push   (RungsReassemblyTcp *self,
                                                 const RungsPacket  *packet,
                                                 RungsPcapRange      range,
                                                 gint64              time);

/** rungs_reassembly_tcp_finish: no more segments come: messages that are not whole become truncated records, and every
 * range is settled. */
void                rungs_reassembly_tcp_finish (RungsReassemblyTcp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReassemblyTcp, rungs_reassembly_tcp_free)

G_END_DECLS
