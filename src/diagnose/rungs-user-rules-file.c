/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A file of rules → RungsUserRules.  See rungs-user-rules.h.
 *
 * The form is that of key files: [rule ID], key=value, # comments.  It is read line by line here, because whoever wrote the file
 * is to be told the line, and in a filter the character, where it is wrong. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-scan.h"
#include "rungs-text.h"
#include "rungs-user-rules.h"

#define MAX_ID    64
#define MAX_RULES 1000

/* The keys of one rule as they are read; the order is that of key_names. */
typedef enum
{
  KEY_SEVERITY,
  KEY_WHEN,
  KEY_MISSING,
  KEY_SCOPE,
  KEY_EXPLANATION,
  KEY_CHECK,
  KEY_REFERENCE,
  N_KEYS
} Key;

static const char *const key_names[N_KEYS + 1] = {
  "severity", "when", "missing", "scope", "explanation", "check", "reference", NULL,
};

typedef struct
{
  const char *name; /* of the file */
  guint line;
  GPtrArray *rules; /* RungsUserRule */
  char *id;         /* of the section that is open, or NULL */
  guint begun;      /* the line where it began */
  char *values[N_KEYS];
  guint lines[N_KEYS];
} Reading;

static void fail (const Reading *self, guint line, GError **error, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

static void
fail (const Reading *self, guint line, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: a file's name, the number of a line, and what is wrong there. */
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_SYNTAX, _ ("%s, line %u: %s"), self->name, line, reason);
}

static void
close_section (Reading *self)
{
  g_clear_pointer (&self->id, g_free);
  for (guint i = 0; i < N_KEYS; i++)
    g_clear_pointer (&self->values[i], g_free);
}

/* The filter of @key, or NULL with @error. */
static RungsFilter *
parse_filter (const Reading *self, Key key, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize offset = 0;
  RungsFilter *filter = rungs_filter_parse (self->values[key], &offset, &reason);

  if (filter == NULL)
    fail (self,
          self->lines[key],
          error,
          _ ("%s, at character %u of “%s”"),
          reason->message,
          (guint) offset + 1,
          key_names[key]);
  return filter;
}

static gboolean
read_severity (const Reading *self, RungsRule *rule, GError **error)
{
  static const RungsSeverity severities[] = {
    RUNGS_SEVERITY_ERROR,
    RUNGS_SEVERITY_WARNING,
    RUNGS_SEVERITY_INFO,
    RUNGS_SEVERITY_EXPECTED,
  };

  rule->severity = RUNGS_SEVERITY_WARNING;
  if (self->values[KEY_SEVERITY] == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_equal (self->values[KEY_SEVERITY], rungs_severity_get_id (severities[i])))
      {
        rule->severity = severities[i];
        return TRUE;
      }
  fail (self,
        self->lines[KEY_SEVERITY],
        error,
        _ ("there is no severity “%s”; there are error, warning, info and expected"),
        self->values[KEY_SEVERITY]);
  return FALSE;
}

static gboolean
read_scope (const Reading *self, RungsUserRule *rule, GError **error)
{
  const char *scope = self->values[KEY_SCOPE];

  rule->once = self->values[KEY_MISSING] != NULL || g_strcmp0 (scope, "flow") == 0;
  if (scope == NULL || g_str_equal (scope, "flow") || g_str_equal (scope, "message"))
    return TRUE;
  fail (self, self->lines[KEY_SCOPE], error, _ ("there is no scope “%s”; there are message and flow"), scope);
  return FALSE;
}

