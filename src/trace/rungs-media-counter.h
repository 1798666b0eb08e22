/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* UDP payloads that are no messages → streams of RTP and RTCP (RFC 3550) and of keep-alives, counted.
 *
 * Nothing in RTP says that it is RTP. What has version 2, a payload type that is in use and a header that fits is a candidate; it is
 * reported when at least three packets of one SSRC between the same ports came, most of them with a sequence number a little
 * above the one before.  RTCP has lengths that must fit. At most 65,536 candidates are kept. */

#pragma once

#include "rungs-packet.h"
#include "rungs-reader.h"

G_BEGIN_DECLS

typedef struct _RungsMediaCounter RungsMediaCounter;

/** rungs_media_counter_new: (transfer full) */
RungsMediaCounter *rungs_media_counter_new    (void);
void               rungs_media_counter_free   (RungsMediaCounter *self);

/** rungs_media_counter_push: a datagram that is no message, captured at @time. */
void               rungs_media_counter_push   (RungsMediaCounter *self,
                                               const RungsPacket *packet,
                                               gint64             time);

/** rungs_media_counter_push_keepalive: a datagram of blank bytes, captured at @time. */
void               rungs_media_counter_push_keepalive (RungsMediaCounter *self,
                                                       const RungsPacket *packet,
                                                       gint64             time);

/** rungs_media_counter_report: tells @sink of each stream, in the order in which they began. */
void               rungs_media_counter_report (RungsMediaCounter *self,
                                               RungsSink         *sink);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMediaCounter, rungs_media_counter_free)

G_END_DECLS
