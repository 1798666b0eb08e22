/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Frames → packets.  See rungs-packet.h.
 *
 * The layers between link and IP all say what follows by an EtherType (PPP has one too: 0x880b), so that one loop over
 * EtherTypes peels any stack of them, tunnels included. */

#include "config.h"

#include "rungs-packet-esp.h"
#include "rungs-packet-layer.h"

#define MAX_LAYERS   32
#define SMALLEST_ESP 16 /* with fewer bytes nobody can tell whether it is encrypted */

enum
{
  PROTOCOL_HOP_BY_HOP = 0,
  PROTOCOL_ICMP = 1,
  PROTOCOL_IGMP = 2,
  PROTOCOL_IPV4 = 4,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_IPV6 = 41,
  PROTOCOL_ROUTING = 43,
  PROTOCOL_FRAGMENT = 44,
  PROTOCOL_RESERVATION = 46,
  PROTOCOL_GRE = 47,
  PROTOCOL_ESP = 50,
  PROTOCOL_AUTHENTICATION = 51,
  PROTOCOL_ICMPV6 = 58,
  PROTOCOL_DESTINATION = 60,
  PROTOCOL_EIGRP = 88,
  PROTOCOL_OSPF = 89,
  PROTOCOL_IP_IN_IP = 94,
  PROTOCOL_ETHERNET = 97,
  PROTOCOL_PIM = 103,
  PROTOCOL_COMPRESSED = 108,
  PROTOCOL_VRRP = 112,
  PROTOCOL_L2TP = 115,
  PROTOCOL_SCTP = 132,
  PROTOCOL_MOBILITY = 135,
  PROTOCOL_UDP_LITE = 136,
  PROTOCOL_MPLS = 137,
  PROTOCOL_HOST_IDENTITY = 139,
  PROTOCOL_SHIM6 = 140,
};

enum
{
  LINK_NULL = 0,
  LINK_ETHERNET = 1,
  LINK_PPP = 9,
  LINK_RAW_12 = 12,
  LINK_RAW_14 = 14,
  LINK_PPP_HDLC = 50,
  LINK_PPPOE = 51,
  LINK_RAW = 101,
  LINK_LOOP = 108,
  LINK_LINUX_SLL = 113,
  LINK_IPV4 = 228,
  LINK_IPV6 = 229,
  LINK_SCTP = 248,
  LINK_LINUX_SLL2 = 276,
};

static RungsPacketKind
peel_ethernet (RungsPacketLayer *layer)
{
  guint type;

  if (layer->bytes.length < 14)
    return RUNGS_PACKET_CUT;
  type = rungs_packet_get_be16 (layer->bytes, 12);
  if (type < 0x600)
    return rungs_packet_peel_llc (layer, 14);
  return rungs_packet_peel (layer, 14, type);
}

/* The address family stands in the byte order of the machine that captured, or of the network. */
static RungsPacketKind
peel_loopback (RungsPacketLayer *layer)
{
  guint family;

  if (layer->bytes.length < 4)
    return RUNGS_PACKET_CUT;
  family = rungs_packet_get_be32 (layer->bytes, 0);
  if (family > 0xffff)
    family = GUINT32_SWAP_LE_BE (family);
  if (family == 2)
    return rungs_packet_peel (layer, 4, RUNGS_ETHER_IPV4);
  if (family == 10 || family == 24 || family == 28 || family == 30)
    return rungs_packet_peel (layer, 4, RUNGS_ETHER_IPV6);
  return RUNGS_PACKET_OTHER;
}

/* RFC 1661, 2 and 6.5; RFC 1662, 3.1: address and control may be left out, the protocol may be one byte. */
static RungsPacketKind
peel_ppp (RungsPacketLayer *layer)
{
  gsize header = 0;
  guint protocol;

  if (layer->bytes.length >= 2 && memcmp (layer->bytes.data, "\xff\x03", 2) == 0)
    header = 2;
  if (layer->bytes.length < header + 2)
    return RUNGS_PACKET_CUT;
  protocol = rungs_packet_get_byte (layer->bytes, header++);
  if ((protocol & 1) == 0)
    protocol = protocol << 8 | rungs_packet_get_byte (layer->bytes, header++);
  if (protocol == 0x21)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV4);
  if (protocol == 0x57)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV6);
  if (protocol == 0x281)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_MPLS);
  /* what the ends of the link agree on */
  return protocol >= 0x8000 ? RUNGS_PACKET_NETWORK : RUNGS_PACKET_OTHER;
}

