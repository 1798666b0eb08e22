/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The commands of rungs-cli: one file each, all listed in rungs-commands.c.
 *
 * A command takes its own arguments (argv[0] is its name), prints to standard output, and returns the exit status:
 * 0; 1 for problems found by `check`; 2 where a file could not be read or holds no message; 64 for wrong usage.  Errors
 * are one line on standard error. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_EXIT_OK         0
#define RUNGS_EXIT_PROBLEMS   1
#define RUNGS_EXIT_UNREADABLE 2
#define RUNGS_EXIT_USAGE      64

typedef struct
{
  const char *name;
  const char *arguments; /* "FILE…" */
  const char *summary;   /* marked with N_() */
  const char *examples;  /* lines for the end of --help, not translated: they are commands */
  int (*run) (int argc, char **argv);
  gboolean takes_input; /* without arguments it reads standard input */
} RungsCommand;

extern const RungsCommand rungs_command_stats;
extern const RungsCommand rungs_command_flows;
extern const RungsCommand rungs_command_messages;
extern const RungsCommand rungs_command_ladder;
extern const RungsCommand rungs_command_show;
extern const RungsCommand rungs_command_check;
extern const RungsCommand rungs_command_export;
extern const RungsCommand rungs_command_decode;
extern const RungsCommand rungs_command_explain;

/** rungs_commands_list: all commands in the order of the help, ended by %NULL. */
const RungsCommand *const *rungs_commands_list (void);

/** rungs_command_find: the command @name, or %NULL. */
const RungsCommand        *rungs_command_find  (const char *name);

G_END_DECLS
