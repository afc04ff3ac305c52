#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches avahi-daemon and nss-mdns out of Debian's packages, unpacked and not installed: no service
# appears on this system. May be run again at any time; prints the folder that holds them.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

begin avahi apt-get dpkg-deb
unpack "$cache/avahi" usr/sbin/avahi-daemon \
  avahi-daemon libavahi-core7 libavahi-common3 libdaemon0 libnss-mdns
echo "$cache/avahi"
