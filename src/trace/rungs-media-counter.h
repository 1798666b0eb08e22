/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* UDP payloads that are no messages → streams of RTP and RTCP (RFC 3550), of keep-alives and of DTLS, counted.
 *
 * Nothing in RTP says that it is RTP. What has version 2, a payload type that is in use and a header that fits is a candidate; it is
 * reported when at least three packets of one SSRC between the same ports came, most of them with a sequence number a little
 * above the one before.  RTCP has lengths that must fit. At most 65,536 candidates are kept, each with
 * the ranges of its last packets until it is known what they are. */

#pragma once

#include "rungs-packet.h"
#include "rungs-pcap-ledger.h"

G_BEGIN_DECLS

typedef struct _RungsMediaCounter RungsMediaCounter;

/** rungs_media_counter_new: @ledger is told what becomes of each range, and its sink of the streams. (transfer full) */
RungsMediaCounter *rungs_media_counter_new    (RungsPcapLedger   *ledger);
void               rungs_media_counter_free   (RungsMediaCounter *self);

/** rungs_media_counter_push: a datagram that is no message, captured at @time in the frame @range, which is settled now or
 * later: with @reason where it is no media. */
void               rungs_media_counter_push   (RungsMediaCounter *self,
                                               const RungsPacket *packet,
                                               RungsPcapRange     range,
                                               gint64             time,
                                               RungsUnreadReason  reason);

/** rungs_media_counter_push_keepalive: a datagram of blank bytes, captured at @time. */
void               rungs_media_counter_push_keepalive (RungsMediaCounter *self,
                                                       const RungsPacket *packet,
                                                       gint64             time);

/** rungs_media_counter_push_encrypted: a datagram of DTLS (RFC 6347), captured at @time. */
void               rungs_media_counter_push_encrypted (RungsMediaCounter *self,
                                                       const RungsPacket *packet,
                                                       gint64             time);

/** rungs_media_counter_finish: settles what is not yet, and tells of each stream, in the order in which they began. */
void               rungs_media_counter_finish (RungsMediaCounter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMediaCounter, rungs_media_counter_free)

G_END_DECLS
