/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Published values, where they are on this machine: [MS-NLMP] 4.2, logins of OCS 2007 and 2007 R2, and a whole login with its
 * signatures. */

#include "config.h"

#include <json-glib/json-glib.h>

#include "rungs-ntlm-keys.h"
#include "rungs-signature.h"
#include "rungs-test.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"
#include "rungs-verifier.h"

typedef struct
{
  const char *id;
  JsonObject *inputs;
  const char *expected;
} Vector;

typedef gboolean (*CheckFunc) (const Vector *vector);

static GBytes *
from_hex (const char *hex)
{
  GBytes *bytes = rungs_token_from_text (rungs_slice_from_string (hex), NULL);

  g_assert_nonnull (bytes);
  return bytes;
}

static RungsSlice
slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static const char *
get (const Vector *vector, const char *name)
{
  return json_object_get_string_member (vector->inputs, name);
}

static void
assert_bytes (const Vector *vector, gconstpointer bytes, gsize length)
{
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", ((const guchar *) bytes)[i]);
  if (!g_str_equal (hex->str, vector->expected))
    g_error ("%s is %s, expected %s", vector->id, hex->str, vector->expected);
  g_string_free (hex, TRUE);
}

static RungsSlice
dup_utf16 (const char *text)
{
  glong n_units;
  gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &n_units, NULL);

  return rungs_slice ((char *) units, n_units * 2);
}

/* NTOWFv1, NTOWFv2 and the DES response. */
static gboolean
check_hashes (const Vector *vector)
{
  guint8 hash[16], response[24];
  RungsSlice user, domain;

  rungs_ntlm_hash_password (rungs_slice_from_string (get (vector, "password")), hash);
  if (g_str_equal (vector->id, "nlmp-v1-ntowf"))
    assert_bytes (vector, hash, sizeof hash);
  else if (g_str_equal (vector->id, "nlmp-v1-ntresp"))
    {
      g_autoptr (GBytes) challenge = from_hex (get (vector, "server_challenge"));

      rungs_ntlm_respond_v1 (hash, g_bytes_get_data (challenge, NULL), response);
      assert_bytes (vector, response, sizeof response);
    }
  else
    {
      user = dup_utf16 (get (vector, "user"));
      domain = dup_utf16 (get (vector, "domain"));
      rungs_ntlm_hash_user (hash, user, domain, hash);
      assert_bytes (vector, hash, sizeof hash);
      g_free ((gpointer) user.data);
      g_free ((gpointer) domain.data);
    }
  return TRUE;
}

/* Keys and signatures of the session keys that the specification uses. */
static gboolean
check_session (const Vector *vector)
{
  gboolean is_v2 = g_str_has_prefix (vector->id, "nlmp-v2");
  g_autoptr (GBytes) key =
    from_hex (is_v2 ? get (vector, "random_session_key") : "eb93429a8bd952f8b89c55b87f475edc");
  RungsSlice text = dup_utf16 (get (vector, "plaintext_utf16le"));
  guint8 signature[RUNGS_NTLM_SIGNATURE_LENGTH];
  RungsNtlmKeys keys;

  rungs_ntlm_keys_init (&keys, slice (key), is_v2 ? 0xe28a8233 : 0x820a8233);
  if (g_str_has_suffix (vector->id, "signkey"))
    assert_bytes (vector, keys.sign_key[RUNGS_NTLM_FROM_CLIENT], 16);
  else if (g_str_has_suffix (vector->id, "sealkey"))
    assert_bytes (vector, keys.seal_key[RUNGS_NTLM_FROM_CLIENT], 16);
  else
    {
      /* The check sum of NTLMv2 is printed before it is encrypted. */
      keys.flags &= ~RUNGS_NTLM_FLAG_KEY_EXCHANGE;
      rungs_ntlm_keys_sign (&keys, RUNGS_NTLM_FROM_CLIENT, 0, text, signature);
      if (is_v2)
        assert_bytes (vector, signature + 4, 8);
      else
        assert_bytes (vector, signature, sizeof signature);
    }
  g_free ((gpointer) text.data);
  return TRUE;
}

/* A published proof (of any version) and the key that it leads to. */
static gboolean
check_proof (const Vector *vector)
{
  g_autoptr (GBytes) question = from_hex (get (vector, "challenge_message"));
  g_autoptr (GBytes) answer = from_hex (get (vector, "authenticate_message"));
  RungsNtlm challenge, authenticate;
  RungsNtlmKeys keys;

  g_assert_true (rungs_ntlm_parse (&challenge, slice (question)));
  g_assert_true (rungs_ntlm_parse (&authenticate, slice (answer)));
  assert_bytes (vector, authenticate.proof.data, authenticate.proof.length);
  g_assert_true (rungs_ntlm_keys_derive (&keys,
                                         &challenge,
                                         &authenticate,
                                         rungs_slice_from_string (get (vector, "password"))));
  g_assert_false (rungs_ntlm_keys_derive (&keys, &challenge, &authenticate, RUNGS_SLICE_LITERAL ("another")));
  return TRUE;
}

