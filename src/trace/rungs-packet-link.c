/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rarer link layers of captures → what they carry.  See rungs-packet-layer.h.
 *
 * 802.11 with what drivers put before it (radiotap, PPI, AVS, Prism), HDLC of Cisco, PPP with a direction, RFC 1483 on ATM,
 * packet filters and tunnels of the BSDs, Linux netfilter, Apple's IP over FireWire, Juniper.  Numbers and layouts: tcpdump.org, linktypes;
 * IEEE 802.11, 9.2. */

#include "config.h"

#include "rungs-packet-layer.h"

#define MAX_NFLOG_ATTRIBUTES 64

enum
{
  LINK_ATM_RFC1483 = 100,
  LINK_CISCO_HDLC = 104,
  LINK_IEEE802_11 = 105,
  LINK_ENC = 109,
  LINK_PFLOG = 117,
  LINK_PRISM = 119,
  LINK_RADIOTAP = 127,
  LINK_APPLE_IEEE1394 = 138,
  LINK_AVS = 163,
  LINK_PPP_PPPD = 166,
  LINK_JUNIPER_ETHERNET = 178,
  LINK_PPI = 192,
  LINK_PPP_WITH_DIRECTION = 204,
  LINK_NFLOG = 239,
  LINK_NETANALYZER = 240,
};

/* RFC 1042: LLC and SNAP, then an EtherType. */
static gboolean
is_snap (RungsSlice bytes, gsize offset)
{
  return bytes.length >= offset + 8 && memcmp (bytes.data + offset, "\xaa\xaa\x03\0\0", 5) == 0;
}

static RungsPacketKind
peel_snap (RungsPacketLayer *layer, gsize offset)
{
  if (layer->bytes.length < offset + 8)
    return RUNGS_PACKET_CUT;
  if (!is_snap (layer->bytes, offset))
    return RUNGS_PACKET_OTHER;
  return rungs_packet_peel (layer, offset + 8, rungs_packet_get_be16 (layer->bytes, offset + 6));
}

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
  return peel_snap (layer, 14);
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
      if (!is_snap (layer->bytes, header + 14) && is_snap (layer->bytes, header + 16))
        header += 2;
      layer->bytes = rungs_slice_skip (layer->bytes, header);
      return peel_subframe (layer);
    }
  if (!is_snap (layer->bytes, header) && is_snap (layer->bytes, header + 2))
    header += 2;
  return peel_snap (layer, header);
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
peel_juniper (RungsPacketLayer *layer)
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
  return rungs_packet_peel (layer, header, RUNGS_ETHER_BRIDGED);
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
    case LINK_ATM_RFC1483:
      return peel_snap (layer, 0);
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
    case LINK_JUNIPER_ETHERNET:
      return peel_juniper (layer);
    case LINK_PPI:
      return peel_radio (layer, MAX (8, rungs_packet_get_le16 (bytes, 2)), rungs_packet_get_byte (bytes, 4));
    case LINK_NFLOG:
      return layer->bytes.length < 4 ? RUNGS_PACKET_CUT : peel_nflog (layer);
    case RUNGS_LINK_SUBFRAME:
      return peel_subframe (layer);
    case LINK_NETANALYZER:
      return rungs_packet_peel (layer, 4, RUNGS_ETHER_BRIDGED);
    default:
      return RUNGS_PACKET_LINK_UNKNOWN;
    }
}
