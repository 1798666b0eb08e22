/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Selection + lanes + diagnoses → rows, and the shapes of row n.  See rungs-ladder.h.
 *
 * RungsLadderRows knows what stands in which row, and when it happened; words (RungsRowReader) and shapes are made when somebody
 * asks. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-ladder-rows.h"
#include "rungs-ladder.h"
#include "rungs-layout.h"
#include "rungs-row-reader.h"
#include "rungs-row-shapes.h"

struct _RungsLadder
{
  GObject parent_instance;
  RungsDiagnoser *diagnoser;
  RungsSelection *selection;
  RungsLanes *lanes;
  GPtrArray *lane_array; /* const RungsLane */
  RungsLadderRows rows;
  RungsLadderOptions options;
  RungsLayout layout;
  double width;      /* as asked for, 0: natural */
  GArray *succeeded; /* the rows that it is ready to take the place of, or NULL */
  guint n_same;      /* so many of them stay */
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
  return rungs_ladder_get_n_rows (RUNGS_LADDER (model));
}

static gpointer
rungs_ladder_get_item (GListModel *model, guint position)
{
  RungsLadder *self = RUNGS_LADDER (model);
  RungsRungKind kind;
  guint message;

  if (position >= rungs_ladder_get_n_rows (self))
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
  g_clear_pointer (&self->succeeded, g_array_unref);
  g_clear_pointer (&self->selection, rungs_selection_unref);
  rungs_ladder_rows_clear (&self->rows);
  g_clear_pointer (&self->lane_array, g_ptr_array_unref);
  g_clear_pointer (&self->lanes, rungs_lanes_unref);
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
  self->lane_array = g_ptr_array_new ();
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

static void
place_extras (RungsLadder *self)
{
  rungs_ladder_rows_place_extras (&self->rows,
                                  rungs_lanes_get_trail (self->lanes),
                                  self->options.gaps,
                                  self->options.log_lines);
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
      gint64 span = self->rows.start != RUNGS_TIME_NONE ? ABS (self->rows.end - self->rows.start) : 0;

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
  rungs_ladder_rows_init (&self->rows, selection);
  make_lanes (self);
  place_extras (self);
  rungs_ladder_rows_find_folds (&self->rows, self->options.fold);
  rungs_ladder_rows_build (&self->rows, self->options.summary);
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

gboolean
rungs_ladder_options_have_same_rows (const RungsLadderOptions *a, const RungsLadderOptions *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return a->hidden == b->hidden && a->gaps == b->gaps && a->log_lines == b->log_lines &&
         a->summary == b->summary && a->fold == b->fold;
}

void
rungs_ladder_set_options (RungsLadder *self, const RungsLadderOptions *options)
{
  RungsLadderOptions old;
  guint n_old;

  g_return_if_fail (RUNGS_IS_LADDER (self) && options != NULL);

  old = self->options;
  n_old = rungs_ladder_get_n_rows (self);
  self->options = *options;
  if (old.hidden != options->hidden)
    make_lanes (self);
  if (old.hidden != options->hidden || old.gaps != options->gaps || old.log_lines != options->log_lines)
    place_extras (self);
  if (old.fold != options->fold)
    rungs_ladder_rows_find_folds (&self->rows, options->fold);
  if (!rungs_ladder_options_have_same_rows (&old, options))
    rungs_ladder_rows_build (&self->rows, options->summary);
  lay_out (self);
  if (!rungs_ladder_options_have_same_rows (&old, options))
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, rungs_ladder_get_n_rows (self));
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

RungsLadderStand
rungs_ladder_get_stand (RungsLadder *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), ((RungsLadderStand){ NULL }));
  return rungs_ladder_rows_get_stand (&self->rows);
}

void
rungs_ladder_succeed (RungsLadder *self, const RungsLadderStand *stand)
{
  g_return_if_fail (RUNGS_IS_LADDER (self) && stand != NULL);

  g_clear_pointer (&self->succeeded, g_array_unref);
  self->succeeded = g_array_ref (stand->table);
  rungs_ladder_rows_keep_open (&self->rows, stand->folds);
  rungs_ladder_rows_build (&self->rows, self->options.summary);
  self->n_same = rungs_ladder_rows_count_same (&self->rows, stand);
}

gboolean
rungs_ladder_can_take (RungsLadder *self, RungsLadder *fresh)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self) && RUNGS_IS_LADDER (fresh), FALSE);
  return fresh->succeeded == self->rows.table;
}

