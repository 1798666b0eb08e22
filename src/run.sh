#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
#
# Installs what is missing, builds, and opens the window.
#
#   src/run.sh               with the bundled example
#   src/run.sh FILE…         with these traces
#
# Where there is no display it says so and writes the ladder of the example as SVG and PNG into the current folder.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build

"$root/src/install-packages.sh" build
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" -Dtests=false -Dbuildtype=release -Db_lto=false >&2
ninja -C "$build" >&2

export GSETTINGS_SCHEMA_DIR="$build/data"
export XDG_DATA_DIRS="$build/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  if [ $# -eq 0 ]; then
    set -- "$root/data/examples/remote-ntlm.uccapilog"
  fi
  name=$(basename "$1")
  name=${name%.*}
  echo "There is no display here, so no window can open. The ladder of “$(basename "$1")” is written instead:"
  for ending in svg png; do
    "$build/src/cli/rungs-cli" export "$@" -o "$name.$ending"
    echo "  $PWD/$name.$ending"
  done
  exit 0
fi

if [ $# -eq 0 ]; then
  exec "$build/src/app/rungs" --example
fi
exec "$build/src/app/rungs" "$@"
