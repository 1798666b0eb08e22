/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rarer link layers of captures → what they carry.  See rungs-packet-layer.h.
 *
 * 802.11 with what drivers put before it (radiotap, PPI, AVS, Prism), HDLC of Cisco, PPP with a direction, frame relay, RFC 1483 on ATM,
 * token ring, FDDI, DOCSIS, packet filters and tunnels of the BSDs, Linux netfilter, Solaris, macOS, Juniper, Endace, tags of switches.  Numbers and layouts: tcpdump.org, linktypes;
 * IEEE 802.11, 9.2. */

#include "config.h"

#include "rungs-packet-layer.h"

#define MAX_NFLOG_ATTRIBUTES 64

enum
{
  LINK_TOKEN_RING = 6,
  LINK_SLIP = 8,
  LINK_FDDI = 10,
  LINK_ATM_RFC1483_OLD = 11,
  LINK_ATM_RFC1483 = 100,
  LINK_CISCO_HDLC = 104,
  LINK_IEEE802_11 = 105,
  LINK_ATM_CLIP = 106,
  LINK_FRAME_RELAY = 107,
  LINK_ENC = 109,
  LINK_NETBSD_HDLC = 112,
  LINK_PFLOG = 117,
  LINK_PRISM = 119,
  LINK_IP_OVER_FC = 122,
  LINK_SUN_ATM = 123,
  LINK_RADIOTAP = 127,
  LINK_APPLE_IEEE1394 = 138,
  LINK_DOCSIS = 143,
  LINK_USER2 = 149,
  LINK_AVS = 163,
  LINK_PPP_PPPD = 166,
  LINK_ERF_ETHERNET = 175,
  LINK_ERF_POS = 176,
  LINK_JUNIPER_ETHERNET = 178,
  LINK_JUNIPER_PPP = 179,
  LINK_JUNIPER_FRAME_RELAY = 180,
  LINK_JUNIPER_HDLC = 181,
  LINK_PPI = 192,
  LINK_ERF = 197,
  LINK_PPP_WITH_DIRECTION = 204,
  LINK_HDLC_WITH_DIRECTION = 205,
  LINK_FRAME_RELAY_WITH_DIRECTION = 206,
  LINK_MPLS = 219,
  LINK_IPNET = 226,
  LINK_NFLOG = 239,
  LINK_NETANALYZER = 240,
  LINK_NETANALYZER_TRANSPARENT = 241,
  LINK_PKTAP = 258,
  LINK_MPACKET = 274,
  LINK_DSA_BROADCOM = 281,
  LINK_DSA_BROADCOM_BEFORE = 282,
  LINK_DSA = 284,
  LINK_EDSA = 285,
};

/* One of several frames in one (A-MSDU; IEEE 802.11, 9.3.2.2): addresses and a length, then LLC; all but the last are padded. */
static RungsPacketKind
peel_subframe (RungsPacketLayer *layer)
{
  RungsSlice bytes = layer->bytes;
  gsize length;

  if (bytes.length < 14)
    return RUNGS_PACKET_CUT;
  length = 14 + (gsize) rungs_packet_get_be16 (bytes, 12);
  layer->rest = rungs_slice_skip (bytes, (length + 3) & ~(gsize) 3);
  /* what follows may be padding or a check sum */
  if (layer->rest.length < 14 + 8)
    layer->rest = RUNGS_SLICE_EMPTY;
  layer->bytes = rungs_slice_sub (bytes, 0, length);
  return rungs_packet_peel_llc (layer, 14);
}

