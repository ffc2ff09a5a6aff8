# SPDX-License-Identifier: Apache-2.0
"""What else a team keeps in a registry: base images, services, charts, signatures, old images."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from .images import (DOCKER_LIST, DOCKER_MANIFEST, OCI_MANIFEST, Document, Step, artifact, day,
                     encoded, for_platform, image, index)
from .ingredients import (base_layer, base_steps, documentation_layer, empty_layer,
                          plain_image_recipe, python_layer)
from .layers import Blob, LayerBuilder, incompressible

SIGNED_SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"
SIGNED_FOLDER = Path(__file__).resolve().parents[2] / "tests/data/libtrust"


def push_base_images(client):
    """base/debian has one archive in two compressions; base/python is a Docker manifest list."""
    for month in range(1, 7):
        recipe = plain_image_recipe(day(2026, month, 10), run={"Cmd": ["bash"]})
        tags = ["12", "bookworm", "latest"] if month == 6 else []
        client.push("base/debian", image(recipe), f"12.{month + 3}", *tags)
    steps = (Step("ADD rootfs.tar.zst /", base_layer(compression="zstd")), *base_steps()[1:])
    client.push("base/debian", image(replace(recipe, steps=steps)), "12-zstd")
    documented = plain_image_recipe(day(2026, 6, 11), Step("COPY doc /usr/share/doc",
                                                           documentation_layer()))
    client.push("base/debian", image(documented), "12-doc")

    for version, month in (("3.11.1", 1), ("3.11.2", 4)):
        recipe = plain_image_recipe(
            day(2025, month, 20), Step("/bin/sh -c apt-get install -y python3", python_layer()),
            Step('/bin/sh -c #(nop)  CMD ["python3"]'), run={"Cmd": ["python3"]})
        other = replace(recipe, steps=base_steps("arm64") + recipe.steps[2:])
        images = [image(recipe, DOCKER_MANIFEST),
                  image(for_platform(other, "arm64", "v8"), DOCKER_MANIFEST),
                  image(for_platform(other, "arm", "v7"), DOCKER_MANIFEST)]
        client.push("base/python", index(images, DOCKER_LIST), version)
    client.push("base/python", index(images, DOCKER_LIST), "3", "3.11", "latest")


def push_services(client):
    """team/api is signed; team/worker was built by an old program that wrote empty layers."""
    for number in range(12):
        version = f"0.{number + 1}.0"
        api = LayerBuilder().file("srv/api/app.py", f"VERSION = '{version}'\n")
        recipe = plain_image_recipe(
            day(2025, 1, 6) + timedelta(days=45 * number),
            Step("COPY app.py /srv/api/ # buildkit", api.layer()),
            Step("HEALTHCHECK &{[\"CMD-SHELL\" \"python3 -c 'import app'\"] \"30s\" \"5s\"}"),
            run={"Entrypoint": ["python3", "/srv/api/app.py"], "ExposedPorts": {"8000/tcp": {}},
                 "Labels": {"team": "api", "version": version}})
        document = image(recipe)
        client.push("team/api", document, version)
    client.push("team/api", document, "latest", "production")
    name = document.digest.replace(":", "-")
    client.push("team/api", signature("team/api", document), name + ".sig")
    client.push("team/api", bill_of_materials(), name + ".sbom")

    for number in range(3):
        queue = LayerBuilder().file("srv/worker/queue.conf", f"workers={number + 1}\n").layer()
        recipe = plain_image_recipe(
            day(2024, 10 + number, 5), Step("/bin/sh -c #(nop) MAINTAINER team", empty_layer()),
            Step("/bin/sh -c #(nop) COPY file:8f14e45f in /srv/worker", queue),
            run={"Cmd": ["worker"], "Volumes": {"/var/spool/worker": {}}})
        client.push("team/worker", image(recipe, DOCKER_MANIFEST), f"build-{number + 98}")


def signature(repository, document):
    """A companion as cosign stores it. The signature is made up: no key stands behind it."""
    payload = encoded({"critical": {"identity": {"docker-reference": f"registry/{repository}"},
                                    "image": {"docker-manifest-digest": document.digest},
                                    "type": "cosign container image signature"},
                       "optional": None})
    value = base64.b64encode(hashlib.sha512(payload).digest()).decode()
    layer = ("application/vnd.dev.cosign.simplesigning.v1+json", payload,
             {"dev.cosignproject.cosign/signature": value})
    config = {"architecture": "", "os": "", "config": {},
              "rootfs": {"type": "layers", "diff_ids": [Blob(payload).digest]}}
    return artifact("application/vnd.oci.image.config.v1+json", encoded(config), [layer])


def bill_of_materials():
    listed = encoded({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "api",
                      "packages": [{"SPDXID": "SPDXRef-1", "name": "python3"}]})
    config = {"architecture": "", "os": "", "config": {}, "rootfs": {
        "type": "layers", "diff_ids": [Blob(listed).digest]}}
    return artifact("application/vnd.oci.image.config.v1+json", encoded(config),
                    [("text/spdx+json", listed, None)])


def push_charts(client):
    """charts/web: Helm writes the + of a version as _ in the tag."""
    for version in ("1.0.0", "1.1.0", "2.0.0", "2.0.1+build.5"):
        metadata = {"apiVersion": "v2", "name": "web", "version": version, "appVersion": "2.5",
                    "type": "application", "description": "The web service of the team"}
        chart = LayerBuilder()
        chart.file("web/Chart.yaml", "".join(f"{key}: {value}\n" for key, value in
                                             metadata.items()))
        chart.file("web/values.yaml", "replicas: 2\nimage: team/web\n")
        chart.file("web/templates/service.yaml", "apiVersion: v1\nkind: Service\n")
        content = chart.layer().blob.content
        client.push("charts/web", artifact(
            "application/vnd.cncf.helm.config.v1+json", encoded(metadata),
            [("application/vnd.cncf.helm.chart.content.v1.tar+gzip", content, None)],
            {"org.opencontainers.image.title": "web",
             "org.opencontainers.image.version": version}), version.replace("+", "_"))


def push_old_image(client):
    """archive/legacy: a signed image of schema 1; its digest is that of what was signed."""
    signed = (SIGNED_FOLDER / "manifest.json").read_bytes()
    layer = Blob((SIGNED_FOLDER / "layer.tar.gz").read_bytes())
    client.push("archive/legacy", SignedDocument(SIGNED_SCHEMA_1, signed, (layer,)), "v1")


class SignedDocument(Document):
    """Without its signatures, and with the end that stood there before, it is the payload."""

    @property
    def digest(self):
        unsigned = self.content[:self.content.index(b',\n   "signatures"')] + b"\n}"
        return "sha256:" + hashlib.sha256(unsigned).hexdigest()


def push_data(client):
    """lab/dataset has a layer that takes a moment; lab/empty lost its only tag."""
    numbers = LayerBuilder().file("data/samples.bin", incompressible(128 << 20, "samples"))
    recipe = plain_image_recipe(day(2026, 2, 1), Step("COPY samples.bin /data/",
                                                      numbers.layer("none")))
    client.push("lab/dataset", image(recipe), "2026-02", "latest")

    document = image(plain_image_recipe(day(2025, 5, 5)), OCI_MANIFEST)
    client.push("lab/empty", document, "gone")
    client.delete_manifest("lab/empty", document.digest)


def push(client):
    push_base_images(client)
    push_services(client)
    push_charts(client)
    push_old_image(client)
    push_data(client)
