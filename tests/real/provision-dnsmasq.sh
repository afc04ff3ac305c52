#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the name server dnsmasq out of Debian's packages, unpacked and not installed: no service
# appears on this system. May be run again at any time; prints the folder that holds it.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

begin dnsmasq apt-get dpkg-deb
unpack "$cache/dnsmasq" usr/sbin/dnsmasq \
  dnsmasq-base libdbus-1-3 libgmp10 libhogweed6 libidn2-0 libjansson4 libmnl0 \
  libnetfilter-conntrack3 libnettle8 libnfnetlink0 libnftables1 libnftnl11 libxtables12
echo "$cache/dnsmasq"
