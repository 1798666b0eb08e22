/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in row n, in words.  See rungs-row-reader.h. */

#include "config.h"

#include "rungs-row-reader.h"

/* The time that @row, which happens at @time, counts from: of the first one, or of the one before it that has a time. */
static gint64
get_reference (const RungsRowReader *self, guint row, gint64 time)
{
  if (self->time_style == RUNGS_TIME_SINCE_PREVIOUS && time != RUNGS_TIME_NONE)
    return rungs_ladder_rows_get_time_before (self->rows, row);
  return self->rows->start;
}

/* How far the messages of a fold reach to both sides; a long one is told by its first thousand. */
static void
find_span (const RungsRowReader *self, const RungsFold *fold, guint *left, guint *right)
{
  *left = G_MAXUINT;
  *right = 0;
  for (guint i = 0; i < MIN (fold->length, 1000); i++)
    {
      guint source, destination;

      rungs_lanes_get_ends (self->lanes,
                            rungs_selection_get (self->selection, fold->first + i),
                            &source,
                            &destination);
      *left = MIN (*left, MIN (source, destination));
      *right = MAX (*right, MAX (source, destination));
    }
}

static void
read_fold (const RungsRowReader *self, guint position, RungsRow *content)
{
  const RungsFold *fold = rungs_folds_find_at (self->rows->folds, position);
  guint last = fold->first + fold->length - 1;
  gint64 start = rungs_ladder_rows_get_time (self->rows, fold->first);
  gint64 end = rungs_ladder_rows_get_time (self->rows, last);
  gboolean known = start != RUNGS_TIME_NONE && end != RUNGS_TIME_NONE && end >= start;

  rungs_row_set_fold (content,
                      fold,
                      rungs_selection_get (self->selection, fold->first),
                      rungs_selection_get (self->selection, last),
                      known ? end - start : -1);
  find_span (self, fold, &content->source, &content->destination);
  content->number = g_strdup_printf ("%u", content->message + 1);
}

static void
read_step (const RungsRowReader *self, guint row, RungsRow *content)
{
  const RungsTicketStep *step = rungs_ladder_rows_get_step (self->rows, row);
  RungsTrace *trace = rungs_diagnoser_get_trace (self->diagnoser);

  rungs_row_set_step (content, trace, self->lanes, step);
  content->number = g_strdup ("");
  content->time =
    step->kind != RUNGS_TICKET_KERBEROS
      ? g_strdup ("")
      : rungs_time_format_kerberos (trace,
                                    step->kerberos,
                                    self->clock,
                                    self->time_style,
                                    get_reference (self,
                                                   row,
                                                   rungs_ladder_rows_get_step_time (self->rows, step)));
}

void
rungs_row_reader_read (const RungsRowReader *self, guint row, RungsRow *content)
{
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  RungsTrace *trace;
  RungsRungKind kind;
  guint position, message;

  g_return_if_fail (self != NULL && content != NULL);

  trace = rungs_diagnoser_get_trace (self->diagnoser);
  kind = rungs_ladder_rows_get (self->rows, row, &position);
  if (kind == RUNGS_RUNG_SUMMARY)
    {
      guint flow = rungs_trace_get_message (trace, rungs_selection_get (self->selection, 0))->flow;

      diagnosis = rungs_diagnoser_find (self->diagnoser, flow);
      rungs_row_set_summary (content, trace, diagnosis, flow);
      return;
    }
  if (rungs_rung_kind_is_step (kind))
    {
      read_step (self, row, content);
      return;
    }
  message = position < rungs_selection_get_length (self->selection)
              ? rungs_selection_get (self->selection, position)
              : RUNGS_NO_MESSAGE;
  if (kind == RUNGS_RUNG_GAP)
    {
      rungs_row_set_gap (content, message, rungs_ladder_rows_get_wait (self->rows, row));
      return;
    }
  if (kind == RUNGS_RUNG_NOTE)
    {
      rungs_row_set_note (content, self->rows->log_lines, message);
      return;
    }
  if (kind == RUNGS_RUNG_FOLD)
    read_fold (self, position, content);
  else
    {
      diagnosis = rungs_diagnoser_find (self->diagnoser, rungs_trace_get_message (trace, message)->flow);
      rungs_row_set_message (content, trace, diagnosis, self->lanes, message);
      content->number = g_strdup_printf ("%u", message + 1);
    }
  content->time =
    rungs_time_format (trace,
                       message,
                       self->clock,
                       self->time_style,
                       get_reference (self, row, rungs_ladder_rows_get_time (self->rows, position)));
}
