/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any text, repaired as if each kind of damage were there: it never grows, and its checkpoints rise with it. */

#include "config.h"

#include <stdint.h>

#include "rungs-text-repair.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice text = rungs_slice ((const char *) data, size);

  rungs_text_repair_find (text);
  for (guint damage = RUNGS_TEXT_DAMAGE_NONE; damage < RUNGS_TEXT_N_DAMAGES; damage++)
    {
      g_autofree char *out = g_malloc (MAX (size, 1));
      g_autoptr (GArray) checkpoints = g_array_new (FALSE, FALSE, sizeof (RungsTextCheckpoint));
      gsize length = rungs_text_repair (damage, text, TRUE, out, checkpoints);
      RungsTextCheckpoint last = { 0, 0 };

      g_assert (length <= size);
      for (guint i = 0; i < checkpoints->len; i++)
        {
          RungsTextCheckpoint checkpoint = g_array_index (checkpoints, RungsTextCheckpoint, i);

          g_assert (checkpoint.text >= last.text && checkpoint.text <= length);
          g_assert (checkpoint.input > last.input && checkpoint.input <= size);
          last = checkpoint;
        }
      /* behind the last one both count alike */
      g_assert (length - last.text == size - last.input);
      g_assert (damage != RUNGS_TEXT_DAMAGE_NONE || rungs_slice_equal (rungs_slice (out, length), text));
    }
  return 0;
}