/* The rule of the section that ends here. */
static gboolean
finish_section (Reading *self, GError **error)
{
  static const Key required[] = { KEY_WHEN, KEY_EXPLANATION };
  g_autoptr (RungsUserRule) rule = NULL;

  if (self->id == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    if (self->values[required[i]] == NULL || *self->values[required[i]] == '\0')
      {
        fail (self, self->begun, error, _ ("the rule “%s” has no “%s”"), self->id, key_names[required[i]]);
        return FALSE;
      }
  rule = g_new0 (RungsUserRule, 1);
  rule->rule = g_new0 (RungsRule, 1);
  if (!read_severity (self, rule->rule, error) || !read_scope (self, rule, error))
    return FALSE;
  rule->when = parse_filter (self, KEY_WHEN, error);
  if (rule->when == NULL)
    return FALSE;
  if (self->values[KEY_MISSING] != NULL)
    {
      rule->missing = parse_filter (self, KEY_MISSING, error);
      if (rule->missing == NULL)
        return FALSE;
    }
  rule->rule->id = g_steal_pointer (&self->id);
  rule->rule->explanation = g_steal_pointer (&self->values[KEY_EXPLANATION]);
  rule->rule->check = g_steal_pointer (&self->values[KEY_CHECK]);
  rule->rule->reference = g_steal_pointer (&self->values[KEY_REFERENCE]);
  g_ptr_array_add (self->rules, g_steal_pointer (&rule));
  close_section (self);
  return TRUE;
}

static gboolean
is_id (RungsSlice text)
{
  if (text.length == 0 || text.length > MAX_ID)
    return FALSE;
  for (gsize i = 0; i < text.length; i++)
    if (!g_ascii_isupper (text.data[i]) && !g_ascii_isdigit (text.data[i]) && text.data[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_taken (const Reading *self, const char *id)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (g_str_equal (((const RungsUserRule *) g_ptr_array_index (self->rules, i))->rule->id, id))
      return TRUE;
  return rungs_rule_lookup (id) != NULL;
}

/* "[rule ID]" */
static gboolean
begin_section (Reading *self, RungsSlice line, GError **error)
{
  RungsSlice inside = rungs_slice_trim (rungs_slice_sub (line, 1, line.length - 1));
  g_autofree char *shown = rungs_text_display_max (line, 40);
  RungsSlice id;

  if (!finish_section (self, error))
    return FALSE;
  if (inside.length > 0 && inside.data[inside.length - 1] == ']')
    inside.length--;
  id = rungs_slice_starts_with (inside, RUNGS_SLICE_LITERAL ("rule "))
         ? rungs_slice_trim (rungs_slice_skip (inside, strlen ("rule ")))
         : RUNGS_SLICE_EMPTY;
  if (line.data[line.length - 1] != ']' || !is_id (id))
    {
      fail (self,
            self->line,
            error,
            _ ("“%s” is no beginning of a rule; it is written [rule NAME], with capital letters, digits and "
               "hyphens"),
            shown);
      return FALSE;
    }
  self->id = rungs_slice_dup (id);
  self->begun = self->line;
  if (is_taken (self, self->id))
    {
      fail (self, self->line, error, _ ("there is a rule “%s” already"), self->id);
      return FALSE;
    }
  if (self->rules->len >= MAX_RULES)
    {
      fail (self, self->line, error, _ ("these are more than %u rules"), MAX_RULES);
      return FALSE;
    }
  return TRUE;
}

/* "key=value" */
static gboolean
read_value (Reading *self, RungsSlice line, GError **error)
{
  gssize equals = rungs_slice_find_char (line, 0, '=');
  RungsSlice name = rungs_slice_trim (rungs_slice_sub (line, 0, equals >= 0 ? (gsize) equals : line.length));
  g_autofree char *shown = rungs_text_display_max (name, 40);

  if (equals < 0 || self->id == NULL)
    {
      fail (self,
            self->line,
            error,
            equals < 0 ? _ ("“%s” is neither [rule NAME] nor key=value")
                       : _ ("“%s” stands before the first [rule NAME]"),
            shown);
      return FALSE;
    }
  for (guint i = 0; i < N_KEYS; i++)
    {
      if (!rungs_slice_equal_string (name, key_names[i]))
        continue;
      if (self->values[i] != NULL)
        {
          fail (self, self->line, error, _ ("“%s” stands in this rule twice"), key_names[i]);
          return FALSE;
        }
      self->values[i] = rungs_slice_dup (rungs_slice_trim (rungs_slice_skip (line, (gsize) equals + 1)));
      self->lines[i] = self->line;
      return TRUE;
    }
  fail (self,
        self->line,
        error,
        _ (
          "there is no key “%s”; there are severity, when, missing, scope, explanation, check and reference"),
        shown);
  return FALSE;
}

static gboolean
read_lines (Reading *self, RungsSlice text, GError **error)
{
  RungsSlice rest = text;
  RungsSlice line;

  while (rungs_scan_line (&rest, &line))
    {
      gboolean good;

      self->line++;
      line = rungs_slice_trim (line);
      if (line.length == 0 || line.data[0] == '#')
        continue;
      if (!g_utf8_validate (line.data, (gssize) line.length, NULL))
        {
          fail (self, self->line, error, _ ("this line is not UTF-8"));
          return FALSE;
        }
      good = line.data[0] == '[' ? begin_section (self, line, error) : read_value (self, line, error);
      if (!good)
        return FALSE;
    }
  return finish_section (self, error);
}

GPtrArray *
rungs_user_rules_parse (RungsSlice text, const char *name, GError **error)
{
  Reading reading = { .name = name };

  g_return_val_if_fail (name != NULL, NULL);

  reading.rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_user_rule_free);
  if (!read_lines (&reading, text, error))
    g_clear_pointer (&reading.rules, g_ptr_array_unref);
  close_section (&reading);
  return reading.rules;
}
