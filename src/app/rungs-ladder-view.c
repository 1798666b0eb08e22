/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder on screen.  See rungs-ladder-view.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-bare-selection.h"
#include "rungs-ladder-folds.h"
#include "rungs-ladder-head.h"
#include "rungs-ladder-list.h"
#include "rungs-ladder-row.h"
#include "rungs-ladder-view.h"
#include "rungs-painter.h"
#include "rungs-plain-signal.h"
#include "rungs-reading-button.h"
#include "rungs-scheme.h"
#include "rungs-settings.h"
#include "rungs-text.h"

/* What is built within this time (ms) does not show that it is. */
#define PATIENCE 200

struct _RungsLadderView
{
  GtkWidget parent_instance;
  GtkStack *stack;
  RungsLadderHead *head;
  GtkMenuButton *time_button;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkWidget *status;
  GtkPopover *popover;
  GtkRevealer *busy_note;
  RungsBareSelection *selection;
  RungsLadder *ladder;
  RungsPainter *painter;
  guint idle;        /* rows wait for their words */
  gboolean updating; /* the selection is carried over: it does not change */
  RungsLadderBusy busy;
  guint patience; /* it is not told yet */
};

G_DEFINE_FINAL_TYPE (RungsLadderView, rungs_ladder_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_ROW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
selected_cb (GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row == NULL)
    return;
  rungs_ladder_row_set_selected (RUNGS_LADDER_ROW (row), gtk_list_item_get_selected (item));
  rungs_ladder_row_describe (RUNGS_LADDER_ROW (row));
}

/* The words of rows come little by little. */
static gboolean
describe_rows_cb (gpointer data)
{
  RungsLadderView *self = data;

  if (rungs_ladder_list_describe (self->list))
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_describe (RungsLadderView *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, describe_rows_cb, self, NULL);
}

/* What rows say holds times, verdicts and numbers of others. */
static void
update_rows (RungsLadderView *self)
{
  rungs_ladder_list_update (self->list);
  queue_describe (self);
}

static void
draw_rows (RungsLadderView *self)
{
  rungs_ladder_list_draw (self->list);
}

static void
setup_cb (RungsLadderView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, rungs_ladder_row_new ());
  g_signal_connect (item, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

static void
bind_cb (RungsLadderView *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  guint position = gtk_list_item_get_position (item);

  if (self->ladder == NULL)
    return;
  rungs_ladder_row_bind (RUNGS_LADDER_ROW (row),
                         self->ladder,
                         self->painter,
                         gtk_scrolled_window_get_hadjustment (self->scroller),
                         position);
  rungs_ladder_row_set_selected (RUNGS_LADDER_ROW (row), gtk_list_item_get_selected (item));
  queue_describe (self);
}

static void
unbind_cb (RungsLadderView *self, GtkListItem *item)
{
  rungs_ladder_row_unbind (RUNGS_LADDER_ROW (gtk_list_item_get_child (item)));
}

static void
activate_cb (RungsLadderView *self, guint position)
{
  if (rungs_ladder_folds_is_fold (self, position))
    return; /* the first of the two clicks has done it, or the key */
  g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, position);
}

static void
update_actions (RungsLadderView *self)
{
  gboolean message = FALSE;
  guint row = rungs_ladder_view_get_selected (self);

  if (row != GTK_INVALID_LIST_POSITION)
    {
      RungsRungKind kind;
      guint index;

      rungs_ladder_get_row (self->ladder, row, &kind, &index);
      message = index != RUNGS_NO_MESSAGE;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ladder.copy-message", message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "ladder.copy-explanation",
                                 row != GTK_INVALID_LIST_POSITION);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ladder.show-raw", message);
  rungs_ladder_folds_update_actions (self);
}

