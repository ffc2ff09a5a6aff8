#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fills two empty registries with the demo's images: both must hold the same, and all of it.

Exit status 77 means skipped: no registry to fill.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

PROGRAM = os.environ.get("LONGSHORE_DOCKER_REGISTRY")
PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
INDEX = "application/vnd.oci.image.index.v1+json"
OCI = "application/vnd.oci.image.manifest.v1+json"
DOCKER = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"
ACCEPT = ", ".join((INDEX, OCI, DOCKER, DOCKER_LIST, SCHEMA_1))


class Registry:
    """Debian's docker-registry as the demo starts it, with a storage folder of its own."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        log = Path(self._folder.name) / "log"
        environment = {**os.environ, "REGISTRY_HTTP_ADDR": "127.0.0.1:0",
                       "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY": self._folder.name + "/data"}
        with open(log, "wb") as output:
            self._process = subprocess.Popen(
                [PROGRAM, "serve", str(PACKAGING / "demo_registry.yml")],
                env=environment, stdout=output, stderr=output)
        deadline = time.monotonic() + 20
        while not (found := re.search(r"listening on (127\.0\.0\.1:\d+)", log.read_text())):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError("docker-registry does not start")
            time.sleep(0.05)
        self.url = "http://" + found[1]
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def fill(self):
        """The tags with their digests, as the seed program lists them."""
        seed = subprocess.run([sys.executable, PACKAGING / "sample_registry.py", "--list", self.url],
                              stdout=subprocess.PIPE, check=True, text=True)
        return dict(line.split() for line in seed.stdout.splitlines())

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers={"Accept": ACCEPT})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.headers, json.load(answer)

    def manifest(self, reference):
        repository, tag = reference.rsplit(":", 1)
        headers, manifest = self.get(f"/v2/{repository}/manifests/{tag}")
        return headers["Content-Type"], headers["Docker-Content-Digest"], manifest


class SampleRegistry(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Registry() as other:
            cls.other = other.fill()
        cls.registry = Registry().__enter__()
        cls.addClassCleanup(cls.registry.__exit__)
        cls.tags = cls.registry.fill()

    def test_two_registries_get_the_same_digests(self):
        self.assertEqual(self.tags, self.other)

    def test_the_registry_holds_what_the_list_says(self):
        for reference in self.tags:
            self.assertEqual(self.registry.manifest(reference)[1], self.tags[reference], reference)

    def test_there_are_repositories_in_namespaces(self):
        repositories = self.registry.get("/v2/_catalog")[1]["repositories"]
        self.assertGreaterEqual(len(repositories), 8)
        self.assertGreaterEqual(len({name.split("/")[0] for name in repositories}), 3)
        self.assertFalse(self.registry.get("/v2/lab/empty/tags/list")[1]["tags"])

    def test_one_repository_has_300_tags_of_two_years_that_share_digests(self):
        web = {reference: digest for reference, digest in self.tags.items()
               if reference.startswith("team/web:")}
        self.assertEqual(len(web), 300)
        self.assertEqual(len(self.registry.get("/v2/team/web/tags/list")[1]["tags"]), 300)
        self.assertLess(len(set(web.values())), 200)
        self.assertEqual(len({web[f"team/web:{tag}"] for tag in ("latest", "2", "2.5", "2.5.3")}), 1)
        self.assertEqual(self.created("team/web:1.0.0")[:7], "2024-09")
        self.assertEqual(self.created("team/web:nightly")[:7], "2026-08")

    def test_an_index_has_two_platforms_and_attestations(self):
        kind, _, index = self.registry.manifest("team/web:latest")
        self.assertEqual(kind, INDEX)
        platforms = [entry["platform"]["architecture"] for entry in index["manifests"]]
        self.assertEqual(platforms, ["amd64", "arm64", "unknown", "unknown"])
        self.assertEqual(index["manifests"][2]["annotations"]["vnd.docker.reference.digest"],
                         index["manifests"][0]["digest"])

    def test_every_kind_of_manifest_and_layer_is_there(self):
        manifests = [self.registry.manifest(reference) for reference in self.tags]
        self.assertEqual({kind for kind, _, _ in manifests},
                         {INDEX, OCI, DOCKER, DOCKER_LIST, SCHEMA_1})
        layers = {layer["mediaType"] for _, _, manifest in manifests
                  for layer in manifest.get("layers", [])}
        for kind in ("oci.image.layer.v1.tar+gzip", "oci.image.layer.v1.tar+zstd",
                     "oci.image.layer.v1.tar", "docker.image.rootfs.diff.tar.gzip",
                     "cncf.helm.chart.content.v1.tar+gzip"):
            self.assertIn("application/vnd." + kind, layers)

    def created(self, reference):
        manifest = self.registry.manifest(reference)[2]
        repository = reference.split(":")[0]
        digest = manifest["config"]["digest"]
        return self.registry.get(f"/v2/{repository}/blobs/{digest}")[1]["created"]


if __name__ == "__main__":
    if not PROGRAM:
        print("LONGSHORE_DOCKER_REGISTRY names no docker-registry; tests/run.sh fetches it")
        sys.exit(77)
    unittest.main(verbosity=2)
