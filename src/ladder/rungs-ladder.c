/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Selection + lanes + diagnoses → rows, and the shapes of row n.  See rungs-ladder.h.
 *
 * One word a row says what stands in it (rungs-row-table.h); words and shapes are made when somebody asks. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-ladder.h"
#include "rungs-layout.h"
#include "rungs-row-shapes.h"
#include "rungs-row-table.h"

#define GAP_DURATION (10 * G_USEC_PER_SEC)

struct _RungsLadder
{
  GObject parent_instance;
  RungsDiagnoser *diagnoser;
  RungsSelection *selection;
  RungsLanes *lanes;
  GPtrArray *lane_array;    /* const RungsLane */
  GArray *extras;           /* RungsExtraRow, ascending */
  GArray *folds;            /* RungsFold; empty where nothing is folded */
  GArray *rows;             /* rungs-row-table.h */
  RungsLogLines *log_lines; /* NULL until notes are asked for */
  RungsLadderOptions options;
  RungsLayout layout;
  double width; /* as asked for, 0: natural */
  gint64 start;
  gint64 end;
  guint n_rows;
};

enum
{
  LAYOUT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
rungs_ladder_get_item_type (GListModel *model)
{
  return RUNGS_TYPE_RUNG;
}

static guint
rungs_ladder_get_n_items (GListModel *model)
{
  return RUNGS_LADDER (model)->n_rows;
}

static gpointer
rungs_ladder_get_item (GListModel *model, guint position)
{
  RungsLadder *self = RUNGS_LADDER (model);
  RungsRungKind kind;
  guint message;

  if (position >= self->n_rows)
    return NULL;
  rungs_ladder_get_row (self, position, &kind, &message);
  return rungs_rung_new (kind, position, message);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rungs_ladder_get_item_type;
  iface->get_n_items = rungs_ladder_get_n_items;
  iface->get_item = rungs_ladder_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsLadder,
                               rungs_ladder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
rungs_ladder_finalize (GObject *object)
{
  RungsLadder *self = RUNGS_LADDER (object);

  g_clear_object (&self->diagnoser);
  g_clear_pointer (&self->selection, rungs_selection_unref);
  g_clear_pointer (&self->lane_array, g_ptr_array_unref);
  g_clear_pointer (&self->lanes, rungs_lanes_unref);
  g_clear_pointer (&self->extras, g_array_unref);
  g_clear_pointer (&self->folds, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->log_lines, rungs_log_lines_free);
  G_OBJECT_CLASS (rungs_ladder_parent_class)->finalize (object);
}

static void
rungs_ladder_class_init (RungsLadderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_ladder_finalize;

  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
rungs_ladder_init (RungsLadder *self)
{
  self->extras = g_array_new (FALSE, FALSE, sizeof (RungsExtraRow));
  self->folds = g_array_new (FALSE, FALSE, sizeof (RungsFold));
  self->lane_array = g_ptr_array_new ();
}

static gint64
get_time (RungsLadder *self, guint position)
{
  return rungs_trace_get_message (rungs_ladder_get_trace (self),
                                  rungs_selection_get (self->selection, position))
    ->time;
}

static RungsRungKind
get_step_kind (const RungsTicketStep *step)
{
  return step->kind == RUNGS_TICKET_KERBEROS ? RUNGS_RUNG_KERBEROS : RUNGS_RUNG_HIDDEN;
}

static gint64
get_step_time (RungsLadder *self, const RungsTicketStep *step)
{
  return step->kind == RUNGS_TICKET_KERBEROS
           ? rungs_trace_get_kerberos (rungs_ladder_get_trace (self), step->kerberos)->time
           : RUNGS_TIME_NONE;
}

static void
add_extra (RungsLadder *self, guint position, RungsRungKind kind)
{
  RungsExtraRow extra = { position, kind };

  g_array_append_val (self->extras, extra);
}

/* Takes note of what happens at @time, before the message at @position; a long wait before it is a row. */
static void
pass_time (RungsLadder *self, guint position, gint64 time)
{
  if (time == RUNGS_TIME_NONE)
    return;
  if (self->start == RUNGS_TIME_NONE)
    self->start = time;
  else if (self->options.gaps && time - self->end >= GAP_DURATION)
    add_extra (self, position, RUNGS_RUNG_GAP);
  self->end = time;
}

/* The steps that stand before the message at @position. Returns: the first one that does not */
static guint
add_steps (RungsLadder *self, guint step, guint position)
{
  const RungsTicketTrail *trail = rungs_lanes_get_trail (self->lanes);
  guint n_steps = rungs_ticket_trail_get_length (trail);

  for (; step < n_steps && rungs_ticket_trail_get (trail, step)->position == position; step++)
    {
      pass_time (self, position, get_step_time (self, rungs_ticket_trail_get (trail, step)));
      add_extra (self, position, get_step_kind (rungs_ticket_trail_get (trail, step)));
    }
  return step;
}

static void
find_times_and_extras (RungsLadder *self)
{
  guint length = rungs_selection_get_length (self->selection);
  guint step = 0;

  if (self->options.log_lines && self->log_lines == NULL)
    self->log_lines = rungs_log_lines_new (rungs_ladder_get_trace (self));
  g_array_set_size (self->extras, 0);
  self->start = RUNGS_TIME_NONE;
  self->end = RUNGS_TIME_NONE;
  for (guint i = 0; i < length; i++)
    {
      step = add_steps (self, step, i);
      pass_time (self, i, get_time (self, i));
      if (self->options.log_lines &&
          rungs_log_lines_has (self->log_lines, rungs_selection_get (self->selection, i)))
        add_extra (self, i, RUNGS_RUNG_NOTE);
    }
  add_steps (self, step, length);
}

static void
find_folds (RungsLadder *self)
{
  g_array_unref (self->folds);
  self->folds =
    self->options.fold ? rungs_folds_find (self->selection) : g_array_new (FALSE, FALSE, sizeof (RungsFold));
}

static void
make_rows (RungsLadder *self)
{
  guint length = rungs_selection_get_length (self->selection);
  gboolean summary =
    self->options.summary && length > 0 && rungs_selection_get_single_flow (self->selection) != RUNGS_NO_FLOW;

  g_clear_pointer (&self->rows, g_array_unref);
  self->rows = rungs_row_table_new (length, self->extras, self->folds, summary);
  self->n_rows = self->rows->len;
}

static void
make_lanes (RungsLadder *self)
{
  g_clear_pointer (&self->lanes, rungs_lanes_unref);
  self->lanes = rungs_lanes_new (self->selection, self->options.hidden);
  g_ptr_array_set_size (self->lane_array, 0);
  for (guint i = 0; i < rungs_lanes_get_n_lanes (self->lanes); i++)
    g_ptr_array_add (self->lane_array, (gpointer) rungs_lanes_get_lane (self->lanes, i));
}

static guint
count_digits (guint64 number)
{
  guint digits = 1;

  while (number >= 10)
    {
      number /= 10;
      digits++;
    }
  return digits;
}

static void
lay_out (RungsLadder *self)
{
  guint length = rungs_selection_get_length (self->selection);
  guint largest = length > 0 ? rungs_selection_get (self->selection, length - 1) + 1 : 1;
  guint time_characters = strlen ("00:00:00.000");

  if (self->options.time_style != RUNGS_TIME_ABSOLUTE)
    {
      gint64 span = self->start != RUNGS_TIME_NONE ? ABS (self->end - self->start) : 0;

      time_characters = count_digits (span / G_USEC_PER_SEC) + strlen ("+.000");
    }
  rungs_layout_init (&self->layout,
                     self->lane_array->len,
                     count_digits (largest),
                     time_characters,
                     self->options.captions,
                     self->width);
}

RungsLadder *
rungs_ladder_new (RungsDiagnoser *diagnoser, RungsSelection *selection, const RungsLadderOptions *options)
{
  RungsLadder *self;

  g_return_val_if_fail (RUNGS_IS_DIAGNOSER (diagnoser) && selection != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_LADDER, NULL);
  self->diagnoser = g_object_ref (diagnoser);
  self->selection = rungs_selection_ref (selection);
  self->options = options != NULL ? *options : RUNGS_LADDER_OPTIONS_DEFAULT;
  make_lanes (self);
  find_times_and_extras (self);
  find_folds (self);
  make_rows (self);
  lay_out (self);
  return self;
}

RungsTrace *
rungs_ladder_get_trace (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);
  return rungs_diagnoser_get_trace (self->diagnoser);
}

RungsSelection *
rungs_ladder_get_selection (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);
  return self->selection;
}

RungsLanes *
rungs_ladder_get_lanes (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);
  return self->lanes;
}

