#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches those who know how long a text is: X's own twitter-text, and a calculator of SMS, from npm. May be run
# again at any time; prints the folder that holds their node_modules.
set -eu

TWITTER_TEXT_VERSION=3.1.0
SMS_SEGMENTS_VERSION=1.3.0

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"
place="$cache/words-npm"

fail ()
{
  echo "provision-words: $*" >&2
  exit 1
}

for tool in node npm; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.words.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.words.lock"

wanted="twitter-text@$TWITTER_TEXT_VERSION sms-segments-calculator@$SMS_SEGMENTS_VERSION"
if [ "$(cat "$place/versions" 2> /dev/null)" != "$wanted" ]; then
  mkdir -p "$place"
  cd "$place"
  echo '{ "private": true }' > package.json
  # shellcheck disable=SC2086  # two words
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact $wanted >&2 \
    || fail "npm could not install $wanted; is the network there?"
  echo "$wanted" > versions
fi

echo "$place"
