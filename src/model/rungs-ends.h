/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Source and destination of messages whose format does not tell them (bare text, client debug logs).
 *
 * A request comes from the sent-by of its top Via, and goes to what relays it (proved by the relayed copy), else to its
 * first Route, else to the host of its Request-URI; a response runs the way of its request backwards (RFC 3261, 18).
 * Where a file shows one client and its server, all messages of a connection have the same two ends, so that a
 * participant that is named by address here and by domain there is not two.  The host that wrote a server's log gets
 * the name that it writes into the Via of what it sends. */

#pragma once

#include "rungs-endpoint-table.h"
#include "rungs-reading.h"

G_BEGIN_DECLS

#define RUNGS_ENDS_CACHE 256

/** RungsEnds: the guessing while messages are read; remembers the endpoints of the texts that it saw last. */
typedef struct
{
  RungsEndpointTable *endpoints;
  guint64 hashes[RUNGS_ENDS_CACHE];
  guint32 found[RUNGS_ENDS_CACHE]; /* endpoint + 1 */
} RungsEnds;

void rungs_ends_init   (RungsEnds             *self,
                        RungsEndpointTable    *endpoints);

/** rungs_ends_guess: the first guess, from one message alone; called while messages are read.  The source of a response is
 * left open. */
void rungs_ends_guess  (RungsEnds             *self,
                        const RungsReading    *reading,
                        guint32               *source,
                        guint32               *destination);

/** rungs_ends_settle: the second, after correlation, over all messages whose key says @derive. */
void rungs_ends_settle (RungsTrace            *trace,
                        RungsEndpointTable    *endpoints,
                        const RungsMessageKey *keys);

/** rungs_ends_name_local: names the LOCAL endpoint @local after @sent_by, of the top Via of a message that it sent (a
 * request) or that answers one of its own (a response). */
void rungs_ends_name_local (RungsEndpointTable    *endpoints,
                            guint32                local,
                            RungsSlice             sent_by);

G_END_DECLS
