/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* --follow: what is new in files that grow, as it comes, until Ctrl+C or the end of the pipe.
 *
 * Each snapshot is narrowed by --flow and --filter as a whole trace is; a message is known again by its file and offset, so
 * that each is printed once, with what is known of it then.  A file that starts anew is told on standard error. */

#pragma once

#include "rungs-cli-options.h"
#include "rungs-finding.h"

G_BEGIN_DECLS

typedef struct _RungsCliFollow RungsCliFollow;

/** RungsCliFollowFunc: prints what is new in the trace and selection of the options. */
typedef void (*RungsCliFollowFunc) (RungsCliFollow *follow, gpointer data);

/** rungs_cli_follow_run: calls @print for each snapshot. Returns: the exit status */
int rungs_cli_follow_run (RungsCliOptions *options,
                          RungsPrepareFunc prepare,
                          RungsCliFollowFunc print,
                          gpointer data);

/** rungs_cli_follow_take: @message is printed. Returns: whether it is the first time */
gboolean rungs_cli_follow_take (RungsCliFollow *self, guint message);

/** rungs_cli_follow_take_finding: @finding is printed. Returns: whether it is the first time that its rule speaks of its message */
gboolean rungs_cli_follow_take_finding (RungsCliFollow *self, const RungsFinding *finding);

G_END_DECLS
