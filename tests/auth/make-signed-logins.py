#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Makes the signed logins of tests/auth/logins, by an implementation of its own: NTLM in every flavour, and Kerberos with RC4 and
a PAC, in versions 2, 3 and 4 of the signature.

    make-signed-logins.py [FOLDER]

Of each: NAME.sip (SIP messages with a line of equals signs between them), and one rungs.passwords and rungs.keytab for all; and in
tests/fuzz/corpus/ticket what is inside of the last ticket.
Each login has its REGISTERs, a SUBSCRIBE in a dialog of its own, a call that comes in, and a BYE.  Everything is from
[MS-NLMP] 3.3 and 3.4, [MS-SIPAE] 3, RFC 4757 and [MS-PAC]; no random bytes: the same files come out each time.  DES is openssl's."""

import base64
import hashlib
import hmac
import os
import struct
import subprocess
import sys
import zlib

USER, DOMAIN, PASSWORD = 'Zoë', 'CONTOSO', 'Pass:wörd 7'
TARGET, REALM = 'pool01.contoso.example', 'SIP Communications Service'
FILETIME = 133497912030000000


# Ciphers

def md4(data):
    def rotate(value, n):
        return (value << n | value >> 32 - n) & 0xffffffff
    length = len(data)
    data += b'\x80' + bytes(-(length + 9) % 64) + struct.pack('<Q', 8 * length)
    state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
    rounds = ((lambda x, y, z: x & y | ~x & z, 0, range(16), (3, 7, 11, 19)),
              (lambda x, y, z: x & y | x & z | y & z, 0x5a827999, [i // 4 + i % 4 * 4 for i in range(16)], (3, 5, 9, 13)),
              (lambda x, y, z: x ^ y ^ z, 0x6ed9eba1, (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15), (3, 9, 11, 15)))
    for start in range(0, len(data), 64):
        words = struct.unpack('<16I', data[start:start + 64])
        a, b, c, d = state
        for function, constant, order, shifts in rounds:
            for i, k in enumerate(order):
                a, b, c, d = d, rotate((a + (function(b, c, d) & 0xffffffff) + words[k] + constant) & 0xffffffff, shifts[i % 4]), b, c
        state = [(x + y) & 0xffffffff for x, y in zip(state, (a, b, c, d))]
    return struct.pack('<4I', *state)


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


def des(key7, block):
    bits = ''.join('{:08b}'.format(b) for b in key7)
    key = bytes(int(bits[i:i + 7] + '0', 2) for i in range(0, 56, 7))
    return subprocess.run(['openssl', 'enc', '-des-ecb', '-nopad', '-K', key.hex(), '-provider', 'legacy', '-provider', 'default'],
                          input=block, stdout=subprocess.PIPE, check=True).stdout


def hmac_md5(key, data):
    return hmac.new(key, data, hashlib.md5).digest()


def md5(data):
    return hashlib.md5(data).digest()


# NTLM

UNICODE, OEM, TARGET_REQUEST, SIGN, SEAL, DATAGRAM = 0x1, 0x2, 0x4, 0x10, 0x20, 0x40
NTLM, ALWAYS_SIGN, ESS, TARGET_INFO, VERSION = 0x200, 0x8000, 0x80000, 0x800000, 0x2000000
STRONG, KEY_EXCHANGE, WEAK_56 = 0x20000000, 0x40000000, 0x80000000


def utf16(text):
    return text.encode('utf-16-le')


def pair(number, value):
    return struct.pack('<HH', number, len(value)) + value


def pack_message(head, parts, tail):
    """A message whose descriptors point behind itself."""
    size = len(head) + 8 * len(parts) + len(tail)
    descriptors, payload = b'', b''
    for part in parts:
        descriptors += struct.pack('<HHI', len(part), len(part), size + len(payload))
        payload += part
    return head + descriptors + tail + payload


class NtlmLogin:
    scheme = 'NTLM'

    def __init__(self, response, flags, seed, with_mic=False):
        self.flags = flags
        self.server_challenge = md5(b'server' + seed)[:8]
        client_challenge = md5(b'client' + seed)[:8]
        password = md4(utf16(PASSWORD))
        info = pair(2, utf16(DOMAIN)) + pair(1, utf16('POOL01')) + pair(4, utf16('contoso.example')) + pair(3, utf16(TARGET))
        if with_mic:
            info += pair(7, struct.pack('<Q', FILETIME))
        spell = utf16 if flags & UNICODE else lambda text: text.encode('cp1252')
        name = spell(DOMAIN)
        self.challenge = b'NTLMSSP\0' + struct.pack('<IHHII', 2, len(name), len(name), 56, flags | TARGET_INFO | TARGET_REQUEST)
        self.challenge += self.server_challenge + bytes(8) + struct.pack('<HHI', len(info) + 4, len(info) + 4, 56 + len(name))
        self.challenge += bytes.fromhex('060072170000000f') + name + info + pair(0, b'')
        if response == 'v2':
            user_hash = hmac_md5(password, utf16(USER.upper() + DOMAIN))
            if with_mic:
                info += pair(6, struct.pack('<I', 2)) + pair(9, utf16('sip/' + TARGET)) + pair(10, bytes(16))
            blob = b'\1\1' + bytes(6) + struct.pack('<Q', FILETIME) + client_challenge + bytes(4) + info + pair(0, b'') + bytes(4)
            proof = hmac_md5(user_hash, self.server_challenge + blob)
            nt, lm = proof + blob, hmac_md5(user_hash, self.server_challenge + client_challenge) + client_challenge
            key = hmac_md5(user_hash, proof)
        else:
            question = md5(self.server_challenge + client_challenge)[:8] if flags & ESS else self.server_challenge
            padded = password + bytes(5)
            nt = b''.join(des(padded[i:i + 7], question) for i in (0, 7, 14))
            lm = client_challenge + bytes(16) if flags & ESS else nt
            key = md4(password)
            if flags & ESS:
                key = hmac_md5(key, self.server_challenge + client_challenge)
        encrypted = b''
        self.key = key
        if flags & KEY_EXCHANGE:
            self.key = md5(b'exported' + seed)
            encrypted = rc4(key, self.key)
        tail = struct.pack('<I', flags) + bytes.fromhex('060072170000000f') + (bytes(16) if with_mic else b'')
        parts = [lm, nt, spell(DOMAIN), spell(USER), spell('CLIENT01'), encrypted]
        self.token = pack_message(b'NTLMSSP\0' + struct.pack('<I', 3), parts, tail)
        if with_mic:
            mic = hmac_md5(self.key, self.challenge + self.token)
            self.token = self.token[:72] + mic + self.token[88:]

    def sign(self, from_server, text):
        number = struct.pack('<I', 100)
        if not self.flags & ESS:
            return b'\1\0\0\0' + bytes(4) + rc4(self.key, bytes(4) + struct.pack('<I', zlib.crc32(text)) + number)[4:]
        side = b'session key to ' + (b'server-to-client' if from_server else b'client-to-server')
        strength = 16 if self.flags & STRONG else 7 if self.flags & WEAK_56 else 5
        check = hmac_md5(md5(self.key + side + b' signing key magic constant\0'), number + text)[:8]
        seal = md5(self.key[:strength] + side + b' sealing key magic constant\0')
        if self.flags & DATAGRAM:
            seal = md5(seal + number)
        return b'\1\0\0\0' + (rc4(seal, check) if self.flags & KEY_EXCHANGE else check) + number


# Kerberos with RC4 (RFC 4757)

def tlv(tag, content):
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, 'big')
    return bytes([tag, 0x80 | len(length)]) + length + content


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, 'big', signed=True))


