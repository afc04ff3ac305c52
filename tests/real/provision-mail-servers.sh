#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# provision-mail-servers.sh NAME…
#
# Fetches mail servers people run, and swaks, which tries whether they work, out of Debian's packages;
# unpacked and not installed, so that none becomes the mail server of this computer. What a package
# needs and is not installed is unpacked beside it. May be run again at any time; prints the folder
# that holds one folder for each NAME.
set -eu

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"
place="$cache/mail-servers"

fail ()
{
  echo "provision-mail-servers: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb openssl; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; install it and try again"
done

packages_of ()
{
  case "$1" in
    postfix) echo postfix sasl2-bin libsasl2-2 libsasl2-modules libsasl2-modules-db ;;
    opensmtpd) echo opensmtpd ;;
    exim) echo exim4-daemon-heavy ;;
    postgrey) echo postgrey ;;
    gnutls) echo gnutls-bin ;;
    swaks) echo swaks libnet-ssleay-perl libio-socket-ssl-perl libauthen-sasl-perl libdigest-hmac-perl ;;
    *) fail "there is no '$1'" ;;
  esac
}

provision ()
{
  [ -e "$place/$1/complete" ] && return

  mkdir -p "$place"
  fresh=$(mktemp -d "$place/.$1.XXXXXX")
  chmod 755 "$fresh"
  cd "$fresh"
  # shellcheck disable=SC2046,SC2086
  {
    wanted=$(packages_of "$1")
    # What would be new on this computer; what would only be renewed is there already.
    missing=$(apt-get -s -qq --no-install-recommends install $wanted | sed -n '/^Inst [^ ]* \[/d; s/^Inst \([^ ]*\) .*/\1/p')
    apt-get -qq -o APT::Sandbox::User=root download $(printf '%s\n' $wanted $missing | sort -u) >&2 \
      || fail "apt-get could not download $wanted; is the network there?"
  }
  for package in *.deb; do
    dpkg-deb -x "$package" .
  done
  rm -f ./*.deb
  touch complete
  cd "$place"
  # Somebody else may have been faster; the folders are the same.
  mv -T "$fresh" "$place/$1" 2> /dev/null || rm -rf "$fresh"
}

for name in "$@"; do
  provision "$name"
done
echo "$place"
