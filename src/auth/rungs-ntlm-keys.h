/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a password makes of an NTLM login: the proof, the keys of the session, and signatures ([MS-NLMP] 3.3 and 3.4).
 *
 * In: CHALLENGE and AUTHENTICATE as RungsNtlm, and a password. Out: whether the client's proof was made with that password, and
 * the keys that sign the messages of both sides.  Keys are secrets: keep RungsNtlmKeys in a RungsSecret or wipe it. */

#pragma once

#include "rungs-ntlm.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_NTLM_KEY_LENGTH       16
#define RUNGS_NTLM_SIGNATURE_LENGTH 16
/** In SIP every message is signed with this sequence number ([MS-SIPAE] 3.1). */
#define RUNGS_NTLM_SIP_SEQUENCE 100

typedef enum
{
  RUNGS_NTLM_FROM_CLIENT,
  RUNGS_NTLM_FROM_SERVER,
  RUNGS_NTLM_N_SIDES
} RungsNtlmSide;

typedef struct
{
  guint32 flags;
  guint8 session_key[RUNGS_NTLM_KEY_LENGTH]; /* ExportedSessionKey */
  gsize session_key_length;
  guint8 sign_key[RUNGS_NTLM_N_SIDES][RUNGS_NTLM_KEY_LENGTH]; /* with extended session security */
  guint8 seal_key[RUNGS_NTLM_N_SIDES][RUNGS_NTLM_KEY_LENGTH];
} RungsNtlmKeys;

/** rungs_ntlm_hash_password: NTOWFv1: MD4 of the password in UTF-16. */
void     rungs_ntlm_hash_password (RungsSlice password,
                                   guint8     hash[RUNGS_NTLM_KEY_LENGTH]);

/** rungs_ntlm_hash_user: NTOWFv2: @user and @domain as UTF-16, as they stand in the message. */
void     rungs_ntlm_hash_user     (const guint8 password_hash[RUNGS_NTLM_KEY_LENGTH],
                                   RungsSlice   user,
                                   RungsSlice   domain,
                                   guint8       hash[RUNGS_NTLM_KEY_LENGTH]);

/** rungs_ntlm_respond_v1: the 24 bytes of DES that answer @challenge (8 bytes). */
void     rungs_ntlm_respond_v1    (const guint8 password_hash[RUNGS_NTLM_KEY_LENGTH],
                                   const guint8 challenge[8],
                                   guint8       response[24]);

/**
 * rungs_ntlm_keys_derive:
 * @self: (out): the keys, where the proof is right
 * @challenge: the server's message
 * @authenticate: the client's message
 * @password: a password, UTF-8
 *
 * Returns: whether the client made its proof with @password
 */
gboolean rungs_ntlm_keys_derive   (RungsNtlmKeys   *self,
                                   const RungsNtlm *challenge,
                                   const RungsNtlm *authenticate,
                                   RungsSlice       password);

/** rungs_ntlm_keys_init: the signing keys of a session key. */
void     rungs_ntlm_keys_init     (RungsNtlmKeys   *self,
                                   RungsSlice       session_key,
                                   guint32          flags);

/** rungs_ntlm_keys_sign: the signature over @text, as GSS_GetMIC gives it. */
void     rungs_ntlm_keys_sign     (const RungsNtlmKeys *self,
                                   RungsNtlmSide        side,
                                   guint32              sequence,
                                   RungsSlice           text,
                                   guint8               signature[RUNGS_NTLM_SIGNATURE_LENGTH]);

/** rungs_ntlm_keys_verify: whether @signature (16 bytes) is the one over @text. */
gboolean rungs_ntlm_keys_verify   (const RungsNtlmKeys *self,
                                   RungsNtlmSide        side,
                                   RungsSlice           text,
                                   RungsSlice           signature);

/** rungs_ntlm_keys_verify_mic: whether the MIC of @authenticate is right, where no NEGOTIATE went before, as in SIP. */
gboolean rungs_ntlm_keys_verify_mic (const RungsNtlmKeys *self,
                                     const RungsNtlm     *challenge,
                                     const RungsNtlm     *authenticate);

G_END_DECLS
