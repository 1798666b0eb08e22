#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Makes the flight of a TLS-DSK server in tests/fuzz/corpus/token-decode, with a certificate that openssl signs: once in one
record, and once with the certificate cut into two.

    make-tls-handshakes.py [FOLDER]"""

import os
import subprocess
import sys
import tempfile


def make_certificate():
    with tempfile.TemporaryDirectory() as folder:
        key, out = os.path.join(folder, 'key'), os.path.join(folder, 'out')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', out, '-outform', 'DER',
                        '-subj', '/O=Contoso/CN=pool01.contoso.example', '-days', '3650', '-sha256', '-addext',
                        'subjectAltName=DNS:pool01.contoso.example,DNS:sip.contoso.example'], check=True, stderr=subprocess.DEVNULL)
        with open(out, 'rb') as file:
            return file.read()


def handshake(kind, content):
    return bytes([kind]) + len(content).to_bytes(3, 'big') + content


def record(content):
    return bytes([22, 3, 1]) + len(content).to_bytes(2, 'big') + content


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), '..', 'fuzz', 'corpus', 'token-decode')
    der = make_certificate()
    entry = len(der).to_bytes(3, 'big') + der
    hello = handshake(2, bytes([3, 1]) + bytes(range(32)) + b'\0' + b'\0\x2f' + b'\0')
    certificate = handshake(11, len(entry).to_bytes(3, 'big') + entry)
    request = handshake(13, b'\2\1\x40' + b'\0\0')
    flight = hello + certificate + request + handshake(14, b'')
    for name, content in (('tls-server-flight', record(flight)),
                          ('tls-server-flight-cut', record(flight[:200]) + record(flight[200:]))):
        with open(os.path.join(folder, name), 'wb') as out:
            out.write(content)


if __name__ == '__main__':
    main()
