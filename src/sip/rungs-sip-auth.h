/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Challenges, credentials and authentication infos: "Scheme name=value, name="value" …" (RFC 3261, 25.1; [MS-SIPAE]).
 *
 * In: the value of WWW-Authenticate, Proxy-Authenticate, Authorization, Proxy-Authorization, Authentication-Info or
 * Proxy-Authentication-Info. Out: the scheme and a walk over the parameters.  Free order, missing blanks after
 * commas, and the typographic quotes of pasted logs are accepted. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SIP_SCHEME_NONE,
  RUNGS_SIP_SCHEME_NTLM,
  RUNGS_SIP_SCHEME_KERBEROS,
  RUNGS_SIP_SCHEME_TLS_DSK,
  RUNGS_SIP_SCHEME_DIGEST,
  RUNGS_SIP_SCHEME_BASIC,
  RUNGS_SIP_SCHEME_OTHER,
} RungsSipScheme;

typedef struct
{
  RungsSipScheme scheme;
  RungsSlice scheme_name;
  RungsSlice parameters; /* everything behind the scheme */
} RungsSipAuth;

/** rungs_sip_auth_parse: Returns: %FALSE where there is no scheme (Digest's Authentication-Info has none: then
 * @self->parameters is all of @text) */
gboolean    rungs_sip_auth_parse       (RungsSipAuth *self,
                                        RungsSlice    text);

/** rungs_sip_auth_next: walks over the parameters. @rest begins as @self->parameters.
 * Returns: %FALSE at the end */
gboolean    rungs_sip_auth_next        (RungsSlice *rest,
                                        RungsSlice *name,
                                        RungsSlice *value);

/** rungs_sip_auth_get: the first parameter @name without its quotes; data is %NULL where it is missing, and not %NULL
 * for `name=""`. */
RungsSlice  rungs_sip_auth_get         (const RungsSipAuth *self,
                                        const char         *name);
gboolean    rungs_sip_auth_has         (const RungsSipAuth *self,
                                        const char         *name);

/** rungs_sip_auth_get_token68: what stands behind the scheme where it is one value and no parameters, as with Basic and Bearer (RFC
 * 7235, 2.1); empty otherwise, and with schemes that have parameters only. */
RungsSlice  rungs_sip_auth_get_token68 (const RungsSipAuth *self);

/** rungs_sip_auth_is_base64: whether @text is base64 (RFC 4648, 4) and nothing else but white space, as gssapi-data has
 * to be; empty text is. */
gboolean    rungs_sip_auth_is_base64   (RungsSlice          text);

/** rungs_sip_scheme_get_name: "NTLM", "Kerberos", "TLS-DSK", "Digest", "Basic"; "" for the others. */
const char *rungs_sip_scheme_get_name  (RungsSipScheme scheme);

G_END_DECLS
