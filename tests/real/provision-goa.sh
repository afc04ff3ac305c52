#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the daemon of GNOME Online Accounts with those of its libraries that this system lacks, out of
# Debian's packages, unpacked and not installed: the real session gets no new accounts. May be run
# again at any time; prints the folder that holds them.
set -eu

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"

fail ()
{
  echo "provision-goa: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb glib-compile-schemas; do
  command -v "$tool" >/dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.goa.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.goa.lock"

if [ ! -x "$cache/goa/usr/libexec/goa-daemon" ]; then
  rm -rf "$cache/goa.new"
  mkdir -p "$cache/goa.new"
  cd "$cache/goa.new"
  # What is installed already needs no second copy, but the daemon itself always does: its folder is ours.
  missing=$(apt-get --simulate --no-install-recommends install gnome-online-accounts 2>/dev/null \
    | sed -n 's/^Inst \([^ ]*\) .*/\1/p') || fail "apt-get cannot say what gnome-online-accounts needs"
  # shellcheck disable=SC2086
  apt-get -qq download $missing gnome-online-accounts libgoa-backend-1.0-1 libgoa-1.0-common >&2 \
    || fail "apt-get could not download gnome-online-accounts and its libraries; is the network there?"
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  [ -x usr/libexec/goa-daemon ] || fail "the package gnome-online-accounts has no goa-daemon"
  glib-compile-schemas usr/share/glib-2.0/schemas
  cd "$cache"
  rm -rf goa
  mv goa.new goa
fi

echo "$cache/goa"
