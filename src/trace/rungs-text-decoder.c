/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* UTF-16 → UTF-8.  See rungs-text-decoder.h.
 *
 * Not by g_convert(): that stops at the first lone surrogate and keeps no way back to the offsets. */

#include "config.h"

#include "rungs-text-decoder.h"

#define CHECKPOINT 4096

static gunichar2
unit_at (RungsSlice input, gsize offset, gboolean big_endian)
{
  guchar a = (guchar) input.data[offset];
  guchar b = (guchar) input.data[offset + 1];

  return (gunichar2) (big_endian ? a << 8 | b : b << 8 | a);
}

static void
decode (RungsTextDecoder *self, RungsSlice input, gboolean big_endian, RungsArena *arena)
{
  gsize n_units = (self->end - self->start) / 2;
  char *out = rungs_arena_allocate (arena, n_units * 3 + 1);
  gsize length = 0;
  gsize at = self->start;

  self->checkpoints = g_array_new (FALSE, FALSE, sizeof (RungsTextCheckpoint));
  while (at < self->end)
    {
      gunichar character = unit_at (input, at, big_endian);

      if (length >= self->checkpoints->len * (gsize) CHECKPOINT)
        {
          RungsTextCheckpoint checkpoint = { length, at };

          g_array_append_val (self->checkpoints, checkpoint);
        }
      at += 2;
      if ((character & 0xfc00) == 0xd800 && at < self->end &&
          (unit_at (input, at, big_endian) & 0xfc00) == 0xdc00)
        {
          character = 0x10000 + ((character & 0x3ff) << 10) + (unit_at (input, at, big_endian) & 0x3ffu);
          at += 2;
        }
      else if ((character & 0xf800) == 0xd800)
        character = 0xfffd;
      length += (gsize) g_unichar_to_utf8 (character, out + length);
    }
  self->text = rungs_slice (out, length);
  self->decoded = TRUE;
}

void
rungs_text_decoder_init (RungsTextDecoder *self, RungsSlice input, RungsArena *arena)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (arena != NULL);

  *self = (RungsTextDecoder){ .text = input, .end = input.length, .input_length = input.length };
  if (rungs_slice_starts_with (input, RUNGS_SLICE_LITERAL ("\xef\xbb\xbf")))
    {
      self->start = 3;
      self->text = rungs_slice_skip (input, 3);
    }
  else if (rungs_slice_starts_with (input, RUNGS_SLICE_LITERAL ("\xff\xfe")) ||
           rungs_slice_starts_with (input, RUNGS_SLICE_LITERAL ("\xfe\xff")))
    {
      self->start = 2;
      self->end = input.length & ~(gsize) 1;
      decode (self, input, (guchar) input.data[0] == 0xfe, arena);
    }
}

void
rungs_text_decoder_clear (RungsTextDecoder *self)
{
  g_clear_pointer (&self->checkpoints, g_array_unref);
}

guint64
rungs_text_decoder_map (const RungsTextDecoder *self, gsize offset)
{
  const RungsTextCheckpoint *checkpoint;
  gsize index = offset / CHECKPOINT;
  gsize at;
  guint64 mapped;

  if (!self->decoded)
    return self->start + offset;
  if (offset >= self->text.length)
    return self->end;
  /* Each stands on the first character at or behind its place, which may be behind @offset. */
  index = MIN (index, self->checkpoints->len - 1);
  checkpoint = &g_array_index (self->checkpoints, RungsTextCheckpoint, index);
  if (checkpoint->text > offset)
    checkpoint--;
  at = checkpoint->text;
  mapped = checkpoint->input;
  for (;;)
    {
      guchar lead = (guchar) self->text.data[at];
      gsize size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;

      if (at + size > offset)
        return mapped;
      at += size;
      mapped += lead >= 0xf0 ? 4 : 2;
    }
}
