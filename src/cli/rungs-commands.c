/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The list of commands.  See rungs-command.h. */

#include "config.h"

#include "rungs-command.h"

static const RungsCommand *const commands[] = {
  &rungs_command_stats,    &rungs_command_flows,
  &rungs_command_messages, &rungs_command_ladder,
  &rungs_command_show,     &rungs_command_check,
  &rungs_command_export,   &rungs_command_decode,
  &rungs_command_explain,  NULL,
};

const RungsCommand *const *
rungs_commands_list (void)
{
  return commands;
}

const RungsCommand *
rungs_command_find (const char *name)
{
  for (guint i = 0; commands[i] != NULL; i++)
    if (g_strcmp0 (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}
