/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Digest credentials checked with a password (RFC 3261, 22.4; RFC 7616, 3.4; RFC 8760).
 *
 * In: a request with `Authorization: Digest` or `Proxy-Authorization: Digest`. Out: whether its `response` was made with a
 * password.  All that goes into it stands in the request itself, so that no challenge is needed.  MD5, SHA-256 and
 * SHA-512/256, each with -sess; no qop, auth and auth-int.  The server's own proof, `rspauth` in the answer, is made of the same
 * values, with the answer's body and without a method. */

#pragma once

#include "rungs-sip-auth.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_DIGEST_RIGHT,
  RUNGS_DIGEST_WRONG,
  RUNGS_DIGEST_OTHER_TEXT, /* the password is right, the rest is not: of rspauth alone */
  RUNGS_DIGEST_UNKNOWN, /* an algorithm or qop that is not known */
  RUNGS_DIGEST_AKA,     /* its password comes out of a SIM card (RFC 3310, RFC 4169) */
} RungsDigestResult;

/** rungs_digest_find: Returns: whether @message carries Digest credentials with a response; @self (out): those that come after
 * @index others, as for a proxy and for the server */
gboolean          rungs_digest_find  (RungsSipAuth          *self,
                                      const RungsSipMessage *message,
                                      guint                  index);

/** rungs_digest_check: @self: credentials of @message */
RungsDigestResult rungs_digest_check (const RungsSipAuth    *self,
                                      const RungsSipMessage *message,
                                      RungsSlice             password);

/** rungs_digest_find_info: Returns: whether @message carries the rspauth of Digest; @self (out): the parameters beside it */
gboolean          rungs_digest_find_info  (RungsSipAuth          *self,
                                           const RungsSipMessage *message);

/** rungs_digest_check_info: whether the rspauth of @self was made with @password (RFC 7616, 3.5). @message: the answer that carries it;
 * @credentials: those of its request */
RungsDigestResult rungs_digest_check_info (const RungsSipAuth    *self,
                                           const RungsSipMessage *message,
                                           const RungsSipAuth    *credentials,
                                           RungsSlice             password);

G_END_DECLS
