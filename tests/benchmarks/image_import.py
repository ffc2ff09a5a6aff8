#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the import and the copy of an image with skopeo's. usage: image_import.py LONGSHORECTL REGISTRY

Images of one layer of 1 GiB and of 20 layers of 50 MiB, which do not compress, go from an OCI layout
to a registry on the loopback interface that has nothing yet, by both programs in turns. Then the
image is copied to another repository of the same registry. Prints the medians of time and processor
time, their ratios and the peak memory; fails above the limits.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmark import RUNS, measure, report, start_registry, write_layout

IMAGES = [("1 x 1 GiB", 1, 1024), ("20 x 50 MiB", 20, 50)]  # Layers, and MiB of each.
# Of skopeo's time and processor time, and MiB.
MOST_IMPORT = (0.9, 0.5, 80)
MOST_COPY = (0.3, None, 80)


def one_run(registry, layout, folder, program):
    """Import and copy by one program, with a registry that was made for it."""
    place = folder / "empty"
    place.mkdir()
    process, host = start_registry(registry, place)
    first, second = f"{host}/bench/first:1", f"{host}/bench/second:1"
    skopeo = ["skopeo", "copy", "--quiet", "--src-tls-verify=false", "--dest-tls-verify=false"]
    try:
        if program == "skopeo":
            return (measure([*skopeo, f"oci:{layout}", f"docker://{first}"]),
                    measure([*skopeo, f"docker://{first}", f"docker://{second}"]))
        return (measure([program, "import", f"oci:{layout}", first]),
                measure([program, "copy", first, second]))
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(place)


def main():
    program, registry = sys.argv[1:]
    is_good = True
    with tempfile.TemporaryDirectory(prefix="longshore-import-", dir="/var/tmp") as name:
        folder = Path(name)
        for title, count, mebibytes in IMAGES:
            layout = folder / "layout"
            write_layout(layout, count, mebibytes)
            runs = [(one_run(registry, layout, folder, program),
                     one_run(registry, layout, folder, "skopeo")) for _ in range(RUNS + 1)]
            shutil.rmtree(layout)
            for step, what, limits in ((0, "import", MOST_IMPORT), (1, "copy", MOST_COPY)):
                # The first one warms the caches.
                ours, theirs = ([run[who][step] for run in runs[1:]] for who in (0, 1))
                is_good = report(f"{what} of {title}", limits, ours, theirs) and is_good
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
