/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One frame of link type 252: what Wireshark writes when it exports the units of a protocol ("Export PDUs to File").
 *
 * So decrypted TLS comes out of Wireshark.  Tags say who the payload is for, and where the packet came from; the payload
 * follows.  epan/exported_pdu.h of Wireshark names the tags. */

#pragma once

#include "rungs-packet.h"

G_BEGIN_DECLS

#define RUNGS_LINK_EXPORTED_PDU 252

/**
 * RungsExportedPdu:
 * @packet: version (0: no addresses), addresses, ports, protocol (0: not said) and payload
 * @dissector: for whom the payload is: "sip", "sip.tcp", "tcp.port", "ip" …
 * @frame: the number of the frame that it was in, 0: not said
 */
typedef struct
{
  RungsPacket packet;
  RungsSlice dissector;
  guint32 frame;
} RungsExportedPdu;

/** rungs_exported_pdu_parse: Returns: %FALSE where the tags do not come to their end */
gboolean rungs_exported_pdu_parse (RungsExportedPdu *self,
                                   RungsSlice        bytes);

/** rungs_exported_pdu_get_link: the link type of the payload where it is a packet with headers of its own, 0 where it is not. */
guint    rungs_exported_pdu_get_link (const RungsExportedPdu *self);

G_END_DECLS
