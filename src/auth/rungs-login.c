/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One login and its keys.  See rungs-login.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-login.h"
#include "rungs-token.h"

RungsLogin *
rungs_login_new (RungsSipScheme scheme, RungsSlice token)
{
  RungsLogin *self = g_new0 (RungsLogin, 1);

  self->scheme = scheme;
  self->token = rungs_slice_dup (token);
  self->names = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rungs_login_free (RungsLogin *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->opened, rungs_field_free);
  g_ptr_array_unref (self->names);
  g_free (self->token);
  g_free (self->reply);
  g_free (self);
}

static RungsSlice
get_slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
add (RungsField *parent, const char *name, const char *topic, const char *value)
{
  RungsField *field = rungs_field_add (parent, rungs_field_new (name, value, 0, 0));

  rungs_field_set_topic (field, topic);
}

/* What the password shows of an NTLM login; never a key. */
static void
describe_ntlm (
  RungsLogin *self, const RungsNtlm *challenge, const RungsNtlm *answer, const char *user, const char *domain)
{
  gboolean strong = self->keys->ntlm.flags & RUNGS_NTLM_FLAG_ESS;
  gboolean exchanged = self->keys->ntlm.flags & RUNGS_NTLM_FLAG_KEY_EXCHANGE;
  g_autofree char *account = *domain != '\0' ? g_strdup_printf ("%s\\%s", domain, user) : g_strdup (user);

  self->opened = rungs_field_new ("NTLM", NULL, 0, 0);
  rungs_field_set_topic (self->opened, "token-field:login-ntlm");
  add (self->opened, "account", "token-field:account", account);
  add (self->opened,
       "NTProofStr",
       "token-field:NTProofStr",
       /* Translators: of the proof of a password: it was made with the password that was given. */
       _ ("right"));
  add (self->opened,
       "session security",
       "token-field:session-security",
       strong ? exchanged ? "HMAC-MD5, RC4" : "HMAC-MD5" : "CRC32, RC4");
  if (answer->mic.length > 0)
    add (self->opened,
         "MIC",
         "token-field:MIC",
         rungs_ntlm_keys_verify_mic (&self->keys->ntlm, challenge, answer)
           ? _ ("right")
           : _ ("wrong, or made over a NEGOTIATE_MESSAGE that is not in this trace"));
}

/* Tries @password with each challenge. */
static gboolean
try_password (GPtrArray *challenges,
              const RungsNtlm *answer,
              RungsSlice password,
              RungsNtlmKeys *keys,
              RungsNtlm *used,
              GBytes **used_bytes)
{
  for (guint i = 0; i < challenges->len; i++)
    {
      g_autoptr (GBytes) bytes =
        rungs_token_decode_base64 (rungs_slice_from_string (g_ptr_array_index (challenges, i)));

      if (bytes != NULL && rungs_ntlm_parse (used, get_slice (bytes)) && used->server_challenge.length == 8 &&
          rungs_ntlm_keys_derive (keys, used, answer, password))
        {
          *used_bytes = g_steal_pointer (&bytes);
          return TRUE;
        }
    }
  return FALSE;
}

static RungsSignatureReason
open_ntlm (RungsLogin *self,
           const RungsSecrets *secrets,
           GPtrArray *challenges,
           RungsSlice token,
           RungsLoginKeys *keys)
{
  RungsSignatureReason reason = RUNGS_SIGNATURE_REASON_NO_PASSWORD;
  RungsNtlm answer, challenge;
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  RungsPassword password;

  if (!rungs_ntlm_parse (&answer, token) || answer.response_kind == RUNGS_NTLM_RESPONSE_NONE)
    return RUNGS_SIGNATURE_REASON_NO_RESPONSE;
  if (challenges->len == 0)
    return RUNGS_SIGNATURE_REASON_NO_CHALLENGE;
  user = rungs_ntlm_dup_text (answer.user, answer.flags);
  domain = rungs_ntlm_dup_text (answer.domain, answer.flags);
  for (guint i = 0; rungs_secrets_find_password (secrets, user, domain, i, &password); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (try_password (challenges, &answer, password.text, &keys->ntlm, &challenge, &bytes))
        {
          self->keys = keys;
          describe_ntlm (self, &challenge, &answer, user, domain);
          return RUNGS_SIGNATURE_REASON_RIGHT;
        }
      if (!password.is_guess)
        reason = RUNGS_SIGNATURE_REASON_OTHER_PASSWORD;
    }
  return reason;
}

static RungsSignatureReason
open_kerberos (RungsLogin *self, const RungsSecrets *secrets, RungsSlice token, RungsLoginKeys *keys)
{
  RungsKeytab *keytab = rungs_secrets_get_keytab (secrets);
  g_autoptr (GBytes) reply = NULL;

  if (keytab == NULL)
    return RUNGS_SIGNATURE_REASON_NO_KEYTAB;
  switch (rungs_keytab_open_request (keytab, token, &keys->kerberos, &self->opened))
    {
    case RUNGS_KEYTAB_OPENED:
      break;
    case RUNGS_KEYTAB_OTHER_KEY:
      return RUNGS_SIGNATURE_REASON_OTHER_KEY;
    case RUNGS_KEYTAB_NO_KEY:
    default:
      return RUNGS_SIGNATURE_REASON_NO_KEY;
    }
  self->keys = keys;
  if (self->reply != NULL)
    reply = rungs_token_decode_base64 (rungs_slice_from_string (self->reply));
  if (reply != NULL)
    rungs_keytab_open_reply (keytab, get_slice (reply), &keys->kerberos, self->opened);
  return RUNGS_SIGNATURE_REASON_RIGHT;
}

void
rungs_login_open (RungsLogin *self, const RungsSecrets *secrets, GPtrArray *challenges, RungsLoginKeys *keys)
{
  g_autoptr (GBytes) token = NULL;

  g_return_if_fail (self != NULL && secrets != NULL && challenges != NULL && keys != NULL);

  if (self->tried)
    return;
  self->tried = TRUE;
  token = rungs_token_decode_base64 (rungs_slice_from_string (self->token));
  if (token == NULL)
    self->reason = RUNGS_SIGNATURE_REASON_NO_RESPONSE;
  else if (self->scheme == RUNGS_SIP_SCHEME_KERBEROS)
    self->reason = open_kerberos (self, secrets, get_slice (token), keys);
  else
    self->reason = open_ntlm (self, secrets, challenges, get_slice (token), keys);
}

RungsSignatureReason
rungs_login_verify (const RungsLogin *self,
                    const RungsSecrets *secrets,
                    const RungsSignature *signature,
                    RungsSlice text,
                    RungsSlice bytes)
{
  RungsNtlmSide side = signature->from_server ? RUNGS_NTLM_FROM_SERVER : RUNGS_NTLM_FROM_CLIENT;
  gboolean right;

  g_return_val_if_fail (self != NULL && self->keys != NULL, RUNGS_SIGNATURE_REASON_OTHER_TEXT);

  if (self->scheme == RUNGS_SIP_SCHEME_KERBEROS)
    {
      if (!rungs_keytab_can_verify (bytes))
        return RUNGS_SIGNATURE_REASON_NO_MIC_ALGORITHM;
      right = rungs_keytab_verify (rungs_secrets_get_keytab (secrets),
                                   &self->keys->kerberos,
                                   signature->from_server,
                                   text,
                                   bytes);
    }
  else
    right = rungs_ntlm_keys_verify (&self->keys->ntlm, side, text, bytes);
  return right ? RUNGS_SIGNATURE_REASON_RIGHT : RUNGS_SIGNATURE_REASON_OTHER_TEXT;
}