static RungsPacketKind
decode_udp (RungsPacket *self, gboolean cut)
{
  gsize length;

  if (self->payload.length < 8)
    return RUNGS_PACKET_CUT;
  self->source_port = rungs_packet_get_be16 (self->payload, 0);
  self->destination_port = rungs_packet_get_be16 (self->payload, 2);
  length = rungs_packet_get_be16 (self->payload, 4);
  self->payload = rungs_slice_skip (self->payload, 8);
  /* the length of UDP-Lite is how much of it is checked (RFC 3828) */
  if (length < 8 || self->protocol == PROTOCOL_UDP_LITE)
    return RUNGS_PACKET_UDP;
  length -= 8;
  self->missing = cut && length > self->payload.length ? length - self->payload.length : 0;
  self->payload = rungs_slice_sub (self->payload, 0, length);
  return RUNGS_PACKET_UDP;
}

static RungsPacketKind
decode_tcp (RungsPacket *self)
{
  gsize header;

  if (self->payload.length < 20)
    return RUNGS_PACKET_CUT;
  self->source_port = rungs_packet_get_be16 (self->payload, 0);
  self->destination_port = rungs_packet_get_be16 (self->payload, 2);
  self->sequence = rungs_packet_get_be32 (self->payload, 4);
  self->acknowledgment = rungs_packet_get_be32 (self->payload, 8);
  self->tcp_flags = rungs_packet_get_byte (self->payload, 13);
  header = (rungs_packet_get_byte (self->payload, 12) >> 4) * 4;
  if (header < 20)
    return RUNGS_PACKET_BROKEN;
  if (header > self->payload.length)
    return RUNGS_PACKET_CUT;
  self->payload = rungs_slice_skip (self->payload, header);
  return RUNGS_PACKET_TCP;
}

static RungsPacketKind
decode_sctp (RungsPacket *self)
{
  if (self->payload.length < 12)
    return RUNGS_PACKET_CUT;
  self->source_port = rungs_packet_get_be16 (self->payload, 0);
  self->destination_port = rungs_packet_get_be16 (self->payload, 2);
  return RUNGS_PACKET_SCTP;
}

/* Goes on with the payload of @self, that it may carry another IP. */
static RungsPacketKind
decode_transport (RungsPacket *self, RungsPacketLayer *layer)
{
  layer->bytes = self->payload;
  switch (self->protocol)
    {
    case PROTOCOL_UDP:
    case PROTOCOL_UDP_LITE:
      return decode_udp (self, layer->cut);
    case PROTOCOL_TCP:
      return decode_tcp (self);
    case PROTOCOL_SCTP:
      return decode_sctp (self);
    case PROTOCOL_IPV4:
    case PROTOCOL_IP_IN_IP:
      return rungs_packet_peel (layer, 0, RUNGS_ETHER_IPV4);
    case PROTOCOL_IPV6:
      return rungs_packet_peel (layer, 0, RUNGS_ETHER_IPV6);
    case PROTOCOL_GRE:
      return rungs_packet_peel_gre (layer);
    case PROTOCOL_ETHERNET:
      return rungs_packet_peel (layer, 2, RUNGS_ETHER_BRIDGED);
    case PROTOCOL_MPLS:
      return rungs_packet_peel (layer, 0, RUNGS_ETHER_MPLS);
    case PROTOCOL_L2TP:
      return rungs_packet_peel_l2tp_3 (layer);
    case PROTOCOL_ESP:
      return layer->cut && self->payload.length < SMALLEST_ESP ? RUNGS_PACKET_CUT : RUNGS_PACKET_ENCRYPTED;
    case PROTOCOL_COMPRESSED:
      return RUNGS_PACKET_COMPRESSED;
    case PROTOCOL_ICMP:
    case PROTOCOL_IGMP:
    case PROTOCOL_RESERVATION:
    case PROTOCOL_ICMPV6:
    case PROTOCOL_EIGRP:
    case PROTOCOL_OSPF:
    case PROTOCOL_PIM:
    case PROTOCOL_VRRP:
      return RUNGS_PACKET_NETWORK;
    default:
      return RUNGS_PACKET_OTHER;
    }
}

