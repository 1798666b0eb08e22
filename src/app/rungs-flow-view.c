/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The flow list with its filter entry.  See rungs-flow-view.h.
 *
 * The lines of the list say something else when order or filter change, and a selection knows positions only: so the flows that
 * the user selected are kept here by their index in the trace and selected again. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-bare-selection.h"
#include "rungs-flow-columns.h"
#include "rungs-flow-row.h"
#include "rungs-flow-teller.h"
#include "rungs-flow-view.h"
#include "rungs-plain-signal.h"
#include "rungs-reading-button.h"
#include "rungs-settings.h"

struct _RungsFlowView
{
  GtkWidget parent_instance;
  GtkWidget *filter_box;
  GtkEditable *entry;
  GtkLabel *error;
  GtkStack *stack;
  GtkListView *rows;
  GtkColumnView *columns;
  GtkLabel *nothing_title;
  GtkLabel *nothing_detail;
  GtkWidget *clear_button;
  RungsReadingButton *status;
  RungsDiagnoser *diagnoser;
  RungsFlowList *list;
  GtkSelectionModel *selection;
  GArray *selected; /* guint32, flows of the trace */
  gboolean restoring;
  gboolean ordering; /* the heads of the table are being set */
  guint idle;        /* the selection is to be told */
  guint rows_idle;   /* the rows are to be made */
  RungsFlowTeller teller;
};

G_DEFINE_FINAL_TYPE (RungsFlowView, rungs_flow_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RungsClock
get_clock (void)
{
  return rungs_settings_get_ladder_options (rungs_settings_get_default ()).clock;
}

static gboolean
emit_cb (gpointer data)
{
  RungsFlowView *self = data;

  self->idle = 0;
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_emit (RungsFlowView *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, emit_cb, self, NULL);
}

static void
selection_changed_cb (RungsFlowView *self)
{
  g_autoptr (GtkBitset) set = NULL;
  GtkBitsetIter iter;
  guint position;

  if (self->restoring)
    return;
  set = gtk_selection_model_get_selection (self->selection);
  g_array_set_size (self->selected, 0);
  if (gtk_bitset_iter_init_first (&iter, set, &position))
    do
      {
        guint32 flow = rungs_flow_list_get_flow (self->list, position);

        g_array_append_val (self->selected, flow);
      }
    while (gtk_bitset_iter_next (&iter, &position));
  queue_emit (self);
}

static void
add_positions (RungsFlowView *self, GtkBitset *set)
{
  for (guint i = 0; i < self->selected->len; i++)
    {
      guint position = rungs_flow_list_find (self->list, g_array_index (self->selected, guint32, i));

      if (position != GTK_INVALID_LIST_POSITION)
        gtk_bitset_add (set, position);
    }
}

static void
restore_selection (RungsFlowView *self)
{
  g_autoptr (GtkBitset) set = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;
  guint n_flows = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (self->selected->len == rungs_trace_get_n_flows (rungs_flow_list_get_trace (self->list)))
    gtk_bitset_add_range (set, 0, n_flows);
  else
    add_positions (self, set);
  if (gtk_bitset_is_empty (set) && n_flows > 0)
    gtk_bitset_add (set, 0);
  mask = gtk_bitset_new_range (0, n_flows);
  self->restoring = TRUE;
  gtk_selection_model_set_selection (self->selection, set, mask);
  self->restoring = FALSE;
  /* A list without flows is a filter that matches none: what was selected comes back with the flows. */
  if (n_flows > 0)
    selection_changed_cb (self);
  else
    queue_emit (self);
}

static void
show_nothing (RungsFlowView *self)
{
  const char *filter = gtk_editable_get_text (self->entry);
  guint hidden = rungs_flow_list_get_n_hidden (self->list);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  gtk_widget_set_visible (self->clear_button, *filter != '\0');
  if (*filter == '\0')
    {
      gtk_label_set_text (self->nothing_title, "");
      gtk_label_set_text (self->nothing_detail, "");
      return;
    }
  title = g_strdup_printf (_ ("No flow matches “%s”."), filter);
  detail = g_strdup_printf (ngettext ("%u message is hidden by the filter.",
                                      "%u messages are hidden by the filter.",
                                      hidden),
                            hidden);
  gtk_label_set_text (self->nothing_title, title);
  gtk_label_set_text (self->nothing_detail, detail);
}

static gboolean
show_rows_cb (gpointer data)
{
  RungsFlowView *self = data;
  gboolean columns = rungs_settings_get_boolean (rungs_settings_get_default (), "flow-columns");

  self->rows_idle = 0;
  gtk_list_view_set_model (self->rows, columns ? NULL : self->selection);
  gtk_column_view_set_model (self->columns, columns ? self->selection : NULL);
  return G_SOURCE_REMOVE;
}

/* The rows come after the next frame: two hundred of them take longer than the ladder, which people wait for. */
static void
update_stack (RungsFlowView *self)
{
  gboolean columns = rungs_settings_get_boolean (rungs_settings_get_default (), "flow-columns");
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;

  if (empty)
    show_nothing (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "nothing" : columns ? "columns" : "rows");
  if (self->rows_idle == 0)
    self->rows_idle = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_rows_cb, self, NULL);
}

