/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in which row of a ladder, and when it happened.  See rungs-ladder-rows.h. */

#include "config.h"

#include "rungs-ladder-rows.h"
#include "rungs-row-table.h"
#include "rungs-same-message.h"

#define GAP_DURATION (10 * G_USEC_PER_SEC)

void
rungs_ladder_rows_clear (RungsLadderRows *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->selection, rungs_selection_unref);
  g_clear_pointer (&self->extras, g_array_unref);
  g_clear_pointer (&self->folds, g_array_unref);
  g_clear_pointer (&self->table, g_array_unref);
  g_clear_pointer (&self->problems, g_array_unref);
}

static void
find_problems (RungsLadderRows *self)
{
  RungsTrace *trace = rungs_selection_get_trace (self->selection);
  guint length = rungs_selection_get_length (self->selection);

  self->problems = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < length; i++)
    {
      RungsMark mark = rungs_trace_get_message (trace, rungs_selection_get (self->selection, i))->mark;

      if (rungs_mark_get_severity (mark) >= RUNGS_SEVERITY_WARNING)
        g_array_append_val (self->problems, i);
    }
}

void
rungs_ladder_rows_init (RungsLadderRows *self, RungsSelection *selection)
{
  g_return_if_fail (self != NULL && selection != NULL);

  *self = (RungsLadderRows){ .selection = rungs_selection_ref (selection),
                             .extras = g_array_new (FALSE, FALSE, sizeof (RungsExtraRow)),
                             .start = RUNGS_TIME_NONE,
                             .end = RUNGS_TIME_NONE };
  find_problems (self);
}

static void
add_extra (RungsLadderRows *self, guint position, RungsRungKind kind)
{
  RungsExtraRow extra = { position, kind };

  g_array_append_val (self->extras, extra);
}

/* Takes note of what happens at @time, before the message at @position; a long wait before it is a row. */
static void
pass_time (RungsLadderRows *self, guint position, gint64 time, gboolean gaps)
{
  if (time == RUNGS_TIME_NONE)
    return;
  if (self->start == RUNGS_TIME_NONE)
    self->start = time;
  else if (gaps && time - self->end >= GAP_DURATION)
    add_extra (self, position, RUNGS_RUNG_GAP);
  self->end = time;
}

static RungsRungKind
get_step_kind (const RungsTicketStep *step)
{
  return step->kind == RUNGS_TICKET_KERBEROS ? RUNGS_RUNG_KERBEROS : RUNGS_RUNG_HIDDEN;
}

/* The steps that stand before the message at @position. Returns: the first one that does not */
static guint
add_steps (RungsLadderRows *self, guint step, guint position, gboolean gaps)
{
  guint n_steps = rungs_ticket_trail_get_length (self->trail);

  for (; step < n_steps && rungs_ticket_trail_get (self->trail, step)->position == position; step++)
    {
      const RungsTicketStep *at = rungs_ticket_trail_get (self->trail, step);

      pass_time (self, position, rungs_ladder_rows_get_step_time (self, at), gaps);
      add_extra (self, position, get_step_kind (at));
    }
  return step;
}

void
rungs_ladder_rows_place_extras (RungsLadderRows *self,
                                const RungsTicketTrail *trail,
                                gboolean gaps,
                                gboolean log_lines)
{
  guint length;
  guint step = 0;

  g_return_if_fail (self != NULL && trail != NULL);

  length = rungs_selection_get_length (self->selection);
  self->trail = trail;
  if (log_lines)
    self->log_lines = rungs_log_lines_find (rungs_selection_get_trace (self->selection));
  g_array_set_size (self->extras, 0);
  self->start = RUNGS_TIME_NONE;
  self->end = RUNGS_TIME_NONE;
  for (guint i = 0; i < length; i++)
    {
      step = add_steps (self, step, i, gaps);
      pass_time (self, i, rungs_ladder_rows_get_time (self, i), gaps);
      if (log_lines && rungs_log_lines_has (self->log_lines, rungs_selection_get (self->selection, i)))
        add_extra (self, i, RUNGS_RUNG_NOTE);
    }
  add_steps (self, step, length, gaps);
}

void
rungs_ladder_rows_find_folds (RungsLadderRows *self, gboolean wanted)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->folds, g_array_unref);
  self->folds = wanted ? rungs_folds_find (self->selection) : g_array_new (FALSE, FALSE, sizeof (RungsFold));
}

void
rungs_ladder_rows_build (RungsLadderRows *self, gboolean summary)
{
  guint length;

  g_return_if_fail (self != NULL);

  length = rungs_selection_get_length (self->selection);
  summary = summary && length > 0 && rungs_selection_get_single_flow (self->selection) != RUNGS_NO_FLOW;
  g_clear_pointer (&self->table, g_array_unref);
  self->table = rungs_row_table_new (length, self->extras, self->folds, summary);
}

