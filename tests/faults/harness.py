# SPDX-License-Identifier: Apache-2.0
"""What the tests with faults share: a registry of their own, images in it, and longshorectl."""

import gzip
import hashlib
import http.client
import io
import json
import os
import re
import subprocess
import tarfile
import tempfile
import time
from collections import namedtuple
from pathlib import Path

PROGRAM = os.environ.get("LONGSHORECTL")
REGISTRY = os.environ.get("LONGSHORE_DOCKER_REGISTRY")
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
SKIPPED = 77
LONGEST = 120  # Seconds that longshorectl may take for anything here.
NOT_ENDED = "it does not end"

Blob = namedtuple("Blob", "digest data type")
# Layers of the only or the first child; referrers are images, too.
Image = namedtuple("Image", "manifest blobs children layers referrers", defaults=[()])
Run = namedtuple("Run", "status output errors")


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def blob_of(data, media_type):
    return Blob(digest_of(data), data, media_type)


def descriptor_of(blob, **more):
    return {"mediaType": blob.type, "digest": blob.digest, "size": len(blob.data), **more}


def json_blob(document, media_type):
    return blob_of(json.dumps(document).encode(), media_type)


def tar_of(entries):
    """A tar with files of that content by name."""
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as archive:
        for name, data in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return output.getvalue()


def make_image(dice, sizes, architecture="amd64"):
    """An image with layers of that many bytes of noise."""
    layers, plain = [], []
    for number, size in enumerate(sizes):
        tar = tar_of({f"file{number}": dice.randbytes(size)})
        plain.append(digest_of(tar))
        layers.append(blob_of(gzip.compress(tar, 1, mtime=0), LAYER))
    config = json_blob({"architecture": architecture, "os": "linux",
                        "rootfs": {"type": "layers", "diff_ids": plain}},
                       CONFIG)
    manifest = json_blob({"schemaVersion": 2, "mediaType": MANIFEST, "config": descriptor_of(config),
                          "layers": [descriptor_of(layer) for layer in layers]}, MANIFEST)
    return Image(manifest, [config, *layers], [], layers)


def make_index(images):
    """Of images for amd64 and arm64."""
    entries = [descriptor_of(image.manifest, platform={"architecture": architecture, "os": "linux"})
               for image, architecture in zip(images, ("amd64", "arm64"))]
    manifest = json_blob({"schemaVersion": 2, "mediaType": INDEX, "manifests": entries}, INDEX)
    blobs = {blob.digest: blob for image in images for blob in image.blobs}
    return Image(manifest, list(blobs.values()), [image.manifest for image in images],
                 images[0].layers)


def with_referrer(image, dice):
    """The same, with something large that refers to it."""
    content = blob_of(dice.randbytes(600 << 10), "application/vnd.example.report")
    config = blob_of(b"{}", "application/vnd.oci.empty.v1+json")
    manifest = json_blob({"schemaVersion": 2, "mediaType": MANIFEST, "artifactType": content.type,
                          "config": descriptor_of(config), "layers": [descriptor_of(content)],
                          "subject": descriptor_of(image.manifest)}, MANIFEST)
    return image._replace(referrers=(Image(manifest, [config, content], [], [content]),))


def part_of(image):
    """What somebody has already who has the first layer of an image."""
    layer = image.layers[0]
    config = json_blob({"architecture": "amd64", "os": "linux"}, CONFIG)
    manifest = json_blob({"schemaVersion": 2, "mediaType": MANIFEST, "config": descriptor_of(config),
                          "layers": [descriptor_of(layer)]}, MANIFEST)
    return Image(manifest, [config, layer], [], [layer])


def random_image(dice):
    """A few layers from a kibibyte to three mebibytes, sometimes for two platforms."""
    def sizes():
        return [dice.choice((dice.randrange(1, 1 << 10), dice.randrange(100 << 10, 1 << 20),
                             dice.randrange(1 << 20, 3 << 20))) for _ in range(dice.randrange(1, 4))]

    image = make_image(dice, sizes())
    if dice.random() < 0.3:
        return make_index([image, make_image(dice, sizes(), "arm64")])
    return image


