/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One captured frame → addresses, ports and payload: link layer, IP, UDP, TCP.
 *
 * Peels Ethernet (VLAN, QinQ, MPLS, PPPoE), Linux cooked captures, BSD loopback, PPP and raw IP, and looks into IP-in-IP
 * and GRE, until it comes to UDP, TCP or a fragment.  Nothing is copied or allocated: the payload is a slice of the
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
  RUNGS_PACKET_OTHER,        /* another protocol, as ARP or ICMP */
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
} RungsPacket;

enum
{
  RUNGS_PORT_L2TP = 1701,
  RUNGS_PORT_GTP_U = 2152,
  RUNGS_PORT_VXLAN = 4789,
  RUNGS_PORT_VXLAN_GPE = 4790,
  RUNGS_PORT_GENEVE = 6081,
  RUNGS_PORT_VXLAN_LINUX = 8472,
};

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
  return port == RUNGS_PORT_L2TP || port == RUNGS_PORT_GTP_U || port == RUNGS_PORT_VXLAN ||
         port == RUNGS_PORT_VXLAN_GPE || port == RUNGS_PORT_GENEVE || port == RUNGS_PORT_VXLAN_LINUX;
}

/** rungs_packet_decode_tunnel: looks into a packet that decode() called UDP: what VXLAN, Geneve, GTP-U or L2TP in it carries.
 * Returns: as decode(); UDP and nothing changed where it is no tunnel. What else it says of a tunnel may be damage: @self is then
 * no longer to be used */
RungsPacketKind rungs_packet_decode_tunnel    (RungsPacket *self,
                                               gboolean     cut);

/** rungs_packet_decode_datagram: reads what an IP datagram carries that was put together again and begins with @payload, of which
 * @missing bytes stand elsewhere; moves @payload. Returns: as decode() */
RungsPacketKind rungs_packet_decode_datagram  (RungsPacket *self,
                                               gboolean     cut);

G_END_DECLS
