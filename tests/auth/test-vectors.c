/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Published values, where they are on this machine: [MS-NLMP] 4.2, logins of OCS 2007 and 2007 R2, and a whole login with its
 * signatures. */

#include "config.h"

#include <json-glib/json-glib.h>
#include <nettle/arcfour.h>
#include <nettle/hmac.h>

#include "rungs-ntlm-keys.h"
#include "rungs-signature.h"
#include "rungs-sip-instance.h"
#include "rungs-test.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"
#include "rungs-verifier.h"

typedef struct
{
  const char *id;
  JsonObject *inputs;
  const char *expected; /* or NULL */
  JsonObject *parts;    /* what is expected where it is more than one value, or NULL */
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

/* The session key of [MS-NLMP] 4.2 that a vector is about. */
static GBytes *
get_session_key (const Vector *vector)
{
  gboolean is_ess = g_str_has_prefix (vector->id, "nlmp-ess");

  return from_hex (is_ess ? "eb93429a8bd952f8b89c55b87f475edc" : get (vector, "random_session_key"));
}

/* Sealing and signing with one key stream, as connections do it; SIP has datagrams. */
static gboolean
check_stream (const Vector *vector)
{
  gboolean is_v1 = g_str_has_prefix (vector->id, "nlmp-v1");
  g_autoptr (GBytes) key = get_session_key (vector);
  RungsSlice text = dup_utf16 (get (vector, "plaintext_utf16le"));
  g_autofree guint8 *sealed = g_malloc (text.length);
  guint8 signature[RUNGS_NTLM_SIGNATURE_LENGTH], zeros[12] = { 0 }, stream[12];
  struct arcfour_ctx context;
  RungsNtlmKeys keys;

  rungs_ntlm_keys_init (&keys,
                        slice (key),
                        is_v1                                      ? 0
                        : g_str_has_prefix (vector->id, "nlmp-v2") ? 0xa28a8233
                                                                   : 0x820a8233);
  rungs_ntlm_keys_sign (&keys, RUNGS_NTLM_FROM_CLIENT, 0, text, signature);
  if (is_v1)
    {
      /* Out of the stream that SIP would have, and into the one that goes on behind the text. */
      arcfour_set_key (&context, 16, keys.session_key);
      arcfour_crypt (&context, 12, stream, zeros);
      for (guint i = 0; i < 12; i++)
        stream[i] = i < 4 ? 0 : signature[4 + i] ^ stream[i];
    }
  arcfour_set_key (&context, 16, is_v1 ? keys.session_key : keys.seal_key[RUNGS_NTLM_FROM_CLIENT]);
  arcfour_crypt (&context, text.length, sealed, (const guint8 *) text.data);
  if (g_str_has_suffix (vector->id, "-crc"))
    {
      guint8 crc[4] = { stream[7], stream[6], stream[5], stream[4] };

      assert_bytes (vector, crc, 4);
    }
  else if (g_str_has_suffix (vector->id, "-seal"))
    assert_bytes (vector, sealed, text.length);
  else if (is_v1)
    {
      /* The pad is encrypted too, and then replaced by the number that was drawn. */
      arcfour_crypt (&context, 12, stream, stream);
      memcpy (signature + 4, stream, 12);
      g_assert_true (g_str_has_prefix (vector->expected, "01000000"));
      assert_bytes (vector, signature, sizeof signature);
    }
  else
    {
      arcfour_crypt (&context, 8, signature + 4, signature + 4);
      assert_bytes (vector, signature, sizeof signature);
    }
  g_free ((gpointer) text.data);
  return TRUE;
}

static void
append_part (GByteArray *message, gsize descriptor, RungsSlice part)
{
  guint16 length = GUINT16_TO_LE (part.length);
  guint32 offset = GUINT32_TO_LE (message->len);

  memcpy (message->data + descriptor, &length, 2);
  memcpy (message->data + descriptor + 4, &offset, 4);
  g_byte_array_append (message, (const guint8 *) part.data, part.length);
}

/* Whether the password of @vector opens a login of @nt, @lm and @encrypted_key, and gives @expected as its key. */
static gboolean
opens (const Vector *vector, guint32 flags, GBytes *nt, GBytes *lm, GBytes *encrypted_key, GBytes *expected)
{
  g_autoptr (GBytes) server_challenge = from_hex (get (vector, "server_challenge"));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 question[32] = "NTLMSSP\0\2";
  RungsSlice user = dup_utf16 (get (vector, "user")), domain = dup_utf16 (get (vector, "domain"));
  RungsNtlm challenge, authenticate;
  RungsNtlmKeys keys;
  gboolean right;

  memcpy (question + 24, g_bytes_get_data (server_challenge, NULL), 8);
  g_byte_array_set_size (bytes, 64);
  memset (bytes->data, 0, 64);
  memcpy (bytes->data, "NTLMSSP\0\3", 9);
  flags = GUINT32_TO_LE (flags);
  memcpy (bytes->data + 60, &flags, 4);
  append_part (bytes, 12, slice (lm));
  append_part (bytes, 20, slice (nt));
  append_part (bytes, 28, domain);
  append_part (bytes, 36, user);
  append_part (bytes, 52, encrypted_key != NULL ? slice (encrypted_key) : RUNGS_SLICE_EMPTY);
  g_assert_true (rungs_ntlm_parse (&challenge, rungs_slice ((const char *) question, 32)));
  g_assert_true (rungs_ntlm_parse (&authenticate, rungs_slice ((const char *) bytes->data, bytes->len)));
  right = rungs_ntlm_keys_derive (&keys,
                                  &challenge,
                                  &authenticate,
                                  rungs_slice_from_string (get (vector, "password")));
  g_free ((gpointer) user.data);
  g_free ((gpointer) domain.data);
  return right && memcmp (keys.session_key, g_bytes_get_data (expected, NULL), 16) == 0;
}

/* (transfer full): the response of NTLMv2 to the vector's challenge, with @proof. */
static GBytes *
make_v2_response (const Vector *vector, const char *proof)
{
  g_autofree char *hex = g_strconcat (proof,
                                      "0101000000000000",
                                      get (vector, "time"),
                                      get (vector, "client_challenge"),
                                      "00000000",
                                      get (vector, "target_info"),
                                      "00000000",
                                      NULL);

  return from_hex (hex);
}

/* Responses, base keys and encrypted keys: a login that is made of them opens, and has the right key. */
static gboolean
check_exchange (const Vector *vector)
{
  gboolean is_v2 = g_str_has_prefix (vector->id, "nlmp-v2"),
           is_ess = g_str_has_prefix (vector->id, "nlmp-ess");
  guint32 flags = is_v2 ? 0xa28a8233 : is_ess ? 0x820a8233 : 0x82028233;
  g_autofree char *client =
    is_ess ? g_strconcat (get (vector, "client_challenge"), "00000000000000000000000000000000", NULL)
           : g_strdup ("98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13");
  gboolean is_proof = g_str_has_suffix (vector->id, "-ntproof") || g_str_has_suffix (vector->id, "-ntresp");
  gboolean is_encrypted = g_str_has_suffix (vector->id, "-ersk");
  g_autoptr (GBytes) lm = from_hex (client);
  g_autoptr (GBytes) nt = NULL;
  g_autoptr (GBytes) given = from_hex (vector->expected);
  g_autoptr (GBytes) random = from_hex (get (vector, "random_session_key"));
  g_autoptr (GBytes) key = NULL;

  if (is_v2)
    nt = make_v2_response (vector, is_proof ? vector->expected : "68cd0ab851e51c96aabc927bebef6a1c");
  else
    nt = from_hex (is_proof ? vector->expected
                   : is_ess ? "7537f803ae367128ca458204bde7caf81e97ed2683267232"
                            : "67c43011f30298a2ad35ece64f16331c44bdbed927841f94");
  key = is_proof ? from_hex (is_v2 ? "8de40ccadbc14a82f15cb0ad0de95ca3" : "eb93429a8bd952f8b89c55b87f475edc")
                 : g_bytes_ref (is_encrypted ? random : given);
  g_assert_true (opens (vector,
                        flags | (is_encrypted ? RUNGS_NTLM_FLAG_KEY_EXCHANGE : 0),
                        nt,
                        lm,
                        is_encrypted ? given : NULL,
                        key));
  return TRUE;
}

/* The LM hash and what is made of it. Rungs never checks LM; its DES is the one of NTLMv1. */
static gboolean
check_lm (const Vector *vector)
{
  static const guint8 magic[8] = "KGS!@#$%";
  guint8 hash[24], response[24], padded[16] = { 0 };
  g_autoptr (GBytes) challenge = from_hex (get (vector, "server_challenge"));
  g_autofree char *upper = g_ascii_strup (get (vector, "password"), -1);

  memcpy (padded, upper, MIN (strlen (upper), 14));
  rungs_ntlm_respond_v1 (padded, magic, hash);
  if (g_str_has_suffix (vector->id, "-lmowf"))
    assert_bytes (vector, hash, 16);
  else
    {
      rungs_ntlm_respond_v1 (hash, g_bytes_get_data (challenge, NULL), response);
      assert_bytes (vector, response, sizeof response);
    }
  return TRUE;
}

/* LMv2, and the client's challenge where LM has been. */
static gboolean
check_client_challenge (const Vector *vector)
{
  guint8 hash[16], response[24] = { 0 };
  struct hmac_md5_ctx context;
  RungsSlice user = dup_utf16 (get (vector, "user")), domain = dup_utf16 (get (vector, "domain"));
  RungsNtlm challenge;
  g_autoptr (GBytes) question = NULL;
  g_autoptr (GBytes) client = NULL;

  if (json_object_has_member (vector->inputs, "challenge_message"))
    {
      question = from_hex (get (vector, "challenge_message"));
      g_assert_true (rungs_ntlm_parse (&challenge, slice (question)));
      client = from_hex (vector->expected + 32);
    }
  else
    {
      question = from_hex (get (vector, "server_challenge"));
      challenge.server_challenge = slice (question);
      client = from_hex (get (vector, "client_challenge"));
    }
  if (g_str_has_prefix (vector->id, "nlmp-ess"))
    memcpy (response, g_bytes_get_data (client, NULL), 8);
  else
    {
      rungs_ntlm_hash_password (rungs_slice_from_string (get (vector, "password")), hash);
      rungs_ntlm_hash_user (hash, user, domain, hash);
      hmac_md5_set_key (&context, 16, hash);
      hmac_md5_update (&context, 8, (const guint8 *) challenge.server_challenge.data);
      hmac_md5_update (&context, 8, g_bytes_get_data (client, NULL));
      hmac_md5_digest (&context, 16, response);
      memcpy (response + 16, g_bytes_get_data (client, NULL), 8);
    }
  assert_bytes (vector, response, sizeof response);
  g_free ((gpointer) user.data);
  g_free ((gpointer) domain.data);
  return TRUE;
}

/* The signatures of another description of NTLM: the old form with a weak key, and the new one without key exchange. */
static gboolean
check_davenport (const Vector *vector)
{
  gboolean is_old = g_str_equal (vector->id, "davenport-v1-sign");
  g_autoptr (GBytes) key = from_hex (get (vector, is_old ? "key" : "master_key"));
  guint8 signature[RUNGS_NTLM_SIGNATURE_LENGTH];
  RungsNtlmKeys keys;

  rungs_ntlm_keys_init (&keys, slice (key), is_old ? 0 : RUNGS_NTLM_FLAG_ESS | RUNGS_NTLM_FLAG_128);
  if (g_str_has_suffix (vector->id, "-signkey"))
    {
      assert_bytes (vector, keys.sign_key[RUNGS_NTLM_FROM_CLIENT], 16);
      return TRUE;
    }
  rungs_ntlm_keys_sign (&keys,
                        RUNGS_NTLM_FROM_CLIENT,
                        0,
                        rungs_slice_from_string (get (vector, "message")),
                        signature);
  if (is_old)
    {
      g_autoptr (GBytes) pad = from_hex (get (vector, "random_pad_le"));

      memcpy (signature + 4, g_bytes_get_data (pad, NULL), 4);
    }
  assert_bytes (vector, signature, sizeof signature);
  return TRUE;
}

/* The parts of a MIC token that nobody has the key of. */
static gboolean
check_mic_parts (const Vector *vector)
{
  static const struct
  {
    const char *member;
    const char *field;
  } names[] = { { "tok_id", "TOK_ID" },
                { "sgn_alg", "SGN_ALG" },
                { "filler", "filler" },
                { "snd_seq", "SND_SEQ" },
                { "sgn_cksum", "SGN_CKSUM" } };
  g_autoptr (GBytes) bytes = from_hex (get (vector, "rspauth_hex"));
  g_autoptr (RungsField) root = rungs_signature_to_field (slice (bytes));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) value = g_string_new (rungs_field_find (root, names[i].field)->value);

      g_string_replace (value, " ", "", 0);
      g_assert_cmpstr (value->str, ==, json_object_get_string_member (vector->parts, names[i].member));
    }
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

