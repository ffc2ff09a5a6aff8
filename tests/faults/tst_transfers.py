#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Transfers by longshorectl through a proxy that breaks things at random, in front of a real registry.

Whatever breaks: a success is complete, nothing wrong or half is ever under a final name, and
calling the program again completes what is missing. LONGSHORE_FAULT_RUNS says how many downloads,
and how many uploads, there are; LONGSHORE_FAULT_SEED what is drawn. Exit status 77 means skipped.
"""

import random
import shutil
import sys
import tarfile
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import harness
from faultproxy import FaultProxy, Schedule
from harness import Client, Registry, random_image, with_referrer, write_layout
from transferkinds import (EXPORTS, IMPORTS, REPOSITORY, hashes_in, image_complaints,
                           is_plain_error)

IMAGES = 6
RUNS = harness.count_of(20)
COPIES = max(RUNS // 4, 4)
MOST_CALLS = 5  # Under faults; one more without any must succeed.
RATES = (0.1, 0.3, 0.6)


class Transfers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.seed = harness.new_seed("transfers")
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="longshore-")))
        cls.registry = cls.enterClassContext(Registry())
        cls.proxy = cls.enterClassContext(FaultProxy(cls.registry.host))
        cls.client = Client(cls.folder)
        dice = random.Random(cls.seed)
        cls.images = [with_referrer(random_image(dice), dice) for _ in range(IMAGES)]
        for number, image in enumerate(cls.images):
            cls.registry.push(REPOSITORY, image, str(number))
            place = cls.folder / f"image{number}"
            write_layout(image, place / "layout")
            with tarfile.open(place / "archive", "w") as archive:
                archive.add(place / "layout", ".")
        cls.references = {}

    def setUp(self):
        self.broken = Counter()
        self.calls = Counter()
        self.statuses = Counter()

    def tearDown(self):
        faults = ", ".join(f"{count} {kind}" for kind, count in sorted(self.broken.items()))
        print(f"{self._testMethodName}: {sum(self.calls.values())} transfers, calls needed "
              f"{dict(sorted(self.calls.items()))}, exit statuses {dict(self.statuses)}; broken: "
              f"{faults}", flush=True)

    def until_done(self, number, kind, arguments, complaints):
        """Calls the program until it succeeds; each time there may be no complaint."""
        about = f"{self._testMethodName} {number}, {kind}"
        dice = random.Random(f"{self.seed} {about}")
        self.proxy.take_ledger()
        for call in range(1, MOST_CALLS + 2):
            self.proxy.schedule = (Schedule(f"{self.seed} {about} {call}", dice.choice(RATES))
                                   if call <= MOST_CALLS else None)
            run = self.client.run(*arguments)
            ledger = self.proxy.take_ledger()
            self.broken += Counter(one.fault.kind for one in ledger if one.fault.kind != "none")
            self.statuses[run.status] += 1
            what = f"{about}, call {call}: {arguments}\n{run}\n{ledger}"
            self.assertIn(run.status, (0, 1, 5), what)
            found = list(complaints(run.status == 0))
            self.assertEqual(found, [], what)
            self.assertEqual(list(self.client.temporary.iterdir()), [], what)
            if run.status == 0:
                self.calls[call] += 1
                return
            self.assertTrue(is_plain_error(run), what)
        self.fail(f"does not succeed though nothing breaks: {what}")

    def reference(self, kind, number):
        """What an undisturbed run brings."""
        key = kind.name, number
        if key not in self.references:
            folder = self.folder / "reference"
            folder.mkdir()
            image = self.images[number]
            self.proxy.schedule = None
            kind.prepare(image, folder)
            # By the same host, because archives tell where they are from.
            run = self.client.run(*kind.arguments(self.proxy.host, number, image, folder))
            self.assertEqual(run.status, 0, run)
            self.assertTrue(kind.must_hold(image, folder), key)
            self.references[key] = hashes_in(folder)
            shutil.rmtree(folder)
        return self.references[key]

    def test_downloads(self):
        for run in range(RUNS):
            kind, number = EXPORTS[run % len(EXPORTS)], run // len(EXPORTS) % IMAGES
            expected = self.reference(kind, number)
            with tempfile.TemporaryDirectory(dir=self.folder) as name:
                folder = Path(name)
                kind.prepare(self.images[number], folder)
                self.until_done(
                    run, kind.name,
                    kind.arguments(self.proxy.host, number, self.images[number], folder),
                    lambda done: kind.complaints(expected, folder, done))

    def test_uploads(self):
        for run in range(RUNS):
            kind, number = IMPORTS[run % len(IMPORTS)], run // len(IMPORTS) % IMAGES
            repository, image = f"uploads/{run}", self.images[number]
            self.until_done(
                run, kind.name,
                kind.arguments(self.folder / f"image{number}", image,
                               f"{self.proxy.host}/{repository}"),
                lambda done: kind.complaints(self.registry, repository, image, done))

    def test_copies(self):
        for run in range(COPIES):
            number = run // 2 % IMAGES
            repository, image = f"copies/{run}", self.images[number]
            # To another registry, as far as the program knows; and inside of one.
            host = self.registry.host if run % 2 == 0 else self.proxy.host
            self.until_done(
                run, "copy",
                ["copy", f"{host}/{REPOSITORY}:{number}", f"{self.proxy.host}/{repository}:1"],
                lambda done: image_complaints(self.registry, repository, image, done))


if __name__ == "__main__":
    missing = harness.is_missing()
    if missing:
        print(f"Skipped: {missing}")
        sys.exit(harness.SKIPPED)
    unittest.main()
