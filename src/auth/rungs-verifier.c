/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a conversation.  See rungs-verifier.h.
 *
 * Logins and challenges are filed under the names by which later messages may mean them; under each name they stand in the order
 * of the trace, so that the nearest ones are found by halving. */

#include "config.h"

#include "rungs-digest.h"
#include "rungs-login.h"
#include "rungs-scan.h"
#include "rungs-signature.h"
#include "rungs-sip-address.h"
#include "rungs-token.h"
#include "rungs-verifier.h"

#define MAX_HEADERS 16
/* Session keys share pages of locked memory, because a trace may hold a hundred thousand logins. */
#define KEYS_A_CHUNK 256
#define MAX_VERSION  4
/* How many logins or challenges under one name are tried before, and behind, a message. */
#define MAX_NEAR 4

/* Under what a login is found, the surest name first. */
typedef enum
{
  BY_OPAQUE,
  BY_CALL,
  BY_FROM,
  BY_TO,
  N_NAMES,
} Name;

typedef struct
{
  guint position; /* of the message */
  gpointer item;
} Entry;

struct _RungsVerifier
{
  const RungsSecrets *secrets;
  GHashTable *challenges; /* name → GArray of Entry: base64, owned by @texts */
  GHashTable *logins;     /* name → GArray of Entry: RungsLogin */
  GHashTable *by_token;   /* the token of a login → RungsLogin: copies of other hops, retransmissions */
  GHashTable *texts;      /* the CHALLENGEs, base64, each once */
  GHashTable *digests;    /* a transaction → the parameters of the Digest credentials of its request */
  GPtrArray *all_logins;  /* owned */
  GPtrArray *chunks;      /* RungsSecret */
  guint n_keys;
};

RungsVerifier *
rungs_verifier_new (const RungsSecrets *secrets)
{
  RungsVerifier *self;

  g_return_val_if_fail (secrets != NULL, NULL);

  self = g_new0 (RungsVerifier, 1);
  self->secrets = secrets;
  self->challenges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->by_token = g_hash_table_new (g_str_hash, g_str_equal);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->all_logins = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_login_free);
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_secret_free);
  return self;
}

void
rungs_verifier_free (RungsVerifier *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->challenges);
  g_hash_table_unref (self->logins);
  g_hash_table_unref (self->by_token);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->digests);
  g_ptr_array_unref (self->all_logins);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

void
rungs_verifier_forget (RungsVerifier *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->all_logins->len; i++)
    ((RungsLogin *) g_ptr_array_index (self->all_logins, i))->keys = NULL;
  g_ptr_array_set_size (self->chunks, 0);
  self->n_keys = 0;
  self->secrets = NULL;
}

/* The next free place in secret memory; rungs_login_open() may leave it free. */
static RungsLoginKeys *
get_free_keys (RungsVerifier *self)
{
  RungsSecret *chunk;

  if (self->n_keys == self->chunks->len * KEYS_A_CHUNK)
    g_ptr_array_add (self->chunks, rungs_secret_new (KEYS_A_CHUNK * sizeof (RungsLoginKeys)));
  chunk = g_ptr_array_index (self->chunks, self->chunks->len - 1);
  return (RungsLoginKeys *) chunk->data + self->n_keys % KEYS_A_CHUNK;
}

/* (transfer full) (nullable): a user and the endpoint, as From and To name them. */
static char *
dup_endpoint (const RungsSipMessage *message, RungsSipHeaderId id, RungsSipScheme scheme)
{
  RungsSipAddress address;
  g_autofree char *uri = NULL;
  g_autofree char *lower = NULL;
  RungsSlice epid;

  rungs_sip_address_parse (&address, rungs_sip_message_get (message, id));
  if (address.uri.all.length == 0)
    return NULL;
  epid = rungs_sip_address_get_parameter (&address, "epid");
  uri = rungs_slice_dup (address.uri.all);
  lower = g_ascii_strdown (uri, -1);
  return g_strdup_printf ("endpoint %d %s %.*s", scheme, lower, RUNGS_SLICE_ARGS (epid));
}

