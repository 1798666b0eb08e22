# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Link layers."""
import struct

from .files import *
from .parts import *


@capture
def link_ethernet():
    return both(Pcap(), ethernet)


@capture
def link_ethernet_padded():
    short = b"\r\n\r\n"
    return Pcap().packet(ethernet(udp4(ALICE, PROXY, short)) + b"\0" * 14).packet(ethernet(udp4(ALICE, PROXY, options())) + b"\0" * 4)


@capture
def link_vlan():
    return both(Pcap(), lambda ip: ethernet(struct.pack("!HH", 5, 0x0800) + ip, 0x8100))


@capture
def link_qinq():
    return both(Pcap(), lambda ip: ethernet(struct.pack("!HHHH", 5, 0x8100, 6, 0x0800) + ip, 0x88A8))


@capture
def link_mpls():
    return both(Pcap(), lambda ip: ethernet(struct.pack("!II", 16 << 12 | 64, 17 << 12 | 1 << 8 | 64) + ip, 0x8847))


@capture
def link_pppoe():
    return both(Pcap(), lambda ip: ethernet(struct.pack("!BBHHH", 0x11, 0, 1, len(ip) + 2, 0x21) + ip, 0x8864))


@capture
def link_cooked():
    return both(Pcap(113), lambda ip: struct.pack("!HHH8sH", 0, 1, 6, b"\x02\0\0\0\0\x01\0\0", 0x0800) + ip)


@capture
def link_cooked_2():
    return both(Pcap(276), lambda ip: struct.pack("!HHIHBB8s", 0x0800, 0, 1, 1, 0, 6, b"\x02\0\0\0\0\x01\0\0") + ip)


@capture
def link_null_little_endian():
    return both(Pcap(0), lambda ip: struct.pack("<I", 2) + ip)


@capture
def link_null_big_endian():
    pcap = both(Pcap(0, ">"), lambda ip: struct.pack(">I", 2) + ip)
    return pcap.packet(struct.pack(">I", 30) + udp6(ALICE6, PROXY6, options(2)))


@capture
def link_loop():
    return both(Pcap(108), lambda ip: struct.pack("!I", 2) + ip)


@capture
def link_raw():
    return both(Pcap(101), bytes).packet(udp6(ALICE6, PROXY6, options(2)))


@capture
def link_raw_12():
    return both(Pcap(12), bytes)


@capture
def link_raw_14():
    return both(Pcap(14), bytes)


@capture
def link_ipv4():
    return both(Pcap(228), bytes)


@capture
def link_ipv6():
    return Pcap(229).packet(udp6(ALICE6, PROXY6, options()))


@capture
def link_unknown():
    return both(Pcap(147), bytes)


SNAP = b"\xaa\xaa\x03\0\0\0\x08\0"
MACS = b"\x02\0\0\0\0\x01" * 3


def wlan(ip, control=b"\x08\x01", behind=b"", padding=b""):
    return control + b"\0\0" + MACS + b"\0\0" + behind + padding + SNAP + ip


@capture
def link_wlan():
    """Plain, with QoS, between two access points, with a padded header, aggregated; then encrypted, and a beacon."""
    ip = udp4(ALICE, PROXY, options())
    frames = [wlan(ip), wlan(ip, b"\x88\x02", b"\0\0"), wlan(ip, b"\x08\x03", b"\x02\0\0\0\0\x04"),
              wlan(ip, b"\x88\x01", b"\0\0", b"\0\0"), wlan(ip, b"\x88\x01", b"\x80\0" + MACS[:12] + struct.pack("!H", 8 + len(ip))),
              wlan(ip, b"\x08\x41"), wlan(ip, b"\x80\0")]
    pcap = Pcap(105)
    for frame in frames:
        pcap.packet(frame)
    return pcap


@capture
def link_radiotap():
    return both(Pcap(127), lambda ip: struct.pack("<BBHIHH", 0, 0, 12, 0x8, 2412, 0xA0) + wlan(ip))


@capture
def link_ppi():
    return both(Pcap(192), lambda ip: struct.pack("<BBHIHH", 0, 0, 12, 105, 2, 0) + wlan(ip))


@capture
def link_avs():
    return both(Pcap(163), lambda ip: struct.pack("!II", 0x80211001, 64) + b"\0" * 56 + wlan(ip))


@capture
def link_prism():
    return both(Pcap(119), lambda ip: struct.pack("<II", 0x44, 144) + b"\0" * 136 + wlan(ip))


@capture
def link_ppp():
    pcap = both(Pcap(9), lambda ip: b"\xff\x03\0\x21" + ip)
    return pcap.packet(b"\x57" + udp6(ALICE6, PROXY6, options(2)))


@capture
def link_ppp_with_direction():
    return both(Pcap(204), lambda ip: b"\x01\xff\x03\0\x21" + ip)


@capture
def link_pppoe_alone():
    return both(Pcap(51), lambda ip: struct.pack("!BBHHH", 0x11, 0, 1, len(ip) + 2, 0x21) + ip)


@capture
def link_cisco_hdlc():
    return both(Pcap(104), lambda ip: struct.pack("!BBH", 0x0F, 0, 0x0800) + ip)


@capture
def link_nflog():
    return both(Pcap(239), lambda ip: struct.pack("!BBH", 2, 0, 0) + struct.pack("<HHI", 8, 10, 1) + struct.pack("<HH", 4 + len(ip), 9) + ip)


@capture
def link_null_families():
    """The number of IPv6 differs from BSD to BSD, and a file may come from a machine of the other byte order."""
    pcap = Pcap(0)
    for order, family in (("<", 10), ("<", 24), (">", 28), (">", 30)):
        pcap.packet(struct.pack(order + "I", family) + udp6(ALICE6, PROXY6, options(family)))
    return pcap


