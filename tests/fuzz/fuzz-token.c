/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a gssapi-data value, and any bytes as what such a value holds. */

#include "config.h"

#include <stdint.h>

#include "rungs-token.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice text = rungs_slice ((const char *) data, size);
  g_autoptr (GBytes) decoded = rungs_token_decode_base64 (text);
  g_autofree char *base64 = g_base64_encode (data, size);
  g_autoptr (GBytes) again = rungs_token_decode_base64 (rungs_slice_from_string (base64));
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  g_assert (decoded == NULL || g_bytes_get_size (decoded) <= size);
  g_assert (g_bytes_equal (again, bytes));
  rungs_token_identify (text);
  g_assert (rungs_token_identify (rungs_slice_from_string (base64)) != RUNGS_TOKEN_NOT_BASE64);
  return 0;
}
