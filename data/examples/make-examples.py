#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Makes the two bundled examples: client logs of two registrations whose tokens decode and whose signatures are right.

    data/examples/make-examples.py [OUTPUT-FOLDER]

remote-ntlm.uccapilog        Izabela registers from outside through the Access Edge with NTLM: six messages
internal-kerberos.uccapilog  Marino registers from inside at the home pool with Kerberos: four messages
internal-kerberos.keytab     the key of sip/pool01.contoso.example, which opens Marino's ticket

The NTLM tokens and signatures are computed here ([MS-NLMP] 3.3.2, 3.4.4; [MS-SIPAE] 3.1).  The Kerberos ticket comes from a
real KDC that runs in a temporary folder at the time of the example; its keys are new each time, so that log and keytab
change together.  Needs the Debian packages krb5-kdc, krb5-user, krb5-admin-server, python3-gssapi and faketime.

The passwords are Izabela: "Blue-Ladder-42", Marino: "Green-Rung-17"."""

import base64
import datetime
import hashlib
import hmac
import os
import struct
import subprocess
import sys
import tempfile
import time
import uuid

DOMAIN = 'contoso.example'
POOL = 'pool01.contoso.example'
REALM = 'SIP Communications Service'
USER_AGENT = 'UCCAPI/3.5.6907.0 OC/3.5.6907.0 (Microsoft Office Communicator 2007 R2)'
ZONE = datetime.timedelta(hours=2)  # the client's clock: central European summer time
LOGIN_NTLM = datetime.datetime(2009, 7, 24, 10, 32, 24, 101000)
LOGIN_KERBEROS = datetime.datetime(2009, 7, 24, 10, 33, 2, 240000)


# NTLM

def md4(data):
    def rotate(value, bits):
        value &= 0xffffffff
        return (value << bits | value >> (32 - bits)) & 0xffffffff

    length = len(data) * 8
    data += b'\x80' + b'\0' * ((55 - len(data)) % 64) + struct.pack('<Q', length)
    state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
    rounds = (
        (lambda x, y, z: x & y | ~x & z, 0, range(16), (3, 7, 11, 19)),
        (lambda x, y, z: x & y | x & z | y & z, 0x5a827999,
         (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), (3, 5, 9, 13)),
        (lambda x, y, z: x ^ y ^ z, 0x6ed9eba1,
         (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15), (3, 9, 11, 15)))
    for start in range(0, len(data), 64):
        words = struct.unpack('<16I', data[start:start + 64])
        a, b, c, d = state
        for function, constant, order, shifts in rounds:
            for step, index in enumerate(order):
                a = rotate(a + function(b, c, d) + words[index] + constant, shifts[step % 4])
                a, b, c, d = d, a, b, c
        state = [(old + new) & 0xffffffff for old, new in zip(state, (a, b, c, d))]
    return struct.pack('<4I', *state)


def rc4(key, data):
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    result = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        result.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(result)


def hmac_md5(key, data):
    return hmac.new(key, data, hashlib.md5).digest()


def utf16(text):
    return text.encode('utf-16-le')


class Ntlm:
    """One datagram NTLM login: CHALLENGE, AUTHENTICATE and the signatures of both sides."""

    user, domain, workstation = 'izabela', 'CONTOSO', 'IZABELA-NB'
    password = 'Blue-Ladder-42'
    version = bytes((6, 1)) + struct.pack('<H', 7600) + b'\0\0\0\x0f'
    challenge_flags = 0xe29882f3
    client_flags = 0x62988255

    def __init__(self, when):
        seed = hashlib.sha256(b'rungs remote example').digest()
        self.server_challenge, self.client_challenge = seed[:8], seed[8:16]
        self.session_key = hashlib.sha256(seed).digest()[:16]
        self.pairs = b''.join(struct.pack('<HH', kind, len(utf16(text))) + utf16(text) for kind, text in (
            (2, self.domain), (1, 'POOL01'), (4, DOMAIN), (3, POOL), (5, DOMAIN))) + b'\0\0\0\0'
        ticks = int((when - datetime.datetime(1601, 1, 1)).total_seconds() * 10000000)
        self.blob = b'\1\1' + b'\0' * 6 + struct.pack('<Q', ticks) + self.client_challenge + b'\0' * 4 + self.pairs + b'\0' * 4
        response_key = hmac_md5(md4(utf16(self.password)), utf16(self.user.upper() + self.domain))
        self.proof = hmac_md5(response_key, self.server_challenge + self.blob)
        self.base_key = hmac_md5(response_key, self.proof)
        self.response_key = response_key

    def challenge(self):
        head = b'NTLMSSP\0' + struct.pack('<I', 2) + struct.pack('<HHI', 0, 0, 56)
        head += struct.pack('<I', self.challenge_flags) + self.server_challenge + b'\0' * 8
        return head + struct.pack('<HHI', len(self.pairs), len(self.pairs), 56) + self.version + self.pairs

    def authenticate(self):
        lm = hmac_md5(self.response_key, self.server_challenge + self.client_challenge) + self.client_challenge
        parts = {'domain': utf16(self.domain), 'user': utf16(self.user), 'workstation': utf16(self.workstation),
                 'lm': lm, 'nt': self.proof + self.blob, 'key': rc4(self.base_key, self.session_key)}
        offset, places = 72, {}
        for name in ('domain', 'user', 'workstation', 'lm', 'nt', 'key'):
            places[name] = struct.pack('<HHI', len(parts[name]), len(parts[name]), offset)
            offset += len(parts[name])
        head = b'NTLMSSP\0' + struct.pack('<I', 3)
        head += b''.join(places[name] for name in ('lm', 'nt', 'domain', 'user', 'workstation', 'key'))
        head += struct.pack('<I', self.client_flags) + self.version
        return head + b''.join(parts[name] for name in ('domain', 'user', 'workstation', 'lm', 'nt', 'key'))

    def sign(self, text, side):
        def key(purpose):
            return hashlib.md5(self.session_key + b'session key to ' + side + purpose + b' key magic constant\0').digest()
        sequence = struct.pack('<I', 100)
        seal = hashlib.md5(key(b' sealing') + sequence).digest()
        checksum = hmac_md5(key(b' signing'), sequence + text.encode())[:8]
        return b'\1\0\0\0' + rc4(seal, checksum) + sequence

    def sign_client(self, text):
        return self.sign(text, b'client-to-server')

    def sign_server(self, text):
        return self.sign(text, b'server-to-client')


# Messages

def instance(epid):
    space = uuid.UUID('fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe').bytes_le
    raw = bytearray(hashlib.sha1(space + epid.encode()).digest()[:16])
    raw[7] = raw[7] & 0x0f | 0x50
    raw[8] = raw[8] & 0x3f | 0x80
    return uuid.UUID(bytes_le=bytes(raw))


def buffer(scheme, rand, target, login, cseq, to_tag='', expires='', status=None):
    """The text that is signed, version 4: [MS-SIPAE] 3.1."""
    parts = [scheme, rand, '1', REALM, target, login.call_id, str(cseq), 'REGISTER', login.aor, login.tag, login.aor, to_tag,
             '', '', expires]
    if status:
        parts.append(str(status))
    return ''.join('<%s>' % part for part in parts)


class Login:
    """What the messages of one login share."""

    def __init__(self, user, local, epid, seen_from):
        digest = hashlib.sha256(('rungs example ' + user).encode()).hexdigest()
        self.user, self.local, self.epid, self.seen_from = user, local, epid, seen_from
        self.aor = 'sip:%s@%s' % (user.lower(), DOMAIN)
        self.call_id, self.tag, self.to_tag = digest[:32], digest[32:42], digest[:32][::-1].upper()
        self.opaque, self.ms_opaque, self.cid = digest[44:52].upper(), digest[52:62], digest[40:44].upper()

    def via(self, received):
        text = 'SIP/2.0/TLS %s:%d' % self.local
        if received:
            text += ';received=%s;ms-received-port=%d;ms-received-cid=%s' % (*self.seen_from, self.cid)
        return text

    def request(self, cseq, authorization=None):
        lines = ['REGISTER sip:%s SIP/2.0' % DOMAIN,
                 'Via: ' + self.via(False),
                 'Max-Forwards: 70',
                 'From: <%s>;tag=%s;epid=%s' % (self.aor, self.tag, self.epid),
                 'To: <%s>' % self.aor,
                 'Call-ID: ' + self.call_id,
                 'CSeq: %d REGISTER' % cseq,
                 'Contact: <sip:%s:%d;transport=tls;ms-opaque=%s>;methods="INVITE, MESSAGE, INFO, OPTIONS, BYE, CANCEL, NOTIFY, ACK, '
                 'REFER, BENOTIFY";proxy=replace;+sip.instance="<urn:uuid:%s>"'
                 % (*self.local, self.ms_opaque, str(instance(self.epid)).upper()),
                 'User-Agent: ' + USER_AGENT,
                 'Supported: gruu-10, adhoclist, msrtc-event-categories',
                 'Supported: ms-forking',
                 'Supported: ms-cluster-failover',
                 'Supported: ms-userservices-state-notification',
                 'ms-keep-alive: UAC;hop-hop=yes',
                 'Event: registration']
        if authorization:
            lines.append(authorization)
        return lines + ['Content-Length: 0', '', '']

    def response(self, status, cseq, when, headers, remote):
        lines = ['SIP/2.0 ' + status]
        if remote:
            lines.append('ms-user-logon-data: RemoteUser')
        lines += ['Date: ' + when.strftime('%a, %d %b %Y %H:%M:%S GMT')]
        lines += [header for header in headers if not header.startswith('+')]
        lines += ['From: "%s"<%s>;tag=%s;epid=%s' % (self.user, self.aor, self.tag, self.epid) if status.startswith('2')
                  else 'From: <%s>;tag=%s;epid=%s' % (self.aor, self.tag, self.epid),
                  'To: <%s>;tag=%s' % (self.aor, self.to_tag),
                  'Call-ID: ' + self.call_id,
                  'CSeq: %d REGISTER' % cseq,
                  'Via: ' + self.via(True)]
        lines += [header[1:] for header in headers if header.startswith('+')]
        return lines + ['Server: RTC/3.5', 'Content-Length: 0', '', '']

    def ok_headers(self):
        identity = instance(self.epid)
        gruu = base64.urlsafe_b64encode(identity.bytes_le + b'\0\0').decode()
        return ['+Contact: <sip:%s:%d;transport=tls;ms-opaque=%s;ms-received-cid=%s>;expires=7200;+sip.instance="<urn:uuid:%s>";'
                'gruu="%s;opaque=user:epid:%s;gruu"' % (*self.seen_from, self.ms_opaque, self.cid, identity, self.aor, gruu),
                '+Expires: 7200',
                '+presence-state: register-action="added"',
                '+Allow-Events: vnd-microsoft-provisioning,vnd-microsoft-roaming-contacts,vnd-microsoft-roaming-ACL,presence,'
                'presence.wpending,vnd-microsoft-roaming-self,vnd-microsoft-provisioning-v2',
                '+Supported: adhoclist',
                '+Supported: msrtc-event-categories']


class Log:
    """A Communicator client log: each message between a line that says where it went and one that ends it."""

    def __init__(self, local, peer):
        self.local, self.peer, self.text = local, peer, ''

    def line(self, when, text):
        stamp = (when + ZONE).strftime('%m/%d/%Y|%H:%M:%S.') + '%03d' % (when.microsecond // 1000)
        self.text += '%s 0C84:0F10 INFO  :: %s\r\n' % (stamp, text)

    def message(self, when, sent, lines):
        body = '\r\n'.join(lines)
        what = '%s - %s:%d (%s Local Address: %s:%d) %d bytes' % (
            'Sending Packet' if sent else 'Data Received', *self.peer, 'From' if sent else 'To', *self.local, len(body))
        self.line(when, what + ':')
        self.line(when, body)
        self.line(when, 'End of ' + what)


def milliseconds(count):
    return datetime.timedelta(milliseconds=count)


def remote_ntlm():
    start = LOGIN_NTLM
    login = Login('Izabela', ('192.168.1.20', 50318), '3f0a17c2d9', ('198.51.100.23', 50318))
    ntlm = Ntlm(start + milliseconds(138))
    log = Log(login.local, ('203.0.113.10', 443))
    offer = 'realm="%s", targetname="%s", version=4' % (REALM, POOL)

    log.message(start, True, login.request(1))
    log.message(start + milliseconds(61), False, login.response(
        '401 Unauthorized', 1, start, ['WWW-Authenticate: NTLM ' + offer], True))
    log.message(start + milliseconds(64), True, login.request(
        2, 'Authorization: NTLM qop="auth", realm="%s", targetname="%s", gssapi-data="", version=4' % (REALM, POOL)))
    log.message(start + milliseconds(128), False, login.response('401 Unauthorized', 2, start, [
        'WWW-Authenticate: NTLM opaque="%s", gssapi-data="%s", targetname="%s", realm="%s", version=4'
        % (login.opaque, base64.b64encode(ntlm.challenge()).decode(), POOL, REALM)], True))
    signature = ntlm.sign_client(buffer('NTLM', '7c19f2ab', POOL, login, 3)).hex()
    log.message(start + milliseconds(141), True, login.request(
        3, 'Proxy-Authorization: NTLM qop="auth", opaque="%s", realm="%s", targetname="%s", version=4, gssapi-data="%s", '
        'crand="7c19f2ab", cnum="1", response="%s"'
        % (login.opaque, REALM, POOL, base64.b64encode(ntlm.authenticate()).decode(), signature)))
    signature = ntlm.sign_server(buffer('NTLM', '51E07B3D', POOL, login, 3, login.to_tag, '7200', 200)).hex().upper()
    log.message(start + milliseconds(412), False, login.response('200 OK', 3, start, [
        'ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300',
        'Authentication-Info: NTLM rspauth="%s", srand="51E07B3D", snum="1", opaque="%s", qop="auth", targetname="%s", realm="%s"'
        % (signature, login.opaque, POOL, REALM), *login.ok_headers()], True))
    return log.text


# Kerberos

KRB5_CONF = '''[libdefaults]
  default_realm = CONTOSO.EXAMPLE
  dns_lookup_kdc = false
  dns_canonicalize_hostname = false
  rdns = false
  default_tkt_enctypes = aes256-cts-hmac-sha1-96
  default_tgs_enctypes = aes256-cts-hmac-sha1-96
  permitted_enctypes = aes256-cts-hmac-sha1-96
[realms]
  CONTOSO.EXAMPLE = {
    kdc = 127.0.0.1:%(port)d
  }
[kdcdefaults]
  kdc_listen = 127.0.0.1:%(port)d
  kdc_tcp_listen = 127.0.0.1:%(port)d
[realms]
  CONTOSO.EXAMPLE = {
    database_name = %(folder)s/principal
    key_stash_file = %(folder)s/stash
    acl_file = %(folder)s/acl
    supported_enctypes = aes256-cts-hmac-sha1-96:normal
  }
'''


def with_kdc(keytab, work):
    """Runs work() in a child process beside a real KDC, both at the time of the example; returns its output."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, 'krb5.conf')
        with open(config, 'w', encoding='utf-8') as out:
            out.write(KRB5_CONF % {'folder': folder, 'port': 18888})
        env = dict(os.environ, KRB5_CONFIG=config, KRB5_KDC_PROFILE=config, KRB5CCNAME='FILE:%s/cache' % folder,
                   KRB5_KTNAME='FILE:' + keytab, PATH=os.environ['PATH'] + ':/usr/sbin:/usr/bin', TZ='UTC')
        at = ['faketime', '-f', '@' + (LOGIN_KERBEROS - milliseconds(1500)).strftime('%Y-%m-%d %H:%M:%S')]

        def run(*command, text=None):
            subprocess.run([*at, *command], env=env, input=text, text=True, check=True, stdout=subprocess.DEVNULL)

        run('kdb5_util', 'create', '-s', '-P', 'example-master', '-r', 'CONTOSO.EXAMPLE')
        run('kadmin.local', '-q', 'addprinc -pw Green-Rung-17 marino')
        run('kadmin.local', '-q', 'addprinc -randkey sip/' + POOL)
        run('kadmin.local', '-q', 'ktadd -k %s sip/%s' % (keytab, POOL))
        kdc = subprocess.Popen([*at, 'krb5kdc', '-n'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            run('kinit', 'marino', text='Green-Rung-17\n')
            return subprocess.run([*at, sys.executable, __file__, work], env=env, text=True, check=True,
                                  stdout=subprocess.PIPE).stdout
        finally:
            kdc.terminate()
            kdc.wait()


def internal_kerberos():
    """Called beside the KDC: asks it for the ticket, and plays client and server of the four messages."""
    import gssapi  # only here: the NTLM example needs no Kerberos

    start = LOGIN_KERBEROS
    login = Login('Marino', ('10.1.0.31', 49822), 'b81c5d20e7', ('10.1.0.31', 49822))
    log = Log(login.local, ('10.1.0.20', 5061))
    target = 'sip/' + POOL
    name = gssapi.Name('sip@' + POOL, gssapi.NameType.hostbased_service)
    client = gssapi.SecurityContext(name=name, usage='initiate', mech=gssapi.MechType.kerberos,
                                    flags=gssapi.RequirementFlag.integrity)
    server = gssapi.SecurityContext(creds=gssapi.Credentials(usage='accept'), usage='accept')
    token = client.step()
    server.step(token)

    log.message(start, True, login.request(1))
    log.message(start + milliseconds(11), False, login.response('401 Unauthorized', 1, start, [
        'WWW-Authenticate: Kerberos realm="%s", targetname="%s", version=4' % (REALM, target),
        'WWW-Authenticate: NTLM realm="%s", targetname="%s", version=4' % (REALM, POOL)], False))
    signature = client.get_signature(buffer('Kerberos', '2b9e4410', target, login, 2).encode()).hex()
    log.message(start + milliseconds(34), True, login.request(
        2, 'Authorization: Kerberos qop="auth", realm="%s", targetname="%s", version=4, gssapi-data="%s", crand="2b9e4410", '
        'cnum="1", response="%s"' % (REALM, target, base64.b64encode(token).decode(), signature)))
    signature = server.get_signature(
        buffer('Kerberos', 'A4D03F6E', target, login, 2, login.to_tag, '7200', 200).encode()).hex().upper()
    log.message(start + milliseconds(58), False, login.response('200 OK', 2, start, [
        'ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300',
        'Authentication-Info: Kerberos rspauth="%s", srand="A4D03F6E", snum="1", opaque="%s", qop="auth", targetname="%s", '
        'realm="%s"' % (signature, login.opaque, target, REALM), *login.ok_headers()], False))
    return log.text


def main():
    if sys.argv[1:] == ['--beside-kdc']:
        sys.stdout.write(internal_kerberos())
        return
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    keytab = os.path.join(os.path.abspath(folder), 'internal-kerberos.keytab')
    if os.path.exists(keytab):
        os.remove(keytab)
    for name, text in (('remote-ntlm', remote_ntlm()), ('internal-kerberos', with_kdc(keytab, '--beside-kdc'))):
        path = os.path.join(folder, name + '.uccapilog')
        with open(path, 'w', encoding='utf-8', newline='') as out:
            out.write(text)
        print(path)


if __name__ == '__main__':
    main()
