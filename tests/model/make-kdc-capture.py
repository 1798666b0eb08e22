#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Makes tests/model/kdc.pcap: the bundled Kerberos login as a capture that holds port 88, too.

    make-kdc-capture.py [FILE]

The SIP messages are those of data/examples/internal-kerberos.uccapilog; between challenge and answer the client logs on at a KDC and
gets the very ticket that its AP-REQ carries.  At the same KDC somebody else asks for a ticket, which no SIP message uses.  All over
UDP."""

import base64
import importlib.util
import os
import re
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT, POOL, KDC, OTHER = '10.1.0.31', '10.1.0.20', '10.1.0.10', '10.1.0.99'
EPOCH = 1248431582  # 2009-07-24 10:33:02 UTC, when the example begins


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


der = load('messages', '../auth/make-kerberos-messages.py')


def sip_messages():
    with open(os.path.join(HERE, '../../data/examples/internal-kerberos.uccapilog'), newline='', encoding='utf-8') as log:
        text = log.read()
    for block in re.findall(r'bytes:\r?\n(.*?)\r?\n[^\r\n]*End of ', text, re.S):
        lines = [re.sub(r'^\d\d/\d\d/\d{4}\|[^:]*:\d\d:\d\d\.\d{3} \S+ \S+ +:: ?', '', line) for line in block.splitlines()]
        yield '\r\n'.join(lines).rstrip('\r\n').encode() + b'\r\n\r\n'


def find_ticket(message):
    token = base64.b64decode(re.search(rb'gssapi-data="([^"]+)"', message).group(1))
    start = token.index(b'\x61\x82')
    return token[start:start + 4 + struct.unpack('>H', token[start + 2:start + 4])[0]]


def ap_request(ticket):
    return der.message(14, der.parts(_0=der.integer(5), _1=der.integer(14), _2=der.options(0), _3=ticket, _4=der.encrypted(18, 180)))


def ask(number, service, data, client=None):
    body = der.parts(_0=der.options(0x40810010), _1=client, _2=der.text(der.REALM), _3=service, _5=der.time('20370913024805Z'),
                     _7=der.integer(number), _8=der.TYPES)
    return der.request(number, body, data)


def answer(number, client, ticket):
    return der.message(number, der.parts(_0=der.integer(5), _1=der.integer(number), _3=der.text(der.REALM), _4=client, _5=ticket,
                                         _6=der.encrypted(18, 250)))


def packet(time, source, destination, payload):
    def address(text):
        host, port = text.split(':')
        return bytes(map(int, host.split('.'))), int(port)
    (from_host, from_port), (to_host, to_port) = address(source), address(destination)
    ip = struct.pack('>BBHHHBBH', 0x45, 0, 28 + len(payload), 0, 0x4000, 64, 17, 0) + from_host + to_host
    data = ip + struct.pack('>HHHH', from_port, to_port, 8 + len(payload), 0) + payload
    return struct.pack('<IIII', EPOCH, time * 1000, len(data), len(data)) + data


def make():
    register, challenge, proof, done = sip_messages()
    ticket = find_ticket(proof)
    tgt = der.ticket(der.KRBTGT, 18, 2)
    marino, ann = der.name(1, 'marino'), der.name(1, 'ann')
    client, pool, kdc = CLIENT + ':49822', POOL + ':5061', KDC + ':88'
    refused = der.message(30, der.parts(
        _0=der.integer(5), _1=der.integer(30), _4=der.time('20090724103302Z'), _5=der.integer(7), _6=der.integer(25),
        _9=der.text(der.REALM), _10=der.KRBTGT))
    yield packet(240, client, pool, register)
    yield packet(251, pool, client, challenge)
    yield packet(253, CLIENT + ':50001', kdc, ask(10, der.KRBTGT, None, marino))
    yield packet(254, kdc, CLIENT + ':50001', refused)
    yield packet(255, OTHER + ':50001', kdc, ask(12, der.SERVICE, der.padata((1, ap_request(der.ticket(der.KRBTGT, 18, 9))))))
    yield packet(256, kdc, OTHER + ':50001', answer(13, ann, der.ticket(der.SERVICE, 18, 9)))
    yield packet(257, CLIENT + ':50002', kdc, ask(10, der.KRBTGT, der.padata((2, der.encrypted(18, 56))), marino))
    yield packet(259, kdc, CLIENT + ':50002', answer(11, marino, tgt))
    yield packet(261, CLIENT + ':50003', kdc, ask(12, der.SERVICE, der.padata((1, ap_request(tgt)))))
    yield packet(261, CLIENT + ':50003', kdc, ask(12, der.SERVICE, der.padata((1, ap_request(tgt)))))
    yield packet(263, kdc, CLIENT + ':50003', answer(13, marino, ticket))
    yield packet(274, client, pool, proof)
    yield packet(298, pool, client, done)


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, 'kdc.pcap')
    with open(path, 'wb') as out:
        out.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
        out.write(b''.join(make()))


if __name__ == '__main__':
    main()
