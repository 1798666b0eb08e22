/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* An arena: many small allocations, one free.
 *
 * Memory never moves, so that slices into it stay good until rungs_arena_free().  One thread writes at a time. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct _RungsArena RungsArena;

/** rungs_arena_new: Returns: (transfer full): an empty arena; free it with rungs_arena_free() */
RungsArena *rungs_arena_new      (void);
void        rungs_arena_free     (RungsArena *self);

/** rungs_arena_allocate: @size uninitialised bytes, aligned to 8. */
gpointer    rungs_arena_allocate (RungsArena *self,
                                  gsize       size);

/** rungs_arena_copy: a slice with the same bytes, owned by the arena. */
RungsSlice  rungs_arena_copy     (RungsArena *self,
                                  RungsSlice  bytes);

/** rungs_arena_get_size: how many bytes the arena holds from the system. */
gsize       rungs_arena_get_size (const RungsArena *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsArena, rungs_arena_free)

G_END_DECLS
