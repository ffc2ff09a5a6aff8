#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the upload of one layer with that of skopeo. usage: blob_put.py LONGSHORECTL REGISTRY

A layer of 1 GiB, which does not compress, goes from disk to a registry on the loopback interface
that has nothing yet: by "blob put", and in turns by "skopeo copy dir: docker://". Prints the
medians of time and processor time, their ratios and the peak memory; fails above the limits.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

from blob_get import REPOSITORY, RUNS, start_registry, write_json, write_layer

MOST_TIME = 0.9  # Of skopeo's.
MOST_PROCESSOR = 0.45
MOST_MEMORY = 60  # MiB

Run = namedtuple("Run", "seconds processor memory")


def write_image(folder):
    """An image as skopeo's "dir:" has it; the descriptor of its layer."""
    folder.mkdir()
    layer = write_layer(folder)
    config = write_json(folder, {"architecture": "amd64", "os": "linux",
                                 "rootfs": {"type": "layers", "diff_ids": [layer["digest"]]}},
                        "application/vnd.oci.image.config.v1+json")
    (folder / "manifest.json").write_text(json.dumps({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config, "layers": [layer]}))
    (folder / "version").write_text("Directory Transport Version: 1.1\n")
    return layer


def measure(command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return Run(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def upload(registry, folder, command_for):
    """One upload to a registry that was made for it: nothing may be there already."""
    place = folder / "empty"
    place.mkdir()
    process, host = start_registry(registry, place)
    try:
        return measure(command_for(host))
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(place)


def compare(program, registry, layer, folder):
    image = folder / "image"
    file = image / layer["digest"].removeprefix("sha256:")

    def put(host):
        return [program, "blob", "put", f"{host}/{REPOSITORY}", str(file)]

    def copy(host):
        return ["skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"dir:{image}",
                f"docker://{host}/{REPOSITORY}:1"]

    ours, theirs = [], []
    for run in range(RUNS + 1):
        mine, other = upload(registry, folder, put), upload(registry, folder, copy)
        if run > 0:  # The first one warms the caches.
            ours.append(mine)
            theirs.append(other)
    return ours, theirs


def report(ours, theirs):
    def median(runs, field):
        return statistics.median(getattr(run, field) for run in runs)

    is_good = True
    for field, name, limit in (("seconds", "time", MOST_TIME),
                               ("processor", "processor time", MOST_PROCESSOR)):
        mine, other = median(ours, field), median(theirs, field)
        is_good = is_good and mine / other <= limit
        print(f"upload of 1 GiB, {name}: longshorectl {mine:.2f} s, skopeo {other:.2f} s, "
              f"ratio {mine / other:.2f} (limit {limit})")
    memory = max(run.memory for run in ours)
    print(f"peak memory: longshorectl {memory:.0f} MiB (limit {MOST_MEMORY}), "
          f"skopeo {max(run.memory for run in theirs):.0f} MiB")
    return 0 if is_good and memory <= MOST_MEMORY else 1


def main():
    program, registry = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="longshore-blob-put-", dir="/var/tmp") as name:
        folder = Path(name)
        layer = write_image(folder / "image")
        return report(*compare(program, registry, layer, folder))


if __name__ == "__main__":
    sys.exit(main())
