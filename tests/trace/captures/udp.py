# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Datagrams."""
import struct

from .files import *
from .ip import fragments4
from .parts import *
from .tcp import proxy_header


@capture
def udp_not_sip():
    pcap = Pcap()
    for data in (b"\r\n\r\n", b"\0\0\0\0", b"", b"\x80\x00" + b"\x55" * 160, b"\x16\xfe\xfd" + b"\0" * 20,
                 b"HEP3\x00\x10" + options(), b"NOTIFY * HTTP/1.1\r\nHost: 239.255.255.250\r\nServer: x\r\nDate: x\r\nExpires: 1\r\n\r\n"):
        pcap.packet(ethernet(udp4(ALICE, PROXY, data)))
    return pcap.packet(ethernet(b"\0\1\x08\0\6\4\0\1" + b"\0" * 20, 0x0806))


@capture
def udp_malformed():
    """No parser of SIP takes these, but a person must see them."""
    pcap = Pcap()
    for start in ("OPTIONS sip:bob@example.com SIP/7.0", "OPTIONS  sip:bob@example.com  SIP/2.0", "SIP/2.0 4v1 Unauthorized"):
        pcap.packet(ethernet(udp4(ALICE, PROXY, message(start, 1))))
    return pcap.packet(ethernet(udp4(ALICE, PROXY, b"\r\n\r\n" + options())))


@capture
def udp_lengths_zero():
    """Frames that a program made up: lengths and checksums 0."""
    data = struct.pack("!HHHH", 5060, 5060, 0, 0) + options()
    return Pcap().packet(ethernet(ipv4(ALICE[0], PROXY[0], 17, data, length=0)))


@capture
def udp_behind_a_load_balancer():
    header = proxy_header(("203.0.113.7", 49003), ("198.51.100.1", 5060), more=b"\4\0\2ok")
    pieces = fragments4(udp4(ALICE, PROXY, header + options(2, b"v=0\r\n" * 90)), 400)
    return packets([ethernet(udp4(ALICE, PROXY, header + options(1))), *pieces])
