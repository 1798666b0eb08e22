/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as SIP messages that a verifier learns from, one behind the other (a NUL byte between), and any
 * bytes as a signature and a password file. */

#include "config.h"

#include <stdint.h>

#include "rungs-signature.h"
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

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice rest = rungs_slice ((const char *) data, size);
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  g_autoptr (RungsVerifier) verifier = rungs_verifier_new (secrets);
  g_autoptr (RungsField) field = rungs_signature_to_field (rest);
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  take_passwords (secrets, RUNGS_SLICE_LITERAL ("Blue-Ladder-42"));
  take_passwords (secrets, rest);
  while (rest.length > 0)
    {
      gssize end = rungs_slice_find_char (rest, 0, '\0');
      RungsSlice message = rungs_slice_sub (rest, 0, end >= 0 ? (gsize) end : rest.length);

      rungs_sip_message_parse (&sip, message, RUNGS_SIP_PARSE_DATAGRAM);
      rungs_verifier_check (verifier, &sip);
      rest = rungs_slice_skip (rest, message.length + 1);
    }
  return 0;
}
