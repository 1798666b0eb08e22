#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
#
# Installs the packages of packages.txt that are missing, as root or with sudo.
#
#   install-packages.sh build          what building and running needs
#   install-packages.sh build test     and what the tests need

set -eu

list=$(dirname "$0")/packages.txt
missing=
for kind in "$@"; do
  for package in $(sed -n "s/^$kind //p" "$list"); do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) in
      'install ok installed') ;;
      *) missing="$missing $package" ;;
    esac
  done
done
[ -n "$missing" ] || exit 0

echo "Installing:$missing" >&2
root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "These packages are missing, and neither root nor sudo is at hand:$missing" >&2; exit 1; }
  root=sudo
fi
$root apt-get update >&2
# The names are a list on purpose.
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >&2
