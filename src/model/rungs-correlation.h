/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages in time order, with their keys → flows, transactions, dialogs, copies.
 *
 * Flows by the id of their Call-ID, once over all messages; the rest flow by flow, on all cores, by hash over the 64-bit keys of
 * RungsMessageKey: linear time.  Seeded keys are taken as equal where their hashes are.  A transaction is (Call-ID, CSeq,
 * sent-by and branch of the top Via); clients of Microsoft write no branch, then the From tag takes its place.  Of the copies
 * of one message the original is the one nearest to its sender: the request with the fewest Vias, the response with the
 * most. */

#pragma once

#include "rungs-trace-private.h"

G_BEGIN_DECLS

/** rungs_correlate: fills in flow, request, dialog and the copy flags of all messages, the flows and the totals that count
 * them. @keys: one a message, in the same order. */
void rungs_correlate (RungsTrace            *trace,
                      const RungsMessageKey *keys);

G_END_DECLS
