#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the lists of cases in tests/cases against the tests. usage: checkcases.py [PROJECT]

Each file is one area of things that go wrong. Its first line that is no comment gives the last
number, and those that were never given to a case:

    last NET-28, unused 08 10

Every other number has its own line, in order. It names the tests that show the case, with a row of
their data in brackets where only that row does, and what they leave out behind a dash; or it has
nothing but a dash and the reason why no test shows it. An indented line goes on with the one above:

    NET-01  tst_exchange_faults::saysThatNobodyListens, tst_httpjob::retries(refused)
    NET-03  - needs a firewall, and is the same to us as NET-02
"""

import re
import sys
from pathlib import Path

HEADER = re.compile(r"last ([A-Z]+)-(\d+)(?:, unused ([\d ]+))?")
CASE = re.compile(r"([A-Z]+)-(\d+)\s+(.*)")
TEST = re.compile(r"(tst_\w+)::(\w+)(?:\(([^()]+)\))?")
REGISTERED = re.compile(r"longshore(?:ctl|_ui|_fault)?_test\(([\w/]+\.(?:cpp|py))")


class Tests:
    """The test programs that CMake knows, and their texts."""

    def __init__(self, root):
        folder = root / "tests"
        self.texts = {}
        for listing in folder.rglob("tests.cmake"):
            for program in REGISTERED.findall(listing.read_text(encoding="utf-8")):
                source = folder / program
                if source.exists():
                    self.texts[source.stem] = source.read_text(encoding="utf-8")

    def complaint_about(self, program, function, row):
        text = self.texts.get(program)
        if text is None:
            return f"there is no test {program}"
        if not re.search(rf"::{function}\(\)\s*\n?{{|^    def {function}\(self\):", text, re.M):
            return f"{program} has no function {function}"
        if row and f'"{row}"' not in text:
            return f"{program} has no row \"{row}\""
        return None


def statements_of(path):
    """The lines of a list without comments; continued lines in one."""
    statements = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and statements:
            statements[-1] += " " + line.strip()
        else:
            statements.append(line.rstrip())
    return statements


def complaints_about_case(tests, text):
    named = re.split(r"(?:^|\s)- ", text, maxsplit=1)[0]
    if TEST.sub("", named).replace(",", "").strip():
        yield f"cannot be read: {named}"
    for program, function, row in TEST.findall(named):
        complaint = tests.complaint_about(program, function, row)
        if complaint:
            yield complaint


def complaints_about_list(tests, path):
    statements = statements_of(path)
    header = HEADER.fullmatch(statements[0]) if statements else None
    if not header or header[1].lower() != path.stem:
        yield f'begins with no line such as "last {path.stem.upper()}-12, unused 07 09"'
        return
    area = header[1]
    unused = {int(number) for number in (header[3] or "").split()}
    expected = [n for n in range(1, int(header[2]) + 1) if n not in unused]
    found = []
    for statement in statements[1:]:
        case = CASE.fullmatch(statement)
        if not case or case[1] != area:
            yield f"has a line that is no case of {area}: {statement}"
            continue
        found.append(int(case[2]))
        for complaint in complaints_about_case(tests, case[3]):
            yield f"{area}-{case[2]} {complaint}"
    for number in expected:
        if number not in found:
            yield f"lacks {area}-{number:02}"
    if found != sorted(set(found)) or set(found) - set(expected):
        yield "is not in order, or has a number twice, unused or behind the last one"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    tests = Tests(root)
    lists = sorted((root / "tests/cases").glob("*.txt"))
    complaints = [f"tests/cases/{path.name} {complaint}"
                  for path in lists for complaint in complaints_about_list(tests, path)]
    if not lists:
        complaints = ["tests/cases holds no list"]
    print("\n".join(complaints) if complaints else f"{len(lists)} lists of cases name tests that exist")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
