# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Fragments and extension headers."""
import struct

from .files import *
from .parts import *


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


@capture
def fragments_ipv4_doubled_after_all():
    """As two interfaces bring them: all of it again behind the last; then the same identification for another datagram."""
    pieces = fragments4(udp4(ALICE, PROXY, options(1, b"x" * 1200)), 512)
    other = fragments4(udp4(ALICE, PROXY, options(2, b"y" * 1200)), 512)
    return packets(pieces + pieces + [pieces[1], pieces[0], pieces[2]] + other)


@capture
def fragments_ipv4_doubled_and_shuffled():
    """Two datagrams, each fragment twice, in an order that completes one of them before its copies came."""
    one, two = (fragments4(udp4(ALICE, PROXY, options(number, b"x" * 1200)), 512, number) for number in (1, 2))
    return packets([one[2], two[0], one[0], one[0], two[0], one[1], one[2], two[2], two[1], one[1], two[1], two[2]])


def esp(carried, protocol, check=12, pad=True):
    """Without encryption (RFC 2410): a header, what it carries, padding, and a check value."""
    padding = bytes(range(1, 1 + -(len(carried) + 2) % 4)) if pad else b""
    return struct.pack("!II", 0x1234, 1) + carried + padding + bytes([len(padding), protocol]) + b"\xee" * check


def authentication(protocol, carried):
    return struct.pack("!BBHII", protocol, 4, 0, 1, 1) + b"c" * 12 + carried


@capture
def ip_security():
    """ESP that is not encrypted, with several check values, a tunnel, TCP, in UDP, in fragments; one that is; and AH."""
    between = lambda protocol, payload: ethernet(ipv4(ALICE[0], PROXY[0], protocol, payload))
    data = lambda number, body=b"": udp(ALICE, PROXY, options(number, body))
    segment = struct.pack("!HHIIBBHHH", 5060, 5060, 1, 1, 0x50, 24, 65535, 0, 0) + options(3)
    frames = [between(50, esp(data(1), 17)), between(50, esp(data(2), 17, 16)), between(50, esp(segment, 6)),
              between(50, esp(udp4(ALICE, PROXY, options(4)), 4, 32)), ethernet(ipv6(ALICE6[0], PROXY6[0], 50, esp(udp(ALICE6, PROXY6, options(5)), 17))),
              ethernet(udp4(("192.0.2.10", 4500), ("192.0.2.20", 4500), esp(data(6), 17))), between(50, struct.pack("!II", 1, 1) + bytes(range(60, 160)))]
    frames += fragments4(ipv4(ALICE[0], PROXY[0], 50, esp(data(7, b"v=0\r\n" * 90), 17)), 400, 7)
    frames += [between(51, authentication(17, data(8))), ethernet(ipv6(ALICE6[0], PROXY6[0], 51, authentication(17, udp(ALICE6, PROXY6, options(9)))))]
    return packets(frames)


@capture
def fragments_ipv6_before_other_headers():
    """What was divided begins with an extension header of its own."""
    payload = struct.pack("!BB6x", 17, 0) + udp(ALICE6, PROXY6, options(1, b"x" * 900))
    return packets(fragments6(ALICE6[0], PROXY6[0], 60, payload, 400))


@capture
def fragments_of_sctp():
    """A packet of two messages, in three fragments, out of order; and a piece of a message that spans packets."""
    chunk = lambda number, flags, payload: struct.pack("!BBHIHHI", 0, flags, 16 + len(payload), number, 0, 0, 0) + payload + b"\0" * (-len(payload) % 4)
    packet = lambda *chunks: ipv4(ALICE[0], PROXY[0], 132, struct.pack("!HHII", 5060, 5060, 7, 0) + b"".join(chunks))
    long = options(3, b"v=0\r\n" * 200)
    one, two = packet(chunk(10, 3, options(1, b"x" * 300)), chunk(11, 3, options(2, b"y" * 300))), packet(chunk(12, 2, long[:700]))
    pieces, others = fragments4(one, 400, 1), fragments4(two, 400, 2)
    return packets([pieces[1], others[0], pieces[0], *pieces[2:], *others[1:], ethernet(packet(chunk(13, 1, long[700:])))])
