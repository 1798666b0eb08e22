/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which rules are switched off.  See rungs-rule-switches.h. */

#include "config.h"

#include "rungs-plain-signal.h"
#include "rungs-rule-switches.h"
#include "rungs-user-rules.h"

#define KEY "ignored-rules"

struct _RungsRuleSwitches
{
  GObject parent_instance;
  GSettings *settings; /* NULL: the schema is not installed */
  GPtrArray *off;      /* ids, without settings */
  char *fault;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsRuleSwitches, rungs_rule_switches, G_TYPE_OBJECT)

static char **
get_off (RungsRuleSwitches *self)
{
  GStrvBuilder *builder;
  char **off;

  if (self->settings != NULL)
    return g_settings_get_strv (self->settings, KEY);
  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->off->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->off, i));
  off = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return off;
}

static void
apply (RungsRuleSwitches *self)
{
  g_auto (GStrv) off = get_off (self);

  rungs_rule_set_ignored ((const char *const *) off);
}

static void
changed_cb (RungsRuleSwitches *self)
{
  apply (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
rungs_rule_switches_set (RungsRuleSwitches *self, const char *id, gboolean on)
{
  g_auto (GStrv) off = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_return_if_fail (RUNGS_IS_RULE_SWITCHES (self) && id != NULL);

  off = get_off (self);
  if (g_strv_contains ((const char *const *) off, id) == !on)
    return;
  for (guint i = 0; off[i] != NULL; i++)
    if (!g_str_equal (off[i], id))
      g_ptr_array_add (ids, off[i]);
  if (!on)
    g_ptr_array_add (ids, (gpointer) id);
  g_ptr_array_add (ids, NULL);
  if (self->settings != NULL)
    {
      g_settings_set_strv (self->settings, KEY, (const char *const *) ids->pdata);
      return;
    }
  g_ptr_array_set_size (self->off, 0);
  for (guint i = 0; i + 1 < ids->len; i++)
    g_ptr_array_add (self->off, g_strdup (g_ptr_array_index (ids, i)));
  changed_cb (self);
}

const char *
rungs_rule_switches_get_fault (RungsRuleSwitches *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_SWITCHES (self), NULL);

  return self->fault;
}

static void
rungs_rule_switches_finalize (GObject *object)
{
  RungsRuleSwitches *self = RUNGS_RULE_SWITCHES (object);

  g_clear_object (&self->settings);
  g_ptr_array_unref (self->off);
  g_free (self->fault);
  G_OBJECT_CLASS (rungs_rule_switches_parent_class)->finalize (object);
}

static void
rungs_rule_switches_class_init (RungsRuleSwitchesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_rule_switches_finalize;
  signals[SIGNAL_CHANGED] = rungs_plain_signal_new ("changed", G_TYPE_FROM_CLASS (klass));
}

static void
rungs_rule_switches_init (RungsRuleSwitches *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;
  g_autoptr (GError) error = NULL;

  self->off = g_ptr_array_new_with_free_func (g_free);
  if (!rungs_user_rules_load_default (&error))
    self->fault = g_strdup (error->message);
  if (schema != NULL && g_settings_schema_has_key (schema, KEY))
    {
      self->settings = g_settings_new (APP_ID);
      g_signal_connect_object (self->settings,
                               "changed::" KEY,
                               G_CALLBACK (changed_cb),
                               self,
                               G_CONNECT_SWAPPED);
    }
  apply (self);
}

RungsRuleSwitches *
rungs_rule_switches_get_default (void)
{
  static RungsRuleSwitches *switches;

  if (switches == NULL)
    switches = g_object_new (RUNGS_TYPE_RULE_SWITCHES, NULL);
  return switches;
}
