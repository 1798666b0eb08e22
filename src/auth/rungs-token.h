/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a gssapi-data value is, by its first bytes: the first look.
 *
 * In: the base64 text of gssapi-data and the scheme of its header. Out: the kind of token.  NTLM messages begin with
 * "NTLMSSP\0" and their type ([MS-NLMP] 2.2.1); Kerberos tokens are GSS-API frames with a two-byte id (RFC 1964, 1.1;
 * RFC 4121, 4.1) or bare ASN.1 applications (RFC 4120, 5.10), perhaps inside SPNEGO (RFC 4178); TLS records begin
 * with their content type (RFC 5246, 6.2.1). */

#pragma once

#include "rungs-sip-auth.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_TOKEN_NONE,  /* no gssapi-data at all */
  RUNGS_TOKEN_EMPTY, /* gssapi-data="" */
  RUNGS_TOKEN_NTLM_NEGOTIATE,
  RUNGS_TOKEN_NTLM_CHALLENGE,
  RUNGS_TOKEN_NTLM_AUTHENTICATE,
  RUNGS_TOKEN_KRB_AP_REQ,
  RUNGS_TOKEN_KRB_AP_REP,
  RUNGS_TOKEN_KRB_ERROR,
  RUNGS_TOKEN_TLS_CLIENT_HELLO,
  RUNGS_TOKEN_TLS_SERVER_HELLO,
  RUNGS_TOKEN_TLS_RECORDS, /* any other TLS handshake flight */
  RUNGS_TOKEN_TLS_ALERT,
  RUNGS_TOKEN_NOT_BASE64,
  RUNGS_TOKEN_UNKNOWN, /* base64, but nothing that Rungs knows */
} RungsTokenKind;

/** rungs_token_identify: @base64 with data %NULL means that there is no gssapi-data parameter (NONE). */
RungsTokenKind rungs_token_identify       (RungsSlice base64);

/** rungs_token_kind_get_name: the term of the standards ("CHALLENGE_MESSAGE", "KRB_AP_REQ"); static, "" for NONE. */
const char    *rungs_token_kind_get_name  (RungsTokenKind kind);

/** rungs_token_kind_get_badge: short, for a rung ("NTLM CHALLENGE", "Kerberos AP-REQ"); static, "" for NONE. */
const char    *rungs_token_kind_get_badge (RungsTokenKind kind);

/** rungs_token_decode_base64: tolerant of line ends and blanks. Returns: (transfer full): bytes, or %NULL where it is no
 * base64 */
GBytes        *rungs_token_decode_base64  (RungsSlice base64);

G_END_DECLS
