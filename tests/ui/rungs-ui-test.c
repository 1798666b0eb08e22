/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the window tests share.  See rungs-ui-test.h. */

#include "config.h"

#include <glib/gstdio.h>

#include "rungs-application.h"
#include "rungs-ui-test.h"

static RungsApplication *application;
static char *folder;

void
rungs_ui_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (argc, argv, NULL);
  g_set_application_name ("Rungs");
  application = rungs_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations",
                FALSE,
                "gtk-font-name",
                "Cantarell 11",
                NULL);
}

RungsWindow *
rungs_ui_test_window (int width, int height)
{
  RungsWindow *window = RUNGS_WINDOW (rungs_window_new (GTK_APPLICATION (application)));

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  rungs_ui_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) > 0);
  return window;
}

void
rungs_ui_test_close (RungsWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  rungs_ui_test_wait (window == NULL);
}

void
rungs_ui_test_wait_for_ladder (RungsTraceView *view)
{
  RungsLadderView *ladder = rungs_trace_view_get_ladder_view (view);

  rungs_ui_test_wait (rungs_ladder_view_get_ladder (ladder) != NULL);
  rungs_ui_test_wait (rungs_ladder_get_n_rows (rungs_ladder_view_get_ladder (ladder)) > 0);
}

RungsTraceView *
rungs_ui_test_open_example (RungsWindow *window, const char *name)
{
  RungsTracePage *page;

  rungs_window_open_example (window, name);
  page = rungs_window_get_page (window);
  g_assert_nonnull (page);
  rungs_ui_test_wait (rungs_trace_page_get_view (page) != NULL);
  rungs_ui_test_wait_for_ladder (rungs_trace_page_get_view (page));
  return rungs_trace_page_get_view (page);
}

RungsTracePage *
rungs_ui_test_open (RungsWindow *window, const char *path, ...)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  RungsTracePage *page;
  va_list args;

  va_start (args, path);
  for (; path != NULL; path = va_arg (args, const char *))
    g_ptr_array_add (files, g_file_new_for_path (path));
  va_end (args);
  rungs_window_open_files (window, (GFile *const *) files->pdata, files->len);
  page = rungs_window_get_page (window);
  rungs_ui_test_wait (!rungs_trace_page_get_loading (page));
  return page;
}

gpointer
rungs_ui_test_find (gpointer widget, GType type)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = rungs_ui_test_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
rungs_ui_test_has_text (gpointer widget, const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (widget), text) != NULL)
    return TRUE;
  if (GTK_IS_INSCRIPTION (widget) && gtk_inscription_get_text (widget) != NULL &&
      strstr (gtk_inscription_get_text (widget), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (rungs_ui_test_has_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
press_shortcuts (GtkWidget *widget, GListModel *shortcuts, guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
          gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
          gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers &&
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                        0,
                                        widget,
                                        gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

/* The controllers of @widget that see keys before the focus does, those of the application's keys among them; or the key bindings
 * of its class. */
static gboolean
press_on (GtkWidget *widget, guint key, GdkModifierType modifiers, gboolean capture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean early = gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE;
      gboolean handled = FALSE;

      if (early != capture)
        continue;
      if (capture && GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &handled);
      else if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        handled = press_shortcuts (widget, G_LIST_MODEL (controller), key, modifiers);
      if (handled)
        return TRUE;
    }
  return FALSE;
}

gboolean
rungs_ui_test_press (RungsWindow *window, guint key, GdkModifierType modifiers)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_autoptr (GPtrArray) path = g_ptr_array_new ();

  if (focus == NULL)
    focus = GTK_WIDGET (window);
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    g_ptr_array_add (path, widget);
  for (guint i = path->len; i > 0; i--)
    if (press_on (g_ptr_array_index (path, i - 1), key, modifiers, TRUE))
      return TRUE;
  for (guint i = 0; i < path->len; i++)
    if (press_on (g_ptr_array_index (path, i), key, modifiers, FALSE))
      return TRUE;
  return FALSE;
}

static gboolean
drawn_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  int *frames = data;

  return ++*frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

GdkTexture *
rungs_ui_test_render (RungsWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int frames = 0;

  gtk_widget_add_tick_callback (widget, drawn_cb, &frames, NULL);
  rungs_ui_test_wait (frames >= 3);
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                      node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

void
rungs_ui_test_shot (RungsWindow *window, const char *name)
{
  const char *shots = g_getenv ("RUNGS_UI_SHOTS");
  g_autoptr (GdkTexture) texture = rungs_ui_test_render (window);
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;

  if (shots == NULL)
    return;
  file = g_strconcat (name, ".png", NULL);
  path = g_build_filename (shots, file, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

char *
rungs_ui_test_write (const char *name, const char *contents, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path;

  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("rungs-ui-XXXXXX", &error);
      g_assert_no_error (error);
      atexit (remove_folder);
    }
  path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return path;
}
