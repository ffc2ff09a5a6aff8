#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a test with a session bus of its own, on which there is nothing yet.
# usage: with-session-bus.sh PROGRAM...    Without the tool the test is told why it has to skip.
set -eu

if ! command -v dbus-run-session >/dev/null; then
    LONGSHORE_NO_BUS="dbus-run-session is not installed; packaging/packages.sh test installs it"
    export LONGSHORE_NO_BUS
    exec "$@"
fi
unset DBUS_SESSION_BUS_ADDRESS
exec dbus-run-session -- "$@"
