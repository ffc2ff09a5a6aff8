#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests checkcases.py on small projects."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import checkcases  # noqa: E402

SOURCE = 'void TestDoor::opens_data()\n{\n    row("oak");\n}\n\nvoid TestDoor::opens()\n{\n}\n'


SCRIPT = 'class Window(unittest.TestCase):\n    def test_opens(self):\n        self.open("wide")\n'


class CheckCases(unittest.TestCase):

    def complaints(self, text, name="key.txt"):
        """About a list, in a project with two tests: tst_door::opens with the row "oak", and
        tst_window::test_opens."""
        with tempfile.TemporaryDirectory() as folder:
            tests = Path(folder) / "tests"
            (tests / "cases").mkdir(parents=True)
            (tests / "tests.cmake").write_text("longshore_ui_test(tst_door.cpp LABELS x)\n"
                                                "longshore_fault_test(tst_window.py)\n")
            (tests / "tst_window.py").write_text(SCRIPT)
            (tests / "tst_door.cpp").write_text(SOURCE)
            path = tests / "cases" / name
            path.write_text(text)
            return list(checkcases.complaints_about_list(checkcases.Tests(Path(folder)), path))

    def test_accepts_tests_and_reasons(self):
        self.assertEqual(self.complaints(
            "# About doors\nlast KEY-04, unused 03\n\n"
            "KEY-01  tst_door::opens(oak), tst_door::opens\n"
            "KEY-02  tst_door::opens, tst_window::test_opens\n    - but not of glass\n"
            "KEY-04  - the door has no such thing\n"), [])

    def test_wants_a_header(self):
        self.assertIn("begins with no line", self.complaints("KEY-01  tst_door::opens\n")[0])
        self.assertIn("begins with no line", self.complaints("last KEY-01\n", "net.txt")[0])
        self.assertIn("begins with no line", self.complaints("")[0])

    def test_wants_every_number_once_and_in_order(self):
        case = "KEY-{:02}  tst_door::opens\n".format
        self.assertEqual(self.complaints("last KEY-03\n" + case(1) + case(3)), ["lacks KEY-02"])
        for wrong in (case(2) + case(1), case(1) + case(2) + case(2), case(1) + case(2) + case(3)):
            self.assertIn("is not in order", self.complaints("last KEY-02\n" + wrong)[0])

    def test_wants_tests_that_exist(self):
        for wrong, complaint in (("tst_gate::opens", "no test tst_gate"),
                                 ("tst_window::opens", "no function opens"),
                                 ("tst_door::closes", "no function closes"),
                                 ("tst_door::opens(elm)", 'no row "elm"'),
                                 ("tst_door", "cannot be read"),
                                 ("-", "cannot be read"),
                                 ("tst_door::opens -", "cannot be read")):
            found = self.complaints(f"last KEY-01\nKEY-01  {wrong}\n")
            self.assertTrue(any(complaint in text for text in found), (wrong, found))


if __name__ == "__main__":
    unittest.main()
