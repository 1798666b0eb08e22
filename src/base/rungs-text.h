/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Bytes of a trace → text that is safe to show.
 *
 * Trace bytes are hostile.  What goes to a label, a terminal, an SVG or JSON passes here first: invalid UTF-8
 * becomes U+FFFD, control characters (ESC too) become their visible pictures (U+2400 block), bidirectional
 * controls and other invisible formatting become "<U+202E>".  Markup is not escaped here, because
 * no caller may put trace text into markup; those that write XML escape what they get from here. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * rungs_text_display:
 * @bytes: bytes of a trace
 *
 * Returns: (transfer full): one line of valid UTF-8 without any control character
 */
char *rungs_text_display      (RungsSlice bytes);

/**
 * rungs_text_display_max:
 * @bytes: bytes of a trace
 * @max_characters: the longest result, in characters; longer text ends in "…"
 *
 * Returns: (transfer full): as rungs_text_display(), shortened
 */
char *rungs_text_display_max  (RungsSlice bytes,
                               gsize      max_characters);

/**
 * rungs_text_display_lines:
 * @bytes: bytes of a trace
 * @max_line: the longest line in characters; a longer one is broken with a line end (GtkSourceView stalls on very
 *   long lines), or 0 for no limit
 *
 * Returns: (transfer full): as rungs_text_display(), but line ends (any kind, as "\n") and tabs stay
 */
char *rungs_text_display_lines (RungsSlice bytes,
                                gsize      max_line);

/** rungs_text_dump: bytes that are no text, eight a line: offset, hexadecimal digits, and what of them is ASCII. (transfer full) */
char *rungs_text_dump         (RungsSlice bytes);

G_END_DECLS
