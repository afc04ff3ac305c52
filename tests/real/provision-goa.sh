#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the daemon of GNOME Online Accounts with those of its libraries that this system lacks, out of
# Debian's packages, unpacked and not installed: the real session gets no new accounts. May be run
# again at any time; prints the folder that holds them.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

after_unpacking ()
{
  glib-compile-schemas usr/share/glib-2.0/schemas
}

# What is installed already needs no second copy, but the daemon itself always does: its folder is ours.
missing_packages ()
{
  apt-get --simulate --no-install-recommends install gnome-online-accounts 2> /dev/null \
    | sed -n 's/^Inst \([^ ]*\) .*/\1/p'
}

begin goa apt-get dpkg-deb glib-compile-schemas
if [ ! -x "$cache/goa/usr/libexec/goa-daemon" ]; then
  # shellcheck disable=SC2046  # a list of words is what it is
  unpack "$cache/goa" usr/libexec/goa-daemon \
    $(missing_packages) gnome-online-accounts libgoa-backend-1.0-1 libgoa-1.0-common
fi
echo "$cache/goa"
