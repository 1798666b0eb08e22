/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Frames → packets.  See rungs-packet.h.
 *
 * The layers between link and IP all say what follows by an EtherType (PPP has one too: 0x880b), so that one loop over
 * EtherTypes peels any stack of them, tunnels included. */

#include "config.h"

#include "rungs-packet.h"

#define MAX_LAYERS 32

enum
{
  ETHER_IPV4 = 0x0800,
  ETHER_IPV6 = 0x86dd,
  ETHER_VLAN = 0x8100,
  ETHER_VLAN_SERVICE = 0x88a8,
  ETHER_VLAN_OLD = 0x9100,
  ETHER_MPLS = 0x8847,
  ETHER_MPLS_MULTICAST = 0x8848,
  ETHER_PPPOE = 0x8864,
  ETHER_PPP = 0x880b,
  ETHER_BRIDGED = 0x6558,
};

enum
{
  PROTOCOL_HOP_BY_HOP = 0,
  PROTOCOL_IPV4 = 4,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_IPV6 = 41,
  PROTOCOL_ROUTING = 43,
  PROTOCOL_FRAGMENT = 44,
  PROTOCOL_GRE = 47,
  PROTOCOL_AUTHENTICATION = 51,
  PROTOCOL_DESTINATION = 60,
  PROTOCOL_MOBILITY = 135,
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
  LINK_LINUX_SLL2 = 276,
};

/* What is left of the frame, and the EtherType that names it. */
typedef struct
{
  RungsSlice bytes;
  guint type;
  gboolean cut;
} Layer;

/* The loop goes on, or the packet is known. */
#define KIND_AGAIN ((RungsPacketKind) -1)

static inline guint
get_byte (RungsSlice bytes, gsize offset)
{
  return (guint8) bytes.data[offset];
}

static inline guint
get_be16 (RungsSlice bytes, gsize offset)
{
  return get_byte (bytes, offset) << 8 | get_byte (bytes, offset + 1);
}

static inline guint32
get_be32 (RungsSlice bytes, gsize offset)
{
  return (guint32) get_be16 (bytes, offset) << 16 | get_be16 (bytes, offset + 2);
}

static RungsPacketKind
peel (Layer *layer, gsize header, guint type)
{
  layer->bytes = rungs_slice_skip (layer->bytes, header);
  layer->type = type;
  return KIND_AGAIN;
}

static guint
guess_ip (RungsSlice bytes)
{
  guint version = bytes.length > 0 ? get_byte (bytes, 0) >> 4 : 0;

  return version == 4 ? ETHER_IPV4 : version == 6 ? ETHER_IPV6 : 0;
}

static RungsPacketKind
peel_ethernet (Layer *layer)
{
  guint type;

  if (layer->bytes.length < 14)
    return RUNGS_PACKET_CUT;
  type = get_be16 (layer->bytes, 12);
  if (type < 0x600 && layer->bytes.length >= 22 &&
      memcmp (layer->bytes.data + 14, "\xaa\xaa\x03\0\0\0", 6) == 0)
    return peel (layer, 22, get_be16 (layer->bytes, 20));
  return peel (layer, 14, type);
}

/* The address family stands in the byte order of the machine that captured, or of the network. */
static RungsPacketKind
peel_loopback (Layer *layer)
{
  guint family;

  if (layer->bytes.length < 4)
    return RUNGS_PACKET_CUT;
  family = get_be32 (layer->bytes, 0);
  if (family > 0xffff)
    family = GUINT32_SWAP_LE_BE (family);
  if (family == 2)
    return peel (layer, 4, ETHER_IPV4);
  if (family == 10 || family == 24 || family == 28 || family == 30)
    return peel (layer, 4, ETHER_IPV6);
  return RUNGS_PACKET_OTHER;
}

/* RFC 1661, 2 and 6.5; RFC 1662, 3.1: address and control may be left out, the protocol may be one byte. */
static RungsPacketKind
peel_ppp (Layer *layer)
{
  gsize header = 0;
  guint protocol;

  if (layer->bytes.length >= 2 && memcmp (layer->bytes.data, "\xff\x03", 2) == 0)
    header = 2;
  if (layer->bytes.length < header + 2)
    return RUNGS_PACKET_CUT;
  protocol = get_byte (layer->bytes, header++);
  if ((protocol & 1) == 0)
    protocol = protocol << 8 | get_byte (layer->bytes, header++);
  if (protocol == 0x21)
    return peel (layer, header, ETHER_IPV4);
  if (protocol == 0x57)
    return peel (layer, header, ETHER_IPV6);
  return RUNGS_PACKET_OTHER;
}

