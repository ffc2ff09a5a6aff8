# SPDX-License-Identifier: Apache-2.0
"""Pushes documents into a registry that speaks plain HTTP."""

import http.client
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

# The registry waits for the disk at every request; waiting at the same time is faster.
WORKERS = 8


class RegistryError(Exception):
    """The registry gave another answer than a push expects."""


class RegistryClient:
    """Collects what is to be pushed; finish() sends it, what is named before what names it."""

    def __init__(self, url):
        address = urllib.parse.urlsplit(url)
        if address.scheme != "http" or not address.hostname:
            raise RegistryError(f"{url}: expected http://HOST:PORT")
        self._host = (address.hostname, address.port)
        self._thread = threading.local()
        self._uploads = {}
        self._mounts = {}
        self._manifests = {}
        self._deletions = []

    def push(self, repository, document, *tags):
        """Plans a document with everything that it names, under its tags or its digest."""
        for blob in document.blobs:
            self._plan_blob(repository, blob)
        for child in document.children:
            self.push(repository, child)
        for reference in tags or (document.digest,):
            self._manifests[repository, reference] = document

    def delete_manifest(self, repository, digest):
        """Plans to delete a manifest again, and with it every tag that names it."""
        self._deletions.append((repository, digest))

    def finish(self):
        """Sends all that was planned."""
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda entry: self._upload(*entry), self._uploads.values()))
            list(pool.map(lambda entry: self._mount(*entry[0], entry[1]),
                          self._mounts.items()))
            for height in sorted({document.height for document in self._manifests.values()}):
                list(pool.map(lambda entry: self._put_manifest(*entry[0], entry[1]),
                              [entry for entry in self._manifests.items()
                               if entry[1].height == height]))
        for repository, digest in self._deletions:
            self._request("DELETE", f"/v2/{repository}/manifests/{digest}", expected=202)

    def tags(self):
        """Every tag with its digest, as they are after finish()."""
        return sorted((f"{repository}:{reference}", document.digest)
                      for (repository, reference), document in self._manifests.items()
                      if reference != document.digest
                      and (repository, document.digest) not in self._deletions)

    def _plan_blob(self, repository, blob):
        home, _ = self._uploads.setdefault(blob.digest, (repository, blob))
        if home != repository:
            self._mounts[repository, blob.digest] = home

    def _upload(self, repository, blob):
        headers = self._request("POST", f"/v2/{repository}/blobs/uploads/", expected=202)
        location = urllib.parse.urlsplit(headers["Location"])
        query = location.query + "&" + urllib.parse.urlencode({"digest": blob.digest})
        self._request("PUT", f"{location.path}?{query}", blob.content,
                      {"Content-Type": "application/octet-stream"}, expected=201)

    def _mount(self, repository, digest, home):
        query = urllib.parse.urlencode({"mount": digest, "from": home})
        self._request("POST", f"/v2/{repository}/blobs/uploads/?{query}", expected=201)

    def _put_manifest(self, repository, reference, document):
        headers = self._request("PUT", f"/v2/{repository}/manifests/{reference}", document.content,
                                {"Content-Type": document.media_type}, expected=201)
        stored = headers.get("Docker-Content-Digest")
        if stored != document.digest:
            raise RegistryError(f"{repository}:{reference} was stored as {stored}, "
                                f"not as {document.digest}")

    def _request(self, method, path, body=b"", headers=None, *, expected):
        if not hasattr(self._thread, "connection"):
            self._thread.connection = http.client.HTTPConnection(*self._host, timeout=60)
        connection = self._thread.connection
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        answer = response.read()
        if response.status != expected:
            text = answer[:300].decode("utf-8", "replace")
            raise RegistryError(f"{method} {path}: {response.status} {text}")
        return response.headers
