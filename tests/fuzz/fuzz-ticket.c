/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as what is encrypted in a ticket: its parts, and the PAC with its NDR. */

#include "config.h"

#include <stdint.h>

#include "rungs-kerberos.h"
#include "rungs-pac.h"

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
  static const char *const types[] = { "EncTicketPart", "Authenticator", "EncAPRepPart" };
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  g_autoptr (RungsField) pac = rungs_field_new ("PAC", NULL, 0, size);

  rungs_pac_add_fields (pac, bytes, bytes);
  check (pac, size);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (RungsField) field = rungs_kerberos_opened_to_field (types[i], bytes);

      if (field != NULL)
        check (field, 0);
    }
  return 0;
}
