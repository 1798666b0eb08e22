/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Where the columns of a ladder stand.  See rungs-layout.h. */

#include "config.h"

#include <math.h>

#include "rungs-layout.h"

#define DIGIT_WIDTH              7.0 /* of a number, at its size */
#define TIME_WIDTH               7.0 /* of a character of the time column */
#define LANE_INDENT              46.0
#define RIGHT_MARGIN             96.0
#define LEAST_DISTANCE           112.0
#define GREATEST_DISTANCE        420.0
#define NATURAL_DISTANCE         290.0
#define NATURAL_DISTANCE_OF_MANY 190.0
#define MANY_LANES               5
#define NATURAL_TEXT             680.0 /* two lines of this hold the longest caption */
#define LEAST_TEXT               320.0

static void
set_columns (RungsLayout *self, guint number_digits, guint time_characters)
{
  self->number_x = RUNGS_LAYOUT_MARGIN + MAX (number_digits, 2) * DIGIT_WIDTH;
  self->time_x = self->number_x + 10 + time_characters * TIME_WIDTH;
  self->sign_x = self->time_x + 14 + RUNGS_LAYOUT_SIGN_SIZE / 2;
  self->text_x = self->sign_x + RUNGS_LAYOUT_SIGN_SIZE / 2 + 12;
  self->first_lane = self->text_x + LANE_INDENT;
}

static void
set_rows (RungsLayout *self)
{
  self->row_height = self->captions ? 80 : 44;
  self->pill_y = self->captions ? 7 : 5;
  self->label_y = self->pill_y + 13;
  self->arrow_y = self->pill_y + 24;
  self->caption_y = self->arrow_y + 22;
}

void
rungs_layout_init (RungsLayout *self,
                   guint n_lanes,
                   guint number_digits,
                   guint time_characters,
                   gboolean captions,
                   double width)
{
  guint n_gaps = n_lanes > 1 ? n_lanes - 1 : 0;
  double natural = n_lanes < MANY_LANES ? NATURAL_DISTANCE : NATURAL_DISTANCE_OF_MANY;

  g_return_if_fail (self != NULL);

  *self = (RungsLayout){ .n_lanes = n_lanes, .captions = captions };
  set_columns (self, number_digits, time_characters);
  set_rows (self);
  self->minimum_width =
    MAX (self->first_lane + n_gaps * LEAST_DISTANCE + RIGHT_MARGIN, self->text_x + LEAST_TEXT);
  self->natural_width = MAX (self->first_lane + n_gaps * natural + RIGHT_MARGIN, self->text_x + NATURAL_TEXT);
  self->width = MAX (width > 0 ? floor (width) : self->natural_width, self->minimum_width);
  self->text_end = self->width - RUNGS_LAYOUT_MARGIN;
  self->lane_distance = GREATEST_DISTANCE;
  if (n_gaps > 0)
    self->lane_distance = floor ((self->width - self->first_lane - RIGHT_MARGIN) / n_gaps);
  self->lane_distance = CLAMP (self->lane_distance, LEAST_DISTANCE, GREATEST_DISTANCE);
}

double
rungs_layout_get_lane_x (const RungsLayout *self, guint lane)
{
  g_return_val_if_fail (self != NULL, 0);

  return floor (self->first_lane + lane * self->lane_distance) + 0.5;
}
