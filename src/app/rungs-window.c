/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A window.  See rungs-window.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-recent.h"
#include "rungs-settings.h"
#include "rungs-window.h"
#include "rungs-window-actions.h"

#define NARROW 640 /* px: below, the header bar keeps only what has no other place */

struct _RungsWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  AdwSplitButton *open_button;
  GtkWidget *flows_button;
  GtkWidget *follow_button;
  GtkWidget *inspector_button;
  GtkWidget *export_button;
  GtkWidget *filter_button;
  GtkStack *stack;
  AdwTabView *tabs;
  GMenu *recent;
  RungsTracePage *page; /* the one that is seen */
  GBinding *follow_binding;
  GBinding *flows_binding;
  GBinding *inspector_binding;
  gboolean narrow; /* no room in the header bar for what the menu has too */
  guint idle;
};

G_DEFINE_FINAL_TYPE (RungsWindow, rungs_window, ADW_TYPE_APPLICATION_WINDOW)

/* Follow says in its tooltip why it cannot. */
static void
update_follow (RungsWindow *self)
{
  const char *obstacle = self->page != NULL ? rungs_trace_page_get_obstacle (self->page) : NULL;
  gboolean possible = self->page != NULL && obstacle == NULL;

  gtk_widget_set_visible (self->follow_button, self->page != NULL && !self->narrow);
  gtk_widget_set_sensitive (self->follow_button, possible);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.follow", possible);
  gtk_widget_set_tooltip_text (self->follow_button,
                               obstacle != NULL
                                 ? obstacle
                                 : _ ("Show what is written to the files as it comes (Ctrl+L)"));
}

static void
update_header (RungsWindow *self)
{
  static const char *const actions[] = { "win.export",           "win.copy-image",   "win.copy-text",
                                         "win.filter",           "win.next-problem", "win.previous-problem",
                                         "win.show-tab",         "win.show-note",    "win.toggle-flows",
                                         "win.toggle-inspector", "win.next-pane",    "win.previous-pane" };
  gboolean content = self->page != NULL && rungs_trace_page_get_view (self->page) != NULL;
  const char *title = self->page != NULL ? rungs_trace_page_get_title (self->page) : NULL;
  g_autofree char *window_title = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], content);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-tab", self->page != NULL);
  update_follow (self);
  gtk_widget_set_visible (self->flows_button, content);
  gtk_widget_set_visible (self->inspector_button, content);
  gtk_widget_set_visible (self->export_button, content && !self->narrow);
  gtk_widget_set_visible (self->filter_button, content && !self->narrow);
  adw_window_title_set_title (self->window_title, title != NULL ? title : _ ("Rungs"));
  adw_window_title_set_subtitle (self->window_title,
                                 self->page != NULL ? rungs_trace_page_get_subtitle (self->page) : "");
  /* Translators: the title of a window: a trace, and the name of the program */
  window_title = title != NULL ? g_strdup_printf (_ ("%s – Rungs"), title) : g_strdup (_ ("Rungs"));
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

static void
bind_panes (RungsWindow *self)
{
  RungsTraceView *view = self->page != NULL ? rungs_trace_page_get_view (self->page) : NULL;
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_clear_pointer (&self->follow_binding, g_binding_unbind);
  g_clear_pointer (&self->flows_binding, g_binding_unbind);
  g_clear_pointer (&self->inspector_binding, g_binding_unbind);
  if (self->page != NULL)
    self->follow_binding =
      g_object_bind_property (self->page, "following", self->follow_button, "active", flags);
  if (view == NULL)
    return;
  self->flows_binding = g_object_bind_property (view, "flows-visible", self->flows_button, "active", flags);
  self->inspector_binding =
    g_object_bind_property (view, "inspector-visible", self->inspector_button, "active", flags);
}

static void
page_state_cb (RungsWindow *self)
{
  bind_panes (self);
  update_header (self);
}

