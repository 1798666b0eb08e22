/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the window can be told to do.  See rungs-window-actions.h.
 *
 * Keys that text entries use too (Ctrl+V) are bindings of the window's class and not of the application: those would be
 * taken before the entry sees them. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-clock-shifts.h"
#include "rungs-export-dialog.h"
#include "rungs-rule-switches.h"
#include "rungs-window-actions.h"
#include "rungs-window.h"

static RungsTraceView *
get_view (GtkWidget *widget)
{
  RungsTracePage *page = rungs_window_get_page (RUNGS_WINDOW (widget));

  return page != NULL ? rungs_trace_page_get_view (page) : NULL;
}

static RungsLadder *
get_ladder (GtkWidget *widget)
{
  RungsTraceView *view = get_view (widget);

  return view != NULL ? rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view)) : NULL;
}

static const char *
get_title (GtkWidget *widget)
{
  return rungs_trace_page_get_title (rungs_window_get_page (RUNGS_WINDOW (widget)));
}

static void
opened_cb (GtkNativeDialog *dialog, int response, RungsWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) list = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        g_ptr_array_add (files, g_list_model_get_item (list, i));
      if (files->len > 0)
        rungs_window_open_files (self, (GFile *const *) files->pdata, files->len);
    }
  g_object_unref (dialog);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Open Trace"),
                                                              GTK_WINDOW (widget),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN,
                                                              _ ("_Open"),
                                                              _ ("_Cancel"));

  /* Files that are chosen together are read as one trace, as the commands do. */
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (opened_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
open_recent_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  rungs_window_open_files (RUNGS_WINDOW (widget), &file, 1);
}

static void
no_recent_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
}

static void
open_example_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rungs_window_open_example (RUNGS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RungsWindow) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL || *text == '\0')
    {
      adw_toast_overlay_add_toast (rungs_window_get_toasts (self),
                                   adw_toast_new (_ ("The clipboard holds no text to open.")));
      return;
    }
  bytes = g_bytes_new (text, strlen (text));
  rungs_window_open_bytes (self, bytes, _ ("Pasted text"));
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb, g_object_ref (widget));
}

static void
close_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTracePage *page = rungs_window_get_page (RUNGS_WINDOW (widget));
  GtkWidget *tabs = page != NULL ? gtk_widget_get_ancestor (GTK_WIDGET (page), ADW_TYPE_TAB_VIEW) : NULL;

  if (tabs != NULL)
    adw_tab_view_close_page (ADW_TAB_VIEW (tabs),
                             adw_tab_view_get_page (ADW_TAB_VIEW (tabs), GTK_WIDGET (page)));
}

static void
go_to_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTracePage *page = rungs_window_get_page (RUNGS_WINDOW (widget));
  GtkWidget *tabs = page != NULL ? gtk_widget_get_ancestor (GTK_WIDGET (page), ADW_TYPE_TAB_VIEW) : NULL;
  int position = g_variant_get_int32 (parameter);

  if (tabs != NULL && position < adw_tab_view_get_n_pages (ADW_TAB_VIEW (tabs)))
    adw_tab_view_set_selected_page (ADW_TAB_VIEW (tabs),
                                    adw_tab_view_get_nth_page (ADW_TAB_VIEW (tabs), position));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadder *ladder = get_ladder (widget);

  if (ladder != NULL)
    rungs_export_dialog_run (GTK_WINDOW (widget),
                             rungs_window_get_toasts (RUNGS_WINDOW (widget)),
                             ladder,
                             get_title (widget));
}

static void
export_to_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadder *ladder = get_ladder (widget);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  if (ladder != NULL)
    rungs_export_to_file (rungs_window_get_toasts (RUNGS_WINDOW (widget)), ladder, get_title (widget), file);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadder *ladder = get_ladder (widget);
  AdwToastOverlay *toasts = rungs_window_get_toasts (RUNGS_WINDOW (widget));

  if (ladder == NULL)
    return;
  if (g_str_equal (name, "win.copy-text"))
    rungs_export_copy_text (toasts, ladder, get_title (widget));
  else
    rungs_export_copy_image (toasts, ladder, get_title (widget));
}

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTraceView *view = get_view (widget);

  if (view != NULL)
    rungs_trace_view_focus_filter (view);
}

static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *property = g_str_equal (name, "win.toggle-flows") ? "flows-visible" : "inspector-visible";
  RungsTraceView *view = get_view (widget);
  gboolean visible;

  if (view == NULL)
    return;
  g_object_get (view, property, &visible, NULL);
  g_object_set (view, property, !visible, NULL);
}

