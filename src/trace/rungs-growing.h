/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The bytes of a file or pipe that still grows, in one piece that never moves.
 *
 * A file is mapped with address space to spare behind its end, where its pages appear as it grows; it is guarded against
 * being shortened as every mapping is.  What comes from a pipe is read into memory in a reserve of its own.  Nothing here
 * waits: one thread looks from time to time, any thread may read what was known then. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * RungsGrowth: what a look found.
 * @RUNGS_GROWTH_NONE: nothing new
 * @RUNGS_GROWTH_MORE: more bytes behind those that were known
 * @RUNGS_GROWTH_ENDED: a pipe was closed: nothing will come
 * @RUNGS_GROWTH_LIMIT: more came than can be held: nothing more is taken
 * @RUNGS_GROWTH_SHORTENED: the file is shorter, or begins differently: what is known of it is void
 * @RUNGS_GROWTH_REPLACED: another file has its name
 * @RUNGS_GROWTH_REMOVED: no file has its name
 */
typedef enum
{
  RUNGS_GROWTH_NONE,
  RUNGS_GROWTH_MORE,
  RUNGS_GROWTH_ENDED,
  RUNGS_GROWTH_LIMIT,
  RUNGS_GROWTH_SHORTENED,
  RUNGS_GROWTH_REPLACED,
  RUNGS_GROWTH_REMOVED,
} RungsGrowth;

typedef struct _RungsGrowing RungsGrowing;

/**
 * rungs_growing_new:
 * @fd: taken over
 * @path: (nullable): the name to watch, or %NULL where it has none (standard input)
 *
 * Returns: (transfer full) (nullable): %NULL where there is no room for it (errno)
 */
RungsGrowing *rungs_growing_new         (int                 fd,
                                         const char         *path);
void          rungs_growing_free        (RungsGrowing       *self);

/** rungs_growing_get_bytes: what is known. Thread-safe. */
RungsSlice    rungs_growing_get_bytes   (RungsGrowing       *self);

/** rungs_growing_look: what has become of it since the last look. */
RungsGrowth   rungs_growing_look        (RungsGrowing       *self);

/** rungs_growing_get_fd: what to poll for bytes of a pipe; -1 for a file. */
int           rungs_growing_get_fd      (const RungsGrowing *self);
gboolean      rungs_growing_is_damaged  (const RungsGrowing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGrowing, rungs_growing_free)

G_END_DECLS
