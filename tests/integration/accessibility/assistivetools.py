# SPDX-License-Identifier: Apache-2.0
"""What assistive tools see of a program: its tree over AT-SPI, and keys as a keyboard sends them."""

import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60  # Seconds; far more than anything takes.


class NotThere(Exception):
    pass


def wait_for(what, probe):
    """Asks until the probe gives something; the tree changes while it is read."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if found := probe():
                return found
        except GLib.Error:
            pass
        time.sleep(0.1)
    raise NotThere(what)


def children(node):
    node.clear_cache()
    for position in range(min(node.get_child_count(), 500)):
        if child := node.get_child_at_index(position):
            yield child


def below(node):
    for child in children(node):
        yield child
        yield from below(child)


def has_state(node, name):
    return node.get_state_set().contains(getattr(Atspi.StateType, name))


def is_shown(node):
    return has_state(node, "SHOWING")


class Program:
    """A program of the desktop, found by its name there."""

    def __init__(self, name):
        self._root = wait_for(name, lambda: self._find_root(name))

    @staticmethod
    def _find_root(name):
        return next((one for one in children(Atspi.get_desktop(0)) if one.get_name() == name), None)

    def nodes(self, role):
        return [node for node in below(self._root) if node.get_role_name() == role]

    def find(self, name, role):
        """The thing of that name and role on the screen; waits until it is there."""
        return wait_for(f"{role} {name!r}", lambda: next(
            (node for node in self.nodes(role) if node.get_name() == name and is_shown(node)), None))

    def has(self, name, role):
        return any(node.get_name() == name and is_shown(node) for node in self.nodes(role))

    def enabled(self, beginning, role):
        return any(node.get_name().startswith(beginning) and has_state(node, "ENABLED")
                   for node in self.nodes(role))

    @staticmethod
    def path_of(node):
        """Where a thing without a name is."""
        names = []
        while node:
            names.append(f"{node.get_role_name()} {node.get_name()!r}")
            node = node.get_parent()
        return " in ".join(names)

    def press(self, name, role="push button"):
        button = self.find(name, role)
        Atspi.Action.do_action(button, 0)

    def type_into(self, name, text):
        Atspi.EditableText.set_text_contents(self.find(name, "text"), text)


def send_key(key):
    """To whatever has the focus on this display."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