static void
arranged_cb (RungsFlowView *self)
{
  if (rungs_flow_list_get_trace (self->list) == NULL || rungs_flow_list_get_busy (self->list))
    return;
  restore_selection (self);
  update_stack (self);
}

static void
setup_row_cb (RungsFlowView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, rungs_flow_row_new ());
}

static void
show_row (RungsFlowView *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  RungsFlow *line = gtk_list_item_get_item (item);
  g_autofree char *description = NULL;

  if (self->diagnoser == NULL)
    return;
  rungs_flow_teller_add (&self->teller, line);
  description =
    rungs_flow_row_bind (RUNGS_FLOW_ROW (row), self->diagnoser, rungs_flow_get_index (line), get_clock ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description,
                                  -1);
}

static void
line_changed_cb (RungsFlow *line, GtkListItem *item)
{
  GtkWidget *self = gtk_widget_get_ancestor (gtk_list_item_get_child (item), RUNGS_TYPE_FLOW_VIEW);

  if (self != NULL)
    show_row (RUNGS_FLOW_VIEW (self), item);
}

static void
bind_row_cb (RungsFlowView *self, GtkListItem *item)
{
  g_signal_connect_object (gtk_list_item_get_item (item), "changed", G_CALLBACK (line_changed_cb), item, 0);
  show_row (self, item);
}

static void
unbind_row_cb (RungsFlowView *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), line_changed_cb, item);
}

static char *
cell_text (RungsFlow *line, RungsFlowColumn column, gpointer data)
{
  RungsFlowView *self = data;

  if (self->diagnoser == NULL)
    return g_strdup ("");
  if (column == RUNGS_FLOW_COLUMN_RESULT)
    rungs_flow_teller_add (&self->teller, line);
  return rungs_flow_text (self->diagnoser, rungs_flow_get_index (line), column, get_clock ());
}

static void
activate_cb (RungsFlowView *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* Underlines what cannot be read from @offset (a character) on; G_MAXSIZE takes the mark away. */
static void
mark_error (RungsFlowView *self, gsize offset)
{
  GtkEditable *delegate = gtk_editable_get_delegate (self->entry);
  const char *text = gtk_editable_get_text (self->entry);
  g_autoptr (PangoAttrList) attributes = NULL;

  if (offset != G_MAXSIZE)
    {
      PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
      glong length = g_utf8_strlen (text, -1);

      offset = MIN (offset, (gsize) MAX (length - 1, 0));
      underline->start_index = (guint) (g_utf8_offset_to_pointer (text, (glong) offset) - text);
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, underline);
    }
  if (GTK_IS_TEXT (delegate))
    gtk_text_set_attributes (GTK_TEXT (delegate), attributes);
}

static void
filter_changed_cb (RungsFlowView *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  gsize offset = G_MAXSIZE;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsFilter) filter = rungs_filter_parse (text, &offset, &error);

  if (filter == NULL)
    {
      mark_error (self, offset);
      gtk_label_set_text (self->error, error->message);
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
    }
  else
    {
      mark_error (self, G_MAXSIZE);
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      rungs_flow_list_set_filter (self->list, *text != '\0' ? filter : NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->error), filter == NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               filter == NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
filter_activate_cb (RungsFlowView *self)
{
  filter_changed_cb (self);
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
clear_filter_cb (RungsFlowView *self)
{
  rungs_flow_view_set_filter (self, "");
}

static void
settings_changed_cb (RungsFlowView *self)
{
  gtk_list_view_set_model (self->rows, NULL);
  gtk_column_view_set_model (self->columns, NULL);
  update_stack (self);
}

/* List and heads of the table as the settings have them, which all traces share. */
static void
order_changed_cb (RungsFlowView *self)
{
  RungsSettings *settings = rungs_settings_get_default ();
  RungsFlowColumn column = (RungsFlowColumn) rungs_settings_get_int (settings, "flow-order");
  gboolean descending = rungs_settings_get_boolean (settings, "flow-descending");
  RungsFlowColumn shown;
  gboolean shown_descending;

  rungs_flow_list_set_order (self->list, column, descending);
  if (rungs_flow_columns_get_order (self->columns, &shown, &shown_descending) && shown == column &&
      shown_descending == descending)
    return;
  self->ordering = TRUE;
  rungs_flow_columns_set_order (self->columns, column, descending);
  self->ordering = FALSE;
}

static void
sorter_changed_cb (RungsFlowView *self)
{
  RungsFlowColumn column;
  gboolean descending;

  if (self->ordering || !rungs_flow_columns_get_order (self->columns, &column, &descending))
    return;
  g_object_set (rungs_settings_get_default (), "flow-order", column, "flow-descending", descending, NULL);
}

static void
add_actions (RungsFlowView *self)
{
  RungsSettings *settings = rungs_settings_get_default ();
  g_autoptr (GPropertyAction) order = g_property_action_new ("order", settings, "flow-order");
  g_autoptr (GPropertyAction) descending = g_property_action_new ("descending", settings, "flow-descending");
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (order));
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (descending));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "flows", G_ACTION_GROUP (actions));
  g_signal_connect_object (settings,
                           "notify::flow-order",
                           G_CALLBACK (order_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "notify::flow-descending",
                           G_CALLBACK (order_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
rungs_flow_view_dispose (GObject *object)
{
  RungsFlowView *self = RUNGS_FLOW_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->rows_idle, g_source_remove);
  rungs_flow_teller_clear (&self->teller);
  if (self->rows != NULL)
    {
      gtk_list_view_set_model (self->rows, NULL);
      gtk_column_view_set_model (self->columns, NULL);
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->rows = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->diagnoser);
  G_OBJECT_CLASS (rungs_flow_view_parent_class)->dispose (object);
}

static void
rungs_flow_view_finalize (GObject *object)
{
  g_array_unref (RUNGS_FLOW_VIEW (object)->selected);
  G_OBJECT_CLASS (rungs_flow_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-flow-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, filter_box);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, entry);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, error);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, rows);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, columns);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, nothing_title);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, nothing_detail);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, clear_button);
  gtk_widget_class_bind_template_child (widget_class, RungsFlowView, status);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
