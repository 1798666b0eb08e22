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
#include "rungs-trace-private.h"

G_BEGIN_DECLS

/** rungs_ends_guess: the first guess, from one message alone; called while messages are read. */
void rungs_ends_guess  (RungsEndpointTable    *endpoints,
                        const RungsSipMessage *sip,
                        guint                  file,
                        guint32               *source,
                        guint32               *destination);

/** rungs_ends_settle: the second, after correlation, over all messages whose key says @derive. */
void rungs_ends_settle (RungsTrace            *trace,
                        RungsEndpointTable    *endpoints,
                        const RungsMessageKey *keys);

/** rungs_ends_name_local: names the LOCAL endpoint @local after the top Via of @sip, a message that it sent (a
 * request) or that answers one of its own (a response). */
void rungs_ends_name_local (RungsEndpointTable    *endpoints,
                            guint32                local,
                            const RungsSipMessage *sip);

G_END_DECLS
