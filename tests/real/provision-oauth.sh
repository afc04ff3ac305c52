#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches what tests/real/oauth_server.py runs: oidc-provider from npm, an authorization server certified by the OpenID
# Foundation. Its version 8 is the last that runs on the Node of Debian 12. May be run again at any time; prints the
# folder that holds it.
set -eu

OIDC_PROVIDER_VERSION=8.8.1

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"

fail ()
{
  echo "provision-oauth: $*" >&2
  exit 1
}

for tool in node npm; do
  command -v "$tool" >/dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.oauth.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.oauth.lock"

stamp="$cache/oauth-npm/versions"
wanted="oidc-provider@$OIDC_PROVIDER_VERSION"
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  mkdir -p "$cache/oauth-npm"
  cd "$cache/oauth-npm"
  echo '{ "private": true }' > package.json
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact "$wanted" >&2 \
    || fail "npm could not install $wanted; is the network there?"
  echo "$wanted" > "$stamp"
fi
echo "$cache"