/* (transfer full) (nullable): what @message calls its login in this way. */
static char *
dup_name (const RungsSipAuth *auth, const RungsSipMessage *message, Name name)
{
  RungsSlice text;

  switch (name)
    {
    case BY_OPAQUE:
      text = rungs_sip_auth_get (auth, "opaque");
      return text.length > 0 ? g_strdup_printf ("opaque %d %.*s", auth->scheme, RUNGS_SLICE_ARGS (text))
                             : NULL;
    case BY_CALL:
      text = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CALL_ID);
      return text.length > 0 ? g_strdup_printf ("call %d %.*s", auth->scheme, RUNGS_SLICE_ARGS (text)) : NULL;
    case BY_FROM:
      return dup_endpoint (message, RUNGS_SIP_HEADER_FROM, auth->scheme);
    case BY_TO:
    default:
      return dup_endpoint (message, RUNGS_SIP_HEADER_TO, auth->scheme);
    }
}

static void
file (GHashTable *table, char *name, guint position, gpointer item)
{
  GArray *entries = g_hash_table_lookup (table, name);
  Entry entry = { position, item };

  if (entries == NULL)
    {
      entries = g_array_new (FALSE, FALSE, sizeof (Entry));
      g_hash_table_insert (table, g_strdup (name), entries);
    }
  if (entries->len == 0 || g_array_index (entries, Entry, entries->len - 1).item != item)
    g_array_append_val (entries, entry);
  g_free (name);
}

/* Files @item under the names that @message gives to its login; the user's only as the sender. */
static void
file_everywhere (
  GHashTable *table, const RungsSipAuth *auth, const RungsSipMessage *message, guint position, gpointer item)
{
  for (Name name = BY_OPAQUE; name <= BY_FROM; name++)
    {
      char *text = dup_name (auth, message, name);

      if (text != NULL)
        file (table, text, position, item);
    }
}

/* What stands under @name near @position: what is before it, the nearest first, then what is behind. */
static void
add_near (GPtrArray *found, GHashTable *table, const char *name, guint position)
{
  GArray *entries = name != NULL ? g_hash_table_lookup (table, name) : NULL;
  guint low = 0, high = entries != NULL ? entries->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (entries, Entry, middle).position <= position)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint i = 0; entries != NULL && i < 2 * MAX_NEAR; i++)
    {
      guint index = i < MAX_NEAR ? low - 1 - i : low + i - MAX_NEAR;
      gpointer item;

      if (index >= entries->len)
        continue;
      item = g_array_index (entries, Entry, index).item;
      if (!g_ptr_array_find (found, item, NULL))
        g_ptr_array_add (found, item);
    }
}

static guint
get_version (const RungsSipAuth *auth)
{
  guint64 version;

  if (!rungs_slice_to_uint64 (rungs_sip_auth_get (auth, "version"), &version))
    return 0;
  return CLAMP (version, 2, MAX_VERSION);
}

/* Files the login that @token, its last, makes. */
static void
learn_login (RungsVerifier *self,
             const RungsSipAuth *auth,
             const RungsSipMessage *message,
             guint position,
             RungsSlice token)
{
  g_autofree char *key = rungs_slice_dup (token);
  RungsLogin *login = g_hash_table_lookup (self->by_token, key);

  if (login == NULL)
    {
      login = rungs_login_new (auth->scheme, token);
      login->index = self->all_logins->len;
      login->position = position;
      login->version = get_version (auth);
      for (Name name = BY_OPAQUE; name <= BY_FROM; name++)
        g_ptr_array_add (login->names, dup_name (auth, message, name));
      g_ptr_array_add (self->all_logins, login);
      g_hash_table_insert (self->by_token, login->token, login);
    }
  file_everywhere (self->logins, auth, message, position, login);
}

static void
learn_challenge (RungsVerifier *self,
                 const RungsSipAuth *auth,
                 const RungsSipMessage *message,
                 guint position,
                 RungsSlice token)
{
  char *text = rungs_slice_dup (token);
  gpointer known;

  if (g_hash_table_lookup_extended (self->texts, text, &known, NULL))
    g_free (text);
  else
    g_hash_table_add (self->texts, known = text);
  file_everywhere (self->challenges, auth, message, position, known);
}

/* (transfer none) (nullable): the nearest login before @position under @name. */
static RungsLogin *
find_before (
  RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message, guint position, Name name)
{
  g_autofree char *text = dup_name (auth, message, name);
  GArray *entries = text != NULL ? g_hash_table_lookup (self->logins, text) : NULL;

  for (guint i = entries != NULL ? entries->len : 0; i > 0; i--)
    if (g_array_index (entries, Entry, i - 1).position <= position)
      return g_array_index (entries, Entry, i - 1).item;
  return NULL;
}

