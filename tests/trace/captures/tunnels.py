# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Tunnels."""
import struct

from .files import *
from .ip import fragments4
from .parts import *


@capture
def tunnel_ip_in_ip():
    return both(Pcap(), lambda ip: ethernet(ipv4("198.51.100.1", "198.51.100.2", 4, ip)))


@capture
def tunnel_6_in_4():
    return Pcap().packet(ethernet(ipv4("198.51.100.1", "198.51.100.2", 41, udp6(ALICE6, PROXY6, options()))))


@capture
def tunnel_gre():
    return both(Pcap(), lambda ip: ethernet(ipv4("198.51.100.1", "198.51.100.2", 47, struct.pack("!HHI", 0x2000, 0x0800, 7) + ip)))


def outer(port, payload):
    return ethernet(udp4(("198.51.100.1", 50000), ("198.51.100.2", port), payload))


@capture
def tunnel_gre_ppp_and_ethernet():
    gre = lambda header, payload: ethernet(ipv4("198.51.100.1", "198.51.100.2", 47, header + payload))
    ip = udp4(ALICE, PROXY, options())
    return packets([gre(struct.pack("!HHHHII", 0x3081, 0x880B, len(ip) + 4, 5, 1, 1), b"\xff\x03\0\x21" + ip),
                    gre(struct.pack("!HHHHI", 0xA000, 0x6558, 0, 0, 7), ethernet(ip)),
                    gre(struct.pack("!HHI", 0x1000, 0x0800, 9), ip)])


@capture
def tunnel_erspan():
    """Types I, II, and III without and with its subheader."""
    gre = lambda header, payload: ethernet(ipv4("198.51.100.1", "198.51.100.2", 47, header + payload))
    frame = ethernet(udp4(ALICE, PROXY, options()))
    return packets([gre(struct.pack("!HH", 0, 0x88BE), frame), gre(struct.pack("!HHIII", 0x1000, 0x88BE, 1, 0x10000001, 0), frame),
                    gre(struct.pack("!HHIIIHH", 0x1000, 0x22EB, 2, 0x20000001, 0, 0, 0), frame),
                    gre(struct.pack("!HHIIIHHII", 0x1000, 0x22EB, 3, 0x20000001, 0, 0, 1, 0, 0), frame)])


@capture
def tunnel_vxlan_and_geneve():
    frame = ethernet(udp4(ALICE, PROXY, options()))
    return packets([outer(4789, struct.pack("!II", 0x08000000, 42 << 8) + frame), outer(8472, struct.pack("!II", 0x08000000, 42 << 8) + frame),
                    outer(4790, struct.pack("!II", 0x0C000001, 42 << 8) + udp4(ALICE, PROXY, options())),
                    outer(6081, struct.pack("!BBHI", 1, 0, 0x6558, 42 << 8) + b"\0\0\0\0" + frame)])


@capture
def tunnel_gtp_u():
    """Plain, with a sequence number, with an extension header; then what is no user data."""
    ip = udp4(ALICE, PROXY, options())
    return packets([outer(2152, struct.pack("!BBHI", 0x30, 255, len(ip), 7) + ip),
                    outer(2152, struct.pack("!BBHIHBB", 0x32, 255, len(ip) + 4, 7, 1, 0, 0) + ip),
                    outer(2152, struct.pack("!BBHIHBBBBBB", 0x34, 255, len(ip) + 8, 7, 0, 0, 0x85, 1, 0x10, 9, 0) + ip),
                    outer(2152, struct.pack("!BBHIHBB", 0x32, 1, 4, 0, 1, 0, 0))])


@capture
def tunnel_l2tp():
    ip = udp4(ALICE, PROXY, options())
    return packets([outer(1701, struct.pack("!HHH", 2, 1, 1) + b"\xff\x03\0\x21" + ip),
                    outer(1701, struct.pack("!HHHHHHH", 0x4A02, 16 + len(ip), 1, 1, 0, 0, 0) + b"\0\x21" + ip),
                    outer(1701, struct.pack("!HHHHHH", 0xC802, 12, 1, 0, 0, 0))])


@capture
def tunnel_pseudowire():
    return packets([ethernet(struct.pack("!II", 16 << 12 | 1 << 8 | 64, 0) + ethernet(udp4(ALICE, PROXY, options())), 0x8847)])


