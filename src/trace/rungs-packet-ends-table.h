/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is known between two endpoints of a capture: connections and directions by their addresses and ports.
 *
 * Entries are structs of the user's that begin with a #RungsPacketEnds.  They never move, and are kept in the order in which
 * they were added.  An open-addressing table over a seeded hash finds them: a capture cannot plan collisions. */

#pragma once

#include "rungs-packet-ends.h"

G_BEGIN_DECLS

typedef struct _RungsPacketEndsTable RungsPacketEndsTable;

/** rungs_packet_ends_table_new: @entry_size: of an entry, in bytes. Returns: (transfer full): an empty table */
RungsPacketEndsTable *rungs_packet_ends_table_new      (gsize                       entry_size);

/** rungs_packet_ends_table_free: frees the entries; what they own must have been freed before. */
void                  rungs_packet_ends_table_free     (RungsPacketEndsTable       *self);

/** rungs_packet_ends_table_find: (nullable): the entry of @ends. */
gpointer              rungs_packet_ends_table_find     (const RungsPacketEndsTable *self,
                                                        const RungsPacketEnds      *ends);

/** rungs_packet_ends_table_obtain: the entry of @ends; where there is none it is added, all zeros behind its ends. */
gpointer              rungs_packet_ends_table_obtain   (RungsPacketEndsTable       *self,
                                                        const RungsPacketEnds      *ends);

guint                 rungs_packet_ends_table_get_size (const RungsPacketEndsTable *self);

/** rungs_packet_ends_table_get: the @index-th entry that was added. */
gpointer              rungs_packet_ends_table_get      (const RungsPacketEndsTable *self,
                                                        guint                       index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPacketEndsTable, rungs_packet_ends_table_free)

G_END_DECLS