static void
page_changed_cb (RungsWindow *self)
{
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);
  RungsTracePage *page = tab != NULL ? RUNGS_TRACE_PAGE (adw_tab_page_get_child (tab)) : NULL;

  if (self->page != NULL)
    g_signal_handlers_disconnect_by_func (self->page, page_state_cb, self);
  g_set_object (&self->page, page);
  if (self->page != NULL)
    g_signal_connect_object (self->page, "notify", G_CALLBACK (page_state_cb), self, G_CONNECT_SWAPPED);
  page_state_cb (self);
}

static void
pages_changed_cb (RungsWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    adw_tab_view_get_n_pages (self->tabs) > 0 ? "tabs" : "empty");
}

static gboolean
close_page_cb (RungsWindow *self, AdwTabPage *tab)
{
  rungs_trace_page_cancel (RUNGS_TRACE_PAGE (adw_tab_page_get_child (tab)));
  adw_tab_view_close_page_finish (self->tabs, tab, TRUE);
  return GDK_EVENT_STOP;
}

static AdwTabView *
create_window_cb (RungsWindow *self)
{
  GtkWidget *window = rungs_window_new (gtk_window_get_application (GTK_WINDOW (self)));

  gtk_window_present (GTK_WINDOW (window));
  return RUNGS_WINDOW (window)->tabs;
}

static void
add_page (RungsWindow *self, GtkWidget *page)
{
  AdwTabPage *tab = adw_tab_view_append (self->tabs, page);

  g_object_bind_property (page, "title", tab, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (page, "loading", tab, "loading", G_BINDING_SYNC_CREATE);
  adw_tab_view_set_selected_page (self->tabs, tab);
}

/* A file that could be opened is remembered: the page tells when its loading is over. */
static void
remember_cb (RungsTracePage *page, GParamSpec *pspec, GFile *file)
{
  if (!rungs_trace_page_get_loading (page) && rungs_trace_page_get_view (page) != NULL)
    rungs_recent_add (file);
}

static void
free_file (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RungsWindow *self)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
        g_ptr_array_add (files, g_object_ref (l->data));
      if (files->len == 0)
        return FALSE;
      rungs_window_open_files (self, (GFile *const *) files->pdata, files->len);
      return TRUE;
    }
  if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    {
      g_autoptr (GBytes) bytes =
        g_bytes_new (g_value_get_string (value), strlen (g_value_get_string (value)));

      rungs_window_open_bytes (self, bytes, _ ("Dropped text"));
      return TRUE;
    }
  return FALSE;
}

static void
add_drop_target (RungsWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (target));
}

static void
recent_opened_cb (RungsWindow *self)
{
  rungs_recent_fill (self->recent);
}

static void
restore_size (RungsWindow *self)
{
  RungsSettings *settings = rungs_settings_get_default ();

  gtk_window_set_default_size (GTK_WINDOW (self),
                               rungs_settings_get_int (settings, "window-width"),
                               rungs_settings_get_int (settings, "window-height"));
  if (rungs_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
room_changed_cb (gpointer data)
{
  RungsWindow *self = data;

  self->idle = 0;
  update_header (self);
  return G_SOURCE_REMOVE;
}

static void
rungs_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RungsWindow *self = RUNGS_WINDOW (widget);
  gboolean narrow = width < NARROW;

  GTK_WIDGET_CLASS (rungs_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, room_changed_cb, self, NULL);
}

static void
rungs_window_unmap (GtkWidget *widget)
{
  RungsSettings *settings = rungs_settings_get_default ();
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (widget));
  int width;
  int height;

  g_object_set (settings, "window-maximized", maximized, NULL);
  if (!maximized)
    {
      gtk_window_get_default_size (GTK_WINDOW (widget), &width, &height);
      if (width > 0 && height > 0)
        g_object_set (settings, "window-width", width, "window-height", height, NULL);
    }
  GTK_WIDGET_CLASS (rungs_window_parent_class)->unmap (widget);
}

