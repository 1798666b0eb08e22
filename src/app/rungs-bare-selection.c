/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which positions of a list are selected.  See rungs-bare-selection.h. */

#include "config.h"

#include "rungs-bare-selection.h"

struct _RungsBareSelection
{
  GObject parent_instance;
  GListModel *model;
  gboolean single;
  GtkBitset *selected;
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsBareSelection,
                               rungs_bare_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (RUNGS_BARE_SELECTION (model)->model);
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (RUNGS_BARE_SELECTION (model)->model);
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (RUNGS_BARE_SELECTION (model)->model, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* Takes @selected, and tells from where to where it differs. */
static void
take (RungsBareSelection *self, GtkBitset *selected)
{
  g_autoptr (GtkBitset) before = g_steal_pointer (&self->selected);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (before);

  self->selected = selected;
  gtk_bitset_difference (changed, selected);
  if (!gtk_bitset_is_empty (changed))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self),
                                           gtk_bitset_get_minimum (changed),
                                           gtk_bitset_get_maximum (changed) -
                                             gtk_bitset_get_minimum (changed) + 1);
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (RUNGS_BARE_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (RUNGS_BARE_SELECTION (model)->selected);
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  RungsBareSelection *self = RUNGS_BARE_SELECTION (model);
  g_autoptr (GtkBitset) inside = gtk_bitset_copy (selected);
  GtkBitset *all = gtk_bitset_copy (self->selected);
  guint n_items = get_n_items (G_LIST_MODEL (self));

  gtk_bitset_intersect (inside, mask);
  gtk_bitset_subtract (all, mask);
  gtk_bitset_union (all, inside);
  gtk_bitset_remove_range_closed (all, n_items, G_MAXUINT);
  if (self->single && gtk_bitset_get_size (all) > 1)
    {
      gtk_bitset_unref (all);
      return FALSE;
    }
  take (self, all);
  return TRUE;
}

/* A click on another replaces the one, whatever key is held down. */
static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  RungsBareSelection *self = RUNGS_BARE_SELECTION (model);
  GtkBitset *all = self->single || unselect_rest ? gtk_bitset_new_empty () : gtk_bitset_copy (self->selected);

  if (position < get_n_items (G_LIST_MODEL (self)))
    gtk_bitset_add (all, position);
  take (self, all);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
  iface->select_item = select_item;
}

static void
items_changed_cb (RungsBareSelection *self, guint position, guint removed, guint added)
{
  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
rungs_bare_selection_dispose (GObject *object)
{
  g_clear_object (&RUNGS_BARE_SELECTION (object)->model);
  G_OBJECT_CLASS (rungs_bare_selection_parent_class)->dispose (object);
}

static void
rungs_bare_selection_finalize (GObject *object)
{
  gtk_bitset_unref (RUNGS_BARE_SELECTION (object)->selected);
  G_OBJECT_CLASS (rungs_bare_selection_parent_class)->finalize (object);
}

static void
rungs_bare_selection_class_init (RungsBareSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_bare_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_bare_selection_finalize;
}

static void
rungs_bare_selection_init (RungsBareSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

RungsBareSelection *
rungs_bare_selection_new (GListModel *model, gboolean single)
{
  RungsBareSelection *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (RUNGS_TYPE_BARE_SELECTION, NULL);
  self->model = g_object_ref (model);
  self->single = single;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
rungs_bare_selection_get_selected (RungsBareSelection *self)
{
  g_return_val_if_fail (RUNGS_IS_BARE_SELECTION (self), GTK_INVALID_LIST_POSITION);
  return gtk_bitset_is_empty (self->selected) ? GTK_INVALID_LIST_POSITION
                                              : gtk_bitset_get_minimum (self->selected);
}
