/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → Unicode text for a terminal or a mail: lanes as columns, arrows as lines, captions as a story below. */

#pragma once

#include "rungs-ladder.h"

G_BEGIN_DECLS

/** rungs_ladder_text_write: @width: columns of the terminal, 0: 100; @color: ANSI colours. (transfer full) */
char *rungs_ladder_text_write (RungsLadder *ladder,
                               guint        width,
                               gboolean     color,
                               gboolean     captions);

/** rungs_ladder_text_write_heads / rungs_ladder_text_write_row: parts of the same, for a ladder that grows. (transfer full) */
char *rungs_ladder_text_write_heads (RungsLadder *ladder,
                                     guint        width,
                                     gboolean     color);
char *rungs_ladder_text_write_row (RungsLadder *ladder,
                                   guint        width,
                                   gboolean     color,
                                   gboolean     captions,
                                   guint        row);

G_END_DECLS
