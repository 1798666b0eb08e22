/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Proof, keys and signatures of NTLM.  See rungs-ntlm-keys.h. */

#include "config.h"

#include <nettle/arcfour.h>
#include <nettle/des.h>
#include <nettle/hmac.h>
#include <nettle/md4.h>
#include <nettle/md5.h>
#include <nettle/memops.h>

#include "rungs-ntlm-keys.h"
#include "rungs-secret.h"

#define FLAG_56      0x80000000u
#define BYTES(slice) (slice).length, (const guint8 *) ((slice).data != NULL ? (slice).data : "")

/* HMAC-MD5 over two parts. */
static void
hmac (const guint8 key[16], RungsSlice first, RungsSlice second, guint8 digest[16])
{
  struct hmac_md5_ctx context;

  hmac_md5_set_key (&context, 16, key);
  hmac_md5_update (&context, BYTES (first));
  hmac_md5_update (&context, BYTES (second));
  hmac_md5_digest (&context, 16, digest);
  rungs_secret_wipe (&context, sizeof context);
}

static void
md5 (RungsSlice first, RungsSlice second, guint8 digest[16])
{
  struct md5_ctx context;

  md5_init (&context);
  md5_update (&context, BYTES (first));
  md5_update (&context, BYTES (second));
  md5_digest (&context, 16, digest);
  rungs_secret_wipe (&context, sizeof context);
}

static void
rc4 (const guint8 *key, gsize key_length, gsize length, guint8 *out, const guint8 *in)
{
  struct arcfour_ctx context;

  arcfour_set_key (&context, key_length, key);
  arcfour_crypt (&context, length, out, in);
  rungs_secret_wipe (&context, sizeof context);
}

static guint32
crc32 (RungsSlice text)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < text.length; i++)
    {
      crc ^= (guchar) text.data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
  return ~crc;
}

static RungsSlice
slice (const guint8 *bytes, gsize length)
{
  return rungs_slice ((const char *) bytes, length);
}

void
rungs_ntlm_hash_password (RungsSlice password, guint8 hash[RUNGS_NTLM_KEY_LENGTH])
{
  glong n_units = 0;
  gunichar2 *text = g_utf8_to_utf16 (password.data, password.length, NULL, &n_units, NULL);
  struct md4_ctx context;

  md4_init (&context);
  for (glong i = 0; i < n_units; i++)
    {
      guint16 unit = GUINT16_TO_LE (text[i]);

      md4_update (&context, sizeof unit, (const guint8 *) &unit);
    }
  md4_digest (&context, RUNGS_NTLM_KEY_LENGTH, hash);
  rungs_secret_wipe (&context, sizeof context);
  if (text != NULL)
    rungs_secret_wipe (text, n_units * sizeof *text);
  g_free (text);
}

/* (transfer full): @text, UTF-16, in capital letters; one letter stays one letter, as Windows does it. */
static char *
to_upper (RungsSlice text)
{
  char *upper = g_memdup2 (text.data, text.length);

  for (gsize i = 0; i + 1 < text.length; i += 2)
    {
      guint unit = (guchar) upper[i] | (guchar) upper[i + 1] << 8;
      gunichar capital = g_unichar_toupper (unit);

      if (capital <= 0xffff)
        {
          upper[i] = capital & 0xff;
          upper[i + 1] = capital >> 8;
        }
    }
  return upper;
}

void
rungs_ntlm_hash_user (const guint8 password_hash[RUNGS_NTLM_KEY_LENGTH],
                      RungsSlice user,
                      RungsSlice domain,
                      guint8 hash[RUNGS_NTLM_KEY_LENGTH])
{
  g_autofree char *upper = to_upper (user);

  hmac (password_hash, rungs_slice (upper, user.length), domain, hash);
}

void
rungs_ntlm_respond_v1 (const guint8 password_hash[RUNGS_NTLM_KEY_LENGTH],
                       const guint8 challenge[8],
                       guint8 response[24])
{
  guint8 padded[21] = { 0 };
  struct des_ctx context;

  memcpy (padded, password_hash, RUNGS_NTLM_KEY_LENGTH);
  for (guint part = 0; part < 3; part++)
    {
      guint64 bits = 0;
      guint8 key[8];

      for (guint i = 0; i < 7; i++)
        bits = bits << 8 | padded[7 * part + i];
      for (guint i = 0; i < 8; i++)
        key[i] = (bits >> (49 - 7 * i) & 0x7f) << 1;
      des_set_key (&context, key);
      des_encrypt (&context, 8, response + 8 * part, challenge);
      rungs_secret_wipe (key, sizeof key);
    }
  rungs_secret_wipe (padded, sizeof padded);
  rungs_secret_wipe (&context, sizeof context);
}

/* How many bytes of the session key go into the sealing keys. */
static gsize
get_strength (guint32 flags)
{
  if (flags & RUNGS_NTLM_FLAG_128)
    return 16;
  return flags & FLAG_56 ? 7 : 5;
}

