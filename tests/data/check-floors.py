#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
"""Holds the table of floors over the #include lines of src/ (see src/DESIGN.md), and what each source file must have.

    check-floors.py SOURCE-ROOT"""

import pathlib
import re
import sys

LIBRARY = ['base', 'sip', 'auth', 'trace', 'model', 'knowledge', 'diagnose', 'ladder', 'paint', 'export']
FLOORS = {
    'base': [],
    'sip': ['base'],
    'auth': ['base', 'sip'],
    'trace': ['base', 'sip'],
    'model': ['base', 'sip', 'auth', 'trace'],
    'knowledge': ['base'],
    'diagnose': ['base', 'sip', 'auth', 'trace', 'model', 'knowledge'],
    'ladder': ['base', 'sip', 'auth', 'trace', 'model', 'knowledge', 'diagnose'],
    'paint': ['base', 'ladder'],
    'export': LIBRARY[:-1],
    'cli': LIBRARY,
    'app': LIBRARY,
}
# Headers that the build makes.
GENERATED = {'rungs-sip-header-ids.h': 'sip', 'rungs-sip-header-hash.inc': 'sip', 'rungs-data.h': 'knowledge'}
# Which floor may see which outside library, by the beginning of its header's name.
OUTSIDE = {
    'gtk/': ['app'], 'adwaita': ['app'], 'gtksourceview/': ['app'], 'gdk/': ['app'], 'gsk/': ['app'],
    'cairo': ['paint', 'export', 'app'], 'pango': ['paint', 'export', 'app'],
    'archive': ['trace'],
    'json-glib/': ['cli', 'export'],
    'gio/': ['trace', 'model', 'knowledge', 'diagnose', 'ladder', 'export', 'cli', 'app'],
}


def main():
    source = pathlib.Path(sys.argv[1]) / 'src'
    floor_of = {}
    for path in source.glob('*/*.h'):
        assert path.name not in floor_of, 'two headers are named ' + path.name
        floor_of[path.name] = path.parent.name
    floor_of.update(GENERATED)
    faults = []
    for path in sorted(source.glob('*/*.[ch]')):
        floor = path.parent.name
        text = path.read_text(encoding='utf-8')
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in text[:200]:
            faults.append('%s: no SPDX line' % path)
        for kind, name in re.findall(r'^#include ([<"])([^>"]+)[>"]', text, re.M):
            if kind == '<':
                for prefix, floors in OUTSIDE.items():
                    if name.startswith(prefix) and floor not in floors:
                        faults.append('%s: %s is not for the floor %s' % (path, name, floor))
            elif name != 'config.h':
                target = floor_of.get(name)
                if target is None:
                    if not (path.parent / name).exists() and not name.endswith(('-resources.h', '.inc')):
                        faults.append('%s: %s is on no floor' % (path, name))
                elif target != floor and target not in FLOORS[floor]:
                    faults.append('%s: %s (%s) may not include %s (%s)' % (path, path.name, floor, name, target))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
