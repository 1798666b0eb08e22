/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What was read of a trace, in a line.  See rungs-reading-button.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-reading-button.h"
#include "rungs-reading-popover.h"

struct _RungsReadingButton
{
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkLabel *label; /* shortens itself: what was read must not widen the pane */
  RungsTrace *trace;
};

G_DEFINE_FINAL_TYPE (RungsReadingButton, rungs_reading_button, GTK_TYPE_WIDGET)

static void
rungs_reading_button_dispose (GObject *object)
{
  RungsReadingButton *self = RUNGS_READING_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->trace);
  G_OBJECT_CLASS (rungs_reading_button_parent_class)->dispose (object);
}

static void
rungs_reading_button_class_init (RungsReadingButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_reading_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* Only when somebody asks: a trace that is followed comes anew several times a second. */
static void
make_popover (GtkMenuButton *button, gpointer data)
{
  RungsReadingButton *self = data;

  if (self->trace != NULL)
    gtk_menu_button_set_popover (button, rungs_reading_popover_new (self->trace));
}

static void
rungs_reading_button_init (RungsReadingButton *self)
{
  self->button = gtk_menu_button_new ();
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->label));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self, NULL);
  gtk_widget_set_tooltip_text (self->button, _ ("What was read, and what was not"));
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "status-button");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

void
rungs_reading_button_set_trace (RungsReadingButton *self, RungsTrace *trace)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RUNGS_IS_READING_BUTTON (self));
  g_return_if_fail (RUNGS_IS_TRACE (trace));
  g_set_object (&self->trace, trace);
  words = rungs_reading_describe (trace);
  gtk_label_set_text (self->label, words);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self, NULL);
}