def parts(**values):
    return tlv(0x30, b''.join(tlv(0xa0 | int(name[1:]), value) for name, value in values.items() if value is not None))


def text(value):
    return tlv(0x1b, value.encode())


def octets(value):
    return tlv(4, value)


def principal(kind, *names):
    return parts(_0=integer(kind), _1=tlv(0x30, b''.join(map(text, names))))


def encrypt_rc4(key, usage, plain):
    signing = hmac_md5(key, struct.pack('<I', usage))
    data = md5(plain)[:8] + plain
    check = hmac_md5(signing, data)
    return check + rc4(hmac_md5(signing, check), data)


def encrypted(key, usage, plain, kvno=None):
    return parts(_0=integer(23), _1=None if kvno is None else integer(kvno), _2=octets(encrypt_rc4(key, usage, plain)))


class Ndr:
    """A structure and what it points to ([C706] 14)."""

    def __init__(self):
        self.fixed, self.deferred, self.n = b'', [], 0

    def add(self, form, *values):
        self.fixed += struct.pack('<' + form, *values)

    def point(self, content):
        self.n += 1
        self.fixed += struct.pack('<I', 0x20000 + 4 * self.n if content is not None else 0)
        if content is not None:
            self.deferred.append(content)

    def text(self, value):
        data = utf16(value)
        self.add('HH', len(data), len(data))
        self.point(struct.pack('<III', len(value), 0, len(value)) + data)

    def finish(self):
        body = struct.pack('<I', 0x20000) + self.fixed
        for content in self.deferred:
            body += bytes(-len(body) % 4) + content
        body += bytes(-len(body) % 8)
        return bytes.fromhex('01100800cccccccc') + struct.pack('<II', len(body), 0) + body


