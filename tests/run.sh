#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds Longshore and runs every test, starting from a machine that has nothing.
# usage: tests/run.sh [--preset NAME] [CTEST OPTION]...
#
# The preset is "asan" unless another one is named: the build in which wrong memory accesses and
# undefined behaviour end a test, by clang and lld, which need half the time for that. Further options go
# to ctest: tests/run.sh -R registry
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
export LC_ALL=C.UTF-8

preset=asan
if [ "${1:-}" = --preset ]; then
    preset=${2:?"--preset needs a name"}
    shift 2
fi

step() {
    printf '\n== %s\n' "$*"
}

step "Packages"
packaging/packages.sh build test clang
LONGSHORE_DOCKER_REGISTRY=$(packaging/registry.sh build/docker-registry)
export LONGSHORE_DOCKER_REGISTRY
echo "Tests that want a real registry use $LONGSHORE_DOCKER_REGISTRY"

step "Building in build/$preset"
cmake --preset "$preset" -DBUILD_TESTING=ON
cmake --build --preset "$preset"

step "Testing"
results=$PWD/build/$preset/results.xml
rm -f "$results"
# The summary counts test functions, so ctest must not shorten what the tests print.
ctest --test-dir "build/$preset" --parallel "$(nproc)" --output-on-failure --no-tests=error \
    --test-output-size-passed 10000000 --test-output-size-failed 10000000 \
    --output-junit "$results" "$@" || true
python3 tests/support/summary.py "$results"
