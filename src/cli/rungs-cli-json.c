/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Values → JSON on standard output.  See rungs-cli-json.h. */

#include "config.h"

#include <stdio.h>

#include "rungs-cli-json.h"
#include "rungs-record.h"

static void
print (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;
  gsize length;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  text = json_generator_to_data (generator, &length);
  fwrite (text, 1, length, stdout);
}

void
rungs_cli_json_print (JsonBuilder *builder)
{
  print (builder, TRUE);
}

void
rungs_cli_json_print_line (JsonBuilder *builder)
{
  print (builder, FALSE);
  fputc ('\n', stdout);
}

void
rungs_cli_json_array_begin (void)
{
  fputs ("[", stdout);
}

void
rungs_cli_json_array_item (JsonBuilder *builder, gboolean is_first)
{
  fputs (is_first ? "\n" : ",\n", stdout);
  rungs_cli_json_print (builder);
}

void
rungs_cli_json_array_end (void)
{
  fputs ("\n]\n", stdout);
}

void
rungs_cli_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
rungs_cli_json_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
rungs_cli_json_add_slice (JsonBuilder *builder, const char *name, RungsSlice value)
{
  g_autofree char *text = value.length > 0 ? g_utf8_make_valid (value.data, value.length) : NULL;

  rungs_cli_json_add_string (builder, name, text);
}

void
rungs_cli_json_add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  json_builder_set_member_name (builder, name);
  if (time != RUNGS_TIME_NONE)
    json_builder_add_double_value (builder, (double) time / G_USEC_PER_SEC);
  else
    json_builder_add_null_value (builder);
}
