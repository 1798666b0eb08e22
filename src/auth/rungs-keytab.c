/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A keytab opens tickets.  See rungs-keytab.h.
 *
 * libkrb5's own krb5_rd_req() would refuse an old ticket, so that only its parts are used: it reads the keytab and decrypts,
 * and our schema decodes what comes out. */

#include "config.h"

#include <krb5.h>
#include <nettle/hmac.h>
#include <nettle/md5.h>
#include <nettle/memops.h>
#include <profile.h>

#include "rungs-der.h"
#include "rungs-error.h"
#include "rungs-kerberos-schema.h"
#include "rungs-kerberos.h"
#include "rungs-keytab.h"
#include "rungs-secret.h"

/* RFC 4120, 7.5.1; RFC 4121, 2. */
#define USAGE_TICKET        2
#define USAGE_AUTHENTICATOR 11
#define USAGE_REPLY         12
#define USAGE_SERVER_SIGN   23
#define USAGE_CLIENT_SIGN   25

#define AES_HEADER 16 /* RFC 4121, 4.2.6.1 */
#define RC4_HEADER 8  /* RFC 4757, 7.3 */

struct _RungsKeytab
{
  krb5_context context;
  krb5_keytab keytab;
};

void
rungs_keytab_close (RungsKeytab *self)
{
  if (self == NULL)
    return;
  if (self->keytab != NULL)
    krb5_kt_close (self->context, self->keytab);
  if (self->context != NULL)
    krb5_free_context (self->context);
  g_free (self);
}

static krb5_error_code
create_context (krb5_context *context)
{
  profile_t profile = NULL;
  krb5_error_code result;

  if (profile_init (NULL, &profile) != 0)
    return ENOMEM;
  result = krb5_init_context_profile (profile, KRB5_INIT_CONTEXT_SECURE, context);
  profile_release (profile);
  return result;
}

