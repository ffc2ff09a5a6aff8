#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a test with a session bus and an unlocked gnome-keyring of its own, in a home of its own.
# usage: with-keyring.sh PROGRAM...    Without the tools the test is told why it has to skip.
set -eu

for tool in dbus-run-session gnome-keyring-daemon; do
    if ! command -v "$tool" >/dev/null; then
        LONGSHORE_NO_KEYRING="$tool is not installed; packaging/packages.sh test installs it"
        export LONGSHORE_NO_KEYRING
        exec "$@"
    fi
done

HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
export HOME XDG_RUNTIME_DIR="$HOME/run" XDG_CONFIG_HOME="$HOME/config" XDG_DATA_HOME="$HOME/data"
mkdir -m 700 "$XDG_RUNTIME_DIR"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# shellcheck disable=SC2016 # meant for the inner shell
dbus-run-session -- sh -c '
    printf "\n" | gnome-keyring-daemon --unlock --components=secrets --foreground >/dev/null 2>&1 &
    tries=0
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null |
        grep -q "boolean true" || [ "$tries" -ge 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    status=0
    "$@" || status=$?
    kill "$!" 2>/dev/null || true
    exit "$status"' sh "$@"
