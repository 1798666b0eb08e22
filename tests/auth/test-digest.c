/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Digest credentials against responses that another implementation of the hashes made. */

#include "config.h"

#include "rungs-digest.h"
#include "rungs-test.h"
#include "rungs-verifier.h"

#define INVITE(parameters)                                                                                   \
  "INVITE sip:b@contoso.example SIP/2.0\r\n"                                                                 \
  "Authorization: Digest username=\"marino\", realm=\"contoso.example\", nonce=\"n1\", "                     \
  "uri=\"sip:b@contoso.example\", " parameters "\r\n"                                                        \
  "Content-Length: 4\r\n"                                                                                    \
  "\r\n"                                                                                                     \
  "body"
#define COUNTED "nc=00000001, cnonce=\"c1\", "

static RungsSignatureCheck
check (const char *text, const char *passwords)
{
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  g_autoptr (RungsVerifier) verifier = rungs_verifier_new (secrets);
  RungsSecret *file = rungs_secret_new (strlen (passwords));
  g_auto (RungsSipMessage) sip;

  memcpy (file->data, passwords, strlen (passwords));
  rungs_secrets_take_passwords (secrets, file);
  rungs_sip_message_init (&sip);
  rungs_sip_message_parse (&sip, rungs_slice_from_string (text), RUNGS_SIP_PARSE_DATAGRAM);
  return rungs_verifier_check (verifier, 0, &sip);
}

static void
assert_right (const char *text)
{
  g_assert_cmpint (check (text, "Green-Rung-17").state, ==, RUNGS_SIGNATURE_RIGHT);
  g_assert_cmpint (check (text, "green-rung-17").reason, ==, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD);
  g_assert_cmpint (check (text, "izabela:Green-Rung-17").reason, ==, RUNGS_SIGNATURE_REASON_NO_PASSWORD);
}

static void
md5_is_checked_with_every_quality_of_protection (void)
{
  assert_right (INVITE ("response=\"0c59955f23cd43d8b2bc0c5ce94bf68b\""));
  assert_right (INVITE (COUNTED "qop=auth, response=\"a7f2436f52ff55f0d9719648169792a0\""));
  assert_right (
    INVITE (COUNTED "qop=auth-int, algorithm=MD5, response=\"c49a9fe612aca961b7411b45125b1ec5\""));
}

static void
sha_2_is_checked_too (void)
{
  assert_right (INVITE (COUNTED "algorithm=SHA-256-sess, qop=auth, response="
                                "\"9ce9b9bd532d2cd6982f50036ea713a931ea2e6ffb13ba5ae44f2752dc51fd8f\""));
  assert_right (INVITE (COUNTED "algorithm=SHA-512-256, qop=auth, response="
                                "\"7d73f30ec18a69b71ad09dfae1f6e681a7e2e95895edd45356ed0f197ed14bbc\""));
  assert_right (INVITE (COUNTED "algorithm=SHA-512-256, qop=auth-int, response="
                                "\"015469794c5bd409fecb4ac103074fbe0e4b02e6179dbc0ce82df18150ed4614\""));
}

static void
an_unknown_algorithm_is_not_called_wrong (void)
{
  static const char text[] = INVITE ("algorithm=SHA-9, response=\"00\"");

  g_assert_cmpint (check (text, "Green-Rung-17").state, ==, RUNGS_SIGNATURE_UNCHECKED);
  g_assert_cmpint (check (text, "Green-Rung-17").reason, ==, RUNGS_SIGNATURE_REASON_NO_ALGORITHM);
}

static void
a_request_without_a_response_is_not_signed (void)
{
  g_assert_cmpint (check (INVITE ("opaque=\"\""), "Green-Rung-17").state, ==, RUNGS_SIGNATURE_NONE);
}

static void
credentials_for_a_proxy_and_the_server_are_tried_in_turn (void)
{
  g_autoptr (GString) text = g_string_new (INVITE ("response=\"0c59955f23cd43d8b2bc0c5ce94bf68b\""));
  const char *end = strstr (text->str, "\r\n") + 2;

  g_string_insert (text,
                   end - text->str,
                   "Authorization: Digest username=\"a\", realm=\"other\", nonce=\"n\", uri=\"u\", "
                   "response=\"00\"\r\n");
  g_assert_cmpint (check (text->str, "Green-Rung-17").state, ==, RUNGS_SIGNATURE_RIGHT);
  g_assert_cmpint (check (text->str, "other").reason, ==, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/digest", md5_is_checked_with_every_quality_of_protection);
  rungs_test_add ("/auth/digest", sha_2_is_checked_too);
  rungs_test_add ("/auth/digest", an_unknown_algorithm_is_not_called_wrong);
  rungs_test_add ("/auth/digest", credentials_for_a_proxy_and_the_server_are_tried_in_turn);
  rungs_test_add ("/auth/digest", a_request_without_a_response_is_not_signed);
  return g_test_run ();
}
