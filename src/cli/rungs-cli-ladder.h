/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder that `ladder` and `export` draw, from the options that both know. */

#pragma once

#include "rungs-cli-signatures.h"
#include "rungs-ladder.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean no_hidden;
  gboolean log_lines;
  gboolean fold;
  char *times; /* "absolute", "start" or "previous", NULL: absolute */
  RungsCliSignatures signatures;
} RungsCliLadderOptions;

/** RUNGS_CLI_LADDER_ENTRIES: the option entries of @options, a #RungsCliLadderOptions. */
#define RUNGS_CLI_LADDER_ENTRIES(options)                                                                    \
  { "no-hidden",                                                                                             \
    0,                                                                                                       \
    0,                                                                                                       \
    G_OPTION_ARG_NONE,                                                                                       \
    &(options)->no_hidden,                                                                                   \
    N_ ("Leave out the lanes and messages that are not in the trace"),                                       \
    NULL },                                                                                                  \
    { "log-lines",                                                                                           \
      0,                                                                                                     \
      0,                                                                                                     \
      G_OPTION_ARG_NONE,                                                                                     \
      &(options)->log_lines,                                                                                 \
      N_ ("Show the lines of the log that stand before a message"),                                          \
      NULL },                                                                                                \
    { "fold",                                                                                                \
      0,                                                                                                     \
      0,                                                                                                     \
      G_OPTION_ARG_NONE,                                                                                     \
      &(options)->fold,                                                                                      \
      N_ ("Fold what repeats into one row: rounds of authentication, keep-alives, retransmissions"),         \
      NULL },                                                                                                \
    { "times",                                                                                               \
      0,                                                                                                     \
      0,                                                                                                     \
      G_OPTION_ARG_STRING,                                                                                   \
      &(options)->times,                                                                                     \
      N_ ("The time column: absolute, start or previous"),                                                   \
      N_ ("STYLE") },                                                                                        \
    RUNGS_CLI_SIGNATURE_OPTIONS ((options)->signatures)

/** rungs_cli_ladder_load: reads the files as the options of both say. Returns: %FALSE and @status after an error message */
gboolean rungs_cli_ladder_load (RungsCliLadderOptions *ladder_options, RungsCliOptions *options, int *status);

/** rungs_cli_ladder_check: Returns: %FALSE after an error message where --times names no style */
gboolean rungs_cli_ladder_check (const RungsCliLadderOptions *ladder_options);

/** rungs_cli_ladder_new: Returns: (transfer full): the ladder of the selection, folded as --fold says; %NULL after an error message
 * where --times names no style */
RungsLadder *rungs_cli_ladder_new (const RungsCliOptions *options,
                                   const RungsCliLadderOptions *ladder_options,
                                   gboolean captions);

G_END_DECLS
