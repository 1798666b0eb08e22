#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Write the small packet captures that test-pcap reads, one for each promise.

usage: make-captures.py FOLDER

The files are the same at each run. What they hold is in the names of the functions below; what must be read from them
is in NAME.records beside each, which test-pcap --generate writes and a person reads before it is committed.
"""
import os
import struct
import sys
import zlib

ALICE, PROXY = ("192.0.2.10", 5060), ("192.0.2.20", 5060)
ALICE6, PROXY6 = ("2001:db8::10", 5060), ("2001:db8::20", 5061)
START = 1200000000
ETHERNET = 1


def message(start, number, body=b"", content_length=None):
    lines = [start, "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK%d" % number,
             "From: <sip:alice@example.com>;tag=a%d" % number, "To: <sip:bob@example.com>",
             "Call-ID: call-%d@example.com" % number, "CSeq: 1 %s" % (start.split()[0] if " SIP/2.0" in start else "OPTIONS"),
             "Content-Length: %d" % (len(body) if content_length is None else content_length)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def options(number=1, body=b""):
    return message("OPTIONS sip:bob@example.com SIP/2.0", number, body)


def ok(number=1, body=b""):
    return message("SIP/2.0 200 OK", number, body)


# ---- headers, from the inside out

def ip_bytes(text):
    if ":" not in text:
        return bytes(int(part) for part in text.split("."))
    head, _, tail = text.partition("::")
    left = [int(part, 16) for part in head.split(":") if part]
    right = [int(part, 16) for part in tail.split(":") if part]
    return struct.pack("!8H", *(left + [0] * (8 - len(left) - len(right)) + right))


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def ipv4(source, destination, protocol, payload, identification=1, fragment=0, length=None):
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload) if length is None else length, identification,
                         fragment, 64, protocol, 0, ip_bytes(source), ip_bytes(destination))
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


def ipv6(source, destination, protocol, payload):
    return struct.pack("!IHBB16s16s", 0x60000000, len(payload), protocol, 64, ip_bytes(source),
                       ip_bytes(destination)) + payload


def udp(source, destination, data):
    return struct.pack("!HHHH", source[1], destination[1], 8 + len(data), 0) + data


def udp4(source, destination, data):
    return ipv4(source[0], destination[0], 17, udp(source, destination, data))


def udp6(source, destination, data):
    return ipv6(source[0], destination[0], 17, udp(source, destination, data))


def ethernet(payload, ether_type=None):
    if ether_type is None:
        ether_type = 0x0800 if payload[0] >> 4 == 4 else 0x86DD
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02" + struct.pack("!H", ether_type) + payload


# ---- Kerberos

def der(tag, *content):
    content = b"".join(content)
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + struct.pack("!H", size)
    return bytes([tag]) + length + content


def kerberos(kind, realm=b"EXAMPLE.COM", padding=0):
    """Enough of a Kerberos message to be known as one: tag, version and kind (RFC 4120, 5.4)."""
    first = 0xA1 if kind in (10, 12) else 0xA0
    return der(0x60 + kind, der(0x30, der(first, der(2, b"\5")), der(first + 1, der(2, bytes([kind]))),
                                der(0xA9, der(0x1B, realm)), der(0xAA, der(4, b"\0" * padding))))


def counted(message):
    """As on TCP (RFC 4120, 7.2.2)."""
    return struct.pack("!I", len(message)) + message


# ---- HEP

def chunk(kind, data, vendor=0):
    return struct.pack("!HHH", vendor, kind, 6 + len(data)) + data


def hep3(source, destination, payload, time=(START, 500), agent=2001, node=b"", protocol=17, kind=1, compressed=False):
    wide = ":" in source[0]
    body = chunk(1, bytes([28 if wide else 2])) + chunk(2, bytes([protocol]))
    body += chunk(5 if wide else 3, ip_bytes(source[0])) + chunk(6 if wide else 4, ip_bytes(destination[0]))
    body += chunk(7, struct.pack("!H", source[1])) + chunk(8, struct.pack("!H", destination[1]))
    body += chunk(9, struct.pack("!I", time[0])) + chunk(10, struct.pack("!I", time[1])) + chunk(11, bytes([kind]))
    body += chunk(7, b"of somebody else", vendor=3) + chunk(12, struct.pack("!I", agent))
    if node:
        body += chunk(0x13, node)
    body += chunk(0x10, zlib.compress(payload, 9)) if compressed else chunk(15, payload)
    return b"HEP3" + struct.pack("!H", 6 + len(body)) + body


def hep_old(version, source, destination, payload, time=(START, 600), order="<"):
    addresses = ip_bytes(source[0]) + ip_bytes(destination[0])
    stamp = struct.pack(order + "IIHH", time[0], time[1], 77, 0) if version == 2 else b""
    return struct.pack("!BBBBHH", version, 8 + len(addresses) + len(stamp), 2, 17, source[1], destination[1]) + addresses + stamp + payload


# ---- files

class Pcap:
    extension = "pcap"

    def __init__(self, link_type=ETHERNET, order="<", magic=0xA1B2C3D4, snap=65535):
        self.order, self.magic, self.snap = order, magic, snap
        self.clock = 0
        self.data = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snap, link_type)

    def packet(self, frame, cut=None, seconds=None, length=None):
        self.clock += 1000
        fraction = self.clock * (1000 if self.magic == 0xA1B23C4D else 1)
        captured = frame if cut is None else frame[:cut]
        self.data += struct.pack(self.order + "IIII", START if seconds is None else seconds, fraction, len(captured),
                                 len(frame) if length is None else length)
        if self.magic == 0xA1B2CD34:
            self.data += struct.pack(self.order + "IHBB", 1, 0x0800, 0, 0)
        self.data += captured
        return self


class Pcapng:
    extension = "pcapng"

    def __init__(self):
        self.data, self.order, self.clock = b"", "<", 0

    def block(self, kind, body, length=None):
        body += b"\0" * (-len(body) % 4)
        total = 12 + len(body)
        self.data += struct.pack(self.order + "II", kind, total if length is None else length) + body + struct.pack(self.order + "I", total)
        return self

    def section(self, order="<"):
        self.order = order
        return self.block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))

    def option(self, code, value):
        return struct.pack(self.order + "HH", code, len(value)) + value + b"\0" * (-len(value) % 4)

    def interface(self, link_type=ETHERNET, resolution=None, offset=None, snap=0, name=b"eth0"):
        options = self.option(2, name)
        if resolution is not None:
            options += self.option(9, bytes([resolution]))
        if offset is not None:
            options += self.option(14, struct.pack(self.order + "q", offset))
        return self.block(1, struct.pack(self.order + "HHI", link_type, 0, snap) + options + self.option(0, b""))

    def enhanced(self, frame, ticks, interface=0, length=None, comment=None):
        options = b"\0" * (-len(frame) % 4) + self.option(2, b"\1\0\0\0") + self.option(1, comment) + self.option(0, b"") if comment else b""
        return self.block(6, struct.pack(self.order + "IIIII", interface, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), len(frame) if length is None else length) + frame + options)

    def names(self, *entries):
        """Each an address and its names, as a name resolution block."""
        body = b""
        for address, *names in entries:
            value = ip_bytes(address) + b"".join(name + b"\0" for name in names)
            body += struct.pack(self.order + "HH", 2 if ":" in address else 1, len(value)) + value + b"\0" * (-len(value) % 4)
        return self.block(4, body + self.option(0, b""))

    def obsolete(self, frame, ticks):
        return self.block(2, struct.pack(self.order + "HHIIII", 0, 0, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), len(frame)) + frame)

    def simple(self, frame):
        return self.block(3, struct.pack(self.order + "I", len(frame)) + frame)


FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


class Tcp:
    """Writes segments of one connection; sequence numbers are counted from the first byte of each side."""

    def __init__(self, pcap=None, client=ALICE, server=PROXY, first=1000):
        self.pcap = pcap or Pcap()
        self.client, self.server = client, server
        self.first, self.sent = first, {client: 0, server: 0}

    def segment(self, source, flags, data=b"", at=None, acknowledge=None, cut=None):
        destination = self.server if source == self.client else self.client
        at = self.sent[source] if at is None else at
        acknowledge = self.sent[destination] if acknowledge is None else acknowledge
        header = struct.pack("!HHIIBBHHH", source[1], destination[1], self.first + at & 0xFFFFFFFF,
                             self.first + acknowledge & 0xFFFFFFFF, 0x50, flags, 65535, 0, 0)
        network = ipv4 if ":" not in source[0] else ipv6
        frame = ethernet(network(source[0], destination[0], 6, header + data))
        self.pcap.packet(frame, cut)
        self.sent[source] = max(self.sent[source], at + len(data))
        return self

    def open(self):
        self.first -= 1
        self.segment(self.client, SYN).segment(self.server, SYN | ACK, acknowledge=1)
        self.first += 1
        return self.segment(self.client, ACK)

    def client_sends(self, data, **more):
        return self.segment(self.client, PSH | ACK, data, **more)

    def server_sends(self, data, **more):
        return self.segment(self.server, PSH | ACK, data, **more)

    def close(self):
        self.segment(self.client, FIN | ACK).segment(self.server, FIN | ACK)
        return self.pcap


CAPTURES = {}


def capture(function):
    CAPTURES[function.__name__.replace("_", "-")] = function
    return function


def both(pcap, wrap):
    """A request and its response, as the link layer @wrap carries them."""
    return pcap.packet(wrap(udp4(ALICE, PROXY, options()))).packet(wrap(udp4(PROXY, ALICE, ok())))


# ---- link layers

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


# ---- IP

def fragments4(datagram, size, identification=7):
    payload = datagram[20:]
    source, destination = (".".join(str(byte) for byte in datagram[at:at + 4]) for at in (12, 16))
    pieces = []
    for at in range(0, len(payload), size):
        more = 0x2000 if at + size < len(payload) else 0
        pieces.append(ethernet(ipv4(source, destination, datagram[9], payload[at:at + size], identification, at // 8 | more)))
    return pieces


def fragments6(source, destination, protocol, payload, size):
    pieces = []
    for at in range(0, len(payload), size):
        more = 1 if at + size < len(payload) else 0
        pieces.append(ethernet(ipv6(source, destination, 44, struct.pack("!BBHI", protocol, 0, at | more, 99) + payload[at:at + size])))
    return pieces


def packets(frames):
    pcap = Pcap()
    for frame in frames:
        pcap.packet(frame)
    return pcap


@capture
def ipv6_extension_headers():
    payload = struct.pack("!BB6x", 60, 0) + struct.pack("!BB14x", 17, 1) + udp(ALICE6, PROXY6, options())
    return Pcap().packet(ethernet(ipv6(ALICE6[0], PROXY6[0], 0, payload)))


@capture
def fragments_ipv4():
    return packets(fragments4(udp4(ALICE, PROXY, options(1, b"x" * 1200)), 512))


@capture
def fragments_ipv4_reversed_and_doubled():
    pieces = fragments4(udp4(ALICE, PROXY, options(1, b"x" * 1200)), 512)
    return packets([pieces[2], pieces[1], pieces[1], pieces[0]])


@capture
def fragments_ipv4_interleaved():
    one = fragments4(udp4(ALICE, PROXY, options(1, b"x" * 600)), 400, 1)
    two = fragments4(udp4(ALICE, PROXY, options(2, b"y" * 600)), 400, 2)
    return packets([one[0], two[0], two[1], one[1], one[2], two[2]])


@capture
def fragments_ipv4_only_the_first():
    """What a filter for a port leaves of a large datagram."""
    return packets(fragments4(udp4(ALICE, PROXY, options(1, b"x" * 1200)), 512)[:1])


@capture
def fragments_ipv4_without_the_first():
    return packets(fragments4(udp4(ALICE, PROXY, options(1, b"x" * 1200)), 512)[1:])


@capture
def fragments_ipv6():
    data = udp(ALICE6, PROXY6, options(1, b"x" * 1200))
    return packets(fragments6(ALICE6[0], PROXY6[0], 17, data, 512))


@capture
def fragments_of_a_tcp_segment():
    header = struct.pack("!HHIIBBHHH", 5060, 5060, 1, 1, 0x50, 24, 65535, 0, 0)
    segment = ipv4(ALICE[0], PROXY[0], 6, header + options(1, b"x" * 600) + options(2))
    return packets(fragments4(segment, 400))


# ---- UDP

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


# ---- TCP

@capture
def tcp_whole_messages():
    return Tcp().open().client_sends(options()).server_sends(ok()).close()


@capture
def tcp_over_ipv6():
    return Tcp(client=ALICE6, server=PROXY6).open().client_sends(options()).server_sends(ok()).close()


@capture
def tcp_one_message_over_three_segments():
    data = options(1, b"x" * 500)
    return Tcp().open().client_sends(data[:100]).client_sends(data[100:400]).client_sends(data[400:]).server_sends(ok()).close()


@capture
def tcp_three_messages_in_one_segment():
    return Tcp().open().client_sends(options(1) + options(2, b"body") + options(3)).close()


@capture
def tcp_borders_anywhere():
    data = options(1) + options(2, b"x" * 300) + options(3)
    tcp = Tcp().open()
    for at in range(0, len(data), 97):
        tcp.client_sends(data[at:at + 97])
    return tcp.close()


@capture
def tcp_one_byte_a_segment():
    tcp = Tcp().open()
    for byte in options(1, b"body"):
        tcp.client_sends(bytes([byte]))
    return tcp.close()


@capture
def tcp_border_in_the_empty_line():
    """The CR before the body in one segment, its LF in the next."""
    whole = options(1, b"v=0\r\n" * 9)
    at = whole.index(b"\r\n\r\n") + 3
    return Tcp().open().client_sends(whole[:at]).client_sends(whole[at:]).client_sends(options(2)).close()


@capture
def tcp_out_of_order():
    data = options(1, b"x" * 500)
    tcp = Tcp().open()
    tcp.client_sends(data[400:], at=400, acknowledge=0).client_sends(data[200:400], at=200).client_sends(data[:200], at=0)
    return tcp.server_sends(ok()).close()


@capture
def tcp_retransmission():
    data = options(1, b"x" * 500)
    tcp = Tcp().open().client_sends(data[:300]).client_sends(data[:300], at=0).client_sends(data[200:], at=200)
    return tcp.client_sends(data, at=0).server_sends(ok()).close()


@capture
def tcp_sequence_wraps():
    data = options(1, b"x" * 500)
    return Tcp(first=0xFFFFFF80).open().client_sends(data[:200]).client_sends(data[200:]).server_sends(ok()).close()


@capture
def tcp_gap_between_messages():
    """The second request was not captured; the other side acknowledged it."""
    one, two, three = options(1), options(2), options(3)
    tcp = Tcp().open().client_sends(one).client_sends(three, at=len(one + two)).server_sends(ok(3))
    return tcp.client_sends(options(4)).close()


@capture
def tcp_gap_in_a_body():
    data = options(1, b"x" * 900)
    tcp = Tcp().open().client_sends(data[:400]).client_sends(data[700:] + options(2), at=700).server_sends(ok())
    return tcp.close()


@capture
def tcp_gap_in_a_head():
    data = options(1)
    tcp = Tcp().open().client_sends(data[:100]).client_sends(data[180:], at=180).server_sends(ok())
    return tcp.client_sends(options(2)).close()


@capture
def tcp_gap_never_closed():
    data = options(1, b"x" * 900)
    return Tcp().open().client_sends(data[:400]).client_sends(options(2), at=len(data)).pcap


@capture
def tcp_starts_in_the_middle():
    data = options(1, b"body\r\n")
    return Tcp().client_sends(data[150:] + options(2)).server_sends(ok(2)).pcap


@capture
def tcp_ends_in_the_middle():
    return Tcp().open().client_sends(options(1) + options(2, b"x" * 500)[:300]).pcap


@capture
def tcp_reset_in_the_middle():
    tcp = Tcp().open().client_sends(options(2, b"x" * 500)[:300])
    return tcp.segment(tcp.server, RST | ACK).pcap


@capture
def tcp_same_ports_again():
    pcap = Tcp().open().client_sends(options(1)).server_sends(ok(1)).pcap
    return Tcp(pcap, first=500000).open().client_sends(options(2)).server_sends(ok(2)).close()


@capture
def tcp_keepalives():
    return Tcp().open().client_sends(b"\r\n\r\n").server_sends(b"\r\n").client_sends(options() + b"\r\n\r\n").client_sends(b"\r\n\r\n").close()


@capture
def tcp_encrypted():
    hello = b"\x16\x03\x01\x00\x40" + bytes(64)
    return Tcp().open().client_sends(hello).server_sends(hello).client_sends(b"\x17\x03\x03\x00\x20" + bytes(32)).close()


@capture
def tcp_encrypted_from_the_middle():
    return Tcp().client_sends(b"\x17\x03\x03\x00\x20" + bytes(32)).server_sends(b"\x17\x03\x03\x00\x20" + bytes(32)).pcap


@capture
def tcp_other_protocols():
    tcp = Tcp().open().client_sends(b"GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: x\r\nAccept: */*\r\nDate: x\r\n\r\n")
    tcp.server_sends(b"HTTP/1.1 200 OK\r\nServer: x\r\nDate: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok").close()
    return Tcp(tcp.pcap, ("192.0.2.30", 1024), ("192.0.2.31", 88)).open().client_sends(bytes(range(256)) * 5).close()


@capture
def tcp_sip_after_junk():
    tcp = Tcp().open()
    for _ in range(9):
        tcp.client_sends(b"\x81\x7e\xff junk\n" * 100)
    return tcp.client_sends(options(1)).client_sends(options(2)).close()


# ---- Kerberos

CLIENT88, KDC = ("192.0.2.10", 49152), ("192.0.2.88", 88)


@capture
def kerberos_udp():
    """A request, an error, a reply in fragments; then what only looks like Kerberos."""
    frames = [ethernet(udp4(CLIENT88, KDC, kerberos(10))), ethernet(udp4(KDC, CLIENT88, kerberos(30)))]
    frames += fragments4(udp4(KDC, CLIENT88, kerberos(11, padding=900)), 400)
    frames += [ethernet(udp4(CLIENT88, KDC, kerberos(10) + b"!")), ethernet(udp4(CLIENT88, ("192.0.2.88", 89), kerberos(10)))]
    return packets(frames)


@capture
def kerberos_tcp():
    """The length in a segment of its own, a message over three segments, two messages in one."""
    tcp = Tcp(client=CLIENT88, server=KDC).open()
    request, reply = counted(kerberos(12, padding=600)), counted(kerberos(13))
    tcp.client_sends(request[:4]).client_sends(request[4:300]).client_sends(request[300:])
    tcp.server_sends(reply + counted(kerberos(30)))
    return tcp.close()


@capture
def kerberos_tcp_with_a_gap():
    tcp = Tcp(client=CLIENT88, server=KDC)
    request = counted(kerberos(12, padding=600))
    tcp.client_sends(request[:200])
    tcp.client_sends(request[400:], at=400).server_sends(counted(kerberos(30)), acknowledge=len(request))
    tcp.client_sends(counted(kerberos(10)))
    return tcp.pcap


# ---- WebSocket

BROWSER, GATEWAY = ("192.0.2.10", 50443), ("192.0.2.20", 80)
REQUEST = b"GET /sip HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
RESPONSE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n"


def frame(payload, opcode=1, mask=None, final=True, packed=False):
    size = len(payload)
    length = struct.pack("!B", size) if size < 126 else struct.pack("!BH", 126, size) if size < 65536 else struct.pack("!BQ", 127, size)
    if mask:
        length = bytes([length[0] | 0x80]) + length[1:] + mask
        payload = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
    return bytes([(0x80 if final else 0) | (0x40 if packed else 0) | opcode]) + length + payload


MASK = b"\x12\x34\x56\x78"


@capture
def websocket():
    """The upgrade; masked and not; a ping, a keep-alive, a close; two frames in one segment, one over three."""
    tcp = Tcp(client=BROWSER, server=GATEWAY).open().client_sends(REQUEST).server_sends(RESPONSE)
    tcp.client_sends(frame(options(1), mask=MASK)).server_sends(frame(ok(1)))
    tcp.server_sends(frame(b"", 9) + frame(b"\r\n\r\n")).client_sends(frame(b"", 10, MASK))
    tcp.client_sends(frame(options(2), mask=MASK) + frame(options(3), mask=MASK)).server_sends(frame(ok(2), 2) + frame(ok(3)))
    whole = frame(options(4, b"v=0\r\n" * 30), mask=MASK)
    tcp.client_sends(whole[:1]).client_sends(whole[1:200]).client_sends(whole[200:])
    return tcp.client_sends(frame(b"\x03\xe8", 8, MASK)).close()


@capture
def websocket_fragmented():
    """A message in three frames, a ping between them; then one without its end."""
    tcp = Tcp(client=BROWSER, server=GATEWAY).open().client_sends(REQUEST).server_sends(RESPONSE)
    one = options(1)
    tcp.client_sends(frame(one[:90], 1, MASK, False) + frame(b"?", 9, MASK)).client_sends(frame(one[90:150], 0, b"abcd", False))
    tcp.client_sends(frame(one[150:], 0, MASK)).server_sends(frame(ok(1)[:100], 1, None, False) + frame(ok(1)[100:], 0))
    return tcp.client_sends(frame(options(2)[:120], 1, MASK, False)).close()


@capture
def websocket_from_the_middle():
    tcp = Tcp(client=BROWSER, server=GATEWAY)
    tcp.client_sends(frame(b"", 10, MASK)).client_sends(frame(options(1), mask=MASK)).server_sends(frame(ok(1)))
    tcp.client_sends(frame(options(2), mask=MASK)[:80]).client_sends(b"?" * 70, at=400).client_sends(frame(options(3), mask=MASK))
    return tcp.segment(GATEWAY, ACK, acknowledge=1000).pcap


@capture
def websocket_packed():
    """permessage-deflate, with its window kept; from the middle it cannot be unpacked."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = [(pack.compress(text) + pack.flush(zlib.Z_SYNC_FLUSH))[:-4] for text in (options(1), options(2), options(3))]
    tcp = Tcp(client=BROWSER, server=GATEWAY).open().client_sends(REQUEST).server_sends(RESPONSE)
    tcp.client_sends(frame(packed[0], mask=MASK, packed=True)).client_sends(frame(packed[1], mask=MASK, packed=True))
    tcp.server_sends(frame(packed[2], packed=True)).server_sends(frame(ok(1)))
    return tcp.close()


