/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Tunnels → what they carry: GRE, ERSPAN, MPLS, L2TP, and those in UDP: VXLAN, Geneve, GTP-U, Teredo, LISP, CAPWAP, TZSP.
 * See rungs-packet-layer.h.
 *
 * RFC 2784, 2890, 2637, 2661, 3032, 3931, 4380, 4448, 5415, 7348, 7510, 8086, 8926, 9300, draft-foschiano-erspan, 3GPP TS 29.281. */

#include "config.h"

#include "rungs-packet-layer.h"

#define MAX_EXTENSIONS 32

enum
{
  LINK_ETHERNET = 1,
  LINK_IEEE802_11 = 105,
  LINK_PRISM = 119,
  LINK_AVS = 163,
};

RungsPacketKind
rungs_packet_peel_mpls (RungsPacketLayer *layer)
{
  gsize header = 0;
  guint type;

  do
    {
      if (layer->bytes.length < header + 5)
        return RUNGS_PACKET_CUT;
      header += 4;
    }
  while ((rungs_packet_get_byte (layer->bytes, header - 2) & 1) == 0);
  type = rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, header));
  /* a control word begins with four zero bits; Ethernet follows */
  if (type == 0 && rungs_packet_get_byte (layer->bytes, header) >> 4 == 0)
    return rungs_packet_peel (layer, header + 4, RUNGS_ETHER_BRIDGED);
  return rungs_packet_peel (layer, header, type);
}

/* Type I has no header of its own, II has eight bytes, III twelve and perhaps eight more. */
static RungsPacketKind
peel_erspan (RungsPacketLayer *layer, gsize gre, guint protocol, gboolean sequence)
{
  gsize header = gre;

  if (protocol == RUNGS_ETHER_ERSPAN_3)
    {
      if (layer->bytes.length < gre + 12)
        return RUNGS_PACKET_CUT;
      header += 12;
      if ((rungs_packet_get_byte (layer->bytes, gre + 11) & 1) != 0)
        header += 8;
      /* frame type 2: IP without Ethernet */
      if ((rungs_packet_get_byte (layer->bytes, gre + 10) >> 2 & 31) == 2)
        return rungs_packet_peel (layer,
                                  header,
                                  rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, header)));
    }
  else if (sequence)
    {
      header += 8;
    }
  return rungs_packet_peel (layer, header, RUNGS_ETHER_BRIDGED);
}

RungsPacketKind
rungs_packet_peel_gre (RungsPacketLayer *layer)
{
  gsize header = 4;
  guint flags, protocol;

  if (layer->bytes.length < 4)
    return RUNGS_PACKET_CUT;
  flags = rungs_packet_get_be16 (layer->bytes, 0);
  protocol = rungs_packet_get_be16 (layer->bytes, 2);
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
  if (protocol == RUNGS_ETHER_ERSPAN || protocol == RUNGS_ETHER_ERSPAN_3)
    return peel_erspan (layer, header, protocol, (flags & 0x1000) != 0);
  return rungs_packet_peel (layer, header, protocol);
}

/* Group policies set the highest flag.  With the generic protocol extension the fourth byte names what follows. */
static RungsPacketKind
peel_vxlan (RungsPacketLayer *layer, gboolean generic)
{
  guint flags = rungs_packet_get_byte (layer->bytes, 0);
  guint next = rungs_packet_get_byte (layer->bytes, 3);

  if ((flags & 8) == 0 || (flags & 0x70) != 0 || (!generic && (flags & 7) != 0))
    return RUNGS_PACKET_UDP;
  if (!generic || (flags & 4) == 0 || next == 3)
    return rungs_packet_peel (layer, 8, RUNGS_ETHER_BRIDGED);
  return rungs_packet_peel (layer, 8, next == 1 ? RUNGS_ETHER_IPV4 : next == 2 ? RUNGS_ETHER_IPV6 : 0);
}

static RungsPacketKind
peel_geneve (RungsPacketLayer *layer)
{
  guint first = rungs_packet_get_byte (layer->bytes, 0);

  if (first >> 6 != 0)
    return RUNGS_PACKET_UDP;
  return rungs_packet_peel (layer, 8 + (first & 0x3f) * 4, rungs_packet_get_be16 (layer->bytes, 2));
}