@capture
def tunnel_in_fragments():
    """VXLAN whose outer packets are fragmented: a datagram, and a segment of TCP."""
    header = struct.pack("!II", 0x08000000, 42 << 8)
    tcp = struct.pack("!HHIIBBHHH", 5060, 5060, 1, 1, 0x50, PSH | ACK, 65535, 0, 0) + options(3, b"w=0\r\n" * 60)
    inner = [udp4(ALICE, PROXY, options(2, b"v=0\r\n" * 60)), ipv4(ALICE[0], PROXY[0], 6, tcp)]
    frames = []
    for number, ip in enumerate(inner):
        frames += fragments4(udp4(("198.51.100.1", 50000), ("198.51.100.2", 4789), header + ethernet(ip)), 160, number)
    return packets(frames)


@capture
def tunnel_without_end():
    """IP in IP in IP …: read as another protocol, not for ever."""
    ip = udp4(ALICE, PROXY, options())
    for _ in range(40):
        ip = ipv4("198.51.100.1", "198.51.100.2", 4, ip)
    return Pcap().packet(ethernet(ip))


@capture
def tunnel_tags_of_switches():
    """802.1ah, FabricPath, TRILL, metadata, HSR, 802.1BR, service headers, tags of old; MACsec, ARP and spanning tree are named."""
    ip = udp4(ALICE, PROXY, options())
    frame = ethernet(ip)
    mac = frame[:12]
    return packets([mac + b"\x88\xe7\0\0\0\x2a" + frame, mac + b"\x89\x03\0\x40" + frame, mac + b"\x22\xf3\0\x3f\0\1\0\2" + frame,
                    mac + b"\x89\x09\1\1\0\1\0\x2a\x08\0" + ip, mac + b"\x89\x2f\0\x40\0\1\x08\0" + ip, mac + b"\x89\x3f\0\0\0\0\0\0\x08\0" + ip,
                    mac + b"\x89\x4f\0\2\2\3\0\0\1\xff" + frame, mac + b"\x92\0\0\5\x81\0\0\6\x08\0" + ip,
                    mac + b"\x88\xe5" + b"\x2c\0\0\0\0\1" + b"?" * 60, mac + b"\x08\6\0\1\x08\0\6\4\0\1" + b"\0" * 20, mac + b"\0\x26\x42\x42\3" + b"\0" * 35])


@capture
def tunnel_udp_others():
    """Teredo, with and without what may stand before IPv6, LISP, CAPWAP with Ethernet and 802.11, TZSP, MPLS and GRE in UDP, L2TP 3, SIP on such a port."""
    ip, ip6 = udp4(ALICE, PROXY, options()), udp6(ALICE6, PROXY6, options())
    frame = ethernet(ip)
    wlan = b"\x88\x01\0\0" + b"\x02\0\0\0\0\x01" * 3 + b"\0\0\0\0" + b"\xaa\xaa\x03\0\0\0\x08\0" + ip
    return packets([outer(3544, ip6), outer(3544, b"\0\1\0\0" + b"n" * 8 + b"\0" + b"\0\0" + b"\1\2\3\4\5\6" + ip6), outer(4341, b"\x80\0\0\1\0\0\0\0" + ip),
                    outer(5247, b"\0\x10\x02\0\0\0\0\0" + frame), outer(5247, b"\0\x10\x03\0\0\0\0\0" + wlan),
                    outer(5247, b"\0\x10\x03\0\0\0\0\0" + wlan[1:2] + wlan[:1] + wlan[2:]), outer(5247, b"\1\0\0\0" + b"?" * 40),
                    outer(37008, b"\1\0\0\1\x0a\1\x55\0\1" + frame), outer(37008, b"\1\0\0\x12\1" + wlan), outer(6635, b"\0\1\1\x40" + ip),
                    outer(4754, b"\0\0\x08\0" + ip), outer(1701, struct.pack("!HHIII", 3, 0, 7, 0xC00C1E, 0) + frame),
                    ethernet(ipv4("198.51.100.1", "198.51.100.2", 115, struct.pack("!I", 7) + frame)),
                    ethernet(ipv4("198.51.100.1", "198.51.100.2", 137, b"\0\1\1\x40" + ip)),
                    outer(4500, options(2)), outer(5247, options(3)), outer(3544, options(4))])


@capture
def tunnel_ports_drawn_by_clients():
    """Clients whose system gave them the port of a tunnel: a request from each, and its answer."""
    ports = [1701, 2152, 3544, 4341, 4342, 4500, 4754, 4789, 4790, 5246, 5247, 6081, 6635, 8472, 37008, 48879]
    return packets([ethernet(udp4(*ends, data)) for number, port in enumerate(ports)
                    for ends, data in [((("192.0.2.10", port), PROXY), options(number)), ((PROXY, ("192.0.2.10", port)), ok(number))]])
