/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a token of NTLM, Kerberos or TLS: no field may lie outside of it. */

#include "config.h"

#include <stdint.h>

#include "rungs-kerberos.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (const RungsField *field, gsize size)
{
  g_assert (field->offset <= size && field->length <= size - field->offset);
  g_assert (g_utf8_validate (field->value, -1, NULL));
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    check (rungs_field_get_child (field, i), size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (RungsField) root = rungs_token_to_field (rungs_slice ((const char *) data, size));
  g_autoptr (GBytes) bytes = rungs_token_from_text (rungs_slice ((const char *) data, size), NULL);
  RungsKerberos kerberos;

  check (root, size);
  if (rungs_kerberos_parse (&kerberos, rungs_slice ((const char *) data, size)))
    g_free (rungs_kerberos_dup_name (kerberos.sname));
  return 0;
}
