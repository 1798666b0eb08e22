/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The elements of DER, one after another: for frames, and for what is too damaged for a schema (X.690, 8.1).
 *
 * Walks with definite lengths and tags of one byte, which is all that Kerberos, SPNEGO and GSS-API use.  An element
 * whose length points behind the end is cut to what is there, and says so. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct
{
  guchar tag;
  RungsSlice bytes;   /* with tag and length */
  RungsSlice content;
  gboolean truncated; /* the content should be longer */
} RungsDerElement;

/** rungs_der_next: takes the first element off @rest. Returns: %FALSE where there is none */
gboolean rungs_der_next       (RungsSlice      *rest,
                               RungsDerElement *element);

/** rungs_der_open: as rungs_der_next(), where the first element of @bytes has to have @tag; makes @bytes its content. */
gboolean rungs_der_open       (RungsSlice      *bytes,
                               guchar           tag);

/** rungs_der_format_oid: "1.2.840.113554.1.2.2" from the content of an object identifier. (transfer full) */
char    *rungs_der_format_oid (RungsSlice       content);

/**
 * rungs_der_add_elements:
 * @parent: where the fields go
 * @token: the whole token, from which byte ranges count
 * @part: the elements, inside @token
 *
 * Adds a field for each element of @part and, to a limited depth and number, of the elements in it; named by their
 * tags, because nothing else is known of them.
 */
void     rungs_der_add_elements (RungsField    *parent,
                                 RungsSlice     token,
                                 RungsSlice     part);

G_END_DECLS
