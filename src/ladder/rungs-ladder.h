/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Selection + lanes + diagnoses → rows, and the shapes of row n.
 *
 * Pure geometry: no colour, no font, no cairo.  A GListModel of RungsRung (made on demand).  All rows have one height, with
 * captions or without.  The order of the rows is that of the messages; where the ghost lane is shown, the hop that must
 * have been stands, dotted, in the row of the message that proves it; a wait of at least 10 s is a gap row, and where they are
 * wanted the lines of the log before a message are a row; a selection that is one flow ends in a summary row; what repeats can be
 * folded into one row, which opens and closes in place.  Shapes of rows are made when they are asked for; the layout follows the
 * width.
 * Use from one thread. */

#pragma once

#include <gio/gio.h>

#include "rungs-diagnoser.h"
#include "rungs-fold.h"
#include "rungs-ladder-rows.h"
#include "rungs-lanes.h"
#include "rungs-row.h"
#include "rungs-rung.h"
#include "rungs-selection.h"
#include "rungs-shape.h"
#include "rungs-time.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean captions;         /* one sentence under each rung */
  gboolean hidden;           /* the lanes and rungs that are not in this trace */
  gboolean summary;          /* the last row */
  gboolean gaps;
  RungsClock clock;
  RungsTimeStyle time_style;
  gboolean log_lines;        /* the lines of the log before a message, in a row of their own */
  gboolean fold;             /* what repeats stands as one rung (rungs-fold.h); needs the marks of the trace */
} RungsLadderOptions;

#define RUNGS_LADDER_OPTIONS_DEFAULT \
  ((RungsLadderOptions){ TRUE, TRUE, TRUE, TRUE, RUNGS_CLOCK_LOCAL, RUNGS_TIME_ABSOLUTE, FALSE })

#define RUNGS_TYPE_LADDER (rungs_ladder_get_type ())
G_DECLARE_FINAL_TYPE (RungsLadder, rungs_ladder, RUNGS, LADDER, GObject)

RungsLadder    *rungs_ladder_new             (RungsDiagnoser           *diagnoser,
                                              RungsSelection           *selection,
                                              const RungsLadderOptions *options);
RungsTrace     *rungs_ladder_get_trace       (RungsLadder              *self);
RungsSelection *rungs_ladder_get_selection   (RungsLadder              *self);
RungsLanes     *rungs_ladder_get_lanes       (RungsLadder              *self);
RungsDiagnoser *rungs_ladder_get_diagnoser   (RungsLadder              *self);
const RungsLadderOptions *rungs_ladder_get_options (RungsLadder        *self);

/** rungs_ladder_set_options: captions, clock and time style may change in place; emits "layout-changed"; a change of @hidden,
 * @gaps, @log_lines, @summary or @fold also changes the rows (items-changed). */
void            rungs_ladder_set_options     (RungsLadder              *self,
                                              const RungsLadderOptions *options);

/** rungs_ladder_options_have_same_rows: whether ladders of one selection with these options have the same rows, and only look
 * different. */
gboolean        rungs_ladder_options_have_same_rows (const RungsLadderOptions *a,
                                              const RungsLadderOptions *b);

/** rungs_ladder_get_stand: which rows there are; to be cleared by the caller. */
RungsLadderStand rungs_ladder_get_stand      (RungsLadder              *self);

/** rungs_ladder_succeed: makes ready to be taken by the ladder that stands as @stand, of the same messages or of fewer: opens what is
 * open there, and finds the first row that differs. May be left to a worker that nobody shares @self with yet. */
void            rungs_ladder_succeed         (RungsLadder              *self,
                                              const RungsLadderStand   *stand);

/** rungs_ladder_can_take: whether @fresh has been made ready for what @self is now. */
gboolean        rungs_ladder_can_take        (RungsLadder              *self,
                                              RungsLadder              *fresh);

/** rungs_ladder_take: becomes what @fresh is, a ladder of the same messages and perhaps more, which becomes what it was. The rows
 * up to the first that differs stay (items-changed tells of the others), so that a view keeps its place. Where @fresh is not ready
 * for that (rungs_ladder_succeed()) it is made so. */
void            rungs_ladder_take            (RungsLadder              *self,
                                              RungsLadder              *fresh);

/** rungs_ladder_get_natural_width: px that suit the lanes; rungs_ladder_get_minimum_width: less than that and labels
 * would be cut. */
