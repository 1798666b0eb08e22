/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a conversation, checked with the secrets that somebody gave.
 *
 * In: every message of a trace, in order, and a password or keytab. Out, for each signed message: right, wrong, or why it
 * cannot be checked.  The verifier learns logins on the way: a CHALLENGE and its AUTHENTICATE make a security
 * association, which later messages name by `opaque`; where they do not, their Call-ID tells ([MS-SIPAE] 3.2.5.2).  Whether
 * a login was made with another password, its own proof tells: then no signature can be right.  The response of
 * Digest credentials counts as a signature, too. */

#pragma once

#include "rungs-secret.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SIGNATURE_NONE, /* the message is not signed */
  RUNGS_SIGNATURE_RIGHT,
  RUNGS_SIGNATURE_WRONG,
  RUNGS_SIGNATURE_UNCHECKED,
} RungsSignatureState;

/* Each reason and the id under which data/knowledge/signatures.xml explains it. */
#define RUNGS_SIGNATURE_REASONS(X)          \
  X (NONE, "none")                          \
  X (RIGHT, "right")                        \
  X (OTHER_TEXT, "other-text")              \
  X (OTHER_PASSWORD, "other-password")      \
  X (NO_LOGIN, "no-login")                  \
  X (NO_CHALLENGE, "no-challenge")          \
  X (NO_PASSWORD, "no-password")            \
  X (NO_RESPONSE, "no-response")            \
  X (NO_KEYTAB, "no-keytab")                \
  X (NO_KEY, "no-key")                      \
  X (NO_TLS_KEYS, "no-tls-keys")            \
  X (NO_ALGORITHM, "no-algorithm")          \
  X (MALFORMED, "malformed")

typedef enum
{
#define X(name, id) RUNGS_SIGNATURE_REASON_##name,
  RUNGS_SIGNATURE_REASONS (X)
#undef X
    RUNGS_N_SIGNATURE_REASONS
} RungsSignatureReason;

typedef struct
{
  guint8 state;  /* RungsSignatureState */
  guint8 reason; /* RungsSignatureReason */
} RungsSignatureCheck;

typedef struct _RungsVerifier RungsVerifier;

/** rungs_verifier_new: @secrets must outlive it. (transfer full) */
RungsVerifier       *rungs_verifier_new   (const RungsSecrets    *secrets);
void                 rungs_verifier_free  (RungsVerifier         *self);

/** rungs_verifier_check: learns from @message, and checks its signature. */
RungsSignatureCheck  rungs_verifier_check (RungsVerifier         *self,
                                           const RungsSipMessage *message);

/** rungs_signature_state_get_id: "right", "wrong", "unchecked"; %NULL for NONE; static. */
const char          *rungs_signature_state_get_id  (RungsSignatureState  state);

/** rungs_signature_reason_get_id: the name in data/knowledge/signatures.xml; static. */
const char          *rungs_signature_reason_get_id (RungsSignatureReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsVerifier, rungs_verifier_free)

G_END_DECLS
