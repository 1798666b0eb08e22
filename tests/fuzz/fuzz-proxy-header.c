/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as what a load balancer puts before a connection: the header lies in them, and a prefix of one never says no. */

#include "config.h"

#include <stdint.h>

#include "rungs-proxy-header.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  RungsProxyHeader header;

  if (rungs_proxy_header_parse (&header, bytes) != RUNGS_PROXY_HEADER_WHOLE)
    return 0;
  g_assert (header.length > 0 && header.length <= size);
  g_assert (header.source.kind <= RUNGS_ADDRESS_IPV6);
  for (gsize length = 1; length < header.length; length++)
    {
      RungsProxyHeader part;

      g_assert (rungs_proxy_header_parse (&part, rungs_slice_sub (bytes, 0, length)) ==
                RUNGS_PROXY_HEADER_MORE);
    }
  return 0;
}
