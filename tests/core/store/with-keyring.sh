#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test on a bus of its own: with-keyring.sh unlocked|absent PROGRAM
set -eu
HERALD_TEST_KEYRING=$1
program=$2
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
XDG_RUNTIME_DIR=$HOME/run
XDG_DATA_HOME=$HOME/data
mkdir -m 700 "$XDG_RUNTIME_DIR" "$HOME/empty"
export HERALD_TEST_KEYRING HOME XDG_RUNTIME_DIR XDG_DATA_HOME
if [ "$HERALD_TEST_KEYRING" = absent ]; then
  DBUS_SESSION_BUS_ADDRESS=unix:path=$HOME/empty/none "$program"
else
  dbus-run-session -- sh -c 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec "$0"' "$program"
fi
