#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Counts the test cases of a Meson run: testlog.junit.xml → "N passed, N failed" as the last line.

A program that speaks TAP counts with each of its cases, any other as one.  Skipped cases are named before, and are
neither.  A program that ended before its last case has no failed case in that file: testlog.json beside it tells."""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def main():
    passed = failed = skipped = 0
    broken = set()
    for line in pathlib.Path(sys.argv[1]).with_name('testlog.json').read_text().splitlines():
        program = json.loads(line)
        if program['result'] in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT'):
            broken.add(program['name'].split(' / ')[-1])
    for case in ElementTree.parse(sys.argv[1]).getroot().iter('testcase'):
        if case.find('skipped') is not None:
            skipped += 1
            print('skipped: %s %s' % (case.get('classname'), case.get('name')))
        elif case.find('failure') is not None or case.find('error') is not None:
            failed += 1
            broken.discard(case.get('classname').split('.', 1)[-1])
            print('failed: %s %s' % (case.get('classname'), case.get('name')))
        else:
            passed += 1
    for program in sorted(broken):
        failed += 1
        print('failed: %s ended before its last case' % program)
    if skipped:
        print('%d skipped' % skipped)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
