#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
#
# Runs a window test on an X server and a session bus of its own, so that it neither needs nor touches anybody's screen.
#
#   run-under-xvfb.sh PROGRAM [ARGUMENT…]

set -eu

export GTK_A11Y=test GSK_RENDERER=cairo GDK_BACKEND=x11 GSETTINGS_BACKEND=memory GTK_USE_PORTAL=0 NO_AT_BRIDGE=1
XDG_DATA_HOME=$(mktemp -d)
XDG_CONFIG_HOME=$XDG_DATA_HOME
export XDG_DATA_HOME XDG_CONFIG_HOME
trap 'rm -rf "$XDG_DATA_HOME"' EXIT

if ! command -v xvfb-run >/dev/null || ! command -v dbus-run-session >/dev/null; then
  echo "1..0 # SKIP xvfb-run and dbus-run-session are needed (packages xvfb, xauth, dbus)"
  exit 0
fi
dbus-run-session -- xvfb-run -a -s "-screen 0 1600x1200x24" "$@"