static void
rungs_window_dispose (GObject *object)
{
  RungsWindow *self = RUNGS_WINDOW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  /* The tabs go after the widgets around them. */
  if (self->tabs != NULL)
    g_signal_handlers_disconnect_by_data (self->tabs, self);
  self->tabs = NULL;
  g_clear_pointer (&self->follow_binding, g_binding_unbind);
  g_clear_pointer (&self->flows_binding, g_binding_unbind);
  g_clear_pointer (&self->inspector_binding, g_binding_unbind);
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_func (self->page, page_state_cb, self);
  g_clear_object (&self->page);
  g_clear_object (&self->recent);
  G_OBJECT_CLASS (rungs_window_parent_class)->dispose (object);
}

static gboolean
rungs_window_close_request (GtkWindow *window)
{
  RungsWindow *self = RUNGS_WINDOW (window);

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    rungs_trace_page_cancel (
      RUNGS_TRACE_PAGE (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i))));
  return GTK_WINDOW_CLASS (rungs_window_parent_class)->close_request (window);
}

/* Where nothing nearer to the focus wants the key. */
static gboolean
stop_loading_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  RungsTracePage *page = rungs_window_get_page (RUNGS_WINDOW (widget));

  if (page == NULL || !rungs_trace_page_get_loading (page))
    return GDK_EVENT_PROPAGATE;
  rungs_trace_page_cancel (page);
  return GDK_EVENT_STOP;
}

static void
rungs_window_class_init (RungsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_window_dispose;
  widget_class->size_allocate = rungs_window_size_allocate;
  widget_class->unmap = rungs_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_window_close_request;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_loading_cb, NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, flows_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, follow_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, inspector_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, filter_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, tabs);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pages_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  rungs_window_install_actions (widget_class);
}

static void
rungs_window_init (RungsWindow *self)
{
  GtkWidget *popover;

  gtk_widget_init_template (GTK_WIDGET (self));
  restore_size (self);
  self->recent = g_menu_new ();
  adw_split_button_set_menu_model (self->open_button, G_MENU_MODEL (self->recent));
  popover = GTK_WIDGET (adw_split_button_get_popover (self->open_button));
  g_signal_connect_object (popover, "map", G_CALLBACK (recent_opened_cb), self, G_CONNECT_SWAPPED);
  rungs_recent_fill (self->recent);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.no-recent", FALSE);
  add_drop_target (self);
  update_header (self);
}

GtkWidget *
rungs_window_new (GtkApplication *application)
{
  return g_object_new (RUNGS_TYPE_WINDOW, "application", application, NULL);
}

void
rungs_window_open_files (RungsWindow *self, GFile *const *files, guint n_files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *page;

  g_return_if_fail (RUNGS_IS_WINDOW (self));
  for (guint i = 0; i < n_files; i++)
    {
      char *path = g_file_get_path (files[i]);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (paths->len == 0)
    {
      adw_toast_overlay_add_toast (self->toasts,
                                   adw_toast_new (_ ("Only files of this computer can be opened.")));
      return;
    }
  g_ptr_array_add (paths, NULL);
  page = rungs_trace_page_new ((const char *const *) paths->pdata);
  for (guint i = 0; i < n_files; i++)
    g_signal_connect_data (page,
                           "notify::loading",
                           G_CALLBACK (remember_cb),
                           g_object_ref (files[i]),
                           free_file,
                           0);
  add_page (self, page);
}

void
rungs_window_open_bytes (RungsWindow *self, GBytes *bytes, const char *name)
{
  g_return_if_fail (RUNGS_IS_WINDOW (self));
  add_page (self, rungs_trace_page_new_for_bytes (bytes, name));
}

void
rungs_window_open_example (RungsWindow *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".uccapilog", NULL);
  g_autofree char *path = g_strconcat ("examples/", file, NULL);
  g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes (path);

  g_return_if_fail (RUNGS_IS_WINDOW (self));
  if (bytes != NULL)
    rungs_window_open_bytes (self, bytes, file);
}

RungsTracePage *
rungs_window_get_page (RungsWindow *self)
{
  g_return_val_if_fail (RUNGS_IS_WINDOW (self), NULL);
  return self->page;
}

AdwToastOverlay *
rungs_window_get_toasts (RungsWindow *self)
{
  g_return_val_if_fail (RUNGS_IS_WINDOW (self), NULL);
  return self->toasts;
}
