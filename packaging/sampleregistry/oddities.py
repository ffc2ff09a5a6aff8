# SPDX-License-Identifier: Apache-2.0
"""What is legal and yet surprises a program that shows it."""

from datetime import datetime, timezone

from .images import Recipe, Step, artifact, day, encoded, image
from .ingredients import base_steps, plain_image_recipe
from .layers import LayerBuilder

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
MARKUP = '<b>bold</b> <img src="http://127.0.0.1:9/seen.png"> <a href="file:///etc/passwd">open</a>'


def push_texts(client):
    """lab/texts: markup, marks of writing direction and control characters, wherever text goes."""
    reversed_name = f"report{RIGHT_TO_LEFT_OVERRIDE}gpj.exe"
    files = LayerBuilder()
    files.file(f"srv/{reversed_name}", "Not a picture.\n")
    files.file("srv/<b>not bold</b>.txt", "Not bold.\n")
    files.file("srv/two\nlines.txt", "One name, two lines.\n")
    files.file("srv/naïve – 日本語 – שלום.txt", "Letters.\n")
    recipe = plain_image_recipe(
        day(2026, 5, 1), Step(f"RUN /bin/sh -c echo '{MARKUP}' && echo \x1b[31mred\x1b[0m",
                              files.layer()),
        author=f"{MARKUP} {RIGHT_TO_LEFT_OVERRIDE}moc.elpmaxe",
        run={"Labels": {"<i>label</i>": MARKUP, "escape": "\x1b]0;title\x07 \x1b[2J",
                        "direction": f"abc{RIGHT_TO_LEFT_OVERRIDE}fed",
                        "zalgo": "a" + "\u0301" * 40, "long": "very long " * 400,
                        "null": "\u0000", "lines": "first\nsecond\r\nthird\u2028fourth"},
             "Env": [f"MARKUP={MARKUP}", "NO_EQUALS_SIGN", "=empty name"],
             "Entrypoint": ["/bin/sh", "-c", "echo 'one word with spaces'"]},
        annotations={"org.opencontainers.image.title": f"<h1>{reversed_name}</h1>",
                     "org.opencontainers.image.description": MARKUP,
                     "org.opencontainers.image.url": "javascript:alert(1)",
                     "org.example.شرح": "من اليمين إلى اليسار abc 123"})
    client.push("lab/texts", image(recipe), "hostile", "x" * 128, "_underscore", "CAPITALS")


def push_dates(client):
    """lab/dates: no date, the dates of reproducible builds, and one that is yet to come."""
    for tag, created in (("none", None), ("year-1", datetime(1, 1, 1, tzinfo=timezone.utc)),
                         ("1970", day(1970, 1, 1, 0)), ("1980", day(1980, 1, 1, 0)),
                         ("future", day(2099, 12, 31))):
        note = LayerBuilder().file("note", tag + "\n").layer()
        client.push("lab/dates", image(plain_image_recipe(created, Step("COPY note /", note))),
                    tag)


def push_layers(client):
    """lab/layers: files that come, change, go and are linked from layer to layer."""
    first = LayerBuilder()
    first.file("srv/kept", "kept\n").file("srv/changed", "before\n").file("srv/removed", "old\n")
    first.file("srv/hidden/one", "1\n").file("srv/hidden/two", "2\n")
    first.file("srv/tree/deep/leaf", "leaf\n").folder("srv/becomes-file/inside")
    second = LayerBuilder()
    second.file("srv/changed", "after\n").whiteout("srv/removed").whiteout("srv/tree")
    second.opaque("srv/hidden").file("srv/hidden/three", "3\n")
    second.file("srv/becomes-file", "a file now\n")
    third = LayerBuilder()
    third.file("srv/original", "shared bytes\n").hard_link("srv/same", "srv/original")
    third.hard_link("srv/same-as-below", "srv/kept")
    third.symbolic_link("srv/link", "kept").symbolic_link("srv/outside", "../../../etc/passwd")
    third.symbolic_link("srv/loop", "loop").symbolic_link("srv/absolute", "/srv/kept")
    third.file("srv/" + "n" * 200 + "/" + "m" * 200, "a long name\n")
    third.file("srv/set-user-id", "#!/bin/sh\n", 0o4755)
    steps = (Step("COPY first /srv/", first.layer()), Step("ENV STEP=2"),
             Step("RUN rm -r /srv/removed /srv/tree", second.layer("zstd")),
             Step("RUN ln /srv/original /srv/same", third.layer("none")))
    client.push("lab/layers", image(plain_image_recipe(day(2026, 4, 1), *steps)), "links",
                "latest")
    without_history = Recipe(day(2026, 4, 2), tuple(Step("", step.layer) for step in steps
                                                    if step.layer))
    client.push("lab/layers", image(without_history), "nameless-steps")
    client.push("lab/layers", image(Recipe(day(2026, 4, 3), base_steps()[1:])), "no-layer")


def push_artifacts(client):
    """lab/artifacts: files that are no image, some under types that nobody knows."""
    manual = ("text/markdown", b"# Manual\n", {"org.opencontainers.image.title": "manual.md"})
    escaping = ("application/octet-stream", b"outside?\n",
                {"org.opencontainers.image.title": "../../outside"})
    client.push("lab/artifacts", artifact(
        "application/vnd.oci.empty.v1+json", b"{}", [manual, escaping],
        artifact_type="application/vnd.example.documentation.v1"), "manual")
    client.push("lab/artifacts", artifact(
        "application/vnd.example.model.config.v1+json", encoded({"parameters": 7}),
        [("application/vnd.example.model.weights.v3", bytes(range(256)) * 64, None)]), "model")


def push(client):
    push_texts(client)
    push_dates(client)
    push_layers(client)
    push_artifacts(client)