/* The server's half of a Kerberos login. */
static void
learn_reply (RungsVerifier *self,
             const RungsSipAuth *auth,
             const RungsSipMessage *message,
             guint position,
             RungsSlice token)
{
  RungsLogin *login = find_before (self, auth, message, position, BY_CALL);

  if (login != NULL && login->reply == NULL)
    login->reply = rungs_slice_dup (token);
}

/* The handle that the server gives to a login which had none. */
static void
learn_handle (RungsVerifier *self, const RungsSipAuth *auth, const RungsSipMessage *message, guint position)
{
  g_autofree char *name = dup_name (auth, message, BY_OPAQUE);
  RungsLogin *login;

  if (name == NULL || g_hash_table_contains (self->logins, name))
    return;
  login = find_before (self, auth, message, position, BY_CALL);
  if (login != NULL)
    file (self->logins, g_steal_pointer (&name), position, login);
}

static void
learn_header (
  RungsVerifier *self, const RungsSipMessage *message, guint position, RungsSlice value, gboolean is_info)
{
  RungsSipAuth auth;
  RungsSlice token;

  if (!rungs_sip_auth_parse (&auth, value))
    return;
  token = rungs_sip_auth_get (&auth, "gssapi-data");
  if (is_info)
    learn_handle (self, &auth, message, position);
  switch (rungs_token_identify (token))
    {
    case RUNGS_TOKEN_NTLM_CHALLENGE:
      learn_challenge (self, &auth, message, position, token);
      break;
    case RUNGS_TOKEN_NTLM_AUTHENTICATE:
      if (auth.scheme == RUNGS_SIP_SCHEME_NTLM)
        learn_login (self, &auth, message, position, token);
      break;
    case RUNGS_TOKEN_KRB_AP_REQ:
      if (auth.scheme == RUNGS_SIP_SCHEME_KERBEROS)
        learn_login (self, &auth, message, position, token);
      break;
    case RUNGS_TOKEN_KRB_AP_REP:
      learn_reply (self, &auth, message, position, token);
      break;
    default:
      break;
    }
}

/* (transfer full): the name of the @index-th Digest credentials of the transaction of @message. */
static char *
dup_transaction (const RungsSipMessage *message, guint index)
{
  RungsSlice call = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CALL_ID);
  RungsSlice sequence = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CSEQ);

  return g_strdup_printf ("%u %.*s %.*s", index, RUNGS_SLICE_ARGS (call), RUNGS_SLICE_ARGS (sequence));
}

static void
learn_digests (RungsVerifier *self, const RungsSipMessage *message)
{
  RungsSipAuth digest;

  for (guint i = 0; i < MAX_HEADERS && rungs_digest_find (&digest, message, i); i++)
    g_hash_table_replace (self->digests, dup_transaction (message, i), rungs_slice_dup (digest.parameters));
}

void
rungs_verifier_learn (RungsVerifier *self, guint position, const RungsSipMessage *message)
{
  static const struct
  {
    const char *name;
    gboolean is_info;
  } headers[] = {
    { "WWW-Authenticate", FALSE },    { "Proxy-Authenticate", FALSE }, { "Authorization", FALSE },
    { "Proxy-Authorization", FALSE }, { "Authentication-Info", TRUE }, { "Proxy-Authentication-Info", TRUE },
  };

  g_return_if_fail (self != NULL && message != NULL);

  learn_digests (self, message);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const RungsSipHeader *header = rungs_sip_message_find (message, headers[i].name);

      for (guint n = 0; header != NULL && n < MAX_HEADERS; n++)
        {
          learn_header (self, message, position, header->value, headers[i].is_info);
          header = header->id != 0 ? rungs_sip_message_next (message, header) : NULL;
        }
    }
}

/* Tries the secrets on @login; an NTLM login answers the nearest challenge of its names. */
static void
open_login (RungsVerifier *self, RungsLogin *login)
{
  g_autoptr (GPtrArray) challenges = g_ptr_array_new ();

  if (login->tried)
    return;
  for (guint i = 0; i < login->names->len; i++)
    add_near (challenges, self->challenges, g_ptr_array_index (login->names, i), login->position);
  rungs_login_open (login, self->secrets, challenges, get_free_keys (self));
  if (login->keys != NULL)
    self->n_keys++;
}

