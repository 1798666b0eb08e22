/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The preferences.  See rungs-preferences.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-preferences.h"
#include "rungs-rule-switches.h"
#include "rungs-rule.h"

#define ROWS_AT_ONCE 8 /* a frame */

/* The groups in their order: the user's own rules, then one a severity. */
static const struct
{
  const char *title;
  RungsSeverity severity;
  gboolean own;
} groups[] = {
  { N_ ("Your own rules"), RUNGS_SEVERITY_NONE, TRUE }, { N_ ("Problems"), RUNGS_SEVERITY_ERROR, FALSE },
  { N_ ("Warnings"), RUNGS_SEVERITY_WARNING, FALSE },   { N_ ("Expected"), RUNGS_SEVERITY_EXPECTED, FALSE },
  { N_ ("Notes"), RUNGS_SEVERITY_INFO, FALSE },
};

struct _RungsPreferences
{
  AdwPreferencesWindow parent_instance;
  AdwPreferencesGroup *groups[G_N_ELEMENTS (groups)];
  guint group; /* where the next row goes */
  guint rule;  /* the next one, from 1 */
  guint idle;
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

static gboolean
add_next_row (RungsPreferences *self)
{
  for (; self->group < G_N_ELEMENTS (groups); self->group++, self->rule = 1)
    while (self->rule <= rungs_rule_get_count ())
      {
        const RungsRule *rule = rungs_rule_get (self->rule++);

        if (rule->own != groups[self->group].own ||
            (!rule->own && rule->severity != groups[self->group].severity))
          continue;
        adw_preferences_group_add (self->groups[self->group], rule_row_new (rule));
        gtk_widget_set_visible (GTK_WIDGET (self->groups[self->group]), TRUE);
        return TRUE;
      }
  return FALSE;
}

/* Two hundred rows at once would keep the window waiting; those that are seen first come first. */
static gboolean
add_rows_cb (gpointer data)
{
  RungsPreferences *self = data;

  for (guint i = 0; i < ROWS_AT_ONCE; i++)
    if (!add_next_row (self))
      {
        self->idle = 0;
        return G_SOURCE_REMOVE;
      }
  return G_SOURCE_CONTINUE;
}

static void
add_introduction (AdwPreferencesPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("A rule that is switched off says nothing in any window, also in "
                                            "traces that are open. The commands "
                                            "leave rules out with --ignore."));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
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
rungs_preferences_dispose (GObject *object)
{
  g_clear_handle_id (&RUNGS_PREFERENCES (object)->idle, g_source_remove);
  G_OBJECT_CLASS (rungs_preferences_parent_class)->dispose (object);
}

static void
rungs_preferences_class_init (RungsPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_preferences_dispose;
}

static void
add_groups (RungsPreferences *self, AdwPreferencesPage *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      self->groups[i] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (self->groups[i], _ (groups[i].title));
      gtk_widget_set_visible (GTK_WIDGET (self->groups[i]), FALSE);
      adw_preferences_page_add (page, self->groups[i]);
    }
  self->rule = 1;
  self->idle = g_idle_add (add_rows_cb, self);
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
  add_introduction (page);
  add_groups (self, page);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), TRUE);
}

GtkWindow *
rungs_preferences_new (GtkWindow *parent)
{
  return g_object_new (RUNGS_TYPE_PREFERENCES, "transient-for", parent, "modal", parent != NULL, NULL);
}
