/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* --password-file and --keytab: the signatures of a whole trace, checked before a command prints.
 *
 * A login may stand anywhere before the messages that it signs, so that all messages are read whatever --flow and --filter
 * leave.  The secrets are wiped before this returns. */

#pragma once

#include "rungs-cli-options.h"
#include "rungs-signatures.h"

G_BEGIN_DECLS

typedef struct
{
  char *password_file;      /* or NULL */
  char *keytab;             /* or NULL */
  RungsSignatures *checked; /* NULL where nothing was given to check with */
} RungsCliSignatures;

/** RUNGS_CLI_SIGNATURE_OPTIONS: the two options, for an array of GOptionEntry; @self: a RungsCliSignatures. */
#define RUNGS_CLI_SIGNATURE_OPTIONS(self)                                                                    \
  { "password-file",                                                                                         \
    0,                                                                                                       \
    0,                                                                                                       \
    G_OPTION_ARG_FILENAME,                                                                                   \
    &(self).password_file,                                                                                   \
    N_ ("Check signatures with this password, or lines user[@domain]:password"),                             \
    N_ ("FILE") },                                                                                           \
  {                                                                                                          \
    "keytab", 0, 0, G_OPTION_ARG_FILENAME, &(self).keytab,                                                   \
      N_ ("Check Kerberos signatures with this keytab"), N_ ("FILE")                                         \
  }

void rungs_cli_signatures_clear (RungsCliSignatures *self);

/**
 * rungs_cli_signatures_load:
 * @self: with the names of the files
 * @options: as for rungs_cli_options_load(), in whose place this is
 * @prepare: (nullable): rungs_diagnose_trace(), run after the check, so that verdicts know it
 * @status: (out): the exit status where the result is %FALSE
 *
 * Returns: %FALSE after a line on standard error, where there is nothing to go on with
 */
gboolean rungs_cli_signatures_load (RungsCliSignatures *self,
                                    RungsCliOptions *options,
                                    RungsPrepareFunc prepare,
                                    int *status);

/** rungs_cli_signatures_may_follow: Returns: %FALSE after a line on standard error where something was given to check with: a trace that
 * grows is not checked */
gboolean rungs_cli_signatures_may_follow (const RungsCliSignatures *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsCliSignatures, rungs_cli_signatures_clear)

G_END_DECLS
