/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a challenge or credentials. */

#include "config.h"

#include <stdint.h>

#include "rungs-sip-auth.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  RungsSlice rest, name, value;
  RungsSipAuth auth;
  gsize n = 0;

  rungs_sip_auth_parse (&auth, bytes);
  for (rest = auth.parameters; rungs_sip_auth_next (&rest, &name, &value); n++)
    {
      g_assert (name.length + value.length <= size);
      rungs_sip_auth_is_base64 (value);
    }
  g_assert (n <= size);
  rungs_sip_auth_get (&auth, "gssapi-data");
  rungs_sip_auth_has (&auth, "realm");
  return 0;
}
