/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is known of an encrypted connection: who talks to whom, how much, which server was asked for, which version.
 *
 * One #RungsForeignStream a connection, kept where the context says, until it is reported to the sink. */

#pragma once

#include "rungs-reassembly-stream.h"

G_BEGIN_DECLS

/** rungs_reassembly_tls_count: @piece is of the direction at work and encrypted. */
void rungs_reassembly_tls_count      (RungsReassemblyContext     *context,
                                      const RungsReassemblyPiece *piece);

/** rungs_reassembly_tls_read_hello: the direction at work begins with @stream. */
void rungs_reassembly_tls_read_hello (RungsReassemblyContext     *context,
                                      RungsSlice                  stream);

/** rungs_reassembly_tls_report: the connection is over: tells the sink what is known, and forgets it. */
void rungs_reassembly_tls_report     (RungsReassemblyContext     *context);

G_END_DECLS
