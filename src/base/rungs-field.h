/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The decoded tree: name, value, byte range, children, remark.
 *
 * SIP headers, SDP, Digest, NTLM and Kerberos tokens all decode into it, so that inspector, text output, JSON and the
 * highlight in the raw view are written once.  A field has plain display text (safe to show) and a byte range that
 * counts from the first byte of the message (length 0: it stands nowhere, it was derived).  A field owns its
 * children. */

#pragma once

#include "rungs-remark.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct _RungsField RungsField;

/** RungsField: one node; read it freely, build it with the functions below. */
struct _RungsField
{
  char *name;          /* a term of the protocol, never translated: "From", "tag", "NTLM flags" */
  char *value;         /* display text, "" where the children say it all */
  char *topic;         /* what to look up in the knowledge, "header:From", "auth:realm", "status:401", or NULL */
  guint32 offset;      /* of the value (of the whole line for a header), from the start of the message */
  guint32 length;
  guint16 remark;      /* a RungsRemarkCode, 0 for none */
  GPtrArray *children; /* RungsField, or NULL */
};

/**
 * rungs_field_new:
 * @name: the name, display text
 * @value: (nullable): the value, display text
 * @offset: first byte in the message
 * @length: how many bytes
 *
 * Returns: (transfer full): a field without children
 */
RungsField *rungs_field_new          (const char *name,
                                      const char *value,
                                      gsize       offset,
                                      gsize       length);

/** rungs_field_new_slice: as rungs_field_new(); the value and its range are those of @value inside @message. */
RungsField *rungs_field_new_slice    (const char *name,
                                      RungsSlice  value,
                                      RungsSlice  message);
void        rungs_field_free         (RungsField *self);

/** rungs_field_add: makes @child (transfer full) the last child. Returns: (transfer none): @child */
RungsField *rungs_field_add          (RungsField *self,
                                      RungsField *child);
/** rungs_field_copy: @self with all its children. (transfer full) */
RungsField *rungs_field_copy         (const RungsField *self);
void        rungs_field_set_topic    (RungsField *self,
                                      const char *topic);
guint       rungs_field_get_n_children (const RungsField *self);
RungsField *rungs_field_get_child    (const RungsField *self,
                                      guint             index);

/** rungs_field_find: the first child named @name (ASCII case ignored), or %NULL. */
RungsField *rungs_field_find         (const RungsField *self,
                                      const char       *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsField, rungs_field_free)

G_END_DECLS
