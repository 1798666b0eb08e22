#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""The commands as people and scripts use them: output, errors, exit statuses.  Prints TAP.

    test-commands.py RUNGS-CLI"""

import base64
import gzip
import itertools
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as ElementTree

CLI = sys.argv[1]
ROOT = pathlib.Path(os.environ['RUNGS_TEST_SRCDIR']).parent
REMOTE = str(ROOT / 'data/examples/remote-ntlm.uccapilog')
INTERNAL = str(ROOT / 'data/examples/internal-kerberos.uccapilog')
SAMPLES = pathlib.Path(os.environ['RUNGS_SAMPLES']) / 'samples/clients'
TESTS = []


class Skip(Exception):
    pass


def promise(function):
    TESTS.append(function)
    return function


def run(*arguments, stdin=b''):
    done = subprocess.run([CLI, *arguments], input=stdin, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run_json(*arguments, stdin=b''):
    status, out, _ = run(*arguments, '--json', stdin=stdin)
    return status, json.loads(out)


def sample(name):
    path = SAMPLES / name / 'capture.pcap'
    if not path.exists():
        raise Skip('the sample %s is not on this machine (see RUNGS_SAMPLES)' % name)
    return str(path)


def equal(value, expected):
    assert value == expected, '%r is not %r' % (value, expected)


@promise
def stats_counts_the_example_and_every_byte():
    status, stats = run_json('stats', REMOTE)
    equal(status, 0)
    equal({key: stats[key] for key in ('messages', 'flows', 'dialogs', 'registrations', 'calls', 'kerberos')},
          {'messages': 6, 'flows': 1, 'dialogs': 1, 'registrations': 1, 'calls': 0, 'kerberos': 0})
    equal(stats['bytes'], os.path.getsize(REMOTE))
    assert stats['unread_bytes'] == 0, stats


TRACES = ROOT / 'tests/traces'


@promise
def stats_counts_media_and_lists_what_was_not_read():
    status, stats = run_json('stats', '--unread', str(TRACES / 'media.pcap'))
    equal((status, stats['rtp_streams'], stats['rtp_packets'], stats['rtcp_packets'], stats['tls']), (0, 2, 11, 2, []))
    equal(sum(entry['length'] for entry in stats['unread']), stats['unread_bytes'])
    equal([entry['reason'] for entry in stats['unread']], ['file-header', 'rtp', 'rtcp', 'other-protocol', 'dns'])
    equal([entry['offset'] for entry in stats['unread']], sorted(entry['offset'] for entry in stats['unread']))
    assert '+2630' in run('stats', '--unread', str(TRACES / 'media.pcap'))[1]


@promise
def an_encrypted_connection_is_named():
    status, out, err = run('stats', str(TRACES / 'tls-named.pcap'))
    equal(status, 2)
    assert 'TLS 1.2 to sip.example.com (203.0.113.10:443), 653 bytes, not readable without keys' in err.replace('\u00a0', ' '), err
    assert 'SSLKEYLOGFILE' in err and err.count('\n') == 1, err
    status, stats = run_json('stats', str(TRACES / 'tls-named.pcap'), str(TRACES / 'media.pcap'))
    equal([(entry['server_name'], entry['version']) for entry in stats['tls']],
          [('sip.example.com', 0x303), ('pool.example.com', 0x304), (None, 0x301), (None, 0)])
    assert 'DTLS 1.2 to sip.example.com (203.0.113.10:5061)' in run('stats', str(TRACES / 'dtls-named.pcap'))[2]


@promise
def what_a_capture_says_beside_a_message_is_shown():
    path = str(TRACES / 'pcapng-asides.pcapng')
    equal([(message['comment'], message['agent']) for message in run_json('messages', path)[1]],
          [('The phone starts here.', 'eth0'), (None, 'lo'), ('H\u00e4lfte', 'eth0'), (None, 'eth0')])
    assert 'Comment in the capture: The phone starts here.' in run('show', path, '--message', '1')[1]
    assert 'alice.example.com' in run('ladder', path)[1]
    assert '“The phone starts here.”' in run('ladder', path)[1]
    equal([message['number'] for message in run_json('messages', path, '--filter', 'comment:phone')[1]], [1])
    equal([message['number'] for message in run_json('messages', path, '--filter', 'frame.comment')[1]], [1, 3])


@promise
def stats_counts_keepalives_and_what_is_left_by_a_filter():
    path = str(TRACES / 'tcp-keepalives.pcap')
    equal(run_json('stats', path)[1]['keepalives'], 4)
    assert '4  keep-alives' in run('stats', path)[1]
    narrowed = run_json('stats', '--check', REMOTE, INTERNAL, '--filter', 'status:401')[1]
    equal({key: narrowed[key] for key in ('messages', 'flows', 'dialogs', 'registrations', 'calls')},
          {'messages': 3, 'flows': 2, 'dialogs': 2, 'registrations': 2, 'calls': 0})
    equal(run_json('stats', REMOTE, INTERNAL, '--filter', 'status:486')[1]['flows'], 0)


@promise
def a_filter_knows_verdicts_in_every_command():
    expected = len(run_json('messages', REMOTE, '--filter', 'verdict:expected')[1])
    assert expected > 0
    rungs = run_json('ladder', REMOTE, '--filter', 'verdict:expected')[1]['rungs']
    equal(len([rung for rung in rungs if rung['kind'] == 'message']), expected)
    equal(run_json('stats', REMOTE, '--filter', 'verdict:expected')[1]['messages'], expected)


@promise
def stats_with_check_adds_the_flows_with_a_problem():
    equal(run_json('stats', '--check', REMOTE)[1]['problems'], 0)


@promise
def stats_lists_each_range_that_is_in_no_message():
    path = str(ROOT / 'tests/traces/ocs-damaged.log')
    status, stats = run_json('stats', '--unread', path)
    equal(status, 0)
    equal(sum(entry['length'] for entry in stats['unread']), stats['unread_bytes'])
    equal(stats['unlisted_bytes'], 0)
    assert all(entry['reason'] and entry['explanation'] and entry['preview'] for entry in stats['unread'])
    data = pathlib.Path(path).read_bytes()
    first = stats['unread'][0]
    assert data[first['offset']:][:4].decode() == first['preview'][:4], first
    status, out, _ = run('stats', '--unread', path)
    equal(status, 0)
    assert first['explanation'] in out and first['preview'] in out, out


@promise
def several_files_are_one_trace_in_time_order():
    _, messages = run_json('messages', INTERNAL, REMOTE)
    equal(len(messages), 10)
    times = [message['time'] for message in messages]
    equal(times, sorted(times))
    equal([message['number'] for message in messages], list(range(1, 11)))


def shifted(path, seconds):
    """A capture whose clock goes @seconds (whole ones) ahead of that of the one at @path (little-endian pcap)."""
    data = bytearray(pathlib.Path(path).read_bytes())
    at = 24
    while at < len(data):
        data[at:at + 4] = (int.from_bytes(data[at:at + 4], 'little') + seconds).to_bytes(4, 'little')
        at += 16 + int.from_bytes(data[at + 8:at + 12], 'little')
    return bytes(data)


@promise
def a_clock_that_runs_behind_is_named_and_can_be_corrected():
    with tempfile.TemporaryDirectory() as folder:
        late = str(TRACES / 'udp-behind-a-load-balancer.pcap')
        early = os.path.join(folder, 'early.pcap')
        pathlib.Path(early).write_bytes(shifted(late, -2))
        _, findings = run_json('check', late, early)
        told = [finding['check'] for finding in findings if finding['rule'] == 'CLOCKS-DIFFER']
        assert told and 'early.pcap” by 2000 ms' in told[0], findings
        _, findings = run_json('check', late, early, '--shift', 'early.pcap=2')
        assert 'CLOCKS-DIFFER' not in [finding['rule'] for finding in findings], findings
        equal([message['time'] for message in run_json('messages', early, '--shift', early + '=2')[1]],
              [message['time'] for message in run_json('messages', late)[1]])
        assert ' ≈' in run('messages', early, '--shift', early + '=2')[1]
        assert 'corrected by +2.000 s' in run('show', early, '--shift', early + '=2', '-m', '1')[1]
        assert '≈' not in run('messages', early, '--shift', early + '=0')[1]
        for wrong in ('early.pcap', 'early.pcap=', 'early.pcap=two', 'early.pcap=1e99', 'early.pcap=nan', '=1', 'other.pcap=1'):
            status, out, errors = run('messages', early, '--shift', wrong)
            equal((status, out, errors.count('\n')), (64, '', 1))


@promise
def messages_have_the_documented_fields():
    _, messages = run_json('messages', REMOTE)
    first = messages[0]
    for field in ('number', 'time', 'source', 'destination', 'transport', 'kind', 'method', 'status', 'call_id', 'cseq', 'verdict',
                  'rule', 'caption', 'offset'):
        assert field in first, field
    equal((first['kind'], first['method'], first['status']), ('request', 'REGISTER', None))
    equal((messages[1]['kind'], messages[1]['method'], messages[1]['status']), ('response', 'REGISTER', 401))
    equal(messages[1]['verdict'], 'expected')
    equal(open(REMOTE, 'rb').read()[first['offset']:][:8], b'REGISTER')


@promise
def the_time_of_a_client_log_is_utc_where_date_headers_prove_it():
    _, messages = run_json('messages', REMOTE)
    equal(round(messages[0]['time'], 3), 1248431544.101)


@promise
def standard_input_is_read_as_a_file():
    status, out, _ = run('stats', '-', '--json', stdin=open(REMOTE, 'rb').read())
    equal((status, json.loads(out)['messages']), (0, 6))


@promise
def a_missing_file_is_named_and_the_others_are_shown():
    status, out, err = run('stats', '--json', '/nowhere/at-all.log', REMOTE)
    equal(status, 2)
    equal(json.loads(out)['messages'], 6)
    assert 'at-all.log' in err and err.count('\n') == 1, err


@promise
def what_cannot_be_read_is_one_line_and_status_2():
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder, 'empty.log')
        empty.write_bytes(b'')
        binary = pathlib.Path(folder, 'core.1234')
        binary.write_bytes(b'\x7fELF\x02\x01\x01' + b'\0' * 4000)
        prose = pathlib.Path(folder, 'letter.txt')
        prose.write_text('Dear all,\n\nthere is no trace in here.\n')
        for path in (empty, binary, prose, pathlib.Path(folder)):
            status, out, err = run('stats', str(path))
            equal(status, 2)
            assert path.name in err and err.count('\n') == 1 and err.startswith('rungs-cli: '), err
            equal(out, '')


@promise
def wrong_usage_is_status_64():
    for arguments in ((), ('nonsense',), ('stats',), ('stats', '--nonsense', REMOTE), ('export', REMOTE), ('show', REMOTE),
                      ('show', REMOTE, '--message', '7'), ('export', REMOTE, '-o', 'x.docx'), ('ladder', '--times', 'x', REMOTE),
                      ('check', '--ignore', 'NO-SUCH-RULE', REMOTE), ('messages', '--flow', 'no-such-call', REMOTE)):
        status, _, err = run(*arguments)
        assert status == 64, (arguments, status, err)


@promise
def an_error_in_a_filter_points_at_the_character():
    status, _, err = run('messages', '--filter', 'sip.Method == "REGISTER" &&', REMOTE)
    equal(status, 64)
    lines = err.split('\n')
    equal(lines[2].index('^') - 2, len('sip.Method == "REGISTER" &&'))


class Follow:
    """A command that follows a file which the test writes."""

    def __init__(self, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, 'growing.log')
        open(self.path, 'wb').close()
        self.process = subprocess.Popen([CLI, *arguments, '--follow', self.path], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)

    def write(self, text, mode='ab'):
        with open(self.path, mode) as file:
            file.write(text)

    def lines(self, count):
        return [self.process.stdout.readline().decode() for _ in range(count)]

    def end(self):
        self.process.send_signal(signal.SIGINT)
        out, errors = self.process.communicate(timeout=60)
        self.folder.cleanup()
        return self.process.returncode, out.decode(), errors.decode()


@promise
def what_is_written_to_a_file_is_printed_as_it_comes():
    log = pathlib.Path(REMOTE).read_bytes()
    cut = log.index(b'End of Data Received')
    follow = Follow('messages')
    follow.write(log[:cut])
    lines = follow.lines(2)
    assert 'REGISTER' in lines[1], lines
    follow.write(log[cut:])
    lines += follow.lines(5)
    assert '200 OK' in lines[6], lines
    status, out, errors = follow.end()
    equal((status, out, errors), (0, '', ''))


@promise
def following_prints_json_a_line_and_starts_anew_with_the_file():
    follow = Follow('messages', '--json', '--filter', 'status:200')
    follow.write(pathlib.Path(REMOTE).read_bytes())
    equal(json.loads(follow.lines(1)[0])['number'], 6)
    follow.write(pathlib.Path(INTERNAL).read_bytes(), mode='wb')
    equal(json.loads(follow.lines(1)[0])['number'], 4)
    status, _, errors = follow.end()
    equal(status, 0)
    assert 'growing.log' in errors and errors.count('\n') == 1, errors


@promise
def a_ladder_grows_at_its_end():
    follow = Follow('ladder')
    follow.write(pathlib.Path(INTERNAL).read_bytes())
    text = ''
    while '200 OK' not in text:
        text += follow.lines(1)[0]
    assert text.index('Home pool') < text.index('401 Unauthorized') < text.index('Kerberos AP-REQ'), text
    equal(follow.end()[0], 0)


@promise
def a_pipe_is_followed_to_its_end():
    status, out, _ = run('messages', '--follow', '-', stdin=pathlib.Path(REMOTE).read_bytes())
    equal((status, out.count('\n')), (0, 7))


@promise
def findings_are_printed_as_they_come_each_once():
    log = pathlib.Path(TRACES / 'asterisk-chan-sip.log').read_bytes()
    status, whole, _ = run('check', str(TRACES / 'asterisk-chan-sip.log'))
    follow_status, followed, _ = run('check', '--follow', '-', stdin=log)
    equal(follow_status, status)
    equal(sorted(followed.splitlines()), sorted(line for line in whole.splitlines() if line != 'Nothing wrong was found.'))
    equal(run('check', '--follow', '--json', REMOTE)[0], 64)


@promise
def what_cannot_be_followed_says_so():
    equal(run('export', '--follow', REMOTE, '-o', '/dev/null')[0], 64)
    equal(run('stats', '--json', '--follow', REMOTE)[0], 64)
    equal(run('ladder', '--json', '--follow', REMOTE)[0], 64)
    equal(run('messages', '--follow', '/nonexistent')[0], 2)
    with tempfile.NamedTemporaryFile(suffix='.gz') as packed:
        packed.write(gzip.compress(pathlib.Path(REMOTE).read_bytes()))
        packed.flush()
        status, _, errors = run('messages', '--follow', packed.name)
    equal(status, 2)
    assert 'cannot be followed' in errors, errors
    status, _, errors = run('messages', '--follow', str(TRACES / 'mail-quoted-printable.log'))
    equal(status, 2)
    assert 'a mail or a web page' in errors, errors
    status, _, errors = run('messages', '--follow', CLI)
    equal(status, 2)
    assert 'program or library' in errors, errors


@promise
def a_filter_narrows_messages():
    _, messages = run_json('messages', '--filter', 'sip.Status-Code >= 400', REMOTE)
    equal([message['number'] for message in messages], [2, 4])


@promise
def a_call_id_narrows_to_its_flow():
    call_id = run_json('flows', INTERNAL)[1][0]['call_id']
    _, messages = run_json('messages', '--flow', call_id, INTERNAL, REMOTE)
    equal(len(messages), 4)


@promise
def flows_tell_kind_who_and_result():
    _, flows = run_json('flows', REMOTE)
    equal((flows[0]['kind'], flows[0]['who'], flows[0]['messages'], flows[0]['verdict']),
          ('registration', 'izabela@contoso.example', 6, 'good'))


KDC = str(pathlib.Path(__file__).parent.parent / 'model/kdc.pcap')


@promise
def kerberos_messages_are_listed_among_the_others_where_they_are_wanted():
    _, messages = run_json('messages', KDC)
    equal([message['kind'] for message in messages], ['request', 'response', 'request', 'response'])
    _, messages = run_json('messages', '--kdc', KDC)
    equal([message['kind'] for message in messages], ['request', 'response'] + 9 * ['kerberos'] + ['request', 'response'])
    refusal = messages[3]
    equal((refusal['kerberos'], refusal['method'], refusal['error'], refusal['verdict'], refusal['rule']),
          (2, 'KRB-ERROR', 25, 'expected', 'KDC-PREAUTH-REQUIRED'))
    equal(messages[8]['service'], 'sip/pool01.contoso.example')
    _, out, _ = run('messages', '--kdc', KDC)
    assert 'K9' in out and 'TGS-REP' in out, out


@promise
def a_kerberos_message_is_explained_with_its_fields():
    _, shown = run_json('show', '--kerberos', '2', KDC)
    equal(shown['label'], 'KRB-ERROR KDC_ERR_PREAUTH_REQUIRED')
    assert any(field['name'] == 'error-code' for field in shown['fields']), shown
    _, out, _ = run('show', '--kerberos', '9', KDC)
    assert 'group memberships' in out and 'RFC 4120' in out and 'sip/pool01.contoso.example' in out, out
    status, _, errors = run('show', '--kerberos', '10', KDC)
    equal(status, 64)
    assert 'no Kerberos message 10' in errors, errors


@promise
def a_ladder_holds_the_kdc_and_counts_its_messages_apart():
    _, ladder = run_json('ladder', KDC)
    equal([(lane['role'], lane['in_trace']) for lane in ladder['lanes']], [('client', True), ('pool', True), ('kdc', True)])
    equal([rung['kind'] for rung in ladder['rungs']], 2 * ['message'] + 7 * ['kerberos'] + 2 * ['message'] + ['summary'])
    _, stats = run_json('stats', KDC)
    equal((stats['messages'], stats['kerberos']), (4, 9))


@promise
def the_ladder_names_lanes_and_what_is_not_in_the_trace():
    _, ladder = run_json('ladder', REMOTE)
    equal([(lane['role'], lane['in_trace']) for lane in ladder['lanes']], [('client', True), ('edge', True), ('pool', False), ('kdc', False)])
    _, ladder = run_json('ladder', '--no-hidden', REMOTE)
    equal([lane['role'] for lane in ladder['lanes']], ['client', 'edge'])


@promise
def the_ladder_shows_the_lines_of_the_log_where_they_are_wanted():
    log = str(ROOT / 'tests/traces/asterisk-chan-sip.log')
    line = 'Sending to 198.51.100.7:5060 (no NAT)'
    assert line in run('ladder', '--log-lines', log)[1]
    assert line not in run('ladder', log)[1]
    rows = [rung for rung in run_json('ladder', '--log-lines', log)[1]['rungs'] if rung['kind'] == 'log-lines']
    equal(rows[0]['message'], 2)
    assert line in rows[0]['text'], rows


@promise
def an_archive_is_one_trace_and_names_what_is_wrong_in_it():
    with tempfile.TemporaryDirectory() as folder:
        archive = pathlib.Path(folder, 'support')
        with zipfile.ZipFile(archive, 'w') as packed:
            packed.writestr('readme.txt', 'no SIP in here')
            packed.write(REMOTE, 'logs/client.log')
            packed.writestr('logs/old.log.gz', gzip.compress(open(REMOTE, 'rb').read()))
        status, stats = run_json('stats', str(archive))
        equal((status, stats['messages']), (0, 12))
        equal(run_json('stats', '-', stdin=archive.read_bytes()), (status, stats))
        archive.write_bytes(archive.read_bytes()[:-300])
        status, out, err = run('stats', '--json', str(archive))
        equal(status, 2)
        assert json.loads(out)['messages'] >= 6 and '“support” is damaged' in err, (out, err)
        compressed = gzip.compress(open(REMOTE, 'rb').read())
        archive.write_bytes(compressed[:len(compressed) * 3 // 4])
        status, out, err = run('stats', '--json', str(archive))
        equal(status, 2)
        assert json.loads(out)['messages'] >= 2 and 'is damaged' in err and err.count('\n') == 1, (out, err)


@promise
def the_story_holds_every_caption():
    _, messages = run_json('messages', REMOTE)
    _, out, _ = run('ladder', '--story', '--width', '100', REMOTE)
    words = ' '.join(out.split())
    for message in messages:
        first_words = ' '.join(message['caption'].split()[:4])
        assert first_words in words, first_words


@promise
def a_pipe_gets_no_colour():
    for command in ('ladder', 'check', 'messages'):
        assert '\033' not in run(command, REMOTE)[1]


@promise
def show_explains_every_header():
    _, shown = run_json('show', REMOTE, '--message', '2')
    names = [field['name'] for field in shown['fields']]
    assert 'WWW-Authenticate' in names and 'ms-user-logon-data' in names, names
    for field in shown['fields'][1:]:
        assert field['here'] or field['explanation'], field['name']


@promise
def exports_are_valid_and_the_same_each_time():
    with tempfile.TemporaryDirectory() as folder:
        for ending in ('svg', 'png', 'txt'):
            one, two = (os.path.join(folder, name + '.' + ending) for name in ('one', 'two'))
            equal(run('export', REMOTE, '-o', one)[0], 0)
            equal(run('export', REMOTE, '-o', two)[0], 0)
            equal(open(one, 'rb').read(), open(two, 'rb').read())
        ElementTree.parse(os.path.join(folder, 'one.svg'))
        equal(open(os.path.join(folder, 'one.png'), 'rb').read(8), b'\x89PNG\r\n\x1a\n')


@promise
def a_picture_that_would_be_too_tall_is_an_error_with_ways_out():
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, 'many.log')
        with open(trace, 'wb') as out:
            for number in range(1, 1500):
                out.write(b'OPTIONS sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/UDP h:5060;branch=z9hG4bK%d\r\nFrom: <sip:b@example.com>;tag=1\r\n'
                          b'To: <sip:a@example.com>\r\nCall-ID: c\r\nCSeq: %d OPTIONS\r\nContent-Length: 0\r\n\r\n' % (number, number))
        picture = os.path.join(folder, 'many.png')
        status, _, err = run('export', trace, '-o', picture)
        equal(status, 2)
        assert '32' in err and '767' in err and 'SVG' in err, err
        assert not os.path.exists(picture)


@promise
def hostile_labels_stay_text():
    message = ('INVITE sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: "<script>\033[31m\u202e" <sip:\033]0;x\007@e.example>;tag=1\r\n'
               'To: <sip:a@example.com>\r\nCall-ID: <b>&\033[2J\r\nCSeq: 1 INVITE\r\nSubject: \033[31m\u202e\r\nContent-Length: 0\r\n\r\n').encode()
    for arguments in (('messages', '-'), ('flows', '-'), ('ladder', '--story', '-'), ('show', '-', '--message', '1'), ('check', '--all', '-')):
        _, out, err = run(*arguments, stdin=message)
        assert '\033' not in out + err and '\u202e' not in out + err and '\007' not in out + err, arguments
    status, out, _ = run('export', '-', '-o', '-', '--format', 'svg', stdin=message)
    equal(status, 0)
    ElementTree.fromstring(out)
    assert '<script' not in out and '\033' not in out


@promise
def explain_knows_headers_codes_and_errors():
    for name in ('Call-ID', 'i', 'REGISTER', '401', 'ms-user-logon-data', 'gssapi-data', '1000', 'KRB_AP_ERR_SKEW'):
        status, facts = run_json('explain', name)
        equal(status, 0)
        assert facts and facts[0]['explanation'], name


@promise
def explain_suggests_what_was_meant():
    status, _, err = run('explain', 'Cal-ID')
    assert status != 0 and 'Call-ID' in err, err


@promise
def help_has_examples_for_every_command():
    _, out, _ = run('--help')
    for command in ('stats', 'flows', 'messages', 'ladder', 'show', 'check', 'export', 'explain'):
        assert command in out
        status, text, _ = run(command, '--help')
        equal(status, 0)
        assert 'rungs-cli ' + command in text and 'Examples:' in text, text
    assert run('--version')[1].startswith('rungs-cli ')


@promise
def check_prints_valid_junit_with_a_case_for_each_flow():
    path = sample('4-wrong-password-ntlm')
    status, out, _ = run('check', '--junit', path)
    equal(status, 1)
    root = ElementTree.fromstring(out)
    equal(root.tag, 'testsuites')
    suite, = root
    equal([child.tag for child in suite if child.tag != 'testcase'], ['properties', 'system-out', 'system-err'])
    cases = suite.findall('testcase')
    equal(int(suite.get('tests')), len(cases))
    equal(len(cases), run_json('stats', path)[1]['flows'])
    failures = [case for case in cases if case.find('failure') is not None]
    equal(int(suite.get('failures')), len(failures))
    assert failures and 'assword' in failures[0].find('failure').text, out
    equal(ElementTree.fromstring(run('check', '--junit', REMOTE)[1])[0].get('failures'), '0')


@promise
def check_escapes_what_xml_and_tap_have_no_place_for():
    message = ('INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK1\r\nFrom: <sip:a\x01&#"@x>;tag=1\r\nTo: <sip:b@x>\r\n'
               'Call-ID: <a&b#\x02>\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n')
    root = ElementTree.fromstring(run('check', '--junit', '-', stdin=message.encode())[1])
    assert root.find('.//failure') is not None
    out = run('check', '--tap', '-', stdin=message.encode())[1].splitlines()
    equal(out[:2], ['TAP version 14', '1..1'])
    assert out[2].startswith('not ok 1 - ') and ' #' not in out[2] and '\\#' in out[2], out[2]
    assert not any(ord(c) < 32 for line in out for c in line), out


@promise
def check_prints_tap_with_a_yaml_block():
    path = sample('4-wrong-password-ntlm')
    lines = run('check', '--tap', path)[1].splitlines()
    flows = run_json('stats', path)[1]['flows']
    equal(lines[1], '1..%d' % flows)
    equal(len([line for line in lines if re.match('(not )?ok ', line)]), flows)
    equal(lines.count('  ---'), lines.count('  ...'))
    assert '      severity: error' in lines, lines


@promise
def check_prints_in_one_format_only():
    for pair in (('--json', '--junit'), ('--json', '--tap'), ('--tap', '--junit')):
        equal(run('check', *pair, REMOTE)[0], 64)


@promise
def rules_are_left_out_by_lists_and_a_wrong_one_is_named_with_its_neighbours():
    path = sample('4-wrong-password-ntlm')
    errors = {finding['rule'] for finding in run_json('check', path)[1] if finding['severity'] == 'error'}
    assert len(errors) > 1
    equal(run('check', '--ignore', ','.join(errors), path)[0], 0)
    equal(run_json('stats', '--check', '--ignore', ', '.join(errors), path)[1]['problems'], 0)
    status, _, error = run('check', '--ignore', 'NATSEEN', path)
    equal(status, 64)
    assert 'NAT-SEEN' in error, error


@promise
def rules_of_a_file_judge_like_the_others():
    with tempfile.TemporaryDirectory() as folder:
        rules = pathlib.Path(folder) / 'ours.conf'
        rules.write_text('[rule OURS]\nseverity=error\nwhen=status:401\nexplanation=A 401 ({status}).\ncheck=Look.\n')
        status, findings = run_json('check', '--rules', str(rules), REMOTE)
        equal(status, 1)
        ours = [finding for finding in findings if finding['rule'] == 'OURS']
        equal([finding['message'] for finding in ours], [2, 4])
        equal((ours[0]['explanation'], ours[0]['reference']), ('A 401 (401).', None))
        equal(run_json('stats', '--check', '--rules', str(rules), REMOTE)[1]['problems'], 1)
        equal(run('check', '--rules', str(rules), '--ignore', 'OURS', REMOTE)[0], 0)
        rules.write_text('[rule OURS]\nwhen=(\nexplanation=x\n')
        status, _, error = run('check', '--rules', str(rules), REMOTE)
        equal(status, 64)
        assert 'ours.conf, line 2:' in error, error


@promise
def a_good_ntlm_login_of_a_real_client_passes_the_check():
    path = sample('3-internal-ntlm')
    equal(run_json('stats', path)[1]['messages'], 29)
    equal(run('check', path)[0], 0)
    assert 'good' in [flow['verdict'] for flow in run_json('flows', path)[1] if flow['kind'] == 'registration']


@promise
def a_wrong_password_is_a_problem_at_the_message_that_refuses_it():
    path = sample('4-wrong-password-ntlm')
    equal(run_json('stats', path)[1]['messages'], 6)
    status, findings = run_json('check', path)
    equal(status, 1)
    problems = [finding for finding in findings if finding['severity'] == 'error']
    assert ('NTLM-401-AFTER-AUTH', 6) in [(finding['rule'], finding['message']) for finding in problems], problems
    assert any('assword' in (finding['check'] or '') for finding in problems), problems


@promise
def a_kerberos_login_of_a_real_client_is_told_as_one():
    path = sample('2n-internal-kerberos-netns')
    equal(run_json('stats', path)[1]['messages'], 27)
    equal(run('check', path)[0], 0)
    registrations = [flow for flow in run_json('flows', path)[1] if flow['kind'] == 'registration']
    assert any('Kerberos' in flow['result'] for flow in registrations), registrations


TOKEN = 'TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAGAHIXAAAADw=='


@promise
def decode_takes_base64_hexadecimal_digits_and_standard_input():
    status, out, _ = run('decode', TOKEN)
    equal(status, 0)
    assert out.startswith('NTLM: NEGOTIATE_MESSAGE\n'), out
    assert 'NTLMSSP_NEGOTIATE_UNICODE: 0x00000001' in out, out
    equal(run('decode', base64.b64decode(TOKEN).hex())[1], out)
    equal(run('decode', 'Negotiate ' + TOKEN)[1], out)
    equal(run('decode', stdin=TOKEN.encode() + b'\n')[1], out)
    equal(run('decode', '-', stdin=TOKEN.encode())[1], out)


@promise
def decode_gives_ranges_and_explanations_as_json():
    status, root = run_json('decode', TOKEN)
    equal(status, 0)
    flags = root['children'][0]
    equal((flags['name'], flags['offset'], flags['length']), ('NegotiateFlags', 12, 4))
    assert flags['explanation'], flags


@promise
def decode_refuses_what_is_no_token():
    status, out, error = run('decode', 'no token!')
    equal((status, out), (2, ''))
    equal(len(error.splitlines()), 1)
    equal(run('decode', TOKEN, TOKEN)[0], 64)


def signatures(*arguments):
    status, messages = run_json('messages', *arguments)
    equal(status, 0)
    return [(message['number'], message['signature'], message['signature_reason']) for message in messages if 'signature' in message]


@promise
def messages_tells_right_signatures_from_wrong_ones():
    with tempfile.TemporaryDirectory() as folder:
        passwords = os.path.join(folder, 'passwords')
        for text, state, reason in (('Blue-Ladder-42\n', 'right', 'right'),
                                    ('izabela@CONTOSO:Blue-Ladder-42\nmarino:x\n', 'right', 'right'),
                                    ('Blue-Ladder-43', 'wrong', 'other-password'),
                                    ('marino:Blue-Ladder-42\n', 'unchecked', 'no-password')):
            pathlib.Path(passwords).write_text(text, encoding='utf-8')
            equal(signatures(REMOTE, '--password-file', passwords), [(5, state, reason), (6, state, reason)])
        equal(signatures(REMOTE), [])
        equal(signatures(REMOTE, '--password-file', passwords, '--filter', 'status:200'), [(6, 'unchecked', 'no-password')])


@promise
def messages_checks_kerberos_with_a_keytab():
    keytab = INTERNAL.replace('.uccapilog', '.keytab')
    equal(signatures(INTERNAL, '--keytab', keytab), [(3, 'right', 'right'), (4, 'right', 'right')])


@promise
def show_prints_what_was_signed_and_what_a_keytab_opens():
    keytab = INTERNAL.replace('.uccapilog', '.keytab')
    _, message = run_json('show', INTERNAL, '--message', '3', '--keytab', keytab)
    equal((message['signature'], message['signature_reason']), ('right', 'right'))
    signed, opened = message['signature_details']
    equal([field['name'] for field in signed['children']][:3], ['scheme', 'crand', 'cnum'])
    equal([field['name'] for field in opened['children']], ['EncTicketPart', 'Authenticator'])
    status, out, _ = run('show', INTERNAL, '--message', '3', '--keytab', keytab)
    equal(status, 0)
    assert 'Signature: The signature is right' in out, out
    assert 'Signature:' not in run('show', INTERNAL, '--message', '3')[1]


@promise
def ladders_and_lists_know_signatures_that_were_checked():
    with tempfile.TemporaryDirectory() as folder:
        right, wrong, out = (os.path.join(folder, name) for name in ('right', 'wrong', 'out.txt'))
        pathlib.Path(right).write_text('Blue-Ladder-42')
        pathlib.Path(wrong).write_text('Blue-Ladder-43')
        equal(run('ladder', '--password-file', right, REMOTE)[1].count('signature ✓'), 2)
        equal(run('export', '--password-file', wrong, REMOTE, '-o', out)[0], 0)
        equal(pathlib.Path(out).read_text().count('signature wrong'), 2)
        equal(run_json('flows', '--password-file', right, REMOTE)[1][0]['verdict'], 'good')
        equal(run_json('flows', '--password-file', wrong, REMOTE)[1][0]['verdict'], 'error')
        equal(run_json('stats', '--check', '--password-file', wrong, REMOTE)[1]['problems'], 1)
        equal(run('ladder', '--follow', '--password-file', right, REMOTE)[0], 64)
        equal(run('export', '--json', REMOTE, '-o', out)[0], 64)


@promise
def secrets_that_cannot_be_read_are_one_line_and_status_2():
    for option in ('--password-file', '--keytab'):
        status, out, error = run('messages', '--json', REMOTE, option, '/nonexistent')
        equal((status, out), (2, ''))
        equal(len(error.splitlines()), 1)


@promise
def signatures_of_other_clients_verify_and_with_another_secret_none_does():
    ntlm, kerberos = sample('3-internal-ntlm'), sample('2n-internal-kerberos-netns')
    refused = sample('4-wrong-password-ntlm')
    keytab = os.path.join(os.path.dirname(kerberos), 'all.keytab')
    with tempfile.TemporaryDirectory() as folder:
        passwords = os.path.join(folder, 'passwords')
        pathlib.Path(passwords).write_text('P@ssw0rd-Alice1', encoding='utf-8')
        equal([state for _, state, _ in signatures(ntlm, '--password-file', passwords)], ['right'] * 25)
        equal([state for _, state, _ in signatures(ntlm.replace('capture.pcap', 'client-debug.log'), '--password-file', passwords)], ['right'] * 20)
        equal([reason for _, _, reason in signatures(refused, '--password-file', passwords)], ['other-password'])
        pathlib.Path(passwords).write_text('Wrong-Password-9', encoding='utf-8')
        equal([state for _, state, _ in signatures(ntlm, '--password-file', passwords)], ['wrong'] * 25)
    equal([state for _, state, _ in signatures(kerberos, '--keytab', keytab)], ['right'] * 25)
    equal([reason for _, _, reason in signatures(kerberos, '--keytab', INTERNAL.replace('.uccapilog', '.keytab'))], ['other-key'] * 25)
    equal([state for _, state, _ in signatures(kerberos.replace('capture.pcap', 'client-debug.log'), '--keytab', keytab)], ['right'] * 20)


# How tokens begin, with the length of their first element in group 1; NTLM messages do not tell their length.
DER_TOKENS = (rb'[\x6a-\x6d]\x82(..)\x30\x82..[\xa0\xa1]\x03\x02\x01\x05[\xa1\xa2]\x03\x02\x01[\x0a-\x0d]',
              rb'\x6e\x82(..)\x30\x82..\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x0e',
              rb'\x7e\x82(..)\x30\x82..\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x1e',
              rb'\x60\x82(..)\x06(?:\x06\x2b\x06\x01\x05\x05\x02|\x09\x2a\x86\x48..\x12\x01\x02\x02)',
              rb'\xa1\x82(..)\x30\x82..\xa0\x03\x0a\x01')


# Longer messages of a KDC came in several packets, with the heads of these in between.
MAX_SEGMENT = 1300


def tokens_of(capture):
    data = gzip.decompress(capture.read_bytes()) if capture.suffix == '.gz' else capture.read_bytes()
    for pattern in DER_TOKENS:
        for match in itertools.islice(re.finditer(pattern, data, re.DOTALL), 5):
            length = 4 + int.from_bytes(match.group(1), 'big')
            if length < MAX_SEGMENT or match.group(0)[0] > 0x6d:
                yield data[match.start():match.start() + length]
    for match in itertools.islice(re.finditer(rb'NTLMSSP\0[\1-\3]\0\0\0', data), 5):
        yield data[match.start():match.start() + 800]


def fields(field):
    yield field
    for child in field.get('children', []):
        yield from fields(child)


@promise
def an_instance_belongs_to_its_epid():
    vectors = SAMPLES.parent.parent / 'reference' / 'test-vectors.json'
    if not vectors.exists():
        raise Skip('the published values are not on this machine (see RUNGS_SAMPLES)')
    values = [(v['inputs']['epid'], v['expected']) for v in json.loads(vectors.read_text(encoding='utf-8')) if v['id'].startswith('instance-')]
    equal(len(values), 5)
    request = ('REGISTER sip:contoso.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.7:50123\r\nMax-Forwards: 70\r\n'
               'From: <sip:a@contoso.example>;tag=1;epid=%s\r\nTo: <sip:a@contoso.example>\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n'
               'User-Agent: UCCAPI/3.5.6907.0 OC/3.5.6907.0\r\n'
               'Contact: <sip:192.0.2.7:50123;transport=tls>;+sip.instance="<urn:uuid:%s>"\r\nContent-Length: 0\r\n\r\n')
    for epid, instance in values:
        for text, expected in ((instance, False), (instance[:-1] + ('0' if instance[-1] != '0' else '1'), True)):
            _, out, _ = run('check', '--json', '-', stdin=(request % (epid, text)).encode())
            equal('EPID-INSTANCE' in [finding['rule'] for finding in json.loads(out)], expected)


@promise
def tokens_in_captures_of_other_programs_decode_to_the_end():
    captures = sorted((SAMPLES.parent / 'pcap-auth').glob('*'))
    if not captures:
        raise Skip('the samples in pcap-auth are not on this machine (see RUNGS_SAMPLES)')
    count = 0
    for capture in captures:
        for token in tokens_of(capture):
            _, out, _ = run('decode', '--json', stdin=token.hex().encode())
            for field in fields(json.loads(out)):
                assert field['remark'] is None, (capture.name, field)
                assert not field['name'].startswith('['), (capture.name, field)
            count += 1
    assert count > 50, count


def main():
    print('1..%d' % len(TESTS))
    failed = False
    for number, test in enumerate(TESTS, 1):
        name = test.__name__.replace('_', '-')
        try:
            test()
            print('ok %d %s' % (number, name))
        except Skip as reason:
            print('ok %d %s # SKIP %s' % (number, name, reason))
        except Exception as error:
            failed = True
            print('not ok %d %s' % (number, name))
            for line in ('%s: %s' % (type(error).__name__, error)).split('\n'):
                print('# ' + line)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
