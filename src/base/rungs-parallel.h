/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The elements 0 ≤ i < n of something → worked on by all cores.
 *
 * For work on elements that do not depend on each other: each core takes the next few that nobody has taken, so that dear
 * elements beside cheap ones do not leave a core idle.  Which core works on which element, and in which order, is not
 * known; what the work leaves behind must not depend on it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsRangeFunc:
 * @first: works on the elements from @first
 * @end: up to, but not, @end
 *
 * Called again and again, in several threads at once.
 */
typedef void (*RungsRangeFunc) (guint first, guint end, gpointer data);

/**
 * rungs_parallel_run:
 * @n: how many elements
 * @step: how many of them one call gets (the last one fewer): enough that taking them costs nothing beside the work
 * @func: the work
 *
 * Returns when all is done.  The calling thread works, too; with one core, or at most @step elements, it is the only one.
 */
void rungs_parallel_run (guint          n,
                         guint          step,
                         RungsRangeFunc func,
                         gpointer       data);

G_END_DECLS
