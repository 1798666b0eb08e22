/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli ladder: the ladder as Unicode text. */

#include "config.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "rungs-cli-follow.h"
#include "rungs-cli-json.h"
#include "rungs-cli-ladder.h"
#include "rungs-ladder-text.h"

/* The columns of the terminal; 0 where output goes elsewhere. */
static guint
get_terminal_width (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 0;
}

static void
print_lanes_json (JsonBuilder *builder, RungsLanes *lanes)
{
  json_builder_set_member_name (builder, "lanes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rungs_lanes_get_n_lanes (lanes); i++)
    {
      const RungsLane *lane = rungs_lanes_get_lane (lanes, i);

      json_builder_begin_object (builder);
      rungs_cli_json_add_string (builder, "role", rungs_role_get_id (lane->role));
      rungs_cli_json_add_string (builder, "name", lane->name);
      rungs_cli_json_add_string (builder, "address", lane->address);
      rungs_cli_json_add_string (builder, "reason", rungs_role_reason_get_id (lane->reason));
      rungs_cli_json_add_string (builder, "reason_value", lane->reason_value);
      json_builder_set_member_name (builder, "in_trace");
      json_builder_add_boolean_value (builder, !lane->ghost);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_rung_json (JsonBuilder *builder, RungsLadder *ladder, guint row)
{
  static const char *const kinds[] = {
    "message", "gap", "log-lines", "summary", "kerberos", "hidden", "fold"
  };
  RungsRungKind kind;
  guint message;
  g_autofree char *words = rungs_ladder_describe_row (ladder, row);

  rungs_ladder_get_row (ladder, row, &kind, &message);
  json_builder_begin_object (builder);
  rungs_cli_json_add_string (builder, "kind", kinds[kind]);
  if (message != RUNGS_NO_MESSAGE)
    {
      guint source, destination;

      rungs_lanes_get_ends (rungs_ladder_get_lanes (ladder), message, &source, &destination);
      rungs_cli_json_add_int (builder, "message", message + 1);
      rungs_cli_json_add_int (builder, "source_lane", source);
      rungs_cli_json_add_int (builder, "destination_lane", destination);
    }
  rungs_cli_json_add_string (builder, "text", words);
  json_builder_end_object (builder);
}

static void
print_json (RungsLadder *ladder)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  print_lanes_json (builder, rungs_ladder_get_lanes (ladder));
  json_builder_set_member_name (builder, "rungs");
  json_builder_begin_array (builder);
  for (guint row = 0; row < rungs_ladder_get_n_rows (ladder); row++)
    print_rung_json (builder, ladder, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  rungs_cli_json_print (builder);
  fputc ('\n', stdout);
}

/* What following a ladder needs from snapshot to snapshot. */
typedef struct
{
  RungsCliOptions *options;
  const RungsCliLadderOptions *ladder_options;
  guint width;
  gboolean story;
  char *heads; /* as they were printed last */
} Following;

/* The heads come again when there is another lane. */
static void
print_heads (Following *self, RungsLadder *ladder)
{
  char *heads = rungs_ladder_text_write_heads (ladder, self->width, rungs_cli_use_color ());

  if (g_strcmp0 (heads, self->heads) != 0)
    fputs (heads, stdout);
  g_free (self->heads);
  self->heads = heads;
}

/* What stands before a message (gaps, lines of the log, steps that are not messages) comes with it. */
static void
print_new (RungsCliFollow *follow, gpointer data)
{
  Following *self = data;
  g_autoptr (RungsLadder) ladder = rungs_cli_ladder_new (self->options, self->ladder_options, self->story);
  gboolean has_heads = FALSE;
  guint next = 0;

  for (guint row = 0; row < rungs_ladder_get_n_rows (ladder); row++)
    {
      RungsRungKind kind;
      guint message;

      rungs_ladder_get_row (ladder, row, &kind, &message);
      if (kind != RUNGS_RUNG_MESSAGE)
        continue;
      if (!rungs_cli_follow_take (follow, message))
        {
          next = row + 1;
          continue;
        }
      if (!has_heads)
        print_heads (self, ladder);
      has_heads = TRUE;
      for (; next <= row; next++)
        {
          g_autofree char *text =
            rungs_ladder_text_write_row (ladder, self->width, rungs_cli_use_color (), self->story, next);

          fputs (text, stdout);
        }
    }
}

static int
follow (RungsCliOptions *options, const RungsCliLadderOptions *ladder_options, guint width, gboolean story)
{
  Following following = { options, ladder_options, width, story, NULL };
  int status;

  if (options->json)
    return rungs_cli_usage_error (
      _ ("--follow prints rungs as text; “messages --follow --json” prints objects"));
  if (ladder_options->fold)
    return rungs_cli_usage_error (_ ("--fold needs the whole trace, and --follow does not wait for it"));
  if (!rungs_cli_ladder_check (ladder_options) ||
      !rungs_cli_signatures_may_follow (&ladder_options->signatures))
    return RUNGS_EXIT_USAGE;
  status = rungs_cli_follow_run (options, rungs_diagnose_trace, print_new, &following);
  g_free (following.heads);
  return status;
}

static int
run (int argc, char **argv)
{
  g_auto (RungsCliOptions) options;
  RungsCliLadderOptions ladder_options = { 0 };
  g_autoptr (RungsLadder) ladder = NULL;
  g_autofree char *text = NULL;
  gboolean story = FALSE;
  int width = 0;
  int status;
  const GOptionEntry entries[] = {
    { "story", 0, 0, G_OPTION_ARG_NONE, &story, N_ ("Add the captions: what happens in each message"), NULL },
    { "width",
      0,
      0,
      G_OPTION_ARG_INT,
      &width,
      N_ ("Columns to use (default: those of the terminal, or 100)"),
      N_ ("N") },
    RUNGS_CLI_LADDER_ENTRIES (&ladder_options),
    RUNGS_CLI_FOLLOW_ENTRY (&options),
    G_OPTION_ENTRY_NULL,
  };

  rungs_cli_options_init (&options);
  if (!rungs_cli_options_parse (&options, &rungs_command_ladder, entries, TRUE, argc, argv, &status))
    return status;
  if (width < 0)
    return rungs_cli_usage_error (_ ("--width cannot be negative"));
  if (options.follow)
    return follow (&options, &ladder_options, width > 0 ? (guint) width : get_terminal_width (), story);
  if (!rungs_cli_ladder_load (&ladder_options, &options, &status))
    return status;
  ladder = rungs_cli_ladder_new (&options, &ladder_options, story);
  if (ladder == NULL)
    return RUNGS_EXIT_USAGE;
  if (options.json)
    print_json (ladder);
  else
    {
      text = rungs_ladder_text_write (ladder,
                                      width > 0 ? (guint) width : get_terminal_width (),
                                      rungs_cli_use_color (),
                                      story);
      fputs (text, stdout);
    }
  return options.status;
}

const RungsCommand rungs_command_ladder = {
  "ladder",
  "FILE…",
  N_ ("The ladder in Unicode text; --story adds what happens in each message"),
  "  rungs-cli ladder client.uccapilog\n"
  "  tcpdump -U -w - port 5060 | rungs-cli ladder --follow -\n"
  "  rungs-cli ladder --story --flow f1d2d2f924e986ac86fdf7b36c94bcdf capture.pcap",
  run,
};
