#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the upload of one layer with that of skopeo. usage: blob_put.py LONGSHORECTL REGISTRY

A layer of 1 GiB, which does not compress, goes from disk to a registry on the loopback interface
that has nothing yet: by "blob put", which sends the file while it finds out the digest; by "blob put"
with the digest, which is what skopeo finds in the manifest; and by "skopeo copy dir:
docker://"; in turns. Prints the medians of time and processor time, their ratios and the peak
memory; fails above the limits.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmark import REPOSITORY, RUNS, measure, report, start_registry, write_json, write_layer

# Of skopeo's time, which finds the digest in the manifest, of its processor time, and MiB.
LIMITS = (0.9, 0.45, 60)

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

    def put_named(host):
        return [program, "blob", "put", f"{host}/{REPOSITORY}@{layer['digest']}", str(file)]

    def copy(host):
        return ["skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"dir:{image}",
                f"docker://{host}/{REPOSITORY}:1"]

    runs = [tuple(upload(registry, folder, command) for command in (put, put_named, copy))
            for _ in range(RUNS + 1)]
    return zip(*runs[1:])  # The first one warms the caches.


def main():
    program, registry = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="longshore-blob-put-", dir="/var/tmp") as name:
        folder = Path(name)
        layer = write_image(folder / "image")
        unnamed, named, theirs = compare(program, registry, layer, folder)
    is_good = report("upload of 1 GiB, digest unknown", LIMITS, unnamed, theirs)
    is_good = report("upload of 1 GiB, digest named", LIMITS, named, theirs) and is_good
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
