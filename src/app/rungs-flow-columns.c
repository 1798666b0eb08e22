/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The columns of the wide flow list.  See rungs-flow-columns.h.
 *
 * Before GTK 4.10 a column view does not tell which column it sorts by.  Its sorter asks the sorters of the columns, the
 * first in order first, and turns round the answer of one that descends: so a comparison of two made-up items in which
 * each column's sorter leaves its number tells both. */

#include "config.h"

#include "rungs-flow-columns.h"
#include "rungs-verdict-icon.h"

typedef struct
{
  RungsFlowColumn column;
  RungsFlowCellFunc cell;
  gpointer data;
} Column;

static int asked = -1;

static int
note_column (gconstpointer a, gconstpointer b, gpointer data)
{
  if (asked < 0)
    asked = GPOINTER_TO_INT (data);
  return -1;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Column *column = data;
  GtkWidget *text = gtk_inscription_new (NULL);
  gboolean number =
    column->column == RUNGS_FLOW_COLUMN_MESSAGES || column->column == RUNGS_FLOW_COLUMN_DURATION;
  GtkWidget *box;

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 0); /* the column has a width of its own */
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), number ? 1 : 0);
  gtk_widget_set_hexpand (text, TRUE);
  if (number || column->column == RUNGS_FLOW_COLUMN_TIME)
    gtk_widget_add_css_class (text, "numeric");
  if (column->column != RUNGS_FLOW_COLUMN_RESULT)
    {
      gtk_list_item_set_child (item, text);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (box), rungs_verdict_icon_new ());
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_valign (gtk_widget_get_first_child (box), GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, box);
}

static void
show (GtkListItem *item, const Column *column)
{
  RungsFlow *flow = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  g_autofree char *text = column->cell (flow, column->column, column->data);

  if (column->column == RUNGS_FLOW_COLUMN_RESULT)
    {
      rungs_verdict_icon_set_severity (RUNGS_VERDICT_ICON (gtk_widget_get_first_child (child)),
                                       rungs_mark_get_severity (rungs_flow_get_info (flow)->mark));
      child = gtk_widget_get_last_child (child);
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
}

static void
changed_cb (RungsFlow *flow, GtkListItem *item)
{
  show (item, g_object_get_data (G_OBJECT (item), "rungs-column"));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_object_set_data (G_OBJECT (item), "rungs-column", data);
  g_signal_connect_object (gtk_list_item_get_item (item), "changed", G_CALLBACK (changed_cb), item, 0);
  show (item, data);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), changed_cb, item);
}

static void
free_column (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
rungs_flow_columns_add (GtkColumnView *view, RungsFlowCellFunc cell, gpointer data)
{
  static const int widths[RUNGS_N_FLOW_COLUMNS] = { 104, 94, 112, 0, 84, 78, 168 };

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  for (guint i = 0; i < RUNGS_N_FLOW_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column =
        gtk_column_view_column_new (rungs_flow_column_get_title ((RungsFlowColumn) i), factory);
      g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (note_column, GINT_TO_POINTER ((int) i), NULL));
      Column *description = g_new (Column, 1);

      *description = (Column){ (RungsFlowColumn) i, cell, data };
      g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), description, free_column, 0);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), description);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
      g_object_set_data (G_OBJECT (column), "rungs-column", GUINT_TO_POINTER (i));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_sorter (column, sorter);
      if (widths[i] > 0)
        gtk_column_view_column_set_fixed_width (column, widths[i]);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (view, column);
    }
}

gboolean
rungs_flow_columns_get_order (GtkColumnView *view, RungsFlowColumn *column, gboolean *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  asked = -1;
  order = gtk_sorter_compare (sorter, a, b);
  if (asked < 0)
    return FALSE;
  *column = (RungsFlowColumn) asked;
  *descending = order == GTK_ORDERING_LARGER;
  return TRUE;
}

void
rungs_flow_columns_set_order (GtkColumnView *view, RungsFlowColumn column, gboolean descending)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  /* They may have been dragged into another order. */
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) sorted = g_list_model_get_item (columns, i);

      if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (sorted), "rungs-column")) == column)
        gtk_column_view_sort_by_column (view, sorted, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}
