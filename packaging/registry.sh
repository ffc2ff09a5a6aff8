#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Unpacks Debian's docker-registry below FOLDER, unless it is there, and prints the program's path.
# usage: registry.sh FOLDER
#
# The package itself is never installed: it would start a service on port 5000 of every interface.
set -eu
export LC_ALL=C.UTF-8

[ $# -eq 1 ] || { echo "usage: registry.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
program=$folder/usr/bin/docker-registry
if [ -x "$program" ]; then
    echo "$program"
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    echo "registry.sh: docker-registry is fetched from Debian, and this is not Debian." >&2
    exit 1
fi

download() {
    # Without a user of its own for downloads: that user cannot write into a build folder.
    (cd "$fresh" && apt-get download --quiet -o "APT::Sandbox::User=$(id -un)" docker-registry) >&2
}

update() {
    echo "The package lists are missing or too old; fetching new ones." >&2
    if [ "$(id -u)" -eq 0 ]; then
        apt-get update --quiet >&2
    else
        sudo apt-get update --quiet >&2
    fi
}

echo "Fetching Debian's docker-registry into $folder" >&2
fresh=$(mktemp -d "$folder/fetch.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
download || { update && download; }
dpkg-deb -x "$fresh"/docker-registry_*.deb "$fresh/root"
# The program comes last: where it is, everything is.
mkdir -p "$folder/usr/bin"
mv "$fresh/root/usr/bin/docker-registry" "$program"
echo "$program"
