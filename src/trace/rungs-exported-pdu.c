/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Tags of exported units.  See rungs-exported-pdu.h. */

#include "config.h"

#include "rungs-exported-pdu.h"

#define MAX_TAGS 256

enum
{
  TAG_END = 0,
  TAG_DISSECTOR = 12,
  TAG_HEURISTIC = 13,
  TAG_TABLE = 14,
  TAG_IPV4_SOURCE = 20,
  TAG_IPV4_DESTINATION = 21,
  TAG_IPV6_SOURCE = 22,
  TAG_IPV6_DESTINATION = 23,
  TAG_PORT_TYPE = 24,
  TAG_SOURCE_PORT = 25,
  TAG_DESTINATION_PORT = 26,
  TAG_FRAME = 30,
};

/* The port types of Wireshark, as IP numbers them. */
static guint8
get_protocol (guint32 port_type)
{
  switch (port_type)
    {
    case 1:
      return 132;
    case 2:
      return 6;
    case 3:
      return 17;
    default:
      return 0;
    }
}

static void
read_address (RungsPacket *packet, guint8 *address, RungsSlice value, guint version)
{
  gsize length = version == 4 ? 4 : 16;

  if (value.length != length)
    return;
  packet->version = version;
  memcpy (address, value.data, length);
}

static void
read_tag (RungsExportedPdu *self, guint tag, RungsSlice value)
{
  RungsPacket *packet = &self->packet;

  switch (tag)
    {
    case TAG_DISSECTOR:
    case TAG_HEURISTIC:
    case TAG_TABLE:
      while (value.length > 0 && value.data[value.length - 1] == '\0')
        value.length--;
      self->dissector = value;
      break;
    case TAG_IPV4_SOURCE:
    case TAG_IPV6_SOURCE:
      read_address (packet, packet->source, value, tag == TAG_IPV4_SOURCE ? 4 : 6);
      break;
    case TAG_IPV4_DESTINATION:
    case TAG_IPV6_DESTINATION:
      read_address (packet, packet->destination, value, tag == TAG_IPV4_DESTINATION ? 4 : 6);
      break;
    case TAG_PORT_TYPE:
      packet->protocol = get_protocol (rungs_slice_get_number (value, 0, 4));
      break;
    case TAG_SOURCE_PORT:
      packet->source_port = rungs_slice_get_number (value, 0, 4);
      break;
    case TAG_DESTINATION_PORT:
      packet->destination_port = rungs_slice_get_number (value, 0, 4);
      break;
    case TAG_FRAME:
      self->frame = rungs_slice_get_number (value, 0, 4);
      break;
    default:
      break;
    }
}

gboolean
rungs_exported_pdu_parse (RungsExportedPdu *self, RungsSlice bytes)
{
  g_return_val_if_fail (self != NULL, FALSE);

  memset (self, 0, sizeof *self);
  for (guint n = 0; n < MAX_TAGS && bytes.length >= 4; n++)
    {
      guint tag = rungs_slice_get_number (bytes, 0, 2);
      gsize length = rungs_slice_get_number (bytes, 2, 2);

      bytes = rungs_slice_skip (bytes, 4);
      if (tag == TAG_END)
        {
          self->packet.payload = bytes;
          return TRUE;
        }
      if (length > bytes.length)
        return FALSE;
      read_tag (self, tag, rungs_slice_sub (bytes, 0, length));
      /* the text of tags is padded, and most writers count that in */
      bytes = rungs_slice_skip (bytes, (length + 3) & ~(gsize) 3);
    }
  return FALSE;
}

guint
rungs_exported_pdu_get_link (const RungsExportedPdu *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (rungs_slice_equal_string (self->dissector, "ip") || rungs_slice_equal_string (self->dissector, "ipv6"))
    return 101;
  return rungs_slice_starts_with (self->dissector, RUNGS_SLICE_LITERAL ("eth")) ? 1 : 0;
}
