#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Rungs authors
#
# Every .c file looks as .clang-format says.  Headers are tables, aligned by hand.

set -eu
cd "$1"
clang-format-14 --dry-run --Werror src/*/*.c tests/*/*.c
