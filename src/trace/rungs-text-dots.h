/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Text in which each byte that cannot be printed became a dot, line ends too: "SIP/2.0 200 OK..Via: …....v=0..".
 *
 * That is what ngrep prints on one line.  Two dots may as well be two dots, or an umlaut: in the head a line ends where a
 * header follows, or nothing, and the head ends with four.  Lengths stay what they were on the wire. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_text_dots_is_message: whether @text begins with a start line and goes on with a header behind two dots. */
gboolean rungs_text_dots_is_message (RungsSlice text);

/** rungs_text_dots_unfold: (transfer full): @text with its line ends. */
GString *rungs_text_dots_unfold     (RungsSlice text);

G_END_DECLS
