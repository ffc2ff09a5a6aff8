#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares 1,000 deletions with those of curl. usage: cleanup.py LONGSHORECTL REGISTRY [TAGS] [RUNS]

A real registry on the loopback interface gets 1,000 images, which "longshorectl cleanup" deletes:
it looks at them, saves them, and checks each right before it goes and behind it. Then it gets them
again, and curl sends the same DELETEs over one connection. The same is done with the look at all
tags alone, against "curl --parallel". Prints the ratios; fails above the limits. What the DELETEs
took, and the run from the backup to the last verification, without the plan before, is in the report
of the clean-up, and is printed, too.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmark import measure, median, report, start_registry
from manifest_heads import CONNECTIONS, REPOSITORY, TYPE, Registry

MOST_DELETION_TIME = 1.5  # Of curl's.
MOST_INVENTORY_TIME = 1.3
MOST_MEMORY = 80  # MiB
NOT_FOUND = 4


def fill(host, tags):
    """The digests of that many images."""
    registry = Registry(host)
    registry.put_config()
    return [registry.put_tag(number) for number in range(tags)]


def write_config(path, urls):
    path.write_text("".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls))
    return path


def look(program, host, folder, tags):
    """Our look at every tag, on behalf of one that is not there, and curl's."""
    urls = write_config(folder / "heads", (f"http://{host}/v2/{REPOSITORY}/manifests/t{number}"
                                           for number in range(tags)))
    ours = measure([program, "manifest", "delete", f"{host}/{REPOSITORY}:absent", "--anonymous"],
                   NOT_FOUND)
    theirs = measure(["curl", "--silent", "--fail", "--head", "--header", f"Accept: {TYPE}",
                      "--parallel", "--parallel-max", str(CONNECTIONS), "--config", str(urls)])
    return ours, theirs


def delete(program, host, folder, tags):
    backup = folder / f"backup-{len(list(folder.glob('backup-*')))}"
    result = folder / "result.json"
    command = [program, "cleanup", f"{host}/{REPOSITORY}", "--match", "*", "--apply", "--json",
               "--yes-delete", str(tags), "--may-empty", REPOSITORY, "--backup", str(backup), "--anonymous"]
    with open(result, "wb") as output:
        ours = measure(command, output=output)
    times = json.loads(result.read_text())["repositories"][0]["milliseconds"]
    print("clean-up, in ms:", ", ".join(f"{name} {time}" for name, time in times.items()))
    digests = fill(host, tags)
    urls = write_config(folder / "deletes", (f"http://{host}/v2/{REPOSITORY}/manifests/{digest}"
                                             for digest in digests))
    theirs = measure(["curl", "--silent", "--fail", "--request", "DELETE", "--config", str(urls)])
    return ours, theirs, times["deletions"] / 1000, times["whole"] / 1000


def main():
    program, registry = sys.argv[1:3]
    tags = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    with tempfile.TemporaryDirectory(prefix="longshore-cleanup-", dir="/var/tmp") as name:
        folder = Path(name)
        # Nothing of this shall be found in somebody's journal.
        os.environ["XDG_DATA_HOME"] = str(folder / "data")
        process, host = start_registry(registry, folder)
        try:
            fill(host, tags)
            looks = [look(program, host, folder, tags) for _ in range(runs + 1)][1:]
            deletions = []
            for _ in range(runs):
                fill(host, tags)
                deletions.append(delete(program, host, folder, tags))
        finally:
            process.kill()
            process.wait()
    good = report(f"look at {tags} tags", (MOST_INVENTORY_TIME, None, MOST_MEMORY), *zip(*looks),
                  other_program="curl")
    ours, theirs, requests, wholes = zip(*deletions)
    good = report(f"{tags} deletions with all that keeps them safe",
                  (MOST_DELETION_TIME, None, MOST_MEMORY), ours, theirs, other_program="curl") and good
    other = median(theirs, "seconds")
    for what, times in ((f"the {tags} DELETEs alone", requests),
                        ("from the backup to the last verification", wholes)):
        time = statistics.median(times)
        print(f"{what}: {time:.2f} s, ratio {time / other:.2f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