def sid(*numbers):
    return bytes([1, len(numbers)]) + (5).to_bytes(6, 'big') + struct.pack('<%dI' % len(numbers), *numbers)


def make_logon_info():
    never = 0x7fffffffffffffff
    ndr = Ndr()
    ndr.add('QQQQQQ', FILETIME, never, never, FILETIME - 864000000000, FILETIME, never)
    for value in ('marino', 'Marino Rossi', '', '', '', ''):
        ndr.text(value)
    ndr.add('HHIII', 42, 1, 1106, 513, 2)
    ndr.point(struct.pack('<IIIII', 2, 513, 7, 1110, 7))
    ndr.add('I16s', 0x20, bytes(16))
    ndr.text('DC01')
    ndr.text('CONTOSO')
    domain = sid(21, 1004336348, 1177238915, 682003330)
    ndr.point(struct.pack('<I', 4) + domain)
    ndr.add('IIIIQQIII', 0, 0, 0x210, 0, 0, 0, 0, 0, 1)
    extra = sid(32, 545)
    ndr.point(struct.pack('<III', 1, 0x30000, 7) + struct.pack('<I', 2) + extra)
    ndr.point(struct.pack('<I', 4) + domain)
    ndr.add('I', 1)
    ndr.point(struct.pack('<III', 1, 1200, 0x20000007))
    return ndr.finish()


def make_pac(key):
    name = utf16('marino')
    upn, dns = utf16('marino@contoso.example'), utf16('CONTOSO.EXAMPLE')
    buffers = [(1, make_logon_info()), (10, struct.pack('<QH', FILETIME, len(name)) + name),
               (12, struct.pack('<HHHHI', len(upn), 16, len(dns), 16 + len(upn), 0) + bytes(4) + upn + dns),
               (6, struct.pack('<i', -138) + md5(key)), (7, struct.pack('<i', -138) + md5(b'krbtgt'))]
    head, data = struct.pack('<II', len(buffers), 0), b''
    start = 8 + 16 * len(buffers)
    for kind, content in buffers:
        data += bytes(-len(data) % 8)
        head += struct.pack('<IIQ', kind, len(content), start + len(data))
        data += content
    return head + data


SERVICE_KEY = md4(utf16('Service-Key-1'))