RungsDiagnoser *
rungs_ladder_get_diagnoser (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);
  return self->diagnoser;
}

const RungsLadderOptions *
rungs_ladder_get_options (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);
  return &self->options;
}

void
rungs_ladder_set_options (RungsLadder *self, const RungsLadderOptions *options)
{
  RungsLadderOptions old;
  gboolean rows_change;
  guint n_old;

  g_return_if_fail (RUNGS_IS_LADDER (self) && options != NULL);

  old = self->options;
  n_old = self->n_rows;
  self->options = *options;
  if (old.hidden != options->hidden)
    make_lanes (self);
  if (old.hidden != options->hidden || old.gaps != options->gaps || old.log_lines != options->log_lines)
    find_times_and_extras (self);
  if (old.fold != options->fold)
    find_folds (self);
  rows_change = old.hidden != options->hidden || old.gaps != options->gaps ||
                old.summary != options->summary || old.log_lines != options->log_lines ||
                old.fold != options->fold;
  if (rows_change)
    make_rows (self);
  lay_out (self);
  if (rows_change)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->n_rows);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

/* Whether @position stands for the same message in both. */
static gboolean
is_same_message (RungsLadder *a, RungsLadder *b, guint position)
{
  const RungsMessageInfo *x;
  const RungsMessageInfo *y;

  if (position >= rungs_selection_get_length (a->selection) ||
      position >= rungs_selection_get_length (b->selection))
    return FALSE;
  x = rungs_trace_get_message (rungs_ladder_get_trace (a), rungs_selection_get (a->selection, position));
  y = rungs_trace_get_message (rungs_ladder_get_trace (b), rungs_selection_get (b->selection, position));
  return x->offset == y->offset && x->file == y->file;
}

