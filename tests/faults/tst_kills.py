#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Transfers by longshorectl that are killed at random moments, and then called again.

The result is that of a run that nobody disturbed, nothing half is ever under a final name, and what
had arrived is not brought again: neither the part of a file nor a blob in the registry.
LONGSHORE_FAULT_RUNS says how many kills there are of each kind; LONGSHORE_FAULT_SEED what is drawn.
Exit status 77 means skipped.
"""

import random
import re
import signal
import sys
import tempfile
import time
import unittest
from collections import Counter
from pathlib import Path

import harness
from faultproxy import FaultProxy
from harness import LAYER, Client, Registry, make_image, make_index, with_referrer, write_layout
from transferkinds import (EXPORTS, IMPORTS, REPOSITORY, appended_complaints, hashes_in,
                           image_complaints)

RUNS = harness.count_of(3)
RATE = 2 << 20  # Bytes a second, so that most kills meet the transfer.
PART = re.compile(r"\.([0-9a-f]{32})\.kept$")
BLOB = re.compile(r"/blobs/(sha256:[0-9a-f]{64})$")
SENT = re.compile(r"digest=(sha256(?::|%3A)[0-9a-f]{64})")


class Kills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.seed = harness.new_seed("kills")
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="longshore-")))
        cls.registry = cls.enterClassContext(Registry())
        cls.proxy = cls.enterClassContext(FaultProxy(cls.registry.host))
        cls.client = Client(cls.folder)
        dice = random.Random(cls.seed)
        images = [make_image(dice, (1500 << 10, 100 << 10)), make_image(dice, (900 << 10, 1), "arm64")]
        cls.image = with_referrer(make_index(images), dice)
        # Of the layers: a configuration is a document, and may be read at any time.
        layers = [blob for blob in cls.image.blobs if blob.type == LAYER]
        layers += [blob for referrer in cls.image.referrers for blob in referrer.layers]
        cls.sizes = {blob.digest: len(blob.data) for blob in layers}
        cls.registry.push(REPOSITORY, cls.image)
        write_layout(cls.image, cls.folder / "layout")

    def setUp(self):
        self.dice = random.Random(f"{self.seed} {self._testMethodName}")
        self.counts = Counter()

    def tearDown(self):
        counts = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        print(f"{self._testMethodName}: {counts}", flush=True)

    def duration_of(self, *arguments):
        """How long it takes when nobody disturbs it."""
        self.proxy.rate = RATE
        start = time.monotonic()
        run = self.client.run(*arguments)
        self.assertEqual(run.status, 0, run)
        return time.monotonic() - start

    def kill(self, duration, *arguments, is_over=lambda: False):
        """Once, or sometimes more often; not again when it came to its end before it was killed."""
        self.proxy.rate = RATE
        while True:
            run = self.client.kill_after(self.dice.uniform(0, duration), *arguments)
            self.assertIn(run.status, (-signal.SIGKILL, 0), run)
            self.counts["killed" if run.status else "too late"] += 1
            if run.status == 0 or is_over() or self.dice.random() < 0.75:
                self.proxy.take_ledger()  # What is still under way may yet come to its end.
                return run
            self.counts["once more"] += 1

    def resume(self, *arguments):
        """What went through meanwhile."""
        self.proxy.rate = None
        run = self.client.run(*arguments)
        self.assertEqual(run.status, 0, f"{arguments}: {run}")
        return self.proxy.take_ledger()

    def parts_in(self, folder):
        """The bytes of each blob that were kept of it, as a part or as a whole."""
        parts = {}
        for path in folder.rglob("*"):
            part = PART.search(path.name)
            for digest, size in self.sizes.items():
                if part and digest.startswith(f"sha256:{part[1]}"):
                    parts[digest] = path.stat().st_size
                elif digest.removeprefix("sha256:") in path.name and path.is_file() and not part:
                    parts[digest] = size
        return parts

    def check_that_parts_were_used(self, parts, ledger):
        """No byte that was there comes again."""
        asked = {found[1]: exchange for exchange in ledger if (found := BLOB.search(exchange.path))
                 and exchange.method == "GET"}
        for digest, kept in parts.items():
            exchange = asked.get(digest)
            if kept == self.sizes[digest]:
                self.assertIsNone(exchange, digest)
            elif kept > 0 and exchange:
                self.assertEqual(exchange.range, f"bytes={kept}-")
                self.assertEqual(exchange.received, self.sizes[digest] - kept)
                self.counts["parts used again"] += 1
        self.counts["bytes used again"] += sum(parts.values())

    def check_export(self, name):
        kind = next(kind for kind in EXPORTS if kind.name == name)

        def arguments(folder):
            return kind.arguments(self.proxy.host, "1", self.image, folder)

        with tempfile.TemporaryDirectory(dir=self.folder) as reference:
            kind.prepare(self.image, Path(reference))
            duration = self.duration_of(*arguments(Path(reference)))
            self.assertTrue(kind.must_hold(self.image, Path(reference)))
            expected = hashes_in(Path(reference))
        for run in range(RUNS):
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                kind.prepare(self.image, Path(folder))
                self.check_killed_export(kind, Path(folder), expected, duration, arguments(Path(folder)))

    def check_killed_export(self, kind, folder, expected, duration, arguments):
        killed = self.kill(duration, *arguments, is_over=lambda: kind.is_over(expected, folder))
        self.check_after(killed, kind, folder, expected, arguments)

    def check_after(self, killed, kind, folder, expected, arguments):
        self.assertEqual(list(kind.complaints(expected, folder, killed.status == 0)), [])
        if killed.status == 0:
            return
        parts = self.parts_in(folder)
        if kind.is_over(expected, folder):
            self.counts["over"] += 1  # It was killed while it ended.
            return
        self.counts["named, not over"] += hashes_in(folder) == expected
        ledger = self.resume(*arguments)
        self.check_that_parts_were_used(parts, ledger)
        self.assertEqual(list(kind.complaints(expected, folder, True)), [])

    def test_export_for_want_of_memory(self):
        """The kernel kills, and at moments of its own."""
        try:
            group = self.enterContext(harness.MemoryGroup())
        except OSError as error:
            self.skipTest(f"no control group can be made here: {error}")
        kind = next(kind for kind in EXPORTS if kind.name == "oci")
        self.proxy.rate = RATE
        for run in range(-1, RUNS):
            with tempfile.TemporaryDirectory(dir=self.folder) as name:
                folder = Path(name)
                arguments = kind.arguments(self.proxy.host, "1", self.image, folder)
                if run >= 0:
                    group.limit(most * self.dice.uniform(0.3, 1))
                result = self.client.run(*arguments, preexec_fn=group.join)
                self.proxy.take_ledger()
                if run < 0:
                    self.assertEqual(result.status, 0, result)
                    expected, most = hashes_in(folder), group.most_used()
                    continue
                self.assertIn(result.status, (-signal.SIGKILL, 0), result)
                self.counts["killed" if result.status else "came to its end"] += 1
                self.check_after(result, kind, folder, expected, arguments)

    def test_export_layout(self):
        self.check_export("oci")

    def test_layout_that_was_only_begun(self):
        """Killed before the folder tells what it is."""
        out = self.folder / "begun" / "out"
        (out / "blobs").mkdir(parents=True)
        (out / ".oci-layout.1a2b.part").touch()
        self.resume("export", f"{self.proxy.host}/{REPOSITORY}:1", f"oci:{out}")
        self.assertFalse((out / ".oci-layout.1a2b.part").exists())

    def test_folder_that_was_only_begun(self):
        """The same in the form of skopeo's "dir:"."""
        out = self.folder / "begun-dir"
        out.mkdir()
        (out / ".version.1a2b.part").touch()
        self.resume("export", f"{self.proxy.host}/{REPOSITORY}:1", f"dir:{out}")
        self.assertFalse((out / ".version.1a2b.part").exists())

    def test_export_archive(self):
        self.check_export("oci-archive")

    def test_export_docker_archive(self):
        self.check_export("docker-archive")

    def test_export_root_file_system(self):
        self.check_export("rootfs")

    def test_export_delta(self):
        self.check_export("delta")

    def test_export_with_referrers(self):
        self.check_export("referrers")

    def test_export_folder(self):
        self.check_export("dir")

    def test_export_layers(self):
        self.check_export("layers")

    def test_export_decompressed_layers(self):
        self.check_export("decompressed layers")

    def complaints_about_image(self, repository, must_be_there):
        return image_complaints(self.registry, repository, self.image, must_be_there)

    def check_upload(self, arguments, blobs, complaints, prepare=lambda repository: None):
        """Of these blobs; what is wrong in a repository is told by complaints."""
        prepare(f"{self._testMethodName}/reference")
        duration = self.duration_of(*arguments(f"{self._testMethodName}/reference"))
        for run in range(RUNS):
            repository = f"{self._testMethodName}/{run}"
            prepare(repository)
            killed = self.kill(duration, *arguments(repository))
            self.assertEqual(list(complaints(repository, killed.status == 0)), [])
            there = [blob.digest for blob in blobs if self.registry.has_blob(repository, blob.digest)]
            ledger = self.resume(*arguments(repository))
            sent = {found[1].replace("%3A", ":") for exchange in ledger
                    if exchange.method in ("PUT", "PATCH") and (found := SENT.search(exchange.path))}
            self.assertEqual(sent & set(there), set(), f"run {run}")
            self.counts["blobs not sent again"] += len(there)
            self.assertEqual(list(complaints(repository, True)), [])

    def test_import(self):
        kind = IMPORTS[0]
        self.check_upload(
            lambda repository: kind.arguments(self.folder, self.image, f"{self.proxy.host}/{repository}"),
            self.image.blobs, self.complaints_about_image)

    def test_copy(self):
        self.check_upload(
            lambda repository: ["copy", f"{self.registry.host}/{REPOSITORY}:1",
                                f"{self.proxy.host}/{repository}:1"],
            self.image.blobs, self.complaints_about_image)

    def test_append(self):
        """A layer on top of an image that is there."""
        layer = make_image(self.dice, (1200 << 10,)).layers[0]
        file = self.folder / "layer"
        file.write_bytes(layer.data)
        base = self.image._replace(referrers=())
        self.check_upload(
            lambda repository: ["append", f"{self.proxy.host}/{repository}:1", file, "--tag", "2",
                                "--platform", "linux/amd64"],
            [layer],
            lambda repository, done: appended_complaints(self.registry, repository, base, layer, done),
            lambda repository: self.registry.push(repository, base))


if __name__ == "__main__":
    missing = harness.is_missing()
    if missing:
        print(f"Skipped: {missing}")
        sys.exit(harness.SKIPPED)
    unittest.main()
