/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a conversation, checked with the secrets that somebody gave.
 *
 * In: every message of a trace, twice, and passwords or a keytab. Out, for each signed message: right, wrong, or why it
 * cannot be checked, and what was signed.  The first round learns logins: a CHALLENGE and its AUTHENTICATE, or an AP-REQ, make a
 * security association; it may stand behind the messages that it signs, as captures that were merged have it.  The second
 * round finds the association of each signature by `opaque`, by Call-ID, and by user and epid ([MS-SIPAE] 3.2.5.2, 3.3.5.2),
 * the nearest first: servers use handles again.  Whether a login was made with another password, its own proof tells: then
 * no signature can be right.  The response of Digest credentials counts as a signature, too, and so does
 * the `rspauth` of the answer to them. */

#pragma once

#include "rungs-field.h"
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
  X (OTHER_KEY, "other-key")                \
  X (NO_TLS_KEYS, "no-tls-keys")            \
  X (NO_ALGORITHM, "no-algorithm")          \
  X (NO_SIM_KEY, "no-sim-key")              \
  X (NO_MIC_ALGORITHM, "no-mic-algorithm")  \
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
  guint8 state;   /* RungsSignatureState */
  guint8 reason;  /* RungsSignatureReason */
  guint8 version; /* of the text that was signed: 2, 3 or 4; 0 where it is not known */
  guint32 login;  /* for rungs_verifier_describe(), 0: none */
} RungsSignatureCheck;

typedef struct _RungsVerifier RungsVerifier;

/** rungs_verifier_new: @secrets must outlive the checks. (transfer full) */
RungsVerifier       *rungs_verifier_new   (const RungsSecrets    *secrets);
void                 rungs_verifier_free  (RungsVerifier         *self);

/** rungs_verifier_learn: takes the logins of @message; for each message of the trace, in order, before the first check.
 * @position: counts the messages */
void                 rungs_verifier_learn (RungsVerifier         *self,
                                           guint                  position,
                                           const RungsSipMessage *message);

/** rungs_verifier_check: checks the signature of @message. @position: as it was learnt */
RungsSignatureCheck  rungs_verifier_check (RungsVerifier         *self,
                                           guint                  position,
                                           const RungsSipMessage *message);

/** rungs_verifier_forget: wipes all keys. No more checks after it; rungs_verifier_describe() still works, and shows no
 * secret. */
void                 rungs_verifier_forget (RungsVerifier        *self);

/**
 * rungs_verifier_describe:
 * @check: of @message
 * @message: the message
 *
 * Returns: (transfer full) (nullable): what was signed, value by value with their places in the message, and what the
 * secrets show of the login; %NULL where @message is not signed
 */
RungsField          *rungs_verifier_describe (RungsVerifier        *self,
                                              RungsSignatureCheck   check,
                                              const RungsSipMessage *message);

/** rungs_signature_state_get_id: "right", "wrong", "unchecked"; %NULL for NONE; static. */
const char          *rungs_signature_state_get_id  (RungsSignatureState  state);

/** rungs_signature_reason_get_id: the name in data/knowledge/signatures.xml; static. */
const char          *rungs_signature_reason_get_id (RungsSignatureReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsVerifier, rungs_verifier_free)

G_END_DECLS
