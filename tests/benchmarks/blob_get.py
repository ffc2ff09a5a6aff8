#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the download of one layer with that of skopeo. usage: blob_get.py LONGSHORECTL REGISTRY

An image with one layer of 1 GiB, which does not compress, is pushed to a registry of its own on
the loopback interface. Both programs download it in turns and verify it. Prints the medians, their
ratio and the peak memory; fails above the limits.
"""

import gzip
import hashlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LAYER_BYTES = 1 << 30
RUNS = 5
MOST_TIME = 0.5  # Of skopeo's.
MOST_MEMORY = 60  # MiB
REPOSITORY = "bench/large"


class HashingFile:
    """Writes a file and hashes what goes through."""

    def __init__(self, path):
        self._file = open(path, "wb")
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data):
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self):
        self._file.flush()

    def close(self):
        self._file.close()
        return "sha256:" + self._hash.hexdigest()


def write_layer(blobs):
    """A gzip file, so that skopeo pushes it as it is; random, so that nothing could shrink it."""
    part = blobs / "part"
    output = HashingFile(part)
    with gzip.GzipFile(fileobj=output, mode="wb", compresslevel=0, mtime=0) as stream:
        for _ in range(LAYER_BYTES >> 20):
            stream.write(os.urandom(1 << 20))
    digest = output.close()
    part.rename(blobs / digest.removeprefix("sha256:"))
    return {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": digest, "size": output.size}


def write_json(blobs, document, media_type):
    data = json.dumps(document).encode()
    digest = hashlib.sha256(data).hexdigest()
    (blobs / digest).write_bytes(data)
    return {"mediaType": media_type, "digest": "sha256:" + digest, "size": len(data)}


def write_layout(folder):
    """An OCI layout with the image; the descriptor of its layer."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    layer = write_layer(blobs)
    config = write_json(blobs, {"architecture": "amd64", "os": "linux",
                                "rootfs": {"type": "layers", "diff_ids": [layer["digest"]]}},
                        "application/vnd.oci.image.config.v1+json")
    manifest = write_json(blobs, {"schemaVersion": 2, "config": config, "layers": [layer]},
                          "application/vnd.oci.image.manifest.v1+json")
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [manifest]}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    return layer


def start_registry(program, folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = "127.0.0.1:%d" % probe.getsockname()[1]
    configuration = folder / "registry.yml"
    configuration.write_text(
        "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
        f"storage:\n  filesystem: {{rootdirectory: {folder / 'registry'}}}\n"
        f"http: {{addr: '{host}', secret: benchmark}}\n")
    process = subprocess.Popen([program, "serve", str(configuration)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(tuple(host.split(":")), 1).close()
            return process, host
        except OSError:
            time.sleep(0.05)
    process.kill()
    sys.exit("the registry does not answer")


def measure(command):
    """Seconds and peak MiB of one run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return elapsed, usage.ru_maxrss / 1024


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
    our_time, their_time = (statistics.median(run[0] for run in runs) for runs in (ours, theirs))
    memory = max(run[1] for run in ours)
    ratio = our_time / their_time
    print(f"download of 1 GiB: longshorectl {our_time:.2f} s, skopeo {their_time:.2f} s, "
          f"ratio {ratio:.2f} (limit {MOST_TIME})")
    print(f"peak memory: longshorectl {memory:.0f} MiB (limit {MOST_MEMORY}), "
          f"skopeo {max(run[1] for run in theirs):.0f} MiB")
    return 0 if ratio <= MOST_TIME and memory <= MOST_MEMORY else 1


def main():
    program, registry = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="longshore-blob-get-", dir="/var/tmp") as name:
        folder = Path(name)
        layer = write_layout(folder / "layout")
        process, host = start_registry(registry, folder)
        try:
            subprocess.run(["skopeo", "copy", "--quiet", "--dest-tls-verify=false",
                            f"oci:{folder / 'layout'}", f"docker://{host}/{REPOSITORY}:1"],
                           check=True)
            shutil.rmtree(folder / "layout")
            return report(*compare(program, host, layer, folder))
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
