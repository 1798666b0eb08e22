/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The head of a message in a text.  See rungs-text-head.h. */

#include "config.h"

#include "rungs-sip-frame.h"
#include "rungs-sip-via.h"
#include "rungs-text-head.h"

/* Beyond it, a Content-Length is not believed. */
#define MAX_CONTENT_LENGTH (64 * 1024 * 1024)

static void
add_via (RungsTextHead *self, RungsSlice value)
{
  RungsTransport transport = RUNGS_TRANSPORT_UNKNOWN;

  rungs_sip_via_peek (value, &transport, NULL, NULL);
  self->transport = transport;
  self->has_via = TRUE;
}

static void
add_content_length (RungsTextHead *self, RungsSlice value)
{
  guint64 number;

  if (rungs_slice_to_uint64 (rungs_slice_trim (value), &number) && number <= MAX_CONTENT_LENGTH)
    {
      self->has_length = TRUE;
      self->content_length = number;
    }
}

/* Most lines are none of Via, Content-Length and Content-Type, nor one of their short forms. */
static inline gboolean
may_be_wanted (RungsSlice line)
{
  gboolean is_short = line.data[1] == ':' || rungs_byte_is_space (line.data[1]);

  switch (line.data[0] | 0x20)
    {
    case 'v':
      return is_short || (line.data[1] | 0x20) == 'i';
    case 'c':
      return is_short || (line.length > 12 && line.data[7] == '-');
    case 'l':
      return is_short;
    default:
      return FALSE;
    }
}

void
rungs_text_head_add_line (RungsTextHead *self, RungsSlice line)
{
  RungsSlice name, value;
  gssize colon;

  if (line.length < 2)
    return;
  if (!may_be_wanted (line))
    return;
  colon = rungs_slice_find_char (rungs_slice_sub (line, 0, 64), 0, ':');
  if (colon < 0)
    return;
  name = rungs_slice_trim (rungs_slice_sub (line, 0, colon));
  value = rungs_slice_skip (line, colon + 1);
  switch (rungs_sip_header_lookup (name))
    {
    case RUNGS_SIP_HEADER_VIA:
      if (!self->has_via)
        add_via (self, value);
      break;
    case RUNGS_SIP_HEADER_CONTENT_LENGTH:
      if (!self->has_length)
        add_content_length (self, value);
      break;
    case RUNGS_SIP_HEADER_CONTENT_TYPE:
      self->has_type = TRUE;
      value = rungs_slice_trim (value);
      self->is_multipart = rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("multipart/"));
      self->is_message = rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("message/sip"));
      break;
    default:
      break;
    }
}

void
rungs_text_head_scan (RungsTextHead *self, RungsSlice text)
{
  gsize offset = 0;

  memset (self, 0, sizeof *self);
  while (offset < text.length)
    {
      const char *start = text.data + offset;
      const char *newline = memchr (start, '\n', text.length - offset);
      gsize length = newline != NULL ? (gsize) (newline - start) : text.length - offset;

      if (offset > 0 && rungs_sip_may_be_start_line (rungs_slice (start, length)) &&
          rungs_sip_is_start_line (rungs_slice (start, length)))
        break;
      offset += length + (newline != NULL);
      if (newline != NULL && (length == 0 || start[length - 1] != '\r'))
        self->n_bare++;
      while (length > 0 && start[length - 1] == '\r')
        length--;
      if (length == 0)
        {
          /* A CR alone may be half of the line end. */
          self->ended = newline != NULL;
          break;
        }
      rungs_text_head_add_line (self, rungs_slice (start, length));
    }
  self->length = offset;
}

gsize
rungs_text_wire_length (RungsSlice text)
{
  gsize length = text.length;
  gssize at = rungs_slice_find_char (text, 0, '\n');

  while (at >= 0)
    {
      if (at == 0 || text.data[at - 1] != '\r')
        length++;
      at = rungs_slice_find_char (text, (gsize) at + 1, '\n');
    }
  return length;
}

gboolean
rungs_text_wire_advance (RungsSlice text, guint64 wire_length, gsize *length)
{
  gsize offset = 0;
  guint64 wire = 0;

  while (wire < wire_length && offset < text.length)
    {
      gssize newline = rungs_slice_find_char (text, offset, '\n');
      gsize end = newline >= 0 ? (gsize) newline : text.length;

      if (wire + (end - offset) == wire_length)
        {
          *length = end;
          return TRUE;
        }
      if (newline < 0)
        return FALSE;
      wire += end - offset + (end > offset && text.data[end - 1] == '\r' ? 1 : 2);
      offset = end + 1;
    }
  *length = offset;
  return wire == wire_length;
}

RungsSlice
rungs_text_head_cut (RungsSlice text, RungsTextHead *head)
{
  RungsSlice body;
  gsize length;

  rungs_text_head_scan (head, text);
  body = rungs_slice_skip (text, head->length);
  if (head->ended && !head->has_type)
    body.length = MIN (body.length, head->content_length);
  if (head->ended && head->has_length && rungs_text_wire_advance (body, head->content_length, &length))
    body.length = length;
  return rungs_slice_sub (text, 0, head->length + body.length);
}
