/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as the first record of TLS or DTLS: the server's name lies in it. */

#include "config.h"

#include <stdint.h>

#include "rungs-tls-hello.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (const RungsTlsHello *hello, RungsSlice bytes)
{
  g_assert (hello->name.length == 0 ||
            (hello->name.data >= bytes.data && rungs_slice_end (hello->name) <= rungs_slice_end (bytes)));
  g_assert (hello->kind <= RUNGS_TLS_HELLO_SERVER);
  g_assert (hello->kind != RUNGS_TLS_HELLO_CLIENT || hello->version == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  RungsTlsHello hello;

  rungs_tls_hello_get_length (bytes);
  rungs_tls_hello_parse (&hello, bytes);
  check (&hello, bytes);
  rungs_tls_hello_parse_datagram (&hello, bytes);
  check (&hello, bytes);
  return 0;
}
