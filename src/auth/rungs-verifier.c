/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a conversation.  See rungs-verifier.h. */

#include "config.h"

#include "rungs-digest.h"
#include "rungs-keytab.h"
#include "rungs-ntlm-keys.h"
#include "rungs-signature.h"
#include "rungs-token.h"
#include "rungs-verifier.h"

#define MAX_HEADERS 16
/* Session keys share pages of locked memory, because a trace may hold a hundred thousand logins. */
#define KEYS_A_CHUNK 256
#define MAX_VERSION  4

typedef union
{
  RungsNtlmKeys ntlm;
  RungsKerberosKeys kerberos;
} Keys;

typedef struct
{
  RungsSipScheme scheme;
  guint version;               /* of the extension */
  RungsSignatureReason reason; /* why nothing can be checked, RIGHT where it can */
  char *token;                 /* what it was made of, base64 */
  Keys *keys;                  /* in secret memory, of the scheme; NULL where there are none */
} Association;

struct _RungsVerifier
{
  const RungsSecrets *secrets;
  GHashTable *challenges;  /* "opaque" or "Call-ID" → base64 of the last CHALLENGE */
  GHashTable *by_name;     /* the same → Association, not owned */
  GPtrArray *associations; /* owned */
  GPtrArray *chunks;       /* RungsSecret */
  guint n_keys;
};

static void
association_free (Association *self)
{
  g_free (self->token);
  g_free (self);
}

RungsVerifier *
rungs_verifier_new (const RungsSecrets *secrets)
{
  RungsVerifier *self;

  g_return_val_if_fail (secrets != NULL, NULL);

  self = g_new0 (RungsVerifier, 1);
  self->secrets = secrets;
  self->challenges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->associations = g_ptr_array_new_with_free_func ((GDestroyNotify) association_free);
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_secret_free);
  return self;
}

void
rungs_verifier_free (RungsVerifier *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->challenges);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->associations);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

static Keys *
allocate_keys (RungsVerifier *self)
{
  RungsSecret *chunk;

  if (self->n_keys % KEYS_A_CHUNK == 0)
    g_ptr_array_add (self->chunks, rungs_secret_new (KEYS_A_CHUNK * sizeof (Keys)));
  chunk = g_ptr_array_index (self->chunks, self->chunks->len - 1);
  return (Keys *) chunk->data + self->n_keys++ % KEYS_A_CHUNK;
}

/* (transfer full) (nullable): under which an association is found by its handle. */
static char *
dup_handle (const RungsSipAuth *auth)
{
  RungsSlice opaque = rungs_sip_auth_get (auth, "opaque");

  return opaque.length > 0 ? g_strdup_printf ("opaque %d %.*s", auth->scheme, RUNGS_SLICE_ARGS (opaque))
                           : NULL;
}

/* (transfer full): under which it is found where there is no handle. */
static char *
dup_call (const RungsSipAuth *auth, const RungsSipMessage *message)
{
  RungsSlice call_id = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CALL_ID);

  return g_strdup_printf ("call %d %.*s", auth->scheme, RUNGS_SLICE_ARGS (call_id));
}

/* What @table has for @auth: by its handle, or by the call. */
static gpointer
find (GHashTable *table, const RungsSipAuth *auth, const RungsSipMessage *message)
{
  g_autofree char *handle = dup_handle (auth);
  g_autofree char *call = dup_call (auth, message);
  gpointer value = handle != NULL ? g_hash_table_lookup (table, handle) : NULL;

  return value != NULL ? value : g_hash_table_lookup (table, call);
}

static guint
get_version (const RungsSipAuth *auth, guint otherwise)
{
  guint64 version;

  if (!rungs_slice_to_uint64 (rungs_sip_auth_get (auth, "version"), &version))
    return otherwise;
  return CLAMP (version, 2, MAX_VERSION);
}

