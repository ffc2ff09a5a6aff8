# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks share: images that do not compress, a registry of their own, and measured runs."""

import gzip
import hashlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections import namedtuple

RUNS = 5
REPOSITORY = "bench/large"

Run = namedtuple("Run", "seconds processor memory")  # Memory in MiB, at its peak.


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


def write_layer(blobs, mebibytes=1024):
    """A gzip file, so that skopeo pushes it as it is; random, so that nothing could shrink it."""
    part = blobs / "part"
    output = HashingFile(part)
    with gzip.GzipFile(fileobj=output, mode="wb", compresslevel=0, mtime=0) as stream:
        for _ in range(mebibytes):
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


def write_layout(folder, count=1, mebibytes=1024):
    """An OCI layout with an image of that many layers; the descriptors of these."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    layers = [write_layer(blobs, mebibytes) for _ in range(count)]
    config = write_json(blobs, {"architecture": "amd64", "os": "linux",
                                "rootfs": {"type": "layers",
                                           "diff_ids": [layer["digest"] for layer in layers]}},
                        "application/vnd.oci.image.config.v1+json")
    manifest = write_json(blobs, {"schemaVersion": 2, "config": config, "layers": layers},
                          "application/vnd.oci.image.manifest.v1+json")
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [manifest]}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    return layers


def start_registry(program, folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = "127.0.0.1:%d" % probe.getsockname()[1]
    configuration = folder / "registry.yml"
    configuration.write_text(
        "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
        f"storage:\n  filesystem: {{rootdirectory: {folder / 'registry'}}}\n"
        "  delete: {enabled: true}\n"
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


def push_image(host, repository, folder, count=1, mebibytes=1024):
    """Pushes an image made by write_layout() as tag "1"; the descriptors of its layers."""
    layout = folder / "layout"
    layers = write_layout(layout, count, mebibytes)
    subprocess.run(["skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"oci:{layout}",
                    f"docker://{host}/{repository}:1"], check=True)
    shutil.rmtree(layout)
    return layers


def measure(command, status_expected=0, output=subprocess.DEVNULL):
    """One run of a program, which must end with that status."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=output,
                               stderr=subprocess.DEVNULL if status_expected else None)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != status_expected:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return Run(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs, field):
    return statistics.median(getattr(run, field) for run in runs)


def report(title, limits, ours, theirs, other_program="skopeo"):
    """Prints time, processor time and memory of both; whether ours keep the limits.

    The limits are those of the ratios, None for none, and of the memory in MiB.
    """
    most_time, most_processor, most_memory = limits
    is_good = True
    for field, what, limit in (("seconds", "time", most_time),
                               ("processor", "processor time", most_processor)):
        mine, other = median(ours, field), median(theirs, field)
        is_good = is_good and (limit is None or mine / other <= limit)
        print(f"{title}, {what}: longshorectl {mine:.2f} s, {other_program} {other:.2f} s, "
              f"ratio {mine / other:.2f} (limit {limit or 'none'})")
    memory = max(run.memory for run in ours)
    print(f"peak memory: longshorectl {memory:.0f} MiB (limit {most_memory}), "
          f"{other_program} {max(run.memory for run in theirs):.0f} MiB")
    return is_good and memory <= most_memory
