/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The background notes.  See rungs-notes-view.h. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "rungs-note.h"
#include "rungs-notes-view.h"

struct _RungsNotesView
{
  GtkWidget parent_instance;
  GtkStack *stack;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
  GtkBox *page;
  gboolean filled;
};

G_DEFINE_FINAL_TYPE (RungsNotesView, rungs_notes_view, GTK_TYPE_WIDGET)

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, RungsNotesView *self)
{
  if (!g_str_has_prefix (uri, "help:"))
    return FALSE;
  rungs_notes_view_show_note (self, uri + strlen ("help:"));
  return TRUE;
}

static GtkWidget *
new_label (RungsNotesView *self, const char *markup, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (activate_link_cb), self, 0);
  return label;
}

static GtkWidget *
new_item (RungsNotesView *self, const RungsNoteBlock *block)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *number = block->number > 0 ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  GtkWidget *bullet = gtk_label_new (number);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_set_margin_start (line, (int) MIN (block->level, 6) * 8);
  gtk_box_append (GTK_BOX (line), bullet);
  gtk_box_append (GTK_BOX (line), new_label (self, block->markup, NULL));
  return line;
}

static GtkWidget *
new_block (RungsNotesView *self, const RungsNoteBlock *block)
{
  switch (block->kind)
    {
    case RUNGS_NOTE_TITLE:
      return new_label (self, block->markup, "title-3");
    case RUNGS_NOTE_HEADING:
      return new_label (self, block->markup, "heading");
    case RUNGS_NOTE_ITEM:
      return new_item (self, block);
    case RUNGS_NOTE_CODE:
      return new_label (self, block->markup, "code");
    case RUNGS_NOTE_ASIDE:
      return new_label (self, block->markup, "aside");
    case RUNGS_NOTE_PARAGRAPH:
    default:
      return new_label (self, block->markup, NULL);
    }
}

static void
fill_list (RungsNotesView *self)
{
  const char *const *ids = rungs_note_list_ids ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const RungsNote *note = rungs_note_load (ids[i]);
      GtkWidget *row;

      if (note == NULL)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), note->title);
      if (note->description != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), note->description);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data (G_OBJECT (row), "rungs-note", (gpointer) note->id);
      gtk_list_box_append (self->list, row);
    }
  self->filled = TRUE;
}

static void
row_activated_cb (RungsNotesView *self, GtkListBoxRow *row)
{
  rungs_notes_view_show_note (self, g_object_get_data (G_OBJECT (row), "rungs-note"));
}

static void
back_cb (RungsNotesView *self)
{
  rungs_notes_view_show_note (self, NULL);
}

static void
rungs_notes_view_map (GtkWidget *widget)
{
  RungsNotesView *self = RUNGS_NOTES_VIEW (widget);

  if (!self->filled)
    fill_list (self);
  GTK_WIDGET_CLASS (rungs_notes_view_parent_class)->map (widget);
}

static void
rungs_notes_view_dispose (GObject *object)
{
  RungsNotesView *self = RUNGS_NOTES_VIEW (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_notes_view_parent_class)->dispose (object);
}

static void
rungs_notes_view_class_init (RungsNotesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_notes_view_dispose;
  widget_class->map = rungs_notes_view_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-notes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, list);
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, page);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
rungs_notes_view_init (RungsNotesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_notes_view_show_note (RungsNotesView *self, const char *id)
{
  const RungsNote *note = id != NULL ? rungs_note_load (id) : NULL;
  GtkWidget *child;

  g_return_if_fail (RUNGS_IS_NOTES_VIEW (self));
  if (note == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->page))) != NULL)
    gtk_box_remove (self->page, child);
  for (guint i = 0; i < note->blocks->len; i++)
    gtk_box_append (self->page, new_block (self, g_ptr_array_index (note->blocks, i)));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, "note");
}
