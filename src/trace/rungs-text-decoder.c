/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* UTF-16 → UTF-8, and mails and pages → text.  See rungs-text-decoder.h.
 *
 * Not by g_convert(): that stops at the first lone surrogate and keeps no way back to the offsets. */

#include "config.h"

#include "rungs-text-decoder.h"

#define CHECKPOINT   4096
#define GROWING_ROOM ((gsize) 16 << 30) /* of address space */

static gunichar2
unit_at (RungsSlice input, gsize offset, gboolean big_endian)
{
  guchar a = (guchar) input.data[offset];
  guchar b = (guchar) input.data[offset + 1];

  return (gunichar2) (big_endian ? a << 8 | b : b << 8 | a);
}

/* Goes on at @end of the input; where more may come, half a character is left for then. */
static void
decode (RungsTextDecoder *self, RungsSlice input, gboolean is_last)
{
  gsize end = self->start + ((input.length - self->start) & ~(gsize) 1);
  gsize length = self->text.length;
  gsize at = self->end;

  while (at < end && self->room - length >= 4)
    {
      gunichar character = unit_at (input, at, self->big_endian);

      if ((character & 0xfc00) == 0xd800 && at + 2 == end && !is_last)
        break;
      if (length >= self->checkpoints->len * (gsize) CHECKPOINT)
        {
          RungsTextCheckpoint checkpoint = { length, at };

          g_array_append_val (self->checkpoints, checkpoint);
        }
      at += 2;
      if ((character & 0xfc00) == 0xd800 && at < end &&
          (unit_at (input, at, self->big_endian) & 0xfc00) == 0xdc00)
        {
          character =
            0x10000 + ((character & 0x3ff) << 10) + (unit_at (input, at, self->big_endian) & 0x3ffu);
          at += 2;
        }
      else if ((character & 0xf800) == 0xd800)
        character = 0xfffd;
      length += (gsize) g_unichar_to_utf8 (character, self->out + length);
    }
  self->end = at;
  self->text = rungs_slice (self->out, length);
}

/* How long the byte order mark of UTF-16 is, and which order that is; text without one shows by its zero bytes. Returns: -1
 * where it is no UTF-16 */
static gssize
find_utf_16 (RungsSlice input, gboolean *big_endian)
{
  gsize n_zeros[2] = { 0 };
  gsize length = RUNGS_TEXT_DECODER_SAMPLE;

  *big_endian = rungs_slice_starts_with (input, RUNGS_SLICE_LITERAL ("\xfe\xff"));
  if (*big_endian || rungs_slice_starts_with (input, RUNGS_SLICE_LITERAL ("\xff\xfe")))
    return 2;
  if (input.length < length)
    return -1;
  for (gsize i = 0; i < length; i++)
    n_zeros[i & 1] += input.data[i] == '\0';
  if ((n_zeros[0] > 0) == (n_zeros[1] > 0) || MAX (n_zeros[0], n_zeros[1]) < length * 2 / 5)
    return -1;
  *big_endian = n_zeros[0] > 0;
  return 0;
}

/* Goes on behind what was repaired; where more may come, up to the end of a line. */
static void
repair (RungsTextDecoder *self, RungsSlice input, gboolean is_last)
{
  RungsSlice rest = rungs_slice_skip (input, self->end);
  const char *newline = !is_last && rest.length > 0 ? memrchr (rest.data, '\n', rest.length) : NULL;
  g_autoptr (GArray) checkpoints = g_array_new (FALSE, FALSE, sizeof (RungsTextCheckpoint));
  RungsTextCheckpoint here = { self->text.length, self->end };
  gsize length;

  if (!is_last)
    rest.length = newline != NULL ? (gsize) (newline + 1 - rest.data) : 0;
  rest.length = MIN (rest.length, self->room - self->text.length);
  length = rungs_text_repair (self->damage,
                              rest,
                              here.text == 0 || self->out[here.text - 1] == '\n',
                              self->out + here.text,
                              checkpoints);
  /* The end of the text so far was mapped to here, and must stay so. */
  if (here.text > 0)
    g_array_append_val (self->checkpoints, here);
  for (guint i = 0; i < checkpoints->len; i++)
    {
      RungsTextCheckpoint checkpoint = g_array_index (checkpoints, RungsTextCheckpoint, i);

      checkpoint.text += here.text;
      checkpoint.input += here.input;
      g_array_append_val (self->checkpoints, checkpoint);
    }
  self->text = rungs_slice (self->out, here.text + length);
  self->end += rest.length;
}