/* Version 1, a G-PDU, and its extension headers: each says how long it is and what follows. */
static RungsPacketKind
peel_gtp_u (RungsPacketLayer *layer)
{
  guint flags = rungs_packet_get_byte (layer->bytes, 0);
  gsize header = 8;
  guint next;

  if (flags >> 4 != 3 || rungs_packet_get_byte (layer->bytes, 1) != 255)
    return RUNGS_PACKET_UDP;
  if ((flags & 7) != 0)
    {
      if (layer->bytes.length < 12)
        return RUNGS_PACKET_CUT;
      header = 12;
      next = (flags & 4) != 0 ? rungs_packet_get_byte (layer->bytes, 11) : 0;
      for (guint n = 0; next != 0 && n < MAX_EXTENSIONS; n++)
        {
          gsize length;

          if (layer->bytes.length <= header)
            return RUNGS_PACKET_CUT;
          length = rungs_packet_get_byte (layer->bytes, header) * 4;
          if (length == 0)
            return RUNGS_PACKET_BROKEN;
          header += length;
          if (layer->bytes.length < header)
            return RUNGS_PACKET_CUT;
          next = rungs_packet_get_byte (layer->bytes, header - 1);
        }
    }
  return rungs_packet_peel (layer, header, rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, header)));
}

/* RFC 2661, 3.1: data, with or without length, sequence numbers and an offset; PPP follows. */
static RungsPacketKind
peel_l2tp (RungsPacketLayer *layer)
{
  guint flags = rungs_packet_get_be16 (layer->bytes, 0);
  gsize header = 6;

  if ((flags & 0x800f) == 3)
    {
      layer->bytes = rungs_slice_skip (layer->bytes, 4);
      return rungs_packet_peel_l2tp_3 (layer);
    }
  if ((flags & 0xb4ff) != 2)
    return RUNGS_PACKET_UDP;
  if ((flags & 0x4000) != 0)
    header += 2;
  if ((flags & 0x0800) != 0)
    header += 4;
  if ((flags & 0x0200) != 0)
    {
      if (layer->bytes.length < header + 2)
        return RUNGS_PACKET_CUT;
      header += 2 + rungs_packet_get_be16 (layer->bytes, header);
    }
  return rungs_packet_peel (layer, header, RUNGS_ETHER_PPP);
}

/* A cookie of 0, 4 or 8 bytes and a sublayer of 0 or 4, as the ends agreed: told by what follows. */
RungsPacketKind
rungs_packet_peel_l2tp_3 (RungsPacketLayer *layer)
{
  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_OTHER);

  for (gsize header = 4; header <= 16 && layer->bytes.length >= header + 34; header += 4)
    {
      guint type = rungs_packet_get_be16 (layer->bytes, header + 12);
      guint carried = rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, header + 14));

      if (type == RUNGS_ETHER_VLAN || (carried != 0 && type == carried))
        return rungs_packet_peel (layer, header, RUNGS_ETHER_BRIDGED);
      if (rungs_packet_get_be32 (layer->bytes, header) == 0xff030021)
        return rungs_packet_peel (layer, header, RUNGS_ETHER_PPP);
    }
  return layer->cut ? RUNGS_PACKET_CUT : RUNGS_PACKET_OTHER;
}

/* RFC 4380, 5.1.1: authentication and the sender's address may stand before IPv6. */
static RungsPacketKind
peel_teredo (RungsPacketLayer *layer)
{
  gsize header = 0;

  if (rungs_packet_get_be16 (layer->bytes, 0) == 1)
    header = 13 + rungs_packet_get_byte (layer->bytes, 2) + rungs_packet_get_byte (layer->bytes, 3);
  if (layer->bytes.length >= header + 8 && rungs_packet_get_be16 (layer->bytes, header) == 0)
    header += 8;
  if (rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, header)) != RUNGS_ETHER_IPV6)
    return RUNGS_PACKET_UDP;
  return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV6);
}