def write_layout(image, folder, tag="1"):
    """The image as an OCI layout, by our own hand."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    for blob in [image.manifest, *image.children, *image.blobs]:
        (blobs / blob.digest.removeprefix("sha256:")).write_bytes(blob.data)
    entry = descriptor_of(image.manifest, annotations={"org.opencontainers.image.ref.name": tag})
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [entry]}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')


class Registry:
    """docker-registry with a storage folder of its own, and a clean connection to it."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="longshore-registry-")
        folder = Path(self._folder.name)
        configuration = folder / "registry.yml"
        configuration.write_text(
            "version: 0.1\nlog: {level: info, accesslog: {disabled: true}}\nstorage:\n"
            f"  filesystem: {{rootdirectory: {folder / 'data'}}}\n"
            "  maintenance: {uploadpurging: {enabled: false}}\n"
            "http: {addr: '127.0.0.1:0', secret: test}\n")
        log = folder / "log"
        with open(log, "wb") as output:
            self._process = subprocess.Popen([REGISTRY, "serve", str(configuration)],
                                             stdout=output, stderr=output)
        deadline = time.monotonic() + 20
        while not (found := re.search(r"listening on (127\.0\.0\.1:\d+)", log.read_text())):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError("docker-registry does not start")
            time.sleep(0.05)
        self.host = found[1]
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def request(self, method, path, body=None, **fields):
        """The status, the fields and the body of an answer."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, body, {"Accept": f"{MANIFEST}, {INDEX}", **fields})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def push_blob(self, repository, blob):
        _, fields, _ = self.request("POST", f"/v2/{repository}/blobs/uploads/")
        place = fields["Location"].split(self.host, 1)[1]
        status, _, _ = self.request("PUT", f"{place}&digest={blob.digest}", blob.data)
        assert status == 201, status

    def push(self, repository, image, tag="1"):
        for blob in image.blobs:
            self.push_blob(repository, blob)
        for manifest in [*image.children, image.manifest]:
            name = tag if manifest is image.manifest else manifest.digest
            status, _, body = self.request("PUT", f"/v2/{repository}/manifests/{name}",
                                           manifest.data, **{"Content-Type": manifest.type})
            assert status == 201, body
        for referrer in image.referrers:
            self.push(repository, referrer, referrer.manifest.digest)
        if image.referrers:
            self._list_referrers(repository, image)

    def _list_referrers(self, repository, image):
        """Under a tag, because this registry keeps no list. OCI distribution-spec, "Referrers Tag Schema"."""
        entries = [descriptor_of(referrer.manifest, artifactType=referrer.layers[0].type)
                   for referrer in image.referrers]
        index = json_blob({"schemaVersion": 2, "mediaType": INDEX, "manifests": entries}, INDEX)
        self.push(repository, Image(index, [], [], []), image.manifest.digest.replace(":", "-"))

    def blob(self, repository, digest):
        """Its bytes, or None when it is not there."""
        status, _, body = self.request("GET", f"/v2/{repository}/blobs/{digest}")
        return body if status == 200 else None

    def has_blob(self, repository, digest):
        return self.request("HEAD", f"/v2/{repository}/blobs/{digest}")[0] == 200

    def manifest(self, repository, reference="1"):
        status, _, body = self.request("GET", f"/v2/{repository}/manifests/{reference}")
        return body if status == 200 else None


class Client:
    """Runs longshorectl with a home of its own, and no proxy but ours."""

    def __init__(self, home):
        self.temporary = Path(home) / "temporary"
        self.temporary.mkdir()
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home),
            "XDG_CACHE_HOME": str(home), "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:"}

    def start(self, *arguments, **options):
        # Nobody here is silent for long, unless it is the end.
        command = [PROGRAM, "--json", "--plain-http", "--timeout", "10", "--anonymous",
                   *map(str, arguments)]
        return subprocess.Popen(command, env=self._environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    @staticmethod
    def finish(process):
        try:
            output, errors = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return Run(NOT_ENDED, "", "")
        return Run(process.returncode, output.decode(), errors.decode())

    def run(self, *arguments, **options):
        return self.finish(self.start(*arguments, **options))

    def kill_after(self, seconds, *arguments):
        """Does not let it go on for longer than that."""
        process = self.start(*arguments)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return self.finish(process)


class MemoryGroup:
    """Processes to which the kernel gives only so much memory; it kills what wants more.

    Control groups of the first version; raises OSError where none can be made."""

    def __enter__(self):
        self._folder = Path("/sys/fs/cgroup/memory") / f"longshore-{os.getpid()}"
        self._folder.mkdir()
        self.limit(1 << 40)
        return self

    def __exit__(self, *_):
        self._folder.rmdir()

    def limit(self, size):
        (self._folder / "memory.limit_in_bytes").write_text(str(int(size)))

    def most_used(self):
        """In bytes, since it was asked last."""
        file = self._folder / "memory.max_usage_in_bytes"
        used = int(file.read_text())
        file.write_text("0")
        return used

    def join(self):
        """To be called by the process itself."""
        (self._folder / "cgroup.procs").write_text(str(os.getpid()))


def new_seed(name):
    """From the environment, else always the same: who looks for new faults draws others. Printed."""
    seed = os.environ.get("LONGSHORE_FAULT_SEED") or "20261128"
    print(f"{name}: seed {seed}; LONGSHORE_FAULT_SEED={seed} draws the same again", flush=True)
    return seed


def count_of(small):
    """How many runs of each kind: few, unless the environment says otherwise."""
    return int(os.environ.get("LONGSHORE_FAULT_RUNS") or small)


def is_missing():
    """Says what is missing here, if so."""
    if not PROGRAM:
        return "LONGSHORECTL names no program"
    if not REGISTRY:
        return "docker-registry is not here; tests/run.sh fetches it"
    return None
