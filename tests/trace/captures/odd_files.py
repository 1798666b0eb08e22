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


# ---- files of other programs

class Snoop:
    extension = "snoop"

    def __init__(self, link=4, version=2, trailer=0):
        self.data, self.clock, self.trailer = b"snoop\0\0\0" + struct.pack("!II", version, link), 0, trailer

    def packet(self, frame, cut=None):
        self.clock += 1000
        captured = frame if cut is None else frame[:cut]
        padding = b"\0" * (-len(captured) % 4 + self.trailer)
        self.data += struct.pack("!IIIIII", len(frame), len(captured), 24 + len(captured) + len(padding), 0, START, self.clock) + captured + padding
        return self


@capture
def snoop():
    return both(Snoop(), ethernet).packet(frames()[0], cut=150)


@capture
def snoop_of_surveyor():
    """What stands behind frames tells that 12 is gigabit Ethernet."""
    return both(Snoop(12, 5, 16), ethernet)


@capture
def snoop_damaged():
    made = both(Snoop(), ethernet)
    at = len(made.data)
    both(made, ethernet)
    made.data = made.data[:at + 8] + b"\0\0\0\1" + made.data[at + 12:]
    return made


@capture
def snoop_unknown_link():
    return both(Snoop(20), ethernet)


class Netmon:
    """Each frame with what its version puts behind it; a table of all of them, not in their order, at the end."""
    extension = "netmon"

    def __init__(self, major=2, minor=0, link=1, hole=b""):
        self.major, self.minor, self.link, self.hole = major, minor, link, hole
        self.body, self.places, self.clock = b"", [], 0

    def packet(self, frame, cut=None, link=None):
        self.clock += 1000
        captured = frame if cut is None else frame[:cut]
        self.body += self.hole
        self.places.append(128 + len(self.body))
        if self.major == 1:
            self.body += struct.pack("<IHH", self.clock // 1000, len(frame), len(captured)) + captured
            return self
        self.body += struct.pack("<QII", self.clock, len(frame), len(captured)) + captured
        trailer = struct.pack("<HIQB", self.link if link is None else link, 0xFFFFFFFF, 116444736000000000 + (START * 1000000 + self.clock) * 10, 0)
        self.body += trailer[:(0, 2, 6, 15)[self.minor]]
        return self

    @property
    def data(self):
        table = struct.pack("<%dI" % len(self.places), *reversed(self.places))
        head = (b"RTSS" if self.major == 1 else b"GMBU") + struct.pack("<BBH8HII", self.minor, self.major, self.link, 2008, 1, 4, 10, 21, 20, 0, 1,
                                                                       128 + len(self.body), len(table))
        return head + b"\0" * (128 - len(head)) + self.body + table


@capture
def netmon_1():
    return both(Netmon(1, 1), ethernet)


@capture
def netmon_2_0():
    """Times without a zone; a hole before each frame."""
    return both(Netmon(hole=b"hole"), ethernet).packet(frames()[0], cut=150)


@capture
def netmon_2_3():
    """Times of their own, links of their own: a filter that was written down, 802.11, raw IP, one of pcap, one that nobody knows."""
    ip = udp4(ALICE, PROXY, options())
    wlan = b"\x08\x01\0\0" + b"\2\0\0\0\0\1" * 3 + b"\0\0" + b"\xaa\xaa\3\0\0\0\x08\0" + ip
    made = both(Netmon(2, 3), ethernet).packet(b"a filter", link=0xFFFF).packet(b"\2\x20\0" + b"\0" * 29 + wlan, link=6)
    return made.packet(ip, link=9).packet(struct.pack("!HHH8sH", 0, 1, 6, b"", 0x0800) + ip, link=0xE000 + 113).packet(ip, link=11)


@capture
def netmon_without_its_table():
    made = both(both(Netmon(2, 2), ethernet), ethernet)

    class Cut:
        extension, data = "netmon", made.data[:-30]
    return Cut


@capture
def pcap_of_ixia():
    """A word more in the file header; nanoseconds where hardware captured."""
    made = both(Pcap(magic=0xA1B23C4D), ethernet)
    made.data = struct.pack("<I", 0x1C0001AC) + made.data[4:24] + struct.pack("<I", len(made.data) - 24) + made.data[24:]
    return made


@capture
def pcap_with_check_sums():
    """The upper half of the link type says that four bytes behind each frame are one."""
    made = Pcap(ETHERNET | 0x24000000)
    for frame in frames():
        made.packet(frame + b"fcs!")
    return made


@capture
def pcap_of_old():
    """Version 2.2: the length on the wire stands first."""
    made = Pcap()
    made.data = made.data[:6] + b"\2\0" + made.data[8:]
    for frame in frames():
        made.packet(frame)
    one = frames()[0]
    made.packet(one, cut=150)
    at = len(made.data) - 150 - 8
    made.data = made.data[:at] + struct.pack("<II", len(one), 150) + made.data[at + 8:]
    return made


@capture
def pcapng_powers():
    """Resolutions of two to the minus ten and ten to the minus twelve, an offset that is not whole hours, seconds."""
    one, two = frames()
    ng = Pcapng().section().interface(resolution=0x8A).interface(resolution=12).interface(resolution=0, offset=1234).interface(resolution=0xFF)
    ng.enhanced(one, START << 10 | 512, 0).enhanced(two, START * 10**12 % 2**64, 1).enhanced(one, START - 1234, 2)
    return ng.enhanced(two, 77, 3)


@capture
def pcapng_blocks_of_all_kinds():
    """Custom blocks, secrets, statistics, a journal, blocks that nobody knows; options without padding, without an end; an empty section."""
    one, two = frames()
    ng = Pcapng().section().section().interface().block(0xBAD, struct.pack("<I", 32473) + b"custom").block(0x40000BAD, struct.pack("<I", 32473))
    ng.block(10, struct.pack("<II", 0x544C534B, 40) + b"CLIENT_RANDOM 00 11".ljust(40)).block(9, b"__REALTIME_TIMESTAMP=1\n").block(0x80000001, b"own")
    ng.block(6, struct.pack("<IIIII", 0, TICKS >> 32, TICKS & 0xFFFFFFFF, len(one), len(one)) + one + b"\0" * (-len(one) % 4) + struct.pack("<HH", 1, 5) + b"no pad")
    return ng.block(6, struct.pack("<IIIII", 0, TICKS >> 32, TICKS & 0xFFFFFFFF, len(two), len(two)) + two + b"\0" * (-len(two) % 4) + struct.pack("<HH", 1, 500) + b"lies")


@capture
def pcapng_simple_and_cut():
    """Simple packets are as long as the interface lets them, one is before any interface; sections of the other byte order between."""
    one, two = frames()
    ng = Pcapng().section().simple(one).interface(snap=160)
    ng.block(3, struct.pack("<I", len(one)) + one[:160])
    ng.section(">").interface().simple(two)
    return ng.section("<").interface().simple(one)
