#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Write the inputs that the targets of packets and streams begin with, from the parts of tests/trace/captures.

usage: make-corpus.py [FOLDER]
"""
import os
import struct
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
FROM_SERVER, AGAIN, GAP, SYN, FIN, RST, ACK, CUT = (1 << bit for bit in range(8))


sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "trace"))
import captures as c  # noqa: E402


def sctp(*packets):
    """What fuzz-sctp reads: sender, length, packet."""
    head = struct.pack("!HHII", 5060, 5060, 7, 0)
    return b"".join(struct.pack("!BH", sender, len(head + body)) + head + body for sender, body in packets)


def units(*payloads):
    """What fuzz-exported-pdu reads: length, unit."""
    return b"".join(struct.pack("!H", len(unit)) + unit for unit in payloads)


def segments(*parts):
    """What fuzz-tcp reads: what is special, length, segment."""
    return b"".join(bytes([special, len(payload)]) + payload for special, payload in parts)


def packed(*texts):
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(c.frame((pack.compress(text) + pack.flush(zlib.Z_SYNC_FLUSH))[:-4], mask=c.MASK, packed=True) for text in texts)


def exported(payload, frame, source=c.ALICE, name=b"sip.tcp"):
    return c.exported(name, source, c.PROXY if source == c.ALICE else c.ALICE, payload, frame)


ONE, TWO, LONG = c.options(1), c.ok(1), c.options(2, b"v=0\r\n" * 40)
BROKEN_UP = c.frame(ONE[:90], 1, c.MASK, False) + c.frame(b"?", 9, c.MASK) + c.frame(ONE[90:], 0, b"abcd")
HELLO = c.hello(1, b"sip.example.com")
KERBEROS = c.counted(c.kerberos(10))
CORPUS = {
    "hep": {
        "three": c.hep3(c.ALICE, c.PROXY, ONE, node=b"edge-a") + c.hep3(c.PROXY6, c.ALICE6, TWO),
        "three-packed": c.hep3(c.ALICE, c.PROXY, LONG, compressed=True),
        "three-of-rtcp": c.hep3(c.ALICE, c.PROXY, b'{"sender":1}', kind=5),
        "one": c.hep_old(1, c.ALICE, c.PROXY, ONE),
        "two": c.hep_old(2, c.PROXY, c.ALICE, TWO),
    },
    "websocket": {
        "plain": b"\x07" + c.frame(TWO) + c.frame(b"", 9) + c.frame(b"\r\n\r\n") + c.frame(b"\x03\xe8", 8),
        "masked": b"\x40" + c.frame(LONG, mask=c.MASK),
        "broken-up": b"\x01" + BROKEN_UP,
        "packed": b"\x20" + packed(ONE, LONG, TWO),
        "upgrade": b"\x20" + c.REQUEST,
    },
    "sctp": {
        "messages": sctp((0, c.data(0xFFFFFFFF, ONE) + c.data(0, LONG)), (1, c.data(5, TWO)), (0, c.data(0, LONG)), (1, c.data(6, TWO, kind=64))),
        "fragments": sctp((0, c.data(11, LONG[200:300], 0)), (0, c.data(10, LONG[:200], 2) + c.data(13, ONE)), (0, c.data(12, LONG[300:], 1)),
                          (0, c.data(20, ONE[:100], 2))),
    },
    "exported-pdu": {
        "records-and-messages": units(exported(ONE, 1), exported(ONE, 1, name=b"sip"), exported(TWO, 2, c.PROXY), exported(LONG[:150], 3), exported(LONG[150:], 4)),
        "repeated": units(exported(ONE + ONE[:40], 1), exported(ONE + ONE[:40], 1), exported(ONE, 2), exported(ONE, 3)),
        "others": units(c.exported(b"ip", c.ALICE, c.PROXY, c.udp4(c.PROXY, c.ALICE, TWO), 2, port_type=0), c.tag(12, b"sip")),
    },
    "tcp": {
        "two-sides": segments((SYN, b""), (SYN | ACK | FROM_SERVER, b""), (ACK, ONE), (ACK | FROM_SERVER, TWO), (ACK, b"\r\n\r\n"), (FIN, b"")),
        "again-and-early": segments((SYN, b""), (0, ONE[:80]), (AGAIN, ONE[:80]), (GAP, ONE[160:]), (AGAIN | GAP, ONE[80:160]), (ACK | FROM_SERVER, TWO)),
        "lost": segments((0, LONG[:240]), (GAP, LONG[250:]), (CUT, ONE), (0, TWO), (RST, b"")),
        "web": segments((SYN, b""), (0, c.REQUEST), (SYN | FROM_SERVER, b""), (FROM_SERVER, c.RESPONSE), (0, c.frame(ONE, mask=c.MASK)[:200]), (FROM_SERVER, c.frame(TWO))),
        "encrypted": segments((SYN, b""), (0, HELLO), (FROM_SERVER, c.hello(2)), (0, c.tls_record(23, b"?" * 90))),
        "balanced": segments((SYN, b""), (0, c.PROXY_LINE), (0, ONE), (FROM_SERVER, TWO)),
        "captured-by-agents": segments((0, c.hep3(c.ALICE, c.PROXY, ONE)[:200]), (0, c.hep3(c.ALICE, c.PROXY, ONE)[200:])),
    },
    "stream": {
        "sip": b"\x05" + ONE + b"\r\n\r\n" + LONG + TWO,
        "hep": b"\x30" + c.hep3(c.ALICE, c.PROXY, ONE) + c.hep3(c.PROXY, c.ALICE, TWO),
        "web": b"\x11" + c.frame(ONE, mask=c.MASK) + BROKEN_UP,
        "kerberos": b"\x02" + KERBEROS + KERBEROS,
    },
    "text-repair": {
        "page": b"<html><body>From: &lt;sip:alice@example.org&gt;;tag=1<br>\nTo: &#60;sip:bob@example.org&#x3e;<p class=\"x\">",
        "quoted-printable": b"From: <sip:alice@example.org>;tag=3D1;epid=3D2=\n;x=3d=C3=A4= \r\n",
        "typography": "From: \u201cAlice\u201d <sip:alice@example.org>\nWWW\u2011Authenticate:\u00a0NTLM \u2018x\u2019\n".encode(),
    },
    "proxy-header": {
        "line": c.PROXY_LINE,
        "line-of-nobody": b"PROXY UNKNOWN\r\n",
        "binary": c.proxy_header(c.ALICE, c.PROXY, more=b"\4\0\2ok"),
        "binary-wide": c.proxy_header(c.ALICE6, c.PROXY6),
    },
    "tls-hello": {
        "client": HELLO,
        "server": c.hello(2, chosen=0x0304),
        "old": b"\x80\x2b\x01\x03\x01" + b"\0" * 40,
        "datagram": c.dtls_hello(1, b"sip.example.com"),
    },
}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "corpus")
    for target, inputs in CORPUS.items():
        os.makedirs(os.path.join(folder, target), exist_ok=True)
        for name, data in inputs.items():
            with open(os.path.join(folder, target, name), "wb") as out:
                out.write(data)


if __name__ == "__main__":
    main()
