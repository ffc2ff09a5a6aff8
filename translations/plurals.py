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
    "%1 lacks %n blob(s) that are not in %2 either, %3 among them. Bring the earlier export into this "
    "repository first. Nothing was sent.": (
        "%1 lacks %n blob that is not in %2 either, %3. Bring the earlier export into this "
        "repository first. Nothing was sent.",
        "%1 lacks %n blobs that are not in %2 either, %3 among them. Bring the earlier export into "
        "this repository first. Nothing was sent."),
    "%n tag(s) of signatures and the like name something else there, and were left as they are.": (
        "%n tag of signatures and the like names something else there, and was left as it is.",
        "%n tags of signatures and the like name something else there, and were left as they are."),
    "%n tag(s) of signatures and the like name something else there, and were left as they are: %1.": (
        "%n tag of signatures and the like names something else there, and was left as it is: %1.",
        "%n tags of signatures and the like name something else there, and were left as they are: %1."),
    "%n more repository(ies) have something to tell.": (
        "%n more repository has something to tell.", "%n more repositories have something to tell."),
    "%n row(s) are hidden by the filter.": (
        "%n row is hidden by the filter.", "%n rows are hidden by the filter."),
    "%n backup(s) were removed: they are older, or take more, than is to be kept.": (
        "%n backup was removed: it is older, or takes more, than is to be kept.",
        "%n backups were removed: they are older, or take more, than is to be kept."),
    "%n image(s) without a tag are left as well, and stay: nothing names them any more.": (
        "%n image without a tag is left as well, and stays: nothing names it any more.",
        "%n images without a tag are left as well, and stay: nothing names them any more."),
    "%n image(s) are gone, as planned.": (
        "%n image is gone, as planned.", "%n images are gone, as planned."),
    "%n image(s) have other tags by now, and are left alone.": (
        "%n image has other tags by now, and is left alone.",
        "%n images have other tags by now, and are left alone."),
    "%n tag(s) are gone, as planned.": ("%n tag is gone, as planned.", "%n tags are gone, as planned."),
    "%n tag(s) point elsewhere by now, or are the last of their image, and are left alone.": (
        "%n tag points elsewhere by now, or is the last of its image, and is left alone.",
        "%n tags point elsewhere by now, or are the last of their image, and are left alone."),
    "%n tag(s) are left to be removed.": (
        "%n tag is left to be removed.", "%n tags are left to be removed."),
    "%n image(s) are left to be deleted.": (
        "%n image is left to be deleted.", "%n images are left to be deleted."),
    "%n blob(s) that the earlier export holds were left out.": (
        "%n blob that the earlier export holds was left out.",
        "%n blobs that the earlier export holds were left out."),
    "%n blob(s) that the earlier export holds were left out. What was exported now can only be used "
    "where they are.": (
        "%n blob that the earlier export holds was left out. What was exported now can only be used "
        "where it is.",
        "%n blobs that the earlier export holds were left out. What was exported now can only be "
        "used where they are."),
    "%n referrer(s) were left out: %1": (
        "%n referrer was left out: %1", "%n referrers were left out: %1"),
    "So were %n others.": ("So was %n other.", "So were %n others."),
    "No tag goes; %n tag(s) stay.": (
        "No tag goes; %n tag stays.", "No tag goes; %n tags stay."),
    "%1 of %n tag(s) go.": ("%1 of %n tag goes.", "%1 of %n tags go."),
    "Of these, %n go(es) alone: the image stays.": (
        "Of these, %n goes alone: the image stays.", "Of these, %n go alone: the image stays."),
    "%n manifest(s) are removed.": ("%n manifest is removed.", "%n manifests are removed."),
    "%n tag(s) have no usable date.": (
        "%n tag has no usable date.", "%n tags have no usable date."),
    "%n tag(s) are gone.": ("%n tag is gone.", "%n tags are gone."),
    "%n tag(s) are not: the list says why.": (
        "%n tag is not: the list says why.", "%n tags are not: the list says why."),
    "Clean up %n repository(ies)": ("Clean up %n repository", "Clean up %n repositories"),
    "and from %n more repository(ies)": (
        "and from %n more repository", "and from %n more repositories"),
    "%1, of which %n take something away from the image": (
        "%1, of which %n takes something away from the image",
        "%1, of which %n take something away from the image"),
    "a gzip tar, looks like a layer of %n file(s) and folder(s)": (
        "a gzip tar, looks like a layer of %n file or folder",
        "a gzip tar, looks like a layer of %n files and folders"),
    "a zstd tar, looks like a layer of %n file(s) and folder(s)": (
        "a zstd tar, looks like a layer of %n file or folder",
        "a zstd tar, looks like a layer of %n files and folders"),
    "a tar, looks like a layer of %n file(s) and folder(s)": (
        "a tar, looks like a layer of %n file or folder",
        "a tar, looks like a layer of %n files and folders"),
    "a layer of %n file(s) and folder(s)": (
        "a layer of %n file or folder", "a layer of %n files and folders"),
    "packed into a layer of %n file(s) and folder(s)": (
        "packed into a layer of %n file or folder",
        "packed into a layer of %n files and folders"),
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
    "%n tag(s) point to something else by now and stay. Add --replace to move them.": (
        "%n tag points to something else by now and stays. Add --replace to move it.",
        "%n tags point to something else by now and stay. Add --replace to move them."),
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
