#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the upload of a file with that of curl. usage: blob_put_sink.py LONGSHORECTL

A file of 1 GiB goes to a server on the loopback interface that reads it and throws it away: by
"blob put", which sends it while the digest is made, by "blob put" with the digest, and by "curl -T", in turns;
and once more "openssl dgst -sha256" hashes it, which curl leaves out. Prints the medians of time
and processor time and their ratios; fails above the limits.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import sink
from benchmark import RUNS, measure

FILE_BYTES = 1 << 30
MOST_PROCESSOR = 1.1  # Of curl's and openssl's together.


def write_file(path):
    with open(path, "wb") as file:
        for _ in range(FILE_BYTES >> 20):
            file.write(os.urandom(1 << 20))
    words = subprocess.run(["openssl", "dgst", "-sha256", "-r", str(path)], check=True,
                           capture_output=True, text=True).stdout.split()
    return "sha256:" + words[0]


def compare(program, host, path, digest):
    put = [program, "blob", "put", "--plain-http", "--anonymous"]
    commands = {
        "longshorectl": [*put, f"{host}/a", str(path)],
        "longshorectl, digest named": [*put, f"{host}/a@{digest}", str(path)],
        "curl": ["curl", "--silent", "-T", str(path), f"http://{host}/v2/a/blobs/uploads/1"],
        "openssl": ["openssl", "dgst", "-sha256", str(path)],
    }
    runs = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, command in commands.items():
            measured = measure(command)
            if run > 0:  # The first one warms the caches.
                runs[name].append(measured)
    return {name: [statistics.median(field) for field in zip(*measured)]
            for name, measured in runs.items()}


def report(medians):
    for name, (seconds, processor, memory) in medians.items():
        print(f"1 GiB to a server that only reads: {name} {seconds:.2f} s, "
              f"processor time {processor:.2f} s, {memory:.0f} MiB")
    both = medians["curl"][1] + medians["openssl"][1]
    ratio = medians["longshorectl, digest named"][1] / both
    print(f"processor time of the second, of curl's and openssl's: {ratio:.2f} "
          f"(limit {MOST_PROCESSOR})")
    return 0 if ratio <= MOST_PROCESSOR else 1


def main():
    server, host = sink.start()
    try:
        with tempfile.TemporaryDirectory(prefix="longshore-sink-", dir="/var/tmp") as name:
            path = Path(name) / "file"
            digest = write_file(path)
            return report(compare(sys.argv[1], host, path, digest))
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)


if __name__ == "__main__":
    sys.exit(main())
