#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches Dovecot's submission server out of Debian's packages, unpacked and not installed: no
# service appears on this system. May be run again at any time; prints the folder that holds it.
set -eu

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"
place="$cache/dovecot"

fail ()
{
  echo "provision-dovecot: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb openssl setpriv unshare; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.dovecot.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.dovecot.lock"

if [ ! -x "$place/usr/lib/dovecot/submission-login" ]; then
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/dovecot.XXXXXX")
  chmod 755 "$work"
  cd "$work"
  apt-get -qq download dovecot-submissiond dovecot-core libbz2-1.0 libcap2 libcrypt1 libgcrypt20 liblz4-1 liblzma5 \
    libpam0g libsodium23 libssl3 libsystemd0 libunwind8 libzstd1 zlib1g >&2 \
    || fail "apt-get could not download dovecot-submissiond and its libraries; is the network there?"
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  [ -x usr/lib/dovecot/submission-login ] || fail "the package dovecot-submissiond has no submission-login"
  # Older packages have it in /lib
  if [ -d lib ]; then
    cp -a lib/. usr/lib/
    rm -rf lib
  fi
  cd "$cache"
  rm -rf "$place"
  mv "$work" "$place"
fi

echo "$place"
