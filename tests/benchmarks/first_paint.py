#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the start of the window with that of an empty one. usage: first_paint.py FOLDER

FOLDER holds bench_emptywindow and bench_longshorewindow of a release build. Run it under
xvfb-run. Prints the medians of alternating runs and their ratio; fails above the limit.
"""

import statistics
import subprocess
import sys
import time

RUNS = 15
LIMIT = 4.0


def seconds_to_paint(program):
    start = time.monotonic()
    process = subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    line = process.stdout.readline()
    elapsed = time.monotonic() - start
    process.wait()
    if line.strip() != b"painted":
        sys.exit(f"{program} painted nothing")
    return elapsed


def main():
    folder = sys.argv[1]
    empty, ours = [], []
    for run in range(RUNS + 1):
        pair = (seconds_to_paint(f"{folder}/bench_emptywindow"),
                seconds_to_paint(f"{folder}/bench_longshorewindow"))
        if run > 0:  # The first one warms the caches.
            empty.append(pair[0])
            ours.append(pair[1])
    base, window = statistics.median(empty), statistics.median(ours)
    ratio = window / base
    print(f"first paint: empty window {base * 1000:.0f} ms, Longshore {window * 1000:.0f} ms, "
          f"ratio {ratio:.2f} (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
