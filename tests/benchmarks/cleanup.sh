#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compares the deletion of 1,000 images with that by curl, from a real registry.
# usage: cleanup.sh [LONGSHORECTL]    of a release build; build/release/bin/longshorectl if not given
set -eu
folder=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
project=$folder/../..
program=${1:-$project/build/release/bin/longshorectl}
registry=${LONGSHORE_DOCKER_REGISTRY:-$("$project/packaging/registry.sh" "$project/build/docker-registry")}
exec python3 "$folder/cleanup.py" "$program" "$registry"
