/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli decode: a token from anywhere, in base64 or hexadecimal digits, as a tree that explains itself. */

#include "config.h"

#include <stdio.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "rungs-cli-field.h"
#include "rungs-cli-json.h"
#include "rungs-cli-options.h"
#include "rungs-text.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"

/* gssapi-data is a few kilobytes; this is to be larger than any token and smaller than a mistake. */
#define MAX_TOKEN_LENGTH (16 * 1024 * 1024)

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

      rungs_cli_field_add_json (root, builder, 0);
      rungs_cli_json_print (builder);
      fputc ('\n', stdout);
    }
  else
    rungs_cli_field_print (root, 0);
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
