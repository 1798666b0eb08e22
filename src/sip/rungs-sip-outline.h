/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Where the parts of a parsed message lie, in some 60 bytes: to have it again without parsing it.
 *
 * The index pass and the judge both need every message of a trace taken apart, one after the other; keeping each parsed message
 * would take a thousand bytes.  Only messages that are short enough for small numbers, and that the parser had nothing to remark
 * on, have an outline. */

#pragma once

#include "rungs-sip-message.h"

G_BEGIN_DECLS

/** RungsSipOutlinePart: a slice of the message. */
typedef struct
{
  guint16 offset;
  guint16 length;
} RungsSipOutlinePart;

/** RungsSipOutlineHeader: @gap: from the end of the value before, of the message's begin for the first */
typedef struct
{
  guint8 id;
  guint8 gap;
  guint16 length;
} RungsSipOutlineHeader;

#define RUNGS_SIP_OUTLINE_MAX_HEADERS 40

/** RungsSipOutline: only the headers that are there are kept: rungs_sip_outline_get_size(). */
typedef struct
{
  guint8 kind;   /* RungsSipKind */
  guint8 method; /* RungsSipMethod */
  guint16 status;
  RungsSipOutlinePart method_name;
  RungsSipOutlinePart request_uri;
  RungsSipOutlinePart reason;
  RungsSipOutlinePart body;
  guint32 n_headers;
  RungsSipOutlineHeader headers[RUNGS_SIP_OUTLINE_MAX_HEADERS];
} RungsSipOutline;

/** rungs_sip_outline_write: Returns: whether @message has an outline */
gboolean rungs_sip_outline_write (RungsSipOutline       *self,
                                  const RungsSipMessage *message);

/** rungs_sip_outline_read: makes @message what it was when @self was written, but for start line, version, headers without id
 * and the names of headers, which are left out. @bytes, @flags: what it was parsed from, and how */
void     rungs_sip_outline_read  (const RungsSipOutline *self,
                                  RungsSlice             bytes,
                                  RungsSipParseFlags     flags,
                                  RungsSipMessage       *message);

/** rungs_sip_outline_get_size: how many bytes of @self say something; a multiple of 4. */
static inline gsize
rungs_sip_outline_get_size (const RungsSipOutline *self)
{
  return G_STRUCT_OFFSET (RungsSipOutline, headers) + self->n_headers * sizeof self->headers[0];
}

G_END_DECLS