RungsKeytab *
rungs_keytab_open (const char *path, GError **error)
{
  g_autoptr (RungsKeytab) self = g_new0 (RungsKeytab, 1);
  g_autofree char *name = g_strconcat ("FILE:", path, NULL);
  krb5_error_code result;

  g_return_val_if_fail (path != NULL, NULL);

  result = create_context (&self->context);
  if (result == 0)
    result = krb5_kt_resolve (self->context, name, &self->keytab);
  if (result == 0)
    result = krb5_kt_have_content (self->context, self->keytab);
  if (result != 0)
    {
      const char *reason = krb5_get_error_message (self->context, result);

      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_UNREADABLE, reason);
      krb5_free_error_message (self->context, reason);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static krb5_data
to_data (RungsSlice bytes)
{
  return (krb5_data){ .length = bytes.length, .data = (char *) bytes.data };
}

static krb5_keyblock
to_block (const RungsKerberosKey *key)
{
  return (
    krb5_keyblock){ .enctype = key->type, .length = key->length, .contents = (krb5_octet *) key->bytes };
}

static gboolean
set_key (RungsKerberosKey *key, gint64 type, const void *bytes, gsize length)
{
  if (length == 0 || length > sizeof key->bytes)
    return FALSE;
  key->type = type;
  key->length = length;
  memcpy (key->bytes, bytes, length);
  return TRUE;
}

/* Takes the EncryptionKey at @path of @node, where there is one. */
static void
take_key (RungsKerberosKey *key, asn1_node node, const char *path)
{
  g_autofree char *type = g_strconcat (path, ".keytype", NULL);
  g_autofree char *value = g_strconcat (path, ".keyvalue", NULL);
  int length;
  char *bytes = rungs_kerberos_schema_dup (node, value, &length);

  if (bytes == NULL)
    return;
  set_key (key, rungs_kerberos_schema_get_integer (node, type, 0), bytes, length);
  rungs_secret_wipe (bytes, length);
  g_free (bytes);
}

/* Decrypts the EncryptedData at @path of @node. (transfer full) (nullable) */
static RungsSecret *
decrypt (RungsKeytab *self, const RungsKerberosKey *key, int usage, asn1_node node, const char *path)
{
  g_autofree char *type_path = g_strconcat (path, ".etype", NULL);
  g_autofree char *cipher_path = g_strconcat (path, ".cipher", NULL);
  int length;
  g_autofree char *cipher = rungs_kerberos_schema_dup (node, cipher_path, &length);
  g_autoptr (RungsSecret) plain = NULL;
  krb5_keyblock block = to_block (key);
  krb5_enc_data input = { .enctype = rungs_kerberos_schema_get_integer (node, type_path, 0) };
  krb5_data output;

  if (cipher == NULL || length == 0 || input.enctype != key->type)
    return NULL;
  plain = rungs_secret_new (length);
  input.ciphertext = to_data (rungs_slice (cipher, length));
  output = to_data (rungs_slice (plain->data, length));
  if (krb5_c_decrypt (self->context, &block, usage, NULL, &input, &output) != 0)
    return NULL;
  plain->length = output.length;
  return g_steal_pointer (&plain);
}

/* Makes @field, of what was decrypted, a part of @opened. */
static void
add_opened (RungsField *opened, const char *type, const RungsSecret *plain)
{
  RungsField *field = rungs_kerberos_opened_to_field (type, rungs_slice (plain->data, plain->length));

  if (opened != NULL && field != NULL)
    rungs_field_add (opened, field);
  else if (field != NULL)
    rungs_field_free (field);
}

/* Decrypts the ticket of @node with @entry, and takes the key inside. */
static RungsSecret *
open_with_entry (RungsKeytab *self, asn1_node node, const krb5_keytab_entry *entry, RungsKerberosKey *session)
{
  RungsKerberosKey key = { 0 };
  RungsSecret *plain = NULL;
  asn1_node part;

  if (set_key (&key, entry->key.enctype, entry->key.contents, entry->key.length))
    plain = decrypt (self, &key, USAGE_TICKET, node, "ticket.enc-part");
  rungs_secret_wipe (&key, sizeof key);
  if (plain == NULL)
    return NULL;
  part = rungs_kerberos_schema_decode ("EncTicketPart", rungs_slice (plain->data, plain->length));
  if (part != NULL)
    take_key (session, part, "key");
  asn1_delete_structure2 (&part, ASN1_DELETE_FLAG_ZEROIZE);
  return plain;
}

/* Whether @entry is a key of the service that @ticket names, as "sip/pool01.contoso.example@CONTOSO.EXAMPLE". */
static gboolean
is_of_service (RungsKeytab *self, const krb5_keytab_entry *entry, const RungsKerberosTicket *ticket)
{
  g_autofree char *service = rungs_kerberos_dup_name (ticket->sname);
  char *name = NULL;
  gboolean same;

  if (krb5_unparse_name_flags (self->context, entry->principal, KRB5_PRINCIPAL_UNPARSE_NO_REALM, &name) != 0)
    return FALSE;
  same = g_ascii_strcasecmp (name, service) == 0;
  krb5_free_unparsed_name (self->context, name);
  return same;
}

/* Tries every key of the keytab: names and versions of keys are wrong more often than keys. */
static RungsKeytabResult
open_ticket (RungsKeytab *self,
             asn1_node node,
             const RungsKerberosTicket *ticket,
             RungsKerberosKey *session,
             RungsSecret **plain)
{
  RungsKeytabResult result = RUNGS_KEYTAB_NO_KEY;
  krb5_kt_cursor cursor;
  krb5_keytab_entry entry;

  if (krb5_kt_start_seq_get (self->context, self->keytab, &cursor) != 0)
    return result;
  while (result != RUNGS_KEYTAB_OPENED &&
         krb5_kt_next_entry (self->context, self->keytab, &entry, &cursor) == 0)
    {
      if (entry.key.enctype == ticket->etype)
        {
          *plain = open_with_entry (self, node, &entry, session);
          if (*plain != NULL && session->type != 0)
            result = RUNGS_KEYTAB_OPENED;
          else if (is_of_service (self, &entry, ticket))
            result = RUNGS_KEYTAB_OTHER_KEY;
        }
      krb5_free_keytab_entry_contents (self->context, &entry);
    }
  krb5_kt_end_seq_get (self->context, self->keytab, &cursor);
  return result;
}

RungsKeytabResult
rungs_keytab_open_request (RungsKeytab *self, RungsSlice token, RungsKerberosKeys *keys, RungsField **opened)
{
  RungsSlice message = rungs_kerberos_find (token);
  g_autoptr (RungsSecret) ticket = NULL;
  g_autoptr (RungsSecret) plain = NULL;
  RungsKerberos parsed;
  RungsKeytabResult result;
  asn1_node node, authenticator = NULL;

  g_return_val_if_fail (self != NULL && keys != NULL && opened != NULL, RUNGS_KEYTAB_NO_KEY);

  *keys = (RungsKerberosKeys){ 0 };
  *opened = NULL;
  node = rungs_kerberos_schema_decode ("AP-REQ", message);
  if (node == NULL || !rungs_kerberos_parse (&parsed, message))
    return RUNGS_KEYTAB_NO_KEY;
  result = open_ticket (self, node, &parsed.ticket, &keys->session, &ticket);
  if (result == RUNGS_KEYTAB_OPENED)
    plain = decrypt (self, &keys->session, USAGE_AUTHENTICATOR, node, "authenticator");
  asn1_delete_structure (&node);
  if (result != RUNGS_KEYTAB_OPENED)
    return result;
  if (plain != NULL)
    authenticator = rungs_kerberos_schema_decode ("Authenticator", rungs_slice (plain->data, plain->length));
  if (authenticator == NULL)
    return RUNGS_KEYTAB_OTHER_KEY;
  take_key (&keys->subkey, authenticator, "subkey");
  asn1_delete_structure2 (&authenticator, ASN1_DELETE_FLAG_ZEROIZE);
  *opened = rungs_field_new ("Kerberos", NULL, 0, 0);
  rungs_field_set_topic (*opened, "token-field:login-kerberos");
  add_opened (*opened, "EncTicketPart", ticket);
  add_opened (*opened, "Authenticator", plain);
  return RUNGS_KEYTAB_OPENED;
}

void
rungs_keytab_open_reply (RungsKeytab *self, RungsSlice token, RungsKerberosKeys *keys, RungsField *opened)
{
  g_autoptr (RungsSecret) plain = NULL;
  asn1_node node;

  g_return_if_fail (self != NULL && keys != NULL);

  node = rungs_kerberos_schema_decode ("AP-REP", rungs_kerberos_find (token));
  if (node == NULL)
    return;
  plain = decrypt (self, &keys->session, USAGE_REPLY, node, "enc-part");
  asn1_delete_structure (&node);
  if (plain == NULL)
    return;
  node = rungs_kerberos_schema_decode ("EncAPRepPart", rungs_slice (plain->data, plain->length));
  if (node == NULL)
    return;
  take_key (&keys->acceptor, node, "subkey");
  asn1_delete_structure2 (&node, ASN1_DELETE_FLAG_ZEROIZE);
  add_opened (opened, "EncAPRepPart", plain);
}

/* RFC 4121: a check sum of the key's own kind over the text and the token's header. */
static gboolean
verify_header_first (
  RungsKeytab *self, const RungsKerberosKey *key, gboolean from_server, RungsSlice text, RungsSlice signature)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  krb5_keyblock block = to_block (key);
  RungsSlice given = rungs_slice_skip (signature, AES_HEADER);
  krb5_checksum sum = { 0 };
  krb5_data data;
  gboolean right;

  g_byte_array_append (input, (const guint8 *) text.data, text.length);
  g_byte_array_append (input, (const guint8 *) signature.data, AES_HEADER);
  data = to_data (rungs_slice ((const char *) input->data, input->len));
  if (krb5_c_make_checksum (self->context,
                            0,
                            &block,
                            from_server ? USAGE_SERVER_SIGN : USAGE_CLIENT_SIGN,
                            &data,
                            &sum) != 0)
    return FALSE;
  right = sum.length == given.length && memeql_sec (sum.contents, given.data, given.length);
  krb5_free_checksum_contents (self->context, &sum);
  return right;
}