static guint
count_same_rows (RungsLadder *a, RungsLadder *b)
{
  guint n = MIN (a->n_rows, b->n_rows);
  guint row;

  for (row = 0; row < n; row++)
    {
      guint position;

      if (g_array_index (a->rows, guint32, row) != g_array_index (b->rows, guint32, row))
        break;
      rungs_row_table_get (a->rows, row, &position);
      if (!is_same_message (a, b, position))
        break;
    }
  return row;
}

/* Folds that are open stay so. */
static void
carry_folds_over (RungsLadder *from, RungsLadder *to)
{
  for (guint i = 0; i < MIN (from->folds->len, to->folds->len); i++)
    {
      const RungsFold *old = &g_array_index (from->folds, RungsFold, i);
      RungsFold *fold = &g_array_index (to->folds, RungsFold, i);

      if (old->first != fold->first)
        break;
      fold->open = old->open;
    }
  make_rows (to);
}

void
rungs_ladder_take (RungsLadder *self, RungsLadder *fresh)
{
  RungsLadder held;
  GObject instance;
  guint n_same, n_old;

  g_return_if_fail (RUNGS_IS_LADDER (self) && RUNGS_IS_LADDER (fresh) && self != fresh);

  instance = fresh->parent_instance;
  carry_folds_over (self, fresh);
  rungs_ladder_set_width (fresh, self->width);
  n_same = count_same_rows (self, fresh);
  n_old = self->n_rows;
  held = *self;
  *self = *fresh;
  self->parent_instance = held.parent_instance;
  held.parent_instance = instance;
  *fresh = held;
  if (n_same < n_old || n_same < self->n_rows)
    g_list_model_items_changed (G_LIST_MODEL (self), n_same, n_old - n_same, self->n_rows - n_same);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

double
rungs_ladder_get_natural_width (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return self->layout.natural_width;
}

double
rungs_ladder_get_minimum_width (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return self->layout.minimum_width;
}

void
rungs_ladder_set_width (RungsLadder *self, double width)
{
  double old;

  g_return_if_fail (RUNGS_IS_LADDER (self));

  old = self->layout.width;
  self->width = width;
  lay_out (self);
  if (self->layout.width != old)
    g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

double
rungs_ladder_get_width (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return self->layout.width;
}

double
rungs_ladder_get_row_height (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return self->layout.row_height;
}

double
rungs_ladder_get_head_height (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return RUNGS_LAYOUT_HEAD_HEIGHT;
}

double
rungs_ladder_get_lane_x (RungsLadder *self, guint lane)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return rungs_layout_get_lane_x (&self->layout, lane);
}

guint
rungs_ladder_get_n_rows (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), 0);
  return self->n_rows;
}