/* RFC 4302, 2: how long the header is, and what follows.
 * Returns: %FALSE where it is not there to its end */
static gboolean
skip_authentication (RungsPacket *self)
{
  gsize length;

  if (self->payload.length < 12)
    return FALSE;
  length = (rungs_packet_get_byte (self->payload, 1) + 2) * 4;
  if (self->payload.length < length)
    return FALSE;
  self->protocol = rungs_packet_get_byte (self->payload, 0);
  self->payload = rungs_slice_skip (self->payload, length);
  return TRUE;
}

/* What an IP packet carries that is no fragment: the payload of @self. */
static RungsPacketKind
decode_protocol (RungsPacket *self, RungsPacketLayer *layer)
{
  for (guint n = 0; n < MAX_LAYERS; n++)
    {
      if (self->protocol == PROTOCOL_AUTHENTICATION)
        {
          if (!skip_authentication (self))
            return RUNGS_PACKET_CUT;
        }
      else if (self->protocol != PROTOCOL_ESP || !rungs_packet_open_esp (self, layer->cut))
        {
          return decode_transport (self, layer);
        }
    }
  return RUNGS_PACKET_TOO_DEEP;
}

/* What an IP packet carries: @bytes is as much of it as was captured, @length what the header says. */
static RungsPacketKind
decode_carried (RungsPacket *self, RungsPacketLayer *layer, RungsSlice bytes, gsize length)
{
  self->missing = layer->cut && length > bytes.length ? length - bytes.length : 0;
  self->payload = rungs_slice_sub (bytes, 0, length);
  if (self->more_fragments || self->fragment_offset > 0)
    return RUNGS_PACKET_FRAGMENT;
  return decode_protocol (self, layer);
}

static RungsPacketKind
decode_ipv4 (RungsPacket *self, RungsPacketLayer *layer)
{
  RungsSlice bytes = layer->bytes;
  gsize header, length;
  guint fragment;

  if (bytes.length < 20)
    return RUNGS_PACKET_CUT;
  header = (rungs_packet_get_byte (bytes, 0) & 15) * 4;
  length = rungs_packet_get_be16 (bytes, 2);
  if (rungs_packet_get_byte (bytes, 0) >> 4 != 4 || header < 20)
    return RUNGS_PACKET_BROKEN;
  if (header > bytes.length)
    return RUNGS_PACKET_CUT;
  /* 0 is what segmentation offload leaves, and what some programs write that make frames up */
  if (length < header)
    length = bytes.length;
  fragment = rungs_packet_get_be16 (bytes, 6);
  self->version = 4;
  self->protocol = rungs_packet_get_byte (bytes, 9);
  self->identification = rungs_packet_get_be16 (bytes, 4);
  self->more_fragments = (fragment & 0x2000) != 0;
  self->fragment_offset = (fragment & 0x1fff) * 8;
  memset (self->source, 0, sizeof self->source);
  memset (self->destination, 0, sizeof self->destination);
  memcpy (self->source, bytes.data + 12, 4);
  memcpy (self->destination, bytes.data + 16, 4);
  return decode_carried (self, layer, rungs_slice_skip (bytes, header), length - header);
}