/* Signatures of real servers and clients over the signed text. */
static gboolean
check_signature (const Vector *vector)
{
  g_autoptr (GBytes) key = from_hex (get (vector, "exported_session_key"));
  gboolean from_client = g_str_has_suffix (vector->id, "request-sig");
  guint8 signature[RUNGS_NTLM_SIGNATURE_LENGTH];
  guint64 flags = 0;
  RungsNtlmKeys keys;

  if (json_object_has_member (vector->inputs, "flags"))
    flags = g_ascii_strtoull (get (vector, "flags"), NULL, 0);
  rungs_ntlm_keys_init (&keys, slice (key), flags);
  rungs_ntlm_keys_sign (&keys,
                        from_client ? RUNGS_NTLM_FROM_CLIENT : RUNGS_NTLM_FROM_SERVER,
                        RUNGS_NTLM_SIP_SEQUENCE,
                        rungs_slice_from_string (get (vector, "buffer")),
                        signature);
  assert_bytes (vector, signature, sizeof signature);
  return TRUE;
}

static gboolean
check_text (const Vector *vector)
{
  g_auto (RungsSipMessage) sip;
  RungsSignature signature;
  GString *text;

  rungs_sip_message_init (&sip);
  rungs_sip_message_parse (&sip, rungs_slice_from_string (get (vector, "message")), RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_true (rungs_signature_find (&signature, &sip));
  text = rungs_signature_dup_text (&signature, &sip, json_object_get_int_member (vector->inputs, "version"));
  g_assert_cmpstr (text->str, ==, vector->expected);
  g_string_free (text, TRUE);
  return TRUE;
}

static const struct
{
  const char *id; /* of one vector, or what several begin with */
  CheckFunc check;
} checks[] = {
  { "nlmp-v1-ntowf", check_hashes },
  { "nlmp-v1-ntresp", check_hashes },
  { "nlmp-v2-ntowf", check_hashes },
  { "nlmp-ess-signkey", check_session },
  { "nlmp-ess-sealkey", check_session },
  { "nlmp-ess-sig", check_session },
  { "nlmp-v2-signkey", check_session },
  { "nlmp-v2-sealkey", check_session },
  { "nlmp-v2-cksum", check_session },
  { "ocsr2-ntproof", check_proof },
  { "ocsr2-request-sig", check_signature },
  { "ocsr2-response-sig", check_signature },
  { "sipae-v2-ocs2007-200", check_signature },
  { "buffer-v2-ocs2007", check_text },
  { "buffer-v4-request", check_text },
  { "buffer-v4-response", check_text },
  { "buffer-v4-pai", check_text },
};

static JsonNode *
load_json (const char *relative)
{
  g_autofree char *path = rungs_test_sample (relative);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return NULL;
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
published_values_come_out (void)
{
  g_autoptr (JsonNode) root = load_json ("reference/test-vectors.json");
  JsonArray *vectors;
  guint n_checked = 0;

  if (root == NULL)
    return;
  vectors = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *object = json_array_get_object_element (vectors, i);
      const char *id = json_object_get_string_member (object, "id");

      for (guint n = 0; n < G_N_ELEMENTS (checks); n++)
        if (g_str_equal (checks[n].id, id))
          {
            Vector vector = { id,
                              json_object_get_object_member (object, "inputs"),
                              json_object_get_string_member (object, "expected") };

            n_checked += checks[n].check (&vector);
          }
    }
  g_assert_cmpuint (n_checked, ==, G_N_ELEMENTS (checks));
}

/* How many signatures of the login are of @state with @password. */
static guint
count_login (JsonArray *messages, const char *password, RungsSignatureState state)
{
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  g_autoptr (RungsVerifier) verifier = rungs_verifier_new (secrets);
  RungsSecret *file = rungs_secret_new (strlen (password));
  g_auto (RungsSipMessage) sip;
  guint n = 0;

  rungs_sip_message_init (&sip);
  memcpy (file->data, password, strlen (password));
  rungs_secrets_take_passwords (secrets, file);
  for (guint i = 0; i < 2 * json_array_get_length (messages); i++)
    {
      guint position = i % json_array_get_length (messages);

      rungs_sip_message_parse (&sip,
                               rungs_slice_from_string (json_array_get_string_element (messages, position)),
                               RUNGS_SIP_PARSE_DATAGRAM);
      if (i < json_array_get_length (messages))
        rungs_verifier_learn (verifier, position, &sip);
      else
        n += rungs_verifier_check (verifier, position, &sip).state == state;
    }
  return n;
}

static void
a_published_login_is_verified (void)
{
  g_autoptr (JsonNode) root = load_json ("reference/synthetic-ntlm-login.json");
  JsonObject *login;
  JsonArray *messages;

  if (root == NULL)
    return;
  login = json_node_get_object (root);
  messages = json_object_get_array_member (login, "messages");
  g_assert_cmpuint (count_login (messages,
                                 json_object_get_string_member (login, "password"),
                                 RUNGS_SIGNATURE_RIGHT),
                    ==,
                    2);
  g_assert_cmpuint (count_login (messages, "another", RUNGS_SIGNATURE_WRONG), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/vectors", published_values_come_out);
  rungs_test_add ("/auth/vectors", a_published_login_is_verified);
  return g_test_run ();
}
