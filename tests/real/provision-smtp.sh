#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the mail servers the tests in tests/real/smtp talk to: smtp-sink out of Debian's postfix
# package, unpacked and not installed (no system MTA appears), and smtp-server and mailparser from
# npm. May be run again at any time; prints the folder that holds them.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

SMTP_SERVER_VERSION=3.21.6
MAILPARSER_VERSION=3.9.12

begin smtp apt-get dpkg-deb node npm openssl
unpack "$cache/postfix" usr/sbin/smtp-sink \
  postfix libicu72 libdb5.3 libnsl2 libsasl2-2 libssl3 libtirpc3
install_npm "$cache/smtp-npm" versions "smtp-server@$SMTP_SERVER_VERSION" "mailparser@$MAILPARSER_VERSION"
echo "$cache"
