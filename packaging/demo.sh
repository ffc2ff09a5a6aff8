#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Shows Longshore on a registry with sample images, starting from a machine that has nothing.
# usage: packaging/demo.sh
#
# Installs what is missing, builds, starts Debian's docker-registry on a free port of 127.0.0.1,
# fills it once, and opens the window on it. Closing the window stops the registry. Without a
# display it leaves a picture of the window instead.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."

folder=$PWD/build/demo-registry
settings=$PWD/build/demo-settings
picture=$PWD/build/demo.png
longshore=$PWD/build/demo/app/desktop/longshore
registry=
window=

step() {
    printf '\n== %s\n' "$*"
}

fail() {
    echo "demo.sh: $*" >&2
    exit 1
}

has_display() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

# A start with sudo leaves folders that a start without it cannot write.
check_folders() {
    for path in . build build/demo build/demo-registry; do
        [ ! -e "$path" ] || [ -w "$path" ] \
            || fail "$PWD/$path belongs to somebody else; start with sudo, or remove it first"
    done
}

install_packages() {
    if ! has_display; then
        packaging/packages.sh build display
    elif [ -z "${DISPLAY:-}" ]; then
        packaging/packages.sh build wayland
    else
        packaging/packages.sh build
    fi
}

build() {
    cmake --preset release -B build/demo -DBUILD_TESTING=OFF
    cmake --build build/demo --target longshore longshorectl
}

# The port of the last start, so that the window finds its connection again; else any free one.
start_registry() {
    program=$(packaging/registry.sh build/docker-registry)
    : >"$folder/registry.log"
    for wish in "$(cat "$folder/port" 2>/dev/null || echo 0)" 0; do
        # The system ends the registry with this script, however the script ends.
        REGISTRY_HTTP_ADDR=127.0.0.1:$wish \
            REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=$folder/data \
            setpriv --pdeathsig KILL "$program" serve packaging/demo_registry.yml \
            >"$folder/registry.log" 2>&1 9>&- &
        registry=$!
        if find_port; then
            echo "$port" >"$folder/port"
            echo "docker-registry answers on 127.0.0.1:$port"
            return
        fi
        stop_registry
    done
    cat "$folder/registry.log" >&2
    fail "docker-registry does not start"
}

find_port() {
    tries=0
    while [ $tries -lt 100 ] && ! grep -q level=fatal "$folder/registry.log"; do
        port=$(sed -n 's/.*listening on 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$folder/registry.log")
        [ -z "$port" ] || return 0
        sleep 0.1
        tries=$((tries + 1))
    done
    return 1
}

# Filled by another version of the seed program, or only in part: start anew.
drop_old_images() {
    seed=$(cat packaging/sample_registry.py packaging/sampleregistry/*.py | sha256sum)
    if [ "$(cat "$folder/filled" 2>/dev/null)" != "$seed" ]; then
        rm -rf "$folder/data" "$folder/filled"
    fi
}

fill_registry() {
    if [ -e "$folder/filled" ]; then
        echo "The sample images are there."
        return
    fi
    packaging/sample_registry.py "http://127.0.0.1:$port"
    echo "$seed" >"$folder/filled"
}

use_own_settings() {
    export XDG_CONFIG_HOME="$settings/config" XDG_DATA_HOME="$settings/data"
    export XDG_CACHE_HOME="$settings/cache" XDG_STATE_HOME="$settings/state"
    mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
        export XDG_RUNTIME_DIR="$settings/runtime"
        mkdir -p "$XDG_RUNTIME_DIR"
        chmod 700 "$XDG_RUNTIME_DIR"
    fi
}

open_window() {
    if [ -z "${DISPLAY:-}" ]; then
        export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-wayland}"
    fi
    setpriv --pdeathsig TERM "$longshore" "127.0.0.1:$port" 9>&- &
    window=$!
    wait "$window"
    window=
}

take_picture() {
    rm -f "$picture"
    # A group of its own, so that the display and the program can be ended together. The file is
    # named from here: xvfb-run breaks names with spaces.
    touch build/demo-registry/Xauthority
    setsid xvfb-run --auto-servernum --auth-file build/demo-registry/Xauthority \
        --server-args "-screen 0 1400x900x24" timeout --foreground 120 \
        "$longshore" --screenshot "$picture" "127.0.0.1:$port/team/web" 9>&- &
    window=-$!
    wait "${window#-}"
    window=
    [ -s "$picture" ] || fail "the window left no picture"
    echo "There is no display, so here is a picture of the window: $picture"
}

stop_registry() {
    kill "$registry" 2>/dev/null || true
    wait "$registry" 2>/dev/null || true
    registry=
}

stop() {
    trap '' HUP INT TERM
    if [ -n "$window" ]; then
        kill -s TERM -- "$window" 2>/dev/null || true
        wait "${window#-}" 2>/dev/null || true
    fi
    if [ -n "$registry" ]; then
        stop_registry
        echo "The registry is stopped. Its images stay in $folder; without that folder, the next"
        echo "start fills a new one."
    fi
}

check_folders
step "Packages"
install_packages
mkdir -p "$folder"
exec 9>"$folder/lock"
flock --nonblock 9 || fail "the demo is running already; close its window first"
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

step "Building Longshore in build/demo"
build
step "Starting a registry with sample images"
drop_old_images
start_registry
fill_registry
use_own_settings
step "Longshore"
if has_display; then
    echo "Close the window to stop the registry."
    open_window
else
    take_picture
fi
