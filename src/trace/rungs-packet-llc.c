/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Logical link control → what it carries.  See rungs-packet-layer.h.
 *
 * With SNAP (RFC 1042): an EtherType, or bridged Ethernet (RFC 2684, 5.2); with the number of a network layer (RFC 2684, 5.1;
 * RFC 2427, 3); or IP's own access point.  What else stands on it is the network speaking of itself: spanning tree and the like. */

#include "config.h"

#include "rungs-packet-layer.h"

gboolean
rungs_packet_is_snap (RungsSlice bytes, gsize offset)
{
  return bytes.length >= offset + 8 && memcmp (bytes.data + offset, "\xaa\xaa\x03", 3) == 0;
}

/* The number of a network layer, and what follows it. */
RungsPacketKind
rungs_packet_peel_nlpid (RungsPacketLayer *layer, gsize offset)
{
  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_OTHER);

  if (layer->bytes.length < offset + 1)
    return RUNGS_PACKET_CUT;
  switch (rungs_packet_get_byte (layer->bytes, offset))
    {
    case 0xcc:
      return rungs_packet_peel (layer, offset + 1, RUNGS_ETHER_IPV4);
    case 0x8e:
      return rungs_packet_peel (layer, offset + 1, RUNGS_ETHER_IPV6);
    case 0xcf:
      return rungs_packet_peel (layer, offset + 1, RUNGS_ETHER_PPP);
    case 0x80:
      return rungs_packet_peel_snap (layer, offset + 1);
    default:
      return RUNGS_PACKET_NETWORK;
    }
}

/* Five bytes: whose number follows, and the number. */
RungsPacketKind
rungs_packet_peel_snap (RungsPacketLayer *layer, gsize offset)
{
  guint32 owner;
  guint type;

  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_OTHER);

  if (layer->bytes.length < offset + 5)
    return RUNGS_PACKET_CUT;
  owner = rungs_packet_get_be32 (layer->bytes, offset) >> 8;
  type = rungs_packet_get_be16 (layer->bytes, offset + 3);
  if (owner == 0 || owner == 0x0000f8)
    return rungs_packet_peel (layer, offset + 5, type);
  if (owner == 0x0080c2 && (type == 1 || type == 7))
    return rungs_packet_peel (layer, offset + 5 + 2, RUNGS_ETHER_BRIDGED);
  return RUNGS_PACKET_NETWORK;
}

RungsPacketKind
rungs_packet_peel_llc (RungsPacketLayer *layer, gsize offset)
{
  RungsSlice bytes;

  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_OTHER);

  bytes = rungs_slice_skip (layer->bytes, offset);
  if (bytes.length < 4)
    return RUNGS_PACKET_CUT;
  if (memcmp (bytes.data, "\xaa\xaa\x03", 3) == 0)
    return rungs_packet_peel_snap (layer, offset + 3);
  if (memcmp (bytes.data, "\xfe\xfe\x03", 3) == 0)
    return rungs_packet_peel_nlpid (layer, offset + 3);
  if (memcmp (bytes.data, "\x06\x06\x03", 3) == 0)
    return rungs_packet_peel (layer, offset + 3, RUNGS_ETHER_IPV4);
  return RUNGS_PACKET_NETWORK;
}