void
rungs_ntlm_keys_init (RungsNtlmKeys *self, RungsSlice session_key, guint32 flags)
{
  static const char *const sides[] = { "session key to client-to-server ",
                                       "session key to server-to-client " };

  g_return_if_fail (self != NULL && session_key.length <= RUNGS_NTLM_KEY_LENGTH);

  *self = (RungsNtlmKeys){ .flags = flags, .session_key_length = session_key.length };
  memcpy (self->session_key, session_key.data, session_key.length);
  for (guint side = 0; side < RUNGS_NTLM_N_SIDES; side++)
    {
      g_autofree char *sign = g_strconcat (sides[side], "signing key magic constant", NULL);
      g_autofree char *seal = g_strconcat (sides[side], "sealing key magic constant", NULL);

      /* The terminating zero belongs to the constant. */
      md5 (session_key, rungs_slice (sign, strlen (sign) + 1), self->sign_key[side]);
      md5 (rungs_slice_sub (session_key, 0, get_strength (flags)),
           rungs_slice (seal, strlen (seal) + 1),
           self->seal_key[side]);
    }
}

/* (transfer full): the hash of names is made over UTF-16, even where the message carries them in the OEM character set. */
static GString *
widen (RungsSlice text, guint32 flags)
{
  gsize length = 0;
  g_autofree char *wide = NULL;

  if (text.length > 0 && !(flags & RUNGS_NTLM_FLAG_UNICODE))
    wide = g_convert (text.data, text.length, "UTF-16LE", RUNGS_NTLM_OEM_CHARSET, NULL, &length, NULL);
  return wide != NULL ? g_string_new_len (wide, length) : g_string_new_len (text.data, text.length);
}

/* The proof of NTLMv2 and the key behind it. */
static gboolean
check_v2 (const RungsNtlm *challenge, const RungsNtlm *authenticate, const guint8 hash[16], guint8 key[16])
{
  guint8 user_hash[RUNGS_NTLM_KEY_LENGTH];
  guint8 proof[RUNGS_NTLM_KEY_LENGTH];
  GString *user = widen (authenticate->user, authenticate->flags);
  GString *domain = widen (authenticate->domain, authenticate->flags);
  gboolean right;

  rungs_ntlm_hash_user (hash,
                        rungs_slice (user->str, user->len),
                        rungs_slice (domain->str, domain->len),
                        user_hash);
  g_string_free (user, TRUE);
  g_string_free (domain, TRUE);
  hmac (user_hash, challenge->server_challenge, authenticate->blob, proof);
  right = memeql_sec (proof, authenticate->proof.data, sizeof proof);
  hmac (user_hash, authenticate->proof, RUNGS_SLICE_EMPTY, key);
  rungs_secret_wipe (user_hash, sizeof user_hash);
  return right;
}

/* The 24 bytes of NTLMv1, with or without extended session security, and the key behind them. */
static gboolean
check_v1 (const RungsNtlm *challenge, const RungsNtlm *authenticate, const guint8 hash[16], guint8 key[16])
{
  gboolean extended = authenticate->response_kind == RUNGS_NTLM_RESPONSE_V1_ESS;
  RungsSlice client_challenge = rungs_slice_sub (authenticate->lm_response, 0, 8);
  guint8 question[16], response[24], base[16];
  struct md4_ctx context;

  if (extended)
    md5 (challenge->server_challenge, client_challenge, question);
  else
    memcpy (question, challenge->server_challenge.data, 8);
  rungs_ntlm_respond_v1 (hash, question, response);
  md4_init (&context);
  md4_update (&context, RUNGS_NTLM_KEY_LENGTH, hash);
  md4_digest (&context, sizeof base, base);
  if (extended)
    hmac (base, challenge->server_challenge, client_challenge, key);
  else
    memcpy (key, base, sizeof base);
  rungs_secret_wipe (base, sizeof base);
  rungs_secret_wipe (&context, sizeof context);
  return memeql_sec (response, authenticate->nt_response.data, sizeof response);
}

gboolean
rungs_ntlm_keys_derive (RungsNtlmKeys *self,
                        const RungsNtlm *challenge,
                        const RungsNtlm *authenticate,
                        RungsSlice password)
{
  guint8 hash[RUNGS_NTLM_KEY_LENGTH];
  guint8 key[RUNGS_NTLM_KEY_LENGTH];
  gboolean right;

  g_return_val_if_fail (self != NULL && challenge != NULL && authenticate != NULL, FALSE);

  if (challenge->server_challenge.length != 8 || authenticate->response_kind == RUNGS_NTLM_RESPONSE_NONE)
    return FALSE;
  rungs_ntlm_hash_password (password, hash);
  right = authenticate->response_kind == RUNGS_NTLM_RESPONSE_V2
            ? check_v2 (challenge, authenticate, hash, key)
            : check_v1 (challenge, authenticate, hash, key);
  if (right && authenticate->flags & RUNGS_NTLM_FLAG_KEY_EXCHANGE &&
      authenticate->session_key.length == RUNGS_NTLM_KEY_LENGTH)
    rc4 (key, sizeof key, sizeof key, key, (const guint8 *) authenticate->session_key.data);
  if (right)
    rungs_ntlm_keys_init (self, slice (key, sizeof key), authenticate->flags);
  rungs_secret_wipe (hash, sizeof hash);
  rungs_secret_wipe (key, sizeof key);
  return right;
}

