/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages of a capture on the command line: a line, an object of a list, or one explained.
 *
 * They are no messages of the trace and have numbers of their own: K1, K2 … */

#pragma once

#include "rungs-cli-options.h"

G_BEGIN_DECLS

/** rungs_cli_kerberos_print: @kerberos in a list, as `messages` prints one: a line, or an object of an array. */
void rungs_cli_kerberos_print      (const RungsCliOptions *options,
                                    guint                  kerberos,
                                    gboolean               is_first);

/** rungs_cli_kerberos_show: @kerberos explained, with its fields. */
void rungs_cli_kerberos_show       (const RungsCliOptions *options,
                                    guint                  kerberos);

G_END_DECLS
