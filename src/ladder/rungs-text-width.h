/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How wide a text is, without a font: text + size → px; and texts that are cut or broken to fit.
 *
 * Boxes around text must be the same on screen, in PNG and in SVG, where nobody knows the reader's font.  So the ladder
 * measures by one table of average advances: wide enough for Cantarell and nearly so for DejaVu Sans and Noto Sans.
 * Characters of East Asian width count one em, marks that combine count nothing.  Pure, the same everywhere. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** rungs_text_estimate_width: how wide @text is about, in px, in a sans font of @size px. */
double rungs_text_estimate_width (const char *text,
                                  double      size,
                                  gboolean    bold);

/** rungs_text_ellipsize: @text, or its beginning and "…" where it is wider than @width px. (transfer full) */
char  *rungs_text_ellipsize      (const char *text,
                                  double      size,
                                  gboolean    bold,
                                  double      width);

/** rungs_text_wrap: @text broken at white space into at most @max_lines lines of @width px; the last one ends in "…" where
 * more follows.  A word wider than a line is broken anywhere. (transfer full) */
char **rungs_text_wrap           (const char *text,
                                  double      size,
                                  gboolean    bold,
                                  double      width,
                                  guint       max_lines);

G_END_DECLS
