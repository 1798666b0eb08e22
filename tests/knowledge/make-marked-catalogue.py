#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""A catalogue that “translates” every text of the data files by putting a mark before it.

    make-marked-catalogue.py SOURCE-ROOT OUTPUT.mo

It is made by the same xgettext and the same rules as the real ones, so that a text without the mark is one that no
translator could ever reach."""

import os
import pathlib
import re
import subprocess
import sys

MARK = '\u27e6'


def main():
    root, output = pathlib.Path(sys.argv[1]), sys.argv[2]
    files = [str(path.relative_to(root)) for pattern in ('data/knowledge/*.xml', 'data/rules/*.xml', 'help/C/*.page')
             for path in sorted(root.glob(pattern))]
    environment = dict(os.environ, GETTEXTDATADIRS=str(root / 'data'))
    template = subprocess.run(['xgettext', '--from-code=UTF-8', '--output=-', *files], cwd=root, env=environment,
                              check=True, stdout=subprocess.PIPE).stdout
    filled = subprocess.run(['msgen', '--output-file=-', '-'], input=template.replace(b'charset=CHARSET', b'charset=UTF-8'),
                            check=True, stdout=subprocess.PIPE).stdout.decode('utf-8')
    header, first, entries = filled.partition('\n\n')
    marked = re.sub(r'^msgstr (""\n"\\n"\n)?', lambda match: match.group() + '"%s"\n' % MARK, entries, flags=re.MULTILINE)
    subprocess.run(['msgfmt', '--output-file=' + output, '-'], input=(header + first + marked).encode('utf-8'),
                   check=True)


if __name__ == '__main__':
    main()
