/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in one row, in words and meanings: what the shapes, the text ladder and the screen reader have in common.
 *
 * In: a message of a trace with its diagnosis and lanes (or a wait, a fold, or the flow's result). Out: lanes, style, severity
 * and texts, all of them display text. The one place that decides how a message looks: an expected challenge, a success, a
 * failure, a retransmission. */

#pragma once

#include "rungs-diagnosis.h"
#include "rungs-fold.h"
#include "rungs-lanes.h"
#include "rungs-log-lines.h"
#include "rungs-rung.h"
#include "rungs-shape.h"

G_BEGIN_DECLS

#define RUNGS_NO_LANE        G_MAXUINT
#define RUNGS_ROW_NOTE_LINES 3

typedef struct
{
  RungsRungKind kind;
  guint message; /* RUNGS_NO_MESSAGE for the summary and for steps */
  guint last;    /* of a fold: its last message */
  gboolean response;
  gboolean open; /* of a fold: its messages stand below */
  guint source;  /* lanes */
  guint destination;
  guint hidden_source; /* the hop that must have been and is not in this trace, or RUNGS_NO_LANE */
  guint hidden_destination;
  RungsStyle style;       /* of the arrow */
  RungsSeverity severity; /* of sign and badge */
  RungsSeverity accent;   /* of label and arrow */
  char *number;           /* "2" */
  char *time;             /* in the ladder's time style, "" where there is none */
  char *
    label; /* "401 Unauthorized"; of a gap: "13 s later"; of a note: "3 log lines"; of a fold: what it holds; of
                              * the summary: its title */
  char *badge;         /* or NULL */
  char *signature;     /* "signature ✓", where its signature was checked, or NULL */
  RungsSeverity proof; /* of the badge of the signature */
  char *repeats;       /* "↻2", or NULL */
  char *comment;       /* what somebody wrote beside the message in the capture, or NULL */
  char *caption;       /* "Expected. The server …", "" where there is none */
  GStrv lines;         /* of a note: RUNGS_ROW_NOTE_LINES of them at most, or NULL */
} RungsRow;

#define RUNGS_ROW_INIT                                                                                       \
  ((RungsRow){                                                                                               \
    .message = RUNGS_NO_MESSAGE, .hidden_source = RUNGS_NO_LANE, .hidden_destination = RUNGS_NO_LANE })

void rungs_row_clear (RungsRow *self);

/** rungs_row_set_message: fills @self, which is empty, for @message; number and time are the caller's. @diagnosis: of its flow, %NULL
 * while that is being made: there is no caption then, and no badge */
void rungs_row_set_message (
  RungsRow *self, RungsTrace *trace, RungsDiagnosis *diagnosis, RungsLanes *lanes, guint message);

/** rungs_row_set_summary: fills @self, which is empty, with the result of @flow. @diagnosis: of it, %NULL while that is being made */
void rungs_row_set_summary (RungsRow *self, RungsTrace *trace, RungsDiagnosis *diagnosis, guint flow);

/** rungs_row_set_gap: fills @self, which is empty, with the wait of @duration µs before @message. */
void rungs_row_set_gap (RungsRow *self, guint message, gint64 duration);

/** rungs_row_set_step: fills @self, which is empty, with a step to or from a KDC; number and time are the caller's. */
void rungs_row_set_step (RungsRow *self, RungsTrace *trace, RungsLanes *lanes, const RungsTicketStep *step);

/** rungs_row_set_note: fills @self, which is empty, with the lines of the log before @message. */
void rungs_row_set_note (RungsRow *self, RungsLogLines *log_lines, guint message);

/**
 * rungs_row_set_fold:
 * @message, @last: the first and last message of @fold
 * @duration: µs between the two, -1: not known
 *
 * Fills @self, which is empty, with what stands for them; lanes, number and time are the caller's.
 */
void rungs_row_set_fold (RungsRow *self, const RungsFold *fold, guint message, guint last, gint64 duration);

/** rungs_row_describe: the row in words, whole sentences, translated. (transfer full) */
char *rungs_row_describe (const RungsRow *self, RungsLanes *lanes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsRow, rungs_row_clear)

G_END_DECLS
