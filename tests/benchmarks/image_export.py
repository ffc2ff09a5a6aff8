#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the export of an image with skopeo's. usage: image_export.py LONGSHORECTL REGISTRY

Images of one layer of 1 GiB and of 20 layers of 50 MiB, which do not compress, are pushed to a
registry of their own on the loopback interface. Both programs copy them into an OCI layout, in
turns, and curl fetches the same blobs side by side, which it neither verifies nor syncs to disk.
Prints the medians of time and processor time, their ratios and the peak memory; fails above the
limits.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmark import RUNS, measure, median, push_image, report, start_registry

# Layers, MiB of each, and the most of skopeo's time.
IMAGES = [("1 x 1 GiB", 1, 1024, 0.35), ("20 x 50 MiB", 20, 50, 0.6)]
MOST_CURL_TIME = 1.4  # Of curl's.
MOST_PROCESSOR = 0.45  # Of skopeo's.
CONNECTIONS = 6  # As longshorectl opens.
MOST_MEMORY = 80  # MiB


def fetch_command(host, repository, layers, out):
    blobs = [f"http://{host}/v2/{repository}/blobs/{layer['digest']}" for layer in layers]
    return ["curl", "--silent", "--no-progress-meter", "--fail", "--parallel", "--parallel-max", str(CONNECTIONS),
            "--parallel-immediate", "--create-dirs", "--output-dir", str(out), "--remote-name-all",
            *blobs]


def compare(program, host, repository, layers, folder):
    """The runs of the three, in turns, so that what else the machine does meets all of them."""
    out = folder / "out"
    export = [program, "export", f"{host}/{repository}:1", f"oci:{out}:1"]
    skopeo = ["skopeo", "copy", "--quiet", "--src-tls-verify=false",
              f"docker://{host}/{repository}:1", f"oci:{out}:1"]
    curl = fetch_command(host, repository, layers, out)
    results = ([], [], [])
    for run in range(RUNS + 1):
        for command, runs in zip((export, skopeo, curl), results):
            measured = measure(command)
            shutil.rmtree(out)
            if run > 0:  # The first one warms the caches.
                runs.append(measured)
    return results


def report_curl(title, ours, curls):
    mine, other = median(ours, "seconds"), median(curls, "seconds")
    print(f"{title}, time: longshorectl {mine:.2f} s, curl {other:.2f} s, "
          f"ratio {mine / other:.2f} (limit {MOST_CURL_TIME})")
    return mine / other <= MOST_CURL_TIME


def main():
    program, registry = sys.argv[1:]
    is_good = True
    with tempfile.TemporaryDirectory(prefix="longshore-export-", dir="/var/tmp") as name:
        folder = Path(name)
        process, host = start_registry(registry, folder)
        try:
            for number, (title, count, mebibytes, most_time) in enumerate(IMAGES):
                repository = f"bench/image{number}"
                layers = push_image(host, repository, folder, count, mebibytes)
                ours, skopeos, curls = compare(program, host, repository, layers, folder)
                is_good = report(f"export of {title}", (most_time, MOST_PROCESSOR, MOST_MEMORY),
                                 ours, skopeos) and is_good
                is_good = report_curl(f"export of {title}", ours, curls) and is_good
        finally:
            process.kill()
            process.wait()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
