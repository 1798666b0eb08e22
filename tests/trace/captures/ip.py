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