/* Whether @signature is right by the keys of @login. What version 3 and 4 sign is the same. */
static RungsSignatureReason
verify (RungsVerifier *self,
        const RungsLogin *login,
        const RungsSignature *signature,
        const RungsSipMessage *message,
        RungsSlice bytes,
        guint8 *version)
{
  guint stated = get_version (&signature->auth);
  guint first = stated != 0 ? stated : login->version != 0 ? login->version : 2;
  guint versions[] = { first, first == 2 ? MAX_VERSION : 2 };
  RungsSignatureReason reason = RUNGS_SIGNATURE_REASON_OTHER_TEXT;

  /* Where the message does not say its version, the login's may not be all that was agreed on. */
  for (guint i = 0; i < (stated != 0 ? 1 : G_N_ELEMENTS (versions)); i++)
    {
      GString *text = rungs_signature_dup_text (signature, message, versions[i]);

      reason =
        rungs_login_verify (login, self->secrets, signature, rungs_slice (text->str, text->len), bytes);
      g_string_free (text, TRUE);
      if (reason == RUNGS_SIGNATURE_REASON_RIGHT)
        {
          *version = versions[i];
          return reason;
        }
    }
  *version = first;
  return reason;
}

/* Fills @result by the login that the signature fits; where none does, by the first that opaque or Call-ID name. */
static void
check_with_logins (RungsVerifier *self,
                   const RungsSignature *signature,
                   const RungsSipMessage *message,
                   guint position,
                   RungsSlice bytes,
                   RungsSignatureCheck *result)
{
  g_autoptr (GPtrArray) logins = g_ptr_array_new ();
  guint n_tried = 0;

  result->reason = RUNGS_SIGNATURE_REASON_NO_LOGIN;
  for (Name name = BY_OPAQUE; name < N_NAMES; name++)
    {
      g_autofree char *text = dup_name (&signature->auth, message, name);

      add_near (logins, self->logins, text, position);
      for (; n_tried < logins->len; n_tried++)
        {
          RungsLogin *login = g_ptr_array_index (logins, n_tried);
          RungsSignatureCheck check = { 0 };

          open_login (self, login);
          check.login = login->index + 1;
          check.reason = login->reason == RUNGS_SIGNATURE_REASON_RIGHT
                           ? verify (self, login, signature, message, bytes, &check.version)
                           : login->reason;
          if (check.reason == RUNGS_SIGNATURE_REASON_RIGHT || (result->login == 0 && name <= BY_CALL))
            *result = check;
          if (check.reason == RUNGS_SIGNATURE_REASON_RIGHT)
            return;
        }
    }
}

static void
check_signature (RungsVerifier *self,
                 const RungsSignature *signature,
                 const RungsSipMessage *message,
                 guint position,
                 RungsSignatureCheck *result)
{
  g_autoptr (GBytes) bytes = rungs_signature_dup_bytes (signature);

  if (bytes == NULL)
    result->reason = RUNGS_SIGNATURE_REASON_MALFORMED;
  else if (signature->auth.scheme == RUNGS_SIP_SCHEME_TLS_DSK)
    result->reason = RUNGS_SIGNATURE_REASON_NO_TLS_KEYS;
  else
    check_with_logins (self,
                       signature,
                       message,
                       position,
                       rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)),
                       result);
}

static RungsSignatureReason
get_digest_reason (RungsDigestResult result)
{
  switch (result)
    {
    case RUNGS_DIGEST_RIGHT:
      return RUNGS_SIGNATURE_REASON_RIGHT;
    case RUNGS_DIGEST_OTHER_TEXT:
      return RUNGS_SIGNATURE_REASON_OTHER_TEXT;
    case RUNGS_DIGEST_AKA:
      return RUNGS_SIGNATURE_REASON_NO_SIM_KEY;
    case RUNGS_DIGEST_UNKNOWN:
      return RUNGS_SIGNATURE_REASON_NO_ALGORITHM;
    case RUNGS_DIGEST_WRONG:
    default:
      return RUNGS_SIGNATURE_REASON_OTHER_PASSWORD;
    }
}

/* Tries the passwords that may be the user's; the realm stands for the domain. @info: the server's proof, or %NULL for the client's:
 * then @message is the answer */
