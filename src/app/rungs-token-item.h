/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A field of a token as an item of list models, and the bytes that it stands in.
 *
 * In: a message. Out: a list of what it carries: tokens (the empty one too), its signature, what a check of it gave, and the headers
 * around them with their parameters.  Items are made when a tree asks for them, and share one copy of the bytes. */

#pragma once

#include <gio/gio.h>

#include "rungs-field.h"
#include "rungs-signatures.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_TOKEN_ITEM (rungs_token_item_get_type ())
G_DECLARE_FINAL_TYPE (RungsTokenItem, rungs_token_item, RUNGS, TOKEN_ITEM, GObject)

/** rungs_token_item_list: @signatures: the checks, or %NULL. Returns: (transfer full): a list of RungsTokenItem; empty where the
 * message carries nothing of the kind */
GListModel       *rungs_token_item_list         (RungsTrace      *trace,
                                                 guint            message,
                                                 RungsSignatures *signatures);

/** rungs_token_item_list_kerberos: of a Kerberos message that stands alone. (transfer full) */
GListModel       *rungs_token_item_list_kerberos (RungsSlice      message);

/** rungs_token_item_get_children: Returns: (transfer full) (nullable): a list of RungsTokenItem, or %NULL where it has no parts */
GListModel       *rungs_token_item_get_children (RungsTokenItem  *self);

/** rungs_token_item_get_field: (transfer none) */
const RungsField *rungs_token_item_get_field    (RungsTokenItem  *self);

/** rungs_token_item_get_bytes: in which the range of the field counts. */
RungsSlice        rungs_token_item_get_bytes    (RungsTokenItem  *self);

/** rungs_token_item_is_token: whether the bytes are those of a token, and not of the message. */
gboolean          rungs_token_item_is_token     (RungsTokenItem  *self);

G_END_DECLS
