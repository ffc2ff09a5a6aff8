# SPDX-License-Identifier: Apache-2.0
"""Layers of real files that many sample images share."""

import os
from functools import cache

from .images import Recipe, Step
from .layers import LayerBuilder, layer_of

PROGRAMS = ("bash", "cat", "chmod", "cp", "date", "df", "dpkg", "find", "grep", "gzip", "ls",
            "mkdir", "mv", "perl", "perl5.36.0", "rm", "sed", "sha256sum", "sort", "tar", "tr")
PYTHON = os.path.dirname(os.__file__)


def _base(architecture):
    builder = LayerBuilder()
    for folder in ("etc", "home", "root", "tmp", "usr", "var"):
        builder.folder(folder, 0o1777 if folder == "tmp" else 0o755)
    builder.symbolic_link("bin", "usr/bin").symbolic_link("lib", "usr/lib")
    builder.file("etc/architecture", architecture + "\n")
    builder.file("etc/hostname", "longshore-sample\n")
    builder.file("etc/apt/sources.list", "deb http://deb.debian.org/debian bookworm main\n")
    builder.file("var/cache/apt/pkgcache.bin", bytes(4096))
    builder.symbolic_link("etc/os-release", "../usr/lib/os-release")
    builder.installed("/usr/lib/os-release")
    builder.installed("/usr/share/common-licenses")
    if architecture == "amd64":
        # Programs of this machine would be wrong in an image for another processor. In one tree,
        # so that perl's two names become a hard link.
        others = set(os.listdir("/usr/bin")) - set(PROGRAMS)
        builder.installed("/usr/bin", leave_out=others)
    return builder


@cache
def base_layer(architecture="amd64", compression="gzip"):
    return _base(architecture).layer(compression)


@cache
def python_layer():
    """A part of Python's library; compiled files would differ from run to run."""
    builder = LayerBuilder()
    for package in ("asyncio", "email", "http", "json", "logging", "urllib"):
        builder.installed(f"{PYTHON}/{package}", f"usr/lib/python3/{package}",
                          leave_out=("__pycache__",))
    builder.symbolic_link("usr/bin/python", "python3")
    return builder.layer()


@cache
def font_layer():
    builder = LayerBuilder().installed("/usr/share/fonts/truetype/dejavu")
    builder.file("etc/fonts/local.conf", "<fontconfig/>\n")
    return builder.layer("zstd")


@cache
def documentation_layer():
    builder = LayerBuilder().folder("usr/share/doc")
    for package in ("base-files", "bash", "cmake", "coreutils", "dpkg", "ninja-build",
                    "python3", "tar", "zstd"):
        builder.installed(f"/usr/share/doc/{package}")
    return builder.layer()


@cache
def empty_layer():
    """The archive without an entry, as old builders wrote it for a step that changed nothing."""
    return layer_of(bytes(1024), "gzip")


def base_steps(architecture="amd64"):
    return (Step("/bin/sh -c #(nop) ADD file:3e6a1f0c5d2b in / ", base_layer(architecture)),
            Step('/bin/sh -c #(nop)  CMD ["bash"]'))


def plain_image_recipe(created, *steps, architecture="amd64", **further):
    return Recipe(created, base_steps(architecture) + steps,
                  {"architecture": architecture, "os": "linux"}, **further)
