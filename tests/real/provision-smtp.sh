#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the mail servers the tests in tests/real/smtp talk to: smtp-sink out of Debian's postfix
# package, unpacked and not installed (no system MTA appears), and smtp-server and mailparser from
# npm. May be run again at any time; prints the folder that holds them.
set -eu

SMTP_SERVER_VERSION=3.21.6
MAILPARSER_VERSION=3.9.12

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"

fail ()
{
  echo "provision-smtp: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb node npm openssl; do
  command -v "$tool" >/dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.smtp.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.smtp.lock"

provision_postfix ()
{
  [ -x "$cache/postfix/usr/sbin/smtp-sink" ] && return

  rm -rf "$cache/postfix.new"
  mkdir -p "$cache/postfix.new"
  cd "$cache/postfix.new"
  apt-get -qq download postfix libicu72 libdb5.3 libnsl2 libsasl2-2 libssl3 libtirpc3 >&2 \
    || fail "apt-get could not download postfix and its libraries; is the network there?"
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  [ -x usr/sbin/smtp-sink ] || fail "the package postfix has no smtp-sink"
  cd "$cache"
  rm -rf postfix
  mv postfix.new postfix
}

provision_npm ()
{
  stamp="$cache/smtp-npm/versions"
  wanted="smtp-server@$SMTP_SERVER_VERSION mailparser@$MAILPARSER_VERSION"
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return

  mkdir -p "$cache/smtp-npm"
  cd "$cache/smtp-npm"
  echo '{ "private": true }' > package.json
  # shellcheck disable=SC2086
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact $wanted >&2 \
    || fail "npm could not install $wanted; is the network there?"
  echo "$wanted" > "$stamp"
}

mkdir -p "$cache"
provision_postfix
provision_npm
echo "$cache"
