/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets that a text shows byte by byte (tcpdump, hex dumps) → messages.
 *
 * A datagram is a message or none.  Over TCP a message may come in several segments, packets of others between them: what
 * was begun is held until it is whole, the next message of the same connection begins, or the text ends. */

#pragma once

#include "rungs-text-walk.h"

G_BEGIN_DECLS

typedef struct _RungsTextPackets RungsTextPackets;

RungsTextPackets *rungs_text_packets_new  (RungsTextWalk     *walk);

/** rungs_text_packets_free: hands over what was held. */
void              rungs_text_packets_free (RungsTextPackets  *self);

/**
 * rungs_text_packets_add:
 * @record: time, ends, transport, flags and offset of the payload
 * @payload: what UDP or TCP carries
 *
 * Returns: whether it is a message, or part of one
 */
gboolean          rungs_text_packets_add  (RungsTextPackets  *self,
                                           const RungsRecord *record,
                                           RungsSlice         payload);

/** rungs_text_packets_add_frame: the same for a whole @frame that begins with an unknown link layer, or with IP; @record
 * gets what the frame says. A frame that is none may be the payload alone. */
gboolean          rungs_text_packets_add_frame (RungsTextPackets *self,
                                                RungsRecord      *record,
                                                RungsSlice        frame);

G_END_DECLS
