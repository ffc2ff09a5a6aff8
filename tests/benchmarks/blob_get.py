#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the download of one layer with that of skopeo. usage: blob_get.py LONGSHORECTL REGISTRY

An image with one layer of 1 GiB, which does not compress, is pushed to a registry of its own on
the loopback interface. Both programs download it in turns and verify it. Prints the medians, their
ratio and the peak memory; fails above the limits.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmark import REPOSITORY, RUNS, measure, median, push_image, start_registry

MOST_TIME = 0.5  # Of skopeo's.
MOST_MEMORY = 60  # MiB


def compare(program, host, layer, folder):
    """The runs of both, in turns, so that what else the machine does meets both."""
    blob, copy = folder / "layer", folder / "copy"
    get = [program, "blob", "get", f"{host}/{REPOSITORY}@{layer['digest']}", "-o", str(blob)]
    skopeo = ["skopeo", "copy", "--quiet", "--src-tls-verify=false",
              f"docker://{host}/{REPOSITORY}:1", f"dir:{copy}"]
    ours, theirs = [], []
    for run in range(RUNS + 1):
        mine = measure(get)
        if blob.stat().st_size != layer["size"]:
            sys.exit("longshorectl wrote another size")
        blob.unlink()
        other = measure(skopeo)
        shutil.rmtree(copy)
        if run > 0:  # The first one warms the caches.
            ours.append(mine)
            theirs.append(other)
    return ours, theirs


def report(ours, theirs):
    our_time, their_time = median(ours, "seconds"), median(theirs, "seconds")
    memory = max(run.memory for run in ours)
    ratio = our_time / their_time
    print(f"download of 1 GiB: longshorectl {our_time:.2f} s, skopeo {their_time:.2f} s, "
          f"ratio {ratio:.2f} (limit {MOST_TIME})")
    print(f"peak memory: longshorectl {memory:.0f} MiB (limit {MOST_MEMORY}), "
          f"skopeo {max(run.memory for run in theirs):.0f} MiB")
    return 0 if ratio <= MOST_TIME and memory <= MOST_MEMORY else 1


def main():
    program, registry = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="longshore-blob-get-", dir="/var/tmp") as name:
        folder = Path(name)
        process, host = start_registry(registry, folder)
        try:
            layer, = push_image(host, REPOSITORY, folder)
            return report(*compare(program, host, layer, folder))
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
