#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the servers people put in front of OctoPrint, nginx and haproxy, out of Debian's packages,
# unpacked and not installed: no system service appears. May be run again at any time; prints the
# folder that holds them.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

begin fronts apt-get dpkg-deb openssl
unpack "$cache/fronts" usr/sbin/haproxy \
  nginx haproxy libcrypt1 liblua5.3-0 libopentracing1 libopentracing-c-wrapper0 libpcre2-8-0 libssl3 zlib1g
[ -x "$cache/fronts/usr/sbin/nginx" ] || fail "the package nginx has no nginx"
echo "$cache/fronts"
