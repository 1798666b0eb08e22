/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli export: the ladder as a file. */

#include "config.h"

#include <stdio.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "rungs-cli-ladder.h"
#include "rungs-export.h"

#define LARGEST_SCALE 16.0

/* Writes whole files only: an error leaves what was there before. */
static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (path, "-"))
    return fwrite (data, 1, length, stdout) == length;
  file = g_file_new_for_commandline_arg (path);
  return g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, error);
}

typedef struct
{
  char *output;
  char *format; /* or NULL: as the output is named */
  gboolean no_captions;
  double scale;
  int width; /* 0: as the lanes need */
  RungsCliLadderOptions ladder;
} Drawing;

static void
drawing_clear (Drawing *self)
{
  g_free (self->output);
  g_free (self->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawing, drawing_clear)

static gboolean
parse (Drawing *self, RungsCliOptions *options, int argc, char **argv, int *status)
{
  const GOptionEntry entries[] = {
    { "output",
      'o',
      0,
      G_OPTION_ARG_FILENAME,
      &self->output,
      N_ ("The file to write; its ending names the format (- for standard output)"),
      N_ ("OUT") },
    { "format",
      0,
      0,
      G_OPTION_ARG_STRING,
      &self->format,
      N_ ("svg, png or txt, whatever the name ends in"),
      N_ ("FORMAT") },
    { "scale",
      0,
      0,
      G_OPTION_ARG_DOUBLE,
      &self->scale,
      N_ ("Pixels of a PNG for each pixel of the drawing (default 1)"),
      N_ ("FACTOR") },
    { "width",
      0,
      0,
      G_OPTION_ARG_INT,
      &self->width,
      N_ ("Width of the drawing (default: as the lanes need)"),
      N_ ("PIXELS") },
    { "no-captions",
      0,
      0,
      G_OPTION_ARG_NONE,
      &self->no_captions,
      N_ ("Leave out the sentences under the rungs"),
      NULL },
    RUNGS_CLI_LADDER_ENTRIES (&self->ladder),
    G_OPTION_ENTRY_NULL,
  };

  return rungs_cli_options_parse (options, &rungs_command_export, entries, TRUE, argc, argv, status);
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  g_auto (Drawing) drawing = { .scale = 1.0 };
  g_autoptr (RungsLadder) ladder = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  RungsExportFormat format;
  int status;

  rungs_cli_options_init (&options);
  if (!parse (&drawing, &options, argc, argv, &status))
    return status;
  if (drawing.output == NULL)
    return rungs_cli_usage_error (_ ("where to? -o OUT names the file to write"));
  if (!(drawing.scale > 0 && drawing.scale <= LARGEST_SCALE) || drawing.width < 0)
    return rungs_cli_usage_error (_ ("--scale is above 0 and at most 16, --width is not negative"));
  if (!rungs_export_format_from_name (drawing.format != NULL ? drawing.format : drawing.output,
                                      &format,
                                      &error))
    return rungs_cli_usage_error ("%s", error->message);
  if (options.json)
    return rungs_cli_usage_error (
      _ ("export writes a picture or text; “rungs-cli ladder --json” prints the rungs as JSON"));
  if (!rungs_cli_ladder_load (&drawing.ladder, &options, &status))
    return status;
  ladder = rungs_cli_ladder_new (&options, &drawing.ladder, !drawing.no_captions);
  if (ladder == NULL)
    return RUNGS_EXIT_USAGE;
  if (drawing.width > 0)
    rungs_ladder_set_width (ladder, drawing.width);
  bytes = rungs_export_ladder (ladder, format, drawing.scale, NULL, NULL, &error);
  if (bytes == NULL || !write_file (drawing.output, bytes, &error))
    {
      g_printerr ("rungs-cli: %s: %s\n",
                  drawing.output,
                  error != NULL ? error->message : _ ("cannot be written"));
      return RUNGS_EXIT_UNREADABLE;
    }
  return options.status;
}

const RungsCommand rungs_command_export = {
  "export",
  "FILE… -o OUT",
  N_ ("The ladder as .svg, .png or .txt"),
  "  rungs-cli export client.uccapilog -o login.svg\n"
  "  rungs-cli export --scale 2 --no-captions capture.pcap -o login.png",
  run,
};
