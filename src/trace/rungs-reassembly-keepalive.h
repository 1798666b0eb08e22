/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Keep-alives of one direction of a TCP connection, counted (RFC 5626, 4.4.1; RFC 6455, 5.5.2), and how long it was silent.
 *
 * One #RungsForeignStream a direction that has any, kept with the stream until the connection is over. */

#pragma once

#include "rungs-reassembly-stream.h"

G_BEGIN_DECLS

/** rungs_reassembly_keepalive_note_data: the direction sent data of any kind at @time. */
void rungs_reassembly_keepalive_note_data (RungsReassemblyStream  *self,
                                           gint64                  time);

/** rungs_reassembly_keepalive_count: the first @length held bytes of the direction at work are a keep-alive. */
void rungs_reassembly_keepalive_count     (RungsReassemblyStream  *self,
                                           RungsReassemblyContext *context,
                                           gsize                   length);

/** rungs_reassembly_keepalive_report: the connection is over: tells the sink what was counted, and forgets it. */
void rungs_reassembly_keepalive_report    (RungsReassemblyStream  *self,
                                           RungsReassemblyContext *context);

G_END_DECLS
