#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the arrows between the rooms and the length of files. usage: checklayers.py [PROJECT]

The arrows are those of ARCHITECTURE.md: a room may include itself, what stands behind it here,
and everything that those may include.
"""

import re
import sys
from pathlib import Path

LONGEST_FILE = 300

ARROWS = {
    "core/base": [],
    "core/oci": ["core/base"],
    "core/http": ["core/base"],
    "core/auth": ["core/http"],
    "core/session": ["core/oci"],
    "core/registry": ["core/session", "core/auth"],
    "core/layout": ["core/session"],
    "core/layers": ["core/oci"],
    "core/cache": ["core/session"],
    "core/transfer": ["core/registry", "core/layout", "core/layers"],
    "core/cleanup": ["core/transfer"],
    "core/settings": ["core/auth", "core/registry"],
    "ui/format": ["core/oci"],
    "ui/models": ["ui/format"],
    # Presenters join sessions, jobs and models.
    "ui/presenters": ["ui/models", "core/cleanup", "core/cache", "core/settings"],
    # From here on: widgets. They know models and presenters, and start nothing.
    "ui/delegates": ["ui/models"],
    "ui/views": ["ui/models", "ui/delegates"],
    "ui/docks": ["ui/views", "ui/presenters"],
    "ui/pages": ["ui/views", "ui/presenters"],
    "ui/dialogs": ["ui/views", "ui/presenters"],
    "ui/mainwindow": ["ui/docks", "ui/pages", "ui/dialogs"],
    "app/translation": [],
    "app/commandline": ["core/cleanup", "core/settings", "core/cache", "app/translation"],
    "app/desktop": ["ui/mainwindow", "app/translation"],
}

# Widgets show values and emit requests: nothing that runs may be seen from these rooms.
PASSIVE = ("ui/models", "ui/delegates", "ui/views", "ui/docks", "ui/pages", "ui/dialogs")
RUNNING = re.compile(r"(job|session|queue|client)\.h$")

INCLUDE = re.compile(r'^\s*#include "((?:app|core|ui)/[^"]+)"', re.M)


def room_of(path):
    parts = path.split("/")
    return "/".join(parts[:2])


def reachable(room, seen=None):
    seen = set() if seen is None else seen
    for target in ARROWS.get(room, []):
        if target not in seen:
            seen.add(target)
            reachable(target, seen)
    return seen


def complaints_about(root, path):
    name = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{name}: {lines} lines, more than {LONGEST_FILE}: which idea is missing?"
    if "SPDX-License-Identifier: Apache-2.0" not in text.split("\n", 1)[0]:
        yield f"{name}: the first line names no licence"
    if name.startswith("tests/"):
        return
    room = room_of(name)
    if room not in ARROWS:
        yield f"{name}: no such room"
        return
    allowed = reachable(room) | {room}
    for included in INCLUDE.findall(text):
        if room_of(included) not in allowed:
            yield f"{name}: must not include {included}"
        if room in PASSIVE and RUNNING.search(included):
            yield f"{name}: shows values only, and must not include {included}"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = sorted(f for top in ("app", "core", "ui", "tests") for f in (root / top).rglob("*")
                   if f.suffix in (".h", ".cpp") and "tests/data" not in f.as_posix())
    complaints = [c for f in files for c in complaints_about(root, f)]
    print("\n".join(complaints) if complaints else f"{len(files)} files keep the rules")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
