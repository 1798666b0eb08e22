/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a conversation.  See rungs-verifier.h. */

#include "config.h"

#include "rungs-ntlm-keys.h"
#include "rungs-signature.h"
#include "rungs-token.h"
#include "rungs-verifier.h"

#define MAX_HEADERS 16
/* Session keys share pages of locked memory, because a trace may hold a hundred thousand logins. */
#define KEYS_A_CHUNK 256
#define MAX_VERSION  4

typedef struct
{
  RungsSipScheme scheme;
  guint version;               /* of the extension */
  RungsSignatureReason reason; /* why nothing can be checked, RIGHT where it can */
  char *token;                 /* what it was made of, base64 */
  RungsNtlmKeys *ntlm;         /* in secret memory */
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

static RungsNtlmKeys *
allocate_keys (RungsVerifier *self)
{
  RungsSecret *chunk;

  if (self->n_keys % KEYS_A_CHUNK == 0)
    g_ptr_array_add (self->chunks, rungs_secret_new (KEYS_A_CHUNK * sizeof (RungsNtlmKeys)));
  chunk = g_ptr_array_index (self->chunks, self->chunks->len - 1);
  return (RungsNtlmKeys *) chunk->data + self->n_keys++ % KEYS_A_CHUNK;
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
  RungsNtlmKeys *keys;
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
    if (rungs_ntlm_keys_derive (keys, &challenge, &answer, password))
      {
        association->ntlm = keys;
        return RUNGS_SIGNATURE_REASON_RIGHT;
      }
  return RUNGS_SIGNATURE_REASON_OTHER_PASSWORD;
}

/* Makes the association that @token, the last of its login, begins. */
static void
learn_login (RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message, RungsSlice token)
{
  const Association *known = find (self->by_name, auth, message);
  const char *challenge = find (self->challenges, auth, message);
  char *handle = dup_handle (auth);
  Association *association;

  /* Retransmissions, and the copies of other hops. */
  if (known != NULL && rungs_slice_equal_string (token, known->token))
    {
      g_free (handle);
      return;
    }
  association = g_new0 (Association, 1);
  association->scheme = auth->scheme;
  association->version = get_version (auth, 2);
  association->token = rungs_slice_dup (token);
  association->reason = RUNGS_SIGNATURE_REASON_NO_CHALLENGE;
  g_ptr_array_add (self->associations, association);
  if (challenge != NULL)
    {
      g_autoptr (GBytes) question = rungs_token_decode_base64 (rungs_slice_from_string (challenge));
      g_autoptr (GBytes) answer = rungs_token_decode_base64 (token);

      if (question != NULL && answer != NULL)
        association->reason =
          open_ntlm (self,
                     association,
                     rungs_slice (g_bytes_get_data (question, NULL), g_bytes_get_size (question)),
                     rungs_slice (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer)));
    }
  if (handle != NULL)
    g_hash_table_replace (self->by_name, handle, association);
  g_hash_table_replace (self->by_name, dup_call (auth, message), association);
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
learn (RungsVerifier *self, const RungsSipMessage *message)
{
  static const char *const names[] = { "WWW-Authenticate",    "Proxy-Authenticate",
                                       "Authorization",       "Proxy-Authorization",
                                       "Authentication-Info", "Proxy-Authentication-Info" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const RungsSipHeader *header = rungs_sip_message_find (message, names[i]);

      for (guint n = 0; header != NULL && n < MAX_HEADERS; n++)
        {
          RungsSipAuth auth;
          RungsSlice token = RUNGS_SLICE_EMPTY;

          if (rungs_sip_auth_parse (&auth, header->value))
            token = rungs_sip_auth_get (&auth, "gssapi-data");
          switch (rungs_token_identify (token))
            {
            case RUNGS_TOKEN_NTLM_CHALLENGE:
              learn_challenge (self, &auth, message, token);
              break;
            case RUNGS_TOKEN_NTLM_AUTHENTICATE:
              learn_login (self, &auth, message, token);
              break;
            default:
              if (message->kind == RUNGS_SIP_KIND_RESPONSE && i >= 4)
                learn_handle (self, &auth, message);
              break;
            }
          header = header->id != 0 ? rungs_sip_message_next (message, header) : NULL;
        }
    }
}

static gboolean
is_right (const Association *association,
          const RungsSignature *signature,
          const RungsSipMessage *message,
          RungsSlice bytes)
{
  guint version = get_version (&signature->auth, association->version);
  GString *text = rungs_signature_dup_text (signature, message, version);
  gboolean right =
    rungs_ntlm_keys_verify (association->ntlm,
                            signature->from_server ? RUNGS_NTLM_FROM_SERVER : RUNGS_NTLM_FROM_CLIENT,
                            rungs_slice (text->str, text->len),
                            bytes);

  g_string_free (text, TRUE);
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
  if (signature->auth.scheme == RUNGS_SIP_SCHEME_KERBEROS && rungs_secrets_get_keytab (self->secrets) == NULL)
    return RUNGS_SIGNATURE_REASON_NO_KEYTAB;
  if (association == NULL)
    return RUNGS_SIGNATURE_REASON_NO_LOGIN;
  if (association->reason != RUNGS_SIGNATURE_REASON_RIGHT)
    return association->reason;
  return is_right (association,
                   signature,
                   message,
                   rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
           ? RUNGS_SIGNATURE_REASON_RIGHT
           : RUNGS_SIGNATURE_REASON_OTHER_TEXT;
}

RungsSignatureCheck
rungs_verifier_check (RungsVerifier *self, const RungsSipMessage *message)
{
  RungsSignatureCheck result = { RUNGS_SIGNATURE_NONE, RUNGS_SIGNATURE_REASON_NONE };
  RungsSignature signature;

  g_return_val_if_fail (self != NULL && message != NULL, result);

  learn (self, message);
  if (!rungs_signature_find (&signature, message))
    return result;
  result.reason = check (self, &signature, message);
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
