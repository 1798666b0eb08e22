/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The program.  See rungs-application.h. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "rungs-app-resources.h"
#include "rungs-application.h"
#include "rungs-preferences.h"
#include "rungs-rule-switches.h"
#include "rungs-settings.h"
#include "rungs-window.h"

struct _RungsApplication
{
  AdwApplication parent_instance;
  gboolean example; /* --example */
};

G_DEFINE_FINAL_TYPE (RungsApplication, rungs_application, ADW_TYPE_APPLICATION)

static RungsWindow *
get_window (RungsApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!RUNGS_IS_WINDOW (window))
    window = GTK_WINDOW (rungs_window_new (GTK_APPLICATION (self)));
  return RUNGS_WINDOW (window);
}

static void
rungs_application_activate (GApplication *application)
{
  RungsApplication *self = RUNGS_APPLICATION (application);
  RungsWindow *window = get_window (self);

  if (self->example)
    rungs_window_open_example (window, "remote-ntlm");
  self->example = FALSE;
  gtk_window_present (GTK_WINDOW (window));
}

static void
rungs_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  RungsWindow *window = get_window (RUNGS_APPLICATION (application));

  rungs_window_open_files (window, files, (guint) n_files);
  gtk_window_present (GTK_WINDOW (window));
}

/* "-" is the standard input of this process, which no other instance can read. */
static gboolean
rungs_application_local_command_line (GApplication *application, char ***arguments, int *exit_status)
{
  for (char **argument = *arguments; *argument != NULL; argument++)
    {
      if (!g_str_equal (*argument, "-"))
        continue;
      g_free (*argument);
      *argument = g_strdup ("/dev/stdin");
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  return G_APPLICATION_CLASS (rungs_application_parent_class)
    ->local_command_line (application, arguments, exit_status);
}

static int
rungs_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("rungs %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (!g_variant_dict_contains (options, "example"))
    return -1;
  /* Where the program runs already, it is told by an action: only files reach it by themselves. */
  if (g_application_register (application, NULL, NULL) && g_application_get_is_remote (application))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "example", NULL);
      return 0;
    }
  RUNGS_APPLICATION (application)->example = TRUE;
  return -1;
}

static void
example_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RUNGS_APPLICATION (data)->example = TRUE;
  g_application_activate (data);
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (rungs_window_new (GTK_APPLICATION (data))));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window;

  /* Windows remember their size when they close. */
  while ((window = gtk_application_get_active_window (GTK_APPLICATION (data))) != NULL)
    gtk_window_destroy (window);
  g_application_quit (G_APPLICATION (data));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (rungs_preferences_new (gtk_application_get_active_window (GTK_APPLICATION (data))));
}

static void
helped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;

  /* Without a help viewer the notes are still here. */
  if (!gtk_show_uri_full_finish (GTK_WINDOW (window), result, &error))
    gtk_widget_activate_action (window, "win.show-note", "s", "");
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (window != NULL)
    gtk_show_uri_full (window, "help:rungs", GDK_CURRENT_TIME, NULL, helped_cb, g_object_ref (window));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (data)),
                         "application-name",
                         _ ("Rungs"),
                         "application-icon",
                         APP_ID,
                         "version",
                         PACKAGE_VERSION,
                         "developer-name",
                         _ ("The Rungs authors"),
                         "comments",
                         _ ("SIP traces as ladder diagrams that explain themselves"),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *uri = data;
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autofree char *folder_uri = NULL;

  if (reply != NULL || folder == NULL)
    return;
  folder_uri = g_file_get_uri (folder);
  gtk_show_uri (NULL, folder_uri, GDK_CURRENT_TIME);
}

static void
show_in_folder_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *uri = g_variant_get_string (parameter, NULL);
  GDBusConnection *bus = g_application_get_dbus_connection (data);
  GVariantBuilder uris;

  if (bus == NULL)
    return;
  g_variant_builder_init (&uris, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_builder_add (&uris, "s", uri);
  g_dbus_connection_call (bus,
                          "org.freedesktop.FileManager1",
                          "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1",
                          "ShowItems",
                          g_variant_new ("(ass)", &uris, ""),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          shown_cb,
                          g_strdup (uri));
}

static void
set_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } keys[] = {
    { "win.open", { "<Control>o" } },
    { "win.paste", { "<Control><Shift>v" } },
    { "win.close-tab", { "<Control>w" } },
    { "win.filter", { "<Control>f" } },
    { "win.follow", { "<Control>l" } },
    { "win.export", { "<Control>e" } },
    { "win.copy-image", { "<Control><Shift>c" } },
    { "win.toggle-flows", { "F9" } },
    { "win.toggle-inspector", { "<Shift>F9" } },
    { "win.next-problem", { "F8" } },
    { "win.previous-problem", { "<Shift>F8" } },
    { "win.next-pane", { "F6" } },
    { "win.previous-pane", { "<Shift>F6" } },
    { "win.show-tab::explained", { "<Control>1" } },
    { "win.show-tab::findings", { "<Control>2" } },
    { "win.show-tab::message", { "<Control>3" } },
    { "win.show-tab::token", { "<Control>4" } },
    { "win.show-tab::notes", { "<Control>5" } },
    { "app.captions", { "<Control>t" } },
    { "app.new-window", { "<Control>n" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.help", { "F1" } },
    { "app.quit", { "<Control>q" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, (const char **) keys[i].keys);
}

static void
rungs_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "example", .activate = example_action },
    { .name = "new-window", .activate = new_window_action },
    { .name = "quit", .activate = quit_action },
    { .name = "preferences", .activate = preferences_action },
    { .name = "help", .activate = help_action },
    { .name = "about", .activate = about_action },
    { .name = "show-in-folder", .activate = show_in_folder_action, .parameter_type = "s" },
  };

  rungs_app_register_resource ();
  G_APPLICATION_CLASS (rungs_application_parent_class)->startup (application);
  gtk_source_init ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  rungs_settings_add_actions (rungs_settings_get_default (), G_ACTION_MAP (application));
  set_keys (GTK_APPLICATION (application));
  rungs_rule_switches_get_default ();
}

static void
rungs_application_class_init (RungsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = rungs_application_startup;
  application_class->activate = rungs_application_activate;
  application_class->open = rungs_application_open;
  application_class->local_command_line = rungs_application_local_command_line;
  application_class->handle_local_options = rungs_application_handle_local_options;
}

static void
rungs_application_init (RungsApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { "example", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the bundled example"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Shows SIP traces as ladder diagrams that explain themselves. "
                                               "Several "
                                               "files are read as one trace."));
}

RungsApplication *
rungs_application_new (GApplicationFlags flags)
{
  return g_object_new (RUNGS_TYPE_APPLICATION,
                       "application-id",
                       APP_ID,
                       "resource-base-path",
                       "/io/github/rungs/Rungs",
                       "flags",
                       G_APPLICATION_HANDLES_OPEN | flags,
                       NULL);
}
