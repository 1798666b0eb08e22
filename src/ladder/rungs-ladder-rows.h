/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in which row of a ladder, and when it happened.
 *
 * In: a selection, the steps of its ticket trail, and which of waits, log lines, folds and summary are wanted. Out: the kind and
 * the place of row n, the row of a message, and times: of a row, of what came before it, of a wait.  The words of rows are
 * made by others (rungs-row.h); the table itself is one word a row (rungs-row-table.h).
 * A change is told in parts, so that only what depends on it is found anew: place_extras, find_folds, then build. */

#pragma once

#include "rungs-fold.h"
#include "rungs-log-lines.h"
#include "rungs-rung.h"
#include "rungs-ticket-trail.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSelection *selection;
  const RungsTicketTrail *trail; /* borrowed, from rungs_ladder_rows_place_extras() */
  GArray *extras;                /* RungsExtraRow, ascending */
  GArray *folds;                 /* RungsFold; empty where nothing is folded. A change makes another array, as of the table */
  GArray *table;                 /* rungs-row-table.h */
  GArray *problems;              /* guint32, ascending: positions of messages with a warning or problem */
  RungsLogLines *log_lines;      /* of the trace, NULL until notes are asked for */
  gint64 start;                  /* of the first and the last that has a time, or RUNGS_TIME_NONE */
  gint64 end;
} RungsLadderRows;

/** RungsLadderStand: which rows there were at one moment. It does not change, so that a worker may look at it. */
typedef struct
{
  RungsSelection *selection;
  GArray *folds;
  GArray *table;
} RungsLadderStand;

void          rungs_ladder_rows_init         (RungsLadderRows        *self,
                                              RungsSelection         *selection);
void          rungs_ladder_rows_clear        (RungsLadderRows        *self);

/**
 * rungs_ladder_rows_place_extras:
 * @trail: whose steps stand between the messages; kept, not owned
 * @gaps: whether a long wait is a row
 * @log_lines: whether the lines of the log before a message are a row
 *
 * Finds what stands between the messages, and the time that all of it takes.
 */
void          rungs_ladder_rows_place_extras (RungsLadderRows        *self,
                                              const RungsTicketTrail *trail,
                                              gboolean                gaps,
                                              gboolean                log_lines);

/** rungs_ladder_rows_find_folds: the folds of the selection, all closed; none where they are not @wanted. */
void          rungs_ladder_rows_find_folds   (RungsLadderRows        *self,
                                              gboolean                wanted);

/** rungs_ladder_rows_build: makes the rows; to be called after each change of extras and folds. */
void          rungs_ladder_rows_build        (RungsLadderRows        *self,
                                              gboolean                summary);

guint         rungs_ladder_rows_get_length   (const RungsLadderRows  *self);

/** rungs_ladder_rows_get: the kind of @row; @position (out): in the selection, its length for the summary. */
RungsRungKind rungs_ladder_rows_get          (const RungsLadderRows  *self,
                                              guint                   row,
                                              guint                  *position);

/** rungs_ladder_rows_get_message: the message of @row, or RUNGS_NO_MESSAGE for the summary and for steps. */
guint         rungs_ladder_rows_get_message  (const RungsLadderRows  *self,
                                              guint                   row);

/** rungs_ladder_rows_find: the row of @message, or of the closed fold that holds it, or G_MAXUINT. */
guint         rungs_ladder_rows_find         (const RungsLadderRows  *self,
                                              guint                   message);

/** rungs_ladder_rows_get_step: the step that stands in @row, or %NULL. */
const RungsTicketStep *rungs_ladder_rows_get_step (const RungsLadderRows *self,
                                              guint                   row);

/** rungs_ladder_rows_get_fold: the fold that @row is or stands in, or %NULL; good until the folds change. */
const RungsFold *rungs_ladder_rows_get_fold  (const RungsLadderRows  *self,
                                              guint                   row);

/** rungs_ladder_rows_find_fold: the row that @fold has for itself. */
guint         rungs_ladder_rows_find_fold    (const RungsLadderRows  *self,
                                              const RungsFold        *fold);

/** rungs_ladder_rows_set_open: opens or closes @fold, or all of them where it is %NULL. */
void          rungs_ladder_rows_set_open     (RungsLadderRows        *self,
                                              const RungsFold        *fold,
                                              gboolean                open);

/** rungs_ladder_rows_keep_open: opens what is open in @folds, which are those of the same messages, or of fewer. */
void          rungs_ladder_rows_keep_open    (RungsLadderRows        *self,
                                              const GArray           *folds);

/** rungs_ladder_rows_get_stand: to be cleared by the caller. */
RungsLadderStand rungs_ladder_rows_get_stand (const RungsLadderRows  *self);
void          rungs_ladder_stand_clear       (RungsLadderStand       *self);

/** rungs_ladder_rows_count_same: how many rows, from the first, are the same as at @stand. */
guint         rungs_ladder_rows_count_same   (const RungsLadderRows  *self,
                                              const RungsLadderStand *stand);

/** rungs_ladder_rows_find_problem: the next (@step 1) or previous (-1) row with a warning or problem, seen from @row (G_MAXUINT: from
 * before the first or behind the last), round the end; G_MAXUINT where there is none. */
guint         rungs_ladder_rows_find_problem (const RungsLadderRows  *self,
                                              guint                   row,
                                              int                     step);

/** rungs_ladder_rows_get_time: when the message at @position happened; µs or RUNGS_TIME_NONE. */
gint64        rungs_ladder_rows_get_time     (const RungsLadderRows  *self,
                                              guint                   position);

/** rungs_ladder_rows_get_step_time: when @step happened; RUNGS_TIME_NONE where it is only proved. */
gint64        rungs_ladder_rows_get_step_time (const RungsLadderRows *self,
                                              const RungsTicketStep  *step);

/** rungs_ladder_rows_get_time_before: of the last row above @row that has a time, or of the first one. */
gint64        rungs_ladder_rows_get_time_before (const RungsLadderRows *self,
                                              guint                   row);

/** rungs_ladder_rows_get_wait: how long it was quiet in the gap @row; µs. */
gint64        rungs_ladder_rows_get_wait     (const RungsLadderRows  *self,
                                              guint                   row);

G_END_DECLS