/* Some drivers pad the header to a multiple of four bytes. */
static RungsPacketKind
peel_ieee802_11 (RungsPacketLayer *layer, gboolean swapped)
{
  gsize header = 24;
  guint control, flags;
  gboolean aggregated = FALSE;

  if (layer->bytes.length < header)
    return RUNGS_PACKET_CUT;
  control = rungs_packet_get_byte (layer->bytes, swapped ? 1 : 0);
  flags = rungs_packet_get_byte (layer->bytes, swapped ? 0 : 1);
  /* data that carries something, and in clear */
  if ((control & 0x0f) != 0x08 || (control & 0x40) != 0)
    return RUNGS_PACKET_NETWORK;
  if ((flags & 0x40) != 0)
    return RUNGS_PACKET_ENCRYPTED;
  if ((flags & 3) == 3)
    header += 6;
  if ((control & 0x80) != 0)
    {
      if (layer->bytes.length < header + 2)
        return RUNGS_PACKET_CUT;
      aggregated = (rungs_packet_get_byte (layer->bytes, header) & 0x80) != 0;
      header += (flags & 0x80) != 0 ? 6 : 2;
    }
  if (aggregated)
    {
      if (!rungs_packet_is_snap (layer->bytes, header + 14) &&
          rungs_packet_is_snap (layer->bytes, header + 16))
        header += 2;
      layer->bytes = rungs_slice_skip (layer->bytes, header);
      return peel_subframe (layer);
    }
  if (!rungs_packet_is_snap (layer->bytes, header) && rungs_packet_is_snap (layer->bytes, header + 2))
    header += 2;
  return rungs_packet_peel_llc (layer, header);
}

static RungsPacketKind
peel_radio (RungsPacketLayer *layer, gsize header, guint link_type)
{
  return rungs_packet_peel (layer, header, RUNGS_ETHER_LINK + link_type);
}

/* AVS says how long it is; Prism says so in the byte order of whoever wrote it, and is always as long. */
static RungsPacketKind
peel_prism_or_avs (RungsPacketLayer *layer)
{
  if (layer->bytes.length < 8)
    return RUNGS_PACKET_CUT;
  if ((rungs_packet_get_be32 (layer->bytes, 0) & 0xfffff000) == 0x80211000)
    return peel_radio (layer, rungs_packet_get_be32 (layer->bytes, 4), LINK_IEEE802_11);
  return peel_radio (layer, 144, LINK_IEEE802_11);
}

static RungsPacketKind
peel_family (RungsPacketLayer *layer, gsize header, guint family)
{
  if (family == 2)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV4);
  if (family == 10 || family == 24 || family == 28 || family == 30)
    return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV6);
  return RUNGS_PACKET_OTHER;
}

/* Attributes of 4 bytes of header each, length first, in the byte order of the host; 9 is the packet. */
static RungsPacketKind
peel_nflog (RungsPacketLayer *layer)
{
  guint family = rungs_packet_get_byte (layer->bytes, 0);
  RungsSlice rest = rungs_slice_skip (layer->bytes, 4);

  for (guint n = 0; n < MAX_NFLOG_ATTRIBUTES && rest.length >= 4; n++)
    {
      gboolean little = rungs_packet_get_byte (rest, 3) == 0;
      gsize length = little ? rungs_packet_get_le16 (rest, 0) : rungs_packet_get_be16 (rest, 0);
      guint type = little ? rungs_packet_get_le16 (rest, 2) : rungs_packet_get_be16 (rest, 2);

      if (length < 4)
        return RUNGS_PACKET_BROKEN;
      if (type == 9)
        {
          layer->bytes = rungs_slice_sub (rest, 4, length - 4);
          return peel_family (layer, 0, family);
        }
      rest = rungs_slice_skip (rest, (length + 3) & ~(gsize) 3);
    }
  return RUNGS_PACKET_OTHER;
}

/* A magic number and flags: 0x80: extensions, whose length follows; 2: no link layer, but a family. */
static RungsPacketKind
peel_juniper (RungsPacketLayer *layer, guint link_type)
{
  gsize header = 4;
  guint flags;

  if (layer->bytes.length < 8 || memcmp (layer->bytes.data, "MGC", 3) != 0)
    return RUNGS_PACKET_OTHER;
  flags = rungs_packet_get_byte (layer->bytes, 3);
  if ((flags & 0x80) != 0)
    header += 2 + rungs_packet_get_be16 (layer->bytes, 4);
  if ((flags & 2) != 0)
    {
      header += 4;
      return rungs_packet_peel (layer,
                                header,
                                rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, header)));
    }
  switch (link_type)
    {
    case LINK_JUNIPER_PPP:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_PPP);
    case LINK_JUNIPER_FRAME_RELAY:
      return peel_radio (layer, header, LINK_FRAME_RELAY);
    case LINK_JUNIPER_HDLC:
      return peel_radio (layer, header, LINK_CISCO_HDLC);
    default:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_BRIDGED);
    }
}

