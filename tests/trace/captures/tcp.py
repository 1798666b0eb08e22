# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Segments of TCP, in whatever order they come."""
import struct

from .files import *
from .parts import *


@capture
def tcp_whole_messages():
    return Tcp().open().client_sends(options()).server_sends(ok()).close()


@capture
def tcp_over_ipv6():
    return Tcp(client=ALICE6, server=PROXY6).open().client_sends(options()).server_sends(ok()).close()


@capture
def tcp_one_message_over_three_segments():
    data = options(1, b"x" * 500)
    return Tcp().open().client_sends(data[:100]).client_sends(data[100:400]).client_sends(data[400:]).server_sends(ok()).close()


@capture
def tcp_three_messages_in_one_segment():
    return Tcp().open().client_sends(options(1) + options(2, b"body") + options(3)).close()


@capture
def tcp_borders_anywhere():
    data = options(1) + options(2, b"x" * 300) + options(3)
    tcp = Tcp().open()
    for at in range(0, len(data), 97):
        tcp.client_sends(data[at:at + 97])
    return tcp.close()


@capture
def tcp_one_byte_a_segment():
    tcp = Tcp().open()
    for byte in options(1, b"body"):
        tcp.client_sends(bytes([byte]))
    return tcp.close()


@capture
def tcp_border_in_the_empty_line():
    """The CR before the body in one segment, its LF in the next."""
    whole = options(1, b"v=0\r\n" * 9)
    at = whole.index(b"\r\n\r\n") + 3
    return Tcp().open().client_sends(whole[:at]).client_sends(whole[at:]).client_sends(options(2)).close()


@capture
def tcp_out_of_order():
    data = options(1, b"x" * 500)
    tcp = Tcp().open()
    tcp.client_sends(data[400:], at=400, acknowledge=0).client_sends(data[200:400], at=200).client_sends(data[:200], at=0)
    return tcp.server_sends(ok()).close()


@capture
def tcp_retransmission():
    data = options(1, b"x" * 500)
    tcp = Tcp().open().client_sends(data[:300]).client_sends(data[:300], at=0).client_sends(data[200:], at=200)
    return tcp.client_sends(data, at=0).server_sends(ok()).close()


@capture
def tcp_sequence_wraps():
    data = options(1, b"x" * 500)
    return Tcp(first=0xFFFFFF80).open().client_sends(data[:200]).client_sends(data[200:]).server_sends(ok()).close()


@capture
def tcp_gap_between_messages():
    """The second request was not captured; the other side acknowledged it."""
    one, two, three = options(1), options(2), options(3)
    tcp = Tcp().open().client_sends(one).client_sends(three, at=len(one + two)).server_sends(ok(3))
    return tcp.client_sends(options(4)).close()


@capture
def tcp_gap_in_a_body():
    data = options(1, b"x" * 900)
    tcp = Tcp().open().client_sends(data[:400]).client_sends(data[700:] + options(2), at=700).server_sends(ok())
    return tcp.close()


@capture
def tcp_gap_in_a_head():
    data = options(1)
    tcp = Tcp().open().client_sends(data[:100]).client_sends(data[180:], at=180).server_sends(ok())
    return tcp.client_sends(options(2)).close()


@capture
def tcp_gap_never_closed():
    data = options(1, b"x" * 900)
    return Tcp().open().client_sends(data[:400]).client_sends(options(2), at=len(data)).pcap


@capture
def tcp_starts_in_the_middle():
    data = options(1, b"body\r\n")
    return Tcp().client_sends(data[150:] + options(2)).server_sends(ok(2)).pcap


@capture
def tcp_ends_in_the_middle():
    return Tcp().open().client_sends(options(1) + options(2, b"x" * 500)[:300]).pcap


@capture
def tcp_reset_in_the_middle():
    tcp = Tcp().open().client_sends(options(2, b"x" * 500)[:300])
    return tcp.segment(tcp.server, RST | ACK).pcap


@capture
def tcp_same_ports_again():
    pcap = Tcp().open().client_sends(options(1)).server_sends(ok(1)).pcap
    return Tcp(pcap, first=500000).open().client_sends(options(2)).server_sends(ok(2)).close()


