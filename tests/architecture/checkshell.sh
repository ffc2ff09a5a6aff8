#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks every shell script of the project.
set -eu
cd "$(dirname "$0")/../.."
find .ci packaging tests \( -name '*.sh' -o -path .ci/run \) -exec shellcheck {} +