static gboolean
is_step (RungsRungKind kind)
{
  return kind == RUNGS_RUNG_KERBEROS || kind == RUNGS_RUNG_HIDDEN;
}

void
rungs_ladder_get_row (RungsLadder *self, guint row, RungsRungKind *kind, guint *message)
{
  guint position;

  g_return_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows && kind != NULL && message != NULL);

  *kind = rungs_row_table_get (self->rows, row, &position);
  *message = *kind == RUNGS_RUNG_SUMMARY || is_step (*kind) ? RUNGS_NO_MESSAGE
                                                            : rungs_selection_get (self->selection, position);
}

/* The steps of one position stand in one order in the trail and in the rows: so the n-th is the n-th. */
const RungsTicketStep *
rungs_ladder_get_step (RungsLadder *self, guint row)
{
  const RungsTicketTrail *trail;
  guint position, before;
  guint n_before = 0;

  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows, NULL);

  if (!is_step (rungs_row_table_get (self->rows, row, &position)))
    return NULL;
  for (guint i = row; i > 0; i--)
    {
      RungsRungKind kind = rungs_row_table_get (self->rows, i - 1, &before);

      if (before != position)
        break;
      n_before += is_step (kind);
    }
  trail = rungs_lanes_get_trail (self->lanes);
  return rungs_ticket_trail_get (trail, rungs_ticket_trail_find (trail, position) + n_before);
}

guint
rungs_ladder_find_row (RungsLadder *self, guint message)
{
  guint position;

  g_return_val_if_fail (RUNGS_IS_LADDER (self), G_MAXUINT);

  position = rungs_selection_find (self->selection, message);
  return position != G_MAXUINT ? rungs_row_table_find (self->rows, position) : G_MAXUINT;
}

const RungsFold *
rungs_ladder_get_fold (RungsLadder *self, guint row)
{
  RungsRungKind kind;
  guint position;

  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows, NULL);

  kind = rungs_row_table_get (self->rows, row, &position);
  if (kind != RUNGS_RUNG_FOLD && kind != RUNGS_RUNG_MESSAGE)
    return NULL;
  return rungs_folds_find_at (self->folds, position);
}

/* What stands below @row is told to be new: rows know their place, and it has moved. */
static void
remake_rows_below (RungsLadder *self, guint row)
{
  guint n_old = self->n_rows;

  make_rows (self);
  g_list_model_items_changed (G_LIST_MODEL (self), row + 1, n_old - row - 1, self->n_rows - row - 1);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

/* The row that a fold has for itself: where it is open, its first message stands right below. */
static guint
find_fold_row (RungsLadder *self, const RungsFold *fold)
{
  return rungs_row_table_find (self->rows, fold->first) - (fold->open ? 1 : 0);
}

guint
rungs_ladder_set_fold_open (RungsLadder *self, guint row, gboolean open)
{
  RungsFold *fold;

  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows, G_MAXUINT);

  fold = (RungsFold *) rungs_ladder_get_fold (self, row);
  if (fold == NULL)
    return G_MAXUINT;
  row = find_fold_row (self, fold);
  if (fold->open != open)
    {
      fold->open = open;
      remake_rows_below (self, row);
    }
  return row;
}

