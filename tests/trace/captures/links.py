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
