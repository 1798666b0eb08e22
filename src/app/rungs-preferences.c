/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The preferences.  See rungs-preferences.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-preferences.h"
#include "rungs-rule-switches.h"
#include "rungs-rule.h"

struct _RungsPreferences
{
  AdwPreferencesWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsPreferences, rungs_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
switched_cb (GtkSwitch *widget, GParamSpec *pspec, gpointer rule)
{
  rungs_rule_switches_set (rungs_rule_switches_get_default (),
                           ((const RungsRule *) rule)->id,
                           gtk_switch_get_active (widget));
}

/* The words of a rule are a template: what is filled in from the trace stands as an ellipsis here. */
static char *
describe_rule (const RungsRule *rule)
{
  GString *text = g_string_new (NULL);

  for (const char *p = rule->explanation; *p != '\0'; p++)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;

      if (end == NULL)
        {
          g_string_append_c (text, *p);
          continue;
        }
      g_string_append (text, "…");
      p = end;
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
rule_row_new (const RungsRule *rule)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  g_autofree char *words = describe_rule (rule);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rule->id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_switch_set_active (GTK_SWITCH (toggle), !rungs_rule_is_ignored (rule));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switched_cb), (gpointer) rule);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  return row;
}

/* The rules of one severity, or the user's own; nothing where there are none. */
static void
add_group (AdwPreferencesPage *page, const char *title, RungsSeverity severity, gboolean own)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n_rows = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 1; i <= rungs_rule_get_count (); i++)
    {
      const RungsRule *rule = rungs_rule_get (i);

      if (rule->own != own || (!own && rule->severity != severity))
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rule_row_new (rule));
      n_rows++;
    }
  if (n_rows > 0)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  else
    g_object_ref_sink (group), g_object_unref (group);
}

static void
add_fault (AdwPreferencesPage *page, const char *fault)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Your own rules were not read"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), fault);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

static void
rungs_preferences_class_init (RungsPreferencesClass *klass)
{
}

static void
rungs_preferences_init (RungsPreferences *self)
{
  GtkWidget *widget = adw_preferences_page_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (widget);
  const char *fault = rungs_rule_switches_get_fault (rungs_rule_switches_get_default ());

  adw_preferences_page_set_title (page, _ ("Rules"));
  adw_preferences_page_set_icon_name (page, "emblem-system-symbolic");
  if (fault != NULL)
    {
      g_autofree char *markup = g_markup_escape_text (fault, -1);

      add_fault (page, markup);
    }
  add_group (page, _ ("Your own rules"), RUNGS_SEVERITY_NONE, TRUE);
  add_group (page, _ ("Problems"), RUNGS_SEVERITY_ERROR, FALSE);
  add_group (page, _ ("Warnings"), RUNGS_SEVERITY_WARNING, FALSE);
  add_group (page, _ ("Expected"), RUNGS_SEVERITY_EXPECTED, FALSE);
  add_group (page, _ ("Notes"), RUNGS_SEVERITY_INFO, FALSE);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), TRUE);
}

GtkWindow *
rungs_preferences_new (GtkWindow *parent)
{
  return g_object_new (RUNGS_TYPE_PREFERENCES, "transient-for", parent, "modal", parent != NULL, NULL);
}
