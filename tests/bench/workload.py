# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors

"""Sign-ins and calls of a busy afternoon, the same messages in five trace formats.

usage: workload.py FORMAT FILE [--sign-ins N] [--calls N] [--conversation N]

In: how many of each. Out: a file; the numbers are in the counts that write() returns.  Nothing is random, so that two runs
measure the same bytes: what looks random comes from a hash of a counter.  Thirty dialogs are under way at once.
"""

import argparse
import base64
import hashlib
import itertools
import struct
from datetime import datetime, timedelta

FORMATS = ["pcap-udp", "pcap-tcp", "client-log", "server-log", "text"]
START = datetime(2009, 7, 24, 9, 0, 0)
PARALLEL = 30
POOL = ("10.8.0.20", 5061)
PROXY = ("203.0.113.80", 5060)


def noise(label, length):
    """Bytes that look random and are the same every time."""
    return hashlib.shake_128(label.encode()).digest(length)


def word(label, length):
    return noise(label, (length + 1) // 2).hex()[:length]


def message(first, headers, body=""):
    lines = [first] + ["%s: %s" % h for h in headers] + ["Content-Length: %d" % len(body), "", body]
    return "\r\n".join(lines).encode()


def sign_in(n):
    """A client registers with NTLM or Kerberos: two rounds, four messages."""
    client = ("192.0.2.%d" % (1 + n % 250), 2048 + n % 50000)
    user, call = "sip:user%d@contoso.example" % (n % 5000), word("call %d" % n, 32)
    tag, epid = word("tag %d" % n, 10), word("epid %d" % n, 10)
    scheme = "Kerberos" if n % 3 else "NTLM"
    realm = 'realm="SIP Communications Service", targetname="sip/pool.contoso.example", version=4'
    token = base64.b64encode(noise("token %d" % n, 1100 if n % 3 else 320)).decode()

    def common(cseq, to_tag=""):
        return [("From", "<%s>;tag=%s;epid=%s" % (user, tag, epid)), ("To", "<%s>%s" % (user, to_tag)),
                ("Call-ID", call), ("CSeq", "%d REGISTER" % cseq)]

    def request(cseq, extra):
        contact = '<sip:%s:%d;transport=tls;ms-opaque=%s>;methods="INVITE, MESSAGE, BYE, CANCEL, ACK, REFER, BENOTIFY"' % (
            client + (word("opaque %d" % n, 10),))
        return message("REGISTER sip:contoso.example SIP/2.0",
                       [("Via", "SIP/2.0/TLS %s:%d" % client), ("Max-Forwards", "70")] + common(cseq) +
                       [("Contact", contact), ("User-Agent", "UCCAPI/3.5.6907.0 OC/3.5.6907.0"),
                        ("Supported", "gruu-10, msrtc-event-categories"), ("ms-keep-alive", "UAC;hop-hop=yes")] + extra)

    def response(first, cseq, extra):
        return message(first, [("Via", "SIP/2.0/TLS %s:%d;ms-received-port=%d" % (client + (client[1],)))] +
                       common(cseq, ";tag=" + word("to %d %d" % (n, cseq), 32)) + [("Server", "RTC/3.5")] + extra)

    yield client, POOL, True, request(1, [])
    yield POOL, client, False, response("SIP/2.0 401 Unauthorized", 1, [("WWW-Authenticate", "%s %s" % (scheme, realm))])
    yield client, POOL, True, request(2, [("Authorization", '%s qop="auth", %s, gssapi-data="%s", crand="%s", cnum="1", response="%s"' % (
        scheme, realm, token, word("crand %d" % n, 8), word("response %d" % n, 32)))])
    yield POOL, client, False, response("SIP/2.0 200 OK", 2, [
        ("Authentication-Info", '%s rspauth="%s", srand="%s", snum="1", %s' % (scheme, word("rspauth %d" % n, 32), word("srand %d" % n, 8), realm)),
        ("Contact", "<sip:%s:%d;transport=tls>;expires=7200" % client), ("Expires", "7200")])


def call(n):
    """A call that is answered and hung up: seven messages."""
    client = ("198.51.100.%d" % (1 + n % 250), 5060)
    ident, tag, answer = word("ident %d" % n, 24) + "@" + client[0], word("from %d" % n, 8), word("answer %d" % n, 8)
    sdp = ("v=0\r\no=- %d 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP 8 0 101\r\n"
           "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n") % (n, client[0], client[0], 20000 + 2 * (n % 8000))

    def build(first, cseq, to_tag, body=""):
        headers = [("Via", "SIP/2.0/UDP %s:%d;branch=z9hG4bK%s;rport" % (client + (word("branch %d %s" % (n, cseq), 16),))),
                   ("Max-Forwards", "70"), ("From", '"Ann %d" <sip:ann%d@contoso.example>;tag=%s' % (n, n, tag)),
                   ("To", "<sip:bob%d@contoso.example>%s" % (n, ";tag=" + answer if to_tag else "")), ("Call-ID", ident),
                   ("CSeq", cseq), ("Contact", "<sip:ann%d@%s:%d>" % ((n,) + client))]
        return message(first, headers + ([("Content-Type", "application/sdp")] if body else []), body)

    target = " sip:bob%d@contoso.example SIP/2.0" % n
    yield client, PROXY, True, build("INVITE" + target, "1 INVITE", False, sdp)
    yield PROXY, client, False, build("SIP/2.0 100 Trying", "1 INVITE", False)
    yield PROXY, client, False, build("SIP/2.0 180 Ringing", "1 INVITE", True)
    yield PROXY, client, False, build("SIP/2.0 200 OK", "1 INVITE", True, sdp)
    yield client, PROXY, True, build("ACK" + target, "1 ACK", True)
    yield client, PROXY, True, build("BYE" + target, "2 BYE", True)
    yield PROXY, client, False, build("SIP/2.0 200 OK", "2 BYE", True)


def conversation(n_messages):
    """One long dialog: instant messages and their answers."""
    client = ("198.51.100.7", 5060)
    for n in range(n_messages):
        first = "MESSAGE sip:bob@contoso.example SIP/2.0" if n % 2 == 0 else "SIP/2.0 200 OK"
        data = message(first, [
            ("Via", "SIP/2.0/UDP %s:%d;branch=z9hG4bK%s" % (client + (word("turn %d" % (n // 2), 16),))), ("Max-Forwards", "70"),
            ("From", "<sip:ann@contoso.example>;tag=a1"), ("To", "<sip:bob@contoso.example>;tag=b2"),
            ("Call-ID", "conversation@contoso.example"), ("CSeq", "%d MESSAGE" % (n // 2 + 1))])
        yield (client, PROXY, True, data) if n % 2 == 0 else (PROXY, client, False, data)


def interleave(n_sign_ins, n_calls, n_conversation=0):
    """All dialogs, PARALLEL of them at a time, each giving one message in turn; the conversation begins second."""
    every = max(1, n_sign_ins // max(1, n_calls))
    waiting = iter(itertools.chain.from_iterable(
        [sign_in(i)] + ([call(i // every)] if i % every == 0 and i // every < n_calls else []) for i in range(n_sign_ins)))
    under_way, when = [next(waiting), conversation(n_conversation)] if n_conversation else [], START
    while True:
        under_way += list(itertools.islice(waiting, PARALLEL - len(under_way)))
        if not under_way:
            return
        for dialog in list(under_way):
            step = next(dialog, None)
            if step is None:
                under_way.remove(dialog)
                continue
            when += timedelta(microseconds=731)
            yield (when,) + step


def ip(address):
    return bytes(int(part) for part in address.split("."))


class Pcap:
    """Ethernet, IPv4, and UDP or TCP; over TCP messages are cut into segments of at most 1,400 bytes."""

    def __init__(self, out, tcp):
        self.out, self.tcp, self.sequence = out, tcp, {}
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))

    def frame(self, when, source, target, protocol, transport):
        seconds = int((when - datetime(1970, 1, 1)).total_seconds())
        header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(transport), 0, 0x4000, 64, protocol, 0, ip(source[0]), ip(target[0]))
        data = b"\2\0\0\0\0\1\2\0\0\0\0\2\x08\0" + header + transport
        self.out.write(struct.pack("<IIII", seconds, when.microsecond, len(data), len(data)) + data)

    def write(self, when, source, target, outgoing, data):
        if not self.tcp:
            self.frame(when, source, target, 17, struct.pack("!HHHH", source[1], target[1], 8 + len(data), 0) + data)
            return
        for begin in range(0, len(data), 1400):
            segment = data[begin:begin + 1400]
            sent = self.sequence.get((source, target), 1)
            back = self.sequence.get((target, source), 1)
            self.frame(when, source, target, 6, struct.pack("!HHIIBBHHH", source[1], target[1], sent, back, 0x50, 24, 65535, 0, 0) + segment)
            self.sequence[source, target] = sent + len(segment)


class ClientLog:
    def __init__(self, out):
        self.out = out

    def write(self, when, source, target, outgoing, data):
        stamp = when.strftime("%m/%d/%Y|%H:%M:%S.") + "%03d 0F04:11C0 INFO  :: " % (when.microsecond // 1000)
        local, peer = (source, target) if outgoing else (target, source)
        what = "%s - %s:%d (%s Local Address: %s:%d) %d bytes" % (
            ("Sending Packet" if outgoing else "Data Received",) + peer + ("From" if outgoing else "To",) + local + (len(data),))
        self.out.write((stamp + what + ":\r\n" + stamp).encode() + data + ("\r\n" + stamp + "End of " + what + "\r\n").encode())


class ServerLog:
    def __init__(self, out):
        self.out, self.count = out, 0

    def write(self, when, source, target, outgoing, data):
        head, body = data.split(b"\r\n\r\n", 1)
        self.count += 1
        stamp = when.strftime("%m/%d/%Y-%H:%M:%S.") + "%03d" % (when.microsecond // 1000)
        peer = source if outgoing else target
        self.out.write(("TL_INFO(TF_PROTOCOL) [0]0A10.0BB8::%s.%08x (SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(122))$$begin_record\r\n"
                        "Instance-Id: %08X\r\nDirection: %s\r\nPeer: %s:%d\r\nMessage-Type: %s\r\nStart-Line: " % (
                            (stamp, self.count, self.count, "incoming" if outgoing else "outgoing") + peer +
                            ("response" if head.startswith(b"SIP/") else "request",))).encode() +
                       head + b"\r\nMessage-Body: " + (body or b"-") + b"\r\n$$end_record\r\n\r\n")


class Text:
    def __init__(self, out):
        self.out = out

    def write(self, when, source, target, outgoing, data):
        self.out.write(data + b"\r\n")


def write(path, form, n_sign_ins, n_calls, n_conversation=0):
    """Writes the file. Returns: how many messages it holds"""
    n_messages = 0
    with open(path, "wb", buffering=1 << 20) as out:
        writer = {"pcap-udp": lambda: Pcap(out, False), "pcap-tcp": lambda: Pcap(out, True), "client-log": lambda: ClientLog(out),
                  "server-log": lambda: ServerLog(out), "text": lambda: Text(out)}[form]()
        for step in interleave(n_sign_ins, n_calls, n_conversation):
            writer.write(*step)
            n_messages += 1
    return n_messages


def main():
    parser = argparse.ArgumentParser(description="Writes a trace to measure with.")
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("file")
    parser.add_argument("--sign-ins", type=int, default=20000)
    parser.add_argument("--calls", type=int, default=4000)
    parser.add_argument("--conversation", type=int, default=0, help="messages of one long dialog")
    arguments = parser.parse_args()
    print(write(arguments.file, arguments.format, arguments.sign_ins, arguments.calls, arguments.conversation), "messages")


if __name__ == "__main__":
    main()
