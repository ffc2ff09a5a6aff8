#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fills an empty registry with sample images.

The same machine gives the same digests each time: dates are fixed, and so are the order, the
owners and the times of the files, which are taken from what is installed.
"""

import argparse
import sys
import time

# The folder may belong to somebody else; nothing is left in it.
sys.dont_write_bytecode = True

from sampleregistry import oddities, otherrepositories, webrepository  # noqa: E402
from sampleregistry.registryclient import RegistryClient, RegistryError  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description="Fills an empty registry with sample images.")
    parser.add_argument("url", help="the registry, as http://HOST:PORT")
    parser.add_argument("--list", action="store_true",
                        help="print each tag with its digest at the end")
    arguments = parser.parse_args()
    started = time.monotonic()
    try:
        client = RegistryClient(arguments.url)
        for content in (otherrepositories, oddities, webrepository):
            content.push(client)
        client.finish()
    except (OSError, RegistryError) as error:
        sys.exit(f"sample_registry.py: {error}")
    if arguments.list:
        for reference, digest in client.tags():
            print(reference, digest)
    print(f"{len(client.tags())} tags pushed in {time.monotonic() - started:.1f} s",
          file=sys.stderr)


if __name__ == "__main__":
    main()
