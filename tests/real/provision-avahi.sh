#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches avahi-daemon and nss-mdns out of Debian's packages, unpacked and not installed: no service
# appears on this system. May be run again at any time; prints the folder that holds them.
set -eu

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"

fail ()
{
  echo "provision-avahi: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.avahi.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.avahi.lock"

if [ ! -x "$cache/avahi/usr/sbin/avahi-daemon" ]; then
  rm -rf "$cache/avahi.new"
  mkdir -p "$cache/avahi.new"
  cd "$cache/avahi.new"
  apt-get -qq download avahi-daemon libavahi-core7 libavahi-common3 libdaemon0 libnss-mdns >&2 \
    || fail "apt-get could not download avahi-daemon and its libraries; is the network there?"
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  [ -x usr/sbin/avahi-daemon ] || fail "the package avahi-daemon has no avahi-daemon"
  cd "$cache"
  rm -rf avahi
  mv avahi.new avahi
fi

echo "$cache/avahi"
