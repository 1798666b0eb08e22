/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Digest credentials.  See rungs-digest.h. */

#include "config.h"

#include <nettle/md5.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha2.h>

#include "rungs-digest.h"
#include "rungs-scan.h"
#include "rungs-secret.h"

#define MAX_HEADERS 16

/* A hash in hexadecimal digits, with its terminator. */
typedef char Hash[2 * SHA512_DIGEST_SIZE + 1];

typedef union
{
  struct md5_ctx md5;
  struct sha256_ctx sha256;
  struct sha512_ctx sha512;
} Context;

static const struct
{
  const char *name;
  const struct nettle_hash *hash;
  gboolean session;
} algorithms[] = {
  { "MD5", &nettle_md5, FALSE },
  { "MD5-sess", &nettle_md5, TRUE },
  { "SHA-256", &nettle_sha256, FALSE },
  { "SHA-256-sess", &nettle_sha256, TRUE },
  { "SHA-512-256", &nettle_sha512_256, FALSE },
  { "SHA-512-256-sess", &nettle_sha512_256, TRUE },
};

gboolean
rungs_digest_find (RungsSipAuth *self, const RungsSipMessage *message, guint index)
{
  static const RungsSipHeaderId ids[] = { RUNGS_SIP_HEADER_AUTHORIZATION,
                                          RUNGS_SIP_HEADER_PROXY_AUTHORIZATION };

  g_return_val_if_fail (self != NULL && message != NULL, FALSE);

  for (guint i = 0; message->kind == RUNGS_SIP_KIND_REQUEST && i < G_N_ELEMENTS (ids); i++)
    {
      const RungsSipHeader *header = rungs_sip_message_first (message, ids[i]);

      for (guint n = 0; header != NULL && n < MAX_HEADERS; n++)
        {
          if (rungs_sip_auth_parse (self, header->value) && self->scheme == RUNGS_SIP_SCHEME_DIGEST &&
              rungs_sip_auth_get (self, "response").length > 0 && index-- == 0)
            return TRUE;
          header = rungs_sip_message_next (message, header);
        }
    }
  return FALSE;
}

/* Hashes @parts with a colon between them. */
static void
join_hash (const struct nettle_hash *hash, const RungsSlice *parts, guint n_parts, Hash result)
{
  guint8 digest[SHA512_DIGEST_SIZE];
  Context context;

  g_assert (hash->context_size <= sizeof context && hash->digest_size <= sizeof digest);
  hash->init (&context);
  for (guint i = 0; i < n_parts; i++)
    {
      if (i > 0)
        hash->update (&context, 1, (const guint8 *) ":");
      hash->update (&context, parts[i].length, (const guint8 *) parts[i].data);
    }
  hash->digest (&context, hash->digest_size, digest);
  for (guint i = 0; i < hash->digest_size; i++)
    g_snprintf (result + 2 * i, 3, "%02x", digest[i]);
  rungs_secret_wipe (&context, sizeof context);
  rungs_secret_wipe (digest, sizeof digest);
}

/* What goes into a hash beside the password. */
typedef struct
{
  const RungsSipAuth *auth; /* credentials */
  RungsSlice qop;
  RungsSlice method; /* of a request; empty for the server's proof */
  RungsSlice body;
} Proof;

/* What the proof would be with @password. */
static void
respond (
  const Proof *proof, const struct nettle_hash *hash, gboolean session, RungsSlice password, Hash response)
{
  const RungsSipAuth *auth = proof->auth;
  RungsSlice nonce = rungs_sip_auth_get (auth, "nonce");
  RungsSlice cnonce = rungs_sip_auth_get (auth, "cnonce");
  RungsSlice qop = proof->qop;
  /* What is hashed is what the quoted strings mean (RFC 7616, 3.4.1). */
  g_autofree char *user = rungs_scan_unescape (rungs_sip_auth_get (auth, "username"));
  g_autofree char *realm = rungs_scan_unescape (rungs_sip_auth_get (auth, "realm"));
  RungsSlice who[] = { rungs_slice_from_string (user), rungs_slice_from_string (realm), password };
  RungsSlice what[] = { proof->method, rungs_sip_auth_get (auth, "uri"), RUNGS_SLICE_EMPTY };
  Hash user_hash, request_hash, body_hash;
  gboolean with_body = rungs_slice_case_equal_string (qop, "auth-int");

  join_hash (hash, who, G_N_ELEMENTS (who), user_hash);
  if (session)
    {
      RungsSlice parts[] = { rungs_slice_from_string (user_hash), nonce, cnonce };

      join_hash (hash, parts, G_N_ELEMENTS (parts), user_hash);
    }
  join_hash (hash, &proof->body, 1, body_hash);
  what[2] = rungs_slice_from_string (body_hash);
  join_hash (hash, what, with_body ? 3 : 2, request_hash);
  if (qop.length > 0)
    {
      RungsSlice parts[] = {
        rungs_slice_from_string (user_hash),   nonce, rungs_sip_auth_get (auth, "nc"), cnonce, qop,
        rungs_slice_from_string (request_hash)
      };

      join_hash (hash, parts, G_N_ELEMENTS (parts), response);
    }
  else
    {
      RungsSlice parts[] = { rungs_slice_from_string (user_hash),
                             nonce,
                             rungs_slice_from_string (request_hash) };

      join_hash (hash, parts, G_N_ELEMENTS (parts), response);
    }
  rungs_secret_wipe (user_hash, sizeof user_hash);
}

