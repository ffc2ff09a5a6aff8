#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fills the English plural forms: "%n tag(s)" becomes "%n tag" and "%n tags".

usage: plurals.py [--check] longshore_en.ts

Run after the target update_translations. What the pattern cannot say stands in SPECIAL. With
--check nothing is written, and the exit status tells whether something would be.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

SPECIAL = {
    "%n entry(ies) of the list are no names and were left out.": (
        "%n entry of the list is no name and was left out.",
        "%n entries of the list are no names and were left out."),
    "%n entry(ies) of the list are no tags and were left out.": (
        "%n entry of the list is no tag and was left out.",
        "%n entries of the list are no tags and were left out."),
    "%n layer(s) may not be distributed and were left out.": (
        "%n layer may not be distributed and was left out.",
        "%n layers may not be distributed and were left out."),
    "%n tag(s) are there already.": (
        "%n tag is there already.", "%n tags are there already."),
    "%n tag(s) point to something else by now. Those that you tick are moved back, after what they "
    "point to was saved.": (
        "%n tag points to something else by now. If you tick it, it is moved back, after what it "
        "points to was saved.",
        "%n tags point to something else by now. Those that you tick are moved back, after what "
        "they point to was saved."),
    "%n tag(s) are hidden by the filter.": (
        "%n tag is hidden by the filter.", "%n tags are hidden by the filter."),
}


def forms(source):
    if source in SPECIAL:
        return SPECIAL[source]
    return re.sub(r"\(s\)", "", source), re.sub(r"\((s)\)", r"\1", source)


def fill(tree):
    """Returns the sources whose forms were missing or wrong."""
    changed = []
    for message in tree.iter("message"):
        source = message.findtext("source")
        translation = message.find("translation")
        elements = translation.findall("numerusform")
        wanted = forms(source)
        if [e.text for e in elements] == list(wanted) and "type" not in translation.attrib:
            continue
        changed.append(source)
        translation.attrib.pop("type", None)
        for element in elements:
            translation.remove(element)
        for text in wanted:
            ElementTree.SubElement(translation, "numerusform").text = text
    return changed


def main():
    check = "--check" in sys.argv
    path = sys.argv[-1]
    tree = ElementTree.parse(path)
    changed = fill(tree)
    left = [s for m in tree.iter("message") for s in [m.findtext("source")]
            if any("(" in f and re.search(r"\((s|ies)\)", f) for f in forms(s))]
    for source in left:
        print(f"no English plural known: {source}")
    if check:
        for source in changed:
            print(f"not filled in: {source}")
        return 1 if changed or left else 0
    ElementTree.indent(tree, "    ")
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n')
        file.write(ElementTree.tostring(tree.getroot(), encoding="unicode") + "\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
