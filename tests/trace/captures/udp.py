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


@capture
def udp_other_protocols():
    """What is no SIP has its name: STUN, data through TURN, DNS, DHCP, QUIC, SigComp, IPsec; and what has none."""
    stun = struct.pack("!HHI12s", 1, 8, 0x2112A442, b"transaction!") + struct.pack("!HHI", 0x24, 4, 7)
    channel = struct.pack("!HH", 0x4001, 6) + b"data 1\0\0"
    dns = struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\3sip\7example\3com\0\0\x21\0\1"
    dhcp = b"\1\1\6\0" + b"\0" * 232 + b"\x63\x82\x53\x63\x35\1\1\xff"
    quic = b"\xc3\0\0\0\1\x08" + b"q" * 30
    ssdp = b"NOTIFY * HTTP/1.1\r\nHost: 239.255.255.250\r\n\r\n"
    frames = [(3478, stun), (3478, stun[:-2]), (50000, channel), (53, dns), (5353, dns), (5060, dns), (67, dhcp), (443, quic), (1900, ssdp),
              (5060, b"\xf8\x01\x02sigcomp"), (4500, b"\0\0\0\1" + b"?" * 60), (5060, b"neither this nor that")]
    return packets([ethernet(udp4(("192.0.2.10", 40000), ("192.0.2.20", port), data)) for port, data in frames])


@capture
def udp_lite():
    """Its length says how much of it is checked."""
    data = struct.pack("!HHHH", 5060, 5060, 8, 0) + options()
    return packets([ethernet(ipv4(ALICE[0], PROXY[0], 136, data)), ethernet(ipv4(ALICE[0], PROXY[0], 33, data))])
