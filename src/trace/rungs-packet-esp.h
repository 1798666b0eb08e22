/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* IPsec ESP (RFC 4303) without encryption, as IP Multimedia Subsystems protect SIP between phone and P-CSCF.
 *
 * Nothing in the packet says that it is not encrypted, or how long its check value is: RFC 5879 tells how to guess both from
 * the padding and from what is carried, which must fit. */

#pragma once

#include "rungs-packet.h"

G_BEGIN_DECLS

/**
 * rungs_packet_open_esp:
 * @cut: whether the end of the packet is not there
 *
 * The payload of @self is an ESP packet: where it can be read, payload, missing and protocol become those of what it carries.
 *
 * Returns: %FALSE and nothing changed where it is encrypted
 */
gboolean rungs_packet_open_esp (RungsPacket *self,
                                gboolean     cut);

G_END_DECLS
