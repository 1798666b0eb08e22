/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Where the columns of a ladder stand: lanes + width → x and y of everything that all rows share.
 *
 *     | number  time  sign | caption …
 *     |                    |     lane 0        lane 1        lane 2     |
 *
 * Number, time and sign stand left of the lanes; captions begin a little left of the first lane and may run to the right
 * edge.  Lanes spread over the width that is there, between a least and a greatest distance.  A value without pointers. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint n_lanes;
  gboolean captions;
  double width;         /* laid out for; never less than minimum_width */
  double minimum_width;
  double natural_width;
  double number_x;      /* right end of the number */
  double time_x;        /* right end of the time */
  double sign_x;        /* middle of the verdict sign */
  double text_x;        /* left end of captions */
  double text_end;      /* right end of captions */
  double first_lane;
  double lane_distance;
  double row_height;
  double label_y;       /* baseline */
  double pill_y;        /* upper edge; RUNGS_LAYOUT_PILL_HEIGHT high */
  double arrow_y;
  double caption_y;     /* baseline of the first line */
} RungsLayout;

#define RUNGS_LAYOUT_MARGIN         14.0
#define RUNGS_LAYOUT_HEAD_HEIGHT    88.0
#define RUNGS_LAYOUT_PILL_HEIGHT    18.0
#define RUNGS_LAYOUT_CAPTION_LINE   16.0
#define RUNGS_LAYOUT_CAPTION_LINES  2
#define RUNGS_LAYOUT_SIGN_SIZE      16.0

/**
 * rungs_layout_init:
 * @n_lanes: how many lanes
 * @number_digits: digits of the largest message number
 * @time_characters: characters of the longest time
 * @captions: whether rows have room for captions
 * @width: the width to fill, or 0 for the natural one
 */
void   rungs_layout_init       (RungsLayout       *self,
                                guint              n_lanes,
                                guint              number_digits,
                                guint              time_characters,
                                gboolean           captions,
                                double             width);

/** rungs_layout_get_lane_x: the middle of a lane, on half a pixel, so that lifelines are sharp. */
double rungs_layout_get_lane_x (const RungsLayout *self,
                                guint              lane);

G_END_DECLS