static void
selection_changed_cb (RungsLadderView *self)
{
  if (self->updating)
    return;
  update_actions (self);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

/* Keys of folds; and the list moves on from the row that has the focus, which is the first one before any is selected: the first
 * Down has to select that one, not the second. */
static gboolean
key_pressed_cb (RungsLadderView *self, guint key, guint code, GdkModifierType state)
{
  guint row = rungs_ladder_view_get_selected (self);

  if (self->ladder == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (row != GTK_INVALID_LIST_POSITION)
    return rungs_ladder_folds_press (self, key, row) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  rungs_ladder_view_select_row (self, 0);
  return GDK_EVENT_STOP;
}

static guint
row_at (RungsLadderView *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked;

  if (picked != NULL && !RUNGS_IS_LADDER_ROW (picked))
    row = gtk_widget_get_first_child (picked);
  return RUNGS_IS_LADDER_ROW (row) ? rungs_ladder_row_get_row (RUNGS_LADDER_ROW (row))
                                   : GTK_INVALID_LIST_POSITION;
}

static void
show_menu (RungsLadderView *self, double x, double y)
{
  gtk_popover_set_pointing_to (self->popover, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->popover);
}

static void
primary_click_cb (RungsLadderView *self, int n_press, double x, double y)
{
  if (n_press == 1)
    rungs_ladder_folds_toggle (self, row_at (self, x, y));
}

static void
secondary_click_cb (RungsLadderView *self, int n_press, double x, double y)
{
  guint row = row_at (self, x, y);
  double view_x;
  double view_y;

  if (row == GTK_INVALID_LIST_POSITION)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), row, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->list), GTK_WIDGET (self), x, y, &view_x, &view_y);
  show_menu (self, view_x, view_y);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadderView *self = RUNGS_LADDER_VIEW (widget);

  if (self->ladder != NULL)
    show_menu (self, gtk_widget_get_width (widget) / 3.0, gtk_widget_get_height (widget) / 3.0);
}

static void
copy_message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = rungs_ladder_view_get_message_text (RUNGS_LADDER_VIEW (widget));

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* What to do about the finding that leads at @message. (transfer full) (nullable) */
static char *
describe_check (RungsLadderView *self, guint message)
{
  RungsTrace *trace = rungs_ladder_get_trace (self->ladder);
  g_autoptr (RungsDiagnosis) diagnosis =
    rungs_diagnoser_find (rungs_ladder_get_diagnoser (self->ladder),
                          rungs_trace_get_message (trace, message)->flow);
  const RungsFinding *finding =
    diagnosis != NULL ? rungs_diagnosis_get_statement (diagnosis, message)->finding : NULL;

  return finding != NULL && finding->check != NULL ? g_strdup_printf (_ ("What to do: %s"), finding->check)
                                                   : NULL;
}

/* The row as it is read out, and what to do. */
static void
copy_explanation_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadderView *self = RUNGS_LADDER_VIEW (widget);
  guint row = rungs_ladder_view_get_selected (self);
  guint message = RUNGS_NO_MESSAGE;
  RungsRungKind kind;
  g_autofree char *words = NULL;
  g_autofree char *check = NULL;
  g_autofree char *text = NULL;

  if (self->ladder == NULL || row == GTK_INVALID_LIST_POSITION)
    return;
  rungs_ladder_get_row (self->ladder, row, &kind, &message);
  words = rungs_ladder_describe_row (self->ladder, row);
  check = kind == RUNGS_RUNG_MESSAGE ? describe_check (self, message) : NULL;
  text = g_strjoin ("\n", words, check, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
show_raw_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.show-tab", "s", "message");
}

/* What the time column counts, in the room that it has; the tooltip says the rest. */
static const char *
describe_times (RungsLadderView *self, const RungsLadderOptions *options)
{
  RungsTrace *trace = self->ladder != NULL ? rungs_ladder_get_trace (self->ladder) : NULL;

  if (options->time_style == RUNGS_TIME_SINCE_START)
    return _ ("since start");
  if (options->time_style == RUNGS_TIME_SINCE_PREVIOUS)
    return _ ("since previous");
  if (trace != NULL && rungs_trace_get_file (trace, 0)->zone == RUNGS_ZONE_UNKNOWN)
    return _ ("log’s clock");
  return options->clock == RUNGS_CLOCK_UTC ? _ ("UTC") : _ ("local time");
}

static void
update_time_button (RungsLadderView *self)
{
  RungsLadderOptions options = rungs_settings_get_ladder_options (rungs_settings_get_default ());

  gtk_menu_button_set_label (self->time_button, describe_times (self, &options));
  if (self->ladder != NULL)
    {
      g_autofree char *clock =
        rungs_time_describe_clock (rungs_ladder_get_trace (self->ladder), options.clock);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_button), clock);
    }
}