class KerberosLogin:
    scheme = 'Kerberos'
    challenge = None

    def __init__(self, seed, with_subkey):
        realm, when = 'CONTOSO.EXAMPLE', b'20240115092003Z'
        session = md5(b'session' + seed)
        self.key = md5(b'subkey' + seed) if with_subkey else session
        authorization = tlv(0x30, parts(_0=integer(1), _1=octets(tlv(0x30, parts(_0=integer(128), _1=octets(make_pac(SERVICE_KEY)))))))
        part = tlv(0x63, parts(
            _0=tlv(3, b'\0\x40\xa5\0\0'), _1=parts(_0=integer(23), _1=octets(session)), _2=text(realm), _3=principal(1, 'marino'),
            _4=parts(_0=integer(1), _1=octets(b'')), _5=tlv(0x18, when), _6=tlv(0x18, when), _7=tlv(0x18, b'20240115192003Z'),
            _8=tlv(0x18, b'20240122092003Z'), _10=authorization))
        self.opened = part
        ticket = tlv(0x61, parts(_0=integer(5), _1=text(realm), _2=principal(2, 'sip', TARGET), _3=encrypted(SERVICE_KEY, 2, part, 3)))
        flags = octets(struct.pack('<I', 16) + bytes(16) + struct.pack('<I', 0x3c))
        authenticator = tlv(0x62, parts(
            _0=integer(5), _1=text(realm), _2=principal(1, 'marino'), _3=parts(_0=integer(0x8003), _1=flags), _4=integer(7),
            _5=tlv(0x18, when), _6=parts(_0=integer(23), _1=octets(self.key)) if with_subkey else None, _7=integer(4711)))
        self.authenticator = authenticator
        request = tlv(0x6e, parts(_0=integer(5), _1=integer(14), _2=tlv(3, bytes(5)), _3=ticket, _4=encrypted(session, 11, authenticator)))
        self.token = tlv(0x60, bytes.fromhex('06092a864886f712010202') + b'\1\0' + request)

    def sign(self, from_server, text_):
        head = bytes.fromhex('01011100ffffffff')
        key = hmac_md5(self.key, b'signaturekey\0')
        check = hmac_md5(key, md5(struct.pack('<I', 15) + head + text_))[:8]
        sequence = (4711).to_bytes(4, 'big') + (b'\xff' if from_server else b'\0') * 4
        sequence = rc4(hmac_md5(hmac_md5(self.key, bytes(4)), check), sequence)
        return tlv(0x60, bytes.fromhex('06092a864886f712010202') + head + sequence + check)


def make_keytab():
    def counted(value):
        return struct.pack('>H', len(value)) + value
    entry = struct.pack('>H', 2) + counted(b'CONTOSO.EXAMPLE') + counted(b'sip') + counted(TARGET.encode())
    entry += struct.pack('>IIB', 1, 1705310400, 3) + struct.pack('>H', 23) + counted(SERVICE_KEY)
    return b'\5\2' + struct.pack('>i', len(entry)) + entry


# SIP

