/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rows of a ladder that are on screen.  See rungs-ladder-list.h. */

#include "config.h"

#include "rungs-ladder-list.h"
#include "rungs-ladder-row.h"

/* Each may need a diagnosis. */
#define DESCRIBED_AT_ONCE 8

/* The first row from @item on that is one; its item is left in @item. */
static RungsLadderRow *
find_row (GtkWidget **item)
{
  for (; *item != NULL; *item = gtk_widget_get_next_sibling (*item))
    if (RUNGS_IS_LADDER_ROW (gtk_widget_get_first_child (*item)))
      return RUNGS_LADDER_ROW (gtk_widget_get_first_child (*item));
  return NULL;
}

static RungsLadderRow *
get_first (GtkListView *list, GtkWidget **item)
{
  *item = gtk_widget_get_first_child (GTK_WIDGET (list));
  return find_row (item);
}

static RungsLadderRow *
get_next (GtkWidget **item)
{
  *item = gtk_widget_get_next_sibling (*item);
  return find_row (item);
}

void
rungs_ladder_list_draw (GtkListView *list)
{
  GtkWidget *item;

  for (RungsLadderRow *row = get_first (list, &item); row != NULL; row = get_next (&item))
    gtk_widget_queue_draw (GTK_WIDGET (row));
}

void
rungs_ladder_list_update (GtkListView *list)
{
  GtkWidget *item;

  for (RungsLadderRow *row = get_first (list, &item); row != NULL; row = get_next (&item))
    rungs_ladder_row_update (row);
}

gboolean
rungs_ladder_list_describe (GtkListView *list)
{
  guint n_described = 0;
  GtkWidget *item;

  for (RungsLadderRow *row = get_first (list, &item); row != NULL; row = get_next (&item))
    if (rungs_ladder_row_describe (row) && ++n_described == DESCRIBED_AT_ONCE)
      return TRUE;
  return FALSE;
}

void
rungs_ladder_list_focus (GtkListView *list, guint row)
{
  GtkWidget *item;

  for (RungsLadderRow *at = get_first (list, &item); at != NULL; at = get_next (&item))
    if (rungs_ladder_row_get_row (at) == row)
      {
        gtk_widget_grab_focus (item);
        return;
      }
}
