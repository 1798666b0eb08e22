/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages of a capture → requests with their replies, and tickets with the reply that hands them out.
 *
 * A reply goes back to the address and port that asked (RFC 4120, 7.2).  A ticket is the same bytes in the reply that hands it
 * out and in each request that shows it, and encrypted, so that no two are alike: a hash of it tells where it comes from. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

/** rungs_kerberos_correlate: fills in what the Kerberos messages of @trace, in time order, have to do with each other. */
void    rungs_kerberos_correlate   (RungsTrace *trace);

/** rungs_kerberos_hash_ticket: @ticket: its bytes (RungsKerberosTicket). Returns: never 0, but for no ticket */
guint64 rungs_kerberos_hash_ticket (RungsSlice  ticket);

G_END_DECLS
