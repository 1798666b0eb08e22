/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Strings that repeat → small numbers (Call-ID, AoR, user agents).
 *
 * Equal bytes get the same id; ids count from 1, in order of first sight; 0 stands for the empty slice.  The interner
 * keeps its own copy of each string. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct _RungsInterner RungsInterner;

/** rungs_interner_new: Returns: (transfer full): an empty interner; free it with rungs_interner_free() */
RungsInterner *rungs_interner_new    (void);
void           rungs_interner_free   (RungsInterner *self);

/** rungs_interner_copy: the same ids; from now on the two know nothing of each other, and each can be used by a thread of
 * its own. The bytes of the strings are not copied. (transfer full) */
RungsInterner *rungs_interner_copy   (const RungsInterner *self);

/** rungs_interner_intern: the id of @bytes, which is added where it is new. */
guint32        rungs_interner_intern (RungsInterner *self,
                                      RungsSlice     bytes);

/** rungs_interner_hash: what rungs_interner_intern_hashed() wants; reads nothing that changes, so any thread may ask while
 * another one interns. */
guint64        rungs_interner_hash   (const RungsInterner *self,
                                      RungsSlice           bytes);

/** rungs_interner_intern_hashed: as rungs_interner_intern(), where @hash is known. */
guint32        rungs_interner_intern_hashed (RungsInterner *self,
                                             RungsSlice     bytes,
                                             guint64        hash);

/** rungs_interner_lookup: the id of @bytes, or 0 where it was never seen. */
guint32        rungs_interner_lookup (const RungsInterner *self,
                                      RungsSlice           bytes);

/** rungs_interner_get: the bytes of @id, owned by the interner; empty for 0. */
RungsSlice     rungs_interner_get    (const RungsInterner *self,
                                      guint32              id);

/** rungs_interner_get_size: the largest id. */
guint32        rungs_interner_get_size (const RungsInterner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsInterner, rungs_interner_free)

G_END_DECLS
