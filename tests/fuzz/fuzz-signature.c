/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as SIP messages that a verifier learns from, one behind the other (a NUL byte between), and any
 * bytes as a signature and a password file. */

#include "config.h"

#include <stdint.h>

#include "rungs-signature.h"
#include "rungs-sip-fields.h"
#include "rungs-token-fields.h"
#include "rungs-verifier.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
take_passwords (RungsSecrets *secrets, RungsSlice text)
{
  RungsSecret *file = rungs_secret_new (text.length);

  if (text.length > 0)
    memcpy (file->data, text.data, text.length);
  rungs_secrets_take_passwords (secrets, file);
}

static void
check_ranges (const RungsField *field, gsize size)
{
  g_assert (field->offset <= size && field->length <= size - field->offset);
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    check_ranges (rungs_field_get_child (field, i), size);
}

static void
check_fields (const RungsSipMessage *sip)
{
  g_autoptr (RungsField) root = rungs_sip_fields_new (sip);

  rungs_token_fields_add (root, sip->bytes);
  check_ranges (root, sip->bytes.length);
}

static void
check_description (RungsVerifier *verifier, RungsSignatureCheck check, const RungsSipMessage *sip)
{
  g_autoptr (RungsField) root = rungs_verifier_describe (verifier, check, sip);

  if (root != NULL)
    check_ranges (root, sip->bytes.length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice all = rungs_slice ((const char *) data, size);
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  g_autoptr (RungsVerifier) verifier = rungs_verifier_new (secrets);
  g_autoptr (RungsField) field = rungs_signature_to_field (all);
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  take_passwords (secrets, RUNGS_SLICE_LITERAL ("Blue-Ladder-42"));
  take_passwords (secrets, all);
  for (guint round = 0; round < 2; round++)
    {
      RungsSlice rest = all;

      for (guint position = 0; rest.length > 0; position++)
        {
          gssize end = rungs_slice_find_char (rest, 0, '\0');
          RungsSlice message = rungs_slice_sub (rest, 0, end >= 0 ? (gsize) end : rest.length);

          rungs_sip_message_parse (&sip, message, RUNGS_SIP_PARSE_DATAGRAM);
          if (round == 0)
            {
              rungs_verifier_learn (verifier, position, &sip);
              check_fields (&sip);
            }
          else
            check_description (verifier, rungs_verifier_check (verifier, position, &sip), &sip);
          rest = rungs_slice_skip (rest, message.length + 1);
        }
    }
  return 0;
}