@capture
def tcp_keepalives():
    return Tcp().open().client_sends(b"\r\n\r\n").server_sends(b"\r\n").client_sends(options() + b"\r\n\r\n").client_sends(b"\r\n\r\n").close()


@capture
def tcp_encrypted():
    hello = b"\x16\x03\x01\x00\x40" + bytes(64)
    return Tcp().open().client_sends(hello).server_sends(hello).client_sends(b"\x17\x03\x03\x00\x20" + bytes(32)).close()


@capture
def tcp_encrypted_from_the_middle():
    return Tcp().client_sends(b"\x17\x03\x03\x00\x20" + bytes(32)).server_sends(b"\x17\x03\x03\x00\x20" + bytes(32)).pcap


@capture
def tcp_other_protocols():
    tcp = Tcp().open().client_sends(b"GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: x\r\nAccept: */*\r\nDate: x\r\n\r\n")
    tcp.server_sends(b"HTTP/1.1 200 OK\r\nServer: x\r\nDate: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok").close()
    return Tcp(tcp.pcap, ("192.0.2.30", 1024), ("192.0.2.31", 88)).open().client_sends(bytes(range(256)) * 5).close()


@capture
def tcp_sip_after_junk():
    tcp = Tcp().open()
    for _ in range(9):
        tcp.client_sends(b"\x81\x7e\xff junk\n" * 100)
    return tcp.client_sends(options(1)).client_sends(options(2)).close()


def proxy_header(source, destination, command=0x21, more=b""):
    """Version 2 of the PROXY protocol."""
    addresses = ip_bytes(source[0]) + ip_bytes(destination[0]) + struct.pack("!HH", source[1], destination[1]) + more
    return b"\r\n\r\n\0\r\nQUIT\n" + struct.pack("!BBH", command, 0x21 if ":" in source[0] else 0x11, len(addresses)) + addresses


PROXY_LINE = b"PROXY TCP4 203.0.113.7 198.51.100.1 49001 5060\r\n"


@capture
def tcp_behind_a_load_balancer():
    """The line in a segment of its own, then before a message; IPv6; the header of version 2, in pieces; one that knows nobody."""
    balancer = lambda port: ("192.0.2.10", port)
    pcap = Tcp(client=balancer(5001)).open().client_sends(PROXY_LINE).client_sends(options(1)).server_sends(ok(1)).close()
    pcap = Tcp(pcap, client=balancer(5002)).open().client_sends(PROXY_LINE + options(2)).server_sends(ok(2)).close()
    pcap = Tcp(pcap, client=balancer(5003)).open().client_sends(b"PROXY TCP6 2001:db8::7 2001:db8::1 49002 5060\r\n" + options(3)).close()
    whole = proxy_header(("203.0.113.7", 49003), ("198.51.100.1", 5060), more=b"\4\0\2ok")
    tcp = Tcp(pcap, client=balancer(5004)).open().client_sends(whole[:3]).client_sends(whole[3:9]).client_sends(whole[9:20]).client_sends(whole[20:])
    pcap = tcp.client_sends(options(4)).server_sends(ok(4)).close()
    pcap = Tcp(pcap, client=balancer(5005)).open().client_sends(proxy_header(ALICE, PROXY, 0x20) + options(5)).close()
    pcap = Tcp(pcap, client=balancer(5006)).open().client_sends(b"PROXY UNKNOWN\r\n" + options(6)).close()
    return Tcp(pcap, client=balancer(5007)).open().client_sends(PROXY_LINE[:20]).close()


@capture
def tcp_begins_with_a_keepalive():
    """What may be the beginning of a PROXY header is none."""
    pcap = Tcp(client=("192.0.2.10", 5001)).open().client_sends(b"\r\n\r\n").client_sends(options(1)).close()
    pcap = Tcp(pcap, client=("192.0.2.10", 5002)).open().client_sends(b"\r\n\r\n").close()
    return Tcp(pcap, client=("192.0.2.10", 5003)).open().client_sends(b"P").client_sends(message("PRACK sip:bob@example.com SIP/2.0", 2)[1:]).close()
