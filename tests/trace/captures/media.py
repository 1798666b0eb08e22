# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""RTP and what looks like it."""
import struct

from .files import *
from .parts import *


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
