/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Bytes in rows of eight.  See rungs-hex-view.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-hex-view.h"

#define ROW      8
#define MAX_ROWS 512 /* about 4 KiB: more than the parts of a token that people read */

struct _RungsHexView
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  GtkTextView *text;
};

G_DEFINE_FINAL_TYPE (RungsHexView, rungs_hex_view, GTK_TYPE_WIDGET)

static void
rungs_hex_view_dispose (GObject *object)
{
  RungsHexView *self = RUNGS_HEX_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_hex_view_parent_class)->dispose (object);
}

static void
rungs_hex_view_class_init (RungsHexViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_hex_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_hex_view_init (RungsHexView *self)
{
  GtkTextBuffer *buffer;

  self->scroller = gtk_scrolled_window_new ();
  self->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  buffer = gtk_text_view_get_buffer (self->text);
  gtk_text_view_set_editable (self->text, FALSE);
  gtk_text_view_set_cursor_visible (self->text, FALSE);
  gtk_text_view_set_monospace (self->text, TRUE);
  gtk_text_view_set_left_margin (self->text, 12);
  gtk_text_view_set_right_margin (self->text, 12);
  gtk_text_view_set_top_margin (self->text, 6);
  gtk_text_view_set_bottom_margin (self->text, 6);
  gtk_text_buffer_create_tag (buffer, "offset", "foreground-rgba", &(GdkRGBA){ 0.5, 0.5, 0.5, 1 }, NULL);
  gtk_text_buffer_create_tag (buffer,
                              "range",
                              "background-rgba",
                              &(GdkRGBA){ 0.21, 0.52, 0.89, 0.25 },
                              "weight",
                              PANGO_WEIGHT_BOLD,
                              NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "hex");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->text));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/* Appends one character of a row for each byte: @hex or its letter, with the bracket before it. */
static void
append_row (GtkTextBuffer *buffer, RungsSlice bytes, gsize start, gsize offset, gsize end)
{
  g_autofree char *address = g_strdup_printf ("%04" G_GSIZE_MODIFIER "x ", start);
  GtkTextIter iter;

  gtk_text_buffer_get_end_iter (buffer, &iter);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, address, -1, "offset", NULL);
  for (gsize i = start; i <= start + ROW; i++)
    {
      gboolean is_row = i < start + ROW && i < bytes.length;
      gboolean is_in = is_row && i >= offset && i < end;
      /* The bracket stands where the blank between two bytes does, and closes in the row where the range ends. */
      const char *mark = i == offset && is_in ? "[" : i == end && i > start && end > offset ? "]" : " ";
      g_autofree char *byte =
        is_row ? g_strdup_printf ("%02x", (guchar) bytes.data[i]) : g_strdup (i < start + ROW ? "  " : "");

      gtk_text_buffer_insert (buffer, &iter, mark, -1);
      if (is_in)
        gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, byte, -1, "range", NULL);
      else
        gtk_text_buffer_insert (buffer, &iter, byte, -1);
    }
  gtk_text_buffer_insert (buffer, &iter, " ", -1);
  for (gsize i = start; i < MIN (start + ROW, bytes.length); i++)
    {
      char letter[2] = { g_ascii_isprint (bytes.data[i]) ? bytes.data[i] : '.', '\0' };

      if (i >= offset && i < end)
        gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, letter, -1, "range", NULL);
      else
        gtk_text_buffer_insert (buffer, &iter, letter, -1);
    }
}

/* What a screen reader says of the range. */
static void
describe (RungsHexView *self, RungsSlice bytes, gsize offset, gsize length)
{
  g_autofree char *label = NULL;

  if (length > 0)
    label = g_strdup_printf (_ ("Bytes %u to %u of %u"),
                             (guint) offset,
                             (guint) (offset + length - 1),
                             (guint) bytes.length);
  else
    label = g_strdup_printf (ngettext ("%u byte", "%u bytes", (guint) bytes.length), (guint) bytes.length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
rungs_hex_view_show (RungsHexView *self, RungsSlice bytes, gsize offset, gsize length)
{
  GtkTextBuffer *buffer;
  gsize first, n_rows;
  GtkTextIter iter;

  g_return_if_fail (RUNGS_IS_HEX_VIEW (self));

  buffer = gtk_text_view_get_buffer (self->text);
  offset = MIN (offset, bytes.length);
  length = MIN (length, bytes.length - offset);
  n_rows = (bytes.length + ROW - 1) / ROW;
  first = offset / ROW > MAX_ROWS / 2 ? offset / ROW - MAX_ROWS / 2 : 0;
  gtk_text_buffer_set_text (buffer, "", 0);
  for (gsize row = first; row < MIN (n_rows, first + MAX_ROWS); row++)
    {
      append_row (buffer, bytes, row * ROW, offset, offset + length);
      gtk_text_buffer_get_end_iter (buffer, &iter);
      if (row + 1 < n_rows)
        gtk_text_buffer_insert (buffer, &iter, "\n", 1);
    }
  gtk_text_buffer_get_iter_at_line (buffer, &iter, offset / ROW - first);
  gtk_text_buffer_place_cursor (buffer, &iter);
  /* The first row is seen whole only with the margin above it, where no mark can scroll to. */
  if (offset / ROW > first)
    gtk_text_view_scroll_to_mark (self->text, gtk_text_buffer_get_insert (buffer), 0, TRUE, 0, 0.3);
  else
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  describe (self, bytes, offset, length);
}
