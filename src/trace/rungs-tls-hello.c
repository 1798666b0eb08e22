/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* ClientHello and ServerHello.  See rungs-tls-hello.h. */

#include "config.h"

#include "rungs-tls-hello.h"

#define RECORD_HEADER             5
#define HANDSHAKE_HEADER          4
#define DATAGRAM_RECORD_HEADER    13
#define DATAGRAM_HANDSHAKE_HEADER 12
#define RANDOM                    32
#define MAX_EXTENSIONS            64

enum
{
  EXTENSION_SERVER_NAME = 0,
  EXTENSION_SUPPORTED_VERSIONS = 43,
};

/* Takes a vector off the front of @bytes whose length is told by @n_length bytes; of one that is cut what is there. */
static RungsSlice
take_vector (RungsSlice *bytes, gsize n_length)
{
  gsize length = rungs_slice_get_number (*bytes, 0, n_length);
  RungsSlice vector = rungs_slice_sub (*bytes, n_length, length);

  *bytes = rungs_slice_skip (*bytes, n_length + length);
  return vector;
}

gsize
rungs_tls_hello_get_length (RungsSlice bytes)
{
  if (bytes.length < RECORD_HEADER)
    return 0;
  if ((bytes.data[0] & 0x80) != 0)
    return 2 + (rungs_slice_get_number (bytes, 0, 2) & 0x7fff);
  return RECORD_HEADER + rungs_slice_get_number (bytes, 3, 2);
}

static void
read_extension (RungsTlsHello *self, guint type, RungsSlice content)
{
  if (type == EXTENSION_SERVER_NAME && self->kind == RUNGS_TLS_HELLO_CLIENT)
    {
      RungsSlice names = take_vector (&content, 2);

      /* a list of one: type 0, a host name */
      if (rungs_slice_get_number (names, 0, 1) != 0)
        return;
      names = rungs_slice_skip (names, 1);
      self->name = take_vector (&names, 2);
    }
  else if (type == EXTENSION_SUPPORTED_VERSIONS && self->kind == RUNGS_TLS_HELLO_SERVER &&
           content.length >= 2)
    {
      self->version = rungs_slice_get_number (content, 0, 2);
    }
}

/* What a hello says behind its version. */
static void
read_hello (RungsTlsHello *self, RungsSlice rest, gboolean datagram)
{
  rest = rungs_slice_skip (rest, RANDOM);
  take_vector (&rest, 1);
  if (self->kind == RUNGS_TLS_HELLO_CLIENT)
    {
      if (datagram)
        take_vector (&rest, 1);
      take_vector (&rest, 2);
      take_vector (&rest, 1);
    }
  else
    {
      rest = rungs_slice_skip (rest, 3);
    }
  rest = take_vector (&rest, 2);
  for (guint n = 0; n < MAX_EXTENSIONS && rest.length >= 4; n++)
    {
      guint extension = rungs_slice_get_number (rest, 0, 2);

      rest = rungs_slice_skip (rest, 2);
      read_extension (self, extension, take_vector (&rest, 2));
    }
}

/* A handshake at the start of @rest whose header is @header bytes long. */
static void
read_handshake (RungsTlsHello *self, RungsSlice rest, gsize header, gboolean datagram)
{
  guint type = rest.length > 0 ? rungs_slice_get_number (rest, 0, 1) : 0;

  if (type != 1 && type != 2)
    return;
  self->kind = type == 1 ? RUNGS_TLS_HELLO_CLIENT : RUNGS_TLS_HELLO_SERVER;
  rest = rungs_slice_skip (rest, header);
  if (self->kind == RUNGS_TLS_HELLO_SERVER && rest.length >= 2)
    self->version = rungs_slice_get_number (rest, 0, 2);
  read_hello (self, rungs_slice_skip (rest, 2), datagram);
}

void
rungs_tls_hello_parse (RungsTlsHello *self, RungsSlice bytes)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
  /* the form of SSL 2.0 has no extensions */
  if (bytes.length > 0 && (bytes.data[0] & 0x80) != 0)
    self->kind = RUNGS_TLS_HELLO_CLIENT;
  else if (bytes.length > 0 && bytes.data[0] == 0x16)
    read_handshake (self, rungs_slice_skip (bytes, RECORD_HEADER), HANDSHAKE_HEADER, FALSE);
}

void
rungs_tls_hello_parse_datagram (RungsTlsHello *self, RungsSlice bytes)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
  if (bytes.length > 0 && bytes.data[0] == 0x16)
    read_handshake (self, rungs_slice_skip (bytes, DATAGRAM_RECORD_HEADER), DATAGRAM_HANDSHAKE_HEADER, TRUE);
}
