/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signature of a SIP message ([MS-SIPAE] 3.1): where it stands, what it looks like, and what it was made over.
 *
 * In: a parsed message. Out: `response` (of the client) or `rspauth` (of the server) with the parameters beside it, and the text
 * that was signed: each value in angle brackets exactly as it stands in the message.  Version 2 of the extension signs
 * fewer of them than 3 and 4.  The signatures of Digest are not meant here. */

#pragma once

#include "rungs-field.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSipAuth auth;
  gboolean from_server; /* rspauth */
  RungsSlice value;     /* hexadecimal digits */
} RungsSignature;

/** rungs_signature_find: Returns: whether @message is signed by NTLM, Kerberos or TLS-DSK */
gboolean    rungs_signature_find     (RungsSignature        *self,
                                      const RungsSipMessage *message);

/** rungs_signature_dup_bytes: Returns: (transfer full) (nullable): the signature, or %NULL where it is no hexadecimal
 * number */
GBytes     *rungs_signature_dup_bytes (const RungsSignature *self);

/**
 * rungs_signature_dup_text:
 * @self: the signature of @message
 * @message: the message
 * @version: of the extension: 2, 3 or 4
 *
 * Returns: (transfer full): the text that was signed; any bytes
 */
GString    *rungs_signature_dup_text (const RungsSignature  *self,
                                      const RungsSipMessage *message,
                                      guint                  version);

/** rungs_signature_to_signed_field: the same, value by value, with their places in @message; the value of the field itself
 * is the whole text. (transfer full) */
RungsField *rungs_signature_to_signed_field (const RungsSignature  *self,
                                             const RungsSipMessage *message,
                                             guint                  version);

/** rungs_signature_to_field: the parts of a signature, told by its form; ranges count from its first byte. (transfer full) */
RungsField *rungs_signature_to_field (RungsSlice             bytes);

/** rungs_signature_add_parts: the same, as parts of @parent; ranges count from the start of @token. */
void        rungs_signature_add_parts (RungsField             *parent,
                                       RungsSlice              token,
                                       RungsSlice              bytes);

/** rungs_signature_add_message_token: the parts of a MIC or Wrap token of Kerberos (RFC 1964, 1.2; RFC 4121, 4.2.6) from its TOK_ID
 * on. */
void        rungs_signature_add_message_token (RungsField     *parent,
                                               RungsSlice      token,
                                               RungsSlice      bytes);

G_END_DECLS
