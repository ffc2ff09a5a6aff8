#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compares the upload of one layer of 1 GiB with that of skopeo, to a real registry.
# usage: blob_put.sh [LONGSHORECTL]    of a release build; build/release/bin/longshorectl if not given
set -eu
folder=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
project=$folder/../..
program=${1:-$project/build/release/bin/longshorectl}
registry=${LONGSHORE_DOCKER_REGISTRY:-$("$project/packaging/registry.sh" "$project/build/docker-registry")}
exec python3 "$folder/blob_put.py" "$program" "$registry"
