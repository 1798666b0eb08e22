/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as an archive: it is unpacked within its bounds or says why not. */

#include "config.h"

#include <stdint.h>

#include "rungs-inputs.h"

#define MOST (1024 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsArchiveLimits limits = { MOST, 16, 1000, 64 * 1024 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, "fuzz");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = rungs_inputs_unpack (input, &limits, NULL, NULL, NULL, &error);
  guint64 sum = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < sources->len; i++)
    {
      const RungsInputSource *source = g_ptr_array_index (sources, i);

      g_assert ((source->input == NULL) == (source->error != NULL));
      if (source->input != NULL)
        sum += rungs_input_get_bytes (source->input).length;
      else
        g_assert (g_utf8_validate (source->error->message, -1, NULL));
    }
  g_assert (sum <= MOST + size);
  return 0;
}
