#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Every file with a text for people is in po/POTFILES.in, every entry there exists, and xgettext takes whole texts out of the C
files: one with a macro in its middle would end there, and no translation would ever be found.

    check-potfiles.py SOURCE-ROOT"""

import pathlib
import re
import subprocess
import sys

MARK = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|dngettext)\s*\(\s*"|translatable="yes"')


def extraction_faults(root, listed):
    names = sorted(name for name in listed if name.endswith(('.c', '.h')))
    done = subprocess.run(['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--flag=g_print:1:c-format',
                           '--flag=g_printerr:1:c-format', '--flag=g_strdup_printf:1:c-format', '--output=/dev/null', *names],
                          cwd=root, stderr=subprocess.PIPE, text=True, check=False)
    return [line for line in done.stderr.splitlines() if ': warning: ' in line or ': error: ' in line]


def main():
    root = pathlib.Path(sys.argv[1])
    listed = {line.strip() for line in (root / 'po/POTFILES.in').read_text().splitlines()
              if line.strip() and not line.startswith('#')}
    faults = ['%s is listed and does not exist' % name for name in sorted(listed) if not (root / name).exists()]
    for pattern in ('src/*/*.c', 'src/*/*.h', 'src/*/*.ui', 'src/*/*/*.ui', 'data/*/*.ui'):
        for path in sorted(root.glob(pattern)):
            name = str(path.relative_to(root))
            if name not in listed and MARK.search(path.read_text(encoding='utf-8')):
                faults.append('%s has texts and is not listed' % name)
    for pattern in ('data/knowledge/*.xml', 'data/rules/*.xml', 'help/C/*.page', 'data/*.desktop.in', 'data/*.metainfo.xml.in'):
        for path in sorted(root.glob(pattern)):
            name = str(path.relative_to(root))
            if name not in listed:
                faults.append('%s has texts and is not listed' % name)
    faults += extraction_faults(root, listed - {name for name in listed if not (root / name).exists()})
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
