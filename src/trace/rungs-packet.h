/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One captured frame → addresses, ports and payload: link layer, IP, UDP, TCP, SCTP.
 *
 * Peels Ethernet (VLAN, QinQ, MPLS, PPPoE), Linux cooked captures, BSD loopback, PPP and raw IP, and looks into tunnels,
 * until it comes to UDP, TCP, SCTP or a fragment.  A frame that aggregates several (A-MSDU) has a rest, which is a frame of its own.  Nothing is copied or allocated: the payload is a slice of the
 * frame.  At most 32 layers are peeled, so that no frame can keep it busy.
 * RFC 791, 768, 9293, 8200, 2784, 1661; link types as numbered by tcpdump.org. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_PACKET_UDP,
  RUNGS_PACKET_TCP,
  RUNGS_PACKET_SCTP,         /* @payload is the whole packet */
  RUNGS_PACKET_FRAGMENT,     /* of an IP datagram: @protocol and @payload are what it carries of it */
  RUNGS_PACKET_OTHER,        /* another protocol */
  RUNGS_PACKET_NETWORK,      /* what the network says to itself: ARP, ICMP, routing */
  RUNGS_PACKET_ENCRYPTED,    /* below IP or between IP and its transport: MACsec, Wi-Fi, IPsec */
  RUNGS_PACKET_COMPRESSED,   /* likewise: IPComp */
  RUNGS_PACKET_CUT,          /* the headers are not there to their end */
  RUNGS_PACKET_BROKEN,       /* the headers contradict themselves */
  RUNGS_PACKET_LINK_UNKNOWN, /* a link type that Rungs does not know */
  RUNGS_PACKET_TOO_DEEP,     /* more layers than anybody needs */
} RungsPacketKind;

typedef enum
{
  RUNGS_PACKET_FIN = 1 << 0,
  RUNGS_PACKET_SYN = 1 << 1,
  RUNGS_PACKET_RST = 1 << 2,
  RUNGS_PACKET_ACK = 1 << 4,
} RungsPacketTcpFlags;

/**
 * RungsPacket:
 * @version: 4 or 6
 * @protocol: as in the IP header (6: TCP, 17: UDP)
 * @source: network order, four bytes for IPv4
 * @sequence: TCP only, as @acknowledgment and @tcp_flags
 * @payload: what UDP, TCP or the fragment carries, as far as it was captured
 * @missing: how many bytes of the payload the capture left out
 * @rest: a further frame behind this one, of the link type RUNGS_LINK_SUBFRAME; or empty
 * @identification: FRAGMENT only, as @fragment_offset (in bytes) and @more_fragments
 */
typedef struct
{
  guint8 version;
  guint8 protocol;
  guint8 tcp_flags;
  gboolean more_fragments;
  guint8 source[16];
  guint8 destination[16];
  guint16 source_port;
  guint16 destination_port;
  guint32 sequence;
  guint32 acknowledgment;
  guint32 identification;
  guint32 fragment_offset;
  guint32 missing;
  RungsSlice payload;
  RungsSlice rest;
} RungsPacket;

/* Not a LINKTYPE number: what follows the first of several frames in one. */
#define RUNGS_LINK_SUBFRAME 0x10000

/* Nor are these: 802.11 behind a header of Network Monitor, and, plus a number, link types of its own and of snoop. */
#define RUNGS_LINK_NETMON_802_11 0x10002
#define RUNGS_LINK_NETMON        0x20000
#define RUNGS_LINK_SNOOP         0x30000

enum
{
  RUNGS_PORT_L2TP = 1701,
  RUNGS_PORT_GTP_U = 2152,
  RUNGS_PORT_TEREDO = 3544,
  RUNGS_PORT_LISP = 4341,
  RUNGS_PORT_IPSEC = 4500,
  RUNGS_PORT_GRE = 4754,
  RUNGS_PORT_VXLAN = 4789,
  RUNGS_PORT_VXLAN_GPE = 4790,
  RUNGS_PORT_CAPWAP = 5247,
  RUNGS_PORT_GENEVE = 6081,
  RUNGS_PORT_MPLS = 6635,
  RUNGS_PORT_VXLAN_LINUX = 8472,
  RUNGS_PORT_TZSP = 37008,
  RUNGS_PORT_VXLAN_ACI = 48879,
};

/** rungs_packet_describe_link: the name and number of a link type, for people: "BLUETOOTH_HCI_H4 (187)". (transfer full) */
char           *rungs_packet_describe_link    (guint        link_type);

/** rungs_packet_knows_link: whether frames of @link_type (a LINKTYPE number) can be read. */
gboolean        rungs_packet_knows_link       (guint        link_type);

/**
 * rungs_packet_decode:
 * @link_type: a LINKTYPE number
 * @frame: the captured bytes
 * @cut: whether the frame was longer than what was captured; otherwise lengths in the headers that point behind its end
 *   are not believed
 *
 * Returns: what the frame is; the fields of @self that belong to it are set
 */
RungsPacketKind rungs_packet_decode           (RungsPacket *self,
                                               guint        link_type,
                                               RungsSlice   frame,
                                               gboolean     cut);

/** rungs_packet_is_tunnel_port: whether UDP from or to @port may be a tunnel. */
static inline gboolean
rungs_packet_is_tunnel_port (guint16 port)
{
  switch (port)
    {
    case RUNGS_PORT_L2TP:
    case RUNGS_PORT_GTP_U:
    case RUNGS_PORT_TEREDO:
    case RUNGS_PORT_LISP:
    case RUNGS_PORT_IPSEC:
    case RUNGS_PORT_GRE:
    case RUNGS_PORT_VXLAN:
    case RUNGS_PORT_VXLAN_GPE:
    case RUNGS_PORT_CAPWAP:
    case RUNGS_PORT_GENEVE:
    case RUNGS_PORT_MPLS:
    case RUNGS_PORT_VXLAN_LINUX:
    case RUNGS_PORT_TZSP:
    case RUNGS_PORT_VXLAN_ACI:
      return TRUE;
    default:
      return FALSE;
    }
}

/** rungs_packet_decode_tunnel: looks into a packet that decode() called UDP: what VXLAN, GTP-U, L2TP or another tunnel in it carries.
 * Returns: as decode(); UDP and nothing changed where it is no tunnel. What else it says of a tunnel may be damage: @self is then
 * no longer to be used */
RungsPacketKind rungs_packet_decode_tunnel    (RungsPacket *self,
                                               gboolean     cut);

/** rungs_packet_decode_datagram: reads what an IP datagram carries that was put together again and begins with @payload, of which
 * @missing bytes stand elsewhere; moves @payload. Returns: as decode() */
RungsPacketKind rungs_packet_decode_datagram  (RungsPacket *self,
                                               gboolean     cut);

G_END_DECLS
