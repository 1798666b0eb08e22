/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Shapes of a row or of the heads → ink on screen, of what is seen only.
 *
 * A ladder of many flows has thousands of lanes and is a hundred thousand px wide; drawing all of a row takes seconds
 * then.  So rows and heads draw the part between the edges of the view, and draw again when it scrolls sideways. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-painter.h"

G_BEGIN_DECLS

/** rungs_ladder_ink_append: draws the part of @shapes between @left and @left + @width, in the row's coordinates. */
void rungs_ladder_ink_append (GtkSnapshot  *snapshot,
                              RungsPainter *painter,
                              GArray       *shapes,
                              double        left,
                              double        width,
                              double        height);

G_END_DECLS