/* RFC 9300, 5.1: eight bytes, then IP whose length must fit. */
static RungsPacketKind
peel_lisp (RungsPacketLayer *layer)
{
  RungsSlice inner = rungs_slice_skip (layer->bytes, 8);
  guint type = inner.length >= 20 ? rungs_packet_guess_ip (inner) : 0;

  if (type == 0 || (type == RUNGS_ETHER_IPV4 && rungs_packet_get_be16 (inner, 2) < inner.length))
    return RUNGS_PACKET_UDP;
  return rungs_packet_peel (layer, 8, type);
}

/* RFC 5415, 4: DTLS, or a header of a length of its own before Ethernet or 802.11, whose first bytes some swap. */
static RungsPacketKind
peel_capwap (RungsPacketLayer *layer)
{
  guint flags = rungs_packet_get_be16 (layer->bytes, 2);
  gsize header = (rungs_packet_get_byte (layer->bytes, 1) >> 3) * 4;
  guint preamble = rungs_packet_get_byte (layer->bytes, 0);

  if (preamble == 1)
    return RUNGS_PACKET_ENCRYPTED;
  /* a fragment, or what keeps the tunnel alive */
  if (preamble != 0 || header < 8 || layer->bytes.length < header + 2 || (flags & 0x0088) != 0)
    return RUNGS_PACKET_UDP;
  if ((flags & 0x0100) == 0)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_BRIDGED);
  if ((rungs_packet_get_byte (layer->bytes, header) & 0x0f) != 8 &&
      (rungs_packet_get_byte (layer->bytes, header + 1) & 0x0f) == 8)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_LINK + RUNGS_LINK_SWAPPED_802_11);
  return rungs_packet_peel (layer, header, RUNGS_ETHER_LINK + LINK_IEEE802_11);
}

/* Version 1, a packet; what it is; tags, each with its length but for padding (0) and the end (1). */
static RungsPacketKind
peel_tzsp (RungsPacketLayer *layer)
{
  guint protocol = rungs_packet_get_be16 (layer->bytes, 2);
  guint link = protocol == 1     ? LINK_ETHERNET
               : protocol == 18  ? LINK_IEEE802_11
               : protocol == 119 ? LINK_PRISM
                                 : LINK_AVS;
  gsize header = 4;

  if (rungs_packet_get_byte (layer->bytes, 0) != 1 || rungs_packet_get_byte (layer->bytes, 1) > 1 ||
      (link == LINK_AVS && protocol != 127))
    return RUNGS_PACKET_UDP;
  for (guint n = 0; n < MAX_EXTENSIONS && layer->bytes.length >= header + 2; n++)
    {
      guint tag = rungs_packet_get_byte (layer->bytes, header++);

      if (tag == 1)
        return rungs_packet_peel (layer, header, RUNGS_ETHER_LINK + link);
      if (tag != 0)
        header += 1 + (gsize) rungs_packet_get_byte (layer->bytes, header);
    }
  return RUNGS_PACKET_UDP;
}

RungsPacketKind
rungs_packet_peel_udp_tunnel (RungsPacketLayer *layer, guint port)
{
  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_UDP);

  if (layer->bytes.length < 8)
    return RUNGS_PACKET_UDP;
  switch (port)
    {
    case RUNGS_PORT_TEREDO:
      return peel_teredo (layer);
    case RUNGS_PORT_LISP:
      return peel_lisp (layer);
    case RUNGS_PORT_GRE:
      return rungs_packet_peel_gre (layer);
    case RUNGS_PORT_MPLS:
      return rungs_packet_peel_mpls (layer);
    case RUNGS_PORT_CAPWAP:
      return peel_capwap (layer);
    case RUNGS_PORT_TZSP:
      return peel_tzsp (layer);
    case RUNGS_PORT_VXLAN:
    case RUNGS_PORT_VXLAN_ACI:
    case RUNGS_PORT_VXLAN_LINUX:
      return peel_vxlan (layer, FALSE);
    case RUNGS_PORT_VXLAN_GPE:
      return peel_vxlan (layer, TRUE);
    case RUNGS_PORT_GENEVE:
      return peel_geneve (layer);
    case RUNGS_PORT_L2TP:
      return peel_l2tp (layer);
    case RUNGS_PORT_GTP_U:
      return peel_gtp_u (layer);
    default:
      return RUNGS_PACKET_UDP;
    }
}
