#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches what others know about the names of emoji, from npm: gemoji, whose names are GitHub's; discord-emoji, whose names
# are Discord's; emojibase-data, which knows the skin tones. May be run again at any time; prints the folder that holds them.
set -eu

GEMOJI_VERSION=8.1.0
DISCORD_EMOJI_VERSION=2.5.3
EMOJIBASE_VERSION=17.0.0

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"
place="$cache/emoji-npm"
wanted="gemoji@$GEMOJI_VERSION discord-emoji@$DISCORD_EMOJI_VERSION emojibase-data@$EMOJIBASE_VERSION"

fail ()
{
  echo "provision-emoji: $*" >&2
  exit 1
}

for tool in node npm; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; install it and try again"
done

# Several tests may begin at once: the second one waits and finds it done.
mkdir -p "$cache"
exec 9> "$cache/.emoji.lock"
flock -w 600 9 || fail "gave up waiting for $cache/.emoji.lock"

if [ "$(cat "$place/versions" 2> /dev/null)" != "$wanted" ]; then
  mkdir -p "$place"
  cd "$place"
  echo '{ "private": true }' > package.json
  # shellcheck disable=SC2086  # a list of words is what it is
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact $wanted >&2 \
    || fail "npm could not install $wanted; is the network there?"
  echo "$wanted" > "$place/versions"
fi

echo "$place"
