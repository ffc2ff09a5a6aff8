# SPDX-License-Identifier: Apache-2.0
"""The kinds of transfers that are disturbed, and what must be there after each of them."""

import gzip
import hashlib
import json
import tarfile

from harness import digest_of, part_of, write_layout

REPOSITORY = "images/from"


def hashes_in(folder):
    """What everybody can see below a folder: names and digests. Hidden files are ours."""
    return {path.relative_to(folder).as_posix(): digest_of(path.read_bytes())
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not is_hidden(path.relative_to(folder))}


def is_hidden(path):
    return any(part.startswith(".") for part in path.parts)


def hidden_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")
                  if is_hidden(path.relative_to(folder)))


def members_of(archive):
    with tarfile.open(archive) as members:
        return {hashlib.sha256(members.extractfile(member).read()).hexdigest()
                for member in members if member.isfile()}


class Export:
    """Brings an image, or parts of it, to disk."""

    def __init__(self, name, *command, platform=True, index=None):
        self.name = name
        self._command = command
        self._platform = platform
        self._index = index  # What names the image, and may be there only with everything else.

    def prepare(self, image, folder):
        """What has to be there before."""
        if self.name == "delta":
            write_layout(part_of(image), folder / "earlier")

    def arguments(self, host, tag, image, folder):
        reference = f"{host}/{REPOSITORY}:{tag}"
        place = f"{self._command[1]}{folder / 'out'}"
        if self._command[0] == "blob get":
            digest = image.layers[-1].digest
            return ["blob", "get", f"{host}/{REPOSITORY}@{digest}", "-o", place]
        platform = ["--platform", "linux/amd64"] if self._platform else []
        options = [option.format(folder=folder) for option in self._command[2:]]
        return [self._command[0], reference, place, *platform, *options]

    def complaints(self, expected, folder, has_succeeded):
        """What is wrong in the folder, in comparison to that of an undisturbed run."""
        found = hashes_in(folder)
        for name, digest in found.items():
            if expected.get(name) != digest:
                yield f"{name} is not what it should be"
        is_complete = found == expected
        if has_succeeded and not is_complete:
            yield f"says that it succeeded, but lacks {sorted(set(expected) - set(found))}"
        if has_succeeded and hidden_in(folder):
            yield f"leaves {hidden_in(folder)}"
        if self._index in found and not is_complete:
            yield f"names in {self._index} what is not there"

    def is_over(self, expected, folder):
        """Whether a file was complete, and nothing left to be done about it: then its name is taken for
        whoever comes next, as for anybody else. Folders are completed whenever one likes."""
        is_noted = any(name.endswith("/note") for name in hidden_in(folder))
        return (folder / "out").is_file() and hashes_in(folder) == expected and not is_noted

    def must_hold(self, image, folder):
        """Whether an undisturbed run brought what it should."""
        out = folder / "out"
        layers = {layer.digest for layer in image.layers}
        if self.name == "delta":
            layers -= {layer.digest for layer in part_of(image).layers}
        if self.name == "referrers":
            layers |= {layer.digest for referrer in image.referrers for layer in referrer.layers}
        if self.name == "blob get":
            return digest_of(out.read_bytes()) == image.layers[-1].digest
        if out.is_file():
            found = {"sha256:" + digest for digest in members_of(out)}
            wanted = layers if self.name == "oci-archive" else set()
        else:
            found = set(hashes_in(out).values())
            wanted = set() if self.name == "decompressed layers" else layers
        return len(found) > len(image.layers) - 1 and wanted <= found


EXPORTS = [
    Export("oci", "export", "oci:", platform=False, index="out/index.json"),
    Export("oci-archive", "export", "oci-archive:", platform=False),
    Export("docker-archive", "export", "docker-archive:"),
    Export("rootfs", "export", "rootfs:"),
    Export("delta", "export", "oci:", "--delta", "oci:{folder}/earlier", platform=False,
           index="out/index.json"),
    Export("referrers", "export", "oci:", "--referrers", platform=False, index="out/index.json"),
    Export("dir", "export", "dir:", index="out/manifest.json"),
    Export("layers", "export-layers", ""),
    Export("decompressed layers", "export-layers", "", "--decompress"),
    Export("blob get", "blob get", ""),
]


class Import:
    """Brings an image, or a layer of it, into a repository."""

    def __init__(self, name, source):
        self.name = name
        self._source = source

    def arguments(self, place, image, target):
        """From what stands in the folder \a place; the target is a host with a repository."""
        if self.name == "blob put":
            repository = target.split("/", 1)
            digest = image.layers[-1].digest.removeprefix("sha256:")
            return ["blob", "put", "/".join(repository), place / "layout/blobs/sha256" / digest]
        return ["import", f"{self._source}{place}/{self.name}:1", f"{target}:1"]

    def complaints(self, registry, repository, image, has_succeeded):
        if self.name == "blob put":
            return blob_complaints(registry, repository, image.layers[-1:], has_succeeded)
        return image_complaints(registry, repository, image, has_succeeded)


IMPORTS = [Import("layout", "oci:"), Import("archive", "oci-archive:"), Import("blob put", "")]


def blob_complaints(registry, repository, blobs, must_be_there):
    for blob in blobs:
        data = registry.blob(repository, blob.digest)
        if data is None and must_be_there:
            yield f"{blob.digest} is missing"
        if data is not None and digest_of(data) != blob.digest:
            yield f"{blob.digest} is damaged"


def image_complaints(registry, repository, image, has_succeeded):
    """A name may be there only with everything that it stands for."""
    manifest = registry.manifest(repository)
    if has_succeeded and manifest != image.manifest.data:
        yield "the tag is not there, or points to something else"
    is_named = manifest == image.manifest.data
    yield from blob_complaints(registry, repository, image.blobs, is_named)
    for child in image.children:
        if is_named and registry.manifest(repository, child.digest) != child.data:
            yield f"{child.digest} is missing"


def appended_complaints(registry, repository, image, layer, must_be_there):
    """A second tag may be there only with the image and one more layer. Its date is its own."""
    manifest = json.loads(registry.manifest(repository, "2") or "null")
    if manifest is None:
        if must_be_there:
            yield "the new tag is not there"
        return
    digests = [one.digest for one in (*image.layers, layer)]
    if [one["digest"] for one in manifest["layers"]] != digests:
        yield "the new image has other layers"
    config = registry.blob(repository, manifest["config"]["digest"]) or b""
    if digest_of(config) != manifest["config"]["digest"]:
        yield "the new configuration is missing, or damaged"
    elif json.loads(config)["rootfs"]["diff_ids"] != [plain_digest_of(one) for one in (*image.layers, layer)]:
        yield "the new configuration speaks of other layers"
    yield from blob_complaints(registry, repository, (*image.layers, layer), True)


def plain_digest_of(layer):
    return digest_of(gzip.decompress(layer.data))


def is_plain_error(run):
    """Whether a failure is told in our own words, after what was remarked on the way, and in the
    document on standard output."""
    lines = run.errors.strip().splitlines()
    try:
        document = json.loads(run.output)
    except ValueError:
        return False
    return bool(lines) and all(line.startswith("longshorectl: ") for line in lines) and "error" in document