/* Tries the passwords that may be the user's. Returns: why the association cannot be used, or RIGHT */
static RungsSignatureReason
open_ntlm (RungsVerifier *self, Association *association, RungsSlice challenge_bytes, RungsSlice answer_bytes)
{
  RungsNtlm challenge, answer;
  Keys *keys;
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  RungsSlice password;

  if (!rungs_ntlm_parse (&challenge, challenge_bytes) || challenge.server_challenge.length != 8)
    return RUNGS_SIGNATURE_REASON_NO_CHALLENGE;
  if (!rungs_ntlm_parse (&answer, answer_bytes) || answer.response_kind == RUNGS_NTLM_RESPONSE_NONE)
    return RUNGS_SIGNATURE_REASON_NO_RESPONSE;
  user = rungs_ntlm_dup_text (answer.user, answer.flags);
  domain = rungs_ntlm_dup_text (answer.domain, answer.flags);
  if (rungs_secrets_find_password (self->secrets, user, domain, 0).data == NULL)
    return RUNGS_SIGNATURE_REASON_NO_PASSWORD;
  keys = allocate_keys (self);
  for (guint i = 0; (password = rungs_secrets_find_password (self->secrets, user, domain, i)).data != NULL;
       i++)
    if (rungs_ntlm_keys_derive (&keys->ntlm, &challenge, &answer, password))
      {
        association->keys = keys;
        return RUNGS_SIGNATURE_REASON_RIGHT;
      }
  return RUNGS_SIGNATURE_REASON_OTHER_PASSWORD;
}

static RungsSlice
get_slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static RungsSignatureReason
open_kerberos (RungsVerifier *self, Association *association, RungsSlice request)
{
  RungsKeytab *keytab = rungs_secrets_get_keytab (self->secrets);
  Keys *keys;

  if (keytab == NULL)
    return RUNGS_SIGNATURE_REASON_NO_KEYTAB;
  keys = allocate_keys (self);
  if (!rungs_keytab_open_request (keytab, request, &keys->kerberos))
    return RUNGS_SIGNATURE_REASON_NO_KEY;
  association->keys = keys;
  return RUNGS_SIGNATURE_REASON_RIGHT;
}

/* Opens a login with the secrets. Returns: why the association cannot be used, or RIGHT */
static RungsSignatureReason
open_login (RungsVerifier *self, Association *association, const char *challenge, RungsSlice token)
{
  g_autoptr (GBytes) answer = rungs_token_decode_base64 (token);
  g_autoptr (GBytes) question = NULL;

  if (answer == NULL)
    return RUNGS_SIGNATURE_REASON_NO_RESPONSE;
  if (association->scheme == RUNGS_SIP_SCHEME_KERBEROS)
    return open_kerberos (self, association, get_slice (answer));
  if (challenge != NULL)
    question = rungs_token_decode_base64 (rungs_slice_from_string (challenge));
  if (question == NULL)
    return RUNGS_SIGNATURE_REASON_NO_CHALLENGE;
  return open_ntlm (self, association, get_slice (question), get_slice (answer));
}

/* Makes the association that @token, the last of its login, begins. */
static void
learn_login (RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message, RungsSlice token)
{
  const Association *known = find (self->by_name, auth, message);
  char *handle;
  Association *association;

  /* Retransmissions, and the copies of other hops. */
  if (known != NULL && rungs_slice_equal_string (token, known->token))
    return;
  association = g_new0 (Association, 1);
  association->scheme = auth->scheme;
  association->version = get_version (auth, 2);
  association->token = rungs_slice_dup (token);
  association->reason = open_login (self, association, find (self->challenges, auth, message), token);
  g_ptr_array_add (self->associations, association);
  handle = dup_handle (auth);
  if (handle != NULL)
    g_hash_table_replace (self->by_name, handle, association);
  g_hash_table_replace (self->by_name, dup_call (auth, message), association);
}

/* The server's half of a Kerberos login. */
static void
learn_reply (RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message, RungsSlice token)
{
  Association *association = find (self->by_name, auth, message);
  RungsKeytab *keytab = rungs_secrets_get_keytab (self->secrets);
  g_autoptr (GBytes) reply = rungs_token_decode_base64 (token);

  if (association != NULL && association->scheme == RUNGS_SIP_SCHEME_KERBEROS && association->keys != NULL &&
      keytab != NULL && reply != NULL)
    rungs_keytab_open_reply (keytab, get_slice (reply), &association->keys->kerberos);
}

