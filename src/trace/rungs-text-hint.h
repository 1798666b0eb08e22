/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a line of an unknown log says of the message that follows it.
 *
 *   12:00:00.123 sip: Received 612 bytes from udp:192.0.2.1:5060:       →  received, over UDP, from there, at that time
 *
 * Programs without a dialect of their own say direction, peer and transport in words that are much the same everywhere.
 * They are only believed where an address or a time stands with them: prose before a pasted message is no log. */

#pragma once

#include "rungs-text-walk.h"

G_BEGIN_DECLS

/** rungs_text_hint_read: takes what @line says into @record, where that knows less. Returns: whether it says anything */
gboolean rungs_text_hint_read        (RungsSlice           line,
                                      RungsRecord         *record);

/** rungs_text_hint_read_before: the same with the lines right before @offset that belong to no message, nearest first. */
void     rungs_text_hint_read_before (RungsTextWalk       *walk,
                                      gsize                offset,
                                      RungsRecord         *record);

G_END_DECLS
