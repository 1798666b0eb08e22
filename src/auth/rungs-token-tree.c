/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How decoders build their trees.  See rungs-token-tree.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-text.h"
#include "rungs-token-tree.h"

#define MAX_HEX_BYTES 64

const char *
rungs_token_name_find (const RungsTokenName *names, gsize n_names, gint64 number)
{
  for (gsize i = 0; i < n_names; i++)
    if (names[i].number == number)
      return names[i].name;
  return NULL;
}

RungsField *
rungs_token_tree_add (
  RungsField *parent, RungsSlice token, const char *name, RungsSlice part, const char *value)
{
  g_autofree char *topic = g_strconcat ("token-field:", name, NULL);
  RungsField *field;

  g_return_val_if_fail (parent != NULL && name != NULL, NULL);

  if (part.data == NULL)
    return NULL;
  field = rungs_field_new (name, value, rungs_slice_offset_in (part, token), part.length);
  rungs_field_set_topic (field, topic);
  return rungs_field_add (parent, field);
}

RungsField *
rungs_token_tree_add_hex (RungsField *parent, RungsSlice token, const char *name, RungsSlice part)
{
  g_autofree char *value = rungs_token_tree_format_hex (part);

  return rungs_token_tree_add (parent, token, name, part, value);
}

RungsField *
rungs_token_tree_add_text (RungsField *parent, RungsSlice token, const char *name, RungsSlice part)
{
  g_autofree char *value = rungs_text_display (part);

  return rungs_token_tree_add (parent, token, name, part, value);
}

RungsField *
rungs_token_tree_add_size (RungsField *parent, RungsSlice token, const char *name, RungsSlice part)
{
  guint size = MIN (part.length, G_MAXUINT);
  g_autofree char *value = g_strdup_printf (ngettext ("%u byte", "%u bytes", size), size);

  return rungs_token_tree_add (parent, token, name, part, value);
}

char *
rungs_token_tree_format_hex (RungsSlice bytes)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < MIN (bytes.length, MAX_HEX_BYTES); i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "", (guchar) bytes.data[i]);
  if (bytes.length > MAX_HEX_BYTES)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

char *
rungs_token_tree_format_time (gint64 time)
{
  g_autoptr (GDateTime) date = NULL;

  if (time == 0)
    return g_strdup ("");
  date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S UTC") : g_strdup ("");
}
