#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command on a display, session bus, window manager and home of its own, with the bus of
# assistive tools switched on; all of it goes with the command.
# usage: private-desktop.sh COMMAND [ARGUMENT]...
#
# Ends with 77, which is "skipped", where the programs for that are not installed.
set -eu

for program in Xvfb xvfb-run dbus-run-session openbox; do
    if ! command -v "$program" >/dev/null; then
        echo "skipped: $program is not installed (packaging/packages.sh display test)"
        exit 77
    fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_RUNTIME_DIR="$work/run"
export XDG_CONFIG_HOME="$HOME/config" XDG_CACHE_HOME="$HOME/cache" XDG_DATA_HOME="$HOME/data"
mkdir -p "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_DATA_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
export QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 LC_ALL=C.UTF-8 TZ=UTC
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY XDG_CURRENT_DESKTOP QT_QPA_PLATFORMTHEME

status=0
# shellcheck disable=SC2016 # the inner shell expands these
xvfb-run --auto-servernum --server-args="-screen 0 1280x800x24 -nolisten tcp" \
    dbus-run-session -- sh -c '
        openbox >/dev/null 2>&1 &
        manager=$!
        status=0
        "$@" || status=$?
        kill "$manager" 2>/dev/null || true
        exit "$status"' sh "$@" || status=$?
exit "$status"
