/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What was read of a trace and what was not: a popover with a paragraph a file.
 *
 * In: a trace's file list and ledgers. Out: format, size, messages, what is known about the clock, and for the bytes that
 * are in no message how many there are and why.  The promise "nothing is lost silently" is kept here. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-trace.h"

G_BEGIN_DECLS

/** rungs_reading_popover_new: (transfer floating): the popover for @trace. */
GtkWidget *rungs_reading_popover_new (RungsTrace *trace);

/** rungs_reading_describe: "5 flows, 28 messages · all bytes read". (transfer full) */
char      *rungs_reading_describe    (RungsTrace *trace);

G_END_DECLS
