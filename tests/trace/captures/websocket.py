# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""WebSocket."""
import struct
import zlib

from .files import *
from .parts import *


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


@capture
def websocket_without_upgrade():
    """The connection opens, the upgrade is missing, and segments are of one to seven bytes, on both sides."""
    tcp = Tcp(client=BROWSER, server=GATEWAY).open()
    sides = [frame(b"\r\n\r\n", mask=MASK) + frame(options(1), mask=MASK) + frame(options(2), mask=b"abcd"), frame(b"", 9) + frame(ok(1)) + frame(ok(2))]
    for send, stream in zip((tcp.client_sends, tcp.server_sends), sides):
        size = 0
        while stream:
            size = size % 7 + 1
            send(stream[:size])
            stream = stream[size:]
    return tcp.close()
