/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inputs that grow, from their beginning until one of them starts anew: a reader for each, and snapshots of what they have read.
 *
 * The inside of RungsFollower, without its object: everything here happens in the worker's thread and the readers', and the
 * functions of the listener are called in the worker's. */

#pragma once

#include "rungs-loader.h"

G_BEGIN_DECLS

/** RungsFollowListener: whom a run tells. */
typedef struct
{
  /** is_busy: whether the last snapshot was not yet taken. */
  gboolean (*is_busy)     (gpointer data);
  void     (*on_snapshot) (RungsTrace *trace,
                           gpointer    data);

  /** on_notice: @text: (transfer full): what people should know; @restarts: whether everything is read anew. */
  void     (*on_notice)   (char       *text,
                           gboolean    restarts,
                           gpointer    data);
} RungsFollowListener;

/**
 * rungs_follow_run:
 * @paths: (array zero-terminated=1): file names, "-" for standard input
 * @prepare: (nullable): see #RungsPrepareFunc
 * @context: the worker's, which is the thread default; woken up when there may be more to do
 * @cancellable: (nullable): ends it
 * @listener: told in this thread; with @data
 * @is_first: whether nothing was followed before; then it is an error when nothing can be
 * @restart: (out): whether it ended because a file starts anew
 *
 * Blocks until something starts anew, it was cancelled, or nothing can come any more.
 *
 * Returns: %FALSE and @error where there is nothing to follow
 */
gboolean rungs_follow_run (const char *const         *paths,
                           RungsPrepareFunc           prepare,
                           GMainContext              *context,
                           GCancellable              *cancellable,
                           const RungsFollowListener *listener,
                           gpointer                   data,
                           gboolean                   is_first,
                           gboolean                  *restart,
                           GError                   **error);

G_END_DECLS
