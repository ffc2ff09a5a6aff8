#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of summary.py with entries as ctest writes them."""

import sys
import unittest
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True

from summary import outcomes_of  # noqa: E402


def entry(status, output="", reason=""):
    return ElementTree.fromstring(
        f'<testcase name="tst_tag" status="{status}">{reason}'
        f"<system-out>{output}</system-out></testcase>")


class Summary(unittest.TestCase):
    def test_each_function_counts(self):
        output = """********* Start testing of tst_Tag *********
PASS   : tst_Tag::initTestCase()
PASS   : tst_Tag::parses(a row)
SKIP   : tst_Tag::asksTheRegistry() there is none
PASS   : tst_Tag::cleanupTestCase()"""
        self.assertEqual(outcomes_of(entry("run", output)), [
            ("passed", "tst_Tag::parses(a row)"),
            ("skipped", "tst_Tag::asksTheRegistry() there is none")])

    def test_a_skip_hides_no_failure(self):
        output = "SKIP   : tst_Tag::one() why\nFAIL!  : tst_Tag::two() compared values differ"
        for status, reason in (("fail", '<failure message=""/>'),
                               ("notrun", '<skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>')):
            kinds = [kind for kind, _ in outcomes_of(entry(status, output, reason))]
            self.assertEqual(kinds, ["skipped", "failed"])

    def test_a_crash_is_a_failure(self):
        crashed = entry("fail", "PASS   : tst_Tag::one()", '<failure message=""/>')
        self.assertEqual(outcomes_of(crashed)[-1], ("failed", "tst_tag: ended with an error"))

    def test_a_failure_before_the_first_function_counts(self):
        broken = entry("fail", "FAIL!  : tst_Tag::initTestCase() no", '<failure message=""/>')
        self.assertEqual(outcomes_of(broken), [("failed", "tst_Tag::initTestCase() no")])

    def test_a_program_without_functions_is_one_test(self):
        self.assertEqual(outcomes_of(entry("run", "3 files keep the rules")),
                         [("passed", "tst_tag")])

    def test_a_program_says_why_it_is_skipped(self):
        left_out = entry("notrun", "trying\nno registry", '<skipped message="SKIP_RETURN_CODE=77"/>')
        self.assertEqual(outcomes_of(left_out), [("skipped", "tst_tag: no registry")])

    def test_what_was_not_built_is_a_failure(self):
        absent = entry("notrun", "", '<skipped message="Unable to find executable"/>')
        self.assertEqual(outcomes_of(absent)[0][0], "failed")

    def test_disabled_is_skipped(self):
        self.assertEqual(outcomes_of(entry("disabled"))[0][0], "skipped")


if __name__ == "__main__":
    unittest.main()
