/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Files that grow → one trace after the other, each holding more than the one before.
 *
 * In: paths. Out: snapshots, complete traces that are immutable as every other, in the caller's context.  Each input has a
 * reader in a thread of its own that stands where its bytes end; the worker looks for more (file monitors, and four
 * times a second by itself, as not every file system tells), and makes a snapshot when messages came, so seldom
 * that this takes at most a fifth of the time.  A file that was shortened or replaced starts everything anew. */

#pragma once

#include "rungs-loader.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FOLLOWER (rungs_follower_get_type ())
G_DECLARE_FINAL_TYPE (RungsFollower, rungs_follower, RUNGS, FOLLOWER, GObject)

/**
 * rungs_follower_new:
 * @paths: (array zero-terminated=1): file names, "-" for standard input
 * @prepare: (nullable): see #RungsPrepareFunc
 *
 * Signals, in the main context of the caller of rungs_follower_run_async():
 * snapshot (RungsTrace): the trace so far, possibly still without any message; the next one is made when it was taken.
 * notice (char*): what people should know, one sentence: a file starts anew, or is gone.
 * restarted: the snapshots that come now have nothing to do with those before.
 */
RungsFollower *rungs_follower_new        (const char *const   *paths,
                                          RungsPrepareFunc     prepare);

/** rungs_follower_run_async: once a follower; follows until @cancellable is cancelled or nothing can come any more. */
void           rungs_follower_run_async  (RungsFollower       *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

/** rungs_follower_run_finish: all threads have ended, all snapshots were delivered. Returns: %TRUE where every input has
 * ended; %FALSE where it was cancelled (G_IO_ERROR_CANCELLED), or no input can be followed at all (RUNGS_ERROR) */
gboolean       rungs_follower_run_finish (RungsFollower       *self,
                                          GAsyncResult        *result,
                                          GError             **error);

G_END_DECLS
