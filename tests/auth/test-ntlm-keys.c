/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Hashes, proofs, keys and signatures of NTLM against the values of [MS-NLMP] 4.2 and of logins that others published. */

#include "config.h"

#include "rungs-ntlm-keys.h"
#include "rungs-test.h"

#define CHALLENGE "\x01\x23\x45\x67\x89\xab\xcd\xef"

static char *
to_hex (gconstpointer bytes, gsize length)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", ((const guchar *) bytes)[i]);
  return g_string_free (text, FALSE);
}

#define assert_hex(bytes, length, expected)                                                                  \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *hex_ = to_hex (bytes, length);                                                          \
    g_assert_cmpstr (hex_, ==, expected);                                                                    \
  }                                                                                                          \
  G_STMT_END

static GBytes *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static RungsSlice
slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
password_and_user_hash_as_specified (void)
{
  guint8 hash[RUNGS_NTLM_KEY_LENGTH], user_hash[RUNGS_NTLM_KEY_LENGTH];

  rungs_ntlm_hash_password (RUNGS_SLICE_LITERAL ("Password"), hash);
  assert_hex (hash, sizeof hash, "a4f49c406510bdcab6824ee7c30fd852");
  rungs_ntlm_hash_user (hash,
                        RUNGS_SLICE_LITERAL ("U\0s\0e\0r\0"),
                        RUNGS_SLICE_LITERAL ("D\0o\0m\0a\0i\0n\0"),
                        user_hash);
  assert_hex (user_hash, sizeof user_hash, "0c868a403bfd7a93a3001ef22ef02e3f");
}

static void
version_1_responds_as_specified (void)
{
  guint8 hash[RUNGS_NTLM_KEY_LENGTH], response[24];

  rungs_ntlm_hash_password (RUNGS_SLICE_LITERAL ("Password"), hash);
  rungs_ntlm_respond_v1 (hash, (const guint8 *) CHALLENGE, response);
  assert_hex (response, sizeof response, "67c43011f30298a2ad35ece64f16331c44bdbed927841f94");
}

static void
version_1_login_is_proved_with_and_without_extended_security (void)
{
  g_autoptr (GBytes) plain = from_hex ("67c43011f30298a2ad35ece64f16331c44bdbed927841f94");
  g_autoptr (GBytes) extended = from_hex ("7537f803ae367128ca458204bde7caf81e97ed2683267232");
  g_autoptr (GBytes) encrypted_key = from_hex ("518822b1b3f350c8958682ecbb3e3cb7");
  g_autoptr (GBytes) client_challenge = from_hex ("aaaaaaaaaaaaaaaa00000000000000000000000000000000");
  RungsNtlm challenge = { .server_challenge = RUNGS_SLICE_LITERAL (CHALLENGE) };
  RungsNtlm answer = { .nt_response = slice (plain),
                       .session_key = slice (encrypted_key),
                       .flags = 0xe2028233,
                       .response_kind = RUNGS_NTLM_RESPONSE_V1 };
  RungsNtlmKeys keys;

  g_assert_true (rungs_ntlm_keys_derive (&keys, &challenge, &answer, RUNGS_SLICE_LITERAL ("Password")));
  assert_hex (keys.session_key, 16, "55555555555555555555555555555555");
  g_assert_false (rungs_ntlm_keys_derive (&keys, &challenge, &answer, RUNGS_SLICE_LITERAL ("password")));
  answer.nt_response = slice (extended);
  answer.lm_response = slice (client_challenge);
  answer.response_kind = RUNGS_NTLM_RESPONSE_V1_ESS;
  answer.flags = 0x820a8233;
  g_assert_true (rungs_ntlm_keys_derive (&keys, &challenge, &answer, RUNGS_SLICE_LITERAL ("Password")));
  assert_hex (keys.session_key, 16, "eb93429a8bd952f8b89c55b87f475edc");
  assert_hex (keys.sign_key[RUNGS_NTLM_FROM_CLIENT], 16, "60e799be5c72fc92922ae8ebe961fb8d");
  assert_hex (keys.seal_key[RUNGS_NTLM_FROM_CLIENT], 16, "04dd7f014d8504d265a25cc86a3a7c06");
}

static void
session_keys_make_signing_and_sealing_keys (void)
{
  g_autoptr (GBytes) key = from_hex ("55555555555555555555555555555555");
  RungsNtlmKeys keys;

  rungs_ntlm_keys_init (&keys, slice (key), 0xe28a8233);
  assert_hex (keys.sign_key[RUNGS_NTLM_FROM_CLIENT], 16, "4788dc861b4782f35d43fd98fe1a2d39");
  assert_hex (keys.seal_key[RUNGS_NTLM_FROM_CLIENT], 16, "59f600973cc4960a25480a7c196e4c58");
}

static void
signatures_of_a_stream_are_as_published (void)
{
  g_autoptr (GBytes) extended_key = from_hex ("0102030405060708090a0b0c0d0e0f00");
  g_autoptr (GBytes) plain_key = from_hex ("0102030405e538b0");
  guint8 signature[RUNGS_NTLM_SIGNATURE_LENGTH];
  RungsNtlmKeys keys;

  rungs_ntlm_keys_init (&keys, slice (extended_key), RUNGS_NTLM_FLAG_ESS);
  assert_hex (keys.sign_key[RUNGS_NTLM_FROM_CLIENT], 16, "f7f97a82ec390f9c903dac4f6aceb132");
  rungs_ntlm_keys_sign (&keys, RUNGS_NTLM_FROM_CLIENT, 0, RUNGS_SLICE_LITERAL ("jCIFS"), signature);
  assert_hex (signature, sizeof signature, "010000000a003602317a759a00000000");
  rungs_ntlm_keys_init (&keys, slice (plain_key), 0);
  rungs_ntlm_keys_sign (&keys, RUNGS_NTLM_FROM_CLIENT, 0, RUNGS_SLICE_LITERAL ("jCIFS"), signature);
  /* The published one has a random pad before these eight bytes. */
  assert_hex (signature + 8, 8, "397420fe0e5a0f89");
}

static void
a_password_that_is_no_utf8_proves_nothing (void)
{
  g_autoptr (GBytes) plain = from_hex ("67c43011f30298a2ad35ece64f16331c44bdbed927841f94");
  RungsNtlm challenge = { .server_challenge = RUNGS_SLICE_LITERAL (CHALLENGE) };
  RungsNtlm answer = { .nt_response = slice (plain), .response_kind = RUNGS_NTLM_RESPONSE_V1 };
  RungsNtlmKeys keys;

  g_assert_false (rungs_ntlm_keys_derive (&keys, &challenge, &answer, RUNGS_SLICE_LITERAL ("Pass\xffword")));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/ntlm-keys", password_and_user_hash_as_specified);
  rungs_test_add ("/auth/ntlm-keys", version_1_responds_as_specified);
  rungs_test_add ("/auth/ntlm-keys", version_1_login_is_proved_with_and_without_extended_security);
  rungs_test_add ("/auth/ntlm-keys", session_keys_make_signing_and_sealing_keys);
  rungs_test_add ("/auth/ntlm-keys", signatures_of_a_stream_are_as_published);
  rungs_test_add ("/auth/ntlm-keys", a_password_that_is_no_utf8_proves_nothing);
  return g_test_run ();
}