static void
read_instance (RungsSipInstance *instance, const char *uuid)
{
  g_autofree char *urn = g_strdup_printf ("<urn:uuid:%s>", uuid);

  g_assert_true (rungs_sip_instance_parse (instance, rungs_slice_from_string (urn)));
}

static gboolean
check_instance (const Vector *vector)
{
  RungsSipInstance computed, expected;

  rungs_sip_instance_from_epid (&computed, rungs_slice_from_string (get (vector, "epid")));
  read_instance (&expected, vector->expected);
  g_assert_true (rungs_sip_instance_equal (&computed, &expected));
  return TRUE;
}

static gboolean
check_gruu (const Vector *vector)
{
  g_autofree char *gruu =
    g_strdup_printf ("sip:ann@contoso.example;opaque=user:epid:%s;gruu", vector->expected);
  RungsSipInstance named, instance;

  g_assert_true (rungs_sip_instance_parse_gruu (&named, rungs_slice_from_string (gruu)));
  read_instance (&instance, get (vector, "instance"));
  g_assert_true (rungs_sip_instance_equal (&named, &instance));
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
  { "nlmp-v1-lmowf", check_lm },
  { "nlmp-v1-lmresp", check_lm },
  { "nlmp-v1-sbk", check_exchange },
  { "nlmp-v1-ersk", check_exchange },
  { "nlmp-v1-crc", check_stream },
  { "nlmp-v1-seal", check_stream },
  { "nlmp-v1-sig", check_stream },
  { "nlmp-ess-ntresp", check_exchange },
  { "nlmp-ess-lmresp", check_client_challenge },
  { "nlmp-ess-kxkey", check_exchange },
  { "nlmp-ess-seal", check_stream },
  { "nlmp-v2-ntproof", check_exchange },
  { "nlmp-v2-lmresp", check_client_challenge },
  { "nlmp-v2-sbk", check_exchange },
  { "nlmp-v2-ersk", check_exchange },
  { "nlmp-v2-seal", check_stream },
  { "nlmp-v2-sig", check_stream },
  { "davenport-v1-sign", check_davenport },
  { "davenport-v2-signkey", check_davenport },
  { "davenport-v2-sign", check_davenport },
  { "ocsr2-lmv2", check_client_challenge },
  { "krb-rspauth-0", check_mic_parts },
  { "krb-rspauth-1", check_mic_parts },
  { "sipae-v2-ocs2007-200", check_signature },
  { "buffer-v2-ocs2007", check_text },
  { "buffer-v4-request", check_text },
  { "buffer-v4-response", check_text },
  { "buffer-v4-pai", check_text },
  { "instance-spec", check_instance },
  { "instance-ocsr2", check_instance },
  { "instance-sipae-ntlm", check_instance },
  { "instance-sipae-krb", check_instance },
  { "instance-siprege", check_instance },
  { "gruu-ocsr2", check_gruu },
  { "gruu-siprege", check_gruu },
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
            JsonNode *expected = json_object_get_member (object, "expected");
            gboolean is_value = JSON_NODE_HOLDS_VALUE (expected);
            Vector vector = { id,
                              json_object_get_object_member (object, "inputs"),
                              is_value ? json_node_get_string (expected) : NULL,
                              is_value ? NULL : json_node_get_object (expected) };

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
