#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing from Debian's packages.
# usage: packages.sh GROUP...    with GROUP one of: build, display, wayland, test, clang
set -eu
export LC_ALL=C.UTF-8

build="cmake ninja-build g++ qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools
    libqt6sql6-sqlite qtkeychain-qt6-dev libsecret-1-0 libssl-dev zlib1g-dev libarchive-dev
    libisal-dev libxcb1-dev fonts-dejavu-core python3 zstd"
display="xvfb xauth"
wayland="qt6-wayland"
clang="clang lld libclang-rt-14-dev"
# Skopeo, umoci and Podman are the independent judges of what we write; the second line is a desktop for
# the window, what assistive tools see of it, and a keychain.
test="clang-format shellcheck skopeo umoci podman doxygen pkgconf
    xvfb xauth dbus openbox xdotool at-spi2-core gir1.2-atspi-2.0 python3-gi gnome-keyring"

packages_of() {
    case $1 in
        build) echo "$build" ;;
        display) echo "$display" ;;
        wayland) echo "$wayland" ;;
        clang) echo "$clang" ;;
        test) echo "$test" ;;
        *) echo "packages.sh: no such group: $1" >&2; exit 2 ;;
    esac
}

is_installed() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

simulate() {
    # shellcheck disable=SC2086 # one word for each package on purpose
    apt-get install --simulate --no-install-recommends $missing
}

install_missing() {
    echo "With what they depend on, these are installed:"
    simulate | sed -n 's/^Inst \([^ ]*\).*/\1/p' | sort | fmt -w 100
    # A fresh machine may be busy with its own upgrades: wait for them instead of failing.
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq \
        --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 $missing >/dev/null
}

wanted=
for group in "$@"; do
    wanted="$wanted $(packages_of "$group")"
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian, so nothing is installed. What these Debian packages hold is needed:" >&2
    # shellcheck disable=SC2086
    echo $wanted >&2
    exit 1
fi

missing=
for package in $wanted; do
    is_installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "These Debian packages are missing:$missing"
if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "Installing them needs root and there is no sudo. As root, please run:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

simulate >/dev/null 2>&1 || as_root apt-get update --quiet
if ! install_missing; then
    echo "The package lists may be too old; trying again with new ones."
    as_root apt-get update --quiet
    install_missing
fi
