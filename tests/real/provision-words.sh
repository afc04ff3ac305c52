#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches those who know how long a text is: X's own twitter-text, and a calculator of SMS, from npm. May be run
# again at any time; prints the folder that holds their node_modules.
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

TWITTER_TEXT_VERSION=3.1.0
SMS_SEGMENTS_VERSION=1.3.0

begin words node npm
install_npm "$cache/words-npm" versions "twitter-text@$TWITTER_TEXT_VERSION" "sms-segments-calculator@$SMS_SEGMENTS_VERSION"
echo "$cache/words-npm"