static void
change_all_rows (RungsLadder *self)
{
  guint n_old = self->n_rows;

  make_rows (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->n_rows);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

void
rungs_ladder_set_folds_open (RungsLadder *self, gboolean open)
{
  g_return_if_fail (RUNGS_IS_LADDER (self));

  for (guint i = 0; i < self->folds->len; i++)
    g_array_index (self->folds, RungsFold, i).open = open;
  change_all_rows (self);
}

guint
rungs_ladder_reveal (RungsLadder *self, guint message)
{
  guint row;

  g_return_val_if_fail (RUNGS_IS_LADDER (self), G_MAXUINT);

  row = rungs_ladder_find_row (self, message);
  if (row == G_MAXUINT || rungs_ladder_get_fold (self, row) == NULL)
    return row;
  rungs_ladder_set_fold_open (self, row, TRUE);
  return rungs_ladder_find_row (self, message);
}

GArray *
rungs_ladder_get_folds (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);
  return self->folds;
}

void
rungs_ladder_set_folds (RungsLadder *self, const GArray *folds)
{
  g_return_if_fail (RUNGS_IS_LADDER (self) && folds != NULL);

  for (guint i = 0; i < folds->len; i++)
    {
      const RungsFold *fold = &g_array_index (folds, RungsFold, i);
      RungsFold *own = rungs_folds_find_at (self->folds, fold->first);

      if (own != NULL)
        own->open = fold->open;
    }
  change_all_rows (self);
}

/* When what stands in @row happened, of a closed fold the last of it; RUNGS_TIME_NONE where it has no time of its own. */
static gint64
get_row_time (RungsLadder *self, guint row)
{
  const RungsFold *fold;
  guint position;

  switch (rungs_row_table_get (self->rows, row, &position))
    {
    case RUNGS_RUNG_MESSAGE:
      return get_time (self, position);
    case RUNGS_RUNG_KERBEROS:
      return get_step_time (self, rungs_ladder_get_step (self, row));
    case RUNGS_RUNG_FOLD:
      fold = rungs_folds_find_at (self->folds, position);
      return fold->open ? RUNGS_TIME_NONE : get_time (self, fold->first + fold->length - 1);
    default:
      return RUNGS_TIME_NONE;
    }
}

static gint64
get_time_before (RungsLadder *self, guint row)
{
  for (guint i = row; i > 0; i--)
    {
      gint64 time = get_row_time (self, i - 1);

      if (time != RUNGS_TIME_NONE)
        return time;
    }
  return self->start;
}

/* The time that @row, which happens at @time, counts from: of the first one, or of the one before it that has a time. */
static gint64
get_reference (RungsLadder *self, guint row, gint64 time)
{
  if (self->options.time_style == RUNGS_TIME_SINCE_PREVIOUS && time != RUNGS_TIME_NONE)
    return get_time_before (self, row);
  return self->start;
}

/* How long it was quiet in the gap @row; the rows above and below it have times, or ones not far from it. */
static gint64
get_wait (RungsLadder *self, guint row)
{
  guint position;

  for (guint i = row + 1; i < self->n_rows; i++)
    {
      RungsRungKind kind = rungs_row_table_get (self->rows, i, &position);
      gint64 time = kind == RUNGS_RUNG_FOLD ? get_time (self, position) : get_row_time (self, i);

      if (time != RUNGS_TIME_NONE)
        return time - get_time_before (self, row);
    }
  return 0;
}

