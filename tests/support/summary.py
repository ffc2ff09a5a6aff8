#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums up what ctest wrote. usage: summary.py RESULTS.xml

Counts the functions inside each QTest executable, because one that skips a function is neither
passed nor skipped as a whole. Any other program counts as one test. The last line is
"N passed, N failed, N skipped"; the exit status is 0 when something passed and nothing failed.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter

# What QTest prints for each function or row. What happens before and after them is no test,
# unless it goes wrong.
LINE = re.compile(r"^(PASS|FAIL!|XPASS|SKIP|BPASS|BFAIL|BSKIP)\s*: (.*)$")
FRAME = re.compile(r"^\w+::(initTestCase|cleanupTestCase)\(\)$")
KINDS = {"PASS": "passed", "BPASS": "passed", "FAIL!": "failed", "XPASS": "failed",
         "BFAIL": "failed", "SKIP": "skipped", "BSKIP": "skipped"}


def functions_in(output):
    """(kind, text) of each function that a QTest executable reported."""
    for line in output.splitlines():
        match = LINE.match(line)
        if match and not (match[1] == "PASS" and FRAME.match(match[2])):
            yield KINDS[match[1]], match[2]


def outcomes_of(case):
    """(kind, text) of everything that one entry of ctest stands for."""
    name = case.get("name")
    status = case.get("status")
    found = list(functions_in(case.findtext("system-out") or ""))
    if status == "run":
        return found or [("passed", name)]
    if status == "fail" or case.find("failure") is not None:
        if not any(kind == "failed" for kind, _ in found):
            reason = case.find("failure")
            message = reason.get("message") if reason is not None else None
            found.append(("failed", f"{name}: {message or 'ended with an error'}"))
        return found
    if status == "disabled":
        return [("skipped", f"{name}: disabled")]
    skipped = case.find("skipped")
    reason = skipped.get("message") if skipped is not None else status
    if reason and reason.startswith(("SKIP_RETURN_CODE", "SKIP_REGULAR_EXPRESSION")):
        # Whoever skips by its exit status says why on its last line.
        last = (case.findtext("system-out") or "").strip().splitlines()[-1:]
        return found or [("skipped", f"{name}: {last[0] if last else 'no reason given'}")]
    # Not built, or a fixture that failed: nobody decided to skip this.
    return [("failed", f"{name}: not run ({reason})")]


def main():
    try:
        cases = ElementTree.parse(sys.argv[1]).getroot().findall("testcase")
    except (OSError, ElementTree.ParseError) as error:
        print(f"ctest left no results: {error}")
        print("0 passed, 1 failed, 0 skipped")
        return 1
    outcomes = [outcome for case in cases for outcome in outcomes_of(case)]
    count = Counter(kind for kind, _ in outcomes)
    for kind in ("skipped", "failed"):
        if count[kind]:
            print(f"\n{kind.capitalize()}:")
        for text in (text for of, text in outcomes if of == kind):
            print(f"  {text}")
    print(f"\n{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
