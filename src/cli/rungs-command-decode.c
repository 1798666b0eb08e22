/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli decode: a token from anywhere, in base64 or hexadecimal digits, as a tree that explains itself. */

#include "config.h"

#include <stdio.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "rungs-cli-json.h"
#include "rungs-cli-options.h"
#include "rungs-knowledge.h"
#include "rungs-text.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"

#define MAX_DEPTH 32
/* gssapi-data is a few kilobytes; this is to be larger than any token and smaller than a mistake. */
#define MAX_TOKEN_LENGTH (16 * 1024 * 1024)

static const char *
get_remark_text (guint16 code)
{
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_REMARK, rungs_remark_code_get_id (code));

  return fact != NULL ? fact->explanation : rungs_remark_code_get_id (code);
}

static void
print_field (const RungsField *field, guint depth)
{
  const RungsFact *fact = rungs_knowledge_lookup_topic (field->topic);
  int indent = depth * 2;

  g_print ("%*s%s%s%s\n", indent, "", field->name, *field->value != '\0' ? ": " : "", field->value);
  if (fact != NULL && fact->explanation != NULL)
    g_print ("%*s  %s\n", indent, "", fact->explanation);
  if (field->remark != RUNGS_REMARK_NONE)
    g_print ("%*s  ! %s\n", indent, "", get_remark_text (field->remark));
  if (depth >= MAX_DEPTH)
    return;
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    print_field (rungs_field_get_child (field, i), depth + 1);
}

static void
add_field_json (JsonBuilder *builder, const RungsField *field, guint depth)
{
  const RungsFact *fact = rungs_knowledge_lookup_topic (field->topic);

  json_builder_begin_object (builder);
  rungs_cli_json_add_string (builder, "name", field->name);
  rungs_cli_json_add_string (builder, "value", field->value);
  rungs_cli_json_add_int (builder, "offset", field->offset);
  rungs_cli_json_add_int (builder, "length", field->length);
  rungs_cli_json_add_string (builder, "explanation", fact != NULL ? fact->explanation : NULL);
  rungs_cli_json_add_string (builder,
                             "remark",
                             field->remark != RUNGS_REMARK_NONE ? rungs_remark_code_get_id (field->remark)
                                                                : NULL);
  if (rungs_field_get_n_children (field) > 0 && depth < MAX_DEPTH)
    {
      json_builder_set_member_name (builder, "children");
      json_builder_begin_array (builder);
      for (guint i = 0; i < rungs_field_get_n_children (field); i++)
        add_field_json (builder, rungs_field_get_child (field, i), depth + 1);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* Says where @text is no token. */
static void
print_place (RungsSlice text, gsize place)
{
  RungsSlice before = rungs_slice_sub (text, 0, place);
  gsize character = place < text.length ? g_utf8_next_char (text.data + place) - (text.data + place) : 0;
  g_autofree char *what = rungs_text_display (rungs_slice_sub (text, place, character));
  guint line = 1;
  gsize start = 0;

  for (gsize i = 0; i < before.length; i++)
    if (before.data[i] == '\n')
      {
        line++;
        start = i + 1;
      }
  if (place >= text.length)
    g_printerr (_ (
      "rungs-cli: the token ends too soon: it is neither base64 nor an even number of hexadecimal digits\n"));
  else
    g_printerr (_ ("rungs-cli: line %u, character %u: “%s” belongs neither to base64 nor to hexadecimal "
                   "digits\n"),
                line,
                (guint) (place - start) + 1,
                what);
}

static gboolean
decode (const GString *text, gboolean json)
{
  gsize place = 0;
  g_autoptr (GBytes) bytes = rungs_token_from_text (rungs_slice (text->str, text->len), &place);
  g_autoptr (RungsField) root = NULL;

  if (bytes == NULL)
    {
      print_place (rungs_slice (text->str, text->len), place);
      return FALSE;
    }
  root = rungs_token_to_field (rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  if (json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      add_field_json (builder, root, 0);
      rungs_cli_json_print (builder);
      fputc ('\n', stdout);
    }
  else
    print_field (root, 0);
  return TRUE;
}

/* (transfer full): all of standard input. */
static GString *
read_input (void)
{
  g_autoptr (GString) input = g_string_new (NULL);
  char buffer[8192];
  gsize n;

  while (input->len < MAX_TOKEN_LENGTH && (n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (input, buffer, n);
  return g_steal_pointer (&input);
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  g_autoptr (GString) token = NULL;
  int status;

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_decode, NULL, FALSE, argc, argv, &status))
    return status;
  if (options.files != NULL && options.files[1] != NULL)
    return rungs_cli_usage_error (_ ("“decode” takes one token; put it in quotes where it holds blanks"));
  token = options.files != NULL && !g_str_equal (options.files[0], "-") ? g_string_new (options.files[0])
                                                                        : read_input ();
  return decode (token, options.json) ? RUNGS_EXIT_OK : RUNGS_EXIT_UNREADABLE;
}

const RungsCommand rungs_command_decode = {
  "decode",
  "[TOKEN]",
  N_ ("A gssapi-data value (NTLM, Kerberos, TLS-DSK) as a tree"),
  "  rungs-cli decode TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAGAHIXAAAADw==\n"
  "  rungs-cli decode --json < token.txt",
  run,
  TRUE,
};
