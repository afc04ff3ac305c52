#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches what tests/real/oauth_server.py runs: oidc-provider from npm, an authorization server certified by the OpenID
# Foundation. Its version 8 is the last that runs on the Node of Debian 12. May be run again at any time; prints the
# folder that holds it.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

OIDC_PROVIDER_VERSION=8.8.1

begin oauth node npm
install_npm "$cache/oauth-npm" versions "oidc-provider@$OIDC_PROVIDER_VERSION"
echo "$cache"
