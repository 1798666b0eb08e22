/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Digest credentials against responses that another implementation of the hashes made. */

#include "config.h"

#include "rungs-digest.h"
#include "rungs-sip-fields.h"
#include "rungs-test.h"
#include "rungs-token-fields.h"
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

#define ANSWER(info)                                                                                         \
  "SIP/2.0 200 OK\r\nCall-ID: d1\r\nCSeq: 1 INVITE\r\n" info "Content-Length: 6\r\n\r\nanswer"
#define ASK(parameters)                                                                                      \
  "INVITE sip:b@contoso.example SIP/2.0\r\nCall-ID: d1\r\nCSeq: 1 INVITE\r\n"                                \
  "Authorization: Digest username=\"marino\", realm=\"contoso.example\", nonce=\"n1\", "                     \
  "uri=\"sip:b@contoso.example\", " COUNTED parameters "\r\nContent-Length: 0\r\n\r\n"
#define ASK_MD5 ASK ("qop=auth, response=\"a7f2436f52ff55f0d9719648169792a0\"")

static RungsSignatureCheck
check_answer (const char *request, const char *answer, const char *password)
{
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  g_autoptr (RungsVerifier) verifier = rungs_verifier_new (secrets);
  RungsSecret *file = rungs_secret_new (strlen (password));
  const char *texts[] = { request, answer };
  g_auto (RungsSipMessage) sip;

  memcpy (file->data, password, strlen (password));
  rungs_secrets_take_passwords (secrets, file);
  rungs_sip_message_init (&sip);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      rungs_sip_message_parse (&sip, rungs_slice_from_string (texts[i]), RUNGS_SIP_PARSE_DATAGRAM);
      rungs_verifier_learn (verifier, i, &sip);
    }
  return rungs_verifier_check (verifier, 1, &sip);
}

static void
the_servers_proof_is_checked_with_the_credentials_of_its_request (void)
{
  static const char right[] = ANSWER ("Authentication-Info: qop=auth, nc=00000001, cnonce=\"c1\", "
                                      "rspauth=\"6d91f10e0856585a3dfbe163bfd66fbd\"\r\n");
  static const char with_body[] =
    ANSWER ("Authentication-Info: qop=auth-int, nc=00000001, cnonce=\"c1\", "
            "rspauth=\"63d7ec786aa355e9461a28de65284ca91a30d7584b6cf8fd5295d8e18d5e3361\"\r\n");
  static const char other[] = ANSWER ("Authentication-Info: qop=auth, rspauth=\"00\"\r\n");

  g_assert_cmpint (check_answer (ASK_MD5, right, "Green-Rung-17").state, ==, RUNGS_SIGNATURE_RIGHT);
  g_assert_cmpint (check_answer (ASK_MD5, right, "other").reason, ==, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD);
  g_assert_cmpint (check_answer (ASK ("algorithm=SHA-256, qop=auth-int, response=\"00\""),
                                 with_body,
                                 "Green-Rung-17")
                     .state,
                   ==,
                   RUNGS_SIGNATURE_RIGHT);
  g_assert_cmpint (check_answer (ASK_MD5, other, "Green-Rung-17").reason,
                   ==,
                   RUNGS_SIGNATURE_REASON_OTHER_TEXT);
  g_assert_cmpint (check_answer ("", right, "Green-Rung-17").reason, ==, RUNGS_SIGNATURE_REASON_NO_LOGIN);
}

static void
aka_is_not_called_wrong (void)
{
  g_assert_cmpint (check (INVITE ("algorithm=AKAv1-MD5, response=\"00\""), "x").reason,
                   ==,
                   RUNGS_SIGNATURE_REASON_NO_SIM_KEY);
}

static void
the_password_of_basic_is_not_read (void)
{
  static const char text[] =
    "REGISTER sip:contoso.example SIP/2.0\r\nAuthorization: Basic YW5uOnNlY3JldA==\r\n\r\n";
  g_auto (RungsSipMessage) sip;
  g_autoptr (RungsField) root = NULL;
  const RungsField *credentials;

  rungs_sip_message_init (&sip);
  rungs_sip_message_parse (&sip,
                           rungs_slice_from_string (text),
                           RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  root = rungs_sip_fields_new (&sip);
  rungs_token_fields_add (root, sip.bytes);
  credentials = rungs_field_find (rungs_field_find (root, "Authorization"), "credentials");
  g_assert_nonnull (credentials);
  g_assert_cmpstr (rungs_field_find (credentials, "user")->value, ==, "ann");
  g_assert_cmpstr (rungs_field_find (credentials, "password")->value, ==, "not shown, 6 bytes");
  g_assert_cmpuint (rungs_field_find (credentials, "password")->offset, >, credentials->offset);
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
  rungs_test_add ("/auth/digest", the_servers_proof_is_checked_with_the_credentials_of_its_request);
  rungs_test_add ("/auth/digest", aka_is_not_called_wrong);
  rungs_test_add ("/auth/digest", the_password_of_basic_is_not_read);
  return g_test_run ();
}
