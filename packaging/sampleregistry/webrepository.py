# SPDX-License-Identifier: Apache-2.0
"""team/web: 300 tags of two years, as releases, nightly builds and pull requests leave them."""

import hashlib
from datetime import timedelta
from functools import cache

from .images import DOCKER_MANIFEST, OCI_MANIFEST, Step, day, image, index
from .ingredients import font_layer, plain_image_recipe, python_layer
from .layers import LayerBuilder, incompressible

REPOSITORY = "team/web"
TAG_COUNT = 300
FIRST_DAY = day(2024, 9, 2)
WEEKS = 104

# Minor versions with the number of their patch releases.
MINORS = [(1, minor, 1 + minor * 5 % 4) for minor in range(13)]
MINORS += [(2, minor, 2 + minor % 3) for minor in range(6)]
FIRST_OCI_MINOR = (1, 4)
FIRST_INDEX_MAJOR = 2


@cache
def application_layer(version):
    """A small web site that differs from one minor version to the next."""
    builder = LayerBuilder().folder("srv/web/static")
    builder.file("srv/web/server.py",
                 "import http.server\n\nhttp.server.test(port=8080, bind='0.0.0.0')\n", 0o755)
    builder.file("srv/web/VERSION", version + "\n")
    for number in range(12):
        paragraph = f"<p>Page {number} of version {version}.</p>\n" * (20 + number)
        builder.file(f"srv/web/static/page-{number}.html", paragraph)
    builder.symbolic_link("srv/web/static/index.html", "page-0.html")
    # As a program does, it grows.
    major, minor = (int(number) for number in version.split("."))
    builder.file("srv/web/static/bundle.js.br",
                 incompressible(50_000 * (major - 1) * 14 + 50_000 * minor, version))
    return builder.layer()


def revision(name):
    return hashlib.sha1(name.encode()).hexdigest()


def recipe(name, series, created, architecture="amd64"):
    steps = (
        Step("ENV PYTHONUNBUFFERED=1"),
        Step("RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends python3 "
             "&& rm -rf /var/lib/apt/lists/* # buildkit", python_layer()),
        Step("WORKDIR /srv/web"),
        Step("COPY srv/web /srv/web # buildkit", application_layer(series)),
        Step("EXPOSE map[8080/tcp:{}]"),
        Step("USER 1000:1000"),
        Step('ENTRYPOINT ["/usr/bin/python3" "server.py"]'),
    )
    run = {
        "User": "1000:1000",
        "ExposedPorts": {"8080/tcp": {}, "9090/tcp": {}},
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "PYTHONUNBUFFERED=1", f"WEB_VERSION={name}"],
        "Entrypoint": ["/usr/bin/python3", "server.py"],
        "Cmd": ["--workers", "4"],
        "WorkingDir": "/srv/web",
        "Volumes": {"/srv/web/uploads": {}},
        "Labels": {"org.opencontainers.image.title": "web",
                   "org.opencontainers.image.version": name,
                   "org.opencontainers.image.revision": revision(name),
                   "org.opencontainers.image.source": "https://git.example.org/team/web",
                   "org.opencontainers.image.licenses": "Apache-2.0"},
    }
    return plain_image_recipe(created, *steps, architecture=architecture, run=run,
                              author="Team Web <web@example.org>")


def build(name, series, created):
    """Docker schema 2 at first, then OCI, in the end an index for two platforms."""
    if series[0] >= FIRST_INDEX_MAJOR:
        platforms = [image(recipe(name, version_text(series), created, architecture))
                     for architecture in ("amd64", "arm64")]
        return index(platforms, with_attestations=True, annotations={
            "org.opencontainers.image.version": name,
            "org.opencontainers.image.created": created.isoformat()})
    kind = OCI_MANIFEST if series >= FIRST_OCI_MINOR else DOCKER_MANIFEST
    return image(recipe(name, version_text(series), created), kind)


def version_text(numbers):
    return ".".join(map(str, numbers))


def releases():
    """(version, creation) of every release, oldest first, spread evenly over the two years."""
    versions = [(major, minor, patch) for major, minor, patches in MINORS
                for patch in range(patches)]
    apart = timedelta(days=7 * WEEKS) / len(versions)
    for number, version in enumerate(versions):
        moment = FIRST_DAY + apart * number + timedelta(hours=number % 9)
        yield version, moment.replace(minute=number * 7 % 60, second=number * 13 % 60,
                                      microsecond=0)


def release_tags():
    """What the releases leave: x.y.z, candidates, and x.y, x, stable, latest that moved along."""
    tags = {}
    for version, created in releases():
        text, series = version_text(version), version[:2]
        document = build(text, series, created)
        tags[text] = tags[version_text(series)] = tags[str(version[0])] = document
        tags["latest"] = document
        if version[2] == 0:
            # The last candidate became the release; the one before it was found wanting.
            tags[f"{text}-rc.2"] = document
            tags[f"{text}-rc.1"] = build(f"{text}-rc.1", series, created - timedelta(days=3))
        if version[0] == 2:
            tags[f"sha-{revision(text)[:7]}"] = document
    tags["stable"] = tags["2.4"]
    with_fonts = recipe("latest-fonts", "2.5", day(2026, 8, 30))
    fonts = Step("COPY --from=fonts /usr/share/fonts /usr/share/fonts # buildkit", font_layer())
    tags["latest-fonts"] = image(plain_image_recipe(
        with_fonts.created, *with_fonts.steps[2:], fonts, run=with_fonts.run))
    return tags


def series_at(moment):
    return max(version[:2] for version, created in releases() if created <= moment)


def nightly_tags():
    """One for each week; in every fourth week nothing had changed."""
    tags = {}
    for week in range(WEEKS):
        moment = FIRST_DAY + timedelta(days=7 * week, hours=16, minutes=30)
        name = f"nightly-{moment:%Y%m%d}"
        if week % 4 != 3:
            # A nightly build is for one platform only, whatever the releases are.
            document = image(recipe(name, version_text(series_at(moment)), moment))
        tags[name] = document
    tags["nightly"] = tags["edge"] = tags["main"] = document
    return tags


def pull_request_tags(count):
    """A number for each request; one in three is a second build of the same sources."""
    tags = {}
    for number in range(count):
        if number % 3 != 2:
            moment = FIRST_DAY + timedelta(days=7 * WEEKS) * number / count
            moment = moment.replace(minute=number % 60, second=0, microsecond=0)
            document = image(recipe(f"pr-{number}", version_text(series_at(moment)), moment))
        tags[f"pr-{101 + number * 7}"] = document
    return tags


def push(client):
    tags = {**release_tags(), **nightly_tags()}
    tags.update(pull_request_tags(TAG_COUNT - len(tags)))
    documents = {}
    for tag, document in tags.items():
        documents.setdefault(document.digest, (document, []))[1].append(tag)
    for document, names in documents.values():
        client.push(REPOSITORY, document, *names)
    # A repository may stand where another one has its folder.
    site = LayerBuilder().file("srv/storybook/index.html", "<h1>Components</h1>\n").layer()
    story = plain_image_recipe(day(2026, 3, 4), Step("COPY storybook /srv/storybook", site))
    client.push(f"{REPOSITORY}/storybook", image(story), "1.0", "latest")
