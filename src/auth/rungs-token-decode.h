/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The one way into a token: bytes → tree of fields, whatever kind of token it is.
 *
 * Frames (GSS-API, RFC 2743, 3.1; SPNEGO, RFC 4178) are fields whose children are what they carry, to a limited depth.  A
 * token that is cut short or damaged is decoded as far as it goes; the fields where it ends carry a remark.  Byte
 * ranges count from the first byte of the token. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_token_to_field: Returns: (transfer full): the tree; its root says what the token is */
RungsField *rungs_token_to_field  (RungsSlice token);

G_END_DECLS
