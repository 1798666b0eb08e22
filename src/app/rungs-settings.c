/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the windows remember.  See rungs-settings.h. */

#include "config.h"

#include "rungs-flow-text.h"
#include "rungs-settings.h"

enum
{
  PROP_0,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  PROP_FLOWS_WIDTH,
  PROP_INSPECTOR_WIDTH,
  PROP_SHOW_FLOWS,
  PROP_SHOW_INSPECTOR,
  PROP_FLOW_COLUMNS,
  PROP_FLOW_ORDER,
  PROP_FLOW_DESCENDING,
  PROP_CAPTIONS,
  PROP_INFERRED,
  PROP_LOG_LINES,
  PROP_FOLD,
  PROP_TIME_STYLE,
  PROP_CLOCK,
  N_PROPS
};

struct _RungsSettings
{
  GObject parent_instance;
  GSettings *settings; /* NULL: the schema is not installed */
  int values[N_PROPS];
};

G_DEFINE_FINAL_TYPE (RungsSettings, rungs_settings, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static GType
time_style_get_type (void)
{
  static const GEnumValue values[] = {
    { RUNGS_TIME_ABSOLUTE, "RUNGS_TIME_ABSOLUTE", "absolute" },
    { RUNGS_TIME_SINCE_START, "RUNGS_TIME_SINCE_START", "since-start" },
    { RUNGS_TIME_SINCE_PREVIOUS, "RUNGS_TIME_SINCE_PREVIOUS", "since-previous" },
    { 0 },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RungsTimeStyle", values));
  return type;
}

static GType
clock_get_type (void)
{
  static const GEnumValue values[] = {
    { RUNGS_CLOCK_LOCAL, "RUNGS_CLOCK_LOCAL", "local" },
    { RUNGS_CLOCK_UTC, "RUNGS_CLOCK_UTC", "utc" },
    { 0 },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RungsClock", values));
  return type;
}

static GType
flow_order_get_type (void)
{
  static GEnumValue values[RUNGS_N_FLOW_COLUMNS + 1];
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      for (int i = 0; i < RUNGS_N_FLOW_COLUMNS; i++)
        {
          const char *id = rungs_flow_column_get_id ((RungsFlowColumn) i);

          values[i] = (GEnumValue){ i, id, id };
        }
      g_once_init_leave (&type, g_enum_register_static ("RungsFlowColumn", values));
    }
  return type;
}

static void
rungs_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RungsSettings *self = RUNGS_SETTINGS (object);

  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, self->values[id]);
  else if (G_IS_PARAM_SPEC_ENUM (pspec))
    g_value_set_enum (value, self->values[id]);
  else
    g_value_set_int (value, self->values[id]);
}

static void
rungs_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RungsSettings *self = RUNGS_SETTINGS (object);
  int number;

  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    number = g_value_get_boolean (value);
  else if (G_IS_PARAM_SPEC_ENUM (pspec))
    number = g_value_get_enum (value);
  else
    number = g_value_get_int (value);
  if (self->values[id] == number)
    return;
  self->values[id] = number;
  g_object_notify_by_pspec (object, pspec);
}

static void
rungs_settings_constructed (GObject *object)
{
  RungsSettings *self = RUNGS_SETTINGS (object);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  G_OBJECT_CLASS (rungs_settings_parent_class)->constructed (object);
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  if (schema == NULL)
    return;
  self->settings = g_settings_new_full (schema, NULL, NULL);
  for (guint i = 1; i < N_PROPS; i++)
    if (g_settings_schema_has_key (schema, properties[i]->name))
      g_settings_bind (self->settings,
                       properties[i]->name,
                       self,
                       properties[i]->name,
                       G_SETTINGS_BIND_DEFAULT);
}

static void
rungs_settings_finalize (GObject *object)
{
  RungsSettings *self = RUNGS_SETTINGS (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rungs_settings_parent_class)->finalize (object);
}

