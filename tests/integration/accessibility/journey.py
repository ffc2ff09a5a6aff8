#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Uses the window from outside, as a screen reader does: finds its parts by name, filters tags,
reads a row, opens an image, asks for a deletion and cancels it.

usage: journey.py LONGSHORE      on a display and bus of its own (private-desktop.sh)
"""

import http.server
import json
import hashlib
import subprocess
import sys
import threading
import unittest

try:
    from assistivetools import Atspi, Program, below, has_state, is_shown, send_key, wait_for
except (ImportError, ValueError) as missing:
    print(f"skipped: {missing} (packaging/packages.sh test)")
    sys.exit(77)

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = json.dumps({"os": "linux", "architecture": "amd64", "created": "2025-03-01T12:00:00Z",
                     "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64]}}).encode()


def descriptor(content, kind):
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    return {"mediaType": kind, "digest": digest, "size": len(content)}


IMAGE = json.dumps({
    "schemaVersion": 2, "mediaType": MANIFEST,
    "config": descriptor(CONFIG, "application/vnd.oci.image.config.v1+json"),
    "layers": [descriptor(b"layer", "application/vnd.oci.image.layer.v1.tar")]}).encode()
DIGEST = descriptor(IMAGE, MANIFEST)["digest"]
TAGS = ["1.0", "1.1", "latest"]


class Registry(http.server.BaseHTTPRequestHandler):
    """One repository with three tags, which points all of them to one image."""

    protocol_version = "HTTP/1.1"
    deleted = []

    def answer(self, content, kind="application/json", status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if kind == MANIFEST:
            self.send_header("Docker-Content-Digest", DIGEST)
        self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/v2/_catalog":
            return self.answer(b'{"repositories":["team/app"]}')
        if path.endswith("/tags/list"):
            return self.answer(json.dumps({"name": "team/app", "tags": TAGS}).encode())
        if "/manifests/" in path:
            return self.answer(IMAGE, MANIFEST)
        return self.answer(CONFIG if "/blobs/" in path else b"{}")

    do_HEAD = do_GET

    def do_DELETE(self):
        """The window asks, before anything else, for the deletion of a tag that nobody has."""
        name = self.path.rsplit("/", 1)[1]
        if name not in (*TAGS, DIGEST):
            return self.answer(b'{"errors":[{"code":"MANIFEST_UNKNOWN"}]}', status=404)
        Registry.deleted.append(name)
        return self.answer(b"{}", status=202)

    def log_message(self, *_):
        pass


class Journey(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.shutdown)
        place = f"127.0.0.1:{server.server_port}/team/app"
        cls.process = subprocess.Popen([PROGRAM, place])
        cls.addClassCleanup(cls.process.wait)
        cls.addClassCleanup(cls.process.kill)
        cls.window = Program("longshore")
        cls.window.find("Tags", "tree")
        wait_for("the window in front", lambda: any(
            has_state(frame, "ACTIVE") for frame in cls.window.nodes("frame")))

    def cells(self):
        tags = self.window.find("Tags", "tree")
        return [cell.get_name() for cell in below(tags) if cell.get_role_name() == "table cell"]

    def test_the_main_parts_have_their_names(self):
        self.window.find("Registries", "tree")
        self.window.find("Filter tags", "text")
        wait_for("tag 1.0", lambda: any(cell.startswith("Tag 1.0") for cell in self.cells()))
        self.assertTrue(any(node.get_name() == "Transfers" for node in self.window.nodes("tree")))

    def test_layers_are_a_table_of_that_name(self):
        tags = self.window.find("Tags", "tree")
        Atspi.Component.grab_focus(tags)
        send_key("Return")
        self.window.find("Layers", "page tab")
        Atspi.Action.do_action(self.window.find("Layers", "page tab"), 0)
        layers = self.window.find("Layers", "table")
        wait_for("a layer", lambda: any(cell.get_name().startswith("Layer 1") for cell in below(layers)))
        send_key("ctrl+w")
        self.window.find("Tags", "tree")

    def test_every_button_on_the_screen_has_a_name(self):
        nameless = [node for node in self.window.nodes("push button")
                    if is_shown(node) and not node.get_name()]
        self.assertEqual([], [self.window.path_of(node) for node in nameless])

    def test_tags_are_filtered_and_a_row_is_read(self):
        self.window.type_into("Filter tags", "1.1")
        wait_for("one row", lambda: not any(cell.startswith("Tag 1.0") for cell in self.cells()))
        row = wait_for("the row", lambda: next(
            (cell for cell in self.cells() if cell.startswith("Tag 1.1, ")), None))
        self.assertIn("linux/amd64", row)
        self.window.type_into("Filter tags", "")
        wait_for("all rows", lambda: any(cell.startswith("Tag 1.0") for cell in self.cells()))

    def test_a_deletion_is_asked_for_and_cancelled(self):
        self.window.type_into("Filter tags", "latest")
        wait_for("one row", lambda: not any(cell.startswith("Tag 1.0") for cell in self.cells()))
        Atspi.Component.grab_focus(self.window.find("Filter tags", "text"))
        wait_for("focus", lambda: has_state(self.window.find("Filter tags", "text"), "FOCUSED"))
        send_key("Down")
        wait_for("a row", lambda: self.window.enabled("Delete", "push button"))
        send_key("Delete")
        self.window.find("What will be deleted", "tree")
        self.window.press("Remove the images, and with them 2 more tags", "radio button")
        self.window.find("Delete 3 Tags", "push button")
        self.window.press("Cancel")
        wait_for("no dialog", lambda: not self.window.has("What will be deleted", "tree"))
        self.assertEqual([], Registry.deleted)
        self.window.type_into("Filter tags", "")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
