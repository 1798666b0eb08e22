/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the commands share: options, the trace of the FILE arguments, and the messages that --flow and --filter leave.
 *
 * argv → RungsCliOptions → trace + selection.  A command adds its own entries; wrong usage is one line on standard
 * error and RUNGS_EXIT_USAGE. */

#pragma once

#include "rungs-command.h"
#include "rungs-loader.h"
#include "rungs-selection.h"
#include "rungs-time.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean json;
  gboolean utc;
  gboolean follow;    /* for the commands that have RUNGS_CLI_FOLLOW_ENTRY */
  gboolean has_begun; /* the first snapshot was printed */
  char **flows;       /* Call-IDs */
  char *filter_text;
  char **ignored; /* rule ids, or lists of them with commas */
  char **rules;   /* files of rules */
  char **shifts;  /* FILE=SECONDS */
  char **files;

  RungsTrace *trace;
  RungsSelection *selection;
  gboolean narrowed; /* --flow or --filter was given */
  int status;        /* RUNGS_EXIT_UNREADABLE where one of several files failed, otherwise OK */
} RungsCliOptions;

/** RUNGS_CLI_FOLLOW_ENTRY: the option entry of commands that can follow; @options is a #RungsCliOptions. */
#define RUNGS_CLI_FOLLOW_ENTRY(options)                                                                      \
  {                                                                                                          \
    "follow", 'f', 0, G_OPTION_ARG_NONE, &(options)->follow,                                                 \
      N_ ("Go on with what is written to the files, until Ctrl+C"), NULL                                     \
  }

void rungs_cli_options_init (RungsCliOptions *self);
void rungs_cli_options_clear (RungsCliOptions *self);

/**
 * rungs_cli_options_parse:
 * @command: whose help to print
 * @entries: (nullable): the command's own options
 * @needs_files: whether FILE… is asked for
 * @status: (out): the exit status where the result is %FALSE
 *
 * Returns: whether to go on
 */
gboolean rungs_cli_options_parse (RungsCliOptions *self,
                                  const RungsCommand *command,
                                  const GOptionEntry *entries,
                                  gboolean needs_files,
                                  int argc,
                                  char **argv,
                                  int *status);

/** rungs_cli_options_load: reads the files (running @prepare) and makes the selection; failures of single files go to
 * standard error and into @self->status. Returns: %FALSE and @status where there is nothing to go on with */
gboolean rungs_cli_options_load (RungsCliOptions *self, RungsPrepareFunc prepare, int *status);

/** rungs_cli_options_select: makes the selection of the trace: the messages of --flow, narrowed by --filter. @may_come: a flow
 * that is not there is no mistake. Returns: %FALSE and @status after an error message */
gboolean rungs_cli_options_select (RungsCliOptions *self, gboolean may_come, int *status);

/** rungs_cli_options_report_failures: names the files of the trace that failed. */
void rungs_cli_options_report_failures (RungsCliOptions *self);

/** rungs_cli_options_get_clock: as --utc says. */
RungsClock rungs_cli_options_get_clock (const RungsCliOptions *self);

/** rungs_cli_flow_is_selected: whether a message of @flow is left by --flow and --filter. */
gboolean rungs_cli_flow_is_selected (const RungsCliOptions *self, guint flow);

/** rungs_cli_use_color: a terminal, and NO_COLOR is not set. */
gboolean rungs_cli_use_color (void);

/** rungs_cli_usage_error: "rungs-cli: MESSAGE" on standard error. Returns: RUNGS_EXIT_USAGE */
int rungs_cli_usage_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsCliOptions, rungs_cli_options_clear)

G_END_DECLS
