/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* An address with display name and parameters.  See rungs-sip-address.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-address.h"

/* Cuts @text into what stands before the URI, the URI, and the parameters behind it. Returns: FALSE where a bracket or
 * a quoted string is not closed, or where something else than a parameter follows */
static gboolean
split (RungsSlice text, RungsSlice *display, RungsSlice *uri, RungsSlice *parameters)
{
  gsize quoted, open_offset;
  gboolean closed = TRUE;
  gssize open, close, semicolon;
  RungsSlice behind;

  *display = *parameters = RUNGS_SLICE_EMPTY;
  quoted = rungs_scan_quoted (text, display, &closed);
  open = rungs_slice_find_char (text, quoted, '<');
  if (open < 0)
    {
      *uri = rungs_slice_skip (text, quoted);
      semicolon = rungs_slice_find_char (*uri, 0, ';');
      if (semicolon >= 0)
        {
          *parameters = rungs_slice_skip (*uri, semicolon + 1);
          *uri = rungs_slice_sub (*uri, 0, semicolon);
        }
      *uri = rungs_slice_trim (*uri);
      return quoted == 0;
    }
  open_offset = open;
  if (quoted == 0)
    *display = rungs_slice_trim (rungs_slice_sub (text, 0, open_offset));
  else if (rungs_slice_trim (rungs_slice_sub (text, quoted, open_offset - quoted)).length > 0)
    closed = FALSE;
  close = rungs_slice_find_char (text, open_offset, '>');
  if (close < 0)
    {
      *uri = rungs_slice_trim (rungs_slice_skip (text, open_offset + 1));
      return FALSE;
    }
  *uri = rungs_slice_sub (text, open_offset + 1, close - open_offset - 1);
  behind = rungs_slice_trim (rungs_slice_skip (text, close + 1));
  semicolon = rungs_slice_find_char (behind, 0, ';');
  if (semicolon >= 0)
    *parameters = rungs_slice_skip (behind, semicolon + 1);
  return closed && (behind.length == 0 || semicolon == 0);
}

gboolean
rungs_sip_address_parse (RungsSipAddress *self, RungsSlice text)
{
  RungsSlice uri;
  gboolean whole;

  memset (self, 0, sizeof *self);
  text = rungs_slice_trim (text);
  if (rungs_sip_address_is_star (text))
    {
      self->star = TRUE;
      self->parameters = rungs_slice_skip (text, 2);
      self->valid = TRUE;
      return TRUE;
    }
  whole = split (text, &self->display, &uri, &self->parameters);
  self->valid = rungs_sip_uri_parse (&self->uri, uri) && whole;
  self->tag = rungs_sip_address_get_parameter (self, "tag");
  return self->valid;
}

RungsSlice
rungs_sip_address_get_parameter (const RungsSipAddress *self, const char *name)
{
  RungsSlice value = RUNGS_SLICE_EMPTY;

  rungs_scan_find_parameter (self->parameters, ';', name, &value);
  return value;
}

RungsSlice
rungs_sip_address_peek_parameter (RungsSlice text, const char *name)
{
  RungsSipAddress address;
  RungsSlice uri;

  text = rungs_slice_trim (text);
  if (rungs_sip_address_is_star (text))
    address.parameters = rungs_slice_skip (text, 2);
  else
    split (text, &address.display, &uri, &address.parameters);
  return rungs_sip_address_get_parameter (&address, name);
}

RungsSlice
rungs_sip_address_peek_tag (RungsSlice text)
{
  RungsSlice display, value;
  gboolean closed;
  gsize quoted = rungs_scan_quoted (text, &display, &closed);
  gssize close = rungs_slice_find_char (text, quoted, '>');
  const char *end = rungs_slice_end (text);
  const char *p = text.data + (close >= 0 ? (gsize) close : quoted);

  while (p < end && (p = memchr (p, ';', end - p)) != NULL)
    {
      p++;
      while (p < end && rungs_byte_is_space (*p))
        p++;
      if (end - p > 4 && (p[0] | 0x20) == 't' && (p[1] | 0x20) == 'a' && (p[2] | 0x20) == 'g' &&
          (p[3] == '=' || rungs_byte_is_space (p[3])))
        {
          const char *stop = memchr (p, ';', end - p);

          rungs_scan_parameter (rungs_slice (p, (stop != NULL ? stop : end) - p), &display, &value);
          return value;
        }
    }
  return RUNGS_SLICE_EMPTY;
}
