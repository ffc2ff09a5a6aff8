#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the window while it exports 1 GiB. usage: window_export.py FOLDER REGISTRY

FOLDER holds bench_windowexport of a release build. Run it under xvfb-run. Prints the longest gap of
the event loop and how much the memory grew, the worst of all runs; fails above the limits.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmark import REPOSITORY, RUNS, push_image, start_registry

LONGEST_GAP = 50  # Milliseconds.
MOST_GROWTH = 100  # MiB


def export(program, reference, folder):
    out = folder / "out"
    out.mkdir()
    output = subprocess.run([program, reference, str(out)], check=True, stdout=subprocess.PIPE)
    shutil.rmtree(out)
    return json.loads(output.stdout)


def main():
    folder_of_programs, registry = sys.argv[1:]
    program = f"{folder_of_programs}/bench_windowexport"
    with tempfile.TemporaryDirectory(prefix="longshore-window-", dir="/var/tmp") as name:
        folder = Path(name)
        process, host = start_registry(registry, folder)
        try:
            push_image(host, REPOSITORY, folder)
            runs = [export(program, f"{host}/{REPOSITORY}:1", folder) for _ in range(RUNS)]
        finally:
            process.kill()
            process.wait()
    seconds = statistics.median(run["milliseconds"] for run in runs) / 1000
    gap = max(run["longestGap"] for run in runs)
    growth = max(run["growth"] for run in runs)
    print(f"export of 1 GiB in the window: {seconds:.2f} s, longest gap {gap} ms "
          f"(limit {LONGEST_GAP}; of each run {[run['longestGap'] for run in runs]}), "
          f"its thread computed for {max(run['busiest'] for run in runs)} ms of one at most, "
          f"memory grew by {growth} MiB (limit {MOST_GROWTH})")
    return 0 if gap <= LONGEST_GAP and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
