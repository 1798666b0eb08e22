#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Makes the logins of tests/auth/kerberos with a real KDC: tickets of several encryption types, with mutual authentication.

    make-kerberos-logins.py [FOLDER]

Of each type: NAME.keytab, NAME-request (AP-REQ), NAME-reply (AP-REP), and NAME-client and NAME-server, the signatures of both
sides over the word "Rungs".  Needs the packages krb5-kdc, krb5-admin-server, krb5-user, python3-gssapi."""

import os
import subprocess
import sys
import tempfile
import time

TYPES = {'rc4': 'arcfour-hmac', 'aes128': 'aes128-cts-hmac-sha1-96', 'aes256-sha384': 'aes256-cts-hmac-sha384-192'}
HOST = 'pool01.contoso.example'
PORT = 18889
CONFIG = '''[libdefaults]
  default_realm = CONTOSO.EXAMPLE
  dns_lookup_kdc = false
  dns_canonicalize_hostname = false
  rdns = false
  allow_rc4 = true
  allow_weak_crypto = true
  default_tkt_enctypes = %(type)s
  default_tgs_enctypes = %(type)s
  permitted_enctypes = %(type)s
[realms]
  CONTOSO.EXAMPLE = {
    kdc = 127.0.0.1:%(port)d
    database_name = %(folder)s/principal
    key_stash_file = %(folder)s/stash
    acl_file = %(folder)s/acl
    master_key_type = aes256-cts-hmac-sha1-96
    supported_enctypes = %(type)s:normal
  }
[kdcdefaults]
  kdc_listen = 127.0.0.1:%(port)d
  kdc_tcp_listen = 127.0.0.1:%(port)d
'''


def write(folder, name, content):
    with open(os.path.join(folder, name), 'wb') as out:
        out.write(content)


def log_in(folder, name):
    """Runs beside the KDC: client and server in one process."""
    import gssapi
    client = gssapi.SecurityContext(name=gssapi.Name('sip@' + HOST, gssapi.NameType.hostbased_service), usage='initiate',
                                    mech=gssapi.MechType.kerberos,
                                    flags=[gssapi.RequirementFlag.integrity, gssapi.RequirementFlag.mutual_authentication])
    server = gssapi.SecurityContext(creds=gssapi.Credentials(usage='accept'), usage='accept')
    request = client.step()
    reply = server.step(request)
    client.step(reply)
    write(folder, name + '-request', request)
    write(folder, name + '-reply', reply)
    write(folder, name + '-client', client.get_signature(b'Rungs'))
    write(folder, name + '-server', server.get_signature(b'Rungs'))


def make(folder, name, encryption_type):
    keytab = os.path.join(folder, name + '.keytab')
    if os.path.exists(keytab):
        os.remove(keytab)
    with tempfile.TemporaryDirectory() as work:
        config = os.path.join(work, 'krb5.conf')
        with open(config, 'w', encoding='utf-8') as out:
            out.write(CONFIG % {'folder': work, 'port': PORT, 'type': encryption_type})
        env = dict(os.environ, KRB5_CONFIG=config, KRB5_KDC_PROFILE=config, KRB5CCNAME='FILE:%s/cache' % work,
                   KRB5_KTNAME='FILE:' + keytab, PATH=os.environ['PATH'] + ':/usr/sbin:/usr/bin')

        def run(*command, text=None):
            subprocess.run(command, env=env, input=text, text=True, check=True, stdout=subprocess.DEVNULL)

        run('kdb5_util', 'create', '-s', '-P', 'test-master', '-r', 'CONTOSO.EXAMPLE')
        run('kadmin.local', '-q', 'addprinc -pw Green-Rung-17 marino')
        run('kadmin.local', '-q', 'addprinc -randkey sip/' + HOST)
        run('kadmin.local', '-q', 'ktadd -k %s sip/%s' % (keytab, HOST))
        kdc = subprocess.Popen(['krb5kdc', '-n'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            run('kinit', 'marino', text='Green-Rung-17\n')
            run(sys.executable, __file__, '--beside-kdc', folder, name)
        finally:
            kdc.terminate()
            kdc.wait()


def main():
    if sys.argv[1:2] == ['--beside-kdc']:
        log_in(*sys.argv[2:])
        return
    folder = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), 'kerberos'))
    for name, encryption_type in TYPES.items():
        make(folder, name, encryption_type)


if __name__ == '__main__':
    main()
