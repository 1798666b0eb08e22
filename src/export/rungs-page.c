/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder as one picture.  See rungs-page.h. */

#include "config.h"

#include "rungs-page.h"
#include "rungs-text-width.h"

#define TITLE_HEIGHT   42.0
#define TITLE_X        14.0
#define TITLE_BASELINE 28.0
#define BOTTOM_MARGIN  12.0

void
rungs_page_init (RungsPage *self, RungsLadder *ladder, const char *title)
{
  g_return_if_fail (self != NULL && RUNGS_IS_LADDER (ladder));

  self->ladder = ladder;
  self->title = title;
  self->width = rungs_ladder_get_width (ladder);
  self->head_y = title != NULL ? TITLE_HEIGHT : 0;
  self->rows_y = self->head_y + rungs_ladder_get_head_height (ladder);
  self->height = rungs_page_get_row_y (self, rungs_ladder_get_n_rows (ladder)) + BOTTOM_MARGIN;
}

double
rungs_page_get_row_y (const RungsPage *self, guint row)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rows_y + row * rungs_ladder_get_row_height (self->ladder);
}

void
rungs_page_get_title_shapes (const RungsPage *self, GArray *shapes)
{
  double limit;
  g_autofree char *title = NULL;

  g_return_if_fail (self != NULL && shapes != NULL);

  if (self->title == NULL)
    return;
  limit = self->width - 2 * TITLE_X;
  title = rungs_text_ellipsize (self->title, rungs_style_get_font_size (RUNGS_STYLE_TITLE), TRUE, limit);
  rungs_shapes_add_text (shapes, RUNGS_STYLE_TITLE, RUNGS_ALIGN_START, TITLE_X, TITLE_BASELINE, limit, title);
}
