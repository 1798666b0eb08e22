/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The marks of a whole trace: worked out by a worker, written into the trace at once.
 *
 * A published trace is read without locks, and marks are the one thing in it that changes: when rules are switched.  So they are
 * made aside, and applied by the thread that shows the trace. */

#pragma once

#include <gio/gio.h>

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsMarks RungsMarks;

/** rungs_marks_new: judges every flow of @trace, on all cores. Any thread. (transfer full) */
RungsMarks *rungs_marks_new   (RungsTrace   *trace,
                               GCancellable *cancellable);
void        rungs_marks_free  (RungsMarks   *self);

/** rungs_marks_apply: writes them into the trace. */
void        rungs_marks_apply (RungsMarks   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMarks, rungs_marks_free)

G_END_DECLS