/* LLC, or IP without it. */
static RungsPacketKind
peel_atm (RungsPacketLayer *layer)
{
  guint type = rungs_packet_guess_ip (layer->bytes);

  return type != 0 ? rungs_packet_peel (layer, 0, type) : rungs_packet_peel_llc (layer, 0);
}

/* A byte that says what traffic it is, and the channel. */
static RungsPacketKind
peel_sun_atm (RungsPacketLayer *layer)
{
  guint traffic = layer->bytes.length > 0 ? rungs_packet_get_byte (layer->bytes, 0) & 15 : 0;

  if (traffic == 1)
    return rungs_packet_peel (layer, 4 + 2, RUNGS_ETHER_BRIDGED);
  return rungs_packet_peel (layer, 4, RUNGS_ETHER_LINK + LINK_ATM_RFC1483);
}

/* IEEE 802.5: routing may stand behind the addresses, and says how long it is. */
static RungsPacketKind
peel_token_ring (RungsPacketLayer *layer)
{
  gsize header = 14;

  if (layer->bytes.length < header + 1)
    return RUNGS_PACKET_CUT;
  if (rungs_packet_get_byte (layer->bytes, 1) >> 6 != 1)
    return RUNGS_PACKET_NETWORK;
  if ((rungs_packet_get_byte (layer->bytes, 8) & 0x80) != 0)
    header += rungs_packet_get_byte (layer->bytes, header) & 0x1f;
  return rungs_packet_peel_llc (layer, header);
}

/* Some put three bytes before the frame. */
static RungsPacketKind
peel_fddi (RungsPacketLayer *layer)
{
  for (gsize padding = 0; padding <= 3; padding += 3)
    if (layer->bytes.length >= padding + 13 && (rungs_packet_get_byte (layer->bytes, padding) & 0xf0) == 0x50)
      return rungs_packet_peel_llc (layer, padding + 13);
  return layer->bytes.length < 13 ? RUNGS_PACKET_CUT : RUNGS_PACKET_NETWORK;
}

/* RFC 2427, 3: an address of two to four bytes, the last of which is odd; then control, or, with Cisco, an EtherType. */
static RungsPacketKind
peel_frame_relay (RungsPacketLayer *layer)
{
  gsize header = 1;
  guint type;

  while (header < 4 && layer->bytes.length > header &&
         (rungs_packet_get_byte (layer->bytes, header) & 1) == 0)
    header++;
  if (layer->bytes.length < ++header + 2)
    return RUNGS_PACKET_CUT;
  type = rungs_packet_get_be16 (layer->bytes, header);
  if (type == RUNGS_ETHER_IPV4 || type == RUNGS_ETHER_IPV6)
    return rungs_packet_peel (layer, header + 2, type);
  header += type == 0x0300 ? 2 : 1;
  return rungs_packet_peel_nlpid (layer, header);
}

/* A frame of data may have an extended header; a check sum of both stands behind. */
static RungsPacketKind
peel_docsis (RungsPacketLayer *layer)
{
  guint control;

  if (layer->bytes.length < 6)
    return RUNGS_PACKET_CUT;
  control = rungs_packet_get_byte (layer->bytes, 0);
  if (control >> 6 != 0)
    return RUNGS_PACKET_NETWORK;
  return rungs_packet_peel (layer,
                            6 + ((control & 1) != 0 ? rungs_packet_get_byte (layer->bytes, 1) : 0),
                            RUNGS_ETHER_BRIDGED);
}

