/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of the verifier: one login and the keys that come out of it.
 *
 * In: the tokens of a login as they stand in gssapi-data (CHALLENGE and AUTHENTICATE, or AP-REQ and AP-REP) and secrets. Out:
 * whether the secrets open it, what they show of it, and whether a signature was made with its keys.  Nothing is opened
 * before the first signature asks for it. */

#pragma once

#include "rungs-ntlm-keys.h"
#include "rungs-secret.h"
#include "rungs-signature.h"
#include "rungs-verifier.h"

G_BEGIN_DECLS

/** RungsLoginKeys: of the one scheme or the other; in secret memory. */
typedef union
{
  RungsNtlmKeys ntlm;
  RungsKerberosKeys kerberos;
} RungsLoginKeys;

typedef struct
{
  RungsSipScheme scheme;
  guint index;              /* among the logins of the verifier */
  guint position;           /* of the message with @token */
  GPtrArray *names;         /* under which the verifier has filed it */
  guint version;            /* of the extension, 0: the login does not say */
  char *token;              /* AUTHENTICATE or AP-REQ, base64 */
  char *reply;              /* AP-REP, base64, or NULL */
  gboolean tried;           /* whether @reason and @keys are known */
  RungsSignatureReason reason; /* why nothing can be checked, RIGHT where it can */
  RungsLoginKeys *keys;     /* borrowed; NULL where there are none */
  RungsField *opened;       /* what the secrets show, or NULL */
} RungsLogin;

RungsLogin          *rungs_login_new    (RungsSipScheme scheme,
                                         RungsSlice     token);
void                 rungs_login_free   (RungsLogin    *self);

/** rungs_login_open: tries the secrets. @challenges: (element-type utf8): CHALLENGEs that it may answer, base64, the likeliest
 * first; @keys: secret memory for what comes out, taken where @self->keys is set afterwards */
void                 rungs_login_open   (RungsLogin         *self,
                                         const RungsSecrets *secrets,
                                         GPtrArray          *challenges,
                                         RungsLoginKeys     *keys);

/** rungs_login_verify: whether @bytes is the @signature that this login, which is open, makes over @text.
 * Returns: RIGHT, OTHER_TEXT or NO_ALGORITHM */
RungsSignatureReason rungs_login_verify (const RungsLogin     *self,
                                         const RungsSecrets   *secrets,
                                         const RungsSignature *signature,
                                         RungsSlice            text,
                                         RungsSlice            bytes);

G_END_DECLS
