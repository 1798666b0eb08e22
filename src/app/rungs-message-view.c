/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One message as it stands in the trace.  See rungs-message-view.h. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "rungs-message-view.h"
#include "rungs-text.h"

#define MAX_SHOWN (128 * 1024) /* bytes; the view takes about 50 ms for as much */
#define MAX_LINE  1024         /* characters; one of 64 Ki stalls the view for seconds */

struct _RungsMessageView
{
  GtkWidget parent_instance;
  GtkLabel *notice;
  GtkWidget *overlay;
  GtkSourceView *view;
  GtkWidget *copy_button;
  RungsSlice bytes;
  gboolean binary; /* @bytes are no text */
};

G_DEFINE_FINAL_TYPE (RungsMessageView, rungs_message_view, GTK_TYPE_WIDGET)

static GtkSourceLanguage *
get_language (void)
{
  static gboolean prepared = FALSE;
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();

  if (!prepared)
    gtk_source_language_manager_prepend_search_path (manager,
                                                     "resource:///io/github/rungs/Rungs/language-specs/");
  prepared = TRUE;
  return gtk_source_language_manager_get_language (manager, "sip");
}

static void
follow_scheme (RungsMessageView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme =
    gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                dark ? "Adwaita-dark" : "Adwaita");

  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (
                                        gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view))),
                                      scheme);
}

static void
copy_cb (RungsMessageView *self)
{
  g_autofree char *text =
    self->binary ? rungs_text_dump (self->bytes) : rungs_text_display_lines (self->bytes, 0);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
rungs_message_view_dispose (GObject *object)
{
  RungsMessageView *self = RUNGS_MESSAGE_VIEW (object);

  g_clear_pointer ((GtkWidget **) &self->notice, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_message_view_parent_class)->dispose (object);
}

static void
rungs_message_view_class_init (RungsMessageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_message_view_dispose;
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rungs/Rungs/ui/rungs-message-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMessageView, notice);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageView, overlay);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageView, view);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageView, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
rungs_message_view_init (RungsMessageView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (follow_scheme),
                           self,
                           G_CONNECT_SWAPPED);
}

/* A line that is broken must not show a hyphen that is not in the message. */
static void
forbid_hyphens (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  GtkTextTag *tag = gtk_text_buffer_create_tag (buffer, NULL, "insert-hyphens", FALSE, NULL);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

/* Shows @text, which is what @bytes look like. */
static void
show_text (RungsMessageView *self, const char *text, RungsSlice bytes, GtkSourceLanguage *language)
{
  /* A buffer whose highlighting once took too long stays without: so each message has its own. */
  g_autoptr (GtkSourceBuffer) buffer = gtk_source_buffer_new (NULL);
  gboolean cut = bytes.length > MAX_SHOWN;

  self->bytes = bytes;
  gtk_widget_set_visible (self->copy_button, bytes.length > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), cut);
  if (cut)
    {
      g_autofree char *shown = g_format_size_full (MAX_SHOWN, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *whole = g_format_size_full (bytes.length, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *notice =
        g_strdup_printf (_ ("The first %s of %s are shown. Copying takes the whole message."), shown, whole);

      gtk_label_set_text (self->notice, notice);
    }
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), FALSE);
  if (language != NULL)
    gtk_source_buffer_set_language (buffer, language);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, -1);
  forbid_hyphens (GTK_TEXT_BUFFER (buffer));
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->view), GTK_TEXT_BUFFER (buffer));
  follow_scheme (self);
}

void
rungs_message_view_set_bytes (RungsMessageView *self, RungsSlice bytes)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUNGS_IS_MESSAGE_VIEW (self));
  text = rungs_text_display_lines (rungs_slice_sub (bytes, 0, MAX_SHOWN), MAX_LINE);
  self->binary = FALSE;
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_widget_remove_css_class (GTK_WIDGET (self->view), "hex");
  show_text (self, text, bytes, bytes.length > 0 ? get_language () : NULL);
}

void
rungs_message_view_set_binary (RungsMessageView *self, RungsSlice bytes)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUNGS_IS_MESSAGE_VIEW (self));
  text = rungs_text_dump (rungs_slice_sub (bytes, 0, MAX_SHOWN));
  self->binary = TRUE;
  /* A row of bytes that breaks is none that one can count in. */
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "hex");
  show_text (self, text, bytes, NULL);
}

/* Where the byte at @offset stands in the view, in characters. */
static int
get_place (RungsMessageView *self, gsize offset)
{
  g_autofree char *before = rungs_text_display_lines (rungs_slice_sub (self->bytes, 0, offset), MAX_LINE);

  return (int) g_utf8_strlen (before, -1);
}

void
rungs_message_view_mark (RungsMessageView *self, gsize offset, gsize length)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  GtkTextTag *tag;

  g_return_if_fail (RUNGS_IS_MESSAGE_VIEW (self));
  if (self->binary || length == 0 || offset + length > MIN (self->bytes.length, MAX_SHOWN))
    return;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "evidence");
  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer,
                                      "evidence",
                                      "background-rgba",
                                      &(GdkRGBA){ 0.96f, 0.83f, 0.18f, 0.35f },
                                      "underline",
                                      PANGO_UNDERLINE_SINGLE,
                                      NULL);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, get_place (self, offset));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, get_place (self, offset + length));
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (buffer),
                                0.1,
                                FALSE,
                                0,
                                0);
}
