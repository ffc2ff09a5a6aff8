#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the export of an image with skopeo's. usage: image_export.py LONGSHORECTL REGISTRY

Images of one layer of 1 GiB and of 20 layers of 50 MiB, which do not compress, are pushed to a
registry of its own on the loopback interface. Both programs copy them into an OCI layout, in turns.
Prints the medians of time and processor time, their ratios and the peak memory; fails above the
limits.
"""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from blob_get import HashingFile, start_registry, write_json

RUNS = 3
# Layers, MiB of each, and the most of skopeo's time.
IMAGES = [("1 x 1 GiB", 1, 1024, 0.35), ("20 x 50 MiB", 20, 50, 0.6)]
MOST_PROCESSOR = 0.45  # Of skopeo's.
MOST_MEMORY = 80  # MiB


def write_layer(blobs, mebibytes):
    """A gzip file, so that skopeo pushes it as it is; random, so that nothing could shrink it."""
    output = HashingFile(blobs / "part")
    with gzip.GzipFile(fileobj=output, mode="wb", compresslevel=0, mtime=0) as stream:
        for _ in range(mebibytes):
            stream.write(os.urandom(1 << 20))
    digest = output.close()
    (blobs / "part").rename(blobs / digest.removeprefix("sha256:"))
    return {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": digest, "size": output.size}


def push_image(host, repository, count, mebibytes, folder):
    layout = folder / "layout"
    blobs = layout / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    layers = [write_layer(blobs, mebibytes) for _ in range(count)]
    config = write_json(blobs, {"architecture": "amd64", "os": "linux",
                                "rootfs": {"type": "layers",
                                           "diff_ids": [layer["digest"] for layer in layers]}},
                        "application/vnd.oci.image.config.v1+json")
    manifest = write_json(blobs, {"schemaVersion": 2, "config": config, "layers": layers},
                          "application/vnd.oci.image.manifest.v1+json")
    (layout / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [manifest]}))
    (layout / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    subprocess.run(["skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"oci:{layout}",
                    f"docker://{host}/{repository}:1"], check=True)
    shutil.rmtree(layout)


def measure(command):
    """Seconds, processor seconds and peak MiB of one run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


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


def report(title, most_time, ours, theirs):
    def median(runs, part):
        return statistics.median(run[part] for run in runs)
    ratio = median(ours, 0) / median(theirs, 0)
    processor = median(ours, 1) / median(theirs, 1)
    memory = max(run[2] for run in ours)
    print(f"export of {title}: longshorectl {median(ours, 0):.2f} s, "
          f"skopeo {median(theirs, 0):.2f} s, ratio {ratio:.2f} (limit {most_time}); "
          f"processor {median(ours, 1):.2f} s, {median(theirs, 1):.2f} s, ratio {processor:.2f} "
          f"(limit {MOST_PROCESSOR}); peak memory {memory:.0f} MiB (limit {MOST_MEMORY})")
    return ratio <= most_time and processor <= MOST_PROCESSOR and memory <= MOST_MEMORY


def main():
    program, registry = sys.argv[1:]
    kept = True
    with tempfile.TemporaryDirectory(prefix="longshore-export-", dir="/var/tmp") as name:
        folder = Path(name)
        process, host = start_registry(registry, folder)
        try:
            for number, (title, count, mebibytes, most_time) in enumerate(IMAGES):
                repository = f"bench/image{number}"
                push_image(host, repository, count, mebibytes, folder)
                kept = report(title, most_time,
                              *compare(program, host, repository, folder)) and kept
        finally:
            process.kill()
            process.wait()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
