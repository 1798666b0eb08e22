/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The outline of a parsed message.  See rungs-sip-outline.h. */

#include "config.h"

#include "rungs-sip-outline.h"
#include "rungs-sip-parse.h"

G_STATIC_ASSERT (RUNGS_N_SIP_HEADERS <= G_MAXUINT8 + 1);

/* A slice of a message that is no longer than the numbers reach. */
static RungsSipOutlinePart
get_part (RungsSlice slice, RungsSlice bytes)
{
  return (RungsSipOutlinePart){ (guint16) rungs_slice_offset_in (slice, bytes), (guint16) slice.length };
}

static gboolean
write_headers (RungsSipOutline *self, const RungsSipMessage *message)
{
  RungsSipOutlineHeader *next = self->headers;
  const RungsSipOutlineHeader *end = next + RUNGS_SIP_OUTLINE_MAX_HEADERS;
  const char *at = message->bytes.data;

  for (guint i = 0; i < message->n_headers; i++)
    {
      const RungsSipHeader *header = &message->headers[i];
      gsize gap = (gsize) (header->value.data - at);

      if (header->id == RUNGS_SIP_HEADER_UNKNOWN)
        continue;
      if (gap > G_MAXUINT8 || (header->flags & RUNGS_SIP_HEADER_FOLDED) != 0 || next == end)
        return FALSE;
      *next++ = (RungsSipOutlineHeader){ (guint8) header->id, (guint8) gap, (guint16) header->value.length };
      at = rungs_slice_end (header->value);
    }
  self->n_headers = (guint32) (next - self->headers);
  return TRUE;
}

gboolean
rungs_sip_outline_write (RungsSipOutline *self, const RungsSipMessage *message)
{
  g_return_val_if_fail (self != NULL && message != NULL, FALSE);

  if (message->n_remarks > 0 || message->kind == RUNGS_SIP_KIND_MALFORMED ||
      message->bytes.length > G_MAXUINT16)
    return FALSE;
  self->kind = (guint8) message->kind;
  self->method = (guint8) message->method;
  self->status = (guint16) message->status;
  self->method_name = get_part (message->method_name, message->bytes);
  self->request_uri = get_part (message->request_uri, message->bytes);
  self->reason = get_part (message->reason, message->bytes);
  self->body = get_part (message->body, message->bytes);
  return write_headers (self, message);
}

static RungsSlice
get_slice (RungsSipOutlinePart part, RungsSlice bytes)
{
  return rungs_slice (bytes.data + part.offset, part.length);
}

void
rungs_sip_outline_read (const RungsSipOutline *self,
                        RungsSlice bytes,
                        RungsSipParseFlags flags,
                        RungsSipMessage *message)
{
  const char *at = bytes.data;

  g_return_if_fail (self != NULL && message != NULL);

  rungs_sip_message_reset (message, bytes, flags);
  message->kind = self->kind;
  message->method = self->method;
  message->status = self->status;
  message->method_name = get_slice (self->method_name, bytes);
  message->request_uri = get_slice (self->request_uri, bytes);
  message->reason = get_slice (self->reason, bytes);
  message->body = get_slice (self->body, bytes);
  for (guint i = 0; i < self->n_headers; i++)
    {
      const RungsSipOutlineHeader *part = &self->headers[i];
      RungsSipHeader *header = rungs_sip_message_append (message, (RungsSipHeaderId) part->id);

      header->name = RUNGS_SLICE_EMPTY;
      header->value = rungs_slice (at + part->gap, part->length);
      header->flags = 0;
      at = rungs_slice_end (header->value);
    }
}
