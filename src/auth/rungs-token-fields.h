/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The tokens and signatures in the tree of a message.
 *
 * In: the tree that rungs_sip_fields_new() made. Out: the same tree, in which each gssapi-data and each signature has its parts as
 * children, so that one message is one tree down to the flags.  Byte ranges count from the start of the message
 * there, as everywhere in that tree: they are the characters of base64 or hexadecimal digits that hold the part. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * rungs_token_fields_add:
 * @root: the fields of @message
 * @message: its bytes
 */
void rungs_token_fields_add (RungsField *root,
                             RungsSlice  message);

G_END_DECLS