static RungsPacketKind
peel_mpls (Layer *layer)
{
  gsize header = 0;

  do
    {
      if (layer->bytes.length < header + 5)
        return RUNGS_PACKET_CUT;
      header += 4;
    }
  while ((get_byte (layer->bytes, header - 2) & 1) == 0);
  return peel (layer, header, guess_ip (rungs_slice_skip (layer->bytes, header)));
}

/* RFC 2784, 2890, and version 1 of RFC 2637 (PPTP). */
static RungsPacketKind
peel_gre (Layer *layer)
{
  gsize header = 4;
  guint flags;

  if (layer->bytes.length < 4)
    return RUNGS_PACKET_CUT;
  flags = get_be16 (layer->bytes, 0);
  if ((flags & 0x4000) != 0)
    return RUNGS_PACKET_OTHER;
  if ((flags & 7) == 0 && (flags & 0x8000) != 0)
    header += 4;
  if ((flags & 0x2000) != 0)
    header += 4;
  if ((flags & 0x1000) != 0)
    header += 4;
  if ((flags & 7) == 1 && (flags & 0x0080) != 0)
    header += 4;
  if (layer->bytes.length < header)
    return RUNGS_PACKET_CUT;
  return peel (layer, header, get_be16 (layer->bytes, 2));
}

static RungsPacketKind
decode_udp (RungsPacket *self, gboolean cut)
{
  gsize length;

  if (self->payload.length < 8)
    return RUNGS_PACKET_CUT;
  self->source_port = get_be16 (self->payload, 0);
  self->destination_port = get_be16 (self->payload, 2);
  length = get_be16 (self->payload, 4);
  self->payload = rungs_slice_skip (self->payload, 8);
  if (length < 8)
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
  self->source_port = get_be16 (self->payload, 0);
  self->destination_port = get_be16 (self->payload, 2);
  self->sequence = get_be32 (self->payload, 4);
  self->acknowledgment = get_be32 (self->payload, 8);
  self->tcp_flags = get_byte (self->payload, 13);
  header = (get_byte (self->payload, 12) >> 4) * 4;
  if (header < 20)
    return RUNGS_PACKET_BROKEN;
  if (header > self->payload.length)
    return RUNGS_PACKET_CUT;
  self->payload = rungs_slice_skip (self->payload, header);
  return RUNGS_PACKET_TCP;
}

RungsPacketKind
rungs_packet_decode_transport (RungsPacket *self, gboolean cut)
{
  g_return_val_if_fail (self != NULL, RUNGS_PACKET_OTHER);

  if (self->protocol == PROTOCOL_UDP)
    return decode_udp (self, cut);
  if (self->protocol == PROTOCOL_TCP)
    return decode_tcp (self);
  return RUNGS_PACKET_OTHER;
}

/* What an IP packet carries: @bytes is as much of it as was captured, @length what the header says. */
static RungsPacketKind
decode_carried (RungsPacket *self, Layer *layer, RungsSlice bytes, gsize length)
{
  self->missing = layer->cut && length > bytes.length ? length - bytes.length : 0;
  self->payload = rungs_slice_sub (bytes, 0, length);
  if (self->more_fragments || self->fragment_offset > 0)
    return RUNGS_PACKET_FRAGMENT;
  layer->bytes = self->payload;
  switch (self->protocol)
    {
    case PROTOCOL_IPV4:
      return peel (layer, 0, ETHER_IPV4);
    case PROTOCOL_IPV6:
      return peel (layer, 0, ETHER_IPV6);
    case PROTOCOL_GRE:
      return peel_gre (layer);
    default:
      return rungs_packet_decode_transport (self, layer->cut);
    }
}

