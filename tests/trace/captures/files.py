# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""What captures are written to: files of frames, a connection of TCP, and the table of all captures."""
import struct

from .parts import *


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


TICKS = START * 1000000 + 250000
CAPTURES = {}


def capture(function):
    CAPTURES[function.__name__.replace("_", "-")] = function
    return function


def both(pcap, wrap):
    """A request and its response, as the link layer @wrap carries them."""
    return pcap.packet(wrap(udp4(ALICE, PROXY, options()))).packet(wrap(udp4(PROXY, ALICE, ok())))


def packets(frames):
    pcap = Pcap()
    for frame in frames:
        pcap.packet(frame)
    return pcap


class Plain:
    extension = "hep"

    def __init__(self, data):
        self.data = data