/* How far the messages of a fold reach to both sides; a long one is told by its first thousand. */
static void
find_span (RungsLadder *self, const RungsFold *fold, guint *left, guint *right)
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
read_fold (RungsLadder *self, guint position, RungsRow *content)
{
  const RungsFold *fold = rungs_folds_find_at (self->folds, position);
  guint last = fold->first + fold->length - 1;
  gint64 start = get_time (self, fold->first);
  gint64 end = get_time (self, last);
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
read_step (RungsLadder *self, guint row, RungsRow *content)
{
  const RungsTicketStep *step = rungs_ladder_get_step (self, row);
  RungsTrace *trace = rungs_ladder_get_trace (self);

  rungs_row_set_step (content, trace, self->lanes, step);
  content->number = g_strdup ("");
  content->time = step->kind != RUNGS_TICKET_KERBEROS
                    ? g_strdup ("")
                    : rungs_time_format_kerberos (trace,
                                                  step->kerberos,
                                                  self->options.clock,
                                                  self->options.time_style,
                                                  get_reference (self, row, get_step_time (self, step)));
}

void
rungs_ladder_read_row (RungsLadder *self, guint row, RungsRow *content)
{
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  RungsTrace *trace;
  RungsRungKind kind;
  guint position, message;

  g_return_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows && content != NULL);

  trace = rungs_ladder_get_trace (self);
  kind = rungs_row_table_get (self->rows, row, &position);
  if (kind == RUNGS_RUNG_SUMMARY)
    {
      diagnosis = rungs_diagnoser_get (self->diagnoser, rungs_selection_get_single_flow (self->selection));
      rungs_row_set_summary (content, diagnosis);
      return;
    }
  if (is_step (kind))
    {
      read_step (self, row, content);
      return;
    }
  message = position < rungs_selection_get_length (self->selection)
              ? rungs_selection_get (self->selection, position)
              : RUNGS_NO_MESSAGE;
  if (kind == RUNGS_RUNG_GAP)
    {
      rungs_row_set_gap (content, message, get_wait (self, row));
      return;
    }
  if (kind == RUNGS_RUNG_NOTE)
    {
      rungs_row_set_note (content, self->log_lines, message);
      return;
    }
  if (kind == RUNGS_RUNG_FOLD)
    read_fold (self, position, content);
  else
    {
      diagnosis = rungs_diagnoser_get (self->diagnoser, rungs_trace_get_message (trace, message)->flow);
      rungs_row_set_message (content, trace, diagnosis, self->lanes, message);
      content->number = g_strdup_printf ("%u", message + 1);
    }
  content->time = rungs_time_format (trace,
                                     message,
                                     self->options.clock,
                                     self->options.time_style,
                                     get_reference (self, row, get_time (self, position)));
}

void
rungs_ladder_get_row_shapes (RungsLadder *self, guint row, GArray *shapes)
{
  g_auto (RungsRow) content = RUNGS_ROW_INIT;

  g_return_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows && shapes != NULL);

  rungs_ladder_read_row (self, row, &content);
  rungs_row_append_shapes (&content,
                           &self->layout,
                           (const RungsLane *const *) self->lane_array->pdata,
                           shapes);
}

char *
rungs_ladder_describe_clock (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), NULL);

  switch (self->options.time_style)
    {
    case RUNGS_TIME_SINCE_START:
      return g_strdup (_ ("since start"));
    case RUNGS_TIME_SINCE_PREVIOUS:
      return g_strdup (_ ("since previous"));
    case RUNGS_TIME_ABSOLUTE:
    default:
      return rungs_time_describe_clock (rungs_ladder_get_trace (self), self->options.clock);
    }
}

void
rungs_ladder_get_head_shapes (RungsLadder *self, GArray *shapes)
{
  g_autofree char *clock = NULL;

  g_return_if_fail (RUNGS_IS_LADDER (self) && shapes != NULL);

  clock = rungs_ladder_describe_clock (self);
  rungs_head_append_shapes (&self->layout, (const RungsLane *const *) self->lane_array->pdata, clock, shapes);
}

char *
rungs_ladder_describe_row (RungsLadder *self, guint row)
{
  g_auto (RungsRow) content = RUNGS_ROW_INIT;

  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < self->n_rows, NULL);

  rungs_ladder_read_row (self, row, &content);
  return rungs_row_describe (&content, self->lanes);
}
