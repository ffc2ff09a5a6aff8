#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares 1,000 HEADs of manifests with those of curl. usage: manifest_heads.py FOLDER REGISTRY

FOLDER holds bench_manifestheads of a release build. A real registry on the loopback interface gets
1,000 tags; what they are is asked over one session, and by "curl --parallel" over as many
connections. Prints the medians of time, and of processor time, and their ratios; fails above the
limit.
"""

import http.client
import json
import sys
import tempfile
import urllib.parse
from pathlib import Path

from benchmark import RUNS, measure, median, start_registry

TAGS = 1000
CONNECTIONS = 6
MOST_TIME = 1.3  # Of curl's.
REPOSITORY = "bench/tags"
CONFIG = b"{}"
CONFIG_DIGEST = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
TYPE = "application/vnd.oci.image.manifest.v1+json"


class Registry:
    """Just enough of a client to fill it."""

    def __init__(self, host):
        self._connection = http.client.HTTPConnection(host)

    def _ask(self, method, target, body=b"", media_type="application/octet-stream"):
        self._connection.request(method, target, body, {"Content-Type": media_type})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status >= 300:
            sys.exit(f"the registry answers {answer.status} to {method} {target}")
        return answer

    def put_config(self):
        location = urllib.parse.urlsplit(
            self._ask("POST", f"/v2/{REPOSITORY}/blobs/uploads/").getheader("Location"))
        self._ask("PUT", f"{location.path}?{location.query}&digest={CONFIG_DIGEST}", CONFIG)

    def put_tag(self, number):
        manifest = {"schemaVersion": 2, "mediaType": TYPE, "layers": [],
                    "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                               "digest": CONFIG_DIGEST, "size": len(CONFIG)},
                    "annotations": {"number": str(number)}}
        answer = self._ask("PUT", f"/v2/{REPOSITORY}/manifests/t{number}",
                           json.dumps(manifest).encode(), TYPE)
        return answer.getheader("Docker-Content-Digest")


def fill(host):
    registry = Registry(host)
    registry.put_config()
    for number in range(TAGS):
        registry.put_tag(number)


def compare(program, host, folder):
    urls = folder / "urls"
    urls.write_text("".join(f'url = "http://{host}/v2/{REPOSITORY}/manifests/t{number}"\n'
                            'output = "/dev/null"\n' for number in range(TAGS)))
    ours = [program, f"{host}/{REPOSITORY}", str(TAGS), str(CONNECTIONS)]
    theirs = ["curl", "--silent", "--fail", "--head", "--header", f"Accept: {TYPE}", "--parallel",
              "--parallel-max", str(CONNECTIONS), "--config", str(urls)]
    runs = [(measure(ours), measure(theirs)) for _ in range(RUNS + 1)]
    return zip(*runs[1:])  # The first one warms the caches.


def main():
    program = Path(sys.argv[1]) / "bench_manifestheads"
    with tempfile.TemporaryDirectory(prefix="longshore-heads-", dir="/var/tmp") as name:
        process, host = start_registry(sys.argv[2], Path(name))
        try:
            fill(host)
            ours, theirs = compare(str(program), host, Path(name))
        finally:
            process.kill()
            process.wait()
    for field in ("seconds", "processor"):
        mine, other = median(ours, field), median(theirs, field)
        ratio = mine / other
        print(f"{TAGS} HEADs over {CONNECTIONS} connections, {field}: Longshore {mine:.2f}, "
              f"curl {other:.2f}, ratio {ratio:.2f}")
        if field == "seconds":
            status = 0 if ratio <= MOST_TIME else 1
    return status


if __name__ == "__main__":
    sys.exit(main())
