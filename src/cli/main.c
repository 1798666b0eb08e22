/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* rungs-cli: all that the window does, without a display.  argv → command → exit status. */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "rungs-command.h"

static void
print_help (void)
{
  g_print ("%s\n  rungs-cli %s\n\n%s\n\n%s\n",
           _ ("Usage:"),
           _ ("COMMAND [OPTION…] FILE…"),
           _ ("Reads SIP traces (captures, client and server logs, SIP text) and explains them."),
           _ ("Commands:"));
  for (guint i = 0; rungs_commands_list ()[i] != NULL; i++)
    g_print ("  %-10s %s\n", rungs_commands_list ()[i]->name, _ (rungs_commands_list ()[i]->summary));
  g_print ("\n%s\n\n%s\n%s",
           _ ("“rungs-cli COMMAND --help” tells the options of a command. FILE “-” is standard input; "
              "several files are read as "
              "one trace."),
           _ ("Examples:"),
           "  rungs-cli stats capture.pcapng\n"
           "  rungs-cli ladder --story Communicator-uccapi-0.uccapilog\n"
           "  rungs-cli check client.log server.log\n"
           "  rungs-cli export client.log -o login.svg\n");
}

int
main (int argc, char **argv)
{
  const RungsCommand *command;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("rungs-cli");

  if (argc < 2)
    {
      print_help ();
      return RUNGS_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("rungs-cli %s\n", PACKAGE_VERSION);
      return RUNGS_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return RUNGS_EXIT_OK;
    }
  command = rungs_command_find (argv[1]);
  if (command == NULL)
    {
      g_printerr (_ ("rungs-cli: there is no command “%s”; “rungs-cli --help” lists them\n"), argv[1]);
      return RUNGS_EXIT_USAGE;
    }
  return command->run (argc - 1, argv + 1);
}
