# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Kerberos."""
import struct

from .files import *
from .ip import fragments4
from .parts import *


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