void
rungs_ladder_take (RungsLadder *self, RungsLadder *fresh)
{
  RungsLadder held;
  GObject instance;
  guint n_same, n_old, n_new;

  g_return_if_fail (RUNGS_IS_LADDER (self) && RUNGS_IS_LADDER (fresh) && self != fresh);

  if (!rungs_ladder_can_take (self, fresh))
    {
      RungsLadderStand stand = rungs_ladder_get_stand (self);

      rungs_ladder_succeed (fresh, &stand);
      rungs_ladder_stand_clear (&stand);
    }
  instance = fresh->parent_instance;
  rungs_ladder_set_width (fresh, self->width);
  n_same = fresh->n_same;
  n_old = rungs_ladder_get_n_rows (self);
  held = *self;
  *self = *fresh;
  self->parent_instance = held.parent_instance;
  held.parent_instance = instance;
  *fresh = held;
  n_new = rungs_ladder_get_n_rows (self);
  g_clear_pointer (&self->succeeded, g_array_unref);
  if (n_same < n_old || n_same < n_new)
    g_list_model_items_changed (G_LIST_MODEL (self), n_same, n_old - n_same, n_new - n_same);
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
  return rungs_ladder_rows_get_length (&self->rows);
}

void
rungs_ladder_get_row (RungsLadder *self, guint row, RungsRungKind *kind, guint *message)
{
  guint position;

  g_return_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self) && kind != NULL &&
                    message != NULL);

  *kind = rungs_ladder_rows_get (&self->rows, row, &position);
  *message = rungs_ladder_rows_get_message (&self->rows, row);
}

guint
rungs_ladder_find_problem (RungsLadder *self, guint row, int step)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), G_MAXUINT);
  return rungs_ladder_rows_find_problem (&self->rows, row, step);
}

const RungsTicketStep *
rungs_ladder_get_step (RungsLadder *self, guint row)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self), NULL);
  return rungs_ladder_rows_get_step (&self->rows, row);
}

guint
rungs_ladder_find_row (RungsLadder *self, guint message)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self), G_MAXUINT);
  return rungs_ladder_rows_find (&self->rows, message);
}

const RungsFold *
rungs_ladder_get_fold (RungsLadder *self, guint row)
{
  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self), NULL);
  return rungs_ladder_rows_get_fold (&self->rows, row);
}

/* Rows know their place: what stands from @first on is told to be new, because it has moved. */
static void
build_rows_from (RungsLadder *self, guint first)
{
  guint n_old = rungs_ladder_get_n_rows (self);

  rungs_ladder_rows_build (&self->rows, self->options.summary);
  g_list_model_items_changed (G_LIST_MODEL (self),
                              first,
                              n_old - first,
                              rungs_ladder_get_n_rows (self) - first);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

guint
rungs_ladder_set_fold_open (RungsLadder *self, guint row, gboolean open)
{
  const RungsFold *fold;

  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self), G_MAXUINT);

  fold = rungs_ladder_rows_get_fold (&self->rows, row);
  if (fold == NULL)
    return G_MAXUINT;
  row = rungs_ladder_rows_find_fold (&self->rows, fold);
  if (fold->open != open)
    {
      rungs_ladder_rows_set_open (&self->rows, fold, open);
      build_rows_from (self, row + 1);
    }
  return row;
}

void
rungs_ladder_set_folds_open (RungsLadder *self, gboolean open)
{
  g_return_if_fail (RUNGS_IS_LADDER (self));

  rungs_ladder_rows_set_open (&self->rows, NULL, open);
  build_rows_from (self, 0);
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
  return self->rows.folds;
}

void
rungs_ladder_set_folds (RungsLadder *self, const GArray *folds)
{
  g_return_if_fail (RUNGS_IS_LADDER (self) && folds != NULL);

  rungs_ladder_rows_keep_open (&self->rows, folds);
  build_rows_from (self, 0);
}

void
rungs_ladder_read_row (RungsLadder *self, guint row, RungsRow *content)
{
  RungsRowReader reader;

  g_return_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self) && content != NULL);

  reader = (RungsRowReader){ self->diagnoser, self->selection,     self->lanes,
                             &self->rows,     self->options.clock, self->options.time_style };
  rungs_row_reader_read (&reader, row, content);
}

void
rungs_ladder_get_row_shapes (RungsLadder *self, guint row, GArray *shapes)
{
  g_auto (RungsRow) content = RUNGS_ROW_INIT;

  g_return_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self) && shapes != NULL);

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

  g_return_val_if_fail (RUNGS_IS_LADDER (self) && row < rungs_ladder_get_n_rows (self), NULL);

  rungs_ladder_read_row (self, row, &content);
  return rungs_row_describe (&content, self->lanes);
}
