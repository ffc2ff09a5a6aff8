# SPDX-License-Identifier: Apache-2.0
"""Layers: tar archives whose bytes depend on nothing but what is put into them."""

import gzip
import hashlib
import io
import os
import random
import stat
import subprocess
import tarfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

# 2024-09-01 00:00:00 UTC, for every file: the time of this machine's files differs.
MODIFIED = 1725148800


@dataclass(frozen=True)
class Blob:
    """Bytes and their name."""

    content: bytes = field(repr=False)

    @cached_property
    def digest(self):
        return "sha256:" + hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Layer:
    """A tar archive as it is stored."""

    blob: Blob
    diff_id: str
    compression: str  # "gzip", "zstd" or "none"


def compressed(archive, compression):
    if compression == "gzip":
        return gzip.compress(archive, compresslevel=6, mtime=0)
    if compression == "zstd":
        return subprocess.run(["zstd", "--quiet", "--stdout", "-T1"], input=archive,
                              stdout=subprocess.PIPE, check=True).stdout
    return archive


class LayerBuilder:
    """Collects the entries of one layer; parents come before what is in them."""

    def __init__(self):
        self._buffer = io.BytesIO()
        self._archive = tarfile.open(fileobj=self._buffer, mode="w", format=tarfile.PAX_FORMAT)
        self._known = set()

    def folder(self, path, mode=0o755):
        self._add(path, tarfile.DIRTYPE, mode)
        return self

    def file(self, path, content, mode=0o644):
        self._add(path, tarfile.REGTYPE, mode,
                  content.encode() if isinstance(content, str) else content)
        return self

    def symbolic_link(self, path, target):
        self._add(path, tarfile.SYMTYPE, 0o777, target=target)
        return self

    def hard_link(self, path, target):
        self._add(path, tarfile.LNKTYPE, 0o644, target=target)
        return self

    def whiteout(self, path):
        """Marks what a lower layer has at the path as removed."""
        parent, name = os.path.split(path)
        return self.file(f"{parent}/.wh.{name}" if parent else f".wh.{name}", b"")

    def opaque(self, folder):
        """Hides all that lower layers have in the folder."""
        self.folder(folder)
        return self.file(f"{folder}/.wh..wh..opq", b"")

    def installed(self, source, target=None, leave_out=()):
        """Adds a file or a tree of this machine, if it has it."""
        target = target or source.lstrip("/")
        inodes = {}
        for path in sorted(_files_below(source, leave_out)):
            inside = target + path[len(source):]
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode):
                self.symbolic_link(inside, os.readlink(path))
            elif not status.st_mode & 0o004:
                continue  # What only root may read would make the result depend on who runs this.
            elif status.st_ino in inodes:
                self.hard_link(inside, inodes[status.st_ino])
            else:
                with open(path, "rb") as content:
                    self.file(inside, content.read(), stat.S_IMODE(status.st_mode) & 0o755)
                if status.st_nlink > 1:
                    inodes[status.st_ino] = inside
        return self

    def layer(self, compression="gzip"):
        self._archive.close()
        return layer_of(self._buffer.getvalue(), compression)

    def _add(self, path, kind, mode, content=b"", target=""):
        for parent in reversed(PurePosixPath(path).parents[:-1]):
            if str(parent) not in self._known:
                self.folder(str(parent))
        entry = tarfile.TarInfo(path + "/" if kind == tarfile.DIRTYPE else path)
        entry.type, entry.mode, entry.mtime = kind, mode, MODIFIED
        entry.size, entry.linkname = len(content), target
        self._archive.addfile(entry, io.BytesIO(content))
        self._known.add(path)


def layer_of(archive, compression):
    diff_id = Blob(archive).digest
    return Layer(Blob(compressed(archive, compression)), diff_id, compression)


def incompressible(size, seed):
    """Bytes that look random and are always the same."""
    return random.Random(seed).randbytes(size)


def _files_below(source, leave_out):
    if not os.path.isdir(source) or os.path.islink(source):
        return [source] if os.path.lexists(source) else []
    found = []
    for folder, folders, files in os.walk(source):
        folders[:] = [name for name in folders if name not in leave_out]
        candidates = [os.path.join(folder, name) for name in files + folders
                      if name not in leave_out]
        found += [path for path in candidates
                  if os.path.islink(path) or os.path.isfile(path)]
    return found