static RungsSignatureReason
check_digest (RungsVerifier *self,
              const RungsSipAuth *auth,
              const RungsSipAuth *info,
              const RungsSipMessage *message)
{
  g_autofree char *name = rungs_scan_unescape (rungs_sip_auth_get (auth, "username"));
  g_autofree char *realm = rungs_slice_dup (rungs_sip_auth_get (auth, "realm"));
  RungsSignatureReason reason = RUNGS_SIGNATURE_REASON_NO_PASSWORD;
  RungsPassword password;

  for (guint i = 0; rungs_secrets_find_password (self->secrets, name, realm, i, &password); i++)
    {
      RungsSignatureReason found =
        get_digest_reason (info != NULL ? rungs_digest_check_info (info, message, auth, password.text)
                                        : rungs_digest_check (auth, message, password.text));

      if (found != RUNGS_SIGNATURE_REASON_OTHER_PASSWORD)
        return found;
      if (!password.is_guess)
        reason = found;
    }
  return reason;
}

/* A proxy and the server may ask for different passwords: one that was given is enough. */
static RungsSignatureReason
check_digests (RungsVerifier *self, const RungsSipMessage *message)
{
  RungsSignatureReason reason = RUNGS_SIGNATURE_REASON_NONE;
  RungsSipAuth digest;

  for (guint i = 0; i < MAX_HEADERS && rungs_digest_find (&digest, message, i); i++)
    {
      RungsSignatureReason found = check_digest (self, &digest, NULL, message);

      if (i == 0 || found == RUNGS_SIGNATURE_REASON_RIGHT)
        reason = found;
    }
  return reason;
}

/* The answer's proof belongs to credentials of its request. */
static RungsSignatureReason
check_digest_info (RungsVerifier *self, const RungsSipAuth *info, const RungsSipMessage *message)
{
  RungsSignatureReason reason = RUNGS_SIGNATURE_REASON_NO_LOGIN;

  for (guint i = 0; i < MAX_HEADERS; i++)
    {
      g_autofree char *name = dup_transaction (message, i);
      const char *parameters = g_hash_table_lookup (self->digests, name);
      RungsSipAuth credentials = { .scheme = RUNGS_SIP_SCHEME_DIGEST };
      RungsSignatureReason found;

      if (parameters == NULL)
        break;
      credentials.parameters = rungs_slice_from_string (parameters);
      found = check_digest (self, &credentials, info, message);
      if (i == 0 || found == RUNGS_SIGNATURE_REASON_RIGHT)
        reason = found;
    }
  return reason;
}

RungsSignatureCheck
rungs_verifier_check (RungsVerifier *self, guint position, const RungsSipMessage *message)
{
  RungsSignatureCheck result = { 0 };
  RungsSignature signature;
  RungsSipAuth digest;

  g_return_val_if_fail (self != NULL && self->secrets != NULL && message != NULL, result);

  if (rungs_signature_find (&signature, message))
    check_signature (self, &signature, message, position, &result);
  else if (rungs_digest_find_info (&digest, message))
    result.reason = check_digest_info (self, &digest, message);
  else if (rungs_digest_find (&digest, message, 0))
    result.reason = check_digests (self, message);
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

RungsField *
rungs_verifier_describe (RungsVerifier *self, RungsSignatureCheck check, const RungsSipMessage *message)
{
  RungsField *root;
  RungsSignature signature;
  g_autofree char *topic = NULL;

  g_return_val_if_fail (self != NULL && message != NULL, NULL);

  if (check.state == RUNGS_SIGNATURE_NONE)
    return NULL;
  root = rungs_field_new ("check of the signature", rungs_signature_state_get_id (check.state), 0, 0);
  topic = g_strconcat ("signature:", rungs_signature_reason_get_id (check.reason), NULL);
  rungs_field_set_topic (root, topic);
  if (rungs_signature_find (&signature, message))
    rungs_field_add (root,
                     rungs_signature_to_signed_field (&signature,
                                                      message,
                                                      check.version != 0 ? check.version : MAX_VERSION));
  if (check.login > 0 && check.login <= self->all_logins->len)
    {
      const RungsLogin *login = g_ptr_array_index (self->all_logins, check.login - 1);

      if (login->opened != NULL)
        rungs_field_add (root, rungs_field_copy (login->opened));
    }
  return root;
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
