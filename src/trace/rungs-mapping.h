/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A file mapped into memory that survives being shortened by another program.
 *
 * Reading a mapped page that the file no longer has raises SIGBUS.  Live mappings stand in a table; the handler of
 * the process finds the one that was read, puts a page of zeroes there and marks it damaged; the read goes on.  Any
 * other SIGBUS goes to the handler that was there before. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct _RungsMapping RungsMapping;

/** rungs_mapping_new: maps the first @length bytes of @fd, which can be closed then (it is duplicated). Returns: (transfer full)
 * (nullable): %NULL where it cannot be mapped or guarded (64 mappings at a time are) */
RungsMapping *rungs_mapping_new        (int                 fd,
                                        gsize               length);

/** rungs_mapping_new_growing: the same, where @length may be beyond the end of the file: what is written there is seen. */
RungsMapping *rungs_mapping_new_growing (int                fd,
                                         gsize              length);
void          rungs_mapping_free       (RungsMapping       *self);
RungsSlice    rungs_mapping_get_bytes  (const RungsMapping *self);
gboolean      rungs_mapping_is_damaged (const RungsMapping *self);

/** rungs_mapping_get_present: how many of the mapped bytes the file has now. */
gsize         rungs_mapping_get_present (const RungsMapping *self);

/** rungs_mapping_release: nobody is expected to look at the pages in these @length bytes soon: they take no memory until
 * somebody does. */
void          rungs_mapping_release    (RungsMapping       *self,
                                        gsize               offset,
                                        gsize               length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMapping, rungs_mapping_free)

G_END_DECLS
