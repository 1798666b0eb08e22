/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Paths → a published trace, in a worker.
 *
 * The worker opens every path, builds, runs the prepare function (diagnose's marks) and hands the finished trace to the
 * main thread.  Of a large file the first megabyte is built and published first (signal "preview"), so that the
 * first rungs are on screen while the rest is read.  Progress is by bytes; cancelling takes effect within 256 KiB. */

#pragma once

#include <gio/gio.h>

#include "rungs-clock-shifts.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

/** RungsPrepareFunc: runs in the worker on a finished trace before it is published; checks @cancellable. */
typedef void (*RungsPrepareFunc) (RungsTrace *trace, GCancellable *cancellable);

#define RUNGS_TYPE_LOADER (rungs_loader_get_type ())
G_DECLARE_FINAL_TYPE (RungsLoader, rungs_loader, RUNGS, LOADER, GObject)

/**
 * rungs_loader_new:
 * @paths: (array zero-terminated=1): file names, "-" for standard input
 * @prepare: (nullable): see #RungsPrepareFunc
 *
 * Signals: preview (RungsTrace), in the main context of the caller of rungs_loader_load_async().
 * Properties: progress (double, 0 to 1), notified in that context, at most 20 times a second.
 */
RungsLoader *rungs_loader_new (const char *const *paths, RungsPrepareFunc prepare);

/** rungs_loader_new_for_bytes: the same over bytes in memory (bundled examples, pasted text). */
RungsLoader *rungs_loader_new_for_bytes (GBytes *bytes, const char *name, RungsPrepareFunc prepare);

/** rungs_loader_set_shifts: the clocks of which files to correct, before anything is loaded. */
void rungs_loader_set_shifts (RungsLoader *self, RungsClockShifts *shifts);
void rungs_loader_load_async (RungsLoader *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/** rungs_loader_load_finish: Returns: (transfer full): a trace with at least one message; files that failed stand in its
 * file list. %NULL and the (first) error where there is no message at all. */
RungsTrace *rungs_loader_load_finish (RungsLoader *self, GAsyncResult *result, GError **error);

/** rungs_loader_load: the same, synchronously, without preview: for the commands. */
RungsTrace *rungs_loader_load (RungsLoader *self, GCancellable *cancellable, GError **error);
double rungs_loader_get_progress (RungsLoader *self);

G_END_DECLS
