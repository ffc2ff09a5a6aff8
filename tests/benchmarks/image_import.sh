#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compares the import and the copy of images with those of skopeo, to a real registry.
# usage: image_import.sh [LONGSHORECTL]    of a release build; build/release/bin/longshorectl if not given
set -eu
folder=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
project=$folder/../..
program=${1:-$project/build/release/bin/longshorectl}
registry=${LONGSHORE_DOCKER_REGISTRY:-$("$project/packaging/registry.sh" "$project/build/docker-registry")}
exec python3 "$folder/image_import.py" "$program" "$registry"
