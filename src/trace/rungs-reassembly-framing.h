/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Byte streams that are framed otherwise than SIP: Kerberos (RFC 4120, 7.2.2), HEP, WebSocket (RFC 6455)
 * with the HTTP before it, the hello of TLS, and the header of a load balancer (PROXY protocol) before any of these.
 *
 * In: the held bytes of one direction, joined. Out: records, and bytes dropped with a reason.  rungs-reassembly-stream.c asks
 * here what a direction speaks that is not SIP, and then for one frame after the other. */

#pragma once

#include "rungs-reassembly-stream.h"

G_BEGIN_DECLS

/** rungs_reassembly_framing_recognise: what a direction speaks that begins with @stream and has the addresses of @record;
 * UNKNOWN where it is none of these. */
RungsReassemblyProtocol rungs_reassembly_framing_recognise (const RungsReassemblyStream *self,
                                                            const RungsRecord       *record,
                                                            RungsSlice               stream);

/** rungs_reassembly_framing_may_follow: whether more bytes than @stream are needed to say what it is. */
gboolean                rungs_reassembly_framing_may_follow (RungsSlice              stream);

/** rungs_reassembly_framing_find: behind a gap, where in @stream a frame of @protocol begins; its length where none does. */
gsize                   rungs_reassembly_framing_find      (RungsReassemblyProtocol  protocol,
                                                            RungsSlice               stream);

/**
 * rungs_reassembly_framing_take:
 * @stream: all held bytes
 * @end_flags: 0, or that no byte will follow, and how to mark what is not whole
 *
 * Takes one frame off the front; sets the protocol to OTHER where it is none of what it seemed, to UNKNOWN where what follows is to
 * be recognised.
 *
 * Returns: how many bytes of @stream are done, 0 where more are needed
 */
gsize                   rungs_reassembly_framing_take      (RungsReassemblyStream   *self,
                                                            RungsReassemblyContext  *context,
                                                            RungsSlice               stream,
                                                            guint32                  end_flags);

G_END_DECLS