/* Mails, pages and logs in other wrappings: what the input shows when it is opened decides, also where it grows. */
static void
begin_repair (RungsTextDecoder *self, RungsSlice input, RungsArena *arena, gboolean grows)
{
  RungsTextCheckpoint first = { 0, self->start };

  self->damage = rungs_text_repair_find (self->text);
  if (self->damage == RUNGS_TEXT_DAMAGE_NONE)
    return;
  self->decoded = self->repaired = TRUE;
  self->checkpoints = g_array_new (FALSE, FALSE, sizeof (RungsTextCheckpoint));
  g_array_append_val (self->checkpoints, first);
  self->room = grows ? GROWING_ROOM : self->text.length;
  self->out = grows ? rungs_arena_reserve (arena, &self->room) : rungs_arena_allocate (arena, self->room);
  if (self->out == NULL)
    self->room = 0;
  self->text = rungs_slice (self->out, 0);
  self->end = self->start;
  repair (self, input, !grows);
}

/* Where several checkpoints have the same text, something was taken away between them: @offset is before that, or with
 * @is_start behind it. */
static guint64
map_repaired (const RungsTextDecoder *self, gsize offset, gboolean is_start)
{
  guint low = 1;
  guint high = self->checkpoints->len;
  const RungsTextCheckpoint *checkpoint;

  /* What was taken away before the first byte belongs to it. */
  if (offset == 0 && !is_start)
    return self->start;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->checkpoints, RungsTextCheckpoint, middle).text <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  while (!is_start && low > 1 &&
         g_array_index (self->checkpoints, RungsTextCheckpoint, low - 1).text == offset &&
         g_array_index (self->checkpoints, RungsTextCheckpoint, low - 2).text == offset)
    low--;
  checkpoint = &g_array_index (self->checkpoints, RungsTextCheckpoint, low - 1);
  /* What was moved to the front of a line may be longer than what stood there. */
  if (low < self->checkpoints->len)
    return MIN (checkpoint->input + (offset - checkpoint->text),
                g_array_index (self->checkpoints, RungsTextCheckpoint, low).input);
  return checkpoint->input + (offset - checkpoint->text);
}

static void
init (RungsTextDecoder *self, RungsSlice input, RungsArena *arena, gboolean grows)
{
  gsize n_units = input.length / 2;
  gboolean big_endian;
  gssize mark;

  *self = (RungsTextDecoder){ .text = input, .end = input.length, .input_length = input.length };
  if (rungs_slice_starts_with (input, RUNGS_SLICE_LITERAL ("\xef\xbb\xbf")))
    {
      self->start = 3;
      self->text = rungs_slice_skip (input, 3);
    }
  else if ((mark = find_utf_16 (input, &big_endian)) >= 0)
    {
      self->start = self->end = (gsize) mark;
      self->big_endian = big_endian;
      self->decoded = TRUE;
      self->checkpoints = g_array_new (FALSE, FALSE, sizeof (RungsTextCheckpoint));
      self->room = grows ? GROWING_ROOM : n_units * 3 + 4;
      self->out = grows ? rungs_arena_reserve (arena, &self->room) : rungs_arena_allocate (arena, self->room);
      if (self->out == NULL)
        self->room = 0;
      self->text = rungs_slice (self->out, 0);
      decode (self, input, !grows);
    }
  if (!self->decoded)
    begin_repair (self, input, arena, grows);
}

void
rungs_text_decoder_init (RungsTextDecoder *self, RungsSlice input, RungsArena *arena)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (arena != NULL);

  init (self, input, arena, FALSE);
}

void
rungs_text_decoder_init_growing (RungsTextDecoder *self, RungsSlice input, RungsArena *arena)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (arena != NULL);

  init (self, input, arena, TRUE);
}

void
rungs_text_decoder_grow (RungsTextDecoder *self, RungsSlice input, gboolean is_last)
{
  g_return_if_fail (self != NULL);

  self->input_length = input.length;
  if (self->decoded)
    {
      if (self->repaired)
        repair (self, input, is_last);
      else
        decode (self, input, is_last);
      return;
    }
  self->text = rungs_slice_skip (input, self->start);
  self->end = input.length;
}

void
rungs_text_decoder_clear (RungsTextDecoder *self)
{
  g_clear_pointer (&self->checkpoints, g_array_unref);
}

static guint64
map (const RungsTextDecoder *self, gsize offset, gboolean is_start)
{
  const RungsTextCheckpoint *checkpoint;
  gsize index = offset / CHECKPOINT;
  gsize at;
  guint64 mapped;

  if (!self->decoded)
    return self->start + offset;
  if (offset >= self->text.length)
    return self->end;
  if (self->repaired)
    return map_repaired (self, offset, is_start);
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

guint64
rungs_text_decoder_map (const RungsTextDecoder *self, gsize offset)
{
  return map (self, offset, FALSE);
}

guint64
rungs_text_decoder_map_start (const RungsTextDecoder *self, gsize offset)
{
  return map (self, offset, TRUE);
}