/* RFC 4757, 7.3: HMAC-MD5 with a key made of the RC4 key. @rest: the token id and what follows. */
static gboolean
verify_rc4 (const RungsKerberosKey *key, RungsSlice text, RungsSlice rest)
{
  static const guint8 usage[4] = { 15, 0, 0, 0 };
  RungsSlice given = rungs_slice_sub (rest, RC4_HEADER + 8, 8);
  struct hmac_md5_ctx hmac;
  struct md5_ctx hash;
  guint8 digest[16], sign_key[16];
  gboolean right;

  if (key->length != 16 || given.length != 8)
    return FALSE;
  hmac_md5_set_key (&hmac, key->length, key->bytes);
  hmac_md5_update (&hmac, sizeof "signaturekey", (const guint8 *) "signaturekey");
  hmac_md5_digest (&hmac, sizeof sign_key, sign_key);
  md5_init (&hash);
  md5_update (&hash, sizeof usage, usage);
  md5_update (&hash, RC4_HEADER, (const guint8 *) rest.data);
  md5_update (&hash, text.length, (const guint8 *) text.data);
  md5_digest (&hash, sizeof digest, digest);
  hmac_md5_set_key (&hmac, sizeof sign_key, sign_key);
  hmac_md5_update (&hmac, sizeof digest, digest);
  hmac_md5_digest (&hmac, sizeof digest, digest);
  right = memeql_sec (digest, given.data, given.length);
  rungs_secret_wipe (&hmac, sizeof hmac);
  rungs_secret_wipe (sign_key, sizeof sign_key);
  return right;
}

