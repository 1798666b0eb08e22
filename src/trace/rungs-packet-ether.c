/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rarer EtherTypes → what they carry, or what they are.  See rungs-packet-layer.h.
 *
 * Tags of switches (IEEE 802.1ah, 802.1BR, 802.1CB, HSR, TRILL, FabricPath, Cisco's metadata and VN tags), network service headers
 * (RFC 8300), and what the network says to itself.  MACsec is named: what is behind it is encrypted, or may be. */

#include "config.h"

#include "rungs-packet-layer.h"

/* RFC 8300, 2.2: how long it is, and what follows. */
static RungsPacketKind
peel_service_header (RungsPacketLayer *layer)
{
  gsize header;

  if (layer->bytes.length < 8)
    return RUNGS_PACKET_CUT;
  header = (rungs_packet_get_byte (layer->bytes, 1) & 0x3f) * 4;
  if (header < 8)
    return RUNGS_PACKET_BROKEN;
  switch (rungs_packet_get_byte (layer->bytes, 3))
    {
    case 1:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV4);
    case 2:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV6);
    case 3:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_BRIDGED);
    case 5:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_MPLS);
    default:
      return RUNGS_PACKET_OTHER;
    }
}

/* A tag of @header bytes, the last two of which say what follows. */
static RungsPacketKind
peel_tag (RungsPacketLayer *layer, gsize header)
{
  if (layer->bytes.length < header)
    return RUNGS_PACKET_CUT;
  return rungs_packet_peel (layer, header, rungs_packet_get_be16 (layer->bytes, header - 2));
}

/* RFC 6325, 3: six bytes, and as many words of options as they say. */
static RungsPacketKind
peel_trill (RungsPacketLayer *layer)
{
  if (layer->bytes.length < 6)
    return RUNGS_PACKET_CUT;
  return rungs_packet_peel (layer,
                            6 + 4 * (gsize) (rungs_packet_get_be16 (layer->bytes, 0) >> 6 & 31),
                            RUNGS_ETHER_BRIDGED);
}

RungsPacketKind
rungs_packet_peel_rare_ether (RungsPacketLayer *layer)
{
  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_OTHER);

  switch (layer->type)
    {
    case 0x0004: /* in cooked captures: LLC */
      return rungs_packet_peel_llc (layer, 0);
    case 0x9200: /* VLAN tags of old */
    case 0x9300:
    case 0x8100:
      return peel_tag (layer, 4);
    case 0x8926: /* VN tag */
    case 0x892f: /* HSR */
    case 0xf1c1: /* 802.1CB */
      return peel_tag (layer, 6);
    case 0x893f: /* 802.1BR */
    case 0x8909: /* Cisco metadata */
      return peel_tag (layer, 8);
    case 0x88e7: /* 802.1ah */
      return rungs_packet_peel (layer, 4, RUNGS_ETHER_BRIDGED);
    case 0x8903: /* FabricPath */
      return rungs_packet_peel (layer, 2, RUNGS_ETHER_BRIDGED);
    case 0x22f3:
      return peel_trill (layer);
    case 0x894f:
      return peel_service_header (layer);
    case 0x88e5: /* MACsec */
      return RUNGS_PACKET_ENCRYPTED;
    case 0x0806: /* ARP */
    case 0x8035: /* RARP */
    case 0x8809: /* slow protocols: link aggregation */
    case 0x8863: /* PPPoE, discovery */
    case 0x888e: /* 802.1X */
    case 0x88b7: /* of vendors */
    case 0x88cc: /* LLDP */
    case 0x88f7: /* precision time */
    case 0x8902: /* connectivity faults */
    case 0x9000: /* loopback test */
    case 0x2000: /* Cisco's discovery, as the next, in SNAP */
    case 0x2004:
    case 0x010b:
      return RUNGS_PACKET_NETWORK;
    default:
      /* a length, not a type: spanning tree and others on LLC */
      return layer->type > 0 && layer->type < 0x600 ? RUNGS_PACKET_NETWORK : RUNGS_PACKET_OTHER;
    }
}
