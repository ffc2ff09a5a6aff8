#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the reference of the library. Ends with 1 when something in it is not documented, and with
# 77, which CTest takes for "skipped", when there is no Doxygen.
# usage: build.sh DOXYFILE
set -eu
if ! command -v doxygen >/dev/null; then
    echo "Doxygen is not here; tests/run.sh fetches it"
    exit 77
fi
exec doxygen "$1"
