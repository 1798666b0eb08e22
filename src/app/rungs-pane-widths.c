/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How wide the side panes of a trace are.  See rungs-pane-widths.h. */

#include "config.h"

#include "rungs-pane-widths.h"
#include "rungs-settings.h"

static gboolean
is_table (void)
{
  return rungs_settings_get_boolean (rungs_settings_get_default (), "flow-columns");
}

void
rungs_pane_widths_recall (RungsPaneWidths *self)
{
  RungsSettings *settings = rungs_settings_get_default ();

  g_return_if_fail (self != NULL);

  self->flows = rungs_settings_get_int (settings, "flows-width");
  self->inspector = rungs_settings_get_int (settings, "inspector-width");
  if (is_table ())
    self->flows = MAX (self->flows, RUNGS_TABLE_WIDTH);
}

void
rungs_pane_widths_remember (const RungsPaneWidths *self)
{
  RungsSettings *settings = rungs_settings_get_default ();

  g_return_if_fail (self != NULL);

  g_object_set (settings, "inspector-width", CLAMP (self->inspector, 200, 10000), NULL);
  if (!is_table ())
    g_object_set (settings, "flows-width", CLAMP (self->flows, 200, 10000), NULL);
}

void
rungs_pane_widths_take (RungsPaneWidths *self, GtkPaned *paned, gboolean flows)
{
  g_return_if_fail (self != NULL && GTK_IS_PANED (paned));

  if (flows)
    self->flows = gtk_paned_get_position (paned);
  else
    self->inspector = gtk_widget_get_width (GTK_WIDGET (paned)) - gtk_paned_get_position (paned) - 1;
}

void
rungs_pane_widths_place (const RungsPaneWidths *self, GtkPaned *outer, GtkPaned *inner, int width)
{
  gboolean flows = gtk_widget_get_visible (gtk_paned_get_start_child (outer));
  int flows_width = MIN (self->flows, is_table () ? width * 11 / 20 : width * 2 / 5);
  int left = width - (flows ? flows_width + 1 : 0);
  int ladder_width = MAX (left - MIN (self->inspector, width / 2) - 1, 260);

  if (flows && gtk_paned_get_position (outer) != flows_width)
    gtk_paned_set_position (outer, flows_width);
  if (gtk_widget_get_visible (gtk_paned_get_end_child (inner)) &&
      gtk_paned_get_position (inner) != ladder_width)
    gtk_paned_set_position (inner, ladder_width);
}