class Conversation:
    def __init__(self, login, version, number, user):
        self.login, self.version, self.user = login, version, user
        self.opaque, self.epid = '%08X' % (0xA0000000 + number), '%010x' % (0xe0 + number)
        self.number, self.n_client, self.n_server, self.cseq = number, 0, 0, 0
        self.call_id = self.new_call_id()
        self.messages = []

    def new_call_id(self):
        self.cseq += 1000
        return md5(b'call %d %d' % (self.number, self.cseq)).hex()

    def values(self, sign_from_server, counter, method, cseq, ends, expires, status, identities):
        (from_uri, from_tag), (to_uri, to_tag) = ends
        rand = '%08x' % (0x5eed0000 + 16 * self.number + counter)
        target = ('sip/' if self.login.scheme == 'Kerberos' else '') + TARGET
        values = [self.login.scheme, rand, str(counter), REALM, target, self.call_id, str(cseq), method, from_uri, from_tag]
        if self.version >= 3:
            values.append(to_uri)
        values.append(to_tag)
        if self.version >= 3:
            values += [identities.get('sip', ''), identities.get('tel', '')]
        values.append(expires)
        if status:
            values.append(str(status))
        buffer = ''.join('<%s>' % value for value in values).encode()
        signature = self.login.sign(sign_from_server, buffer).hex()
        names = ('rspauth', 'srand', 'snum') if sign_from_server else ('response', 'crand', 'cnum')
        return '%s="%s", %s="%s", %s="%d"' % (names[0], signature.upper() if sign_from_server else signature, names[1], rand, names[2], counter)

    def credentials(self, token=None, signed=None, with_opaque=True):
        target = ('sip/' if self.login.scheme == 'Kerberos' else '') + TARGET
        out = '%s qop="auth", realm="%s", targetname="%s"' % (self.login.scheme, REALM, target)
        if with_opaque:
            out += ', opaque="%s"' % self.opaque
        if token is not None:
            out += ', gssapi-data="%s"' % base64.b64encode(token).decode()
        if self.version > 2:
            out += ', version=%d' % self.version
        return out + (', ' + signed if signed else '')

    def add(self, start, method, cseq, ends, headers, expires=''):
        (from_uri, from_tag), (to_uri, to_tag) = ends
        epid = ';epid=' + self.epid
        lines = [start, 'Via: SIP/2.0/TLS 192.0.2.7:50123', 'Max-Forwards: 70',
                 'From: <%s>;tag=%s%s' % (from_uri, from_tag, epid if from_uri == self.user else ''),
                 'To: <%s>%s%s' % (to_uri, ';tag=' + to_tag if to_tag else '', epid if to_uri == self.user else ''),
                 'Call-ID: ' + self.call_id, 'CSeq: %d %s' % (cseq, method)] + headers
        if expires:
            lines.append('Expires: ' + expires)
        self.messages.append('\r\n'.join(lines + ['Content-Length: 0', '', '']))

    def exchange(self, method, uri, ends, expires='', identities={}, by_server=False):
        """A signed request and the signed response to it."""
        self.cseq += 1
        (from_uri, from_tag), (to_uri, to_tag) = ends
        answer = ((from_uri, from_tag), (to_uri, to_tag or 't%d' % self.cseq))
        asserted = ['P-Asserted-Identity: ' + ', '.join('<%s>' % identities[k] for k in ('sip', 'tel') if k in identities)] if identities else []
        for from_server, status, place in ((by_server, 0, ends), (not by_server, 200, answer)):
            if from_server:
                self.n_server += 1
                signed = self.values(True, self.n_server, method, self.cseq, place, expires, status, identities)
                header = 'Authentication-Info: ' + self.credentials(None, signed)
            else:
                self.n_client += 1
                signed = self.values(False, self.n_client, method, self.cseq, place, expires, status, identities)
                header = 'Proxy-Authorization: ' + self.credentials(None, signed)
            start = 'SIP/2.0 200 OK' if status else '%s %s SIP/2.0' % (method, uri)
            self.add(start, method, self.cseq, place, asserted + [header], expires)

    def run(self):
        ends = ((self.user, '5d6e7f8091'), (self.user, ''))
        uri = 'sip:contoso.example'
        offer = '%s realm="%s", targetname="%s"%s' % (
            self.login.scheme, REALM, ('sip/' if self.login.scheme == 'Kerberos' else '') + TARGET, ', version=%d' % self.version if self.version > 2 else '')
        self.cseq += 1
        self.add('REGISTER %s SIP/2.0' % uri, 'REGISTER', self.cseq, ends, [])
        self.add('SIP/2.0 401 Unauthorized', 'REGISTER', self.cseq, ends, ['WWW-Authenticate: ' + offer])
        if self.login.challenge:
            self.cseq += 1
            self.add('REGISTER %s SIP/2.0' % uri, 'REGISTER', self.cseq, ends, ['Authorization: ' + self.credentials(b'', None, False)])
            self.add('SIP/2.0 401 Unauthorized', 'REGISTER', self.cseq, ends, ['WWW-Authenticate: ' + self.credentials(self.login.challenge)])
        self.cseq += 1
        signed = None
        if self.version == 4:
            self.n_client += 1
            signed = self.values(False, self.n_client, 'REGISTER', self.cseq, ends, '', 0, {})
        self.add('REGISTER %s SIP/2.0' % uri, 'REGISTER', self.cseq, ends, ['Authorization: ' + self.credentials(self.login.token, signed)])
        self.n_server += 1
        answer = ((self.user, '5d6e7f8091'), (self.user, 'AABBCC'))
        signed = self.values(True, self.n_server, 'REGISTER', self.cseq, answer, '7200', 200, {})
        self.add('SIP/2.0 200 OK', 'REGISTER', self.cseq, answer, ['Authentication-Info: ' + self.credentials(None, signed)], '7200')
        self.call_id = self.new_call_id()
        self.exchange('SUBSCRIBE', self.user, ((self.user, 'sub1'), (self.user, '')), '3600')
        self.call_id = self.new_call_id()
        bob = 'sip:bob@contoso.example'
        identities = {'sip': bob, 'tel': 'tel:+4930123'}
        self.exchange('INVITE', self.user, ((bob, 'inv1'), (self.user, '')), '', identities, True)
        self.exchange('BYE', bob, ((self.user, 'bye1'), (bob, 'inv1')))
        return self.messages


