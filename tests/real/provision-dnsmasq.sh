#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the name server dnsmasq out of Debian's packages, unpacked and not installed: no service
# appears on this system. May be run again at any time; prints the folder that holds it.
set -eu

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"

fail ()
{
  echo "provision-dnsmasq: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.dnsmasq.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.dnsmasq.lock"

if [ ! -x "$cache/dnsmasq/usr/sbin/dnsmasq" ]; then
  rm -rf "$cache/dnsmasq.new"
  mkdir -p "$cache/dnsmasq.new"
  cd "$cache/dnsmasq.new"
  apt-get -qq download dnsmasq-base libdbus-1-3 libgmp10 libhogweed6 libidn2-0 libjansson4 libmnl0 \
    libnetfilter-conntrack3 libnettle8 libnfnetlink0 libnftables1 libnftnl11 libxtables12 >&2 \
    || fail "apt-get could not download dnsmasq and its libraries; is the network there?"
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  [ -x usr/sbin/dnsmasq ] || fail "the package dnsmasq-base has no dnsmasq"
  cd "$cache"
  rm -rf dnsmasq
  mv dnsmasq.new dnsmasq
fi

echo "$cache/dnsmasq"
