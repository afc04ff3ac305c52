#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches those who know what X is like: its own library and the most used one of others, who must get along with our
# stand-in; Prism, which judges requests after a description; and oauthlib, which judges signatures. From npm and PyPI.
# May be run again at any time; prints the folder that holds node_modules and the Python environment `python`.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

XDK_VERSION=0.6.6
TWITTER_API_VERSION=1.29.1
PRISM_VERSION=5.16.0
OAUTHLIB_VERSION=3.3.1

place="$cache/x-peers"

begin x node npm
install_npm "$place" versions "@xdevplatform/xdk@$XDK_VERSION" "twitter-api-v2@$TWITTER_API_VERSION"

# It is large, wants a newer Node than Debian 12 has, and has nothing to judge by without X's description.
if [ -n "${X_OPENAPI-}" ]; then
  install_npm "$place" prism-version "@stoplight/prism-cli@$PRISM_VERSION"
fi

if [ "$(cat "$place/python/version" 2> /dev/null)" != "$OAUTHLIB_VERSION" ]; then
  /usr/bin/python3 -m venv --clear "$place/python" >&2 || fail "python3 could not make an environment; is python3-venv there?"
  "$place/python/bin/pip" install --quiet --disable-pip-version-check "oauthlib==$OAUTHLIB_VERSION" >&2 \
    || fail "pip could not install oauthlib $OAUTHLIB_VERSION; is the network there?"
  echo "$OAUTHLIB_VERSION" > "$place/python/version"
fi

echo "$place"