/* Walks the extension headers (RFC 8200, 4). Returns: FALSE where they are not there to their end */
static gboolean
skip_extensions (RungsPacket *self, RungsSlice bytes, gsize *header)
{
  for (guint n = 0; n < MAX_LAYERS; n++)
    {
      gsize length = 8;

      switch (self->protocol)
        {
        case PROTOCOL_HOP_BY_HOP:
        case PROTOCOL_ROUTING:
        case PROTOCOL_DESTINATION:
        case PROTOCOL_MOBILITY:
        case PROTOCOL_AUTHENTICATION:
        case PROTOCOL_FRAGMENT:
        case PROTOCOL_HOST_IDENTITY:
        case PROTOCOL_SHIM6:
          break;
        default:
          return TRUE;
        }
      if (bytes.length < *header + 8)
        return FALSE;
      if (self->protocol == PROTOCOL_FRAGMENT)
        {
          self->fragment_offset = rungs_packet_get_be16 (bytes, *header + 2) & 0xfff8;
          self->more_fragments = (rungs_packet_get_be16 (bytes, *header + 2) & 1) != 0;
          self->identification = rungs_packet_get_be32 (bytes, *header + 4);
        }
      else if (self->protocol == PROTOCOL_AUTHENTICATION)
        length = (rungs_packet_get_byte (bytes, *header + 1) + 2) * 4;
      else
        length = (rungs_packet_get_byte (bytes, *header + 1) + 1) * 8;
      self->protocol = rungs_packet_get_byte (bytes, *header);
      *header += length;
      if (*header > bytes.length)
        return FALSE;
      /* what follows the first fragment header is cut at a border that only the whole datagram shows */
      if (self->more_fragments || self->fragment_offset > 0)
        return TRUE;
    }
  return TRUE;
}

static RungsPacketKind
decode_ipv6 (RungsPacket *self, RungsPacketLayer *layer)
{
  RungsSlice bytes = layer->bytes;
  gsize header = 40;
  gsize length;

  if (bytes.length < 40)
    return RUNGS_PACKET_CUT;
  if (rungs_packet_get_byte (bytes, 0) >> 4 != 6)
    return RUNGS_PACKET_BROKEN;
  length = 40 + (gsize) rungs_packet_get_be16 (bytes, 4);
  /* 0: a jumbogram or segmentation offload */
  if (length == 40)
    length = bytes.length;
  self->version = 6;
  self->protocol = rungs_packet_get_byte (bytes, 6);
  self->identification = 0;
  self->more_fragments = FALSE;
  self->fragment_offset = 0;
  memcpy (self->source, bytes.data + 8, 16);
  memcpy (self->destination, bytes.data + 24, 16);
  if (!skip_extensions (self, bytes, &header))
    return RUNGS_PACKET_CUT;
  if (header > length)
    return RUNGS_PACKET_BROKEN;
  return decode_carried (self, layer, rungs_slice_skip (bytes, header), length - header);
}

static RungsPacketKind
peel_link (RungsPacketLayer *layer, guint link_type)
{
  switch (link_type)
    {
    case LINK_ETHERNET:
      return peel_ethernet (layer);
    case LINK_NULL:
    case LINK_LOOP:
      return peel_loopback (layer);
    case LINK_RAW_12:
    case LINK_RAW_14:
    case LINK_RAW:
    case LINK_IPV4:
    case LINK_IPV6:
      return rungs_packet_peel (layer, 0, rungs_packet_guess_ip (layer->bytes));
    case LINK_LINUX_SLL:
      return layer->bytes.length < 16
               ? RUNGS_PACKET_CUT
               : rungs_packet_peel (layer, 16, rungs_packet_get_be16 (layer->bytes, 14));
    case LINK_LINUX_SLL2:
      return layer->bytes.length < 20
               ? RUNGS_PACKET_CUT
               : rungs_packet_peel (layer, 20, rungs_packet_get_be16 (layer->bytes, 0));
    case LINK_PPP:
    case LINK_PPP_HDLC:
      return rungs_packet_peel (layer, 0, RUNGS_ETHER_PPP);
    case LINK_PPPOE:
      return rungs_packet_peel (layer, 0, RUNGS_ETHER_PPPOE);
    default:
      return rungs_packet_peel_rare_link (layer, link_type);
    }
}

static RungsPacketKind
decode_layer (RungsPacket *self, RungsPacketLayer *layer)
{
  switch (layer->type)
    {
    case RUNGS_ETHER_IPV4:
      return decode_ipv4 (self, layer);
    case RUNGS_ETHER_IPV6:
      return decode_ipv6 (self, layer);
    case RUNGS_ETHER_VLAN:
    case RUNGS_ETHER_VLAN_SERVICE:
    case RUNGS_ETHER_VLAN_OLD:
      if (layer->bytes.length < 4)
        return RUNGS_PACKET_CUT;
      return rungs_packet_peel (layer, 4, rungs_packet_get_be16 (layer->bytes, 2));
    case RUNGS_ETHER_MPLS:
    case RUNGS_ETHER_MPLS_MULTICAST:
      return rungs_packet_peel_mpls (layer);
    case RUNGS_ETHER_PPPOE:
      return layer->bytes.length < 6 ? RUNGS_PACKET_CUT : rungs_packet_peel (layer, 6, RUNGS_ETHER_PPP);
    case RUNGS_ETHER_PPP:
      return peel_ppp (layer);
    case RUNGS_ETHER_BRIDGED:
      return peel_ethernet (layer);
    default:
      if (layer->cut && layer->bytes.length == 0)
        return RUNGS_PACKET_CUT;
      if (layer->type >= RUNGS_ETHER_LINK)
        return peel_link (layer, layer->type - RUNGS_ETHER_LINK);
      return rungs_packet_peel_rare_ether (layer);
    }
}

