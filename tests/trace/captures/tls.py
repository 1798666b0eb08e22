# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""What is encrypted."""
import struct

from .files import *
from .parts import *


def vector(size, content):
    return struct.pack("!I", len(content))[4 - size:] + content


def tls_record(kind, content):
    return struct.pack("!BHH", kind, 0x0301, len(content)) + content


def hello(kind, name=b"", version=0x0303, chosen=None):
    extensions = b""
    if name:
        extensions += struct.pack("!H", 0) + vector(2, vector(2, b"\0" + vector(2, name)))
    if chosen:
        extensions += struct.pack("!H", 43) + vector(2, struct.pack("!H", chosen))
    choice = vector(2, b"\xc0\x2f\x13\x01") + vector(1, b"\0") if kind == 1 else b"\x13\x01\0"
    return tls_record(22, bytes([kind]) + vector(3, struct.pack("!H", version) + b"r" * 32 + vector(1, b"s" * 8) + choice + vector(2, extensions)))


@capture
def tls_named():
    """TLS 1.2 on any port, its hello over two segments; TLS 1.3; SSL 2.0's hello; one from the middle."""
    client, server = ("192.0.2.10", 49800), ("203.0.113.10", 443)
    first = hello(1, b"sip.example.com")
    tcp = Tcp(client=client, server=server).open().client_sends(first[:60]).client_sends(first[60:])
    pcap = tcp.server_sends(hello(2)).client_sends(tls_record(23, b"?" * 200)).server_sends(tls_record(23, b"?" * 300)).close()
    pcap = Tcp(pcap, client=("192.0.2.10", 49801), server=server).open().client_sends(hello(1, b"pool.example.com")).server_sends(hello(2, chosen=0x0304)).close()
    pcap = Tcp(pcap, client=("192.0.2.10", 49802), server=server).open().client_sends(b"\x80\x2b\x01\x03\x01" + b"\0" * 40).server_sends(hello(2, version=0x0301)).close()
    return Tcp(pcap, client=("192.0.2.10", 49803), server=("203.0.113.10", 5061)).server_sends(tls_record(23, b"?" * 90)).client_sends(tls_record(23, b"?" * 80)).pcap


@capture
def tls_after_clear_words():
    """Agreed on in clear by another protocol, by HTTP, and behind SIP itself; both sides."""
    client, server = ("192.0.2.10", 49810), ("203.0.113.10", 443)
    pcap = None
    for number, (asked, answered) in enumerate(((b"EHLO x\r\nSTARTTLS\r\n", b"220 go ahead\r\n"), (b"CONNECT sip.example.com:443 HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"), (options(1), ok(1)))):
        tcp = Tcp(pcap, client=("192.0.2.10", 49810 + number), server=server).open().client_sends(asked).server_sends(answered)
        tcp.client_sends(hello(1, b"sip.example.com")).server_sends(hello(2)).client_sends(tls_record(23, b"?" * 200)).server_sends(tls_record(23, b"?" * 300))
        pcap = tcp.close()
    return pcap


def dtls_record(kind, content, number=0):
    return struct.pack("!BHHHIH", kind, 0xFEFD, 0, 0, number, len(content)) + content


def dtls_hello(kind, name=b""):
    """As hello(), with what DTLS puts into it: numbers of fragments, a cookie."""
    whole = hello(kind, name, version=0xFEFD)[5:]
    body = whole[4:]
    if kind == 1:
        body = body[:34 + 9] + b"\4cook" + body[34 + 9:]
    return dtls_record(22, bytes([kind]) + vector(3, body)[:3] + b"\0\0" + b"\0\0\0" + vector(3, body)[:3] + body)


@capture
def dtls_named():
    client, server = ("192.0.2.10", 49900), ("203.0.113.10", 5061)
    frames = [udp4(client, server, dtls_hello(1, b"sip.example.com")), udp4(server, client, dtls_hello(2)),
              udp4(client, server, dtls_record(23, b"?" * 90, 1)), udp4(server, client, dtls_record(23, b"?" * 80, 1)),
              udp4(("192.0.2.10", 5061), ("192.0.2.9", 49901), dtls_record(23, b"?" * 70, 9))]
    return packets([ethernet(ip) for ip in frames])
