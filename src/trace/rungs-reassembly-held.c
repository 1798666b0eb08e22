/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Pieces in a row.  See rungs-reassembly-held.h. */

#include "config.h"

#include "rungs-reassembly-held.h"

void
rungs_reassembly_piece_settle (const RungsReassemblyPiece *piece, RungsPcapLedger *ledger, guint outcome)
{
  rungs_pcap_ledger_settle (ledger, piece->range, piece->used ? RUNGS_PCAP_READ : outcome);
}

void
rungs_reassembly_held_append (RungsReassemblyHeld *self, const RungsReassemblyPiece *piece)
{
  g_assert (piece->bytes.length > 0);

  if (self->first > self->n_pieces && self->first + self->n_pieces == self->capacity)
    {
      memmove (self->pieces, self->pieces + self->first, self->n_pieces * sizeof *self->pieces);
      self->first = 0;
    }
  if (self->first + self->n_pieces == self->capacity)
    {
      self->capacity = MAX (2, self->capacity * 2);
      self->pieces = g_renew (RungsReassemblyPiece, self->pieces, self->capacity);
    }
  self->pieces[self->first + self->n_pieces++] = *piece;
  self->n_bytes += piece->bytes.length;
}

void
rungs_reassembly_held_drop (RungsReassemblyHeld *self, RungsPcapLedger *ledger, gsize length, guint outcome)
{
  g_assert (length <= self->n_bytes);

  self->n_bytes -= length;
  while (length > 0)
    {
      RungsReassemblyPiece *piece = &self->pieces[self->first];
      gsize taken = MIN (length, piece->bytes.length);

      piece->bytes = rungs_slice_skip (piece->bytes, taken);
      length -= taken;
      piece->used |= outcome == RUNGS_PCAP_READ;
      if (piece->bytes.length > 0)
        break;
      rungs_reassembly_piece_settle (piece, ledger, outcome);
      self->first++;
      self->n_pieces--;
    }
  if (self->n_pieces == 0)
    self->first = 0;
}

RungsSlice
rungs_reassembly_held_join (const RungsReassemblyHeld *self, GByteArray *scratch)
{
  const RungsReassemblyPiece *piece = &self->pieces[self->first];

  if (self->n_pieces == 1)
    return piece->bytes;
  g_byte_array_set_size (scratch, 0);
  for (guint i = 0; i < self->n_pieces; i++)
    g_byte_array_append (scratch, (const guint8 *) piece[i].bytes.data, piece[i].bytes.length);
  return rungs_slice ((const char *) scratch->data, scratch->len);
}

gboolean
rungs_reassembly_held_starts (const RungsReassemblyHeld *self, RungsSlice payload)
{
  if (self->n_pieces == 0 || payload.length < self->n_bytes)
    return FALSE;
  for (guint i = 0; i < self->n_pieces; i++)
    {
      RungsSlice piece = rungs_reassembly_held_get (self, i)->bytes;

      if (!rungs_slice_starts_with (payload, piece))
        return FALSE;
      payload = rungs_slice_skip (payload, piece.length);
    }
  return TRUE;
}

void
rungs_reassembly_held_clear (RungsReassemblyHeld *self)
{
  g_clear_pointer (&self->pieces, g_free);
  *self = (RungsReassemblyHeld){ 0 };
}
