/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder as one picture: heading, lane heads, all rows; where each of them stands. SVG and PNG share it. */

#pragma once

#include "rungs-ladder.h"

G_BEGIN_DECLS

typedef struct
{
  RungsLadder *ladder; /* borrowed */
  const char *title;   /* borrowed, or NULL */
  double width;
  double height;
  double head_y;
  double rows_y;
} RungsPage;

/** rungs_page_init: lays @ladder out at its width; both arguments outlive @self. */
void   rungs_page_init             (RungsPage       *self,
                                    RungsLadder     *ladder,
                                    const char      *title);

/** rungs_page_get_row_y: the upper edge of @row. */
double rungs_page_get_row_y        (const RungsPage *self,
                                    guint            row);

/** rungs_page_get_title_shapes: appends the heading, where there is one. */
void   rungs_page_get_title_shapes (const RungsPage *self,
                                    GArray          *shapes);

G_END_DECLS
