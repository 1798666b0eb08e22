/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Exported units of byte streams → SIP messages.
 *
 * Wireshark exports what its dissectors were given, and that repeats itself: the content of each TLS record, then the whole
 * message once its records are together, then the same bytes again for each message in them.  What repeats the unit before it, from the
 * same frame, is left out; what begins with all that was held so far replaces it; anything else follows it. */

#pragma once

#include "rungs-exported-pdu.h"
#include "rungs-reassembly-stream.h"

G_BEGIN_DECLS

typedef struct _RungsReassemblyPdu RungsReassemblyPdu;

/** rungs_reassembly_pdu_new: as rungs_reassembly_tcp_new(). (transfer full) */
RungsReassemblyPdu *rungs_reassembly_pdu_new    (RungsSlice              capture,
                                                 RungsArena             *arena,
                                                 RungsPcapLedger        *ledger,
                                                 RungsPcapPayload       *payload);
void                rungs_reassembly_pdu_free   (RungsReassemblyPdu     *self);

/** rungs_reassembly_pdu_push: one exported unit of a stream; the range is settled now or later, once. */
void                rungs_reassembly_pdu_push   (RungsReassemblyPdu     *self,
                                                 const RungsExportedPdu *pdu,
                                                 RungsPcapRange          range,
                                                 gint64                  time);

/** rungs_reassembly_pdu_finish: no more units come; every range is settled. */
void                rungs_reassembly_pdu_finish (RungsReassemblyPdu     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReassemblyPdu, rungs_reassembly_pdu_free)

G_END_DECLS
