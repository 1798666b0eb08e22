/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder that `ladder` and `export` draw, from the options that both know. */

#pragma once

#include "rungs-cli-options.h"
#include "rungs-ladder.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean no_hidden;
  gboolean log_lines;
  char *times; /* "absolute", "start" or "previous", NULL: absolute */
} RungsCliLadderOptions;

/** RUNGS_CLI_LADDER_ENTRIES: the option entries of @options, a #RungsCliLadderOptions. */
#define RUNGS_CLI_LADDER_ENTRIES(options)                                                                             \
  { "no-hidden", 0, 0, G_OPTION_ARG_NONE, &(options)->no_hidden,                                                      \
    N_ ("Leave out the lanes and messages that are not in the trace"), NULL },                                        \
  { "log-lines", 0, 0, G_OPTION_ARG_NONE, &(options)->log_lines,                                                      \
    N_ ("Show the lines of the log that stand before a message"), NULL },                                             \
  { "times", 0, 0, G_OPTION_ARG_STRING, &(options)->times, N_ ("The time column: absolute, start or previous"),       \
    N_ ("STYLE") }

/** rungs_cli_ladder_new: Returns: (transfer full): the ladder of the selection, nothing folded; %NULL after an error message
 * where --times names no style */
RungsLadder *rungs_cli_ladder_new (const RungsCliOptions       *options,
                                   const RungsCliLadderOptions *ladder_options,
                                   gboolean                     captions);

G_END_DECLS
