/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Records → a trace: the only writer of RungsTrace.
 *
 * Index pass (parse each record, intern, hash) → time order → correlation (transactions, dialogs, hops, flows) →
 * totals.  Works in one thread that owns it.  Several inputs are added one after the other; finish() sorts by time
 * (stable; messages without a time keep their place behind the last dated one of their file).  An input that grows is
 * followed: snapshots of the trace so far can be had while its reader waits. */

#pragma once

#include <gio/gio.h>

#include "rungs-clock-shifts.h"
#include "rungs-input.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsTraceBuilder RungsTraceBuilder;

/** RungsProgressFunc: @done of @total bytes of all inputs. Returns: %FALSE to stop */
typedef gboolean (*RungsProgressFunc) (guint64 done, guint64 total, gpointer data);

RungsTraceBuilder *rungs_trace_builder_new (void);
void rungs_trace_builder_free (RungsTraceBuilder *self);

/** rungs_trace_builder_set_shifts: the clocks of which inputs to correct that are added from now on. @shifts: (nullable) */
void rungs_trace_builder_set_shifts (RungsTraceBuilder *self, RungsClockShifts *shifts);

/** rungs_trace_builder_keep_outlines: traces of @self keep what rungs_trace_recall() is fast by, until they forget it: some 70 bytes
 * a message.  Before the first input. */
void               rungs_trace_builder_keep_outlines (RungsTraceBuilder *self);

/**
 * rungs_trace_builder_add_input:
 * @input: the input; kept alive by the trace
 * @limit: read only the first @limit bytes (a preview), 0: all
 * @progress: (nullable): called every 256 KiB with the bytes of this input
 * @error: RUNGS_ERROR_FORMAT, or RUNGS_ERROR_NO_MESSAGES where the input was read and holds none
 *
 * Returns: %FALSE where nothing of the input could be used; the failure is also kept in the trace's file list
 */
gboolean rungs_trace_builder_add_input (RungsTraceBuilder *self,
                                        RungsInput *input,
                                        gsize limit,
                                        RungsProgressFunc progress,
                                        gpointer data,
                                        GError **error);

/** RungsGrowFunc: waits until the input is longer than @length. Returns: its new length, or @length where nothing will come */
typedef gsize (*RungsGrowFunc) (gsize length, gpointer data);

/**
 * rungs_trace_builder_follow_input:
 * @input: an input that grows (rungs_input_open_growing())
 * @n_inputs: how many are followed at once
 * @progress: (nullable): as above
 * @grow: called when what is known was read
 *
 * Reads @input until @grow says that nothing will come.  Several inputs can be followed, each in a thread of its own, as
 * long as one of them works at a time: the others are inside @grow or @progress.  Then, too, rungs_trace_builder_copy()
 * can be called.  Returns: as rungs_trace_builder_add_input()
 */
gboolean rungs_trace_builder_follow_input (RungsTraceBuilder *self,
                                           RungsInput *input,
                                           guint n_inputs,
                                           RungsProgressFunc progress,
                                           RungsGrowFunc grow,
                                           gpointer data,
                                           GError **error);

/**
 * rungs_trace_builder_copy:
 *
 * A builder of the trace as if its inputs ended where they were read to, with the messages that are whole at their ends.
 * It is there to be finished, in whatever thread, while @self goes on: the two share only what neither writes to.
 *
 * Returns: (transfer full): the copy
 */
RungsTraceBuilder *rungs_trace_builder_copy (RungsTraceBuilder *self);

/** rungs_trace_builder_add_failure: a file that could not even be opened; @name is for people. */
void rungs_trace_builder_add_failure (RungsTraceBuilder *self,
                                      const char *name,
                                      const char *path,
                                      const GError *error);

/** rungs_trace_builder_finish: Returns: (transfer full): the trace; the builder is empty afterwards */
RungsTrace *rungs_trace_builder_finish (RungsTraceBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTraceBuilder, rungs_trace_builder_free)

G_END_DECLS