guint
rungs_ladder_rows_get_length (const RungsLadderRows *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->table->len;
}

RungsRungKind
rungs_ladder_rows_get (const RungsLadderRows *self, guint row, guint *position)
{
  g_return_val_if_fail (self != NULL, RUNGS_RUNG_SUMMARY);
  return rungs_row_table_get (self->table, row, position);
}

guint
rungs_ladder_rows_get_message (const RungsLadderRows *self, guint row)
{
  RungsRungKind kind;
  guint position;

  g_return_val_if_fail (self != NULL, RUNGS_NO_MESSAGE);

  kind = rungs_row_table_get (self->table, row, &position);
  if (kind == RUNGS_RUNG_SUMMARY || rungs_rung_kind_is_step (kind))
    return RUNGS_NO_MESSAGE;
  return rungs_selection_get (self->selection, position);
}

guint
rungs_ladder_rows_find (const RungsLadderRows *self, guint message)
{
  guint position;

  g_return_val_if_fail (self != NULL, G_MAXUINT);

  position = rungs_selection_find (self->selection, message);
  return position != G_MAXUINT ? rungs_row_table_find (self->table, position) : G_MAXUINT;
}

/* The steps of one position stand in one order in the trail and in the rows: so the n-th is the n-th. */
const RungsTicketStep *
rungs_ladder_rows_get_step (const RungsLadderRows *self, guint row)
{
  guint position, before;
  guint n_before = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (!rungs_rung_kind_is_step (rungs_row_table_get (self->table, row, &position)))
    return NULL;
  for (guint i = row; i > 0; i--)
    {
      RungsRungKind kind = rungs_row_table_get (self->table, i - 1, &before);

      if (before != position)
        break;
      n_before += rungs_rung_kind_is_step (kind);
    }
  return rungs_ticket_trail_get (self->trail, rungs_ticket_trail_find (self->trail, position) + n_before);
}

const RungsFold *
rungs_ladder_rows_get_fold (const RungsLadderRows *self, guint row)
{
  RungsRungKind kind;
  guint position;

  g_return_val_if_fail (self != NULL, NULL);

  kind = rungs_row_table_get (self->table, row, &position);
  if (kind != RUNGS_RUNG_FOLD && kind != RUNGS_RUNG_MESSAGE)
    return NULL;
  return rungs_folds_find_at (self->folds, position);
}

/* Where it is open, its first message stands right below its own row. */
guint
rungs_ladder_rows_find_fold (const RungsLadderRows *self, const RungsFold *fold)
{
  g_return_val_if_fail (self != NULL && fold != NULL, G_MAXUINT);
  return rungs_row_table_find (self->table, fold->first) - (fold->open ? 1 : 0);
}

/* Others may be looking at the folds: so it is another array that changes. */
static void
copy_folds (RungsLadderRows *self)
{
  GArray *folds = g_array_copy (self->folds);

  g_array_unref (self->folds);
  self->folds = folds;
}

void
rungs_ladder_rows_set_open (RungsLadderRows *self, const RungsFold *fold, gboolean open)
{
  guint first = fold != NULL ? fold->first : 0;

  g_return_if_fail (self != NULL);

  copy_folds (self);
  if (fold != NULL)
    rungs_folds_find_at (self->folds, first)->open = open;
  else
    for (guint i = 0; i < self->folds->len; i++)
      g_array_index (self->folds, RungsFold, i).open = open;
}

void
rungs_ladder_rows_keep_open (RungsLadderRows *self, const GArray *folds)
{
  guint next = 0;

  g_return_if_fail (self != NULL && folds != NULL);

  copy_folds (self);
  for (guint i = 0; i < self->folds->len; i++)
    {
      RungsFold *fold = &g_array_index (self->folds, RungsFold, i);

      while (next < folds->len && g_array_index (folds, RungsFold, next).first < fold->first)
        next++;
      if (next < folds->len && g_array_index (folds, RungsFold, next).first == fold->first)
        fold->open = g_array_index (folds, RungsFold, next).open;
    }
}

RungsLadderStand
rungs_ladder_rows_get_stand (const RungsLadderRows *self)
{
  g_return_val_if_fail (self != NULL, ((RungsLadderStand){ NULL }));
  return (RungsLadderStand){ rungs_selection_ref (self->selection),
                             g_array_ref (self->folds),
                             g_array_ref (self->table) };
}

void
rungs_ladder_stand_clear (RungsLadderStand *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->selection, rungs_selection_unref);
  g_clear_pointer (&self->folds, g_array_unref);
  g_clear_pointer (&self->table, g_array_unref);
}

/* Whether @position stands for the same message in both. */
static gboolean
is_same_message (RungsSelection *a, RungsSelection *b, guint position)
{
  if (position >= rungs_selection_get_length (a) || position >= rungs_selection_get_length (b))
    return FALSE;
  return rungs_same_message (rungs_trace_get_message (rungs_selection_get_trace (a),
                                                      rungs_selection_get (a, position)),
                             rungs_trace_get_message (rungs_selection_get_trace (b),
                                                      rungs_selection_get (b, position)));
}