def subframes(*payloads):
    """An A-MSDU: each payload behind LLC, all but the last padded."""
    parts = [MACS[:12] + struct.pack("!H", len(payload) + 8) + SNAP + payload for payload in payloads]
    return b"".join(part + b"\0" * (-len(part) % 4) for part in parts[:-1]) + parts[-1]


@capture
def link_wlan_aggregated():
    """Three datagrams in one frame, then two and a segment of TCP behind high-throughput control; protected; one that is cut."""
    ip = [udp4(ALICE, PROXY, options(number, b"x" * number)) for number in range(1, 7)]
    segment = ipv4(ALICE[0], PROXY[0], 6, struct.pack("!HHIIBBHHH", 5060, 5060, 1, 1, 0x50, PSH | ACK, 65535, 0, 0) + options(7))
    head = lambda control, behind: control + b"\0\0" + MACS + b"\0\0" + behind
    pcap = Pcap(105).packet(head(b"\x88\x01", b"\x80\0") + subframes(*ip[:3]))
    pcap.packet(head(b"\x88\x81", b"\x80\0\0\0\0\0") + subframes(ip[3], segment, ip[4]) + b"fcs!")
    pcap.packet(head(b"\x88\x41", b"\x80\0") + subframes(*ip[:2]))
    whole = head(b"\x88\x01", b"\x80\0") + subframes(ip[5], ip[0])
    return pcap.packet(whole, cut=len(whole) - 40)


SWITCHED = b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02"


def link_of(number, wrap):
    """A capture named after the link type @number."""
    name = "link-type-%d" % number

    def make():
        return both(Pcap(number), wrap)
    CAPTURES[name] = make


link_of(6, lambda ip: b"\x10\x40" + SWITCHED[:6] + b"\x82" + SWITCHED[7:] + b"\x06\x30\1\2\3\0" + SNAP + ip)
link_of(8, lambda ip: b"\0" * 16 + ip)
link_of(10, lambda ip: b"\x57" + SWITCHED + SNAP + ip)
link_of(100, lambda ip: b"\xaa\xaa\x03\x00\x80\xc2\0\7\0\0" + ethernet(ip))
link_of(106, lambda ip: ip)
link_of(107, lambda ip: b"\x18\x41\x03\xcc" + ip)
link_of(112, lambda ip: b"\x0f\0\x08\0" + ip)
link_of(122, lambda ip: b"\x10\0" + SWITCHED[:6] + b"\x10\0" + SWITCHED[6:] + SNAP + ip)
link_of(123, lambda ip: b"\2\0\0\x20" + SNAP + ip)
link_of(143, lambda ip: b"\1\3" + struct.pack("!H", 3 + len(ip) + 18) + b"ext" + b"cs" + ethernet(ip))
link_of(179, lambda ip: b"MGC\1" + b"\xff\x03\0\x21" + ip)
link_of(180, lambda ip: b"MGC\x81\0\2xx" + b"\x18\x41\x08\0" + ip)
link_of(197, lambda ip: b"\0" * 8 + b"\x82\4" + struct.pack("!HHH", 26 + len(ip) + 14, 0, len(ip) + 14) + b"\5" + b"\0" * 7 + b"\0\0" + ethernet(ip))
link_of(205, lambda ip: b"\1\x0f\0\x08\0" + ip)
link_of(206, lambda ip: b"\1\x18\x41\x03\0\xcc" + ip)
link_of(219, lambda ip: struct.pack("!I", 16 << 12 | 1 << 8 | 64) + ip)
link_of(226, lambda ip: b"\1\2\0\0" + b"\0" * 20 + ip)
link_of(241, lambda ip: b"\0\0\0\0" + b"\x55" * 7 + b"\xd5" + ethernet(ip))
link_of(258, lambda ip: struct.pack("<III", 108, 1, 1) + b"\0" * 96 + ethernet(ip))
link_of(274, lambda ip: b"\x55" * 7 + b"\xd5" + ethernet(ip))
link_of(281, lambda ip: SWITCHED + b"\x20\0\0\1" + b"\x08\0" + ip)
link_of(282, lambda ip: b"\x20\0\0\1" + ethernet(ip))
link_of(285, lambda ip: SWITCHED + b"\xda\xda\0\0\xc0\1\0\5" + b"\x08\0" + ip)


@capture
def link_sctp_alone():
    """Without IP: nobody knows between whom."""
    chunk = lambda number, payload: struct.pack("!BBHIHHI", 0, 3, 16 + len(payload), number, 0, 0, 0) + payload + b"\0" * (-len(payload) % 4)
    return Pcap(248).packet(struct.pack("!HHII", 5060, 5060, 7, 0) + chunk(1, options(1)) + chunk(2, options(2)))


@capture
def link_user_2():
    """Before PKTAP had a number of its own; what is something else is named."""
    header = struct.pack("<III", 108, 1, 1) + b"\0" * 96
    return Pcap(149).packet(header + ethernet(udp4(ALICE, PROXY, options()))).packet(b"something else of somebody")


@capture
def link_ethernet_with_llc():
    """802.3: SNAP, IP's own access point, the number of a network layer, and spanning tree."""
    ip = udp4(ALICE, PROXY, options())
    frame = lambda llc: SWITCHED + struct.pack("!H", len(llc)) + llc
    return packets([frame(SNAP + ip), frame(b"\x06\x06\x03" + ip), frame(b"\xfe\xfe\x03\xcc" + ip), frame(b"\x42\x42\x03" + b"\0" * 40)])
