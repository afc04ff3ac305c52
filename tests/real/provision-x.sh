#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches those who know what X is like: its own library and the most used one of others, who must get along with our
# stand-in; Prism, which judges requests after a description; and oauthlib, which judges signatures. From npm and PyPI.
# May be run again at any time; prints the folder that holds node_modules and the Python environment `python`.
set -eu

XDK_VERSION=0.6.6
TWITTER_API_VERSION=1.29.1
PRISM_VERSION=5.16.0
OAUTHLIB_VERSION=3.3.1

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"
place="$cache/x-peers"

fail ()
{
  echo "provision-x: $*" >&2
  exit 1
}

for tool in node npm; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.x.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.x.lock"

wanted="@xdevplatform/xdk@$XDK_VERSION twitter-api-v2@$TWITTER_API_VERSION"
if [ "$(cat "$place/versions" 2> /dev/null)" != "$wanted" ]; then
  mkdir -p "$place"
  cd "$place"
  echo '{ "private": true }' > package.json
  # shellcheck disable=SC2086  # three words
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact $wanted >&2 \
    || fail "npm could not install $wanted; is the network there?"
  echo "$wanted" > versions
fi

# It is large, wants a newer Node than Debian 12 has, and has nothing to judge by without X's description.
if [ -n "${X_OPENAPI-}" ] && [ "$(cat "$place/prism-version" 2> /dev/null)" != "$PRISM_VERSION" ]; then
  cd "$place"
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact "@stoplight/prism-cli@$PRISM_VERSION" >&2 \
    || fail "npm could not install Prism; is the network there?"
  echo "$PRISM_VERSION" > prism-version
fi

if [ "$(cat "$place/python/version" 2> /dev/null)" != "$OAUTHLIB_VERSION" ]; then
  /usr/bin/python3 -m venv --clear "$place/python" >&2 || fail "python3 could not make an environment; is python3-venv there?"
  "$place/python/bin/pip" install --quiet --disable-pip-version-check "oauthlib==$OAUTHLIB_VERSION" >&2 \
    || fail "pip could not install oauthlib $OAUTHLIB_VERSION; is the network there?"
  echo "$OAUTHLIB_VERSION" > "$place/python/version"
fi

echo "$place"