static void
layout (RungsLadderView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  double width = gtk_adjustment_get_page_size (adjustment);

  if (self->ladder == NULL || width < 1)
    return;
  width = MAX (width, rungs_ladder_get_minimum_width (self->ladder));
  if (width != rungs_ladder_get_width (self->ladder))
    rungs_ladder_set_width (self->ladder, width);
}

static void
show_page (RungsLadderView *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->ladder != NULL ? "ladder" : "none");
}

static void
rungs_ladder_view_dispose (GObject *object)
{
  RungsLadderView *self = RUNGS_LADDER_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->head != NULL)
    rungs_ladder_head_set_ladder (self->head, NULL, NULL);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->status, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  self->list = NULL;
  self->head = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->ladder);
  G_OBJECT_CLASS (rungs_ladder_view_parent_class)->dispose (object);
}

static void
rungs_ladder_view_finalize (GObject *object)
{
  RungsLadderView *self = RUNGS_LADDER_VIEW (object);

  g_clear_pointer (&self->painter, rungs_painter_free);
  G_OBJECT_CLASS (rungs_ladder_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rungs/Rungs/ui/rungs-ladder-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, head);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, time_button);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, list);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, status);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, popover);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderView, busy_note);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, primary_click_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_click_cb);
}

static void
rungs_ladder_view_class_init (RungsLadderViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_ladder_view_dispose;
  object_class->finalize = rungs_ladder_view_finalize;
  signals[SIGNAL_SELECTION_CHANGED] = rungs_plain_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass));
  signals[SIGNAL_ROW_ACTIVATED] = g_signal_new ("row-activated",
                                                G_TYPE_FROM_CLASS (klass),
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                1,
                                                G_TYPE_UINT);
  g_type_ensure (RUNGS_TYPE_LADDER_HEAD);
  g_type_ensure (RUNGS_TYPE_READING_BUTTON);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "ladder.copy-message", NULL, copy_message_action);
  gtk_widget_class_install_action (widget_class, "ladder.copy-explanation", NULL, copy_explanation_action);
  gtk_widget_class_install_action (widget_class, "ladder.show-raw", NULL, show_raw_action);
  gtk_widget_class_install_action (widget_class, "ladder.menu", NULL, menu_action);
  rungs_ladder_folds_install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_c,
                                       GDK_CONTROL_MASK,
                                       "ladder.copy-message",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "win.next-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "win.previous-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "ladder.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "ladder.menu", NULL);
}

static void
rungs_ladder_view_init (RungsLadderView *self)
{
  static const char *const watched[] = { "notify::time-style", "notify::clock" };
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->painter =
    rungs_painter_new (gtk_widget_get_pango_context (GTK_WIDGET (self)), rungs_scheme_get_current ());
  adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (layout), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (draw_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (draw_rows), self, G_CONNECT_SWAPPED);
  rungs_ladder_head_set_adjustment (self->head, adjustment);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (rungs_settings_get_default (),
                             watched[i],
                             G_CALLBACK (update_time_button),
                             self,
                             G_CONNECT_SWAPPED);
  update_time_button (self);
}

