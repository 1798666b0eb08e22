/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A keytab opens tickets.  See rungs-keytab.h.
 *
 * libkrb5's own krb5_rd_req() would refuse an old ticket, so that only its parts are used: the ticket is opened by the
 * library, the authenticator is decrypted with the ticket's key and decoded by our schema. */

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

/* The key inside of the ticket in @message. */
static gboolean
open_ticket (RungsKeytab *self, asn1_node node, RungsSlice message, RungsKerberosKey *session)
{
  krb5_data data = to_data (rungs_kerberos_schema_get_range (node, message, "ticket"));
  krb5_ticket *ticket = NULL;
  gboolean opened = FALSE;
  RungsSlice inner = rungs_slice (data.data, data.length);

  /* The element may come with the tag that names it in the AP-REQ. */
  rungs_der_open (&inner, 0xa3);
  data = to_data (inner);
  if (krb5_decode_ticket (&data, &ticket) != 0)
    return FALSE;
  if (krb5_server_decrypt_ticket_keytab (self->context, self->keytab, ticket) == 0)
    opened = set_key (session,
                      ticket->enc_part2->session->enctype,
                      ticket->enc_part2->session->contents,
                      ticket->enc_part2->session->length);
  krb5_free_ticket (self->context, ticket);
  return opened;
}

gboolean
rungs_keytab_open_request (RungsKeytab *self, RungsSlice token, RungsKerberosKeys *keys)
{
  RungsSlice message = rungs_kerberos_find (token);
  g_autoptr (RungsSecret) plain = NULL;
  asn1_node node, authenticator = NULL;

  g_return_val_if_fail (self != NULL && keys != NULL, FALSE);

  *keys = (RungsKerberosKeys){ 0 };
  node = rungs_kerberos_schema_decode ("AP-REQ", message);
  if (node == NULL)
    return FALSE;
  if (open_ticket (self, node, message, &keys->session))
    plain = decrypt (self, &keys->session, USAGE_AUTHENTICATOR, node, "authenticator");
  asn1_delete_structure (&node);
  if (plain == NULL)
    return FALSE;
  authenticator = rungs_kerberos_schema_decode ("Authenticator", rungs_slice (plain->data, plain->length));
  if (authenticator == NULL)
    return FALSE;
  take_key (&keys->subkey, authenticator, "subkey");
  asn1_delete_structure2 (&authenticator, ASN1_DELETE_FLAG_ZEROIZE);
  return TRUE;
}

void
rungs_keytab_open_reply (RungsKeytab *self, RungsSlice token, RungsKerberosKeys *keys)
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
