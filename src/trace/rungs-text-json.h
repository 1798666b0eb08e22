/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* JSON as logs hold it (RFC 8259): the members of an object, one after the other, without a tree.
 *
 * Nothing is checked beyond what it takes to find the next member: a log is cut anywhere. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * rungs_text_json_next:
 * @rest: (inout): what follows the "{" or the member before; what follows this member
 * @key: (out): its name, without quote marks, as it is written
 * @value: (out): its value as it is written: "\"a\\n\"", "12", "{…}", "[…]"
 *
 * Returns: %FALSE behind the last one, or where what stands there is none
 */
gboolean   rungs_text_json_next        (RungsSlice *rest,
                                        RungsSlice *key,
                                        RungsSlice *value);

/** rungs_text_json_get_string: what stands between the quote marks of @value; empty where it is no string. */
RungsSlice rungs_text_json_get_string  (RungsSlice  value);

/** rungs_text_json_cut_string: @text up to the quote mark that ends the string in which it stands. */
RungsSlice rungs_text_json_cut_string  (RungsSlice  text);

/** rungs_text_json_unescape: appends the bytes that @text stands for: never more than it has. */
void       rungs_text_json_unescape    (RungsSlice  text,
                                        GString    *result);

/** rungs_text_json_read_bytes: appends the bytes of an array of numbers, as journald writes what is not printable. Returns:
 * %FALSE where @value is none */
gboolean   rungs_text_json_read_bytes  (RungsSlice  value,
                                        GString    *result);

G_END_DECLS
