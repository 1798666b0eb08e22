#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Makes the messages between a client and a KDC in tests/fuzz/corpus/token-decode, after RFC 4120, 5.

    make-kerberos-messages.py [FOLDER]

Encrypted parts are zeros: nobody reads them."""

import os
import sys


def tlv(tag, content):
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, 'big')
    return bytes([tag, 0x80 | len(length)]) + length + content


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, 'big', signed=True))


def text(value):
    return tlv(0x1b, value.encode())


def time(value):
    return tlv(0x18, value.encode())


def octets(value):
    return tlv(0x04, value)


def sequence(*items):
    return tlv(0x30, b''.join(items))


def parts(**values):
    """A SEQUENCE of the parts whose numbers are the digits of the names."""
    return sequence(*(tlv(0xa0 | int(name[1:]), value) for name, value in values.items() if value is not None))


def message(number, content):
    return tlv(0x60 | number, content)


def name(kind, *strings):
    return parts(_0=integer(kind), _1=sequence(*map(text, strings)))


def encrypted(kind, size, kvno=None):
    return parts(_0=integer(kind), _1=None if kvno is None else integer(kvno), _2=octets(bytes(size)))


def ticket(service, kind, kvno):
    return message(1, parts(_0=integer(5), _1=text(REALM), _2=service, _3=encrypted(kind, 200, kvno)))


def padata(*items):
    return sequence(*(parts(_1=integer(kind), _2=octets(value)) for kind, value in items))


def options(flags):
    return tlv(0x03, b'\0' + flags.to_bytes(4, 'big'))


REALM = 'CONTOSO.EXAMPLE'
USER = name(1, 'izabela')
KRBTGT = name(2, 'krbtgt', REALM)
SERVICE = name(2, 'sip', 'pool01.contoso.example')
TYPES = sequence(integer(18), integer(17), integer(23), integer(-135))


def request(number, body, data):
    return message(number, parts(_1=integer(5), _2=integer(number), _3=data, _4=body))


def make():
    body = parts(_0=options(0x40810010), _1=USER, _2=text(REALM), _3=KRBTGT, _5=time('20370913024805Z'),
                 _6=time('20370913024805Z'), _7=integer(1705310401), _8=TYPES,
                 _9=sequence(parts(_0=integer(20), _1=octets(b'CLIENT01        '))))
    proof = (2, encrypted(18, 56))
    pac = (128, parts(_0=tlv(0x01, b'\xff')))
    yield 'kerberos-as-req', request(10, body, padata(proof, pac))
    info = (19, sequence(parts(_0=integer(18), _1=text(REALM + 'izabela'), _2=octets(b'\0\0\x10\0')), parts(_0=integer(23))))
    yield 'kerberos-preauth-required', message(30, parts(
        _0=integer(5), _1=integer(30), _4=time('20240115092001Z'), _5=integer(7), _6=integer(25), _9=text(REALM), _10=KRBTGT,
        _12=octets(padata(info, (2, b''), (16, b''), (15, b'')))))
    yield 'kerberos-error-status', message(30, parts(
        _0=integer(5), _1=integer(30), _4=time('20240115092001Z'), _5=integer(7), _6=integer(18), _9=text(REALM), _10=KRBTGT,
        _12=octets(parts(_1=integer(3), _2=octets(bytes.fromhex('720000c00000000001000000'))))))
    yield 'kerberos-as-rep', message(11, parts(
        _0=integer(5), _1=integer(11), _2=padata(info), _3=text(REALM), _4=USER, _5=ticket(KRBTGT, 18, 2), _6=encrypted(18, 250, 3)))
    ap_req = message(14, parts(_0=integer(5), _1=integer(14), _2=options(0), _3=ticket(KRBTGT, 18, 2), _4=encrypted(18, 180)))
    body = parts(_0=options(0x40810000), _2=text(REALM), _3=SERVICE, _5=time('20370913024805Z'), _7=integer(5), _8=TYPES,
                 _10=encrypted(18, 64))
    yield 'kerberos-tgs-req', request(12, body, padata((1, ap_req), (167, parts(_0=options(0x40000000)))))
    yield 'kerberos-tgs-rep', message(13, parts(
        _0=integer(5), _1=integer(13), _3=text(REALM), _4=USER, _5=ticket(SERVICE, 23, 7), _6=encrypted(18, 250)))


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), '..', 'fuzz', 'corpus', 'token-decode')
    for file, content in make():
        with open(os.path.join(folder, file), 'wb') as out:
            out.write(content)


if __name__ == '__main__':
    main()