gboolean
rungs_packet_knows_link (guint link_type)
{
  RungsPacketLayer layer = { RUNGS_SLICE_EMPTY, 0, FALSE, RUNGS_SLICE_EMPTY };

  return peel_link (&layer, link_type) != RUNGS_PACKET_LINK_UNKNOWN;
}

static RungsPacketKind
decode_layers (RungsPacket *self, RungsPacketLayer *layer, RungsPacketKind kind)
{
  for (guint n = 0; kind == RUNGS_PACKET_AGAIN && n < MAX_LAYERS; n++)
    kind = decode_layer (self, layer);
  return kind == RUNGS_PACKET_AGAIN ? RUNGS_PACKET_TOO_DEEP : kind;
}

/* Without IP: nobody knows between whom. */
static RungsPacketKind
decode_bare_sctp (RungsPacket *self, RungsSlice frame)
{
  memset (self, 0, sizeof *self);
  self->protocol = PROTOCOL_SCTP;
  self->payload = frame;
  return decode_sctp (self);
}

RungsPacketKind
rungs_packet_decode (RungsPacket *self, guint link_type, RungsSlice frame, gboolean cut)
{
  RungsPacketLayer layer = { frame, 0, cut, RUNGS_SLICE_EMPTY };
  RungsPacketKind kind;

  g_return_val_if_fail (self != NULL, RUNGS_PACKET_OTHER);

  self->missing = 0;
  self->tcp_flags = 0;
  if (G_UNLIKELY (link_type == LINK_SCTP))
    return decode_bare_sctp (self, frame);
  kind = decode_layers (self, &layer, peel_link (&layer, link_type));
  self->rest = layer.rest;
  return kind;
}

RungsPacketKind
rungs_packet_decode_tunnel (RungsPacket *self, gboolean cut)
{
  RungsPacketLayer layer = { self->payload, 0, cut, RUNGS_SLICE_EMPTY };
  RungsPacketKind kind;

  g_return_val_if_fail (self != NULL, RUNGS_PACKET_UDP);

  if (self->source_port == RUNGS_PORT_IPSEC || self->destination_port == RUNGS_PORT_IPSEC)
    return rungs_packet_open_esp (self, cut) ? decode_layers (self, &layer, decode_protocol (self, &layer))
                                             : RUNGS_PACKET_UDP;
  kind = rungs_packet_peel_udp_tunnel (&layer, self->destination_port);
  if (kind == RUNGS_PACKET_UDP && self->source_port != self->destination_port)
    kind = rungs_packet_peel_udp_tunnel (&layer, self->source_port);
  return kind == RUNGS_PACKET_UDP ? kind : decode_layers (self, &layer, kind);
}

RungsPacketKind
rungs_packet_decode_datagram (RungsPacket *self, gboolean cut)
{
  RungsPacketLayer layer = { self->payload, 0, cut, RUNGS_SLICE_EMPTY };
  gsize header = 0;

  g_return_val_if_fail (self != NULL, RUNGS_PACKET_OTHER);

  self->more_fragments = FALSE;
  self->fragment_offset = 0;
  if (self->version == 6)
    {
      if (!skip_extensions (self, self->payload, &header))
        return RUNGS_PACKET_CUT;
      self->payload = rungs_slice_skip (self->payload, header);
      if (self->more_fragments || self->fragment_offset > 0)
        return RUNGS_PACKET_BROKEN;
    }
  return decode_layers (self, &layer, decode_protocol (self, &layer));
}