rungs_flow_view_class_init (RungsFlowViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_flow_view_dispose;
  object_class->finalize = rungs_flow_view_finalize;
  signals[SIGNAL_SELECTION_CHANGED] = rungs_plain_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass));
  signals[SIGNAL_ACTIVATED] = rungs_plain_signal_new ("activated", G_TYPE_FROM_CLASS (klass));
  g_type_ensure (RUNGS_TYPE_READING_BUTTON);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rungs_flow_view_init (RungsFlowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selected = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->list = rungs_flow_list_new ();
  self->selection = GTK_SELECTION_MODEL (rungs_bare_selection_new (G_LIST_MODEL (self->list), FALSE));
  g_signal_connect_object (self->selection,
                           "selection-changed",
                           G_CALLBACK (selection_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "arranged", G_CALLBACK (arranged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rungs_settings_get_default (),
                           "notify::flow-columns",
                           G_CALLBACK (update_stack),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rungs_settings_get_default (),
                           "notify::clock",
                           G_CALLBACK (settings_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  add_actions (self);
  rungs_flow_columns_add (self->columns, cell_text, self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->columns),
                           "changed",
                           G_CALLBACK (sorter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  order_changed_cb (self);
}

/* The flows of @trace with the Call-IDs of the selected ones. */
static void
carry_selection_over (RungsFlowView *self, RungsTrace *trace)
{
  RungsTrace *old = self->diagnoser != NULL ? rungs_diagnoser_get_trace (self->diagnoser) : NULL;
  GArray *carried = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; old != NULL && i < self->selected->len; i++)
    {
      const RungsFlowInfo *info = rungs_trace_get_flow (old, g_array_index (self->selected, guint32, i));
      guint32 flow = info->call_id != 0
                       ? rungs_trace_find_flow (trace, rungs_trace_get_string (old, info->call_id))
                       : RUNGS_NO_FLOW;

      if (flow != RUNGS_NO_FLOW)
        g_array_append_val (carried, flow);
    }
  g_array_unref (self->selected);
  self->selected = carried;
}

void
rungs_flow_view_set_diagnoser (RungsFlowView *self, RungsDiagnoser *diagnoser)
{
  RungsTrace *trace;

  g_return_if_fail (RUNGS_IS_FLOW_VIEW (self));
  g_return_if_fail (RUNGS_IS_DIAGNOSER (diagnoser));
  trace = rungs_diagnoser_get_trace (diagnoser);
  carry_selection_over (self, trace);
  if (self->diagnoser != NULL &&
      rungs_trace_get_n_flows (trace) < rungs_trace_get_n_flows (rungs_diagnoser_get_trace (self->diagnoser)))
    {
      /* Rows of the trace before must not be bound with the new diagnoser, which has not all their flows. */
      gtk_list_view_set_model (self->rows, NULL);
      gtk_column_view_set_model (self->columns, NULL);
    }
  g_set_object (&self->diagnoser, diagnoser);
  rungs_flow_teller_set_diagnoser (&self->teller, diagnoser);
  rungs_flow_list_set_trace (self->list, trace);
  rungs_reading_button_set_trace (self->status, trace);
}

GArray *
rungs_flow_view_dup_selected (RungsFlowView *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_VIEW (self), NULL);
  if (self->diagnoser == NULL || self->selected->len == 0 ||
      g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return NULL;
  return g_array_copy (self->selected);
}

void
rungs_flow_view_focus_filter (RungsFlowView *self)
{
  g_return_if_fail (RUNGS_IS_FLOW_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
rungs_flow_view_set_filter (RungsFlowView *self, const char *text)
{
  g_return_if_fail (RUNGS_IS_FLOW_VIEW (self));
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

RungsFlowList *
rungs_flow_view_get_list (RungsFlowView *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_VIEW (self), NULL);
  return self->list;
}
