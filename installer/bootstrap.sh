#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The two commands of the README, on a fresh Debian 12:
#   installer/bootstrap.sh run    install packages, build, open the console in demo mode (or, without a screen,
#                                 do the demo's job and leave a report)
#   installer/bootstrap.sh test   install packages, build with warnings as errors, run every fast test
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${SONGDA_JOBS:-$(nproc)}
# Lets ccache keep what was compiled with precompiled headers.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}

install_packages() { # install_packages run|test
  local wanted missing=() unwanted=
  [ "$1" = test ] || unwanted='/^# For the tests alone/,$d;'
  mapfile -t wanted < <(sed "$unwanted"'s/#.*//' installer/debian-packages.txt | tr -d ' \t' | grep -v '^$')
  for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing: ${missing[*]}"
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

build() { # build PRESET [TARGET ...], after configure PRESET [OPTION ...]
  local preset=$1
  shift
  cmake --build --preset "$preset" --parallel "$jobs" ${*:+--target "$@"}
}

configure() { cmake --preset "$@"; }

case "${1:-}" in
  run)
    install_packages run
    configure release
    build release songda songda-cli songda-simulator
    # With a screen the console opens and practises; without one the same job runs to a report.
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
      exec build/release/bin/songda --demo
    fi
    exec installer/demo.sh build/release/bin
    ;;
  test)
    install_packages test
    configure asan
    build asan
    ctest --preset asan --parallel "$jobs"
    # What the sanitizers ran is not built a second time. These tests wait more than they compute.
    configure ci -DSONGDA_SANITIZED_TESTS=OFF
    build ci
    ctest --preset ci --parallel "$((jobs + 4))"
    ;;
  *)
    echo "usage: installer/bootstrap.sh run|test" >&2
    exit 2
    ;;
esac
