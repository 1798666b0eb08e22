# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Messages, and the headers around them, from the inside out."""
import struct


ALICE, PROXY = ("192.0.2.10", 5060), ("192.0.2.20", 5060)
ALICE6, PROXY6 = ("2001:db8::10", 5060), ("2001:db8::20", 5061)
START = 1200000000
ETHERNET = 1


def message(start, number, body=b"", content_length=None):
    lines = [start, "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK%d" % number,
             "From: <sip:alice@example.com>;tag=a%d" % number, "To: <sip:bob@example.com>",
             "Call-ID: call-%d@example.com" % number, "CSeq: 1 %s" % (start.split()[0] if " SIP/2.0" in start else "OPTIONS"),
             "Content-Length: %d" % (len(body) if content_length is None else content_length)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def options(number=1, body=b""):
    return message("OPTIONS sip:bob@example.com SIP/2.0", number, body)


def ok(number=1, body=b""):
    return message("SIP/2.0 200 OK", number, body)


def ip_bytes(text):
    if ":" not in text:
        return bytes(int(part) for part in text.split("."))
    head, _, tail = text.partition("::")
    left = [int(part, 16) for part in head.split(":") if part]
    right = [int(part, 16) for part in tail.split(":") if part]
    return struct.pack("!8H", *(left + [0] * (8 - len(left) - len(right)) + right))


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def ipv4(source, destination, protocol, payload, identification=1, fragment=0, length=None):
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload) if length is None else length, identification,
                         fragment, 64, protocol, 0, ip_bytes(source), ip_bytes(destination))
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


def ipv6(source, destination, protocol, payload):
    return struct.pack("!IHBB16s16s", 0x60000000, len(payload), protocol, 64, ip_bytes(source),
                       ip_bytes(destination)) + payload


def udp(source, destination, data):
    return struct.pack("!HHHH", source[1], destination[1], 8 + len(data), 0) + data


def udp4(source, destination, data):
    return ipv4(source[0], destination[0], 17, udp(source, destination, data))


def udp6(source, destination, data):
    return ipv6(source[0], destination[0], 17, udp(source, destination, data))


def ethernet(payload, ether_type=None):
    if ether_type is None:
        ether_type = 0x0800 if payload[0] >> 4 == 4 else 0x86DD
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02" + struct.pack("!H", ether_type) + payload
