# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""SCTP."""
import struct

from .files import *
from .parts import *


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
