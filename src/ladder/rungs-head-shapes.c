/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The lane heads and the head of the time column.  See rungs-row-shapes.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-row-shapes.h"
#include "rungs-text-width.h"

#define CLOCK_LINES   4
#define CLOCK_LINE    14.0
#define LAST_BASELINE 77.0

static const char *
get_reason (const RungsLane *lane)
{
  return lane->reason == RUNGS_ROLE_REASON_TARGETNAME ? _ ("named by targetname") : _ ("not in this trace");
}

void
rungs_lane_get_words (const RungsLane *lane, const char *words[3])
{
  g_return_if_fail (lane != NULL && words != NULL);

  words[0] = rungs_lane_get_role_name (lane);
  words[1] = lane->name;
  words[2] = lane->ghost ? get_reason (lane) : lane->address;
  if (!lane->ghost && lane->name[0] != '\0' && g_str_has_prefix (lane->address, lane->name))
    {
      words[1] = lane->address;
      words[2] = "";
    }
}

/* Returns: the left edge of the head's widest line. */
static double
add_head (const RungsLane *lane, double x, double width, GArray *shapes)
{
  const char *lines[3];
  const RungsStyle styles[] = { RUNGS_STYLE_LANE_ROLE,
                                RUNGS_STYLE_LANE_NAME,
                                lane->ghost ? RUNGS_STYLE_ABSENT : RUNGS_STYLE_LANE_ADDRESS };
  const double baselines[] = { 46, 62, LAST_BASELINE };
  double widest = 0;
  RungsShape *icon = rungs_shapes_add (shapes, RUNGS_SHAPE_ICON, RUNGS_STYLE_LANE_ROLE, x - 9, 11, x + 9, 29);

  rungs_lane_get_words (lane, lines);
  icon->role = rungs_role_get_id (lane->role);
  icon->quiet = lane->ghost;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      RungsShape *line;

      if (lines[i][0] == '\0')
        continue;
      line = rungs_shapes_add_fitting_text (shapes,
                                            styles[i],
                                            RUNGS_ALIGN_CENTER,
                                            x,
                                            baselines[i],
                                            width,
                                            lines[i]);
      line->quiet = lane->ghost;
      widest = MAX (widest, MIN (rungs_style_estimate_width (styles[i], line->text), width));
    }
  return x - widest / 2;
}

void
rungs_head_append_shapes (const RungsLayout *layout,
                          const RungsLane *const *lanes,
                          const char *clock,
                          GArray *shapes)
{
  double width = MIN (layout->lane_distance - 14, 2 * (layout->first_lane - RUNGS_LAYOUT_MARGIN));
  double clock_end = layout->text_x;
  double size = rungs_style_get_font_size (RUNGS_STYLE_CLOCK);
  g_auto (GStrv) lines = NULL;
  guint n;

  g_return_if_fail (layout != NULL && clock != NULL && shapes != NULL);

  for (guint i = 0; i < layout->n_lanes; i++)
    {
      double left = add_head (lanes[i], rungs_layout_get_lane_x (layout, i), width, shapes);

      if (i == 0)
        clock_end = MIN (clock_end, left - 10);
    }
  if (clock_end - RUNGS_LAYOUT_MARGIN > 30)
    {
      lines = rungs_text_wrap (clock, size, FALSE, clock_end - RUNGS_LAYOUT_MARGIN, CLOCK_LINES);
      n = g_strv_length (lines);
      for (guint i = 0; i < n; i++)
        rungs_shapes_add_text (shapes,
                               RUNGS_STYLE_CLOCK,
                               RUNGS_ALIGN_START,
                               RUNGS_LAYOUT_MARGIN,
                               LAST_BASELINE - (n - 1 - i) * CLOCK_LINE,
                               clock_end - RUNGS_LAYOUT_MARGIN,
                               lines[i]);
    }
  rungs_shapes_add (shapes,
                    RUNGS_SHAPE_LINE,
                    RUNGS_STYLE_RULE,
                    0,
                    RUNGS_LAYOUT_HEAD_HEIGHT - 0.5,
                    MAX (layout->width, rungs_layout_get_lane_x (layout, layout->n_lanes)),
                    RUNGS_LAYOUT_HEAD_HEIGHT - 0.5);
}
