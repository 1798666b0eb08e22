/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The lines of a log that stand between its messages.
 *
 * In: a trace, whose ledgers say which bytes are lines of a log. Out: for a message the lines directly before it in its
 * file: what the program was doing when it sent or received that.  Made once for a trace, in one pass over
 * its messages and ledgers, whichever thread asks first, and kept with it; lines are read when they are asked for, and few of them.
 * Never changes. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsLogLines RungsLogLines;

/** rungs_log_lines_find: those of @trace, which owns them. Takes time for the whole trace where they are not known yet. */
RungsLogLines *rungs_log_lines_find (RungsTrace    *trace);

/** rungs_log_lines_are_known: whether they have been found before. */
gboolean       rungs_log_lines_are_known (RungsTrace *trace);

/** rungs_log_lines_has: whether lines of a log stand before @message. */
gboolean       rungs_log_lines_has  (RungsLogLines *self,
                                     guint          message);

/**
 * rungs_log_lines_get:
 * @max_lines: how many lines at most, those nearest to the message
 * @n_lines: (out) (optional): how many there are; of very many, how many the last 64 KiB hold
 *
 * Returns: (transfer full): display text, long lines shortened, in the order of the file
 */
GStrv          rungs_log_lines_get  (RungsLogLines *self,
                                     guint          message,
                                     guint          max_lines,
                                     guint         *n_lines);

G_END_DECLS
