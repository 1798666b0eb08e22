/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Pieces of a byte stream that follow each other, held until what they are pieces of is whole.
 *
 * Each piece is a slice of the capture, never a copy, and has bytes left.  When all bytes of one were taken off, its frame is
 * settled: read, where any of its bytes went into a record. */

#pragma once

#include "rungs-pcap-ledger.h"

G_BEGIN_DECLS

/**
 * RungsReassemblyPiece:
 * @bytes: what is left of a payload, a part of the capture
 * @range: the frame
 * @missing: how many bytes the capture left out behind @bytes
 * @used: whether bytes before @bytes went into a record
 */
typedef struct
{
  RungsSlice bytes;
  RungsPcapRange range;
  gint64 time;
  guint32 sequence;
  guint32 missing;
  gboolean used;
} RungsReassemblyPiece;

/** RungsReassemblyHeld: all zeros: nothing is held. */
typedef struct
{
  gsize n_bytes;
  guint n_pieces;

  /*< private >*/
  RungsReassemblyPiece *pieces; /* from @first on */
  guint first;
  guint capacity;
} RungsReassemblyHeld;

/** rungs_reassembly_piece_settle: all bytes of @piece are done with; where none went into a record, @outcome says why. */
void       rungs_reassembly_piece_settle (const RungsReassemblyPiece *piece,
                                          RungsPcapLedger            *ledger,
                                          guint                       outcome);

static inline const RungsReassemblyPiece *
rungs_reassembly_held_get (const RungsReassemblyHeld *self,
                           guint                      index)
{
  return &self->pieces[self->first + index];
}

/** rungs_reassembly_held_append: @piece follows; it is not empty. */
void       rungs_reassembly_held_append  (RungsReassemblyHeld        *self,
                                          const RungsReassemblyPiece *piece);

/** rungs_reassembly_held_drop: the first @length bytes are done with, in a record (#RUNGS_PCAP_READ) or with a reason. */
void       rungs_reassembly_held_drop    (RungsReassemblyHeld        *self,
                                          RungsPcapLedger            *ledger,
                                          gsize                       length,
                                          guint                       outcome);

/** rungs_reassembly_held_join: all bytes, which lie in the capture where one piece has them all, otherwise in @scratch. */
RungsSlice rungs_reassembly_held_join    (const RungsReassemblyHeld  *self,
                                          GByteArray                 *scratch);

/** rungs_reassembly_held_starts: whether @payload begins with all bytes that are held, of which there are some. */
gboolean   rungs_reassembly_held_starts  (const RungsReassemblyHeld  *self,
                                          RungsSlice                  payload);

/** rungs_reassembly_held_clear: frees the pieces: nothing is held. */
void       rungs_reassembly_held_clear   (RungsReassemblyHeld        *self);

G_END_DECLS