static void
follow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTracePage *page = rungs_window_get_page (RUNGS_WINDOW (widget));

  if (page != NULL)
    rungs_trace_page_set_following (page, !rungs_trace_page_get_following (page));
}

static void
problem_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTraceView *view = get_view (widget);
  gboolean forward = g_str_equal (name, "win.next-problem");
  gboolean around;
  const char *text = NULL;

  if (view == NULL)
    return;
  if (!rungs_trace_view_go_to_problem (view, forward ? 1 : -1, &around))
    text = _ ("This ladder holds no warning and no problem.");
  else if (around)
    text = forward ? _ ("The search went on from the beginning of the ladder.")
                   : _ ("The search went on from the end of the ladder.");
  if (text != NULL)
    adw_toast_overlay_add_toast (rungs_window_get_toasts (RUNGS_WINDOW (widget)), adw_toast_new (text));
}

static void
pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTraceView *view = get_view (widget);

  if (view != NULL)
    rungs_trace_view_focus_pane (view, g_str_equal (name, "win.next-pane") ? 1 : -1);
}

static void
switch_rule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);
  gboolean on = g_str_equal (name, "win.switch-on-rule");
  g_autofree char *text = NULL;
  AdwToast *toast;

  rungs_rule_switches_set (rungs_rule_switches_get_default (), id, on);
  if (on)
    return;
  text = g_strdup_printf (_ ("The rule %s is off."), id);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.switch-on-rule");
  adw_toast_set_action_target (toast, "s", id);
  adw_toast_overlay_add_toast (rungs_window_get_toasts (RUNGS_WINDOW (widget)), toast);
}

/* The toast takes it back to what it was. */
static void
correct_clock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTracePage *page = rungs_window_get_page (RUNGS_WINDOW (widget));
  g_autofree char *basename = NULL;
  g_autofree char *seconds = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  const char *file;
  gint64 shift, before;
  AdwToast *toast;

  if (page == NULL)
    return;
  g_variant_get (parameter, "(&sx)", &file, &shift);
  before = rungs_trace_page_get_correction (page, file);
  rungs_trace_page_correct_clock (page, file, shift);
  basename = g_filename_display_basename (file);
  seconds = rungs_clock_shift_format (shift);
  text = shift != 0 ? g_strdup_printf (_ ("The clock of %s is corrected by %s s."), basename, seconds)
                    : g_strdup_printf (_ ("The times of %s are those of its own clock again."), basename);
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.correct-clock");
  adw_toast_set_action_target (toast, "(sx)", file, before);
  adw_toast_overlay_add_toast (rungs_window_get_toasts (RUNGS_WINDOW (widget)), toast);
}

static void
show_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTraceView *view = get_view (widget);

  if (view != NULL)
    rungs_trace_view_show_tab (view, g_variant_get_string (parameter, NULL));
}

static void
show_note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTraceView *view = get_view (widget);

  if (view != NULL)
    rungs_trace_view_show_note (view, g_variant_get_string (parameter, NULL));
}

static void
go_to_message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsTraceView *view = get_view (widget);

  if (view != NULL)
    rungs_trace_view_go_to_message (view, g_variant_get_uint32 (parameter));
}

void
rungs_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.open-recent", "s", open_recent_action);
  gtk_widget_class_install_action (widget_class, "win.no-recent", NULL, no_recent_action);
  gtk_widget_class_install_action (widget_class, "win.open-example", "s", open_example_action);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "win.close-tab", NULL, close_tab_action);
  gtk_widget_class_install_action (widget_class, "win.go-to-tab", "i", go_to_tab_action);
  gtk_widget_class_install_action (widget_class, "win.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.export-to", "s", export_to_action);
  gtk_widget_class_install_action (widget_class, "win.copy-image", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "win.copy-text", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "win.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-flows", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-inspector", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "win.next-problem", NULL, problem_action);
  gtk_widget_class_install_action (widget_class, "win.previous-problem", NULL, problem_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, pane_action);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, pane_action);
  gtk_widget_class_install_action (widget_class, "win.switch-off-rule", "s", switch_rule_action);
  gtk_widget_class_install_action (widget_class, "win.switch-on-rule", "s", switch_rule_action);
  gtk_widget_class_install_action (widget_class, "win.correct-clock", "(sx)", correct_clock_action);
  gtk_widget_class_install_action (widget_class, "win.show-tab", "s", show_tab_action);
  gtk_widget_class_install_action (widget_class, "win.show-note", "s", show_note_action);
  gtk_widget_class_install_action (widget_class, "win.go-to-message", "u", go_to_message_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         GDK_KEY_1 + (guint) i,
                                         GDK_ALT_MASK,
                                         "win.go-to-tab",
                                         "i",
                                         i);
}
