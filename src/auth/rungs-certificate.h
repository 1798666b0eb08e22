/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A certificate (X.509, RFC 5280) as TLS-DSK carries it: DER → what rules ask of it, and the tree for people.
 *
 * GnuTLS reads it; nothing is verified, because a trace knows neither the trusted authorities nor the time that counts. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** RungsCertificate: texts are display text and owned; NULL where they are missing. */
typedef struct
{
  char *subject;
  char *issuer;
  GStrv names;          /* of the extension subjectAltName: "pool01.contoso.example", "sip:izabela@contoso.example" */
  gint64 not_before;    /* µs since 1970, 0: not read */
  gint64 not_after;
  char *key_algorithm;  /* "RSA" */
  guint key_bits;
  char *signature_algorithm; /* "RSA-SHA256" */
  gboolean is_weak;     /* signed with MD5 or SHA-1, or an RSA key of less than 2048 bits */
  gboolean is_self_signed; /* subject and issuer are the same */
} RungsCertificate;

/** rungs_certificate_parse: Returns: (transfer full) (nullable): the certificate in @der, or %NULL where it is none */
RungsCertificate *rungs_certificate_parse      (RungsSlice   der);
void              rungs_certificate_free       (RungsCertificate *self);

/** rungs_certificate_add_fields: what @der says, as parts of @parent; all of them have the range of @der in @token. */
void              rungs_certificate_add_fields (RungsField  *parent,
                                                RungsSlice   token,
                                                RungsSlice   der);

/** rungs_certificate_add_fields_at: the same, where @der was joined from pieces, of which @place is the last one. */
void              rungs_certificate_add_fields_at (RungsField *parent,
                                                   RungsSlice  token,
                                                   RungsSlice  place,
                                                   RungsSlice  der);

/** rungs_certificate_list: the certificates in the handshake messages of the TLS records @token, sender's first. (transfer full)
 * (element-type RungsCertificate) */
GPtrArray        *rungs_certificate_list       (RungsSlice   token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCertificate, rungs_certificate_free)

G_END_DECLS
