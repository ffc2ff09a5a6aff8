#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The reference tells of exactly the headers that are installed: what one leaves out, the other does.
# usage: tests/architecture/checkdocumented.sh SOURCES
set -eu
cd "$1"
left_out() { grep -oE "$1" "$2" | grep -oE '[a-z]+\.h' | sort -u; }
installed=$(left_out 'PATTERN "[a-z]+\.h" EXCLUDE' packaging/cmake/InstallLibrary.cmake)
documented=$(left_out 'core/[a-z]+/[a-z]+\.h"' packaging/doxygen/Doxyfile.in)
if [ -z "$installed" ] || [ "$installed" != "$documented" ]; then
    printf 'Not installed:\n%s\nNot documented:\n%s\n' "$installed" "$documented" >&2
    exit 1
fi
