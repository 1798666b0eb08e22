# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""HEP."""
import struct
import zlib

from .files import *
from .ip import fragments4
from .parts import *


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


AGENT, COLLECTOR = ("198.51.100.7", 41000), ("198.51.100.60", 9060)


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