static RungsDigestResult
check (const Proof *proof, RungsSlice given, RungsSlice password)
{
  RungsSlice algorithm = rungs_sip_auth_get (proof->auth, "algorithm");

  if (algorithm.length == 0)
    algorithm = RUNGS_SLICE_LITERAL ("MD5");
  if (rungs_slice_case_starts_with (algorithm, RUNGS_SLICE_LITERAL ("AKAv")))
    return RUNGS_DIGEST_AKA;
  if (proof->qop.length > 0 && !rungs_slice_case_equal_string (proof->qop, "auth") &&
      !rungs_slice_case_equal_string (proof->qop, "auth-int"))
    return RUNGS_DIGEST_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      Hash response;

      if (!rungs_slice_case_equal_string (algorithm, algorithms[i].name))
        continue;
      respond (proof, algorithms[i].hash, algorithms[i].session, password, response);
      return rungs_slice_case_equal_string (given, response) ? RUNGS_DIGEST_RIGHT : RUNGS_DIGEST_WRONG;
    }
  return RUNGS_DIGEST_UNKNOWN;
}

RungsDigestResult
rungs_digest_check (const RungsSipAuth *self, const RungsSipMessage *message, RungsSlice password)
{
  Proof proof = { self, rungs_sip_auth_get (self, "qop"), message->method_name, message->body };

  return check (&proof, rungs_sip_auth_get (self, "response"), password);
}

gboolean
rungs_digest_find_info (RungsSipAuth *self, const RungsSipMessage *message)
{
  static const RungsSipHeaderId ids[] = { RUNGS_SIP_HEADER_AUTHENTICATION_INFO,
                                          RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO };

  g_return_val_if_fail (self != NULL && message != NULL, FALSE);

  for (guint i = 0; message->kind == RUNGS_SIP_KIND_RESPONSE && i < G_N_ELEMENTS (ids); i++)
    {
      const RungsSipHeader *header = rungs_sip_message_first (message, ids[i]);

      for (guint n = 0; header != NULL && n < MAX_HEADERS; n++)
        {
          /* Digest's has no scheme (RFC 7616, 3.5); some servers write it all the same. */
          if ((!rungs_sip_auth_parse (self, header->value) || self->scheme == RUNGS_SIP_SCHEME_DIGEST) &&
              rungs_sip_auth_get (self, "rspauth").length > 0)
            return TRUE;
          header = rungs_sip_message_next (message, header);
        }
    }
  return FALSE;
}

RungsDigestResult
rungs_digest_check_info (const RungsSipAuth *self,
                         const RungsSipMessage *message,
                         const RungsSipAuth *credentials,
                         RungsSlice password)
{
  Proof proof = { credentials, rungs_sip_auth_get (self, "qop"), RUNGS_SLICE_EMPTY, message->body };
  RungsDigestResult result;

  if (proof.qop.length == 0)
    proof.qop = rungs_sip_auth_get (credentials, "qop");
  result = check (&proof, rungs_sip_auth_get (self, "rspauth"), password);
  /* Whether it is the password that is wrong, the client's own proof tells; with auth-int it takes the request's body. */
  proof =
    (Proof){ credentials, rungs_sip_auth_get (credentials, "qop"), message->method_name, RUNGS_SLICE_EMPTY };
  if (result == RUNGS_DIGEST_WRONG && !rungs_slice_case_equal_string (proof.qop, "auth-int") &&
      check (&proof, rungs_sip_auth_get (credentials, "response"), password) == RUNGS_DIGEST_RIGHT)
    return RUNGS_DIGEST_OTHER_TEXT;
  return result;
}
