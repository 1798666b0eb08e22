/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One HEP packet.  See rungs-hep.h. */

#include "config.h"

#include "rungs-hep.h"

#define CHUNK_HEADER 6

enum
{
  CHUNK_PROTOCOL = 0x02,
  CHUNK_SOURCE_IPV4 = 0x03,
  CHUNK_DESTINATION_IPV4 = 0x04,
  CHUNK_SOURCE_IPV6 = 0x05,
  CHUNK_DESTINATION_IPV6 = 0x06,
  CHUNK_SOURCE_PORT = 0x07,
  CHUNK_DESTINATION_PORT = 0x08,
  CHUNK_SECONDS = 0x09,
  CHUNK_MICROSECONDS = 0x0a,
  CHUNK_KIND = 0x0b,
  CHUNK_AGENT = 0x0c,
  CHUNK_PAYLOAD = 0x0f,
  CHUNK_COMPRESSED = 0x10,
  CHUNK_NODE = 0x13,
};

/* 22 is what Sofia writes for TLS. */
static RungsTransport
get_transport (guint protocol)
{
  switch (protocol)
    {
    case 6:
      return RUNGS_TRANSPORT_TCP;
    case 17:
      return RUNGS_TRANSPORT_UDP;
    case 22:
      return RUNGS_TRANSPORT_TLS;
    case 132:
      return RUNGS_TRANSPORT_SCTP;
    default:
      return RUNGS_TRANSPORT_UNKNOWN;
    }
}

static void
set_address (RungsAddress *address, RungsSlice bytes)
{
  address->kind = bytes.length == 16 ? RUNGS_ADDRESS_IPV6 : RUNGS_ADDRESS_IPV4;
  memcpy (address->bytes, bytes.data, bytes.length);
}

static void
read_chunk (RungsHep *self, guint type, RungsSlice data)
{
  switch (type)
    {
    case CHUNK_PROTOCOL:
      self->transport = get_transport (rungs_slice_get_number (data, 0, 4));
      break;
    case CHUNK_SOURCE_IPV4:
    case CHUNK_SOURCE_IPV6:
      if (data.length == (type == CHUNK_SOURCE_IPV4 ? 4 : 16))
        set_address (&self->source, data);
      break;
    case CHUNK_DESTINATION_IPV4:
    case CHUNK_DESTINATION_IPV6:
      if (data.length == (type == CHUNK_DESTINATION_IPV4 ? 4 : 16))
        set_address (&self->destination, data);
      break;
    case CHUNK_SOURCE_PORT:
      self->source.port = rungs_slice_get_number (data, 0, 4);
      break;
    case CHUNK_DESTINATION_PORT:
      self->destination.port = rungs_slice_get_number (data, 0, 4);
      break;
    case CHUNK_KIND:
      self->protocol = rungs_slice_get_number (data, 0, 4);
      break;
    case CHUNK_AGENT:
      self->agent = rungs_slice_get_number (data, 0, 4);
      self->has_agent = data.length > 0;
      break;
    case CHUNK_PAYLOAD:
    case CHUNK_COMPRESSED:
      self->payload = data;
      self->compressed = type == CHUNK_COMPRESSED;
      break;
    case CHUNK_NODE:
      self->node = data;
      break;
    default:
      break;
    }
}

gsize
rungs_hep_get_length (RungsSlice bytes)
{
  gsize length;

  if (bytes.length < RUNGS_HEP_HEADER || memcmp (bytes.data, "HEP3", 4) != 0)
    return 0;
  length = rungs_slice_get_number (bytes, 4, 2);
  return length > RUNGS_HEP_HEADER ? length : 0;
}

