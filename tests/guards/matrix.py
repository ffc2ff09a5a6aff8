#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes out each safety check of deletion, one at a time, and wants a test to turn red.

usage: matrix.py [--check] [--build FOLDER] [NAME]...

Works on a copy of the project, in which all these tests have to be green first. Then one check is
changed, the tests that guard it are built and run, and the check is put back. Prints a line for each. With names, only those; --check only looks whether every
check still stands in the source exactly once. The folder of the build is kept from one run to the next.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def read_guards():
    guards = json.loads((PROJECT / "tests/guards/guards.json").read_text(encoding="utf-8"))
    return {guard["name"]: guard for guard in guards}


def complaint_about(guard):
    path = PROJECT / guard["file"]
    count = path.read_text(encoding="utf-8").count(guard["check"]) if path.exists() else 0
    if count != 1:
        return f"{guard['file']} has the check \"{guard['name']}\" {count} times"
    if guard["check"] == guard["without"]:
        return f"\"{guard['name']}\" changes nothing"
    for test in guard["tests"]:
        if not list((PROJECT / "tests").rglob(f"{test}.cpp")):
            return f"there is no test {test}"
    return None


def copy_project(target):
    """Writes only what is not the same: the rest is built already."""
    for path in PROJECT.rglob("*"):
        place = path.relative_to(PROJECT)
        if place.parts[0] in ("build", ".git") or not path.is_file():
            continue
        copied = target / place
        if copied.exists() and copied.read_bytes() == path.read_bytes():
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copied)


def is_green(tests, build):
    """Whether all of these tests pass; None when they do not compile."""
    built = subprocess.run(["cmake", "--build", build, "--target", *tests],
                           capture_output=True, text=True)
    if built.returncode != 0:
        print(built.stdout[-2000:], file=sys.stderr)
        return None
    pattern = "^(" + "|".join(tests) + ")$"
    return subprocess.run(["ctest", "--test-dir", build, "-R", pattern, "--no-tests=error"],
                          capture_output=True).returncode == 0


def is_caught(guard, copy, build):
    """Whether one of its tests fails without the check; None when that does not compile."""
    path = copy / guard["file"]
    original = path.read_text(encoding="utf-8")
    path.write_text(original.replace(guard["check"], guard["without"]), encoding="utf-8")
    try:
        green = is_green(guard["tests"], build)
        return None if green is None else not green
    finally:
        path.write_text(original, encoding="utf-8")


def run(guards, folder):
    copy, build = folder / "project", folder / "build"
    copy.mkdir(parents=True, exist_ok=True)
    copy_project(copy)
    subprocess.run(["cmake", "-S", copy, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                    "-DBUILD_TESTING=ON", "-DBUILD_SHARED_LIBS=ON", "-DINTERNAL_LIBRARIES=SHARED"],
                   check=True, stdout=subprocess.DEVNULL)
    tests = sorted({test for guard in guards.values() for test in guard["tests"]})
    if not is_green(tests, str(build)):
        print("The tests are not green with all checks in place: nothing can be said.")
        return False
    words = {True: "caught", False: "NOT CAUGHT", None: "DOES NOT COMPILE"}
    results = {}
    for name, guard in guards.items():
        results[name] = is_caught(guard, copy, str(build))
        print(f"{words[results[name]]:16} {name} ({guard['file']}): {', '.join(guard['tests'])}",
              flush=True)
    print(f"{sum(result is True for result in results.values())} of {len(results)} checks are guarded")
    return all(result is True for result in results.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--build", type=Path, default=PROJECT / "build/guards")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    guards = read_guards()
    complaints = [text for text in map(complaint_about, guards.values()) if text]
    if complaints or options.check:
        print("\n".join(complaints) or f"{len(guards)} safety checks stand where they should")
        return 1 if complaints else 0
    chosen = {name: guards[name] for name in options.names} if options.names else guards
    return 0 if run(chosen, options.build.resolve()) else 1


if __name__ == "__main__":
    sys.exit(main())
