/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* ESP without encryption.  See rungs-packet-esp.h. */

#include "config.h"

#include "rungs-packet-esp.h"
#include "rungs-packet-layer.h"

#define HEADER      8
#define TRAILER     2
#define MAX_TRAILER (255 + TRAILER + 32)

enum
{
  PROTOCOL_IPV4 = 4,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_IPV6 = 41,
};

/* Whether @carried may be what @protocol says; UDP and IP say how long they are. */
static gboolean
fits (RungsSlice carried, guint protocol)
{
  switch (protocol)
    {
    case PROTOCOL_UDP:
      return carried.length >= 8 && rungs_packet_get_be16 (carried, 4) == carried.length;
    case PROTOCOL_TCP:
      return carried.length >= 20 && rungs_packet_get_byte (carried, 12) >> 4 >= 5 &&
             (gsize) (rungs_packet_get_byte (carried, 12) >> 4) * 4 <= carried.length &&
             (rungs_packet_get_byte (carried, 12) & 0x0e) == 0;
    case PROTOCOL_IPV4:
      return carried.length >= 20 && rungs_packet_get_byte (carried, 0) >> 4 == 4 &&
             rungs_packet_get_be16 (carried, 2) == carried.length;
    case PROTOCOL_IPV6:
      return carried.length >= 40 && rungs_packet_get_byte (carried, 0) >> 4 == 6 &&
             (gsize) rungs_packet_get_be16 (carried, 4) + 40 == carried.length;
    default:
      return FALSE;
    }
}

/* RFC 4303, 2.4: the padding counts from 1 on. */
static gboolean
is_padding (RungsSlice padding)
{
  for (gsize i = 0; i < padding.length; i++)
    if (rungs_packet_get_byte (padding, i) != i + 1)
      return FALSE;
  return TRUE;
}

/* Tries the trailer that stands before a check value of @n_check bytes. */
static gboolean
try_trailer (RungsPacket *self, gsize n_check)
{
  RungsSlice bytes = self->payload;
  gsize end, padding;
  RungsSlice carried;
  guint protocol;

  if (bytes.length < HEADER + TRAILER + n_check)
    return FALSE;
  end = bytes.length - n_check - TRAILER;
  padding = rungs_packet_get_byte (bytes, end);
  protocol = rungs_packet_get_byte (bytes, end + 1);
  if (padding > end - HEADER || !is_padding (rungs_slice_sub (bytes, end - padding, padding)))
    return FALSE;
  carried = rungs_slice_sub (bytes, HEADER, end - padding - HEADER);
  if (!fits (carried, protocol))
    return FALSE;
  self->payload = carried;
  self->protocol = protocol;
  return TRUE;
}

/* Without the end only UDP can be told, by its length. */
static gboolean
try_beginning (RungsPacket *self)
{
  gsize whole = self->payload.length + self->missing;
  gsize length;

  if (self->payload.length < HEADER + 8 || self->missing == 0)
    return FALSE;
  length = rungs_packet_get_be16 (self->payload, HEADER + 4);
  if (length < 8 || length + HEADER + TRAILER > whole || length + HEADER + MAX_TRAILER < whole)
    return FALSE;
  self->payload = rungs_slice_sub (self->payload, HEADER, length);
  self->missing = length - self->payload.length;
  self->protocol = PROTOCOL_UDP;
  return TRUE;
}

gboolean
rungs_packet_open_esp (RungsPacket *self, gboolean cut)
{
  static const gsize checks[] = { 12, 16, 24, 32, 0 };

  g_return_val_if_fail (self != NULL, FALSE);

  if (cut && self->missing > 0)
    return try_beginning (self);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (try_trailer (self, checks[i]))
      return TRUE;
  return FALSE;
}