static RungsPacketKind
decode_ipv4 (RungsPacket *self, Layer *layer)
{
  RungsSlice bytes = layer->bytes;
  gsize header, length;
  guint fragment;

  if (bytes.length < 20)
    return RUNGS_PACKET_CUT;
  header = (get_byte (bytes, 0) & 15) * 4;
  length = get_be16 (bytes, 2);
  if (get_byte (bytes, 0) >> 4 != 4 || header < 20)
    return RUNGS_PACKET_BROKEN;
  if (header > bytes.length)
    return RUNGS_PACKET_CUT;
  /* 0 is what segmentation offload leaves, and what some programs write that make frames up */
  if (length < header)
    length = bytes.length;
  fragment = get_be16 (bytes, 6);
  self->version = 4;
  self->protocol = get_byte (bytes, 9);
  self->identification = get_be16 (bytes, 4);
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
          break;
        default:
          return TRUE;
        }
      if (bytes.length < *header + 8)
        return FALSE;
      if (self->protocol == PROTOCOL_FRAGMENT)
        {
          self->fragment_offset = get_be16 (bytes, *header + 2) & 0xfff8;
          self->more_fragments = (get_be16 (bytes, *header + 2) & 1) != 0;
          self->identification = get_be32 (bytes, *header + 4);
        }
      else if (self->protocol == PROTOCOL_AUTHENTICATION)
        length = (get_byte (bytes, *header + 1) + 2) * 4;
      else
        length = (get_byte (bytes, *header + 1) + 1) * 8;
      self->protocol = get_byte (bytes, *header);
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
decode_ipv6 (RungsPacket *self, Layer *layer)
{
  RungsSlice bytes = layer->bytes;
  gsize header = 40;
  gsize length;

  if (bytes.length < 40)
    return RUNGS_PACKET_CUT;
  if (get_byte (bytes, 0) >> 4 != 6)
    return RUNGS_PACKET_BROKEN;
  length = 40 + (gsize) get_be16 (bytes, 4);
  /* 0: a jumbogram or segmentation offload */
  if (length == 40)
    length = bytes.length;
  self->version = 6;
  self->protocol = get_byte (bytes, 6);
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
decode_layer (RungsPacket *self, Layer *layer)
{
  switch (layer->type)
    {
    case ETHER_IPV4:
      return decode_ipv4 (self, layer);
    case ETHER_IPV6:
      return decode_ipv6 (self, layer);
    case ETHER_VLAN:
    case ETHER_VLAN_SERVICE:
    case ETHER_VLAN_OLD:
      if (layer->bytes.length < 4)
        return RUNGS_PACKET_CUT;
      return peel (layer, 4, get_be16 (layer->bytes, 2));
    case ETHER_MPLS:
    case ETHER_MPLS_MULTICAST:
      return peel_mpls (layer);
    case ETHER_PPPOE:
      return layer->bytes.length < 6 ? RUNGS_PACKET_CUT : peel (layer, 6, ETHER_PPP);
    case ETHER_PPP:
      return peel_ppp (layer);
    case ETHER_BRIDGED:
      return peel_ethernet (layer);
    default:
      return RUNGS_PACKET_OTHER;
    }
}

static RungsPacketKind
peel_link (Layer *layer, guint link_type)
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
      return peel (layer, 0, guess_ip (layer->bytes));
    case LINK_LINUX_SLL:
      return layer->bytes.length < 16 ? RUNGS_PACKET_CUT : peel (layer, 16, get_be16 (layer->bytes, 14));
    case LINK_LINUX_SLL2:
      return layer->bytes.length < 20 ? RUNGS_PACKET_CUT : peel (layer, 20, get_be16 (layer->bytes, 0));
    case LINK_PPP:
    case LINK_PPP_HDLC:
      return peel (layer, 0, ETHER_PPP);
    case LINK_PPPOE:
      return peel (layer, 0, ETHER_PPPOE);
    default:
      return RUNGS_PACKET_LINK_UNKNOWN;
    }
}

gboolean
rungs_packet_knows_link (guint link_type)
{
  Layer layer = { RUNGS_SLICE_EMPTY, 0, FALSE };

  return peel_link (&layer, link_type) != RUNGS_PACKET_LINK_UNKNOWN;
}

RungsPacketKind
rungs_packet_decode (RungsPacket *self, guint link_type, RungsSlice frame, gboolean cut)
{
  Layer layer = { frame, 0, cut };
  RungsPacketKind kind;

  g_return_val_if_fail (self != NULL, RUNGS_PACKET_OTHER);

  self->missing = 0;
  self->tcp_flags = 0;
  kind = peel_link (&layer, link_type);
  for (guint n = 0; kind == KIND_AGAIN && n < MAX_LAYERS; n++)
    kind = decode_layer (self, &layer);
  return kind == KIND_AGAIN ? RUNGS_PACKET_TOO_DEEP : kind;
}
