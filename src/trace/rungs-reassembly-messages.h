/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a direction holds → messages: SIP is framed here, everything else in rungs-reassembly-framing.h.
 *
 * In: a stream with work in hand. Out: records and settled ranges. */

#pragma once

#include "rungs-reassembly-stream.h"

G_BEGIN_DECLS

/** rungs_reassembly_messages_process: makes messages of what is held. @end_flags: 0, or that no byte will follow, and how to
 * mark what is not whole. */
void rungs_reassembly_messages_process (RungsReassemblyStream  *self,
                                        RungsReassemblyContext *context,
                                        guint32                 end_flags);

/** rungs_reassembly_stream_gather: makes @length held bytes behind the first @skip one slice: of the capture where one piece
 * holds them all, otherwise joined in the arena.  Fills bytes, offset, time and flags of the context's record. */
void rungs_reassembly_stream_gather (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context,
                                     gsize                   skip,
                                     gsize                   length,
                                     guint32                 flags);

/** rungs_reassembly_stream_take_record: the @length held bytes behind the first @skip are a record of @kind; all of them are
 * taken off. */
void rungs_reassembly_stream_take_record (RungsReassemblyStream  *self,
                                          RungsReassemblyContext *context,
                                          gsize                   skip,
                                          gsize                   length,
                                          RungsRecordKind         kind,
                                          guint32                 flags);

/** rungs_reassembly_stream_drop: the first @length held bytes are done with, in a record (#RUNGS_PCAP_READ) or with a reason. */
void rungs_reassembly_stream_drop   (RungsReassemblyStream  *self,
                                     RungsReassemblyContext *context,
                                     gsize                   length,
                                     guint                   outcome);

G_END_DECLS