static gboolean
verify_with (
  RungsKeytab *self, const RungsKerberosKey *key, gboolean from_server, RungsSlice text, RungsSlice signature)
{
  RungsSlice rest = signature;
  RungsDerElement oid;

  if (key->type == 0)
    return FALSE;
  if (rungs_slice_starts_with (signature, RUNGS_SLICE_LITERAL ("\4\4")))
    return signature.length > AES_HEADER && (signature.data[2] & 1) == (from_server ? 1 : 0) &&
           verify_header_first (self, key, from_server, text, signature);
  if (!rungs_der_open (&rest, 0x60) || !rungs_der_next (&rest, &oid) || oid.tag != 0x06)
    return FALSE;
  return rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("\1\1\x11\0\xff\xff\xff\xff")) &&
         verify_rc4 (key, text, rest);
}

gboolean
rungs_keytab_can_verify (RungsSlice signature)
{
  RungsSlice rest = signature;
  RungsDerElement oid;

  if (!rungs_der_open (&rest, 0x60) || !rungs_der_next (&rest, &oid) || rest.length < 4 ||
      !rungs_slice_starts_with (rest, RUNGS_SLICE_LITERAL ("\1\1")))
    return TRUE;
  /* SGN_ALG of DES and triple DES (RFC 1964, 1.2.1). */
  return rest.data[3] != 0 ||
         (rest.data[2] != 0 && rest.data[2] != 1 && rest.data[2] != 2 && rest.data[2] != 4);
}

gboolean
rungs_keytab_verify (RungsKeytab *self,
                     const RungsKerberosKeys *keys,
                     gboolean from_server,
                     RungsSlice text,
                     RungsSlice signature)
{
  g_return_val_if_fail (self != NULL && keys != NULL, FALSE);

  return verify_with (self, &keys->acceptor, from_server, text, signature) ||
         verify_with (self, &keys->subkey, from_server, text, signature) ||
         verify_with (self, &keys->session, from_server, text, signature);
}
