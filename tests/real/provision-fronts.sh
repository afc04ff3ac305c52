#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the servers people put in front of OctoPrint, nginx and haproxy, out of Debian's packages,
# unpacked and not installed: no system service appears. May be run again at any time; prints the
# folder that holds them.
set -eu

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"
place="$cache/fronts"

fail ()
{
  echo "provision-fronts: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb openssl; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.fronts.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.fronts.lock"

if [ ! -x "$place/usr/sbin/haproxy" ]; then
  rm -rf "$place.new"
  mkdir -p "$place.new"
  cd "$place.new"
  apt-get -qq download nginx haproxy libcrypt1 liblua5.3-0 libopentracing1 libopentracing-c-wrapper0 \
    libpcre2-8-0 libssl3 zlib1g >&2 || fail "apt-get could not download nginx and haproxy; is the network there?"
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  if [ ! -x usr/sbin/nginx ] || [ ! -x usr/sbin/haproxy ]; then
    fail "the packages do not hold the programs"
  fi
  cd "$cache"
  rm -rf "$place"
  mv "$place.new" "$place"
fi

echo "$place"