static gboolean
parse_chunks (RungsHep *self, RungsSlice bytes)
{
  RungsSlice rest = rungs_slice_sub (bytes, RUNGS_HEP_HEADER, self->length - RUNGS_HEP_HEADER);
  gint64 seconds = -1;
  guint32 microseconds = 0;

  while (rest.length > CHUNK_HEADER)
    {
      guint vendor = rungs_slice_get_number (rest, 0, 2);
      guint type = rungs_slice_get_number (rest, 2, 2);
      gsize length = rungs_slice_get_number (rest, 4, 2);
      RungsSlice data;

      if (length < CHUNK_HEADER)
        break;
      data = rungs_slice_sub (rest, CHUNK_HEADER, length - CHUNK_HEADER);
      if (vendor == 0 && type == CHUNK_SECONDS)
        seconds = rungs_slice_get_number (data, 0, 4);
      else if (vendor == 0 && type == CHUNK_MICROSECONDS)
        microseconds = rungs_slice_get_number (data, 0, 4);
      else if (vendor == 0)
        read_chunk (self, type, data);
      rest = rungs_slice_skip (rest, length);
    }
  if (seconds >= 0)
    self->time = seconds * G_USEC_PER_SEC + MIN (microseconds, G_USEC_PER_SEC - 1);
  return TRUE;
}

/* The time of version 2 stands in the byte order of whoever wrote it: microseconds are less than a million in one. */
static void
read_time (RungsHep *self, RungsSlice bytes)
{
  guint32 numbers[2];
  guint16 agent;

  if (bytes.length < 10)
    return;
  memcpy (numbers, bytes.data, sizeof numbers);
  memcpy (&agent, bytes.data + 8, sizeof agent);
  if (GUINT32_FROM_LE (numbers[1]) < G_USEC_PER_SEC)
    {
      self->time = (gint64) GUINT32_FROM_LE (numbers[0]) * G_USEC_PER_SEC + GUINT32_FROM_LE (numbers[1]);
      agent = GUINT16_FROM_LE (agent);
    }
  else
    {
      self->time = (gint64) GUINT32_FROM_BE (numbers[0]) * G_USEC_PER_SEC + GUINT32_FROM_BE (numbers[1]);
      agent = GUINT16_FROM_BE (agent);
    }
  self->agent = agent;
  self->has_agent = TRUE;
}

/* Versions 1 and 2: version, length of the header, family, protocol, ports, addresses; with 2 seconds, microseconds and
 * agent, which some writers do not count as header. */
static gboolean
parse_fixed (RungsHep *self, RungsSlice bytes)
{
  guint version = bytes.length >= 8 ? (guint8) bytes.data[0] : 0;
  gsize header = version > 0 ? (guint8) bytes.data[1] : 0;
  gsize address = header >= 8 + 32 ? 16 : 4;
  gsize addresses = 8 + 2 * address;

  if ((version != 1 && version != 2) || header < addresses || header > addresses + (version == 2 ? 12 : 0) ||
      bytes.length <= header)
    return FALSE;
  self->transport = get_transport ((guint8) bytes.data[3]);
  if (self->transport == RUNGS_TRANSPORT_UNKNOWN)
    return FALSE;
  self->source.port = rungs_slice_get_number (bytes, 4, 2);
  self->destination.port = rungs_slice_get_number (bytes, 6, 2);
  set_address (&self->source, rungs_slice_sub (bytes, 8, address));
  set_address (&self->destination, rungs_slice_sub (bytes, 8 + address, address));
  if (version == 2)
    read_time (self, rungs_slice_skip (bytes, addresses));
  if (version == 2 && header == addresses)
    header += 12;
  self->payload = rungs_slice_skip (bytes, header);
  self->length = bytes.length;
  self->protocol = 1;
  return TRUE;
}

gboolean
rungs_hep_parse (RungsHep *self, RungsSlice bytes)
{
  g_return_val_if_fail (self != NULL, FALSE);

  memset (self, 0, sizeof *self);
  self->time = RUNGS_TIME_NONE;
  self->length = rungs_hep_get_length (bytes);
  return self->length > 0 ? parse_chunks (self, bytes) : parse_fixed (self, bytes);
}
