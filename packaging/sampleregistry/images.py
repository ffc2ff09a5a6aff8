# SPDX-License-Identifier: Apache-2.0
"""Manifests, indexes and configurations as documents that can be pushed."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cached_property

from .layers import Blob, Layer

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
OCI_LAYER = {"gzip": "application/vnd.oci.image.layer.v1.tar+gzip",
             "zstd": "application/vnd.oci.image.layer.v1.tar+zstd",
             "none": "application/vnd.oci.image.layer.v1.tar"}
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json"
DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


@dataclass(frozen=True)
class Document:
    """A manifest or an index, with the blobs and the documents that it names."""

    media_type: str
    content: bytes
    blobs: tuple = ()
    children: tuple = ()
    platform: dict = None

    @cached_property
    def digest(self):
        return "sha256:" + hashlib.sha256(self.content).hexdigest()

    @property
    def height(self):
        """How many documents stand below this one."""
        return max((child.height + 1 for child in self.children), default=0)

    def descriptor(self, **further):
        return {"mediaType": self.media_type, "digest": self.digest, "size": len(self.content),
                **further}


@dataclass(frozen=True)
class Step:
    """One line of an image's history; without a layer it changed settings only."""

    command: str
    layer: Layer = None


@dataclass(frozen=True)
class Recipe:
    """What an image is made of."""

    created: datetime
    steps: tuple
    platform: dict = field(default_factory=lambda: {"architecture": "amd64", "os": "linux"})
    run: dict = field(default_factory=dict)  # The "config" part: Env, Cmd, Labels ...
    annotations: dict = field(default_factory=dict)
    author: str = None

    @property
    def layers(self):
        return [step.layer for step in self.steps if step.layer]


def day(year, month, day_of_month, hour=9):
    return datetime(year, month, day_of_month, hour, tzinfo=timezone.utc)


def timestamp(moment):
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def encoded(value, indent=None):
    separators = None if indent else (",", ":")
    return json.dumps(value, indent=indent, separators=separators, ensure_ascii=False).encode()


def blob_descriptor(media_type, blob, **further):
    return {"mediaType": media_type, "digest": blob.digest, "size": len(blob.content), **further}


def configuration(recipe):
    """The image's configuration, with a history in which a step took 20 seconds."""
    config = {**recipe.platform}
    history = []
    if recipe.created:
        config["created"] = timestamp(recipe.created)
    if recipe.author:
        config["author"] = recipe.author
    for number, step in enumerate(recipe.steps):
        entry = {"created_by": step.command}
        if recipe.created:
            before = timedelta(seconds=20 * (len(recipe.steps) - 1 - number))
            # The first year cannot be left to the past.
            entry["created"] = timestamp(recipe.created if recipe.created.year < 2
                                         else recipe.created - before)
        if not step.layer:
            entry["empty_layer"] = True
        history.append(entry)
    config["config"] = recipe.run
    config["rootfs"] = {"type": "layers", "diff_ids": [layer.diff_id for layer in recipe.layers]}
    config["history"] = history
    return Blob(encoded(config))


def image(recipe, manifest_type=OCI_MANIFEST):
    """An image as OCI or as Docker schema 2 writes it."""
    is_oci = manifest_type == OCI_MANIFEST
    config = configuration(recipe)
    layers = [blob_descriptor(OCI_LAYER[layer.compression] if is_oci else DOCKER_LAYER, layer.blob)
              for layer in recipe.layers]
    manifest = {"schemaVersion": 2, "mediaType": manifest_type,
                "config": blob_descriptor(OCI_CONFIG if is_oci else DOCKER_CONFIG, config),
                "layers": layers}
    if is_oci and recipe.annotations:
        manifest["annotations"] = recipe.annotations
    return Document(manifest_type, encoded(manifest, None if is_oci else 3),
                    (config, *(layer.blob for layer in recipe.layers)), platform=recipe.platform)


def index(images, index_type=OCI_INDEX, annotations=None, with_attestations=False):
    """An index or a manifest list of images for several platforms."""
    entries = [child.descriptor(platform=child.platform) for child in images]
    children = list(images)
    if with_attestations:
        for child in images:
            statement = attestation(child)
            entries.append(statement.descriptor(
                annotations={"vnd.docker.reference.digest": child.digest,
                             "vnd.docker.reference.type": "attestation-manifest"},
                platform={"architecture": "unknown", "os": "unknown"}))
            children.append(statement)
    content = {"schemaVersion": 2, "mediaType": index_type, "manifests": entries}
    if annotations:
        content["annotations"] = annotations
    return Document(index_type, encoded(content, None if index_type == OCI_INDEX else 3),
                    children=tuple(children))


def attestation(subject):
    """What BuildKit adds to an index: statements about one of its images."""
    name = {"name": "pkg:docker/team/web?platform=linux%2F" + subject.platform["architecture"],
            "digest": {"sha256": subject.digest.removeprefix("sha256:")}}
    statements = [
        ("https://spdx.dev/Document",
         {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "sbom",
          "packages": [{"name": "base-files", "versionInfo": "12.4", "SPDXID": "SPDXRef-1"},
                       {"name": "python3", "versionInfo": "3.11.2", "SPDXID": "SPDXRef-2"}]}),
        ("https://slsa.dev/provenance/v0.2",
         {"buildType": "https://mobyproject.org/buildkit@v1",
          "builder": {"id": "https://ci.example.org/builders/4"},
          "metadata": {"reproducible": False}}),
    ]
    blobs = [Blob(encoded({"_type": "https://in-toto.io/Statement/v0.1", "predicateType": kind,
                           "subject": [name], "predicate": predicate}))
             for kind, predicate in statements]
    config = Blob(encoded({"architecture": "unknown", "os": "unknown", "config": {},
                           "rootfs": {"type": "layers",
                                      "diff_ids": [blob.digest for blob in blobs]}}))
    layers = [blob_descriptor("application/vnd.in-toto+json", blob,
                              annotations={"in-toto.io/predicate-type": kind})
              for blob, (kind, _) in zip(blobs, statements)]
    manifest = {"schemaVersion": 2, "mediaType": OCI_MANIFEST,
                "config": blob_descriptor(OCI_CONFIG, config), "layers": layers}
    return Document(OCI_MANIFEST, encoded(manifest), (config, *blobs))


def artifact(config_type, config, files, annotations=None, artifact_type=None):
    """Something other than an image; files are (media type, bytes, annotations)."""
    config_blob = Blob(config)
    blobs = [Blob(content) for _, content, _ in files]
    manifest = {"schemaVersion": 2, "mediaType": OCI_MANIFEST}
    if artifact_type:
        manifest["artifactType"] = artifact_type
    manifest["config"] = blob_descriptor(config_type, config_blob)
    manifest["layers"] = [
        blob_descriptor(media_type, blob, **({"annotations": about} if about else {}))
        for blob, (media_type, _, about) in zip(blobs, files)]
    if annotations:
        manifest["annotations"] = annotations
    return Document(OCI_MANIFEST, encoded(manifest), (config_blob, *blobs))


def for_platform(recipe, architecture, variant=None):
    platform = {"architecture": architecture, "os": "linux"}
    return replace(recipe, platform={**platform, "variant": variant} if variant else platform)
