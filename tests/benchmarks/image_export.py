#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the export of an image with skopeo's. usage: image_export.py LONGSHORECTL REGISTRY

Images of one layer of 1 GiB and of 20 layers of 50 MiB, which do not compress, are pushed to a
registry of their own on the loopback interface. Both programs copy them into an OCI layout, in
turns. Prints the medians of time and processor time, their ratios and the peak memory; fails above
the limits.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmark import RUNS, measure, push_image, report, start_registry

# Layers, MiB of each, and the most of skopeo's time.
IMAGES = [("1 x 1 GiB", 1, 1024, 0.35), ("20 x 50 MiB", 20, 50, 0.6)]
MOST_PROCESSOR = 0.45  # Of skopeo's.
MOST_MEMORY = 80  # MiB


def compare(program, host, repository, folder):
    """The runs of both, in turns, so that what else the machine does meets both."""
    out = folder / "out"
    export = [program, "export", f"{host}/{repository}:1", f"oci:{out}:1"]
    skopeo = ["skopeo", "copy", "--quiet", "--src-tls-verify=false",
              f"docker://{host}/{repository}:1", f"oci:{out}:1"]
    results = ([], [])
    for run in range(RUNS + 1):
        for command, runs in zip((export, skopeo), results):
            measured = measure(command)
            shutil.rmtree(out)
            if run > 0:  # The first one warms the caches.
                runs.append(measured)
    return results


def main():
    program, registry = sys.argv[1:]
    is_good = True
    with tempfile.TemporaryDirectory(prefix="longshore-export-", dir="/var/tmp") as name:
        folder = Path(name)
        process, host = start_registry(registry, folder)
        try:
            for number, (title, count, mebibytes, most_time) in enumerate(IMAGES):
                repository = f"bench/image{number}"
                push_image(host, repository, folder, count, mebibytes)
                runs = compare(program, host, repository, folder)
                is_good = report(f"export of {title}", (most_time, MOST_PROCESSOR, MOST_MEMORY),
                                 *runs) and is_good
        finally:
            process.kill()
            process.wait()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