@capture
def websocket_not():
    """HTTP that does not change, and one that does for something else."""
    tcp = Tcp(client=BROWSER, server=GATEWAY).open().client_sends(REQUEST).server_sends(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").close()
    return Tcp(tcp, client=("192.0.2.10", 50444), server=GATEWAY).open().client_sends(b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n").close()


# ---- TLS

def vector(size, content):
    return struct.pack("!I", len(content))[4 - size:] + content


def tls_record(kind, content):
    return struct.pack("!BHH", kind, 0x0301, len(content)) + content


def hello(kind, name=b"", version=0x0303, chosen=None):
    extensions = b""
    if name:
        extensions += struct.pack("!H", 0) + vector(2, vector(2, b"\0" + vector(2, name)))
    if chosen:
        extensions += struct.pack("!H", 43) + vector(2, struct.pack("!H", chosen))
    choice = vector(2, b"\xc0\x2f\x13\x01") + vector(1, b"\0") if kind == 1 else b"\x13\x01\0"
    return tls_record(22, bytes([kind]) + vector(3, struct.pack("!H", version) + b"r" * 32 + vector(1, b"s" * 8) + choice + vector(2, extensions)))


@capture
def tls_named():
    """TLS 1.2 on any port, its hello over two segments; TLS 1.3; SSL 2.0's hello; one from the middle."""
    client, server = ("192.0.2.10", 49800), ("203.0.113.10", 443)
    first = hello(1, b"sip.example.com")
    tcp = Tcp(client=client, server=server).open().client_sends(first[:60]).client_sends(first[60:])
    pcap = tcp.server_sends(hello(2)).client_sends(tls_record(23, b"?" * 200)).server_sends(tls_record(23, b"?" * 300)).close()
    pcap = Tcp(pcap, client=("192.0.2.10", 49801), server=server).open().client_sends(hello(1, b"pool.example.com")).server_sends(hello(2, chosen=0x0304)).close()
    pcap = Tcp(pcap, client=("192.0.2.10", 49802), server=server).open().client_sends(b"\x80\x2b\x01\x03\x01" + b"\0" * 40).server_sends(hello(2, version=0x0301)).close()
    return Tcp(pcap, client=("192.0.2.10", 49803), server=("203.0.113.10", 5061)).server_sends(tls_record(23, b"?" * 90)).client_sends(tls_record(23, b"?" * 80)).pcap


# ---- SCTP

def data(number, payload, flags=3, stream=0, kind=0):
    if kind == 64:
        header = struct.pack("!BBHIHHII", 64, flags, 20 + len(payload), number, stream, 0, 0, 0)
    else:
        header = struct.pack("!BBHIHHI", 0, flags, 16 + len(payload), number, stream, 0, 0)
    return header + payload + b"\0" * (-len(payload) % 4)


def sctp(source, destination, *chunks):
    return ethernet(ipv4(source[0], destination[0], 132, struct.pack("!HHII", source[1], destination[1], 7, 0) + b"".join(chunks)))


@capture
def sctp_messages():
    """Two messages on two streams in one packet, one sent again, one as I-DATA; and packets without data."""
    init = struct.pack("!BBHIIHHI", 1, 0, 20, 7, 65535, 2, 2, 0xFFFFFFFE)
    return packets([sctp(ALICE, PROXY, init), sctp(ALICE, PROXY, data(0xFFFFFFFE, options(1)), data(0xFFFFFFFF, options(2), stream=1)),
                    sctp(ALICE, PROXY, data(0xFFFFFFFF, options(2), stream=1)), sctp(PROXY, ALICE, struct.pack("!BBHIIHH", 3, 0, 16, 0, 0, 0, 0), data(5, ok(1))),
                    sctp(ALICE, PROXY, data(0, options(3), kind=64)), sctp(ALICE, PROXY, struct.pack("!BBHI", 7, 0, 8, 0))])


@capture
def sctp_fragments():
    """Out of order, two messages between each other's fragments; then one without its end."""
    one, two, three = options(1, b"v=0\r\n" * 90), options(2), options(3, b"w=0\r\n" * 90)
    return packets([sctp(ALICE, PROXY, data(11, one[200:400], 0)), sctp(ALICE, PROXY, data(10, one[:200], 2), data(13, two)),
                    sctp(ALICE, PROXY, data(12, one[400:], 1)), sctp(ALICE, PROXY, data(20, three[:300], 2)), sctp(ALICE, PROXY, data(22, b"x" * 40, 1))])


# ---- units that Wireshark exported

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


# ---- HEP

AGENT, COLLECTOR = ("198.51.100.7", 41000), ("198.51.100.60", 9060)


class Plain:
    extension = "hep"

    def __init__(self, data):
        self.data = data


@capture
def hep_3_udp():
    """Two agents report one message; IPv6; packed; in fragments; and RTCP, which is no message."""
    one = hep3(ALICE, PROXY, options(1), node=b"edge-a")
    two = hep3(ALICE, PROXY, options(1), time=(START, 900), agent=2002)
    packed = hep3(PROXY6, ALICE6, ok(1, b"v=0\r\n" * 40), protocol=6, compressed=True)
    broken = hep3(PROXY6, ALICE6, b"", compressed=True).replace(b"\x78\xda", b"\x78\xdb")
    frames = [ethernet(udp4(AGENT, COLLECTOR, packet)) for packet in (one, two, packed, hep3(ALICE, PROXY, b'{"sender":1}', kind=5), broken)]
    return packets(frames + fragments4(udp4(AGENT, COLLECTOR, hep3(ALICE, PROXY, options(2, b"v=0\r\n" * 60))), 200))


@capture
def hep_1_and_2_udp():
    frames = [hep_old(1, ALICE, PROXY, options(1)), hep_old(2, PROXY, ALICE, ok(1)), hep_old(2, PROXY, ALICE, ok(2), order=">"),
              hep_old(2, PROXY, ALICE, b"no SIP")]
    return packets([ethernet(udp4(AGENT, COLLECTOR, frame)) for frame in frames])


@capture
def hep_3_tcp():
    stream = hep3(ALICE, PROXY, options(1), protocol=22) + hep3(PROXY, ALICE, ok(1), node=b"edge-a") + hep3(ALICE, PROXY, options(2, b"v=0\r\n" * 99), compressed=True)
    tcp = Tcp(client=AGENT, server=COLLECTOR).open()
    for at in range(0, len(stream), 211):
        tcp.client_sends(stream[at:at + 211])
    return tcp.close()


@capture
def hep_3_tcp_with_a_gap():
    tcp = Tcp(client=AGENT, server=COLLECTOR).open()
    stream = b"".join(hep3(ALICE, PROXY, options(number)) for number in range(1, 5))
    tcp.client_sends(stream[:500]).client_sends(stream[700:], at=700)
    return tcp.segment(COLLECTOR, ACK, acknowledge=len(stream)).pcap


@capture
def hep_packets():
    """A file of packets with damage between two of them; the last one is cut."""
    data = hep3(ALICE, PROXY, options(1)) + hep3(PROXY, ALICE, ok(1), agent=2002) + b"HEP3\0\0 damage" + hep3(ALICE, PROXY, options(2))
    return Plain(data + hep3(PROXY, ALICE, ok(2))[:-30])


# ---- files that are odd

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


TICKS = START * 1000000 + 250000


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


def rtp(sequence, kind=0, ssrc=0xCAFE, payload=b"p" * 160):
    return struct.pack("!BBHII", 0x80, kind, sequence & 0xFFFF, sequence * 160, ssrc) + payload


@capture
def media():
    """RTP of two sources, its numbers wrapping, and RTCP; then what only looks like it: too few, not rising, DNS."""
    a, b = ("192.0.2.10", 40000), ("192.0.2.30", 30000)
    frames = [ethernet(udp4(a, b, rtp(65533 + number))) for number in range(6)]
    frames += [ethernet(udp6(("2001:db8::10", 40000), ("2001:db8::30", 30000), rtp(number, 101, 0xBEEF))) for number in (5, 6, 8, 7, 9)]
    report = struct.pack("!BBHI", 0x80, 200, 6, 0xCAFE) + b"\0" * 20 + struct.pack("!BBHI", 0x81, 202, 1, 0xCAFE)
    frames += [ethernet(udp4(("192.0.2.10", 40001), ("192.0.2.30", 30001), report))] * 2
    frames += [ethernet(udp4(a, ("192.0.2.31", 30000), rtp(number, ssrc=1))) for number in (1, 2)]
    frames += [ethernet(udp4(a, ("192.0.2.32", 30000), rtp(number, ssrc=1))) for number in (1, 9000, 3, 40000, 2)]
    frames += [ethernet(udp4(("192.0.2.53", 53), a, struct.pack("!HHHHHH", 0x8001 + number, 0x8180, 1, 0, 0, 0) + b"\0" * 20)) for number in range(4)]
    return packets(frames + [ethernet(udp4(ALICE, PROXY, options()))])


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


def main():
    folder = sys.argv[1]
    for name, function in CAPTURES.items():
        made = function()
        with open(os.path.join(folder, "%s.%s" % (name, made.extension)), "wb") as out:
            out.write(made.data)


if __name__ == "__main__":
    main()
