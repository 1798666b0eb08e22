#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
#
# Installs what is missing, builds with warnings as errors, runs all tests, and closes with "N passed, N failed".
#
#   tests/run.sh               all tests
#   tests/run.sh --sanitize    the same under AddressSanitizer and UndefinedBehaviorSanitizer
#
# Samples by other programs are found through RUNGS_SAMPLES (default: ../shared beside the project); tests that need them
# skip where they are absent.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build-test
options='-Dwerror=true'

if [ "${1:-}" = --sanitize ]; then
  build=$root/build-sanitize
  # GCC's instrumented code draws false warnings, so that they are no errors here.
  options='-Db_sanitize=address,undefined -Db_lundef=false'
fi

"$root/src/install-packages.sh" build test
# shellcheck disable=SC2086
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" $options
ninja -C "$build"

status=0
meson test -C "$build" --print-errorlogs --no-rebuild || status=$?
python3 "$root/tests/count-results.py" "$build/meson-logs/testlog.junit.xml" || status=1
exit "$status"
