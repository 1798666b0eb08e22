#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Writes the logs of this folder: every text format that Rungs reads, and what goes wrong in such files.

Each is small, invented, and the same at every run.  What Rungs must find in NAME.log stands in NAME.records, which
`test-text-readers --generate` writes and a person reads.
"""
import json
import os
import sys

HERE = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))


def write(name, data):
    with open(os.path.join(HERE, name + ".log"), "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def message(start, cseq, body="", via="SIP/2.0/TLS 192.0.2.10:4321", extra=(), kind="application/sdp"):
    lines = [start, "Via: " + via, "From: <sip:alice@contoso.example>;tag=a1;epid=0123456789", "To: <sip:alice@contoso.example>",
             "Call-ID: c0ffee@192.0.2.10", "CSeq: " + cseq, *extra]
    if body:
        lines.append("Content-Type: " + kind)
    lines.append("Content-Length: %d" % len(body))
    return "\r\n".join(lines) + "\r\n\r\n" + body


REGISTER = message("REGISTER sip:contoso.example SIP/2.0", "1 REGISTER")
CHALLENGE = message("SIP/2.0 401 Unauthorized", "1 REGISTER",
                    extra=['WWW-Authenticate: NTLM realm="SIP Communications Service", targetname="pool01.contoso.example", version=4'])
SDP = "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=call\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n"
INVITE = message("INVITE sip:bob@contoso.example SIP/2.0", "1 INVITE", SDP)
TEXT = message("MESSAGE sip:bob@contoso.example SIP/2.0", "2 MESSAGE", "Are you there?\r\nIt is me.", kind="text/plain")
PLAIN_OPTIONS = message("OPTIONS sip:bob@example.net SIP/2.0", "7 OPTIONS", via="SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK7")
PLAIN_OK = message("SIP/2.0 200 OK", "7 OPTIONS", via="SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK7")


# ---- servers: OCSLogger and CLSLogger

def ocs(text, second, direction, peer, origin="0", correlation="", end="$$end_record\r\n", trace=True, mark="$$begin_record"):
    head, body = text.split("\r\n\r\n", 1)
    start, headers = head.split("\r\n", 1)
    return ("TL_INFO(TF_PROTOCOL) [%s]0B3C.0E8C::07/24/2009-12:00:%06.3f.%08x (SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(122))%s%s\r\n"
            % (origin, second, int(second * 1000), correlation, mark)
            + ("Trace-Correlation-Id: 2003888399\r\n" if trace else "")
            + "Instance-Id: 0000C23F\r\nDirection: %s;source=\"internal edge\";destination=\"external edge\"\r\nPeer: %s\r\nMessage-Type: %s\r\nStart-Line: %s\r\n%s\r\nMessage-Body: %s\r\n"
            % (direction, peer, "response" if start.startswith("SIP/") else "request", start, headers, body or "-") + end)


OCS_DIAGNOSTIC = ("TL_WARN(TF_DIAG) [0]0B3C.0E8C::07/24/2009-12:00:02.000.0000000a (SIPStack,SIPAdminLog::WriteDiagnosticEvent:SIPAdminLog.cpp(830))$$begin_record\r\n"
                  "LogType: diagnostic\r\nSeverity: warning\r\nText: The message was sent to an unknown server\r\n"
                  "Result-Code: 0xc3e93c5e SIPPROXY_E_ROUTING\r\nSIP-Start-Line: INVITE sip:bob@contoso.example SIP/2.0\r\n"
                  "SIP-Call-ID: c0ffee@192.0.2.10\r\nSIP-CSeq: 1 INVITE\r\n$$end_record\r\n")
OCS_COMPONENT = "TL_NOISE(TF_COMPONENT) [0]0B3C.0E8C::07/24/2009-12:00:02.100.0000000b (SIPStack,CRecvContext::Process:Recv.cpp(20))( 00000000028FDD70 ) Enter\r\n"

write("ocs2007r2", ocs(REGISTER, 1.25, "incoming", "203.0.113.50:1040") + "\r\n" + OCS_COMPONENT
      + ocs(CHALLENGE, 1.262, "outgoing", "203.0.113.50:1040") + "\r\n" + OCS_DIAGNOSTIC
      + ocs(INVITE, 2.5, "incoming", "edge.contoso.example:5061", trace=False)
      + ocs(INVITE, 2.501, "outgoing", "[2001:db8::20]:5061").replace("\r\n", "\n"))
write("cls-lync", b"\xef\xbb\xbf" + (
    ocs(REGISTER, 3, "incoming", "edge01.contoso.example:49152", "pool01\\fe01", " [156659184] ")
    + ocs(CHALLENGE, 3.004, "outgoing", "edge01.contoso.example:49152", "pool01\\fe01", " [156659184] ")
    + OCS_DIAGNOSTIC.replace("[0]", "[pool01\\fe01]").replace("$$begin", " [156659184] $$begin")).encode())
write("ocs-damaged", "SIP-CSeq: 1 OPTIONS\r\n$$end_record\r\n"                             # its beginning was cut off
      + ocs(REGISTER, 4, "incoming", "203.0.113.50:1040", end="")                         # cut by the tracing system
      + ocs(CHALLENGE, 4.1, "sideways", "")                                               # no direction, no peer
      + ocs(TEXT, 4.2, "outgoing", "203.0.113.50").replace("07/24/2009", "31/24/2009")    # no such month, no port
      + OCS_DIAGNOSTIC.replace("$$end_record\r\n", "")                                    # not closed
      + ocs(INVITE, 4.3, "incoming", "203.0.113.50:1041")[:400])                          # the file ends inside

# ---- the Communicator client

LOCAL, REMOTE = "192.0.2.10:4321", "203.0.113.10:443"


def stamp(second):
    return "07/24/2009|12:00:%06.3f 1A4C:1B80 INFO  :: " % second


def block(second, out, text, size=None, local=LOCAL, remote=REMOTE, end="\r\n", close=True, between=""):
    what = "Sending Packet" if out else "Data Received"
    line = "%s - %s (%s Local Address: %s) %d bytes" % (what, remote, "From" if out else "To", local, size if size is not None else len(text))
    return (stamp(second) + line + ":\r\n" + between + stamp(second) + text + end
            + (stamp(second) + "End of " + line + "\r\n" if close else ""))


TRACE = "07/24/2009|12:00:09.000 1A4C:2222 TRACE :: CSIPMessage::Parse enter\r\n"
BOTH = CHALLENGE + INVITE

write("uccapi", TRACE + block(1, True, REGISTER) + TRACE + "a second line of the same entry\r\n" + block(1.04, False, CHALLENGE)
      + block(2, True, INVITE, between=TRACE.replace("09.000", "01.999"))
      + block(3, False, "\r\n\r\n") + block(4, False, REGISTER, local="[2001:db8::1]:4322", remote="[2001:db8::2]:443"))
write("uccapi-spanning", block(1, False, INVITE[:200]) + block(1.5, True, REGISTER) + block(1.6, False, INVITE[200:-30])
      + TRACE + block(1.7, False, INVITE[-30:]) + block(2, False, BOTH) + block(3, False, BOTH[:-40])
      + block(3.1, False, BOTH[-40:] + CHALLENGE) + block(4, False, INVITE[:300]))
LINES = INVITE.replace("\r\n", "\n")
write("uccapi-rewritten",                                                                  # what logs do to bodies and line ends
      block(1, True, TEXT[:TEXT.index("Are you")], size=len(TEXT)) + block(2, False, TEXT[:TEXT.index("Are you")], size=len(TEXT))
      + block(3, False, CHALLENGE, end="")
      + (block(4, False, LINES, size=len(INVITE)) + block(5, False, BOTH.replace("\r\n", "\n"), size=len(BOTH))
         + block(6, False, INVITE[:-50].replace("\r\n", "\n"), size=len(INVITE) - 50)
         + block(6.1, False, INVITE[-50:].replace("\r\n", "\n"), size=50)).replace("\r\n", "\n")
      + stamp(7) + REGISTER + "\r\n" + TRACE + block(8, False, "<html>no SIP</html>") + block(9, True, INVITE, close=False))

write("uccapi-damaged", block(1, True, REGISTER).replace("INFO  :: REGISTER", "INFO") + stamp(2)[:-4] + "\r\n"    # no text
      + block(3, False, CHALLENGE, size=10 ** 15) + block(4, True, INVITE, size=1)                                # sizes that lie
      + block(5, False, INVITE[:100]) + "".join(block(6, False, "X: y\r\n") for i in range(20))                   # a head without end
      + stamp(7) + "Data Received - nobody\r\n" + stamp(8) + "Sending Packet - a (b\r\n" + stamp(8) + REGISTER
      + block(9, True, INVITE)[:200])

# ---- pidgin-sipe


def sipe(text, out, iso, pointer="(0x55aa00112233)", kind="SIP", prefix="", crlf="\n"):
    mark = "%s %s%s - %s" % (">" * 10 if out else "<" * 10, kind, pointer, iso)
    return (prefix + "MESSAGE START " + mark + "\n" + text.replace("\r\n", "\n") + "\nMESSAGE END " + mark + "\n").replace("\n", crlf)


NOISE = "(12:00:01) prefs: Reading prefs.xml\n(12:00:01) sipe: transport_connect - hostname: pool01.contoso.example port: 5061\n(12:00:01) sipe: \n"
HTTP = "POST /autodiscover HTTP/1.1\r\nHost: pool01.contoso.example\r\nContent-Length: 0\r\n\r\n"
write("sipe-new", NOISE + sipe(REGISTER, True, "2019-08-28T10:00:01.000001Z") + NOISE + sipe(CHALLENGE, False, "2019-08-28T10:00:01.250000Z")
      + sipe(HTTP, True, "2019-08-28T10:00:02.000000Z", "(0x55aa00445566)", "HTTP") + sipe("\r\n\r\n", True, "2019-08-28T10:00:03.000000Z")
      + sipe(INVITE, True, "2019-08-28T10:00:04Z", "(00AA0011)", crlf="\r\n")
      + "(12:00:05) sipe: MESSAGE >>>>>>>>>> SIP(0x55aa00112233)\n"
      + sipe(REGISTER, True, "2019-08-28T10:00:06.000000Z").split("MESSAGE END")[0] + sipe(CHALLENGE, False, "2019-08-28T10:00:07.000000Z")[:300])
write("sipe-old", NOISE + sipe(REGISTER, True, "2016-06-08T09:00:23.769304Z", "", prefix="(11:00:23) sipe: ")
      + sipe(CHALLENGE, False, "2016-06-08T09:00:24Z", "") + sipe(INVITE, False, "Sat Jun 19 12:00:00 2010", ""))


def hashes(text, out, fence="#"):
    return ("(12:00:00) sipe: \n\n%s - Sat Jun 19 12:00:00 2010\n%s\n%s\n%s\n\n"
            % ("sending" if out else "received", fence * 6, text.replace("\r\n", "\n"), fence * (6 if out else 7)))


write("sipe-hashes", NOISE + hashes(REGISTER, True) + hashes(CHALLENGE, False) + hashes(HTTP, True, "*")
      + "(12:00:00) sipe: received - Sat Jun 19 12:00:01 2010\n######\n" + INVITE.replace("\r\n", "\n") + "#######\n")

# ---- bare SIP, as it is pasted


def indent(text, by):
    return "".join(by + line + "\n" for line in text.split("\r\n")[:-1])


write("sip-pasted", "This is what the client sends:\r\n\r\n" + PLAIN_OPTIONS + "and what comes back:\r\n\r\n" + PLAIN_OK + "\r\n\r\n" + INVITE + TEXT + "\r\n" + REGISTER)
write("sip-lf", (INVITE + TEXT + "\r\n" + PLAIN_OPTIONS + PLAIN_OK).replace("\r\n", "\n"))
write("sip-indented", "On Friday Bob wrote:\n" + indent(INVITE, "    ") + "\n" + indent(PLAIN_OK, "> ") + "\nRegards\n\n"
      + PLAIN_OPTIONS.replace("\r\n", "\n "))
write("sip-doubled", (INVITE + PLAIN_OK).replace("\r\n", "\n\n"))
write("sip-mixed-ends", PLAIN_OPTIONS.replace("\r\nCSeq", "\nCSeq").replace("\r\nTo:", "\r\r\nTo:") + PLAIN_OK.replace("\r\n", "\n") + REGISTER.replace("\r\n", "\r\r\n"))
write("sip-cr-only", (INVITE + PLAIN_OK).replace("\r\n", "\r"))
FRAGMENT = "SIP/2.0 180 Ringing\r\nContact: <sip:bob@192.0.2.20>\r\n\r\n"
write("sip-inside-sip", message("NOTIFY sip:alice@192.0.2.10 SIP/2.0", "9 NOTIFY", FRAGMENT, kind="message/sipfrag;version=2.0")
      + message("NOTIFY sip:alice@192.0.2.10 SIP/2.0", "10 NOTIFY", PLAIN_OK, kind="message/sip")
      + message("NOTIFY sip:alice@192.0.2.10 SIP/2.0", "11 NOTIFY", FRAGMENT, kind="message/sipfrag;version=2.0").replace("\r\n", "\n")
      + message("INVITE sip:bob@contoso.example SIP/2.0", "12 INVITE", "--b\r\nContent-Type: message/sip\r\n\r\n" + PLAIN_OPTIONS + "--b--\r\n",
                kind="multipart/mixed;boundary=b").replace("\r\n", "\n"))
write("sip-wrong-length", INVITE.replace("Content-Length: 9", "Content-Length: 19") + PLAIN_OPTIONS.replace("Content-Length: 0", "Content-Length: -1")
      + INVITE.replace("Content-Length: ", "Content-Length: 4") + PLAIN_OK.replace("Content-Length: 0\r\n", ""))
write("sip-malformed", "INVITE sip:bob@contoso.example\r\nVia SIP/2.0/UDP 192.0.2.1\r\nFrom <sip:a@b>\r\n\r\nno version, no colons\r\n")
write("sip-headers-only", "\r\n\r\n" + REGISTER.split("\r\n", 1)[1])
write("sip-nul", INVITE.replace("s=call", "s=c\0ll").replace("a1;epid", "a\0;epid").encode() + b"\0\0\0\r\n" + PLAIN_OK.encode())
write("sip-invalid-utf8", PLAIN_OPTIONS.encode().replace(b"<sip:alice", b'"\xc4\xd6\xff\xc3" <sip:alice', 1) + PLAIN_OK.encode())

# ---- files as a whole

write("bom-utf16le", b"\xff\xfe" + (NOISE + sipe(REGISTER.replace("From: ", 'From: "Ä\U0001f600€" '), True, "2019-08-28T10:00:01.000001Z")
                                    + sipe(CHALLENGE, False, "2019-08-28T10:00:01.250000Z")).encode("utf-16-le") + b"\x41")
write("bom-utf16be", b"\xfe\xff" + PLAIN_OK.encode("utf-16-be") + b"\xd8\x00\x00\x0a" + PLAIN_OPTIONS.encode("utf-16-be"))
write("bom-utf8", b"\xef\xbb\xbf" + PLAIN_OPTIONS.encode())
write("mixed", block(1, True, REGISTER) + ocs(CHALLENGE, 2, "outgoing", "203.0.113.50:1040") + PLAIN_OPTIONS.replace("\r\n", "\n")
      + "\n" + sipe(INVITE, False, "2019-08-28T10:00:04.000000Z") + hashes(REGISTER, True) + PLAIN_OK)
write("empty", "")
write("blank", "\r\n \n\t\r\n\n")
write("without-sip", "12:00:01 The server starts.\n12:00:02 Listening on 192.0.2.1 port 5060 (SIP/2.0)\n12:00:03 See you later.\n")

# ---- logs that set a line in front of each message

LINES_OF_TEXT = message("MESSAGE sip:bob@contoso.example SIP/2.0", "2 MESSAGE", "Are you there?\r\nIt is me.\r\n", kind="text/plain")
REQUEST, ANSWER, CALL = PLAIN_OPTIONS, PLAIN_OK, INVITE.replace("SIP/2.0/TLS", "SIP/2.0/TCP")


def lf(text):
    return text.replace("\r\n", "\n")


def each_line(prefix, text):
    return "".join(prefix + line + "\n" for line in lf(text).split("\n")[:-1])


def indented(text):
    return each_line("   ", text)


write("asterisk-chan-sip",
      "\n<--- SIP read from UDP:198.51.100.7:5060 --->\n" + REQUEST + "<------------->\n--- (6 headers 0 lines) ---\n"
      "Sending to 198.51.100.7:5060 (no NAT)\n"
      "\n<--- Transmitting (no NAT) to 198.51.100.7:5060 --->\n" + ANSWER + "\n<------------>\n"
      "Scheduling destruction of SIP dialog 'c0ffee@192.0.2.10' in 32000 ms (Method: OPTIONS)\n"
      "\n[Jul 24 12:00:01] VERBOSE[42] chan_sip.c: Reliably Transmitting (NAT) to [2001:db8::7]:5061:\n" + lf(CALL) + "\n---\n"
      "Retransmitting #1 (NAT) to [2001:db8::7]:5061:\n" + lf(CALL) + "\n---\n"
      "\n<--- SIP read from UDP:198.51.100.7:5060 --->\n\n<------------->\n")
write("asterisk-pjsip",
      "[2026-07-24 12:00:01.250] VERBOSE[42][C-00000001] res_pjsip_logger.c: <--- Received SIP request (541 bytes) from TLS:198.51.100.7:49152 --->\n"
      + CALL + "\n\n"
      "<--- Transmitting SIP response (300 bytes) to TLS:198.51.100.7:49152 --->\n" + ANSWER + "\n\n"
      "\x1b[1;32m<--- Received SIP request (301 bytes) from UDP:[2001:db8::7]:5060 --->\x1b[0m\n" + REQUEST + "\n\n")
DASHES = "-" * 72
write("sofia", "recv 300 bytes from udp/[198.51.100.7]:5060 at 12:00:01.250000:\n" + DASHES + "\n" + REQUEST
      + "2026-07-24T12:00:01.300Z send 301 bytes to tls/[2001:db8::7]:5061 at 12:00:01.300000:\n" + DASHES + "\n" + ANSWER
      + "\x1b[36msent 302 bytes to udp/[198.51.100.7] at 12:00:02.000001:\x1b[0m\n   " + DASHES + "\n" + indented(CALL) + "   " + DASHES + "\n"
      + each_line("c0ffee@192.0.2.10 ", "recv 300 bytes from tcp/[198.51.100.7]:5060/12 at 12:00:03.000000:\n   " + DASHES + "\n" + indented(ANSWER)))
write("pjsip", "12:00:01.000   pjsua_core.c  .Acc 0: registering\n"
      "12:00:01.250   pjsua_core.c  .TX 300 bytes Request msg OPTIONS/cseq=7 (tdta0x7f8338007a18) to UDP 198.51.100.7:5060:\n" + REQUEST + "\n--end msg--\n"
      "12:00:01.300 !.....stun_session.c  TX 36 bytes STUN message to 198.51.100.7:3478:\nbinding\n"
      "2026-07-24 12:00:01.350  pjsua_core.c  !...RX 300 bytes Response msg 200/OPTIONS/cseq=7 (rdata0x7f8338007a18) from TCP [2001:db8::7]:5060:\n"
      + lf(ANSWER) + "\n--end msg--\n")
write("sipp", "Problem EAGAIN on socket 6\n" + "-" * 47 + " 2026-07-24 12:00:01.250000\nUDP message sent (300 bytes):\n\n" + REQUEST + "\n"
      + "-" * 47 + " 2026-07-24 12:00:01.260000\nUDP message received [300] bytes :\n\n" + ANSWER + "\n"
      + "-" * 47 + "\nUnexpected UDP message received:\n\n" + ANSWER + "\n"
      + "-" * 47 + " 2026-07-24T12:00:02.000000+02:00\nTCP message sent [512] bytes:\n\n" + CALL + "\n")


def sipdump(tag, time, proto, source, destination, text):
    ends = "proto: %s\nsrcip: %s\nsrcport: %d\ndstip: %s\ndstport: %d\n" % ((proto,) + source + destination) if proto else ""
    return ("=" * 20 + "\ntag: %s\npid: 7\nprocess: 1\ntime: %s\ndate: Fri Jul 24 12:00:01 2026\n" % (tag, time) + ends + "~" * 20 + "\n" + text + "|" * 20 + "\n")


HERE_END, THERE_END = ("192.0.2.10", 5060), ("198.51.100.7", 5060)
write("sipdump", sipdump("rcv", "1784894401.250009", "udp ipv4", THERE_END, HERE_END, REQUEST)
      + sipdump("snd", "1784894401.260010", "udp ipv4", HERE_END, THERE_END, ANSWER)
      + sipdump("rcv", "1784894402.000000", "tls ipv6", ("[2001:db8::7]", 5061), ("2001:db8::1", 5061), TEXT)
      + sipdump("rcv", "never", "", HERE_END, THERE_END, REQUEST)
      + sipdump("snd", "1784894403.000000", "udp ipv4", HERE_END, THERE_END, ANSWER)[:-60])


def dotted(text):
    return text.replace("\r\n", ".\n")


write("ngrep", "interface: eth0\nfilter: port 5060\n####\nU 198.51.100.7:5060 -> 192.0.2.10:5060 #4\n" + dotted(REQUEST) + "\n#\n"
      "U 2026/07/24 12:00:01.260000 192.0.2.10:5060 -> 198.51.100.7:5060 #6\n" + dotted(ANSWER) + "\n##\n"
      "T +0.000100 2001:db8::7:5061 -> 2001:db8::1:5061 [AP] #9\n" + dotted(CALL) + "\n#\n"
      "T 192.0.2.10:5060 -> 198.51.100.7:5060 [AP] #11\n" + dotted(CALL[:120].rsplit("\r\n", 1)[0] + "\r\n") + "\n#\n"
      "T 192.0.2.10:5060 -> 198.51.100.7:5060 [AP] #13\n" + dotted(CALL[:120].rsplit("\r\n", 1)[1] + CALL[120:]) + "\n##exit\n")


def undotted(text):
    return "".join(c if " " <= c <= "~" else "." for c in text)


def wrapped(text, width=75):
    text = undotted(text)
    return "".join("  %-*s\n" % (width, text[i:i + width]) for i in range(0, len(text), width))


def hex_dump(text):
    rows = [text.encode()[i:i + 16] for i in range(0, len(text), 16)]
    return "".join("  %-24s   %-24s   %s\n" % ("".join("%02x " % c for c in row[:8]), "".join("%02x " % c for c in row[8:]),
                                             undotted(row.decode("latin-1"))) for row in rows)


DOTS = CALL.replace("From: <", "From: \"Al..ce\" <").replace("c0ffee@192.0.2.10\r\n", "c0ffee..\r\n")    # dots that are dots
OUTWARD, INWARD = "192.0.2.10:5060 -> 198.51.100.7:5070", "198.51.100.7:5070 -> 192.0.2.10:5060"
write("ngrep-single", "interface: eth0\nfilter: port 5060\n#\nU %s %s\n##\nU(17) 2026/07/24 12:00:01.250000 %s %s\n#\nT +0.000100 %s [AP] %s\n#\nT %s [AP] %s\n##exit\n" % (
    OUTWARD, undotted(REQUEST), INWARD, undotted(ANSWER), OUTWARD, undotted(DOTS[:150]), OUTWARD, undotted(DOTS[150:])))
write("ngrep-wrapped", "####\nU 2026/07/24 12:00:00.250000 %s #4\n%s#\nU 2026/07/24 12:00:01.250000 %s #6\n%s\n\nT %s [AP] #9\n%s#\nU %s #11\n%s\n" % (
    OUTWARD, wrapped(REQUEST), INWARD, wrapped(ANSWER).replace(" \n", "\n"), OUTWARD, wrapped(DOTS, 130), INWARD, undotted(LINES_OF_TEXT)))
write("ngrep-hex", "U 2026/07/24 12:00:00.250000 %s #4\n%s#\nT %s [AP] #5\n%s#\nT %s [AP] #7\n%s#\nU %s #8\n  80 00 00 01                                           ....\n" % (
    OUTWARD, hex_dump(REQUEST), INWARD, hex_dump(TEXT[:200]), INWARD, hex_dump(TEXT[200:]), OUTWARD))
write("sngrep", "2026/07/24 12:00:01.250000 198.51.100.7:5060 -> 192.0.2.10:5060\n" + REQUEST + "\n\n"
      "2026/07/24 12:00:01.260000 192.0.2.10:5060 -> 198.51.100.7:5060\n" + ANSWER + "\n\n"
      "2026/07/24 12:00:02.000000 [2001:db8::7]:5061 -> [2001:db8::1]:5061\n" + CALL + "\n\n")
write("homer", "proto:UDP 2026-07-24T12:00:01.250Z  198.51.100.7:5060 ---> 192.0.2.10:5060\n\n" + REQUEST + "\n\n"
      "proto:TLS 2026-07-24T12:00:01.260Z  192.0.2.10:5060 ---> 198.51.100.7:5060\n\n" + ANSWER + "\n\n")
ANDROID = "2026-07-24 12:00:01.250 21107-21107/org.example.phone I/Linphone: "
write("belle-sip", "message: 2026-07-24 12:00:01:250 channel [052D7B70]: message sent to [UDP://sip.example:5060], size: [300] bytes\n"
      + REQUEST.replace("\r\n", "\n\n") + "message: 2026-07-24 12:00:01:255 a line of the log\n"
      "2026-07-24 12:00:01:260 belle-sip-message-channel [052D7B70]: received [300] new bytes from [UDP://sip.example:5060]:\n" + ANSWER
      + "2026-07-24 12:00:01:270 [/belle-sip] MESSAGE channel [0x55d0]: message sent to [TLS://[2001:db8::7]:5061], size: [512] bytes\n" + CALL
      + each_line(ANDROID, "channel [0x76bb1d1980]: received [300] new bytes from [TCP://sip.example:5060]:\n" + lf(ANSWER)).replace("Linphone: \n", "Linphone:\n")
      + ANDROID + "another line of the log\n")
write("cisco", "*Jul 24 12:00:01.250: //-1/xxxxxxxxxxxx/SIP/Info/HandleUdpSocketReads: something\n"
      "*Jul 24 12:00:01.250: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:\nReceived: \n" + lf(REQUEST) + "\n"
      "000123: Jul 24 2026 12:00:01.260 CEST: //12/0A0B0C0D/SIP/Msg/ccsipDisplayMsg:\nSent:\n" + lf(ANSWER) + "\n"
      "Jul 24 12:00:02.000: //12/0A0B0C0D/SIP/Msg/ccsipDisplayMsg:\nSent:\n" + lf(CALL)[:220] + "\nrouter#undebug all\nAll possible debugging has been turned off\n")
write("cisco-manager",
      "00001.001 |12:00:01.250 |AppInfo  |SIPTcp - wait_SdlReadRsp: Incoming SIP TCP message from 198.51.100.7 on port 49152 index 7 with 300 bytes:\n[42,NET]\n" + lf(REQUEST)
      + "00002.001 |12:00:01.260 |AppInfo  |SIPTcp - wait_SdlSPISignal: Outgoing SIP TCP message to 198.51.100.7 on port 49152 index 7 \n[43,NET]\n" + lf(ANSWER)
      + "07/24/2026 12:00:01.270 CCM|SIPUdp - wait_UdpDataInd: Incoming SIP UDP message size 397 from 198.51.100.7:[5060]:|\n" + lf(REQUEST))
write("acme", "File opened.\nJul 24 12:00:01.000 UDP[3:0]192.0.2.10:5060 OPENED\n"
      "Jul 24 12:00:01.250 On [3:0]192.0.2.10:5060 received from 198.51.100.7:5060\n" + lf(REQUEST) + "\n" + "-" * 40 + "\n"
      "Jul 24 12:00:01.260 On 192.0.2.10:5060 sent to 198.51.100.7:5060\n" + lf(CALL) + "\n" + "-" * 40 + "\n"
      "Jul 24 12:00:01.270 On 127.0.0.1:2945 sent to 127.0.0.1:2944\n  0000: ac 3e fd 01   .>..\n" + "-" * 40 + "\n"
      "Jul 24 12:00:01.280 On [3:0][2001:db8::1]:5060 sent to [2001:db8::7]:5060\n" + lf(ANSWER) + "\n" + "-" * 40 + "\n")
write("baresip", "\x1b[36;1m12:00:01.250#\nUDP 192.0.2.10:5060 -> 198.51.100.7:5060\n" + REQUEST + "\x1b[;m\n"
      "\x1b[36;1m12:00:01.260#\nUDP 198.51.100.7:5060 -> 192.0.2.10:5060\n" + ANSWER + "\x1b[;m\n"
      "12:00:02.000#\nTLS 192.0.2.10:5061 -> [2001:db8::7]:5061\n" + CALL + "\n")
write("twinkle", "+++ 24-7-2026 12:00:01.250000 INFO SIP ::send_sip_udp\nSend to: udp:198.51.100.7:5060\n" + lf(REQUEST) + "\n---\n\n"
      "+++ 24-7-2026 12:00:01.260000 INFO SIP ::process_sip_msg\nReceived from: udp:198.51.100.7:5060\n" + lf(ANSWER) + "\n---\n\n"
      "+++ 24-7-2026 12:00:01.270000 WARNING NORMAL ::main\nsomething else\n---\n\n"
      "Request sent: tls:192.0.2.10:5061->tls:198.51.100.7:5061\n" + lf(CALL)
      + "Response received: tls:192.0.2.10:5061<-tls:198.51.100.7:5061\n" + lf(ANSWER))
SYSLOG = "Jul 24 12:00:01 proxy01 kamailio[123]: "
write("syslog", SYSLOG + "INFO: a line of the log\n" + each_line(SYSLOG, REQUEST) + "Jul 24 12:00:02 proxy01 kamailio[124]: another process\n"
      + each_line("<134>1 2026-07-24T12:00:02.500+02:00 proxy01 opensips: DBG: ", CALL)
      + "[2026-07-24 12:00:03.250] proxy: recv 300 bytes from udp/[198.51.100.7]:5060 at 12:00:03.250000:\n" + ANSWER)


def expressway(action, key, text):
    return ('2026-07-24T12:00:01.250+02:00 vcse tvcs: UTCTime="2026-07-24 10:00:01,250" Module="network.sip" Level="DEBUG":  Action="%s" '
            'Local-ip="192.0.2.10" Local-port="5061" %s-ip="2001:db8::7" %s-port="25002" Msg-Hash="1"\n SIPMSG:\n |' % (action, key, key)
            + lf(text).replace("\n", "\n ") + "|\n")


write("expressway", '2026-07-24T12:00:01.000+02:00 vcse tvcs: UTCTime="2026-07-24 10:00:01,000" Module="network.tcp" Level="DEBUG":  Detail="TCP Connecting"\n'
      + expressway("Received", "Src", REQUEST) + expressway("Sent", "Dst", CALL) + "2026-07-24T12:00:02.000+02:00 vcse tvcs: the end\n")


def folded(text):
    return text.replace("\r", "#015").replace("\n", "#012")


CODES = "<133>[S=%d] [SID=b9027c:24:198171]  "
write("audiocodes", CODES % 1 + "(N 6) a line of the log #012(N 7) ---- Incoming SIP Message from 198.51.100.7:5060 to SIPInterface #2 (Branch) TLS TO(#138) SocketID(204) ---- #012 [Time:24-07@12:00:01.250]\n"
      + CODES % 2 + folded(REQUEST) + " [Time:24-07@12:00:01.250]\n"
      + CODES % 3 + "(N 8) ---- Outgoing SIP Message to [2001:db8::7]:5060 from SIPInterface #1 (Core) UDP TO(#1) ----\n" + lf(ANSWER)
      + CODES % 4 + "(N 9) something else\n")
write("syslog-folded", SYSLOG + "INFO: <script>: " + folded(CALL) + "\n"
      "2026-07-24T12:00:02.500+02:00 proxy01 opensips[5]: " + folded(lf(ANSWER)) + "\n"
      + SYSLOG + "INFO: no message#012of SIP\n")
write("sipp-short", "2026-07-24\t12:00:01.250000\t1784887201.250000\tS\tc0ffee@192.0.2.10\tCSeq:1 INVITE\tINVITE sip:bob@contoso.example SIP/2.0\n"
      "2026-07-24\t12:00:01.260000\t1784887201.260000\tR\tc0ffee@192.0.2.10\tCSeq:1 INVITE\tSIP/2.0 100 Trying\n"
      "2026-07-24\t12:00:01.270000\tlater\tR\tc0ffee@192.0.2.10\tCSeq:1 INVITE\tSIP/2.0 200 OK\n"
      "2026-07-24\t12:00:01.280000\tnothing of SIP, in too few columns, but long enough for one\n")

# ---- what other loggers set before lines and messages

CALLS = [("out", REQUEST), ("in", ANSWER), ("out", CALL), ("in", LINES_OF_TEXT)]
LOCAL_END, PEER_END = "192.0.2.10:5060", "198.51.100.7:5070"


def calls(one):
    return "".join(one(number, way, text) for number, (way, text) in enumerate(CALLS))


def ends(way):
    return (LOCAL_END, PEER_END) if way == "out" else (PEER_END, LOCAL_END)


def sngrep(number, way, text):
    return "2026/07/24 12:00:%02d.250000 %s -> %s\n%s\n\n" % ((number,) + ends(way) + (text,))


def sofia(number, way, text):
    return "%s %d bytes %s udp/[198.51.100.7]:5070 at 12:00:%02d.250000:\n%s\n%s\n" % (
        "send" if way == "out" else "recv", len(text), "to" if way == "out" else "from", number, DASHES, lf(text))


write("prefix-compose", each_line("proxy-1  | ", calls(sngrep) + "a line of the log\n"))
write("prefix-kubernetes", each_line("2026-07-24T10:00:01.000000001Z stdout F ", calls(sofia)))
write("prefix-yealink", calls(lambda number, way, text: each_line(
    "<134>Jul 24 12:00:%02d sua [1023]: DLG <6+info  > [000] " % number,
    ("Sending Packet:to dest=" if way == "out" else "Data Received:from src=") + PEER_END + "\n" + text)))
write("prefix-polycom", calls(lambda number, way, text: each_line(
    "07241200%02d.250|sip  |0|03|" % number,
    (">>> Data Send to " if way == "out" else "<<< Data received from UDP ") + PEER_END + "\n" + text)))
write("prefix-numbered", calls(lambda number, way, text: "".join(
    "%2d. %s\n" % (n + 1, line) for n, line in enumerate(lf(text).split("\n")[:-1])) + "\n"))
write("prefix-logcat", calls(lambda number, way, text: each_line(
    "07-24 12:00:%02d.250  4711  4733 D libpjsip: " % number,
    "12:00:%02d.250    pjsua_core.c  .%s 300 bytes Request msg OPTIONS/cseq=7 (tdta0x7f83) %s UDP %s:\n%s\n--end msg--\n"
    % (number, "TX" if way == "out" else "RX", "to" if way == "out" else "from", PEER_END, text))))
write("prefix-of-the-first-line", calls(lambda number, way, text:
      " %d(1234) INFO: <script>: message %s %s: %s\n" % (number, "to" if way == "out" else "from", PEER_END, lf(text))
      + " 3(1235) DEBUG: <core> [core/parser/msg_parser.c:610]: parse_msg(): SIP Request:\n"))
write("words-before", calls(lambda number, way, text:
      ["[12:00:00] Sent to 198.51.100.7:5070:\n\n",
       "--------------------\n24/07/2026 12:00:01.250 -->\noctets: 300, Body Length: 0\ningress: { L192.0.2.10:5060/R198.51.100.7:5070/TCP/0x1a }\n--------------------\n",
       "| INFO2 | 1 | <jcallback.c: 95> Message sent: (to dest=198.51.100.7:5070)\n",
       "Jul 24 12:00:03.250 [INFO  ] SIP: received from tls:[2001:db8::7]:5061:\n"][number] + lf(text) + "\n")
      + "\nThis is sent by the phone, and nobody knows where to:\n\n" + lf(REQUEST))
write("cisco-manager-sdl", calls(lambda number, way, text:
      ("%08d.002 |12:00:%02d.250 |AppInfo  |" % (55605 + number, number)
       + ("SIPTcp - wait_SdlSPISignal: Outgoing SIP TCP message to 198.51.100.7 on port 5070 index 24203 " if way == "out" else
          "//SIP/SIPUdp/wait_SdlDataInd: Incoming SIP UDP message size 539 from 198.51.100.7:[5070]:")
       + "\n[8611%d,NET]\n" % number + lf(text) + "\n"
       + "%08d.004 |12:00:%02d.251 |AppInfo  ||PretransformCallingPartyNumber=1001\n|CallingPartyNumber=1001\n" % (55606, number))))
write("cisco-manager-ccm", calls(lambda number, way, text:
      "07/24/2026 12:00:%02d.250 CCM|//SIP/SIPTcp/%s|<CLID::StandAloneCluster>\n07/24/2026 12:00:%02d.250 CCM|%s\n|<CLID::StandAloneCluster>\n"
      % (number, "wait_SdlSPISignal: Outgoing SIP TCP message to 198.51.100.7 on port 5070 index 5" if way == "out" else
         "wait_SdlReadRsp: Incoming SIP TCP message from 198.51.100.7 on port 5070 index 5 with 300 bytes:", number, lf(text))))


def contact_center(number, way, text):
    head, body = text.split("\r\n\r\n", 1)
    start, headers = head.split("\r\n", 1)
    return ("07/24/2026-12:00:%02d.250 [0x000021ac] - %s:$$begin_record\nDirection: %s\nStart-Line: %s\n%s\nMessage-Body: %s\n$$end_record\n"
            % (number, "--> Message to Send (Dest Address IP:  %s)" % PEER_END if way == "out" else "<-- Message Received (Source Address IP:  %s)" % PEER_END,
               "outgoing" if way == "out" else "incoming", start, lf(headers), lf(body) or "-"))


write("avaya-contact-center", calls(contact_center))
write("ucma", calls(lambda number, way, text:
      "TL_INFO(TF_NETWORK) [pool01\\fe01]0B3C.0E8C::07/24/2009-12:00:%02d.250.%08x (S4,SipMessage.DataLoggingHelper:sipmessage.cs(613))[12345] "
      "%s SipMessage c=[<SipTlsConnection_1A2B>], %s%s%s\r\n%s\r\n------------EndOf%s SipMessage\r\n"
      % (number, number, ">>>>>>>>>>>>Outgoing" if way == "out" else "<<<<<<<<<<<<Incoming", LOCAL_END,
         "->" if way == "out" else "<-", PEER_END, text, "Outgoing" if way == "out" else "Incoming")))
write("homer-11", calls(lambda number, way, text: "proto:SIP 2026-07-24T10:00:%02d.250000123Z  %s ---> %s\r\n\r\n%s\r\n\r\n" % ((number,) + ends(way) + (text,))))
MARK = "(N 7) ---- %s SIP Message %s 198.51.100.7:5070 %s SIPInterface #1 (Core) UDP TO(#1) ---- "


def mark(way):
    return MARK % (("Outgoing", "to", "from") if way == "out" else ("Incoming", "from", "to"))


write("audiocodes-one-line", calls(lambda number, way, text: CODES % number + mark(way) + "#012" + folded(text) + "#012 #012 [Time:24-07@12:00:%02d.250]\n" % number))
write("audiocodes-viewer", calls(lambda number, way, text:
      "12:00:%02d.250  192.0.2.1      local0.notice  [S=%d] [SID=b9:24:1]  %s [Time:24-07@12:00:%02d.250]\n" % (number, number * 2, mark(way), number)
      + "12:00:%02d.251  192.0.2.1      local0.notice  [S=%d] [SID=b9:24:1]  %s [Time:24-07@12:00:%02d.250]\n" % (number, number * 2 + 1, lf(text), number)))


def escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n")


write("lines-of-json", calls(lambda number, way, text:
      '{"ts":"2026-07-24T10:00:%02d.250Z","level":"debug","msg":"%s","from":"\\u003csip:a@b\\u003e"}\n' % (number, escaped(text).replace("<", "\\u003c"))))
write("lines-escaped", calls(lambda number, way, text:
      "2026-07-24 12:00:%02d.250 DEBUG sip: %s %s %s\n" % (number, "sent to" if way == "out" else "received from", PEER_END, escaped(text))))
write("midnight", "".join("%s\n%s\n%s\n" % (stamp_of, DASHES, lf(text)) for stamp_of, text in
      (("send 300 bytes to udp/[198.51.100.7]:5070 at 23:59:59.900000:", REQUEST), ("recv 300 bytes from udp/[198.51.100.7]:5070 at 00:00:00.100000:", ANSWER)))
      + "[Dec 31 23:59:59] <--- Received SIP request (300 bytes) from UDP:198.51.100.7:5070 --->\n" + REQUEST + "\n\n"
      + "[Jan  1 00:00:00] <--- Transmitting SIP response (300 bytes) to UDP:198.51.100.7:5070 --->\n" + ANSWER + "\n\n")
write("stream-without-line-ends", TEXT + REQUEST + TEXT + ANSWER)

write("tcpdump", calls(lambda number, way, text: "12:00:%02d.250000 IP %s > %s: SIP: %s\nE..X..@.@......%s\n" % (
    (number,) + tuple(end.replace(":", ".") for end in ends(way)) + (text.split("\r\n")[0], lf(text)))))
write("words-of-others", calls(lambda number, way, text:
      ["  1234000mS SIP Tx: UDP 192.0.2.10:5060 -> 198.51.100.7:5070\n" + each_line(" " * 20, text.rstrip()+ "\n"),
       "  1234001mS SIP Rx: UDP 198.51.100.7:5070 -> 192.0.2.10:5060\n" + each_line(" " * 20, text.rstrip() + "\n"),
       "2026.07.24 12:00:02:250 CET | Info | Sip | +1234\n\n\tudp 512 Bytes OUT to 198.51.100.7:5070\n" + lf(text) + "\n",
       "Jul 24 12:00:03 SPA112 [0]<<198.51.100.7:5070(286)\n" + lf(text) + "\n"][number]))

# ---- what mails and web pages do


def page(text):
    return lf(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


NAMED = REQUEST.replace("From: <", 'From: "Alice A. Smith" <')
write("html-page", "<html><body><p>The call:</p><pre>\n" + page(calls(sngrep)) + "</pre><br/>That is all.</body></html>\n")
write("html-line-breaks", page(NAMED + ANSWER).replace("\n", "<br>\n").replace("OPTIONS sip", "<span class=\"m\">OPTIONS</span> sip"))
write("mail-quoted-printable", "Subject: trace\nContent-Transfer-Encoding: quoted-printable\n\n" + lf(NAMED + ANSWER)
      .replace("=", "=3D").replace("From: ", "From: =\n").replace("c0ffee@", "c0ffee=40"))
write("mail-quoted", "On Friday Bob wrote:\n" + each_line("> ", calls(sngrep)).replace("> \n", ">\n") + "\nRegards\n")
write("mail-wrapped", lf(NAMED.replace("\r\nMax", "\r\nMax") + CHALLENGE).replace('targetname="pool', 'version=4,\ntargetname="pool'))
write("typography", lf(NAMED + CHALLENGE).replace('"', "\u201c").replace("WWW-Auth", "WWW\u2011Auth").replace("To: ", "To:\u00a0"))
write("bom-none-utf16le", calls(sngrep).encode("utf-16-le"))
write("bom-none-utf16be", (NAMED + ANSWER).encode("utf-16-be"))

# ---- what other loggers make of the lines


def dated(number, way, text):
    return "2026-07-24 12:00:%02d.250 DEBUG sip: %s %s:\n%s\n" % (number, "sent to" if way == "out" else "received from", PEER_END, text)


def undated(number, way, text):
    return dated(number, way, text).split(" ", 2)[2]


def docker(number, way, text):
    return "".join('{"log":%s,"stream":"stdout","time":"2026-07-24T12:00:%02d.250000001Z"}\n'
                   % (json.dumps(line + "\n").replace("<", "\\u003c"), number) for line in undated(number, way, text).split("\n")[:-1])


def journal(number, way, text):
    def value(line):
        return json.dumps(list(line.encode())) if "\r" in line else json.dumps(line)
    return "".join('{"__REALTIME_TIMESTAMP":"%d250000","_PID":"7","MESSAGE":%s,"_HOSTNAME":"proxy01"}\n'
                   % (1784894400 + number, value(line)) for line in undated(number, way, text).split("\n"))


write("json-docker", calls(docker).replace('CSeq: 7 OPTIONS', 'CSeq: 7 OPT","stream":"stdout"}\n{"log":"IONS', 1))
write("json-journal", '{"__REALTIME_TIMESTAMP":"1784894399000000","MESSAGE":"a line of the log"}\nno object\n' + calls(journal)
      + '{"__REALTIME_TIMESTAMP":"1784894409000000","MESSAGE":[65,66,300,1]}\n{"MESSAGE":[1,2\n')
write("lines-coloured", "".join("\x1b[1;32m%s\x1b[0m\x1b[K\n" % line for line in lf(calls(dated)).split("\n")))
write("lines-with-codes", "".join("Jul 24 12:00:01 proxy01 sipd[7]: %s\n" % line.replace("\r", "#015") for line in calls(undated).split("\n")))
write("zero-bytes", "\0" * 700 + calls(lambda number, way, text: dated(number, way, text) + "\0" * 100 * number))

# ---- packets as tcpdump, Wireshark and others print them


def address(end):
    host, port = end.rsplit(":", 1)
    return bytes(map(int, host.split("."))) + int(port).to_bytes(2, "big")


def packet(way, text, tcp=False):
    source, destination = map(address, ends(way))
    payload = text.encode()
    if tcp:
        inner = source[4:] + destination[4:] + bytes.fromhex("00000001000000018018020000000000" "0101080a0000000100000002") + payload
    else:
        inner = source[4:] + destination[4:] + (8 + len(payload)).to_bytes(2, "big") + b"\0\0" + payload
    return (b"\x45\0" + (20 + len(inner)).to_bytes(2, "big") + b"\0\1\x40\0\x40" + (b"\x06" if tcp else b"\x11") + b"\0\0"
            + source[:4] + destination[:4] + inner)


def printed(data, dots="\n"):
    return "".join(chr(c) if 32 <= c < 127 or chr(c) in dots else "." for c in data)


def printed_lines(data):
    return printed(data.replace(b"\r\n", b"\n")) + "\n"


def dump_lines(data, start="\t0x%04x:  ", with_text=True):
    rows = [data[i:i + 16] for i in range(0, len(data), 16)]
    return "".join(start % (16 * n) + "%-40s" % " ".join(row[i:i + 2].hex() for i in range(0, len(row), 2))
                   + (" " + printed(row, "") if with_text else "") + "\n" for n, row in enumerate(rows))


def wireshark_lines(data):
    rows = [data[i:i + 16] for i in range(0, len(data), 16)]
    return "".join("%04x  %-47s   %s\n" % (16 * n, row.hex(" "), printed(row, "")) for n, row in enumerate(rows)) + "\n"


def dotted_ends(way):
    return " > ".join(end[::-1].replace(":", ".", 1)[::-1] for end in ends(way))


def tcpdump(stamp, after, verbose=False, tcp=False):
    def one(number, way, text):
        data = packet(way, text, tcp)
        what = ("Flags [P.], seq 1:%d, ack 1, win 512, options [nop,nop,TS val 1 ecr 2], length %d" % (len(text) + 1, len(text)) if tcp
                else "SIP, length: %d" % len(text) if verbose else "SIP: " + text.split("\r\n")[0])
        head = stamp % number + "IP " + ("(tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto UDP (17), length %d)\n    " % len(data) if verbose else "")
        return head + dotted_ends(way) + ": " + what + "\n" + (each_line("\t", text) if verbose else "") + after(data)
    return one


ETHERNET = bytes.fromhex("02000000000102000000000208 00".replace(" ", ""))
LEADING = "reading from file call.pcap, link-type EN10MB (Ethernet), snapshot length 262144\n"
write("tcpdump-text", LEADING + calls(tcpdump("12:00:%02d.250000 ", printed_lines)) + calls(tcpdump("17848944%02d.250000 eth0  In  ", printed_lines)))
write("tcpdump-twice", calls(tcpdump("2026-07-24 12:00:%02d.250000 ", printed_lines, True)) + calls(tcpdump("2026-07-24 12:01:%02d.250000 ", dump_lines, True)))
write("tcpdump-hex", calls(tcpdump("2026-07-24 12:00:%02d.250000 ", dump_lines))
      + calls(tcpdump("2026-07-24 12:01:%02d.250000 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 300: ", lambda data: dump_lines(ETHERNET + data, with_text=False)))
      + "a line of the log\n" + calls(sngrep))
SEGMENTS = [("out", CALL[:150]), ("in", ANSWER), ("out", CALL[150:]), ("out", REQUEST), ("out", CALL[:120])]
write("tcpdump-tcp", "12:00:00.100000 IP " + dotted_ends("out") + ": Flags [.], ack 1, win 512, length 0\nE..4....@.@......\n....\n"
      + "".join(tcpdump("12:00:%02d.250000 ", printed_lines, tcp=True)(n, *segment) for n, segment in enumerate(SEGMENTS)))
write("hex-dump", calls(lambda number, way, text: wireshark_lines(ETHERNET + packet(way, text)))
      + wireshark_lines(packet("out", CALL[:150], True)) + wireshark_lines(packet("in", ANSWER, True)) + wireshark_lines(packet("out", CALL[150:], True))
      + "2026-07-24 12:00:01.250 sent to 198.51.100.7:5070:\n"
      + "".join("%08x  %-49s |%s|\n" % (i, (REQUEST[i:i + 8].encode().hex(" ") + "  " + REQUEST[i + 8:i + 16].encode().hex(" ")).strip(),
                                      printed(REQUEST[i:i + 16].encode(), "")) for i in range(0, len(REQUEST), 16))
      + "\n0000  80 00 00 01 02 03 04 05 06   .........\n")


def words(number, way, text):
    indented = lambda by, lines: "".join(" " * by + line + "\n" for line in lines)
    start, *headers = text.split("\r\n\r\n")[0].split("\r\n")
    body = text.split("\r\n\r\n")[1].split("\r\n")[:-1]
    is_sdp = bool(body) and body[0] == "v=0"
    source, destination = (end.split(":") for end in ends(way))
    return ("Frame %d: 300 bytes on wire (2400 bits), 300 bytes captured (2400 bits)\n    Encapsulation type: Ethernet (1)\n" % number
            + "    Arrival Time: Jul 24, 2026 12:00:%02d.250000000 UTC\n" % number
            + "Internet Protocol Version 4, Src: %s, Dst: %s\n    0100 .... = Version: 4\n" % (source[0], destination[0])
            + "User Datagram Protocol, Src Port: %s, Dst Port: %s\n" % (source[1], destination[1])
            + "Session Initiation Protocol (%s)\n" % (start.split()[1] if start.startswith("SIP") else start.split()[0])
            + "    %s-Line: %s\n        [Resent Packet: False]\n    Message Header\n" % ("Status" if start.startswith("SIP") else "Request", start)
            + "".join("        %s\n            a part of it: 1\n" % header for header in headers)
            + ("    Message Body\n" + ("        Session Description Protocol\n" + indented(12, ["Some Words (%s): %s" % (l[0], l[2:]) for l in body])
                                        if is_sdp else indented(8, body)) if body else "") + "\n")


def jain(number, way, text):
    return ('<message\nfrom="%s" \nto="%s" \ntime="%d250"\nisSender="%s" \ntransactionId="z9hg4bk1" \ncallId="c0ffee" \nfirstLine="%s" \n>\n<![CDATA[%s]]>\n</message>\n\n'
            % (ends(way) + (1784894400 + number, "true" if way == "out" else "false", text.split("\r\n")[0], text)))


write("wireshark-words", calls(words))
write("jain", "<!-- a comment -->\n" + calls(jain))
write("headless", lf(ANSWER).split("\n", 1)[1] + "\n" + calls(dated) + "2026-07-24 12:00:05.250 sent to 198.51.100.7:5070:\n" + lf(CALL).split("\n", 1)[1]
      + "Via: SIP/2.0/UDP 192.0.2.10\nno message\n")
write("words-of-more-others", calls(lambda number, way, text:
      ["2026-07-24 12:00:00.250 - OUT: my=192.0.2.10%16:5060 peer=198.51.100.7 port=5070 UDP, sipiface=none:\n",
       "2026/07/24 12:00:01.250\t  1:02.345\tSIP\tRead PDU (300 bytes) from: rem=udp$198.51.100.7:5070,local=udp$192.0.2.10:5060,if=%eth0\n",
       "20260724120002.250123 <sip:INFO> 'udp:0.0.0.0:5060' sending 300 bytes SIP message to 198.51.100.7:5070 [0x7f]\n------\n",
       "172 07242026 120003.250000:1.01.00.23578.Info    .SIPSG: Received from [UDP://198.51.100.7:5070]:\n"][number] + lf(text) + "------\n"))
write("caret-codes", calls(lambda number, way, text: "@2026-07-24 12:00:%02d,250||FINEST|Tele|8513|%s %s[71:0] <%s" % (
    number, "SendToNetwork: To" if way == "out" else "ProcessRead: From", PEER_END, text.replace("\r\n", "^M\n"))))
write("escaped-strings", "time,message\n" + '"2026-07-24 12:00:00.250","sent to %s: %s"\n' % (PEER_END, REQUEST.replace("\r", "\\r").replace("\n", "\\n"))
      + 'time="2026-07-24T12:00:01.250Z" level=debug msg="received from %s: %s" prefix=sip\n' % (PEER_END, escaped(ANSWER)))


def exported(number, way, text):
    (source, source_port), (destination, destination_port) = (end.split(":") for end in ends(way))
    return {"id": number, "create_date": 1784894400250 + 1000 * number, "srcIp": source, "srcPort": int(source_port), "dstIp": destination,
            "dstPort": int(destination_port), "protocol": 17, "nothing": None, "list": [1, "two", {"three": 3}], "raw": text}


OBJECTS = [exported(number, way, text) for number, (way, text) in enumerate(CALLS)]
write("json-in-an-array", json.dumps({"data": OBJECTS, "total": 4}) + "\n")
write("json-laid-out", json.dumps([{"@timestamp": "2026-07-24T12:00:%02d.250Z" % o["id"], "source": {"ip": o["srcIp"], "port": o["srcPort"]},
                                    "destination": {"ip": o["dstIp"], "port": o["dstPort"]}, "event": {"original": o["raw"]}} for o in OBJECTS], indent=2) + "\n")
write("json-of-loggers", calls(lambda number, way, text: json.dumps(
    {"_index": "sip", "_source": {"ts": 1784894400.25 + number, "msg": "%s %s" % ("sent to" if way == "out" else "received from", PEER_END), "data": text}}
    if number % 2 else {"__REALTIME_TIMESTAMP": "%d250000" % (1784894400 + number), "MESSAGE": list(undated(number, way, text).encode())},
    separators=(",", ":")) + "\n") + '{"msg":"no message","n":1}\n{"raw":"OPTIONS sip:a@b SIP/2.0\\r\\nVia: SIP/2.0/UDP a\\r\\n" broken\n')
write("tshark-follow", "\n" + "=" * 67 + "\nFollow: udp,ascii\nFilter: udp.stream eq 0\nNode 0: %s\nNode 1: %s\n" % (LOCAL_END, PEER_END)
      + calls(lambda number, way, text: "%s%d\n%s\n" % ("" if way == "out" else "\t", len(text), text)) + "=" * 67 + "\n42\nno message\n")