static void
rungs_settings_class_init (RungsSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = rungs_settings_constructed;
  object_class->finalize = rungs_settings_finalize;
  object_class->get_property = rungs_settings_get_property;
  object_class->set_property = rungs_settings_set_property;

  properties[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 0, G_MAXINT, 1440, flags);
  properties[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 0, G_MAXINT, 900, flags);
  properties[PROP_WINDOW_MAXIMIZED] = g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  properties[PROP_FLOWS_WIDTH] = g_param_spec_int ("flows-width", NULL, NULL, 200, 10000, 290, flags);
  properties[PROP_INSPECTOR_WIDTH] = g_param_spec_int ("inspector-width", NULL, NULL, 200, 10000, 400, flags);
  properties[PROP_SHOW_FLOWS] = g_param_spec_boolean ("show-flows", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_INSPECTOR] = g_param_spec_boolean ("show-inspector", NULL, NULL, TRUE, flags);
  properties[PROP_FLOW_COLUMNS] = g_param_spec_boolean ("flow-columns", NULL, NULL, FALSE, flags);
  properties[PROP_FLOW_ORDER] =
    g_param_spec_enum ("flow-order", NULL, NULL, flow_order_get_type (), RUNGS_FLOW_COLUMN_TIME, flags);
  properties[PROP_FLOW_DESCENDING] = g_param_spec_boolean ("flow-descending", NULL, NULL, FALSE, flags);
  properties[PROP_CAPTIONS] = g_param_spec_boolean ("captions", NULL, NULL, TRUE, flags);
  properties[PROP_INFERRED] = g_param_spec_boolean ("inferred", NULL, NULL, TRUE, flags);
  properties[PROP_LOG_LINES] = g_param_spec_boolean ("log-lines", NULL, NULL, FALSE, flags);
  properties[PROP_FOLD] = g_param_spec_boolean ("fold", NULL, NULL, FALSE, flags);
  properties[PROP_TIME_STYLE] =
    g_param_spec_enum ("time-style", NULL, NULL, time_style_get_type (), RUNGS_TIME_SINCE_START, flags);
  properties[PROP_CLOCK] =
    g_param_spec_enum ("clock", NULL, NULL, clock_get_type (), RUNGS_CLOCK_LOCAL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rungs_settings_init (RungsSettings *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    {
      const GValue *value = g_param_spec_get_default_value (properties[i]);

      if (G_IS_PARAM_SPEC_BOOLEAN (properties[i]))
        self->values[i] = g_value_get_boolean (value);
      else if (G_IS_PARAM_SPEC_ENUM (properties[i]))
        self->values[i] = g_value_get_enum (value);
      else
        self->values[i] = g_value_get_int (value);
    }
}

RungsSettings *
rungs_settings_get_default (void)
{
  static RungsSettings *settings = NULL;

  if (settings == NULL)
    settings = g_object_new (RUNGS_TYPE_SETTINGS, NULL);
  return settings;
}

RungsLadderOptions
rungs_settings_get_ladder_options (RungsSettings *self)
{
  RungsLadderOptions options = RUNGS_LADDER_OPTIONS_DEFAULT;

  g_return_val_if_fail (RUNGS_IS_SETTINGS (self), options);
  options.captions = self->values[PROP_CAPTIONS];
  options.hidden = self->values[PROP_INFERRED];
  options.log_lines = self->values[PROP_LOG_LINES];
  options.fold = self->values[PROP_FOLD];
  options.time_style = (RungsTimeStyle) self->values[PROP_TIME_STYLE];
  options.clock = (RungsClock) self->values[PROP_CLOCK];
  return options;
}

void
rungs_settings_add_actions (RungsSettings *self, GActionMap *map)
{
  static const char *const names[] = { "captions",     "inferred",   "log-lines", "fold",
                                       "flow-columns", "time-style", "clock" };

  g_return_if_fail (RUNGS_IS_SETTINGS (self));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[i], self, names[i]);

      g_action_map_add_action (map, G_ACTION (action));
    }
}

static int
get_value (RungsSettings *self, const char *name)
{
  for (guint i = 1; i < N_PROPS; i++)
    if (g_str_equal (properties[i]->name, name))
      return self->values[i];
  g_return_val_if_reached (0);
}

int
rungs_settings_get_int (RungsSettings *self, const char *name)
{
  g_return_val_if_fail (RUNGS_IS_SETTINGS (self), 0);
  return get_value (self, name);
}

gboolean
rungs_settings_get_boolean (RungsSettings *self, const char *name)
{
  g_return_val_if_fail (RUNGS_IS_SETTINGS (self), FALSE);
  return get_value (self, name) != 0;
}
