#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks the formatting of every source file; with --fix mends it.
set -eu
cd "$(dirname "$0")/.."
mode="--dry-run --Werror"
[ "${1:-}" = --fix ] && mode="-i"
# shellcheck disable=SC2086 # two words on purpose
find app core tests ui \( -name '*.h' -o -name '*.cpp' \) -exec clang-format $mode {} +
