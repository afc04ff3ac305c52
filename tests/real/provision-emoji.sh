#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches what others know about the names of emoji, from npm: gemoji, whose names are GitHub's; discord-emoji, whose names
# are Discord's; emojibase-data, which knows the skin tones. May be run again at any time; prints the folder that holds them.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

GEMOJI_VERSION=8.1.0
DISCORD_EMOJI_VERSION=2.5.3
EMOJIBASE_VERSION=17.0.0

begin emoji node npm
install_npm "$cache/emoji-npm" versions "gemoji@$GEMOJI_VERSION" "discord-emoji@$DISCORD_EMOJI_VERSION" \
  "emojibase-data@$EMOJIBASE_VERSION"
echo "$cache/emoji-npm"
