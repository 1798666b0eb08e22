/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The PROXY protocol.  See rungs-proxy-header.h. */

#include "config.h"

#include <string.h>

#include "rungs-proxy-header.h"

#define MAX_LINE   107
#define SHORT_PART 16

static const RungsSlice text_signature = { "PROXY ", 6 };
static const RungsSlice binary_signature = { "\r\n\r\n\0\r\nQUIT\n", 12 };

enum
{
  COMMAND_PROXY = 1,
  FAMILY_IPV4 = 1,
  FAMILY_IPV6 = 2,
};

/* Takes the next word of @line. */
static RungsSlice
take_word (RungsSlice *line)
{
  gssize space = rungs_slice_find_char (*line, 0, ' ');
  RungsSlice word = rungs_slice_sub (*line, 0, space >= 0 ? (gsize) space : line->length);

  *line = rungs_slice_skip (*line, word.length + 1);
  return word;
}

static RungsProxyHeaderState
parse_text (RungsProxyHeader *self, RungsSlice bytes)
{
  gssize newline = rungs_slice_find_char (rungs_slice_sub (bytes, 0, MAX_LINE), 0, '\n');
  RungsSlice line, family, source;
  guint64 port;

  if (newline < 0)
    return bytes.length < MAX_LINE ? RUNGS_PROXY_HEADER_MORE : RUNGS_PROXY_HEADER_NONE;
  self->length = newline + 1;
  line = rungs_slice_trim (rungs_slice_sub (bytes, text_signature.length, newline - text_signature.length));
  family = take_word (&line);
  if (rungs_slice_equal_string (family, "UNKNOWN"))
    return RUNGS_PROXY_HEADER_WHOLE;
  if (!rungs_slice_equal_string (family, "TCP4") && !rungs_slice_equal_string (family, "TCP6"))
    return RUNGS_PROXY_HEADER_NONE;
  source = take_word (&line);
  take_word (&line);
  if (!rungs_address_parse_host (&self->source, source) || self->source.kind == RUNGS_ADDRESS_NAME ||
      !rungs_slice_to_uint64 (take_word (&line), &port) || port > G_MAXUINT16)
    return RUNGS_PROXY_HEADER_NONE;
  self->source.port = port;
  return RUNGS_PROXY_HEADER_WHOLE;
}

static RungsProxyHeaderState
parse_binary (RungsProxyHeader *self, RungsSlice bytes)
{
  guint command, family;
  gsize size;

  if (bytes.length < SHORT_PART)
    return RUNGS_PROXY_HEADER_MORE;
  command = rungs_slice_get_number (bytes, 12, 1);
  family = rungs_slice_get_number (bytes, 13, 1) >> 4;
  self->length = SHORT_PART + rungs_slice_get_number (bytes, 14, 2);
  if (command >> 4 != 2)
    return RUNGS_PROXY_HEADER_NONE;
  if (bytes.length < self->length)
    return RUNGS_PROXY_HEADER_MORE;
  size = family == FAMILY_IPV4 ? 4 : family == FAMILY_IPV6 ? 16 : 0;
  if ((command & 15) != COMMAND_PROXY || size == 0 || self->length < SHORT_PART + 2 * size + 4)
    return RUNGS_PROXY_HEADER_WHOLE;
  self->source.kind = family == FAMILY_IPV4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6;
  memcpy (self->source.bytes, bytes.data + SHORT_PART, size);
  self->source.port = rungs_slice_get_number (bytes, SHORT_PART + 2 * size, 2);
  return RUNGS_PROXY_HEADER_WHOLE;
}

/* Whether as much of @bytes as there is says what @signature says. */
static gboolean
begins (RungsSlice bytes, RungsSlice signature)
{
  return bytes.length > 0 && memcmp (bytes.data, signature.data, MIN (bytes.length, signature.length)) == 0;
}

RungsProxyHeaderState
rungs_proxy_header_parse (RungsProxyHeader *self, RungsSlice bytes)
{
  RungsProxyHeaderState state = RUNGS_PROXY_HEADER_NONE;

  g_return_val_if_fail (self != NULL, RUNGS_PROXY_HEADER_NONE);

  memset (self, 0, sizeof *self);
  if (begins (bytes, text_signature))
    state = bytes.length < text_signature.length ? RUNGS_PROXY_HEADER_MORE : parse_text (self, bytes);
  else if (begins (bytes, binary_signature))
    state = bytes.length < binary_signature.length ? RUNGS_PROXY_HEADER_MORE : parse_binary (self, bytes);
  if (state != RUNGS_PROXY_HEADER_WHOLE)
    memset (self, 0, sizeof *self);
  return state;
}