double          rungs_ladder_get_natural_width (RungsLadder            *self);
double          rungs_ladder_get_minimum_width (RungsLadder            *self);

/** rungs_ladder_set_width: the width that the rows are laid out for, in px; emits "layout-changed". */
void            rungs_ladder_set_width       (RungsLadder              *self,
                                              double                    width);
double          rungs_ladder_get_width       (RungsLadder              *self);

/** rungs_ladder_get_row_height: px, the same for all rows. */
double          rungs_ladder_get_row_height  (RungsLadder              *self);

/** rungs_ladder_get_head_height: px of the lane heads. */
double          rungs_ladder_get_head_height (RungsLadder              *self);

/** rungs_ladder_get_lane_x: the middle of a lane. */
double          rungs_ladder_get_lane_x      (RungsLadder              *self,
                                              guint                     lane);
guint           rungs_ladder_get_n_rows      (RungsLadder              *self);

/** rungs_ladder_get_row: what stands in @row, without making an object. @message: RUNGS_NO_MESSAGE for the summary and for
 * steps */
void            rungs_ladder_get_row         (RungsLadder              *self,
                                              guint                     row,
                                              RungsRungKind            *kind,
                                              guint                    *message);

/** rungs_ladder_read_row: what stands in @row, in words; @content is empty before and cleared by the caller. */
void            rungs_ladder_read_row        (RungsLadder              *self,
                                              guint                     row,
                                              RungsRow                 *content);

/** rungs_ladder_find_row: the row of a message, or of the closed fold that holds it, or G_MAXUINT. */
guint           rungs_ladder_find_row        (RungsLadder              *self,
                                              guint                     message);

/** rungs_ladder_find_problem: the next (@step 1) or previous (-1) row with a warning or problem, seen from @row (G_MAXUINT: from before
 * the first or behind the last), round the end; G_MAXUINT where there is none. */
guint           rungs_ladder_find_problem    (RungsLadder              *self,
                                              guint                     row,
                                              int                       step);

/** rungs_ladder_get_step: the step to or from a KDC that stands in @row, %NULL where something else does; good until the
 * options change. */
const RungsTicketStep *rungs_ladder_get_step  (RungsLadder              *self,
                                              guint                     row);

/** rungs_ladder_get_fold: the fold that @row is or stands in, or %NULL; good until the rows change. */
const RungsFold *rungs_ladder_get_fold       (RungsLadder              *self,
                                              guint                     row);

/** rungs_ladder_set_fold_open: opens or closes the fold that @row is or stands in. Returns: its own row, or G_MAXUINT where
 * there is none */
guint           rungs_ladder_set_fold_open   (RungsLadder              *self,
                                              guint                     row,
                                              gboolean                  open);

/** rungs_ladder_set_folds_open: opens or closes all folds. */
void            rungs_ladder_set_folds_open  (RungsLadder              *self,
                                              gboolean                  open);

/** rungs_ladder_reveal: opens the fold that holds @message. Returns: its row, or G_MAXUINT */
guint           rungs_ladder_reveal          (RungsLadder              *self,
                                              guint                     message);

/** rungs_ladder_get_folds: RungsFold, empty where nothing is folded; good until the options change. */
GArray         *rungs_ladder_get_folds       (RungsLadder              *self);

/** rungs_ladder_set_folds: opens what is open in @folds, which are those of a ladder of the same selection. */
void            rungs_ladder_set_folds       (RungsLadder              *self,
                                              const GArray             *folds);

/** rungs_ladder_describe_clock: what the time column shows: "since start", "local time (CET)". Translated. (transfer full) */
char           *rungs_ladder_describe_clock  (RungsLadder              *self);

/** rungs_ladder_get_head_shapes: appends the lane heads (icon, role, name, address) to @shapes. */
void            rungs_ladder_get_head_shapes (RungsLadder              *self,
                                              GArray                   *shapes);

/** rungs_ladder_get_row_shapes: appends the shapes of @row to @shapes. */
void            rungs_ladder_get_row_shapes  (RungsLadder              *self,
                                              guint                     row,
                                              GArray                   *shapes);

/** rungs_ladder_describe_row: the row in words, for screen readers and SVG titles: "Message 2, 09:14:02.129, Access Edge to
 * client: 401 Unauthorized. Expected. The server …". Translated. (transfer full) */
char           *rungs_ladder_describe_row    (RungsLadder              *self,
                                              guint                     row);

G_END_DECLS
