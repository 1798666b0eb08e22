# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Units that Wireshark exported."""
import struct

from .files import *
from .parts import *


def tag(kind, value):
    return struct.pack("!HH", kind, len(value) + -len(value) % 4) + value + b"\0" * (-len(value) % 4)


def exported(dissector, source, destination, payload, frame, port_type=2, kind=12):
    wide = ":" in source[0]
    tags = tag(kind, dissector) + tag(22 if wide else 20, ip_bytes(source[0])) + tag(23 if wide else 21, ip_bytes(destination[0]))
    tags += tag(24, struct.pack("!I", port_type)) + tag(25, struct.pack("!I", source[1])) + tag(26, struct.pack("!I", destination[1]))
    return tags + tag(30, struct.pack("!I", frame)) + tag(0, b"") + payload


@capture
def exported_tls():
    """As tshark 4.0 writes decrypted TLS: each record, the message once it is whole, and all of it again for each message."""
    ng = Pcapng().section().interface(252)
    one, two, three = options(1), options(2), options(3, b"v=0\r\n" * 30)
    units = [(b"sip.tcp", one, 10, ALICE), (b"sip", one, 10, ALICE), (b"sip.tcp", ok(1), 12, PROXY), (b"sip", ok(1), 12, PROXY),
             (b"sip.tcp", one + two, 14, ALICE), (b"sip", one + two, 14, ALICE), (b"sip", one + two, 14, ALICE),
             (b"sip.tcp", two + three[:100], 16, ALICE), (b"sip", two + three[:100], 16, ALICE), (b"sip.tcp", three, 18, ALICE), (b"sip", three, 18, ALICE),
             (b"sip.tcp", two[:150], 20, ALICE), (b"sip.tcp", two[150:], 22, ALICE), (b"sip", one, 24, ALICE), (b"sip", one, 26, ALICE)]
    for name, payload, frame, source in units:
        ng.enhanced(exported(name, source, PROXY if source == ALICE else ALICE, payload, frame), TICKS + frame)
    return ng


@capture
def exported_others():
    """Datagrams, whole IP packets, a dissector table, IPv6; tags without an end."""
    pcap = Pcap(252)
    pcap.packet(exported(b"sip", ALICE, PROXY, options(1), 1, port_type=3)).packet(exported(b"ip", ALICE, PROXY, udp4(PROXY, ALICE, ok(1)), 2, port_type=0))
    pcap.packet(exported(b"tcp.port", ALICE6, PROXY6, options(2), 3, kind=14)).packet(exported(b"rtp", ALICE, PROXY, b"\x80" * 20, 4, port_type=3))
    return pcap.packet(tag(12, b"sip")).packet(tag(12, b"sip") + tag(0, b"") + options(4))
