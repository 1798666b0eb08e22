/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a URI, an address and a Via; what the quick look finds must be what the parser finds. */

#include "config.h"

#include <stdint.h>

#include "rungs-sip-address.h"
#include "rungs-sip-via.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  RungsSipUri uri;
  RungsSipAddress address;
  RungsSipVia via;
  RungsTransport transport;
  RungsSlice branch, sent_by;
  g_autofree char *aor = NULL;

  rungs_sip_uri_parse (&uri, bytes);
  g_assert (rungs_sip_uri_equal (&uri, &uri));
  aor = rungs_sip_uri_to_aor (&uri);
  g_assert (g_utf8_validate (aor, -1, NULL));
  if (rungs_sip_address_parse (&address, bytes) && !address.star)
    g_assert (rungs_sip_uri_equal (&address.uri, &address.uri));
  rungs_sip_address_get_parameter (&address, "epid");
  rungs_sip_address_peek_tag (bytes);
  rungs_sip_via_peek (bytes, &transport, &branch, &sent_by);
  if (rungs_sip_via_parse (&via, bytes))
    g_assert (rungs_slice_equal (via.branch, branch));
  return 0;
}
