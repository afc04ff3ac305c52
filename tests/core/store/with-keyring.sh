#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test on a bus of its own: with-keyring.sh STATE PROGRAM
#   unlocked: with a keyring that is open    locked: with one that PROGRAM locks first
#   none: a bus without a keyring            absent: no bus at all
#   silent: no bus; PROGRAM makes one that never answers
# It calls itself with `start-keyring` inside the bus.
set -eu
if [ "$1" = start-keyring ]; then
  printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  exec "$2"
fi

HERALD_TEST_KEYRING=$1
program=$2
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
XDG_RUNTIME_DIR=$HOME/run
XDG_DATA_HOME=$HOME/data
mkdir -m 700 "$XDG_RUNTIME_DIR" "$HOME/empty"
export HERALD_TEST_KEYRING HOME XDG_RUNTIME_DIR XDG_DATA_HOME
case $HERALD_TEST_KEYRING in
  absent | silent) DBUS_SESSION_BUS_ADDRESS=unix:path=$HOME/empty/none "$program" ;;
  none) dbus-run-session --config-file="$(dirname "$0")/bare-bus.conf" -- "$program" ;;
  *) dbus-run-session -- "$0" start-keyring "$program" ;;
esac
