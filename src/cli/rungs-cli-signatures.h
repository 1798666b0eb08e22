/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* --password-file and --keytab: the signatures of a whole trace, checked before a command prints.
 *
 * A login may stand anywhere before the messages that it signs, so that all messages are read whatever --flow and --filter
 * leave.  The secrets are wiped before this returns. */

#pragma once

#include "rungs-signatures.h"

G_BEGIN_DECLS

typedef struct
{
  char *password_file; /* or NULL */
  char *keytab;        /* or NULL */
  RungsSignatures *checked; /* NULL where nothing was given to check with */
} RungsCliSignatures;

/** RUNGS_CLI_SIGNATURE_OPTIONS: the two options, for an array of GOptionEntry; @self: a RungsCliSignatures. */
#define RUNGS_CLI_SIGNATURE_OPTIONS(self)                                                         \
  { "password-file",                                                                              \
    0,                                                                                            \
    0,                                                                                            \
    G_OPTION_ARG_FILENAME,                                                                        \
    &(self).password_file,                                                                        \
    N_ ("Check signatures with this password, or lines user[@domain]:password"),                  \
    N_ ("FILE") },                                                                                \
  {                                                                                               \
    "keytab", 0, 0, G_OPTION_ARG_FILENAME, &(self).keytab,                                        \
    N_ ("Check Kerberos signatures with this keytab"), N_ ("FILE")                                \
  }

void     rungs_cli_signatures_clear (RungsCliSignatures *self);

/**
 * rungs_cli_signatures_check:
 * @self: with the names of the files
 * @trace: the trace
 *
 * Returns: %FALSE after a line on standard error, where a file could not be read
 */
gboolean rungs_cli_signatures_check (RungsCliSignatures *self,
                                     RungsTrace         *trace);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsCliSignatures, rungs_cli_signatures_clear)

G_END_DECLS
