/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One row's content + the columns → its shapes; and the lane heads.
 *
 * Pure: the same row and layout give the same shapes.  Label and badge stand above the arrow, the caption below it;
 * where one of them would stand on a lifeline, the lifeline is cut.  What does not fit is ellipsised here, by
 * rungs-text-width.h, so that all outputs cut at the same place. */

#pragma once

#include "rungs-lanes.h"
#include "rungs-layout.h"
#include "rungs-row.h"
#include "rungs-shape.h"

G_BEGIN_DECLS

/**
 * rungs_row_append_shapes:
 * @lanes: (array length=n_lanes): the lanes of @layout
 * @shapes: (inout): the shapes of @row are appended here, lifelines first
 */
void rungs_row_append_shapes  (const RungsRow         *row,
                               const RungsLayout      *layout,
                               const RungsLane *const *lanes,
                               GArray                 *shapes);

/**
 * rungs_head_append_shapes:
 * @lanes: (array length=n_lanes): the lanes of @layout
 * @clock: what the time column shows
 * @shapes: (inout): the lane heads are appended here, RUNGS_LAYOUT_HEAD_HEIGHT high
 */
void rungs_head_append_shapes (const RungsLayout      *layout,
                               const RungsLane *const *lanes,
                               const char             *clock,
                               GArray                 *shapes);

/** rungs_lane_get_words: the three lines of a lane's head: role, name, and address or, for a lane that is not in this trace,
 * why it is known; "" where a line would say nothing new. */
void rungs_lane_get_words     (const RungsLane        *lane,
                               const char             *words[3]);

G_END_DECLS
