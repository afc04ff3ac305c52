#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches Dovecot's submission server out of Debian's packages, unpacked and not installed: no
# service appears on this system. May be run again at any time; prints the folder that holds it.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

# Older packages have it in /lib
after_unpacking ()
{
  if [ -d lib ]; then
    cp -a lib/. usr/lib/
    rm -rf lib
  fi
}

begin dovecot apt-get dpkg-deb openssl setpriv unshare
unpack "$cache/dovecot" usr/lib/dovecot/submission-login \
  dovecot-submissiond dovecot-core libbz2-1.0 libcap2 libcrypt1 libgcrypt20 liblz4-1 liblzma5 \
  libpam0g libsodium23 libssl3 libsystemd0 libunwind8 libzstd1 zlib1g
echo "$cache/dovecot"
