/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How decoders of this floor build their trees: a part of a token → a field with its bytes, its text and its topic.
 *
 * Every decoder takes slices out of one token, so that the byte range of a field follows from its slice.  The topic of a
 * field is "token-field:" and its name, unless the decoder knows a better one.  A part whose data is %NULL is not
 * there and becomes no field. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** RungsTokenName: a number with a name; the tables are made from data/knowledge by make-token-names.py. */
typedef struct
{
  gint64 number;
  const char *name;
} RungsTokenName;

/** rungs_token_name_find: the name of @number, or %NULL. */
const char *rungs_token_name_find      (const RungsTokenName *names,
                                        gsize                 n_names,
                                        gint64                number);

/** How deep tokens may stand in tokens; also the limit of any recursion over them. */
#define RUNGS_TOKEN_MAX_DEPTH 8

/**
 * rungs_token_tree_add:
 * @parent: where the field goes
 * @token: the whole token, from which byte ranges count
 * @name: the name that the standard gives to the part
 * @part: its bytes, inside @token
 * @value: (nullable): its text
 *
 * Returns: (transfer none) (nullable): the field, or %NULL where @part is not there
 */
RungsField *rungs_token_tree_add        (RungsField *parent,
                                         RungsSlice  token,
                                         const char *name,
                                         RungsSlice  part,
                                         const char *value);

/** rungs_token_tree_add_hex: as rungs_token_tree_add(), with the bytes as text. */
RungsField *rungs_token_tree_add_hex    (RungsField *parent,
                                         RungsSlice  token,
                                         const char *name,
                                         RungsSlice  part);

/** rungs_token_tree_add_text: as rungs_token_tree_add(), where the bytes are text. */
RungsField *rungs_token_tree_add_text   (RungsField *parent,
                                         RungsSlice  token,
                                         const char *name,
                                         RungsSlice  part);

/** rungs_token_tree_add_size: for bytes that nobody can read: "1234 bytes", translated. */
RungsField *rungs_token_tree_add_size   (RungsField *parent,
                                         RungsSlice  token,
                                         const char *name,
                                         RungsSlice  part);

/** rungs_token_tree_format_hex: "01 02 0a", at most 64 bytes. (transfer full) */
char       *rungs_token_tree_format_hex (RungsSlice  bytes);

/** rungs_token_tree_format_time: µs since the epoch as "2024-01-15 09:20:01 UTC"; "" for 0. (transfer full) */
char       *rungs_token_tree_format_time (gint64     time);

G_END_DECLS
