/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The decoders that rungs_token_to_field() asks in turn, and how a frame goes back to it for what it holds.
 *
 * Each takes @part out of @token and returns its field (transfer full), or %NULL where @part is not of its kind.  @depth counts
 * tokens in tokens; at RUNGS_TOKEN_MAX_DEPTH frames are no longer opened. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_token_decode_part: whatever @part is; never %NULL. rungs-token-decode.c */
RungsField *rungs_token_decode_part (RungsSlice token,
                                     RungsSlice part,
                                     guint      depth);

/** rungs_gss_decode: frames of GSS-API and SPNEGO (RFC 2743, 3.1; RFC 4178, 4.2). rungs-gss.c */
RungsField *rungs_gss_decode        (RungsSlice token,
                                     RungsSlice part,
                                     guint      depth);

/** rungs_kerberos_decode: any message of Kerberos (RFC 4120, 5.4 to 5.9). rungs-kerberos-fields.c */
RungsField *rungs_kerberos_decode   (RungsSlice token,
                                     RungsSlice part);

/** rungs_tls_decode: TLS records with handshake messages and alerts (RFC 5246, 6.2 to 7.4). rungs-tls.c */
RungsField *rungs_tls_decode        (RungsSlice token,
                                     RungsSlice part);

G_END_DECLS
