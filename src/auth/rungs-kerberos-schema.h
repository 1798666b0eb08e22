/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of Kerberos: messages decoded by the schema rungs-kerberos.asn.
 *
 * A thin layer over libtasn1, whose table of the schema is loaded once and shared by all threads. */

#pragma once

#include <libtasn1.h>

#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_kerberos_schema_decode: @type as "AP-REQ". Returns: (transfer full) (nullable): the decoded @message, to be freed
 * with asn1_delete_structure(); %NULL where the schema does not fit */
asn1_node rungs_kerberos_schema_decode (const char *type,
                                        RungsSlice  message);

/** rungs_kerberos_schema_dup: Returns: (transfer full) (nullable): the value at @path; @length is in bytes, for a BIT STRING in
 * bits */
char     *rungs_kerberos_schema_dup    (asn1_node   node,
                                        const char *path,
                                        int        *length);

/** rungs_kerberos_schema_get_range: the bytes of the element at @path of @node, which was decoded from @message. */
RungsSlice rungs_kerberos_schema_get_range (asn1_node   node,
                                            RungsSlice  message,
                                            const char *path);

/** rungs_kerberos_schema_get_integer: @otherwise where there is none at @path, or it does not fit. */
gint64    rungs_kerberos_schema_get_integer (asn1_node   node,
                                             const char *path,
                                             gint64      otherwise);

G_END_DECLS