static void
learn_challenge (RungsVerifier *self,
                 const RungsSipAuth *auth,
                 const RungsSipMessage *message,
                 RungsSlice token)
{
  char *handle = dup_handle (auth);

  if (handle != NULL)
    g_hash_table_replace (self->challenges, handle, rungs_slice_dup (token));
  g_hash_table_replace (self->challenges, dup_call (auth, message), rungs_slice_dup (token));
}

/* The handle that the server gives to an association which had none. */
static void
learn_handle (RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message)
{
  g_autofree char *call = dup_call (auth, message);
  Association *association = g_hash_table_lookup (self->by_name, call);
  g_autofree char *handle = dup_handle (auth);

  if (association != NULL && handle != NULL && !g_hash_table_contains (self->by_name, handle))
    g_hash_table_insert (self->by_name, g_steal_pointer (&handle), association);
}

static void
learn_header (RungsVerifier *self, const RungsSipMessage *message, RungsSlice value, gboolean is_info)
{
  RungsSipAuth auth;
  RungsSlice token;

  if (!rungs_sip_auth_parse (&auth, value))
    return;
  token = rungs_sip_auth_get (&auth, "gssapi-data");
  if (is_info)
    learn_handle (self, &auth, message);
  switch (rungs_token_identify (token))
    {
    case RUNGS_TOKEN_NTLM_CHALLENGE:
      learn_challenge (self, &auth, message, token);
      break;
    case RUNGS_TOKEN_NTLM_AUTHENTICATE:
      if (auth.scheme == RUNGS_SIP_SCHEME_NTLM)
        learn_login (self, &auth, message, token);
      break;
    case RUNGS_TOKEN_KRB_AP_REQ:
      if (auth.scheme == RUNGS_SIP_SCHEME_KERBEROS)
        learn_login (self, &auth, message, token);
      break;
    case RUNGS_TOKEN_KRB_AP_REP:
      learn_reply (self, &auth, message, token);
      break;
    default:
      break;
    }
}