/* With extended session security: version | HMAC | sequence. */
static void
sign_extended (
  const RungsNtlmKeys *self, RungsNtlmSide side, guint32 sequence, RungsSlice text, guint8 *signature)
{
  guint32 number = GUINT32_TO_LE (sequence);
  RungsSlice number_bytes = slice ((const guint8 *) &number, sizeof number);
  guint8 digest[16], seal[16];

  hmac (self->sign_key[side], number_bytes, text, digest);
  memcpy (seal, self->seal_key[side], sizeof seal);
  /* Datagrams may be lost, so that each has a key stream of its own. */
  if (self->flags & RUNGS_NTLM_FLAG_DATAGRAM)
    md5 (slice (self->seal_key[side], sizeof seal), number_bytes, seal);
  if (self->flags & RUNGS_NTLM_FLAG_KEY_EXCHANGE)
    rc4 (seal, sizeof seal, 8, digest, digest);
  memcpy (signature + 4, digest, 8);
  memcpy (signature + 12, &number, 4);
  rungs_secret_wipe (seal, sizeof seal);
}

/* Without: version | pad | encrypted CRC and sequence. */
static void
sign_plain (const RungsNtlmKeys *self, guint32 sequence, RungsSlice text, guint8 *signature)
{
  guint32 parts[3] = { 0, GUINT32_TO_LE (crc32 (text)), GUINT32_TO_LE (sequence) };
  guint8 bytes[sizeof parts];

  rc4 (self->session_key, self->session_key_length, sizeof bytes, bytes, (const guint8 *) parts);
  memset (signature + 4, 0, 4);
  memcpy (signature + 8, bytes + 4, 8);
}

void
rungs_ntlm_keys_sign (const RungsNtlmKeys *self,
                      RungsNtlmSide side,
                      guint32 sequence,
                      RungsSlice text,
                      guint8 signature[RUNGS_NTLM_SIGNATURE_LENGTH])
{
  static const guint8 version[4] = { 1, 0, 0, 0 };

  g_return_if_fail (self != NULL && side < RUNGS_NTLM_N_SIDES);

  memcpy (signature, version, sizeof version);
  if (self->flags & RUNGS_NTLM_FLAG_ESS)
    sign_extended (self, side, sequence, text, signature);
  else
    sign_plain (self, sequence, text, signature);
}

gboolean
rungs_ntlm_keys_verify (const RungsNtlmKeys *self, RungsNtlmSide side, RungsSlice text, RungsSlice signature)
{
  guint8 expected[RUNGS_NTLM_SIGNATURE_LENGTH];
  gsize skipped = 0;

  g_return_val_if_fail (self != NULL && side < RUNGS_NTLM_N_SIDES, FALSE);

  if (signature.length != sizeof expected)
    return FALSE;
  rungs_ntlm_keys_sign (self, side, RUNGS_NTLM_SIP_SEQUENCE, text, expected);
  /* Without extended session security the pad may hold anything. */
  if (!(self->flags & RUNGS_NTLM_FLAG_ESS))
    skipped = 8;
  return memcmp (expected, signature.data, 4) == 0 &&
         memeql_sec (expected + skipped, signature.data + skipped, sizeof expected - skipped);
}

gboolean
rungs_ntlm_keys_verify_mic (const RungsNtlmKeys *self,
                            const RungsNtlm *challenge,
                            const RungsNtlm *authenticate)
{
  static const guint8 zeros[16] = { 0 };
  struct hmac_md5_ctx context;
  guint8 digest[16];
  gsize offset;

  g_return_val_if_fail (self != NULL && challenge != NULL && authenticate != NULL, FALSE);

  if (authenticate->mic.length != sizeof zeros)
    return FALSE;
  offset = rungs_slice_offset_in (authenticate->mic, authenticate->bytes);
  hmac_md5_set_key (&context, self->session_key_length, self->session_key);
  hmac_md5_update (&context, BYTES (challenge->bytes));
  hmac_md5_update (&context, BYTES (rungs_slice_sub (authenticate->bytes, 0, offset)));
  hmac_md5_update (&context, sizeof zeros, zeros);
  hmac_md5_update (&context, BYTES (rungs_slice_skip (authenticate->bytes, offset + sizeof zeros)));
  hmac_md5_digest (&context, sizeof digest, digest);
  rungs_secret_wipe (&context, sizeof context);
  return memeql_sec (digest, authenticate->mic.data, sizeof digest);
}
