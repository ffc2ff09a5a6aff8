#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fuzzes every parser for a while, with clang's libFuzzer and the sanitizers.
# usage: tests/fuzz/run.sh [SECONDS]    for each target; 60 unless told otherwise
set -eu
cd "$(dirname "$(readlink -f "$0")")/../.."
seconds=${1:-60}

packaging/packages.sh build clang
cmake --preset clang -B build/fuzz -DFUZZERS=ON -DSANITIZERS=address,undefined \
    -DCMAKE_CXX_FLAGS=-fsanitize=fuzzer-no-link -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1"
for source in tests/fuzz/corpus/*; do
    name=$(basename "$source")
    cmake --build build/fuzz --target "fuzz_$name"
    found=build/fuzz/corpus/$name
    mkdir -p "$found"
    printf '\n== %s\n' "$name"
    # What it finds goes into the first folder; the seeds stay as they are.
    status=0
    build/fuzz/tests/fuzz_"$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
        -artifact_prefix="build/fuzz/crash-$name-" -print_final_stats=1 "$found" "$source" \
        >"build/fuzz/$name.log" 2>&1 || status=$?
    grep -E 'stat::number_of_executed_units|ERROR|SUMMARY|Test unit' "build/fuzz/$name.log" || true
    [ "$status" -eq 0 ] || { tail -n 20 "build/fuzz/$name.log"; exit "$status"; }
    [ -z "$(find build/fuzz -maxdepth 1 -name "crash-$name-*")" ] || exit 1
done
