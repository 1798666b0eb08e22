/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Export and copy, as the user meets them.  See rungs-export-dialog.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-export-dialog.h"
#include "rungs-export-job.h"

/* Pixels a px: sharp on slides and on dense screens. */
#define PICTURE_SCALE 2.0

/* An export that takes longer than this tells how far it is, and so often; ms. */
#define TELLING_INTERVAL 300

/* What is being exported, from the choice of the file to the toast. */
typedef struct
{
  AdwToastOverlay *toasts;
  RungsLadder *ladder;
  char *title;
  GFile *file;
  RungsExportFormat format;
  RungsExportProgress progress;
  guint timer;
  AdwToast *toast; /* that says how far it is; or NULL */
} Export;

static Export *
export_new (AdwToastOverlay *toasts, RungsLadder *ladder, const char *title)
{
  Export *self = g_new0 (Export, 1);

  self->toasts = g_object_ref (toasts);
  self->ladder = g_object_ref (ladder);
  self->title = g_strdup (title);
  self->progress.cancellable = g_cancellable_new ();
  return self;
}

static void
stop_telling (Export *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
}

static void
export_free (Export *self)
{
  stop_telling (self);
  g_object_unref (self->progress.cancellable);
  g_object_unref (self->toasts);
  g_object_unref (self->ladder);
  g_clear_object (&self->file);
  g_free (self->title);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static AdwToast *
new_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static void
fail (Export *self, const GError *error)
{
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  AdwToast *toast = new_toast (stopped ? _ ("The export was stopped.") : error->message);

  stop_telling (self);
  if (stopped)
    {
      adw_toast_overlay_add_toast (self->toasts, toast);
      return;
    }

  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What takes long says how far it is, and how it is stopped. */
static gboolean
tell_cb (gpointer data)
{
  Export *self = data;
  /* Translators: %d is how much of the ladder is drawn. */
  g_autofree char *text =
    g_strdup_printf (_ ("Drawing the ladder: %d %%"), rungs_export_progress_get_percent (&self->progress));

  if (self->toast != NULL)
    {
      adw_toast_set_title (self->toast, text);
      return G_SOURCE_CONTINUE;
    }
  self->toast = g_object_ref (adw_toast_new (text));
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_button_label (self->toast, _ ("_Cancel"));
  g_signal_connect_object (self->toast,
                           "button-clicked",
                           G_CALLBACK (g_cancellable_cancel),
                           self->progress.cancellable,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->toast));
  return G_SOURCE_CONTINUE;
}

/* Takes @self. */
static void
draw (Export *self, GAsyncReadyCallback callback)
{
  self->timer = g_timeout_add (TELLING_INTERVAL, tell_cb, self);
  rungs_export_job_run_async (self->ladder,
                              self->format,
                              self->format == RUNGS_EXPORT_PNG ? PICTURE_SCALE : 1,
                              self->title,
                              &self->progress,
                              callback,
                              self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;
  AdwToast *toast;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      fail (self, error);
      return;
    }
  name = g_file_get_basename (self->file);
  text = g_strdup_printf (_ ("Saved “%s”"), name);
  uri = g_file_get_uri (self->file);
  toast = new_toast (text);
  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "app.show-in-folder");
  adw_toast_set_action_target (toast, "s", uri);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rungs_export_job_run_finish (result, &error);
  GFile *file = self->file;

  stop_telling (self);
  if (bytes == NULL)
    {
      fail (self, error);
      return;
    }
  g_file_replace_contents_bytes_async (file,
                                       bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_NONE,
                                       NULL,
                                       written_cb,
                                       g_steal_pointer (&self));
}

void
rungs_export_to_file (AdwToastOverlay *toasts, RungsLadder *ladder, const char *title, GFile *file)
{
  g_autoptr (Export) self = export_new (toasts, ladder, title);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (file);

  if (!rungs_export_format_from_name (name, &self->format, &error))
    {
      fail (self, error);
      return;
    }
  self->file = g_object_ref (file);
  draw (g_steal_pointer (&self), drawn_cb);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  g_object_set_data (G_OBJECT (filter), "rungs-suffix", (gpointer) suffix);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      name = g_file_get_basename (file);
      if (strchr (name, '.') == NULL)
        {
          GtkFileFilter *filter = gtk_file_chooser_get_filter (GTK_FILE_CHOOSER (dialog));
          const char *suffix = filter != NULL ? g_object_get_data (G_OBJECT (filter), "rungs-suffix") : NULL;
          g_autofree char *whole = g_strconcat (name, ".", suffix != NULL ? suffix : "svg", NULL);
          g_autoptr (GFile) parent = g_file_get_parent (file);

          g_object_unref (file);
          file = g_file_get_child (parent, whole);
        }
      rungs_export_to_file (self->toasts, self->ladder, self->title, file);
    }
  g_object_unref (dialog);
}

/* "login.log" → "login.svg", without anything that is no part of a file name. */
static char *
suggest_name (const char *title)
{
  g_autofree char *name = g_strdup (title);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  g_strdelimit (name, "/", '-');
  return g_strconcat (name, ".svg", NULL);
}

void
rungs_export_dialog_run (GtkWindow *parent, AdwToastOverlay *toasts, RungsLadder *ladder, const char *title)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Export Ladder"),
                                                              parent,
                                                              GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              _ ("_Export"),
                                                              _ ("_Cancel"));
  g_autofree char *name = suggest_name (title);

  add_filter (GTK_FILE_CHOOSER (dialog), _ ("SVG picture"), "svg");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("PNG picture"), "png");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Plain text"), "txt");
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), export_new (toasts, ladder, title));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rungs_export_job_run_finish (result, &error);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->toasts));

  stop_telling (self);
  if (bytes == NULL)
    {
      fail (self, error);
      return;
    }
  if (self->format == RUNGS_EXPORT_TEXT)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      gdk_clipboard_set_text (clipboard, text);
      adw_toast_overlay_add_toast (self->toasts, new_toast (_ ("Ladder copied as text")));
    }
  else
    {
      g_autoptr (GdkContentProvider) content = gdk_content_provider_new_for_bytes ("image/png", bytes);

      gdk_clipboard_set_content (clipboard, content);
      adw_toast_overlay_add_toast (self->toasts, new_toast (_ ("Ladder copied as image")));
    }
}

static void
copy (AdwToastOverlay *toasts, RungsLadder *ladder, const char *title, RungsExportFormat format)
{
  Export *self = export_new (toasts, ladder, title);

  self->format = format;
  draw (self, copied_cb);
}

void
rungs_export_copy_image (AdwToastOverlay *toasts, RungsLadder *ladder, const char *title)
{
  copy (toasts, ladder, title, RUNGS_EXPORT_PNG);
}

void
rungs_export_copy_text (AdwToastOverlay *toasts, RungsLadder *ladder, const char *title)
{
  copy (toasts, ladder, title, RUNGS_EXPORT_TEXT);
}