BASE = UNICODE | SIGN | SEAL | DATAGRAM | NTLM | ALWAYS_SIGN | VERSION
FLAVOURS = [
    ('v2', BASE | ESS | KEY_EXCHANGE | STRONG | WEAK_56, False),
    ('v2', BASE | ESS | KEY_EXCHANGE | STRONG, True),
    ('v2', BASE | ESS | STRONG, False),
    ('v2', BASE | ESS | KEY_EXCHANGE | WEAK_56, False),
    ('v2', BASE | ESS | KEY_EXCHANGE, False),
    ('v2', BASE | KEY_EXCHANGE | STRONG, False),
    ('v2', BASE, False),
    ('v1', BASE | ESS | KEY_EXCHANGE | STRONG, False),
    ('v1', BASE | ESS, False),
    ('v1', BASE | KEY_EXCHANGE | STRONG, False),
    ('v1', BASE, False),
]
SEPARATOR = '=' * 20 + '\r\n'


def write(folder, name, content):
    with open(os.path.join(folder, name), 'wb') as out:
        out.write(content)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), 'logins')
    number = 0
    for version in (2, 3, 4):
        messages = []
        for response, flags, with_mic in FLAVOURS:
            number += 1
            login = NtlmLogin(response, flags, b'%d' % number, with_mic)
            messages += Conversation(login, version, number, 'sip:zoe@contoso.example').run()
        write(folder, 'ntlm-%d.sip' % version, SEPARATOR.join(messages).encode())
        messages = []
        for with_subkey in (False, True):
            number += 1
            login = KerberosLogin(b'%d' % number, with_subkey)
            messages += Conversation(login, version, number, 'sip:marino@contoso.example').run()
        write(folder, 'kerberos-rc4-%d.sip' % version, SEPARATOR.join(messages).encode())
    login = NtlmLogin('v2', BASE & ~UNICODE | OEM | ESS | KEY_EXCHANGE | STRONG, b'oem')
    messages = Conversation(login, 4, number + 1, 'sip:zoe@contoso.example').run()
    write(folder, 'ntlm-oem-4.sip', SEPARATOR.join(messages).encode())
    login = KerberosLogin(b'%d' % number, True)
    write(folder, 'rungs.passwords', ('marino:x\r\n%s@contoso.example:%s\r\n' % (USER, PASSWORD)).encode())
    write(folder, 'rungs.keytab', make_keytab())
    corpus = os.path.join(os.path.dirname(__file__), '..', 'fuzz', 'corpus', 'ticket')
    write(corpus, 'ticket', login.opened)
    write(corpus, 'authenticator', login.authenticator)
    write(corpus, 'pac', make_pac(SERVICE_KEY))


if __name__ == '__main__':
    assert md4(b'abc').hex() == 'a448017aaf21d8525fc10ae87aa6729d'
    assert des(bytes.fromhex('00000000000000'), bytes(8)).hex() == '8ca64de9c1b123a7'
    main()
