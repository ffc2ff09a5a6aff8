#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the import and the copy of an image with skopeo's. usage: image_import.py LONGSHORECTL REGISTRY

Images of one layer of 1 GiB and of 20 layers of 50 MiB, which do not compress, go from an OCI layout
to a registry on the loopback interface that has nothing yet, by both programs in turns. Then the
image is copied to another repository of the same registry. Prints the medians of time and processor
time, their ratios and the peak memory; fails above the limits.
"""

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

from benchmark import RUNS, measure, report, start_registry, write_layout

IMAGES = [("1 x 1 GiB", 1, 1024), ("20 x 50 MiB", 20, 50)]  # Layers, and MiB of each.
# Of skopeo's time and processor time, and MiB.
LIMITS = {"import": (0.9, 0.5, 80), "copy": (0.3, None, 80),
          "copy of what skopeo knows": (1.5, None, 80)}


@contextlib.contextmanager
def empty_registry(registry, folder):
    """Where it can be reached, until the end of the block."""
    place = folder / "empty"
    place.mkdir()
    process, host = start_registry(registry, place)
    try:
        yield host
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(place)


def one_run(registry, layout, folder, program):
    """Each step by both programs. Skopeo keeps in mind where it has seen a blob, and mounts it then:
    its first copy is of an image that it has not pushed itself, as are most; its second one is not."""
    skopeo = ["skopeo", "copy", "--quiet", "--src-tls-verify=false", "--dest-tls-verify=false"]
    with empty_registry(registry, folder) as host:
        import_theirs = measure([*skopeo, f"oci:{layout}", f"docker://{host}/bench/first:1"])
    with empty_registry(registry, folder) as host:
        image = f"{host}/bench/first:1"
        import_ours = measure([program, "import", f"oci:{layout}", image])
        copy_ours = measure([program, "copy", image, f"{host}/bench/ours:1"])
        copies = [measure([*skopeo, f"docker://{image}", f"docker://{host}/bench/{name}:1"])
                  for name in ("unknown", "known")]
    return {"import": (import_ours, import_theirs), "copy": (copy_ours, copies[0]),
            "copy of what skopeo knows": (copy_ours, copies[1])}


def main():
    program, registry = sys.argv[1:]
    is_good = True
    with tempfile.TemporaryDirectory(prefix="longshore-import-", dir="/var/tmp") as name:
        folder = Path(name)
        for title, count, mebibytes in IMAGES:
            layout = folder / "layout"
            write_layout(layout, count, mebibytes)
            runs = [one_run(registry, layout, folder, program) for _ in range(RUNS + 1)]
            shutil.rmtree(layout)
            for step, limits in LIMITS.items():
                ours, theirs = zip(*(run[step] for run in runs[1:]))  # The first warms the caches.
                is_good = report(f"{step}, {title}", limits, ours, theirs) and is_good
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