static void
learn (RungsVerifier *self, const RungsSipMessage *message)
{
  static const struct
  {
    const char *name;
    gboolean is_info;
  } headers[] = {
    { "WWW-Authenticate", FALSE },    { "Proxy-Authenticate", FALSE }, { "Authorization", FALSE },
    { "Proxy-Authorization", FALSE }, { "Authentication-Info", TRUE }, { "Proxy-Authentication-Info", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const RungsSipHeader *header = rungs_sip_message_find (message, headers[i].name);

      for (guint n = 0; header != NULL && n < MAX_HEADERS; n++)
        {
          learn_header (self, message, header->value, headers[i].is_info);
          header = header->id != 0 ? rungs_sip_message_next (message, header) : NULL;
        }
    }
}

static gboolean
is_right (RungsVerifier *self,
          const Association *association,
          const RungsSignature *signature,
          const RungsSipMessage *message,
          RungsSlice bytes)
{
  GString *buffer =
    rungs_signature_dup_text (signature, message, get_version (&signature->auth, association->version));
  RungsSlice text = rungs_slice (buffer->str, buffer->len);
  RungsNtlmSide side = signature->from_server ? RUNGS_NTLM_FROM_SERVER : RUNGS_NTLM_FROM_CLIENT;
  gboolean right;

  if (association->scheme == RUNGS_SIP_SCHEME_KERBEROS)
    right = rungs_keytab_verify (rungs_secrets_get_keytab (self->secrets),
                                 &association->keys->kerberos,
                                 signature->from_server,
                                 text,
                                 bytes);
  else
    right = rungs_ntlm_keys_verify (&association->keys->ntlm, side, text, bytes);
  g_string_free (buffer, TRUE);
  return right;
}

static RungsSignatureReason
check (RungsVerifier *self, const RungsSignature *signature, const RungsSipMessage *message)
{
  const Association *association = find (self->by_name, &signature->auth, message);
  g_autoptr (GBytes) bytes = rungs_signature_dup_bytes (signature);

  if (bytes == NULL)
    return RUNGS_SIGNATURE_REASON_MALFORMED;
  if (signature->auth.scheme == RUNGS_SIP_SCHEME_TLS_DSK)
    return RUNGS_SIGNATURE_REASON_NO_TLS_KEYS;
  if (association == NULL)
    return RUNGS_SIGNATURE_REASON_NO_LOGIN;
  if (association->reason != RUNGS_SIGNATURE_REASON_RIGHT)
    return association->reason;
  return is_right (self, association, signature, message, get_slice (bytes))
           ? RUNGS_SIGNATURE_REASON_RIGHT
           : RUNGS_SIGNATURE_REASON_OTHER_TEXT;
}

/* Tries the passwords that may be the user's; the realm stands for the domain. */
static RungsSignatureReason
check_digest (RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message)
{
  g_auto (GStrv) user = NULL;
  g_autofree char *name = rungs_slice_dup (rungs_sip_auth_get (auth, "username"));
  g_autofree char *realm = rungs_slice_dup (rungs_sip_auth_get (auth, "realm"));
  RungsSignatureReason reason = RUNGS_SIGNATURE_REASON_NO_PASSWORD;
  RungsSlice password;

  user = g_strsplit (name, "@", 2);
  for (guint i = 0; user[0] != NULL; i++)
    {
      password = rungs_secrets_find_password (self->secrets, user[0], user[1] != NULL ? user[1] : realm, i);
      if (password.data == NULL)
        break;
      switch (rungs_digest_check (auth, message, password))
        {
        case RUNGS_DIGEST_RIGHT:
          return RUNGS_SIGNATURE_REASON_RIGHT;
        case RUNGS_DIGEST_UNKNOWN:
          return RUNGS_SIGNATURE_REASON_NO_ALGORITHM;
        case RUNGS_DIGEST_WRONG:
        default:
          reason = RUNGS_SIGNATURE_REASON_OTHER_PASSWORD;
          break;
        }
    }
  return reason;
}

RungsSignatureCheck
rungs_verifier_check (RungsVerifier *self, const RungsSipMessage *message)
{
  RungsSignatureCheck result = { RUNGS_SIGNATURE_NONE, RUNGS_SIGNATURE_REASON_NONE };
  RungsSignature signature;
  RungsSipAuth digest;

  g_return_val_if_fail (self != NULL && message != NULL, result);

  learn (self, message);
  if (rungs_signature_find (&signature, message))
    result.reason = check (self, &signature, message);
  else if (rungs_digest_find (&digest, message))
    result.reason = check_digest (self, &digest, message);
  else
    return result;
  switch (result.reason)
    {
    case RUNGS_SIGNATURE_REASON_RIGHT:
      result.state = RUNGS_SIGNATURE_RIGHT;
      break;
    case RUNGS_SIGNATURE_REASON_OTHER_TEXT:
    case RUNGS_SIGNATURE_REASON_OTHER_PASSWORD:
    case RUNGS_SIGNATURE_REASON_MALFORMED:
      result.state = RUNGS_SIGNATURE_WRONG;
      break;
    default:
      result.state = RUNGS_SIGNATURE_UNCHECKED;
      break;
    }
  return result;
}

const char *
rungs_signature_state_get_id (RungsSignatureState state)
{
  static const char *const ids[] = { NULL, "right", "wrong", "unchecked" };

  g_return_val_if_fail (state < G_N_ELEMENTS (ids), NULL);
  return ids[state];
}

const char *
rungs_signature_reason_get_id (RungsSignatureReason reason)
{
  static const char *const ids[] = {
#define X(name, id) id,
    RUNGS_SIGNATURE_REASONS (X)
#undef X
  };

  g_return_val_if_fail (reason < G_N_ELEMENTS (ids), NULL);
  return ids[reason];
}
