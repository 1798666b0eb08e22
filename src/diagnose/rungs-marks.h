/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The marks of a whole trace: worked out by a worker, written into the trace by the thread that shows it.
 *
 * A published trace is read without locks, and marks are the one thing in it that changes: when rules are switched.  So they are
 * made aside, and those that differ are written afterwards, all at once or some at a time. */

#pragma once

#include <gio/gio.h>

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsMarks RungsMarks;

/** rungs_marks_write: judges every flow of @trace, which is not published yet, on all cores. */
void        rungs_marks_write (RungsTrace   *trace,
                               GCancellable *cancellable);

/** rungs_marks_new: judges every flow of @trace, on all cores. Any thread. (transfer full) */
RungsMarks *rungs_marks_new   (RungsTrace   *trace,
                               GCancellable *cancellable);
void        rungs_marks_free  (RungsMarks   *self);

/** rungs_marks_apply: writes those that differ into the trace, @max of them at most. Returns: whether there are more */
gboolean    rungs_marks_apply (RungsMarks   *self,
                               guint         max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMarks, rungs_marks_free)

G_END_DECLS
