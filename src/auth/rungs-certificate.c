/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A certificate.  See rungs-certificate.h. */

#include "config.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "rungs-certificate.h"
#include "rungs-text.h"
#include "rungs-token-tree.h"

#define MAX_NAMES 64
#define MAX_BYTES (256 * 1024)
#define MIN_RSA   2048

typedef int (*GetName) (gnutls_x509_crt_t certificate, gnutls_datum_t *name, unsigned flags);

static char *
dup_name (gnutls_x509_crt_t certificate, GetName get)
{
  gnutls_datum_t name = { NULL, 0 };
  char *text;

  if (get (certificate, &name, 0) != GNUTLS_E_SUCCESS)
    return NULL;
  text = rungs_text_display (rungs_slice ((const char *) name.data, name.size));
  gnutls_free (name.data);
  return text;
}

static GStrv
dup_names (gnutls_x509_crt_t certificate)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      char buffer[512];
      gsize size = sizeof buffer;
      unsigned type = 0;
      int result = gnutls_x509_crt_get_subject_alt_name2 (certificate, i, buffer, &size, &type, NULL);
      g_autofree char *text = NULL;

      if (result == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
        break;
      if (result < 0 || (type != GNUTLS_SAN_DNSNAME && type != GNUTLS_SAN_RFC822NAME &&
                         type != GNUTLS_SAN_URI && type != GNUTLS_SAN_OTHERNAME_XMPP))
        continue;
      text = rungs_text_display (rungs_slice (buffer, strnlen (buffer, MIN (size, sizeof buffer))));
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static gint64
to_time (time_t seconds)
{
  return seconds == (time_t) -1 ? 0 : (gint64) seconds * G_USEC_PER_SEC;
}

static void
fill (RungsCertificate *self, gnutls_x509_crt_t certificate)
{
  unsigned bits = 0;
  int key = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);
  int signature = gnutls_x509_crt_get_signature_algorithm (certificate);
  const char *key_name = key >= 0 ? gnutls_pk_get_name (key) : NULL;
  const char *signature_name = signature >= 0 ? gnutls_sign_get_name (signature) : NULL;

  self->subject = dup_name (certificate, gnutls_x509_crt_get_dn3);
  self->issuer = dup_name (certificate, gnutls_x509_crt_get_issuer_dn3);
  self->names = dup_names (certificate);
  self->not_before = to_time (gnutls_x509_crt_get_activation_time (certificate));
  self->not_after = to_time (gnutls_x509_crt_get_expiration_time (certificate));
  self->key_algorithm = g_strdup (key_name);
  self->key_bits = bits;
  self->signature_algorithm = g_strdup (signature_name);
  self->is_weak = (key == GNUTLS_PK_RSA && bits < MIN_RSA) || signature == GNUTLS_SIGN_RSA_MD5 ||
                  signature == GNUTLS_SIGN_RSA_SHA1 || signature == GNUTLS_SIGN_DSA_SHA1;
  self->is_self_signed = self->subject != NULL && g_strcmp0 (self->subject, self->issuer) == 0;
}

RungsCertificate *
rungs_certificate_parse (RungsSlice der)
{
  RungsCertificate *self = NULL;
  gnutls_datum_t data = { (guchar *) der.data, der.length };
  gnutls_x509_crt_t certificate = NULL;

  if (der.length == 0 || der.length > MAX_BYTES || gnutls_x509_crt_init (&certificate) != GNUTLS_E_SUCCESS)
    return NULL;
  if (gnutls_x509_crt_import (certificate, &data, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS)
    {
      self = g_new0 (RungsCertificate, 1);
      fill (self, certificate);
    }
  gnutls_x509_crt_deinit (certificate);
  return self;
}

void
rungs_certificate_free (RungsCertificate *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->issuer);
  g_strfreev (self->names);
  g_free (self->key_algorithm);
  g_free (self->signature_algorithm);
  g_free (self);
}

static void
add (RungsField *parent, RungsSlice token, RungsSlice der, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    rungs_token_tree_add (parent, token, name, der, value);
}

static void
add_time (RungsField *parent, RungsSlice token, RungsSlice der, const char *name, gint64 time)
{
  g_autofree char *text = rungs_token_tree_format_time (time);

  add (parent, token, der, name, text);
}

void
rungs_certificate_add_fields (RungsField *parent, RungsSlice token, RungsSlice der)
{
  rungs_certificate_add_fields_at (parent, token, der, der);
}

void
rungs_certificate_add_fields_at (RungsField *parent, RungsSlice token, RungsSlice place, RungsSlice der)
{
  g_autoptr (RungsCertificate) self = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (parent != NULL);

  self = rungs_certificate_parse (der);
  if (self == NULL)
    return;
  add (parent, token, place, "subject", self->subject);
  add (parent, token, place, "issuer", self->issuer);
  for (guint i = 0; self->names[i] != NULL; i++)
    add (parent, token, place, "subjectAltName", self->names[i]);
  add_time (parent, token, place, "notBefore", self->not_before);
  add_time (parent, token, place, "notAfter", self->not_after);
  if (self->key_algorithm != NULL)
    key = g_strdup_printf ("%s, %u", self->key_algorithm, self->key_bits);
  add (parent, token, place, "subjectPublicKey", key);
  add (parent, token, place, "signatureAlgorithm", self->signature_algorithm);
}

/* Adds what stands in a list of certificates, each behind its length of three bytes. */
static void
list_certificates (GPtrArray *list, RungsSlice rest)
{
  rest = rungs_slice_skip (rest, 3);
  while (rest.length >= 3 && list->len < MAX_NAMES)
    {
      const guchar *bytes = (const guchar *) rest.data;
      gsize length = (gsize) bytes[0] << 16 | bytes[1] << 8 | bytes[2];
      RungsSlice der = rungs_slice_sub (rest, 3, length);
      RungsCertificate *certificate = rungs_certificate_parse (der);

      if (certificate != NULL)
        g_ptr_array_add (list, certificate);
      rest = rungs_slice_skip (rest, 3 + der.length);
    }
}

GPtrArray *
rungs_certificate_list (RungsSlice token)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_certificate_free);
  g_autoptr (GByteArray) handshake = g_byte_array_new ();
  RungsSlice rest = token;

  while (rest.length >= 5 && rest.data[0] == 22)
    {
      const guchar *bytes = (const guchar *) rest.data;
      RungsSlice content = rungs_slice_sub (rest, 5, bytes[3] << 8 | bytes[4]);

      g_byte_array_append (handshake, (const guint8 *) content.data, content.length);
      rest = rungs_slice_skip (rest, 5 + content.length);
    }
  rest = rungs_slice ((const char *) handshake->data, handshake->len);
  while (rest.length >= 4)
    {
      const guchar *bytes = (const guchar *) rest.data;
      RungsSlice content = rungs_slice_sub (rest, 4, (gsize) bytes[1] << 16 | bytes[2] << 8 | bytes[3]);

      if (bytes[0] == 11)
        list_certificates (list, content);
      rest = rungs_slice_skip (rest, 4 + content.length);
    }
  return list;
}
