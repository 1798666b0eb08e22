/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* An arena: many small allocations, one free.
 *
 * Memory never moves, so that slices into it stay good until the last rungs_arena_unref().  One thread writes at a time;
 * what it has handed over can be read and the arena kept alive by any other. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct _RungsArena RungsArena;

/** rungs_arena_new: Returns: (transfer full): an empty arena */
RungsArena *rungs_arena_new      (void);
RungsArena *rungs_arena_ref      (RungsArena *self);
void        rungs_arena_unref    (RungsArena *self);

/** rungs_arena_allocate: @size uninitialised bytes, aligned to 8. */
gpointer    rungs_arena_allocate (RungsArena *self,
                                  gsize       size);

/**
 * rungs_arena_reserve:
 * @size: (inout): how many bytes of address space; where the system refuses so many, fewer
 *
 * For bytes that must stay in one piece while more of them come: memory is used only for what is written there.
 * Returns: (nullable): where the bytes may stand, all zero, or %NULL where the system gives none
 */
gpointer    rungs_arena_reserve  (RungsArena *self,
                                  gsize      *size);

/** rungs_arena_copy: a slice with the same bytes, owned by the arena. */
RungsSlice  rungs_arena_copy     (RungsArena *self,
                                  RungsSlice  bytes);

/** rungs_arena_get_size: how many bytes the arena holds from the system. */
gsize       rungs_arena_get_size (const RungsArena *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsArena, rungs_arena_unref)

G_END_DECLS