/* A record of Endace: 16 bytes, and eight more as long as the highest bit says so. */
static RungsPacketKind
peel_erf (RungsPacketLayer *layer)
{
  gsize header = 16;
  guint type;
  gboolean more;

  if (layer->bytes.length < header)
    return RUNGS_PACKET_CUT;
  type = rungs_packet_get_byte (layer->bytes, 8) & 0x7f;
  more = (rungs_packet_get_byte (layer->bytes, 8) & 0x80) != 0;
  for (; more && layer->bytes.length >= header + 8; header += 8)
    more = (rungs_packet_get_byte (layer->bytes, header) & 0x80) != 0;
  switch (type)
    {
    case 1:
      return layer->bytes.length > header && rungs_packet_get_byte (layer->bytes, header) == 0xff
               ? rungs_packet_peel (layer, header, RUNGS_ETHER_PPP)
               : peel_radio (layer, header, LINK_CISCO_HDLC);
    case 2:
    case 11:
    case 16:
    case 20:
      return rungs_packet_peel (layer, header + 2, RUNGS_ETHER_BRIDGED);
    case 22:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV4);
    case 23:
      return rungs_packet_peel (layer, header, RUNGS_ETHER_IPV6);
    default:
      return RUNGS_PACKET_OTHER;
    }
}

/* What macOS writes: how long it is, and the link type of what follows; before it had a number of its own it was USER2. */
static RungsPacketKind
peel_pktap (RungsPacketLayer *layer, guint link_type)
{
  gsize header;

  if (layer->bytes.length < 12)
    return link_type == LINK_PKTAP ? RUNGS_PACKET_CUT : RUNGS_PACKET_LINK_UNKNOWN;
  header = rungs_packet_get_le16 (layer->bytes, 0);
  if (rungs_packet_get_le16 (layer->bytes, 2) != 0 || header < 40 ||
      rungs_packet_get_le16 (layer->bytes, 10) != 0)
    return link_type == LINK_PKTAP ? RUNGS_PACKET_BROKEN : RUNGS_PACKET_LINK_UNKNOWN;
  return peel_radio (layer, header, rungs_packet_get_le16 (layer->bytes, 8));
}

/* Addresses, the tag of a switch, and the type behind it. */
static RungsPacketKind
peel_switch_tag (RungsPacketLayer *layer, gsize tag)
{
  if (layer->bytes.length < 14 + tag)
    return RUNGS_PACKET_CUT;
  return rungs_packet_peel (layer, 14 + tag, rungs_packet_get_be16 (layer->bytes, 12 + tag));
}

/* Numbers of families are those of Solaris. */
static RungsPacketKind
peel_ipnet (RungsPacketLayer *layer)
{
  guint family = layer->bytes.length > 1 ? rungs_packet_get_byte (layer->bytes, 1) : 0;

  return rungs_packet_peel (layer, 24, family == 2 ? RUNGS_ETHER_IPV4 : family == 26 ? RUNGS_ETHER_IPV6 : 0);
}

/* The shortest header that each has; what follows may look into so many bytes. */
static gsize
get_shortest (guint link_type)
{
  switch (link_type)
    {
    case LINK_ENC:
      return 12;
    case LINK_APPLE_IEEE1394:
      return 18;
    case LINK_RADIOTAP:
    case LINK_PPI:
      return 8;
    default:
      return 4;
    }
}

static guint32
get_family (RungsSlice bytes)
{
  guint32 family = rungs_packet_get_be32 (bytes, 0);

  return family > 0xffff ? GUINT32_SWAP_LE_BE (family) : family;
}

