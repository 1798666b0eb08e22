/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Records → a trace: the only writer of RungsTrace.
 *
 * Index pass (parse each record, intern, hash) → time order → correlation (transactions, dialogs, hops, flows) →
 * totals.  Works in one thread that owns it.  Several inputs are added one after the other; finish() sorts by time
 * (stable; messages without a time keep their place behind the last dated one of their file). */

#pragma once

#include <gio/gio.h>

#include "rungs-input.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsTraceBuilder RungsTraceBuilder;

/** RungsProgressFunc: @done of @total bytes of all inputs. Returns: %FALSE to stop */
typedef gboolean (*RungsProgressFunc) (guint64 done, guint64 total, gpointer data);

RungsTraceBuilder *rungs_trace_builder_new      (void);
void               rungs_trace_builder_free     (RungsTraceBuilder *self);

/**
 * rungs_trace_builder_add_input:
 * @input: the input; kept alive by the trace
 * @limit: read only the first @limit bytes (a preview), 0: all
 * @progress: (nullable): called every 256 KiB with the bytes of this input
 * @error: RUNGS_ERROR_FORMAT, or RUNGS_ERROR_NO_MESSAGES where the input was read and holds none
 *
 * Returns: %FALSE where nothing of the input could be used; the failure is also kept in the trace's file list
 */
gboolean           rungs_trace_builder_add_input (RungsTraceBuilder *self,
                                                  RungsInput        *input,
                                                  gsize              limit,
                                                  RungsProgressFunc  progress,
                                                  gpointer           data,
                                                  GError           **error);

/** rungs_trace_builder_add_failure: a file that could not even be opened; @name is for people. */
void               rungs_trace_builder_add_failure (RungsTraceBuilder *self,
                                                    const char        *name,
                                                    const char        *path,
                                                    const GError      *error);

/** rungs_trace_builder_finish: Returns: (transfer full): the trace; the builder is empty afterwards */
RungsTrace        *rungs_trace_builder_finish   (RungsTraceBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTraceBuilder, rungs_trace_builder_free)

G_END_DECLS
