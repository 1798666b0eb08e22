/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is left of a frame while its layers are peeled: between rungs-packet.c and its parts for rare links and for tunnels.
 *
 * A layer names what follows by an EtherType, or by one of the numbers of our own for the link layers that a tunnel or another
 * link layer may carry.  peel_* functions return RUNGS_PACKET_AGAIN when the loop shall go on, otherwise what the frame is. */

#pragma once

#include "rungs-packet.h"

G_BEGIN_DECLS

#define RUNGS_PACKET_AGAIN ((RungsPacketKind) -1)

/* As RUNGS_LINK_SUBFRAME no LINKTYPE number: 802.11 whose first two bytes stand the other way round. */
#define RUNGS_LINK_SWAPPED_802_11 0x10001

enum
{
  RUNGS_ETHER_IPV4 = 0x0800,
  RUNGS_ETHER_IPV6 = 0x86dd,
  RUNGS_ETHER_VLAN = 0x8100,
  RUNGS_ETHER_VLAN_SERVICE = 0x88a8,
  RUNGS_ETHER_VLAN_OLD = 0x9100,
  RUNGS_ETHER_MPLS = 0x8847,
  RUNGS_ETHER_MPLS_MULTICAST = 0x8848,
  RUNGS_ETHER_PPPOE = 0x8864,
  RUNGS_ETHER_PPP = 0x880b,
  RUNGS_ETHER_BRIDGED = 0x6558,
  RUNGS_ETHER_ERSPAN = 0x88be,
  RUNGS_ETHER_ERSPAN_3 = 0x22eb,
  RUNGS_ETHER_LINK = 0x10000, /* plus a LINKTYPE number */
};

/**
 * RungsPacketLayer:
 * @bytes: what is left of the frame
 * @type: what they are: an EtherType, RUNGS_ETHER_LINK plus a LINKTYPE number, or 0 (unknown)
 * @cut: whether the capture has not kept the whole frame
 * @rest: as that of a #RungsPacket
 */
typedef struct
{
  RungsSlice bytes;
  guint type;
  gboolean cut;
  RungsSlice rest;
} RungsPacketLayer;

/** rungs_packet_peel_rare_link: peels a link layer that is none of the common ones. */
RungsPacketKind rungs_packet_peel_rare_link (RungsPacketLayer *layer,
                                             guint             link_type);

/** rungs_packet_is_snap: whether LLC with SNAP stands at @offset. */
gboolean        rungs_packet_is_snap        (RungsSlice        bytes,
                                             gsize             offset);

/** rungs_packet_peel_llc: LLC at @offset. */
RungsPacketKind rungs_packet_peel_llc       (RungsPacketLayer *layer,
                                             gsize             offset);

/** rungs_packet_peel_snap: the five bytes of SNAP at @offset. */
RungsPacketKind rungs_packet_peel_snap      (RungsPacketLayer *layer,
                                             gsize             offset);

/** rungs_packet_peel_nlpid: the number of a network layer at @offset. */
RungsPacketKind rungs_packet_peel_nlpid     (RungsPacketLayer *layer,
                                             gsize             offset);

/** rungs_packet_peel_rare_ether: peels what an EtherType names that is none of the common ones. */
RungsPacketKind rungs_packet_peel_rare_ether (RungsPacketLayer *layer);

/** rungs_packet_peel_gre: GRE of RFC 2784 and 2890, of PPTP (RFC 2637), and ERSPAN in it. */
RungsPacketKind rungs_packet_peel_gre       (RungsPacketLayer *layer);

/** rungs_packet_peel_mpls: a stack of labels, and IP or Ethernet behind it (RFC 3032, 4448). */
RungsPacketKind rungs_packet_peel_mpls      (RungsPacketLayer *layer);

/** rungs_packet_peel_l2tp_3: what stands behind the session of L2TP version 3 (RFC 3931). */
RungsPacketKind rungs_packet_peel_l2tp_3 (RungsPacketLayer *layer);

/** rungs_packet_peel_udp_tunnel: what UDP to @port carries if that is the port of a tunnel; RUNGS_PACKET_UDP where it is none. */
RungsPacketKind rungs_packet_peel_udp_tunnel (RungsPacketLayer *layer,
                                              guint             port);

static inline guint
rungs_packet_get_byte (RungsSlice bytes,
                       gsize offset)
{
  return (guint8) bytes.data[offset];
}

static inline guint
rungs_packet_get_be16 (RungsSlice bytes,
                       gsize offset)
{
  return rungs_packet_get_byte (bytes, offset) << 8 | rungs_packet_get_byte (bytes, offset + 1);
}

static inline guint32
rungs_packet_get_be32 (RungsSlice bytes,
                       gsize offset)
{
  return (guint32) rungs_packet_get_be16 (bytes, offset) << 16 | rungs_packet_get_be16 (bytes, offset + 2);
}

static inline guint
rungs_packet_get_le16 (RungsSlice bytes,
                       gsize offset)
{
  return rungs_packet_get_byte (bytes, offset + 1) << 8 | rungs_packet_get_byte (bytes, offset);
}

/* Goes on behind @header bytes with what @type names. */
static inline RungsPacketKind
rungs_packet_peel (RungsPacketLayer *layer,
                   gsize header,
                   guint type)
{
  if (layer->bytes.length < header)
    return RUNGS_PACKET_CUT;
  layer->bytes = rungs_slice_skip (layer->bytes, header);
  layer->type = type;
  return RUNGS_PACKET_AGAIN;
}

/* Which IP begins with these bytes? 0: none. */
static inline guint
rungs_packet_guess_ip (RungsSlice bytes)
{
  guint version = bytes.length > 0 ? rungs_packet_get_byte (bytes, 0) >> 4 : 0;

  return version == 4 ? RUNGS_ETHER_IPV4 : version == 6 ? RUNGS_ETHER_IPV6 : 0;
}

G_END_DECLS