RungsPacketKind
rungs_packet_peel_rare_link (RungsPacketLayer *layer, guint link_type)
{
  RungsSlice bytes;

  g_return_val_if_fail (layer != NULL, RUNGS_PACKET_LINK_UNKNOWN);

  bytes = layer->bytes;
  if (bytes.length < get_shortest (link_type))
    bytes = rungs_slice ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
  switch (link_type)
    {
    case LINK_TOKEN_RING:
      return peel_token_ring (layer);
    case LINK_SLIP:
      return rungs_packet_peel (layer, 16, rungs_packet_guess_ip (rungs_slice_skip (layer->bytes, 16)));
    case LINK_FDDI:
      return peel_fddi (layer);
    case LINK_ATM_RFC1483_OLD:
    case LINK_ATM_CLIP:
    case LINK_ATM_RFC1483:
      return peel_atm (layer);
    case LINK_FRAME_RELAY:
      return peel_frame_relay (layer);
    case LINK_IP_OVER_FC:
      return rungs_packet_peel_llc (layer, 16);
    case LINK_SUN_ATM:
      return peel_sun_atm (layer);
    case LINK_DOCSIS:
      return peel_docsis (layer);
    case LINK_USER2:
    case LINK_PKTAP:
      return peel_pktap (layer, link_type);
    case LINK_ERF:
    case LINK_ERF_ETHERNET:
    case LINK_ERF_POS:
      return peel_erf (layer);
    case LINK_MPLS:
      return rungs_packet_peel (layer, 0, RUNGS_ETHER_MPLS);
    case LINK_IPNET:
      return peel_ipnet (layer);
    case LINK_MPACKET:
      return rungs_packet_peel (layer, 8, RUNGS_ETHER_BRIDGED);
    case LINK_DSA_BROADCOM:
    case LINK_DSA:
      return peel_switch_tag (layer, 4);
    case LINK_EDSA:
      return peel_switch_tag (layer, 8);
    case LINK_NETBSD_HDLC:
    case LINK_CISCO_HDLC:
      return rungs_packet_peel (layer, 4, rungs_packet_get_be16 (bytes, 2));
    case LINK_IEEE802_11:
    case RUNGS_LINK_SWAPPED_802_11:
      return peel_ieee802_11 (layer, link_type == RUNGS_LINK_SWAPPED_802_11);
    case LINK_ENC:
      return peel_family (layer, 12, get_family (bytes));
    case LINK_PFLOG:
      return peel_family (layer,
                          (rungs_packet_get_byte (bytes, 0) + 3) & ~3u,
                          rungs_packet_get_byte (bytes, 1));
    case LINK_PRISM:
    case LINK_AVS:
      return peel_prism_or_avs (layer);
    case LINK_RADIOTAP:
      return peel_radio (layer, MAX (8, rungs_packet_get_le16 (bytes, 2)), LINK_IEEE802_11);
    case LINK_APPLE_IEEE1394:
      return rungs_packet_peel (layer, 18, rungs_packet_get_be16 (bytes, 16));
    case LINK_PPP_PPPD:
      return rungs_packet_peel (layer, rungs_packet_get_byte (bytes, 1) == 3 ? 2 : 1, RUNGS_ETHER_PPP);
    case LINK_PPP_WITH_DIRECTION:
      return rungs_packet_peel (layer, 1, RUNGS_ETHER_PPP);
    case LINK_HDLC_WITH_DIRECTION:
      return peel_radio (layer, 1, LINK_CISCO_HDLC);
    case LINK_FRAME_RELAY_WITH_DIRECTION:
      return peel_radio (layer, 1, LINK_FRAME_RELAY);
    case LINK_JUNIPER_ETHERNET:
    case LINK_JUNIPER_PPP:
    case LINK_JUNIPER_FRAME_RELAY:
    case LINK_JUNIPER_HDLC:
      return peel_juniper (layer, link_type);
    case LINK_PPI:
      return peel_radio (layer, MAX (8, rungs_packet_get_le16 (bytes, 2)), rungs_packet_get_byte (bytes, 4));
    case LINK_NFLOG:
      return layer->bytes.length < 4 ? RUNGS_PACKET_CUT : peel_nflog (layer);
    case RUNGS_LINK_SUBFRAME:
      return peel_subframe (layer);
    case RUNGS_LINK_NETMON_802_11:
      return peel_radio (layer, MAX (3, rungs_packet_get_le16 (bytes, 1)), LINK_IEEE802_11);
    case LINK_NETANALYZER:
    case LINK_DSA_BROADCOM_BEFORE:
      return rungs_packet_peel (layer, 4, RUNGS_ETHER_BRIDGED);
    case LINK_NETANALYZER_TRANSPARENT:
      return rungs_packet_peel (layer, 12, RUNGS_ETHER_BRIDGED);
    default:
      return RUNGS_PACKET_LINK_UNKNOWN;
    }
}