guint
rungs_ladder_rows_count_same (const RungsLadderRows *self, const RungsLadderStand *stand)
{
  guint n;
  guint row;

  g_return_val_if_fail (self != NULL && stand != NULL, 0);

  n = MIN (self->table->len, stand->table->len);
  for (row = 0; row < n; row++)
    {
      guint position;

      if (g_array_index (self->table, guint32, row) != g_array_index (stand->table, guint32, row))
        break;
      rungs_row_table_get (self->table, row, &position);
      if (!is_same_message (self->selection, stand->selection, position))
        break;
    }
  return row;
}

/* How many problems stand before @position. */
static guint
count_problems_before (const RungsLadderRows *self, guint position)
{
  guint low = 0;
  guint high = self->problems->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->problems, guint32, middle) < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The first position that stands below @row: a closed fold stands for all of its messages. */
static guint
get_position_below (const RungsLadderRows *self, guint row)
{
  guint position;
  RungsRungKind kind = rungs_row_table_get (self->table, row, &position);
  const RungsFold *fold = kind == RUNGS_RUNG_FOLD ? rungs_folds_find_at (self->folds, position) : NULL;

  if (fold != NULL && !fold->open)
    return fold->first + fold->length;
  return kind == RUNGS_RUNG_MESSAGE ? position + 1 : position;
}

guint
rungs_ladder_rows_find_problem (const RungsLadderRows *self, guint row, int step)
{
  guint position = 0;
  guint next = 0;

  g_return_val_if_fail (self != NULL, G_MAXUINT);

  if (self->problems->len == 0)
    return G_MAXUINT;
  if (row < self->table->len && step > 0)
    next = count_problems_before (self, get_position_below (self, row));
  else if (row < self->table->len)
    rungs_row_table_get (self->table, row, &position);
  if (step < 0)
    next = count_problems_before (self, position) + self->problems->len - 1;
  return rungs_row_table_find (self->table,
                               g_array_index (self->problems, guint32, next % self->problems->len));
}

gint64
rungs_ladder_rows_get_time (const RungsLadderRows *self, guint position)
{
  g_return_val_if_fail (self != NULL, RUNGS_TIME_NONE);
  return rungs_trace_get_message (rungs_selection_get_trace (self->selection),
                                  rungs_selection_get (self->selection, position))
    ->time;
}

gint64
rungs_ladder_rows_get_step_time (const RungsLadderRows *self, const RungsTicketStep *step)
{
  g_return_val_if_fail (self != NULL && step != NULL, RUNGS_TIME_NONE);

  return step->kind == RUNGS_TICKET_KERBEROS
           ? rungs_trace_get_kerberos (rungs_selection_get_trace (self->selection), step->kerberos)->time
           : RUNGS_TIME_NONE;
}

/* When what stands in @row happened, of a closed fold the last of it; RUNGS_TIME_NONE where it has no time of its own. */
static gint64
get_row_time (const RungsLadderRows *self, guint row)
{
  const RungsFold *fold;
  guint position;

  switch (rungs_row_table_get (self->table, row, &position))
    {
    case RUNGS_RUNG_MESSAGE:
      return rungs_ladder_rows_get_time (self, position);
    case RUNGS_RUNG_KERBEROS:
      return rungs_ladder_rows_get_step_time (self, rungs_ladder_rows_get_step (self, row));
    case RUNGS_RUNG_FOLD:
      fold = rungs_folds_find_at (self->folds, position);
      return fold->open ? RUNGS_TIME_NONE : rungs_ladder_rows_get_time (self, fold->first + fold->length - 1);
    default:
      return RUNGS_TIME_NONE;
    }
}

gint64
rungs_ladder_rows_get_time_before (const RungsLadderRows *self, guint row)
{
  g_return_val_if_fail (self != NULL, RUNGS_TIME_NONE);

  for (guint i = row; i > 0; i--)
    {
      gint64 time = get_row_time (self, i - 1);

      if (time != RUNGS_TIME_NONE)
        return time;
    }
  return self->start;
}

/* The rows above and below a gap have times, or ones not far from it. */
gint64
rungs_ladder_rows_get_wait (const RungsLadderRows *self, guint row)
{
  guint position;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = row + 1; i < self->table->len; i++)
    {
      RungsRungKind kind = rungs_row_table_get (self->table, i, &position);
      gint64 time =
        kind == RUNGS_RUNG_FOLD ? rungs_ladder_rows_get_time (self, position) : get_row_time (self, i);

      if (time != RUNGS_TIME_NONE)
        return time - rungs_ladder_rows_get_time_before (self, row);
    }
  return 0;
}
