#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures a list of 1,000,000 tags in one answer. usage: million_tags.py FOLDER

FOLDER holds bench_milliontags of a release build. A server on the loopback interface has the
answer ready, as registries of the second generation give it: without pages. Prints the median of
the time until all tags have been handed over, and the peak memory; fails above the limits.
"""

import http.server
import json
import os
import statistics
import subprocess
import sys
import threading
from pathlib import Path

from benchmark import RUNS

TAGS = 1_000_000
MOST_TIME = 2.0  # Seconds
MOST_MEMORY = 400  # MiB
LIST = json.dumps({"name": "big", "tags": [f"build-{number}" for number in range(TAGS)]}).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(LIST)))
        self.end_headers()
        self.wfile.write(LIST)

    def log_message(self, *_):
        pass


def run(command):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    count, milliseconds = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or int(count) != TAGS:
        sys.exit(f"failed: {count} tags")
    return int(milliseconds) / 1000, usage.ru_maxrss / 1024


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = Path(sys.argv[1]) / "bench_milliontags"
    runs = [run([str(program), "127.0.0.1:%d/big" % server.server_port]) for _ in range(RUNS)]
    seconds, memory = statistics.median(one[0] for one in runs), max(one[1] for one in runs)
    print(f"{TAGS} tags in one answer of {len(LIST) >> 20} MiB: {seconds:.2f} s (limit {MOST_TIME}), "
          f"peak memory {memory:.0f} MiB (limit {MOST_MEMORY})")
    return 0 if seconds <= MOST_TIME and memory <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