void
rungs_ladder_view_set_ladder (RungsLadderView *self, RungsLadder *ladder)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  if (self->ladder != NULL)
    g_signal_handlers_disconnect_by_func (self->ladder, update_rows, self);
  g_set_object (&self->ladder, ladder);
  rungs_ladder_head_set_ladder (self->head, ladder, self->painter);
  show_page (self);
  update_time_button (self);
  if (ladder == NULL)
    {
      selection_changed_cb (self);
      return;
    }
  layout (self);
  g_signal_connect_object (ladder, "layout-changed", G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  self->selection = rungs_bare_selection_new (G_LIST_MODEL (ladder), TRUE);
  g_signal_connect_object (self->selection,
                           "selection-changed",
                           G_CALLBACK (selection_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  selection_changed_cb (self);
}

static gboolean
is_end_seen (RungsLadderView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) +
           rungs_ladder_get_row_height (self->ladder) / 2 >=
         gtk_adjustment_get_upper (adjustment);
}

/* The row of @message, or what stands where @row stood of @n_rows: at the end, or as far from the beginning. */
static guint
find_successor (RungsLadderView *self, guint message, guint row, guint n_rows)
{
  guint n = rungs_ladder_get_n_rows (self->ladder);

  if (row == GTK_INVALID_LIST_POSITION || n == 0)
    return GTK_INVALID_LIST_POSITION;
  if (message != RUNGS_NO_MESSAGE)
    return rungs_ladder_find_row (self->ladder, message);
  return row + 1 == n_rows ? n - 1 : MIN (row, n - 1);
}

void
rungs_ladder_view_update (RungsLadderView *self, RungsLadder *ladder, guint message)
{
  guint selected, n_rows, row;
  gboolean at_end;

  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  g_return_if_fail (self->ladder != NULL && RUNGS_IS_LADDER (ladder));
  at_end = is_end_seen (self);
  selected = rungs_ladder_view_get_selected (self);
  n_rows = rungs_ladder_get_n_rows (self->ladder);
  self->updating = TRUE;
  rungs_ladder_take (self->ladder, ladder);
  row = find_successor (self, message, selected, n_rows);
  if (row < rungs_ladder_get_n_rows (self->ladder) && row == selected)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), row, TRUE);
  else
    rungs_ladder_view_select_row (self, row);
  self->updating = FALSE;
  update_actions (self);
  rungs_ladder_head_set_ladder (self->head, self->ladder, self->painter);
  show_page (self);
  update_time_button (self);
  layout (self);
  if (at_end && rungs_ladder_get_n_rows (self->ladder) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list),
                                "list.scroll-to-item",
                                "u",
                                rungs_ladder_get_n_rows (self->ladder) - 1);
}

void
rungs_ladder_view_diagnosed (RungsLadderView *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  update_rows (self);
}

static gboolean
patience_cb (gpointer data)
{
  RungsLadderView *self = data;

  self->patience = 0;
  if (self->busy == RUNGS_LADDER_REPLACED)
    gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_revealer_set_reveal_child (self->busy_note, self->busy == RUNGS_LADDER_CHANGED);
  return G_SOURCE_REMOVE;
}

void
rungs_ladder_view_set_busy (RungsLadderView *self, RungsLadderBusy busy)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  if (busy == self->busy)
    return;
  self->busy = busy;
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_revealer_set_reveal_child (self->busy_note, FALSE);
  show_page (self);
  if (busy != RUNGS_LADDER_IDLE)
    self->patience = g_timeout_add (PATIENCE, patience_cb, self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_BUSY,
                               busy != RUNGS_LADDER_IDLE,
                               -1);
}

RungsLadder *
rungs_ladder_view_get_ladder (RungsLadderView *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), NULL);
  return self->ladder;
}

guint
rungs_ladder_view_get_selected (RungsLadderView *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), GTK_INVALID_LIST_POSITION);
  return self->selection != NULL ? rungs_bare_selection_get_selected (self->selection)
                                 : GTK_INVALID_LIST_POSITION;
}

void
rungs_ladder_view_select_row (RungsLadderView *self, guint row)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  if (self->selection == NULL || row >= rungs_ladder_get_n_rows (self->ladder))
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), row, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", row);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    rungs_ladder_list_focus (self->list, row);
}

guint
rungs_ladder_view_find_problem (RungsLadderView *self, int step)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), GTK_INVALID_LIST_POSITION);
  return self->ladder != NULL
           ? rungs_ladder_find_problem (self->ladder, rungs_ladder_view_get_selected (self), step)
           : GTK_INVALID_LIST_POSITION;
}

char *
rungs_ladder_view_get_message_text (RungsLadderView *self)
{
  RungsRungKind kind;
  guint message;
  guint row;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), NULL);
  row = rungs_ladder_view_get_selected (self);
  if (row == GTK_INVALID_LIST_POSITION)
    return NULL;
  rungs_ladder_get_row (self->ladder, row, &kind, &message);
  if (message == RUNGS_NO_MESSAGE)
    return NULL;
  return rungs_text_display_lines (rungs_trace_get_bytes (rungs_ladder_get_trace (self->ladder), message), 0);
}

void
rungs_ladder_view_set_status (RungsLadderView *self, RungsTrace *trace)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  gtk_widget_set_visible (self->status, trace != NULL);
  if (trace != NULL)
    rungs_reading_button_set_trace (RUNGS_READING_BUTTON (self->status), trace);
}

void
rungs_ladder_view_focus (RungsLadderView *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}
