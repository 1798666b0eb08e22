# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Files that are odd: each byte order, cut, damaged, of many blocks."""
import struct

from .files import *
from .parts import *


@capture
def pcap_nanoseconds():
    return both(Pcap(magic=0xA1B23C4D), ethernet)


@capture
def pcap_big_endian():
    return both(Pcap(order=">"), ethernet)


@capture
def pcap_big_endian_nanoseconds():
    return both(Pcap(order=">", magic=0xA1B23C4D), ethernet)


@capture
def pcap_modified():
    return both(Pcap(magic=0xA1B2CD34), ethernet)


@capture
def pcap_long_headers():
    """Headers of 24 bytes under the plain magic number, as Red Hat 6.1 wrote them."""
    pcap = both(both(Pcap(), ethernet), ethernet)
    data, at = pcap.data[:24], 24
    while at < len(pcap.data):
        size = struct.unpack("<I", pcap.data[at + 8:at + 12])[0]
        data += pcap.data[at:at + 16] + struct.pack("<IHBB", 1, 0x0800, 0, 0) + pcap.data[at + 16:at + 16 + size]
        at += 16 + size
    pcap.data = data
    return pcap


@capture
def pcap_snap_length_lies():
    return both(Pcap(snap=68), ethernet)


@capture
def pcap_frames_cut():
    pcap = Pcap(snap=120).packet(ethernet(udp4(ALICE, PROXY, options())), 120).packet(ethernet(udp4(ALICE, PROXY, options(2))), 30)
    tcp = Tcp(pcap).open()
    return tcp.client_sends(options(3, b"x" * 100), cut=200).client_sends(options(4)).close()


@capture
def pcap_file_cut():
    pcap = both(Pcap(), ethernet)
    pcap.data = pcap.data[:-100]
    return pcap


@capture
def pcap_damaged():
    """The second frame says it is enormous; the ones behind it must not be lost."""
    pcap = both(Pcap(), ethernet)
    at = len(pcap.data)
    both(pcap, ethernet)
    pcap.data = pcap.data[:at + 8] + b"\xff\xff\xff\x7f" + pcap.data[at + 12:]
    return both(both(pcap, ethernet), ethernet)


@capture
def pcap_empty():
    return Pcap()


def frames():
    return ethernet(udp4(ALICE, PROXY, options())), ethernet(udp4(PROXY, ALICE, ok()))


@capture
def pcapng_enhanced():
    one, two = frames()
    return Pcapng().section().interface().enhanced(one, TICKS).block(5, b"\0" * 12).enhanced(two, TICKS + 1)


@capture
def pcapng_big_endian():
    one, two = frames()
    return Pcapng().section(">").interface(resolution=9, offset=-3600).enhanced(one, TICKS * 1000).enhanced(two, TICKS * 1000 + 1000)


@capture
def pcapng_resolutions():
    one, two = frames()
    ng = Pcapng().section().interface(resolution=3).interface(resolution=0x94).interface(resolution=9).interface(offset=86400)
    ng.enhanced(one, TICKS // 1000).enhanced(two, START << 20 | 1 << 18, 1).enhanced(one, TICKS * 1000 + 999, 2)
    return ng.enhanced(two, TICKS, 3).enhanced(one, 0xFFFFFFFFFFFFFFFF, 0)


@capture
def pcapng_simple_and_obsolete():
    one, two = frames()
    return Pcapng().section().interface().simple(one).obsolete(two, TICKS)


@capture
def pcapng_two_sections():
    one, two = frames()
    ng = Pcapng().section().interface().enhanced(one, TICKS)
    return ng.section(">").interface(101).enhanced(udp4(PROXY, ALICE, ok()), TICKS)


@capture
def pcapng_other_blocks():
    one, two = frames()
    ng = Pcapng().section().block(4, b"\0" * 4).interface().interface(147).enhanced(one, TICKS).block(0xBAD, b"custom bytes")
    return ng.enhanced(b"not known", TICKS, 1).enhanced(two, TICKS, 7).enhanced(two, TICKS + 1)


@capture
def pcapng_asides():
    """Names of addresses, several interfaces, comments beside a datagram and beside pieces of a stream."""
    one, two = frames()
    ng = Pcapng().section(">").interface().interface(101, name=b"lo")
    ng.names(("192.0.2.10", b"alice.example.com", b"alice"), ("2001:db8::20", b"proxy.example.com"), ("192.0.2.99", b""))
    ng.enhanced(one, TICKS, comment=b"The phone starts here.").enhanced(udp4(PROXY, ALICE, ok(1)), TICKS + 1, 1)
    stream = options(7, b"v=0\r\n" * 30)
    for at, text in ((0, None), (100, "H\u00e4lfte".encode()), (250, b"not this one"), (300, None)):
        segment = struct.pack("!HHIIBBHHH", 5060, 5060, 1 + at, 1, 0x50, PSH | ACK, 65535, 0, 0) + stream[at:{0: 100, 100: 250, 250: 300, 300: None}[at]]
        ng.enhanced(ethernet(ipv4(ALICE[0], PROXY[0], 6, segment)), TICKS + 2 + at, 0, comment=text)
    return ng.enhanced(two, TICKS + 900)


@capture
def pcapng_damaged():
    one, two = frames()
    ng = Pcapng().section().interface().enhanced(one, TICKS)
    ng.block(6, struct.pack("<IIIII", 0, 0, 0, len(two), len(two)) + two, length=4321)
    return ng.enhanced(two, TICKS + 1)


@capture
def pcapng_file_cut():
    one, two = frames()
    ng = Pcapng().section().interface().enhanced(one, TICKS).enhanced(two, TICKS + 1)
    ng.data = ng.data[:-100]
    return ng
