#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compares the export of images with that of skopeo, from a real registry.
# usage: image_export.sh [LONGSHORECTL]    of a release build; build/release/bin/longshorectl if not given
set -eu
folder=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
project=$folder/../..
program=${1:-$project/build/release/bin/longshorectl}
registry=${LONGSHORE_DOCKER_REGISTRY:-$("$project/packaging/registry.sh" "$project/build/docker-registry")}
exec python3 "$folder/image_export.py" "$program" "$registry"
